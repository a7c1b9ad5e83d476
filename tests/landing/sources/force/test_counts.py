"""Counts from a force: long and wide, CSV and workbook, say the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from flows.landing import land_inbox
from flows.landing.tables.month_words import month_of

from .conftest import ForceInbox, workbook

Rows = Sequence[Sequence[Any]]

JULY, AUGUST = date(2025, 7, 1), date(2025, 8, 1)
FIGURES = {("Dudley", JULY, 12.0), ("Dudley", AUGUST, 0.0), ("Walsall", AUGUST, 4.0)}
LONG: Rows = [
    ["month", "area", "indicator", "count"],
    ["Jul 2025", "Dudley", "knife_crime", 12],
    ["2025-08", "Dudley", "knife_crime", 0],
    ["Aug-25", "Walsall", "knife_crime", 4],
]
WIDE: Rows = [
    ["area", "indicator", "Jul 2025", "Aug-25", "Total"],
    ["Dudley", "knife_crime", 12, 0, 12],
    ["Walsall", "knife_crime", None, 4, 4],
]
DATED: Rows = [["Made up"], [], [*WIDE[0][:2], JULY, AUGUST], *[line[:4] for line in WIDE[1:]]]


def as_csv(rows: Rows) -> bytes:
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("long.csv", as_csv(LONG)),
        ("wide.csv", as_csv(WIDE)),
        ("long.xlsx", workbook({"Counts": LONG})),
        ("wide.xlsx", workbook({"Read me": [["x"]], "Counts": WIDE})),
        ("dated.xlsx", workbook({"Counts": DATED}, merged="A1:C1")),
    ],
)
def test_every_layout_gives_the_same_counts(
    force_inbox: ForceInbox, name: str, data: bytes
) -> None:
    force_inbox.put(f"force_counts/2025-10-03/{name}", data)
    report = land_inbox(force_inbox.folder)
    assert report.quarantined == []
    landed = force_inbox.rows("force_counts")
    # an empty cell is not supplied, and a zero is a count
    assert report.rows_rejected == 0
    assert {(row["area"], row["month"], row["count"]) for row in landed} == FIGURES
    (record,) = report.loaded
    assert {(part.scope, part.period_start) for part in record.coverage} == {
        (area, month) for area, month, _ in FIGURES
    }


def test_a_repeat_counts_once_and_a_contradiction_not_at_all(force_inbox: ForceInbox) -> None:
    rows = [*LONG, LONG[1], ["2025-08", "DUDLEY", "knife_crime", 1]]
    force_inbox.put("force_counts/2025-10-03/c.csv", as_csv(rows))
    land_inbox(force_inbox.folder)
    landed = force_inbox.rows("force_counts")
    assert {(row["area"], row["count"]) for row in landed} == {("Dudley", 12.0), ("Walsall", 4.0)}


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025-07", JULY),
        ("2025-07-01", JULY),
        ("07/2025", JULY),
        ("01/07/2025", JULY),
        ("July 2025", JULY),
        ("jul.25", JULY),
        ("2025 Jul", JULY),
        ("Sept 2025", date(2025, 9, 1)),
        ("2025-07-02", None),
        ("13/2025", None),
        ("2025/26", None),
        ("Total", None),
    ],
)
def test_months_as_people_write_them(text: str, month: date | None) -> None:
    assert month_of(text) == month


@pytest.mark.parametrize("name", ["counts.csv", "counts.xlsx"])
def test_a_mistyped_year_of_the_long_layout_costs_its_lines(
    force_inbox: ForceInbox, name: str
) -> None:
    rows: list[list[Any]] = [
        [f"2017-{month:02d}", area, "knife_crime", month]
        for month in range(4, 10)
        for area in ("Dudley", "Walsall")
    ]
    rows[4][0] = rows[5][0] = "2007-06"
    lines = [LONG[0], *rows]
    data = as_csv(lines) if name.endswith("csv") else workbook({"Counts": lines})
    force_inbox.put(f"force_counts/2017-10-03/{name}", data)
    report = land_inbox(force_inbox.folder)
    assert (report.rows_loaded, report.rows_rejected) == (10, 2)
    (record,) = report.loaded
    assert {part.period_start.year for part in record.coverage} == {2017}
    rejects = force_inbox.rows("rejects")
    assert {(reject["line"], reject["column_name"]) for reject in rejects} == {
        (6, "month"), (7, "month"),
    }  # fmt: skip
    assert {str(reject["reason"]) for reject in rejects} == {
        "the month is 2 or more years from every other month; expected one near April 2017 to "
        "September 2017"
    }


def test_a_mistyped_year_of_a_heading_costs_its_column(force_inbox: ForceInbox) -> None:
    headings = ["area", "indicator", "Apr-17", "May-17", "Jun-07", "Jul-17"]
    rows: list[list[Any]] = [headings, ["Dudley", "knife_crime", 1, 2, 3, 4]]
    force_inbox.put("force_counts/2017-10-03/wide.csv", as_csv([*rows, ["Walsall", *rows[1][1:]]]))
    report = land_inbox(force_inbox.folder)
    assert (report.rows_loaded, report.rows_rejected) == (6, 2)
    rejects = force_inbox.rows("rejects")
    assert {(reject["line"], reject["column_name"]) for reject in rejects} == {
        (2, "Jun-07"), (3, "Jun-07"),
    }  # fmt: skip


def test_the_same_months_of_the_year_before_are_no_mistake(force_inbox: ForceInbox) -> None:
    rows: list[Sequence[Any]] = [LONG[0]]
    rows += [[month, "Dudley", "knife_crime", 5] for month in ("2016-09", "2017-09")]
    force_inbox.put("force_counts/2017-10-03/long.csv", as_csv(rows))
    assert land_inbox(force_inbox.folder).rows_loaded == 2


def test_a_cell_of_the_wide_layout_is_named_by_its_line_and_heading(
    force_inbox: ForceInbox,
) -> None:
    rows: Rows = [*WIDE, ["Sandwell", "knife_crime", "n/a", 3, 3]]
    force_inbox.put("force_counts/2025-10-03/wide.csv", as_csv([*rows, rows[1]]))
    report = land_inbox(force_inbox.folder)
    assert (report.rows_loaded, report.rows_rejected) == (4, 3)
    found = {
        (reject["line"], reject["column_name"], str(reject["reason"])[:20])
        for reject in force_inbox.rows("rejects")
    }
    assert found == {
        (4, "Jul 2025", "expected a number su"),
        (5, "Jul 2025", "stands on lines 2, 5"),
        (5, "Aug-25", "stands on lines 2, 5"),
    }
