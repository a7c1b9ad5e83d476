"""What the warehouse computes from the ONS's counts is what the ONS publishes.

The published side is read here by openpyxl, cell by cell, apart from the project's reader.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from tests.conftest import EXTRACT

from .conftest import WORKBOOK

# Header of the table, without its line breaks, and the indicator that it must come out as.
INDICATORS = {
    "Total recorded crime (excluding fraud)": "total_recorded_crime",
    "Violence against the person": "violence_against_the_person",
    "Homicide": "homicide",
    "Death or serious injury caused by illegal driving": "death_or_serious_injury_driving",
    "Violence with injury": "violence_with_injury",
    "Violence without injury": "violence_without_injury",
    "Stalking and harassment": "stalking_and_harassment",
    "Sexual offences": "sexual_offences",
    "Robbery": "robbery",
    "Theft offences": "theft_offences",
    "Burglary": "burglary",
    "Residential burglary": "residential_burglary",
    "Non-residential burglary": "non_residential_burglary",
    "Vehicle offences": "vehicle_offences",
    "Theft from the person": "theft_from_the_person",
    "Bicycle theft": "bicycle_theft",
    "Shoplifting": "shoplifting",
    "All other theft offences": "other_theft_offences",
    "Criminal damage and arson": "criminal_damage_and_arson",
    "Drug offences": "drug_offences",
    "Possession of weapons offences": "possession_of_weapons",
    "Public order offences": "public_order",
    "Miscellaneous crimes against society": "miscellaneous_crimes",
}
HEADER_ROW = 8

# What is in the workbook and in its extract: partnerships, changes as numbers and left out, and
# rates as numbers and left out.
SIZES = {
    "whole": (314, 6183, 1039, 313 * 24, 24),
    "extract": (41, 800, 143, 40 * 24, 24),
}

Cells = dict[tuple[str, str], Any]


def table(workbook: openpyxl.Workbook, name: str) -> Cells:
    """Cells of the partnerships, by their code and the header above."""
    rows = list(workbook[name].iter_rows(min_row=HEADER_ROW, values_only=True))
    headers = [re.sub(r"\s+", " ", str(cell)).strip() for cell in rows[0]]
    return {
        (row[2], header): value
        for row in rows[1:]
        if row[2]
        for header, value in zip(headers, row, strict=True)
    }


@pytest.fixture(scope="module")
def published(public_data: Path) -> dict[str, Cells]:
    workbook = openpyxl.load_workbook(public_data / "ons" / WORKBOOK, read_only=True)
    return {name: table(workbook, f"Table {name}") for name in ("C2", "C3", "C4", "C5")}


@pytest.fixture(scope="module")
def computed(official: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], dict[str, Any]]:
    """The marts' rows of the year to December 2024, by area and indicator."""
    answer = official.execute(
        """
        select area_code, indicator_id, value, previous_value, change_pct,
            change_pct_is_unreliable, rate, denominator, denominator_kind, population_year
        from intermediate.int_indicator_values
        where source = 'ons_pfa_tables' and period_type = 'calendar_year'
            and period_end = date '2024-12-31'
        """
    )
    names = [column[0] for column in answer.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return {(row["area_code"], row["indicator_id"]): row for row in rows}


@pytest.fixture(scope="module")
def size(public_data: Path) -> tuple[int, int, int, int, int]:
    return SIZES["extract" if public_data == EXTRACT else "whole"]


def close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(other))


def partnerships(cells: Cells) -> list[str]:
    return sorted({code for code, _ in cells})


def test_every_count_of_every_partnership_comes_out(
    published: dict[str, Cells],
    computed: dict[tuple[str, str], dict[str, Any]],
    size: tuple[int, ...],
) -> None:
    codes = partnerships(published["C2"])
    assert len(codes) == size[0]
    wrong = [
        (code, header)
        for code in codes
        for header, indicator in INDICATORS.items()
        if (row := computed[code, indicator])["value"] != published["C2"][code, header]
        or row["previous_value"] != published["C5"][code, header]
    ]
    assert wrong == []


def test_every_change_that_is_not_marked_equals_the_published_one(
    published: dict[str, Cells],
    computed: dict[tuple[str, str], dict[str, Any]],
    size: tuple[int, ...],
) -> None:
    met, wrong, marked = 0, [], 0
    for code in partnerships(published["C2"]):
        for header, indicator in INDICATORS.items():
            stated = published["C3"][code, header]
            if isinstance(stated, str):
                # left out on fewer than 50 offences: kept here, and flagged
                marked += 1
                row = computed[code, indicator]
                assert stated == "[u]"
                assert min(row["value"], row["previous_value"]) < 50
                assert row["change_pct_is_unreliable"]
            elif close(computed[code, indicator]["change_pct"], stated):
                met += 1
                assert not computed[code, indicator]["change_pct_is_unreliable"]
            else:
                wrong.append((code, header))
    assert wrong == []
    assert (met, marked) == size[1:3]


def test_every_rate_that_is_not_marked_equals_the_published_one(
    published: dict[str, Cells],
    computed: dict[tuple[str, str], dict[str, Any]],
    official: duckdb.DuckDBPyConnection,
    size: tuple[int, ...],
) -> None:
    residents = dict(
        official.execute(
            "select area_code, population from intermediate.int_source_denominators where "
            "population_kind = 'residents' and period_end = date '2024-12-31'"
        ).fetchall()
    )
    met, wrong, marked = 0, [], 0
    for code in partnerships(published["C2"]):
        for header, indicator in INDICATORS.items():
            row = computed[code, indicator]
            if indicator == "residential_burglary":
                pairs = [
                    (f"{header} (per 1,000 household)", row["rate"]),
                    (
                        f"{header} (per 1,000 population)",
                        residents[code] and row["value"] * 1000 / residents[code],
                    ),
                ]
            else:
                pairs = [(header, row["rate"])]
            for name, rate in pairs:
                stated = published["C4"][code, name]
                if isinstance(stated, str):
                    marked += 1
                    assert stated == "[u1]"
                    assert rate is None
                elif close(rate, stated):
                    met += 1
                else:
                    wrong.append((code, name, rate, stated))
    assert wrong == []
    assert (met, marked) == size[3:5]


def test_the_denominators_are_the_printed_ones_before_rounding(
    published: dict[str, Cells], computed: dict[tuple[str, str], dict[str, Any]]
) -> None:
    kinds = {
        "total_recorded_crime": ("Population figures (mid-2022) - rounded to 100", 2022),
        "residential_burglary": ("Household figures (mid-2021) - rounded to 100", 2021),
    }
    for code in partnerships(published["C2"]):
        for indicator, (header, year) in kinds.items():
            row = computed[code, indicator]
            if row["denominator"] is None:
                assert code == "E22000180"  # City of London: the ONS gives no rates
                continue
            assert row["denominator"] == int(row["denominator"])
            assert abs(row["denominator"] - published["C4"][code, header]) <= 50
            assert row["population_year"] == year


def test_combined_authorities_stand_under_their_partnership(
    official: duckdb.DuckDBPyConnection, public_data: Path
) -> None:
    """The workbook's own list of them agrees with the lookup of 2024 wherever that knows both."""
    rows = official.execute(
        """
        select cells.lad_code, cells.csp_name, areas.area_name
        from staging.stg_ons_pfa_tables__cells as cells
        inner join intermediate.int_authority_partnerships as pairs
            on cells.lad_code = pairs.lad_code and not pairs.is_split
        inner join seeds.areas on pairs.csp_code = areas.area_code
        where cells.table_name = 'combined_authorities'
        """
    ).fetchall()
    # of 38 and 11; the others are in authorities that are split or gone
    assert len(rows) == (7 if public_data == EXTRACT else 28)
    assert [row for row in rows if row[1] != row[2]] == []


def test_the_warehouse_compares_itself_with_every_published_cell(
    official: duckdb.DuckDBPyConnection, size: tuple[int, ...]
) -> None:
    found = official.execute(
        "select count(*), count(*) filter (where agrees) from "
        "intermediate.int_ons_pfa_tables__agreement where area_level = 'partnership'"
    ).fetchone()
    assert found == (size[1] + size[3], size[1] + size[3])


def test_partnerships_and_unknown_location_make_the_force(
    official: duckdb.DuckDBPyConnection,
) -> None:
    wrong = official.execute(
        """
        with rows as (
            select force_code, area_type, indicator_id, period_end, value
            from intermediate.int_indicator_values
            where source = 'ons_pfa_tables' and period_type = 'rolling_12'
        )
        select force_code, indicator_id, period_end
        from rows
        group by all
        having bool_or(area_type = 'force')
            and sum(value) filter (where area_type = 'force')
            <> sum(value) filter (where area_type in ('csp', 'location_unknown'))
        """
    ).fetchall()
    assert wrong == []
