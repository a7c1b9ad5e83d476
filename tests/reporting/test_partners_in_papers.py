"""Papers show partners' indicators beside what partners gave to compare them with."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from flows.papers.document import Document, Table
from flows.papers.published import Area, Published
from flows.papers.sections.partners import partners

AREA = Area("E22000321", "Rugby", "csp", "E07000220")
SEPTEMBER = date(2025, 9, 30)
PERIODS = {
    "2025/26 Q2": ("quarter", date(2025, 7, 1)),
    "2025/26 YTD to Sep": ("ytd", date(2025, 4, 1)),
    "12 months to Sep 2025": ("rolling_12", date(2024, 10, 1)),
}
COMPARED = {"region_value": 36.5, "country_value": 35.9, "country_gap": 2.5}


def figure(name: str, label: str, value: float | None, **other: Any) -> dict[str, Any]:
    kind, start = PERIODS[label]
    return {
        "indicator_id": name, "indicator_name": name, "area_code": AREA.code, "unit": "per cent",
        "period_type": kind, "period_label": label, "period_start": start,
        "period_end": SEPTEMBER, "is_complete": True, "value": value, "is_suppressed": False,
    } | other  # fmt: skip


def table(*figures: dict[str, Any]) -> Table:
    connection = duckdb.connect(":memory:")
    connection.execute(
        "create table fct_partner_values (indicator_id text, indicator_name text, area_code text, "
        "unit text, period_type text, period_label text, period_start date, period_end date, "
        "is_complete boolean, value double, is_suppressed boolean, region_value double, "
        "country_value double, country_gap double, people_behind_country bigint, "
        "top_quartile_value double, top_quartile_gap double, people_behind_top_quartile bigint)"
    )
    for one in figures:
        marks = ", ".join("?" * len(one))
        connection.execute(
            f"insert into fct_partner_values ({', '.join(one)}) values ({marks})",
            list(one.values()),
        )
    document = Document("t", "s", "Rugby", "p", "000001", "e")
    partners(document, Published(connection, {}), AREA, SEPTEMBER)
    [found] = [block for block in document.blocks if isinstance(block, Table)]
    return found


def test_a_comparator_of_a_quarter_is_shown_beside_the_quarter() -> None:
    """A return gives the region by quarter: twelve months have none, and hid it."""
    found = table(
        figure("Alcohol", "2025/26 Q2", 38.4, **COMPARED),
        figure("Alcohol", "2025/26 YTD to Sep", 37.3),
        figure("Alcohol", "12 months to Sep 2025", 38.1),
        figure("Confidence", "2025/26 Q2", 61.6),
        figure("Confidence", "12 months to Sep 2025", 63.3),
    )
    assert [list(row) for row in found.rows] == [
        ["Alcohol", "12 months to Sep 2025", 38.1, None, None, None],
        ["Alcohol", "2025/26 Q2", 38.4, 36.5, 35.9, 2.5],
        ["Confidence", "12 months to Sep 2025", 63.3, None, None, None],
    ]
    assert found.caption.endswith("indicators beside region and country")


def test_the_longest_period_alone_where_it_has_a_comparator() -> None:
    found = table(
        figure("Alcohol", "2025/26 Q2", 38.4, **COMPARED),
        figure("Alcohol", "12 months to Sep 2025", 38.1, top_quartile_value=40.0,
               top_quartile_gap=-1.9, people_behind_top_quartile=5),
    )  # fmt: skip
    assert [list(row) for row in found.rows] == [
        ["Alcohol", "12 months to Sep 2025", 38.1, 40.0, -1.9, 5]
    ]
    assert found.caption.endswith("indicators beside the top quartile")


@pytest.mark.parametrize("label", ["2025/26 Q2", "2025/26 YTD to Sep"])
def test_the_first_return_of_a_partner_is_shown(label: str) -> None:
    found = table(figure("Alcohol", label, 38.4))
    assert [list(row) for row in found.rows] == [["Alcohol", label, 38.4]]
    assert found.caption.endswith("indicators")
    assert found.note == "No partner gave a comparator."


def test_what_is_withheld_says_so() -> None:
    found = table(figure("MARAC repeat rate", "12 months to Sep 2025", None, is_suppressed=True))
    assert found.rows[0][2] == "withheld"
    assert "Withheld: a small number" in found.note
