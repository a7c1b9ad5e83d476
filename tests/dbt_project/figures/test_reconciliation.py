"""The dbt tests that hold figures to each other find what is put in to break them."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

import jinja2
import pytest

from tests.conftest import PROJECT_ROOT
from tests.dbt_project.model_sql import DBT_PROJECT

START, END = date(2025, 4, 1), date(2025, 4, 30)
with (PROJECT_ROOT / "data" / "seeds" / "indicator_parts.csv").open(newline="") as _parts:
    PARTS = [(*row[:3], row[3] == "true") for row in list(csv.reader(_parts))[1:]]
#: one offence of each part, by the Home Office's groups
WHOLE = {
    "residential_burglary": 1, "non_residential_burglary": 2, "burglary": 3,
    "vehicle_offences": 4, "shoplifting": 5, "theft_from_the_person": 6, "bicycle_theft": 7,
    "other_theft_offences": 8, "theft_offences": 33,
    "violence_with_injury": 9, "violence_without_injury": 10, "homicide": 0,
    "stalking_and_harassment": 11, "violence_against_the_person": 30, "sexual_offences": 12,
    "violence_and_sexual_offences": 42, "robbery": 13, "criminal_damage_and_arson": 14,
    "drug_offences": 15, "possession_of_weapons": 16, "public_order": 17,
    "miscellaneous_crimes": 18, "total_recorded_crime": 168, "modern_slavery": 10,
}  # fmt: skip


def failing(models: Any, test: str, counts: dict[str, Any], **other: Any) -> set[str]:
    source = other.get("source", "force_extract")
    models.fill(
        "int_observations",
        "source varchar, indicator_id varchar, area_code varchar, period_start date,"
        " period_end date, numerator double",
        [
            (source, name, area, START, END, float(n))
            for name, n in counts.items()
            for area in ("A", "B")
            # what is not supplied is no observation
            if (name, area) != (other.get("blank"), "A")
        ],
    )
    models.fill(
        "indicator_parts",
        "breakdown varchar, whole_indicator_id varchar, part_indicator_id varchar,"
        " may_be_more boolean",
        PARTS,
    )
    models.fill(
        "int_indicators",
        "indicator_id varchar, parent_indicator_id varchar",
        [
            ("modern_slavery", "violence_without_injury"),
            ("burglary", "total_recorded_crime"),
            ("residential_burglary", "burglary"),
            ("total_recorded_crime", None),
        ],
    )
    text = (DBT_PROJECT / "tests" / f"{test}.sql").read_text(encoding="utf-8")
    sql = jinja2.Template(text).render(ref=lambda name: name)
    rows = models.rows(sql)
    if "blank" in other:
        assert {row["area_code"] for row in rows} <= {"B"}
    return {row["indicator_id"] for row in rows}


SUMS = "wholes_are_the_sums_of_their_parts"
PARENTS = "no_indicator_exceeds_its_parent"


@pytest.mark.parametrize("test", [SUMS, PARENTS])
def test_figures_that_agree_pass(models: Any, test: str) -> None:
    assert failing(models, test, WHOLE) == set()


@pytest.mark.parametrize(
    ("indicator", "wholes"),
    [
        ("residential_burglary", {"burglary", "total_recorded_crime"}),
        ("burglary", {"burglary", "theft_offences"}),
        ("other_theft_offences", {"theft_offences", "total_recorded_crime"}),
        ("stalking_and_harassment", {"violence_against_the_person", "total_recorded_crime"}),
        ("sexual_offences", {"violence_and_sexual_offences", "total_recorded_crime"}),
        ("robbery", {"total_recorded_crime"}),
        ("violence_and_sexual_offences", {"violence_and_sexual_offences"}),
    ],
)
def test_one_offence_too_many_breaks_every_sum_it_is_in(
    models: Any, indicator: str, wholes: set[str]
) -> None:
    assert failing(models, SUMS, WHOLE | {indicator: WHOLE[indicator] + 1}) == wholes


def test_one_offence_too_few_breaks_a_sum_but_for_codes_that_nobody_knows(models: Any) -> None:
    assert failing(models, SUMS, WHOLE | {"robbery": 12}) == set()
    assert failing(models, SUMS, WHOLE | {"shoplifting": 4}) == {"theft_offences"}


def test_a_part_that_an_area_does_not_supply_leaves_nothing_to_compare_there(models: Any) -> None:
    counts = WHOLE | {"shoplifting": 99}
    both = {"theft_offences", "total_recorded_crime"}
    assert failing(models, SUMS, counts, blank="bicycle_theft") == both
    assert failing(models, SUMS, counts, source="partner_returns") == set()


def test_a_part_above_its_parent_is_found(models: Any) -> None:
    assert failing(models, PARENTS, WHOLE | {"modern_slavery": 11}) == {"modern_slavery"}
    assert failing(models, PARENTS, WHOLE | {"burglary": 169}) == {"burglary"}
    assert failing(models, PARENTS, WHOLE | {"burglary": 169}, source="partner_returns") == set()
    above = WHOLE | {"burglary": 169}
    assert failing(models, PARENTS, above, blank="total_recorded_crime") == {"burglary"}
