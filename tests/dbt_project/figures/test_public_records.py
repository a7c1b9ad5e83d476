"""Rows of data.police.uk to counts, against a count of the rows one by one in Python."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from typing import Any, NamedTuple

import pytest

MONTHS = (date(2025, 1, 1), date(2025, 2, 1))
FORCES = {"west": "WF", "btp": "TP"}
CATEGORIES = {"Robbery": "robbery", "ASB": "asb", "Drugs": "drugs"}
#: what a landed lookup says of LSOA codes, and what the names of authorities say
BY_CODE = {"E1": "A", "E2": "B"}
BY_NAME = {"Alpha": "A", "Beta-on-Sea": "B", "Gamma": "G"}
HOME = {"A"}
#: code and name of LSOAs: known by both, by code though its name says otherwise, by name alone, new
LSOAS = [
    ("E1", "Alpha 001A"),
    ("E2", "Alpha 002A"),
    ("E3", "Alpha 003B"),
    ("E4", "Beta-on-Sea 001A"),
    ("E5", "Gamma 001A"),
    ("E9", "Elsewhere 001A"),
    (None, None),
    (None, "Alpha 009A"),
]


class Street(NamedTuple):
    load: str
    force: str
    month: date
    code: str | None
    name: str | None
    kind: str
    outcome: str | None
    reference: str | None


class Outcome(NamedTuple):
    load: str
    force: str
    month: date
    reference: str | None
    kind: str
    code: str | None
    name: str | None


def partnership(code: str | None, name: str | None) -> str | None:
    if code in BY_CODE:
        return BY_CODE[code]
    return BY_NAME.get(name[:-5]) if name else None


@pytest.fixture(scope="module")
def rows(models: Any) -> tuple[list[Street], list[Outcome]]:
    draw = random.Random(5)  # noqa: S311 - made-up rows, no secret
    street = [
        Street(
            draw.choice("ab"),
            draw.choice([*FORCES, "unheard-of"]),
            draw.choice(MONTHS),
            *draw.choice(LSOAS),
            draw.choice([*CATEGORIES, "Unheard-of"]),
            draw.choice(["Charged", "None", None]),
            draw.choice([None, *(f"r{n}" for n in range(60))]),
        )
        for _ in range(900)
    ]
    outcomes = [
        Outcome(
            draw.choice("ab"),
            draw.choice(list(FORCES)),
            draw.choice(MONTHS),
            draw.choice([None, *(f"r{n}" for n in range(90))]),
            draw.choice(["Charged", "Cautioned"]),
            *draw.choice(LSOAS),
        )
        for _ in range(300)
    ]
    models.fill(
        "stg_police_uk__street",
        "load_id varchar, force_slug varchar, month date, lsoa_code varchar, lsoa_name varchar,"
        " crime_type varchar, last_outcome_category varchar, crime_id varchar",
        [tuple(row) for row in street],
    )
    models.fill(
        "stg_police_uk__outcomes",
        "load_id varchar, force_slug varchar, month date, crime_id varchar, outcome_type varchar,"
        " lsoa_code varchar, lsoa_name varchar",
        [tuple(row) for row in outcomes],
    )
    models.fill("int_lsoa_areas", "lsoa_code varchar, csp_code varchar", list(BY_CODE.items()))
    models.fill("local_authorities", "lad_name varchar, csp_code varchar", list(BY_NAME.items()))
    models.fill("police_forces", "force_slug varchar, force_code varchar", list(FORCES.items()))
    models.fill(
        "int_crime_categories",
        "category varchar, source varchar, indicator_id varchar",
        [
            *((name, "police_uk", indicator) for name, indicator in CATEGORIES.items()),
            *((name, "police_uk", "total") for name in CATEGORIES if name != "ASB"),
            ("Robbery", "another", "wrong"),
        ],
    )
    models.fill("int_home_areas", "area_code varchar", [(area,) for area in HOME])
    models.build(
        "int_police_uk__area_counts",
        "int_police_uk__lsoa_counts",
        "int_police_uk__outcome_counts",
        "int_police_uk__decided_counts",
    )
    return street, outcomes


def counted(models: Any, model: str, *keys: str) -> Counter[tuple[Any, ...]]:
    found: Counter[tuple[Any, ...]] = Counter()
    for row in models.rows(f"from {model}"):
        key = tuple(row[name] for name in keys)
        assert key not in found
        found[key] = int(row["records"])
    return found


def test_a_row_counts_where_it_happened_and_for_the_force_that_recorded_it(
    models: Any, rows: Any
) -> None:
    expected: Counter[tuple[Any, ...]] = Counter()
    for row in rows[0]:
        if row.force not in FORCES or row.kind not in CATEGORIES:
            continue
        force = FORCES[row.force]
        indicators = [CATEGORIES[row.kind], *(["total"] if row.kind != "ASB" else [])]
        for indicator in indicators:
            place = partnership(row.code, row.name) or f"{force}_unknown"
            for area in (place, force):
                expected[row.load, row.force, row.month, area, indicator] += 1
    keys = ("load_id", "scope", "month", "area_code", "indicator_id")
    assert counted(models, "int_police_uk__area_counts", *keys) == expected
    assert {"A", "B", "G", "WF", "TP", "WF_unknown"} <= {key[3] for key in expected}


def test_lsoas_of_home_areas_are_counted_by_code(models: Any, rows: Any) -> None:
    expected: Counter[tuple[Any, ...]] = Counter()
    for row in rows[0]:
        area = partnership(row.code, row.name)
        if row.code is not None and area in HOME:
            expected[row.load, row.force, row.month, area, row.code, row.kind, row.name] += 1
    keys = ("load_id", "force_slug", "month", "csp_code", "lsoa_code", "crime_type", "lsoa_name")
    assert counted(models, "int_police_uk__lsoa_counts", *keys) == expected


def test_what_became_of_the_crimes_of_a_month(models: Any, rows: Any) -> None:
    expected: Counter[tuple[Any, ...]] = Counter()
    for row in rows[0]:
        if row.force not in FORCES:
            continue
        areas = [FORCES[row.force], partnership(row.code, row.name)]
        for area in areas:
            if area is not None:
                key = (row.load, row.force, row.month, area, row.kind, row.outcome)
                expected[key] += 1
    keys = ("load_id", "force_slug", "month", "area_code", "crime_type", "outcome_type")
    assert counted(models, "int_police_uk__outcome_counts", *keys) == expected


def test_what_was_decided_in_a_month_is_of_the_kind_of_its_street_row(
    models: Any, rows: Any
) -> None:
    street, outcomes = rows
    kinds: dict[str, str] = {}
    for row in street:
        if row.reference is not None:
            first = kinds.setdefault(row.reference, row.kind)
            kinds[row.reference] = min(first, row.kind)
    expected: Counter[tuple[Any, ...]] = Counter()
    for row in outcomes:
        area = partnership(row.code, row.name)
        if area in HOME:
            kind = kinds.get(row.reference) if row.reference else None
            expected[row.load, row.force, row.month, area, kind, row.kind] += 1
    keys = ("load_id", "force_slug", "month", "area_code", "crime_type", "outcome_type")
    assert counted(models, "int_police_uk__decided_counts", *keys) == expected
