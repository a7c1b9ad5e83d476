"""Own indicators beside those of the project, and what they must not give back."""

from __future__ import annotations

from typing import Any

import pytest

SEED = (
    "indicator_id varchar, indicator_name varchar, theme varchar, definition varchar, unit varchar,"
    " value_kind varchar, denominator_kind varchar, rate_per bigint, polarity varchar,"
    " is_sensitive boolean, is_headline boolean, headline_order bigint,"
    " parent_indicator_id varchar, source_rule varchar, numerator_indicator_id varchar,"
    " denominator_indicator_id varchar, counted_as_one varchar, counted_as_many varchar"
)
DECLARED = (
    "load_id varchar, row_number bigint, extract_date date, indicator_id varchar,"
    " indicator_name varchar, theme varchar, definition varchar, unit varchar,"
    " denominator_kind varchar, rate_per bigint, polarity varchar, is_sensitive boolean,"
    " is_headline boolean, offence_codes varchar, markers varchar, categories varchar,"
    " counted_as_one varchar, counted_as_many varchar, is_withdrawn boolean"
)


def seeded(indicator: str, *, sensitive: bool) -> tuple[Any, ...]:
    return (
        indicator, indicator, "t", "d", "count", "count", "residents", 1000, "neutral", sensitive,
        True, 3, None, "x", None, None, "one", "many",
    )  # fmt: skip


def declared(indicator: str, codes: str = "", markers: str = "", **other: Any) -> tuple[Any, ...]:
    row = {
        "load_id": "l", "row_number": 2, "extract_date": "2025-06-01", "indicator_id": indicator,
        "indicator_name": indicator, "theme": None, "definition": "d", "unit": None,
        "denominator_kind": None, "rate_per": None, "polarity": "neutral", "is_sensitive": False,
        "is_headline": False, "offence_codes": codes or None, "markers": markers or None,
        "categories": None, "counted_as_one": None, "counted_as_many": None, "is_withdrawn": False,
    }  # fmt: skip
    assert other.keys() <= row.keys()
    return tuple({**row, **other}.values())


def build(models: Any, *own: tuple[Any, ...]) -> None:
    """Sexual offences (code 1) with violence (2, 3) in one whole, robbery (4) apart."""
    models.fill(
        "indicators",
        SEED,
        [
            seeded("sexual", sensitive=True),
            seeded("race", sensitive=True),
            seeded("religion", sensitive=True),
            seeded("knife_crime", sensitive=False),
            seeded("robbery", sensitive=False),
        ],
    )
    models.fill(
        "offence_indicators",
        "offence_code varchar, indicator_id varchar",
        [
            ("1", "sexual"),
            *((code, "violence_and_sexual") for code in "123"),
            ("4", "robbery"),
            *((code, "total_recorded_crime") for code in "1234"),
        ],
    )
    models.fill(
        "marker_indicators",
        "indicator_id varchar, marker varchar, offence_group varchar, offence_code varchar",
        [
            ("race", "hate_race", None, None),
            ("religion", "hate_religion", None, None),
            ("knife_crime", "knife", None, "1"),
        ],
    )
    models.fill(
        "withheld_together",
        "indicator_id varchar, sensitive_indicator_id varchar",
        [("race", "religion"), ("religion", "race")],
    )
    models.fill("stg_indicators__own_indicators", DECLARED, list(own))
    models.build(
        "int_own_indicators",
        "int_own_indicator_rules",
        "int_indicators",
        "int_marker_indicators",
        "int_withheld_together",
    )


def indicator(models: Any, name: str) -> dict[str, Any]:
    (row,) = models.rows(f"from int_indicators where indicator_id = '{name}'")
    return dict(row)


def links(models: Any, name: str) -> set[str]:
    rows = models.rows(f"from int_withheld_together where indicator_id = '{name}'")
    return {row["sensitive_indicator_id"] for row in rows}


@pytest.mark.parametrize(
    ("codes", "markers", "sensitive", "linked"),
    [
        # alone in its group: nothing of it could be a sensitive count
        ("4", "", False, set()),
        # violence less this is what is sensitive
        ("2; 3", "", False, {"sexual"}),
        ("3; 4", "", False, {"sexual"}),
        ("1", "", True, {"sexual"}),
        (" 1 ;4", "", True, {"sexual"}),
        ("", "knife", False, set()),
        ("", "hate_race", True, {"race", "religion"}),
        ("", "knife; hate_religion", True, {"race", "religion"}),
    ],
)
def test_what_counts_sensitive_records_is_sensitive_and_linked(
    models: Any, codes: str, markers: str, sensitive: bool, linked: set[str]
) -> None:
    build(models, declared("own", codes, markers))
    assert indicator(models, "own")["is_sensitive"] is sensitive
    assert links(models, "own") == linked


def test_two_own_indicators_do_not_give_back_a_sensitive_third(models: Any) -> None:
    build(
        models,
        declared("secret", "4", is_sensitive=True),
        declared("wider", "4; 5"),
        declared("apart", "6"),
        declared("beside", "2"),
    )
    assert links(models, "wider") == {"secret"}
    assert links(models, "apart") == set()
    assert links(models, "beside") == {"sexual"}
    assert links(models, "secret") == set()


def test_the_newest_declaration_stands_and_what_the_project_has_is_its_own(models: Any) -> None:
    build(
        models,
        declared("own", "4", definition="old"),
        declared("own", "4", definition="new", extract_date="2025-07-01", is_headline=True),
        declared("gone", "4"),
        declared("gone", "4", extract_date="2025-07-01", is_withdrawn=True),
        declared("robbery", "1"),
    )
    assert indicator(models, "own")["definition"] == "new"
    assert indicator(models, "own")["headline_order"] == 4
    assert models.rows("from int_indicators where indicator_id = 'gone'") == []
    assert indicator(models, "robbery")["is_own"] is False


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("count", "count", "none", None)),
        ({"denominator_kind": "households"}, ("count", "count", "households", 1000)),
        (
            {"denominator_kind": "residents", "rate_per": 100_000},
            ("count", "count", "residents", 100_000),
        ),
        ({"unit": "per cent"}, ("per cent", "proportion", "none", None)),
        ({"unit": "pounds"}, ("pounds", "value", "none", None)),
    ],
)
def test_empty_cells_mean_what_the_page_says(
    models: Any, more: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    build(models, declared("own", **more))
    row = indicator(models, "own")
    columns = ("unit", "value_kind", "denominator_kind", "rate_per")
    assert tuple(row[column] for column in columns) == expected
    assert (row["theme"], row["counted_as_many"]) == ("own indicators", "cases")
    assert row["source_rule"] == "force_counts>partner_returns"


def test_a_load_covers_an_own_indicator_where_it_covers_every_witness(models: Any) -> None:
    build(models, declared("codes", "4"), declared("markers", "", "knife; hate_race"))
    models.fill("crime_categories", "source varchar, category varchar, indicator_id varchar", [])
    models.build("int_own_indicator_witnesses")
    models.fill(
        "int_source_indicators", "source varchar, dataset varchar, indicator_id varchar", []
    )
    months = {"all": "2025-04-01", "no knife": "2025-05-01"}
    models.fill(
        "stg_landing__coverage",
        "load_id varchar, source varchar, dataset varchar, extract_date date, scope varchar,"
        " period_start date, period_end date, indicator_id varchar",
        [
            (name, "force_extract", "force_extract", "2025-06-01", "f", month, month, covered)
            for name, month in months.items()
            for covered in ("total_recorded_crime", "race", "knife_crime")
            if (name, covered) != ("no knife", "knife_crime")
        ],
    )
    models.build("int_current_coverage")
    found = models.rows(
        "select load_id, indicator_id from int_current_coverage "
        "where indicator_id in ('codes', 'markers') order by all"
    )
    assert [tuple(row.values()) for row in found] == [
        ("all", "codes"),
        ("all", "markers"),
        ("no knife", "codes"),
    ]
