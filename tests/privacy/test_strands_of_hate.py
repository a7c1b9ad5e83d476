"""Strands of hate crime: none of them follows from the others, nor from hate crime itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest
from register_withholding import register_withholding

from tests.dbt_project.figures.conftest import Models

JUNE, END = date(2025, 6, 1), date(2025, 6, 30)
HATE, RACE, FAITH = "hate_crime", "hate_crime_race", "hate_crime_religion"
DISABILITY = "hate_crime_disability"
STRANDS = (RACE, FAITH, DISABILITY)


@pytest.fixture
def models() -> Iterator[Models]:
    with duckdb.connect() as connection:
        register_withholding(connection)
        yield Models(connection)


def shown(models: Models, source: str, counts: dict[str, int]) -> set[str]:
    """Say which of the indicators may be published of one month with these counts."""
    models.settings = {"suppression_threshold": 5}
    models.fill(
        "int_indicators",
        "indicator_id varchar, value_kind varchar, rate_per bigint, denominator_kind varchar,"
        " is_sensitive boolean, parent_indicator_id varchar, numerator_indicator_id varchar,"
        " denominator_indicator_id varchar",
        [
            (name, "count", 1000, "residents", True, None if name == HATE else HATE, None, None)
            for name in (HATE, *STRANDS)
        ],
    )
    models.fill(
        "int_withheld_together",
        "indicator_id varchar, sensitive_indicator_id varchar",
        [(one, other) for one in STRANDS for other in STRANDS if one != other],
    )
    models.fill("int_offence_indicators", "indicator_id varchar, offence_code varchar", [])
    models.fill(
        "int_population",
        "area_code varchar, population_kind varchar, population double",
        [("A", "residents", 100_000.0)],
    )
    models.fill("sources", "source varchar, is_public boolean", [(source, False)])
    models.fill(
        "int_sensitive_vintages",
        "source varchar, is_public boolean, vintage_date date, indicator_id varchar,"
        " area_code varchar, period_start date, period_end date, numerator double,"
        " denominator double, stated_value double",
        [
            (source, False, date(2025, 7, 2), name, "A", JUNE, END, float(count), None, None)
            for name, count in counts.items()
        ],
    )
    models.fill(
        "int_indicator_values",
        "source varchar, indicator_id varchar, area_code varchar, area_type varchar,"
        " force_code varchar, period_type varchar, period_start date, period_end date,"
        " value_kind varchar, numerator double, denominator double, rate_per bigint,"
        " value double, value_so_far double",
        [
            (source, name, "A", "csp", "F", "month", JUNE, END, "count", float(count), None, 1000,
             float(count), None)
            for name, count in counts.items()
        ],
    )  # fmt: skip
    models.build(
        "int_sensitive_parts",
        "int_sensitive_quantities",
        "int_open_boundaries",
        "int_sensitive_cells",
    )
    rows: list[dict[str, Any]] = models.rows("from int_sensitive_cells where is_open")
    return {row["indicator_id"] for row in rows}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({HATE: 40, RACE: 20, FAITH: 20}, {HATE, RACE, FAITH}),
        # 2 of faith are small: with race shown, hate crime less race would tell them
        ({HATE: 30, RACE: 28, FAITH: 2}, {HATE}),
        ({HATE: 28, RACE: 28, FAITH: 0}, {HATE, RACE, FAITH}),
        # one strand alone is told: what is left of hate crime is 2
        ({HATE: 30, RACE: 28}, {HATE}),
        ({HATE: 40, RACE: 28}, {HATE, RACE}),
        # what is left beside each is much, and beside both of them 2
        ({HATE: 60, RACE: 28, FAITH: 30, DISABILITY: 2}, {HATE}),
        ({HATE: 3, RACE: 3, FAITH: 0}, set()),
    ],
)
def test_a_strand_is_shown_only_where_no_other_follows(
    models: Models, counts: dict[str, int], expected: set[str]
) -> None:
    assert shown(models, "force_counts", counts) == expected
