"""The Home Office's offence reference table: read from a file, and what its codes then count in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from flows.landing.reader import SupplierFile
from flows.landing.sources.offence_reference import SCOPE, read_reference
from flows.landing.tables.refusal import FileRefusedError
from tests.conftest import PROJECT_ROOT
from tests.dbt_project.model_sql import compiled

HEADER = "Offence Code,Offence Description,Offence Subgroup,Offence Group\n"


def read(text: str) -> Any:
    return read_reference(SupplierFile("reference.csv", text.encode()))


def test_a_row_is_a_code_with_its_subgroup_and_group() -> None:
    reading = read(HEADER + "28Z,New burglary,Residential burglary,Theft offences\n")
    (row,) = reading.table.to_pylist()
    assert row["offence_code"] == "28Z"
    assert row["offence_subgroup"] == "Residential burglary"
    assert row["offence_group"] == "Theft offences"
    assert reading.scope == SCOPE
    assert len(reading.coverage) == 1


def test_a_code_of_two_subgroups_is_rejected_on_both_lines() -> None:
    reading = read(
        HEADER
        + "28Z,a,Domestic burglary,Theft offences\n28Z,b,Shoplifting,Theft offences\n"
        + "46,c,Shoplifting,Theft offences\n"
    )
    assert [reject.line for reject in reading.rejects] == [2, 3]
    assert reading.table.num_rows == 1


def test_a_table_without_subgroups_is_refused() -> None:
    with pytest.raises(FileRefusedError):
        read("Offence Code,Offence Description\n28Z,a\n")


# --- what its codes count in, beside the seeds as they are committed ----------------------------


@pytest.fixture(scope="module")
def offences() -> Iterator[duckdb.DuckDBPyConnection]:
    seeds = PROJECT_ROOT / "data" / "seeds"
    with duckdb.connect() as connection:
        for name in ("offence_codes", "offence_indicators"):
            connection.execute(
                f"create table {name} as select * replace (cast(valid_from as date) as valid_from,"
                f" cast(valid_to as date) as valid_to) from read_csv('{seeds / name}.csv',"
                " header = true, all_varchar = true)"
            )
        connection.execute(
            "create table stg_offence_reference__codes (load_id varchar, extract_date date,"
            " offence_code varchar, offence_subgroup varchar, offence_group varchar,"
            " valid_from date, valid_to date)"
        )
        connection.execute(
            "create table int_own_indicator_rules (indicator_id varchar, counts_by varchar,"
            " word varchar)"
        )
        newer, older = date(2025, 1, 1), date(2024, 1, 1)
        rows = [
            ("b", newer, "28Z", "Residential burglary", "Theft offences"),
            ("b", newer, "30Z", "Non-residential burglary", "Theft offences"),
            ("b", newer, "8Z", "Violence with injury", "Violence against the person"),
            (
                "b", newer, "4.99", "Death or serious injury - illegal driving",
                "Violence against the person",
            ),
            ("b", newer, "19Z", "Rape", "Sexual offences"),
            ("b", newer, "999A", "A new subgroup", "A new group"),
            ("b", newer, "NFIB", "Fraud: new", "Fraud offences"),
            ("b", newer, "46", "Robbery of personal property", "Robbery"),
            ("a", older, "47Z", "Shoplifting", "Theft offences"),
        ]  # fmt: skip
        connection.executemany(
            "insert into stg_offence_reference__codes values (?, ?, ?, ?, ?, null, null)", rows
        )
        for model in ("int_offence_codes", "int_offence_indicators"):
            connection.execute(f"create table {model} as {compiled(model)}")
        yield connection


TOTAL = "total_recorded_crime"


@pytest.mark.parametrize(
    ("code", "indicators"),
    [
        ("28Z", {TOTAL, "theft_offences", "burglary", "residential_burglary"}),
        ("30Z", {TOTAL, "theft_offences", "burglary", "non_residential_burglary"}),
        (
            "8Z",
            {
                TOTAL,
                "violence_against_the_person",
                "violence_with_injury",
                "violence_and_sexual_offences",
            },
        ),
        (
            "4.99",
            {
                TOTAL,
                "violence_against_the_person",
                "death_or_serious_injury_driving",
                "violence_and_sexual_offences",
            },
        ),
        # a subgroup that no listed code is of: what all of its group share
        ("19Z", {TOTAL, "sexual_offences", "violence_and_sexual_offences"}),
        ("999A", {TOTAL}),
        ("NFIB", set()),
        # the seed's own codes keep what stands there, and an older table is replaced whole
        ("46", {TOTAL, "theft_offences", "shoplifting"}),
        ("47Z", set()),
    ],
)
def test_a_code_counts_in_what_its_subgroup_counts_in(
    offences: duckdb.DuckDBPyConnection, code: str, indicators: set[str]
) -> None:
    rows = offences.execute(
        "select indicator_id from int_offence_indicators where offence_code = ?", [code]
    ).fetchall()
    assert {indicator for (indicator,) in rows} == indicators
    assert len(rows) == len(indicators)


def test_the_seeds_count_as_they_did(offences: duckdb.DuckDBPyConnection) -> None:
    assert offences.execute(
        "select count(*) from (select offence_code, indicator_id, valid_from, valid_to "
        "from offence_indicators except select * from int_offence_indicators)"
    ).fetchone() == (0,)
