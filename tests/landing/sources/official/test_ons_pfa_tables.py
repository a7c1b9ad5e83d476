"""The ONS workbook: read by titles and headers, and refused in words where they are not there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from flows.landing.reader import Reading, SupplierFile
from flows.landing.sources.ons_pfa_tables import MARKER_MEANINGS, read_tables
from flows.landing.tables.refusal import FileRefusedError
from tests.conftest import EXTRACT

from .workbooks import COUNTS, DUDLEY, Sheets, ods, ons_sheets, xlsx


def read(sheets: Sheets) -> Reading:
    return read_tables(SupplierFile("tables.xlsx", xlsx(sheets)))


def cells(reading: Reading, **wanted: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = reading.table.to_pylist()
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def cell(reading: Reading, **wanted: Any) -> dict[str, Any]:
    (only,) = cells(reading, **wanted)
    return only


def test_every_table_lands_with_its_own_year() -> None:
    reading = read(ons_sheets())
    years = {
        (row["table_name"], row["period_start"], row["period_end"])
        for row in reading.table.to_pylist()
    }
    assert years == {
        ("combined_authorities", date(2024, 1, 1), date(2024, 12, 31)),
        ("counts", date(2024, 1, 1), date(2024, 12, 31)),
        ("counts_year_before", date(2023, 1, 1), date(2023, 12, 31)),
        ("change_pct", date(2024, 1, 1), date(2024, 12, 31)),
        ("rates", date(2024, 1, 1), date(2024, 12, 31)),
    }
    assert reading.rejects == []
    assert [(c.period_start, c.period_end) for c in reading.coverage] == [
        (date(2024, 1, 1), date(2024, 12, 31))
    ]


def test_a_cell_carries_its_area_header_number_and_line() -> None:
    reading = read(ons_sheets())
    found = cell(reading, table_name="counts", csp_code="E22000337", measure="Robbery")
    assert (found["value"], found["marker"], found["_row_number"]) == (60.0, None, 6)
    assert (found["force_name"], found["lad_name"]) == ("West Midlands", "Dudley")
    assert found["table_label"] == "C2"
    total = "Total recorded crime (excluding fraud)"
    assert cell(reading, table_name="counts", area_level="force", measure=total)["value"] == 1100


def test_rows_are_told_apart_by_what_they_are() -> None:
    reading = read(ons_sheets())
    levels = {
        (row["area_level"], row["csp_name"])
        for row in cells(reading, table_name="counts", measure="Robbery")
    }
    assert levels == {
        ("force", None),
        ("partnership", "Dudley"),
        ("unassigned", "unassigned West Midlands"),
    }


def test_a_marker_is_kept_and_is_no_number() -> None:
    reading = read(ons_sheets())
    markers = {row["marker"] for row in reading.table.to_pylist()} - {None}
    assert markers == {"[x]", "[u]", "[u1]", "[z]", "[c]"}
    assert markers <= set(MARKER_MEANINGS)
    assert all(row["value"] is None for row in reading.table.to_pylist() if row["marker"])
    assert reading.notes == []


def test_an_unexplained_marker_is_kept_and_told() -> None:
    sheets = ons_sheets()
    sheets["Table C3"][5][7] = "[q]"
    reading = read(sheets)
    assert (
        cell(reading, table_name="change_pct", csp_code="E22000337", measure="Robbery")["marker"]
        == "[q]"
    )
    assert reading.notes == ["markers that are not explained by the reader: [q]"]


def test_a_blank_cell_is_neither_number_nor_marker() -> None:
    found = cell(
        read(ons_sheets()),
        table_name="counts_year_before",
        area_level="unassigned",
        measure="Robbery",
    )
    assert (found["value"], found["marker"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "value"), [("1,234", 1234.0), ("60`", 60.0), ("60 [note 3]", 60.0), ("-3", -3.0)]
)
def test_a_number_is_read_through_what_stands_around_it(text: str, value: float) -> None:
    sheets = ons_sheets()
    sheets["Table C2 "][5][7] = text
    found = cell(read(sheets), table_name="counts", csp_code="E22000337", measure="Robbery")
    assert found["value"] == value


def test_a_cell_that_is_nothing_known_is_rejected_alone() -> None:
    sheets = ons_sheets()
    sheets["Table C2 "][5][7] = "about 60"
    reading = read(sheets)
    (reject,) = reading.rejects
    assert (reject.line, reject.column) == (6, "counts: Robbery")
    assert reject.reason == "expected a number, or shorthand such as [x]"
    assert "about 60" in reject.raw_text
    assert len(cells(reading, table_name="counts", csp_code="E22000337")) == 2


def test_a_partnership_without_a_sound_code_is_rejected() -> None:
    sheets = ons_sheets()
    sheets["Table C2 "][5][2] = "E99"
    reading = read(sheets)
    assert [reject.line for reject in reading.rejects] == [6]
    assert cells(reading, table_name="counts", csp_name="Dudley") == []


def test_denominators_know_their_kind_year_and_rounding() -> None:
    reading = read(ons_sheets())
    people = cell(reading, table_name="rates", csp_code="E22000337", measure="population")
    homes = cell(reading, table_name="rates", csp_code="E22000337", measure="households")
    assert (people["value"], people["measure_year"], people["rounded_to"]) == (325000, 2022, 100)
    assert (homes["value"], homes["measure_year"], homes["rounded_to"]) == (137100, 2021, 100)


def test_combined_authorities_inherit_the_partnership_above() -> None:
    members = cells(read(ons_sheets()), table_name="combined_authorities")
    assert [(row["csp_name"], row["lad_code"]) for row in members] == [
        ("North Devon", "E07000043"),
        ("North Devon", "E07000046"),
    ]


def test_moved_headers_and_renamed_sheets_change_nothing() -> None:
    plain = read(ons_sheets()).table.drop_columns(["_row_number"])
    sheets = ons_sheets()
    moved: Sheets = {}
    for number, (name, rows) in enumerate(reversed(sheets.items())):
        wide = [["", *row] if len(row) > 4 else row for row in rows]
        moved[f"Sheet {number}"] = [*wide[:1], ["A new remark"], [], *wide[1:]]
        del name
    found = read(moved).table.drop_columns(["_row_number"])
    assert found.equals(plain)


def test_columns_in_another_order_change_nothing() -> None:
    sheets = ons_sheets()
    table = sheets["Table C2 "]
    for row in table:
        if len(row) > 6:
            row[:] = [*row[6:], *row[:6]]
    found = cell(read(sheets), table_name="counts", csp_code="E22000337", measure="Robbery")
    assert found["value"] == 60


def test_a_new_years_file_and_a_year_to_march_are_read_alike() -> None:
    reading = read(ons_sheets(2025, "March"))
    assert reading.coverage[0].period_start == date(2024, 4, 1)
    assert reading.coverage[0].period_end == date(2025, 3, 31)
    before = cells(reading, table_name="counts_year_before")[0]
    assert (before["period_start"], before["period_end"]) == (date(2023, 4, 1), date(2024, 3, 31))
    assert before["edition_end"] == date(2025, 3, 31)


def test_an_ods_workbook_gives_the_same_rows() -> None:
    sheets = ons_sheets()
    as_ods = read_tables(SupplierFile("tables.ods", ods(sheets)))
    assert as_ods.table.equals(read(sheets).table)


@pytest.mark.parametrize(
    ("sheet", "missing"),
    [
        (" Table C1", "combined_authorities"),
        ("Table C2 ", "counts_year_before"),
        ("Table C3", "change_pct"),
        ("Table C4", "rates"),
        ("Table C5", "counts_year_before"),
    ],
)
def test_a_missing_table_is_refused_by_name(sheet: str, missing: str) -> None:
    sheets = ons_sheets()
    del sheets[sheet]
    with pytest.raises(FileRefusedError) as refused:
        read(sheets)
    assert f"tables are missing: {missing}" in refused.value.problem
    assert "'Cover_sheet'" in refused.value.problem
    assert "Community Safety Partnership name" in refused.value.problem


def test_changed_headers_are_refused_with_what_was_looked_for() -> None:
    sheets = ons_sheets()
    sheets["Table C4"][3][3] = "Partnership"
    with pytest.raises(FileRefusedError, match="tables are missing: rates"):
        read(sheets)


def test_tables_of_two_editions_are_refused() -> None:
    sheets = ons_sheets()
    sheets["Table C4"] = ons_sheets(2023)["Table C4"]
    with pytest.raises(FileRefusedError, match="speaks of 2023-12-31") as refused:
        read(sheets)
    assert "2024-12-31" in refused.value.expected


def test_a_table_that_stands_twice_is_refused() -> None:
    sheets = ons_sheets()
    sheets["Table C4 copy"] = sheets["Table C4"]
    with pytest.raises(FileRefusedError, match="stands twice"):
        read(sheets)


def test_an_area_that_stands_twice_is_refused() -> None:
    sheets = ons_sheets()
    sheets["Table C2 "].insert(6, [*DUDLEY, 1, 1, 1])
    with pytest.raises(
        FileRefusedError, match="rows 6 and 7 of sheet 'Table C2' are of the same area"
    ):
        read(sheets)


def test_a_table_without_rows_is_refused() -> None:
    sheets = ons_sheets()
    sheets["Table C2 "] = sheets["Table C2 "][:4]
    with pytest.raises(
        FileRefusedError, match="the table 'counts' on sheet 'Table C2' has no rows"
    ):
        read(sheets)


@pytest.mark.parametrize(
    "data", [b"", b"no workbook", b"PK\x03\x04 cut off", xlsx({"A": [[1]]})[:900]]
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefusedError, match="cut off or damaged"):
        read_tables(SupplierFile("tables.xlsx", data))


def test_another_workbook_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="combined_authorities, counts, counts_year_before"):
        read({"Sheet1": [["Anything"], [COUNTS]]})


@pytest.fixture(scope="module")
def real(public_data: Path) -> pa.Table:
    path = public_data / "ons" / "policeforceareatablesyedecember2024.xlsx"
    reading = read_tables(SupplierFile(path.name, path.read_bytes()))
    assert reading.rejects == []
    assert reading.notes == []
    return reading.table


def test_the_real_workbook_lands_whole(real: pa.Table, public_data: Path) -> None:
    counted = real.group_by(["table_name", "area_level"]).aggregate([("measure", "count")])
    found = {(r["table_name"], r["area_level"]): r["measure_count"] for r in counted.to_pylist()}
    partnerships, forces, combined = (41, 6, 11) if public_data == EXTRACT else (314, 42, 38)
    offences = 23
    assert found["counts", "partnership"] == partnerships * offences
    assert found["counts_year_before", "partnership"] == partnerships * offences
    assert found["change_pct", "partnership"] == partnerships * offences
    assert found["rates", "partnership"] == partnerships * (offences + 3)
    assert found["counts", "force"] == forces * offences
    assert found["combined_authorities", "partnership"] == combined


def test_partnerships_and_the_rest_make_the_real_force_totals(
    real: pa.Table, public_data: Path
) -> None:
    sums: dict[tuple[str, str, str], list[float]] = {}
    for row in real.to_pylist():
        # the City of London is a force of one partnership, and has no total of its own
        if row["table_name"][:6] == "counts" and row["force_name"] != "City of London":
            key = (row["table_name"], row["force_name"], row["measure"])
            total, parts = sums.setdefault(key, [0.0, 0.0])
            value = row["value"] or 0
            sums[key] = (
                [total + value, parts] if row["area_level"] == "force" else [total, parts + value]
            )
    assert len(sums) == 2 * (6 if public_data == EXTRACT else 42) * 23
    assert {key for key, (total, parts) in sums.items() if total != parts} == set()


def test_the_real_figures_of_dudley_and_wolverhampton(real: pa.Table) -> None:
    total = "Total recorded crime (excluding fraud)"
    found = {
        (row["csp_name"], row["table_name"]): row["value"]
        for row in real.to_pylist()
        if row["csp_name"] in ("Dudley", "Wolverhampton") and row["measure"] == total
    }
    assert found["Dudley", "counts"] == 24_959
    assert found["Wolverhampton", "counts"] == 28_881
