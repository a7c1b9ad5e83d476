"""Spellings of areas, scopes of suppliers, family lists, and which months are covered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

OLD, NEW = date(2025, 5, 1), date(2025, 6, 1)


def test_a_forces_scope_speaks_for_its_partnerships_and_an_areas_for_itself(models: Any) -> None:
    models.fill(
        "areas",
        "area_code varchar, area_type varchar, force_code varchar",
        [
            ("A", "csp", "F"),
            ("F", "force", "F"),
            ("F_unknown", "location_unknown", "F"),
            ("R", "region", "F"),
            ("B", "csp", "G"),
            ("G", "force", "G"),
        ],
    )
    models.fill(
        "police_forces", "force_slug varchar, force_code varchar", [("west", "F"), ("east", "G")]
    )
    models.fill(
        "int_area_spellings",
        "spelling varchar, area_code varchar",
        [("alpha", "A"), ("west", "B"), ("beta", "B")],
    )
    models.fill(
        "stg_landing__coverage",
        "scope varchar",
        [(" Alpha ",), ("west",), ("nowhere",), ("alpha",), ("alpha",)],
    )
    models.build("int_scope_areas")
    found = models.connection.execute(
        "select scope, area_code from int_scope_areas order by all"
    ).fetchall()
    west, east = ["A", "F", "F_unknown"], ["B", "G"]
    assert found == sorted(
        [
            *((scope, area) for scope in ("west", "F") for area in west),
            *((scope, area) for scope in ("east", "G") for area in east),
            *((scope, "A") for scope in (" Alpha ", "alpha")),
        ]
    )


def test_which_indicators_a_dataset_of_records_counts(models: Any) -> None:
    models.fill(
        "int_crime_categories",
        "source varchar, indicator_id varchar",
        [("police_uk", "robbery"), ("police_uk", "robbery"), ("another", "x")],
    )
    models.fill("int_offence_indicators", "indicator_id varchar", [("robbery",), ("theft",)])
    models.fill("int_marker_indicators", "indicator_id varchar", [("knife_crime",), ("theft",)])
    models.fill("int_indicators", "indicator_id varchar", [("asb_youth",), ("robbery",)])
    models.build("int_source_indicators")
    found = models.connection.execute("from int_source_indicators order by all").fetchall()
    assert found == [
        ("asb", "asb_records", "asb_youth"),
        *(("force_extract", "force_extract", i) for i in ("knife_crime", "robbery", "theft")),
        ("police_uk", "police_uk_street", "robbery"),
    ]


def test_counts_outlive_their_records_and_are_not_counted_twice(models: Any) -> None:
    columns = (
        "source varchar, dataset varchar, load_id varchar, scope varchar, month date,"
        " area_code varchar, indicator_id varchar, records bigint"
    )

    def row(load: str, records: int) -> tuple[Any, ...]:
        return ("s", "d", load, "west", OLD, "A", "robbery", records)

    models.fill("int_police_uk__area_counts", columns, [row("a", 1)])
    models.fill("int_force_extract__area_counts", columns, [row("b", 2)])
    models.fill("int_asb__area_counts", columns, [row("c", 3)])
    models.fill("stg_landing__counts_archive", columns, [row("a", 10), row("gone", 20)])
    models.build("int_counts_by_vintage")
    found = {r["load_id"]: r["records"] for r in models.rows("from int_counts_by_vintage")}
    assert found == {"a": 1, "b": 2, "c": 3, "gone": 20}


# --- coverage ---------------------------------------------------------------------------------


def month(number: int) -> tuple[date, date]:
    ends = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30}
    return date(2024, number, 1), date(2024, number, ends[number])


AREAS = [
    ("A", "Alpha", "csp"),
    ("B", "Beta", "csp"),
    ("C", "Gamma", "csp"),
    ("F", "West", "force"),
]


def covered(models: Any, *rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    models.fill(
        "stg_landing__coverage",
        "load_id varchar, source varchar, dataset varchar, extract_date date, scope varchar,"
        " indicator_id varchar, period_start date, period_end date",
        list(rows),
    )
    models.fill(
        "stg_landing__loads",
        "load_id varchar, file varchar, rows_read bigint, rows_loaded bigint,"
        " rows_rejected bigint, is_synthetic boolean",
        [(load, f"{load}.csv", 9, 8, 1, load == "made-up") for load in ("a", "b", "made-up")],
    )
    models.fill("areas", "area_code varchar, area_name varchar, area_type varchar", AREAS)
    models.fill(
        "int_load_areas",
        "load_id varchar, scope varchar, area_code varchar, is_spoken_for boolean",
        [
            ("b", "west", "B", False),
            ("b", "west", "A", False),
            ("b", "west", "F", False),
            ("b", "west", "C", True),
            ("a", "west", "C", False),
        ],
    )
    models.build("int_coverage")
    return models.rows("from int_coverage order by all")


def load(name: str, number: int, day: date = OLD, **other: Any) -> tuple[Any, ...]:
    told = {"source": "s", "dataset": "d", "scope": "west", "indicator": "*"} | other
    span = told.get("span") or month(number)
    keys = (told["source"], told["dataset"], day, told["scope"], told["indicator"])
    return (name, *keys, *span)


def test_of_each_month_the_newest_load_and_how_many_there_were(models: Any) -> None:
    found = covered(models, load("b", 1), load("a", 1, NEW), load("b", 1, NEW), load("zz", 2, NEW))
    (row,) = found  # a load without a record of it does not exist
    assert (row["vintages"], row["file"]) == (2, "b.csv")
    assert (row["first_extract_date"], row["extract_date"]) == (OLD, NEW)
    assert (row["rows_read"], row["rows_loaded"], row["rows_rejected"]) == (9, 8, 1)
    assert row["areas_not_in_file"] == "Alpha; Beta"


@pytest.mark.parametrize("key", ["source", "dataset", "scope", "indicator"])
def test_gaps_are_those_of_one_series(models: Any, key: str) -> None:
    one: dict[str, Any] = {"indicator": "robbery"} if key == "indicator" else {}
    rows = [load("a", n, **one) for n in (1, 2, 5)]
    another: dict[str, Any] = {key: "another"}
    rows += [load("made-up", n, **another) for n in (3, 6)]
    column = {"indicator": "indicator_id"}.get(key, key)
    found = covered(models, *rows)
    missing = {(r[column], r["period_start"].month, r["period_end"].day, r["is_synthetic"])
               for r in found if not r["is_supplied"]}  # fmt: skip
    own = {"source": "s", "dataset": "d", "scope": "west", "indicator": "robbery"}[key]
    assert missing == {
        (own, 3, 31, False),
        (own, 4, 30, False),
        ("another", 4, 30, True),
        ("another", 5, 31, True),
    }
    assert all(r["vintages"] == 0 for r in found if not r["is_supplied"])
    assert len(found) == 9


@pytest.mark.parametrize("dataset", ["commentary", "targets"])
def test_what_a_partnership_writes_or_aims_at_has_no_gaps(models: Any, dataset: str) -> None:
    """Commentary for the papers of March and September is no series of months."""
    found = covered(models, *(load("a", n, source=dataset, dataset=dataset) for n in (1, 6)))
    assert [row["is_supplied"] for row in found] == [True, True]


def test_a_month_of_everything_is_no_gap_of_an_indicator(models: Any) -> None:
    """Files of May and August were not whole: burglary was in them, and in the whole ones."""
    rows = [load("a", n) for n in (1, 2, 4, 6)]
    rows += [load("b", n, indicator="burglary") for n in (3, 5)]
    found = covered(models, *rows)
    missing = {(r["indicator_id"], r["period_start"].month) for r in found if not r["is_supplied"]}
    assert missing == {("*", 3), ("*", 5)}  # not everything was supplied


def test_quarters_have_no_months_missing(models: Any) -> None:
    spans = [(date(2024, 1, 1), date(2024, 3, 31)), (date(2025, 1, 1), date(2025, 3, 31))]
    found = covered(models, *(load("a", 0, span=span) for span in spans))
    assert [r["is_supplied"] for r in found] == [True, True]
    # a quarter that begins in a missing month does not supply it
    mixed = covered(
        models, load("a", 1), load("a", 3), load("a", 0, span=(date(2024, 2, 1), month(4)[1]))
    )
    assert [r["period_start"].month for r in mixed if not r["is_supplied"]] == [2]


# --- family lists -----------------------------------------------------------------------------

MEMBERS = (
    "scheme varchar, area_as_written varchar, neighbour_as_written varchar, valid_from date,"
    " valid_to date, source varchar, extract_date date"
)


def test_the_newest_list_of_a_scheme_and_area_holds_whole(models: Any) -> None:
    models.fill(
        "int_area_spellings", "spelling varchar, area_code varchar", [("alpha", "A"), ("b", "B")]
    )
    models.fill(
        "stg_families__memberships",
        MEMBERS,
        [
            ("msf", "Alpha", "left", None, None, "old", OLD),
            ("msf", " ALPHA ", "stays", None, None, "new", NEW),
            ("msf", "alpha", "stays", None, None, "new", NEW),
            ("msf", "alpha", "comes", OLD, NEW, "new", NEW),
            ("msf", "b", "other", None, None, "old", OLD),
            ("cipfa", "alpha", "second", None, None, "old", OLD),
            ("msf", " elsewhere ", "unknown", None, None, "old", OLD),
        ],
    )
    models.fill(
        "families",
        "scheme varchar, area_code varchar, neighbour_code varchar, valid_from date,"
        " valid_to date, source varchar",
        [("msf", "C", "seeded", None, None, "s"), ("illustrative", "A", "B", OLD, None, "s")],
    )
    models.build("int_family_lists")
    found = models.connection.execute(
        "select scheme, area_code, neighbour_code from int_family_lists order by all"
    ).fetchall()
    assert found == [
        ("cipfa", "A", "second"),
        ("illustrative", "A", "B"),
        ("msf", "A", "comes"),
        ("msf", "A", "stays"),
        ("msf", "B", "other"),
        ("msf", "elsewhere", "unknown"),
    ]
