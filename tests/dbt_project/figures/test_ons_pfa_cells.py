"""Cells of the ONS partnership tables: where they lie, the people behind them, what agrees."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

END, BEFORE, PUBLISHED = date(2024, 12, 31), date(2023, 12, 31), date(2025, 4, 24)
CELLS = (
    "load_id varchar, extract_date date, edition_end date, table_name varchar, period_start date,"
    " period_end date, area_level varchar, force_name varchar, force_code varchar,"
    " csp_code varchar, measure varchar, measure_year bigint, rounded_to bigint, value double,"
    " marker varchar"
)
LOCATED = (
    "load_id varchar, extract_date date, edition_end date, table_name varchar, period_end date,"
    " area_level varchar, area_code varchar, indicator_id varchar, denominator_kind varchar,"
    " measure varchar, measure_year bigint, rounded_to bigint, value double, marker varchar"
)


def cell(
    level: str,
    force: str,
    code: str | None,
    csp: str | None,
    measure: str,
    number: float,
    **more: Any,
) -> tuple[Any, ...]:
    row = dict.fromkeys(column.split()[0] for column in CELLS.split(", ")) | {
        "load_id": "a",
        "table_name": "counts",
        "area_level": level,
        "force_name": force,
        "force_code": code,
        "csp_code": csp,
        "measure": measure,
        "value": number,
    }
    return tuple((row | more).values())


def test_cells_lie_where_level_and_force_say(models: Any) -> None:
    models.fill(
        "stg_ons_pfa_tables__cells",
        CELLS,
        [
            cell("force", "West", "F1", None, "Theft offences", 1),
            cell("force", "East", "F2", None, "Theft offences", 2),
            cell("partnership", "West", "F1", "C1", "THEFT OFFENCES", 3),
            # its force's code is another's: the name is right
            cell("unassigned", "West", "F2", None, "Theft offences", 4),
            cell("other", "East", "F1", None, "Theft offences", 5),
            # in this load West has another code
            cell("force", "West", "F3", None, "Theft offences", 6, load_id="b"),
            cell("unassigned", "West", "F1", None, "Theft offences", 7, load_id="b"),
            # of a force that has no row of its own
            cell("partnership", "Alone", "F4", "C4", "Burglary residential", 8),
            cell("unassigned", "Alone", "F4", None, "Theft offences", 9),
            # no area that is known, no offence that is asked for, no table of areas
            cell("partnership", "West", "F1", "C9", "Theft offences", 10),
            cell("partnership", "West", "F1", "C1", "Piracy", 11),
            cell("partnership", "West", "F1", "C1", "Uncounted", 12),
            cell(
                "force", "West", "F1", None, "Theft offences", 13,
                table_name="combined_authorities",
            ),
            cell("partnership", "West", "F1", "C1", "population", 14, table_name="rates"),
            cell("partnership", "West", "F1", "C1", "households", 15, table_name="rates"),
        ],
    )  # fmt: skip
    models.fill(
        "areas",
        "area_code varchar",
        [(c,) for c in ("F1", "F2", "F3", "F4", "C1", "C4")]
        + [(f"F{n}_unknown",) for n in (1, 2, 3, 4)],
    )
    models.fill(
        "ons_pfa_offences",
        "offence varchar, indicator_id varchar, rate_denominator_kind varchar",
        [
            ("Theft offences", "theft", "residents"),
            ("Uncounted", None, "residents"),
            ("Burglary residential", "burglary", "households"),
        ],
    )
    models.build("int_ons_pfa_tables__located")
    found = models.connection.execute(
        "select value, area_code, indicator_id, denominator_kind from int_ons_pfa_tables__located"
        " order by value"
    ).fetchall()
    assert found == [
        (1, "F1", "theft", "residents"),
        (2, "F2", "theft", "residents"),
        (3, "C1", "theft", "residents"),
        (4, "F1_unknown", "theft", "residents"),
        (5, "F2_unknown", "theft", "residents"),
        (6, "F3", "theft", "residents"),
        (7, "F3_unknown", "theft", "residents"),
        (8, "C4", "burglary", "households"),
        (14, "C1", None, "residents"),
        (15, "C1", None, "households"),
    ]


def located(table: str, area: str, what: str, number: float | None, **more: Any) -> tuple[Any, ...]:
    people = what in ("population", "households")
    row = dict.fromkeys(column.split()[0] for column in LOCATED.split(", ")) | {
        "load_id": "a",
        "extract_date": PUBLISHED,
        "edition_end": END,
        "table_name": table,
        "period_end": END,
        "area_level": "partnership",
        "area_code": area,
        "indicator_id": None if people else what,
        "denominator_kind": "households" if what == "households" else "residents",
        "measure": what,
        "measure_year": 2023 if people else None,
        "rounded_to": 100 if people else None,
        "value": number,
    }
    return tuple((row | more).values())


def test_the_people_behind_rates_are_told_by_the_greatest_count(models: Any) -> None:
    rows = [
        # 2,000 offences at 1,600 per 1,000 are of 1,250 residents, the smaller count says 1,240
        located("rates", "A", "population", 1300),
        located("counts", "A", "theft", 1500),
        located("counts", "A", "theft", 500),  # one kind of theft in two rows
        located("rates", "A", "theft", 1600),
        located("counts", "A", "arson", 124),
        located("rates", "A", "arson", 100),
        # 600 at 1,200 are of 500 households, beside the residents of the same area
        located("rates", "A", "households", 500),
        located("counts", "A", "burglary", 600),
        located("rates", "A", "burglary", 1200, denominator_kind="households"),
        # another edition of the same area: 990 at 750 are of 1,320
        located("rates", "A", "population", 1300, load_id="b"),
        located("counts", "A", "theft", 990, load_id="b"),
        located("rates", "A", "theft", 750, load_id="b"),
        # half a rounding away is within it (1,050 of 1,100), more is not (1,049)
        located("rates", "half", "population", 1100),
        located("counts", "half", "theft", 2100),
        located("rates", "half", "theft", 2000),
        located("rates", "far", "population", 1100),
        located("counts", "far", "theft", 2098),
        located("rates", "far", "theft", 2000),
        # 201 at 200 are of 1,005 residents; 2,009 at 2,000 of 1,004.5, which nobody can be
        located("rates", "whole", "population", 1000),
        located("counts", "whole", "theft", 201),
        located("rates", "whole", "theft", 200),
        located("rates", "broken", "population", 1000),
        located("counts", "broken", "theft", 2009),
        located("rates", "broken", "theft", 2000),
        # the greatest count has no rate above nothing, so that the next one says it
        located("rates", "zero", "population", 1000),
        located("counts", "zero", "theft", 5000),
        located("rates", "zero", "theft", 0),
        located("counts", "zero", "arson", 98),
        located("rates", "zero", "arson", 100),
        # no offence and a rate: tells nothing of the people, however few were printed
        located("rates", "few", "population", 40),
        located("counts", "few", "theft", 0),
        located("rates", "few", "theft", 1),
        # rates, but none is of a count that is there
        located("rates", "uncounted", "population", 700),
        located("rates", "uncounted", "theft", 5),
        # no rate is presented, and not one is there at all
        located("rates", "none", "population", 800),
        located("counts", "none", "theft", 800),
        located("rates", "none", "theft", None, marker="[u1]"),
        located("rates", "bare", "population", 900),
    ]
    models.fill("int_ons_pfa_tables__located", LOCATED, rows)
    models.build("int_ons_pfa_tables__denominators")
    found = models.connection.execute(
        "select area_code, load_id, population_kind, printed_population, population,"
        " population_year from int_ons_pfa_tables__denominators"
    ).fetchall()
    assert sorted(found, key=str) == sorted(
        [
            ("A", "a", "residents", 1300, 1250, 2023),
            ("A", "a", "households", 500, 500, 2023),
            ("A", "b", "residents", 1300, 1320, 2023),
            ("half", "a", "residents", 1100, 1050, 2023),
            ("far", "a", "residents", 1100, 1100, 2023),
            ("whole", "a", "residents", 1000, 1005, 2023),
            ("broken", "a", "residents", 1000, 1000, 2023),
            ("zero", "a", "residents", 1000, 980, 2023),
            ("few", "a", "residents", 40, 40, 2023),
            ("uncounted", "a", "residents", 700, 700, 2023),
            ("none", "a", "residents", 800, None, 2023),
        ],
        key=str,
    )


OWN = (
    "source varchar, area_code varchar, indicator_id varchar, period_type varchar,"
    " period_end date, change_pct double, denominator_kind varchar, rate double, rate_per bigint,"
    " value double"
)


@pytest.fixture(scope="module")
def agreement(models: Any) -> dict[tuple[str, str, str, str], list[tuple[Any, ...]]]:
    """Published, own, difference and agreement by area, indicator, table and denominator."""
    old = {"extract_date": date(2024, 1, 1)}
    models.fill(
        "int_ons_pfa_tables__located",
        LOCATED,
        [
            located("rates", "C1", "theft", 20.5),
            located("change_pct", "C1", "theft", -3.0),
            located("counts", "C1", "theft", 500.0),
            # burglary over households is ours, over residents it is made from the people
            located("rates", "C1", "burglary", 8.0, denominator_kind="households"),
            located("rates", "C1", "burglary", 2.0),
            located("rates", "C2", "burglary", 2.0),  # no people are known here
            located("rates", "C2", "theft", 0.0),
            located("rates", "C3", "theft", 1000.0, area_level="force"),
            located("change_pct", "C2", "theft", None, marker="[x]"),
            located("rates", "C1", "population", 1000.0),
            located("rates", "C1", "theft", 99.0, area_level="unassigned", extract_date=END),
            located("rates", "C9", "theft", 9.0),  # we have no figure
            # of several: the newest day, the newest edition, the last load
            located("rates", "day", "theft", 1.0, load_id="z", **old),
            located("rates", "day", "theft", 2.0),
            located("rates", "edition", "theft", 1.0, load_id="z", edition_end=BEFORE),
            located("rates", "edition", "theft", 2.0),
            located("rates", "load", "theft", 1.0),
            located("rates", "load", "theft", 2.0, load_id="b"),
            # a year before is another year
            located("rates", "C1", "theft", 30.0, period_end=BEFORE, **old),
        ],
    )

    def own(area: str, indicator: str, rate: float, **more: Any) -> tuple[Any, ...]:
        kind = "households" if indicator == "burglary" else "residents"
        row = {
            "source": "ons_pfa_tables",
            "area_code": area,
            "indicator_id": indicator,
            "period_type": "rolling_12",
            "period_end": END,
            "change_pct": 4.0,
            "denominator_kind": kind,
            "rate": rate,
            "rate_per": 1000,
            "value": 10.0,
        }
        return tuple((row | more).values())

    models.fill(
        "int_indicator_values",
        OWN,
        [
            own("C1", "theft", 20.0),
            own("C1", "theft", 30.0, period_end=BEFORE),
            own("C1", "theft", 77.0, source="police_uk"),
            own("C1", "theft", 78.0, period_type="financial_year"),
            own("C1", "burglary", 8.0),
            own("C2", "burglary", 8.0),
            own("C2", "theft", 1e-9),
            own("C3", "theft", 1000 + 5e-7),
            *(own(area, "theft", 2.0) for area in ("day", "edition", "load")),
        ],
    )
    models.fill(
        "int_source_denominators",
        "source varchar, area_code varchar, population_kind varchar, period_end date,"
        " population double",
        [
            ("ons_pfa_tables", "C1", "residents", END, 5000.0),
            ("ons_pfa_tables", "C1", "households", END, 2000.0),
            ("ons_pfa_tables", "C1", "residents", BEFORE, 4000.0),
            ("ons_pfa_tables", "C3", "residents", END, 3000.0),
            ("another", "C1", "residents", END, 1.0),
        ],
    )
    models.build("int_ons_pfa_tables__agreement")
    columns = ("published_value", "own_value", "difference", "agrees")
    keyed: dict[tuple[str, str, str, str], list[tuple[Any, ...]]] = {}
    for row in models.rows("from int_ons_pfa_tables__agreement order by published_value"):
        key = (row["area_code"], row["indicator_id"], row["table_name"], row["denominator_kind"])
        keyed.setdefault(key, []).append(tuple(row[column] for column in columns))
    return keyed


RATES, CHANGES = ("rates", "residents"), ("change_pct", "residents")


@pytest.mark.parametrize(
    ("area", "indicator", "cells", "expected"),
    [
        # this year's and the year before's
        ("C1", "theft", RATES, [(20.5, 20.0, -0.5, False), (30.0, 30.0, 0.0, True)]),
        ("C1", "theft", CHANGES, [(-3.0, 4.0, 7.0, False)]),
        ("C1", "burglary", ("rates", "households"), [(8.0, 8.0, 0.0, True)]),
        ("C1", "burglary", RATES, [(2.0, 2.0, 0.0, True)]),  # 10 of 5,000 residents
        ("C2", "burglary", RATES, [(2.0, None, None, None)]),
        # a billionth, of one at least: at the bound, and of a thousand
        ("C2", "theft", RATES, [(0.0, 1e-9, 1e-9, True)]),
        ("C3", "theft", RATES, [(1000.0, 1000 + 5e-7, pytest.approx(5e-7, rel=1e-3), True)]),
        ("day", "theft", RATES, [(2.0, 2.0, 0.0, True)]),
        ("edition", "theft", RATES, [(2.0, 2.0, 0.0, True)]),
        ("load", "theft", RATES, [(2.0, 2.0, 0.0, True)]),
    ],
)
def test_own_figures_stand_beside_the_published(
    agreement: dict[tuple[str, str, str, str], list[tuple[Any, ...]]],
    area: str,
    indicator: str,
    cells: tuple[str, str],
    expected: list[tuple[Any, ...]],
) -> None:
    assert agreement[area, indicator, *cells] == expected


def test_only_rates_and_changes_that_are_there_are_compared(
    agreement: dict[tuple[str, str, str, str], list[tuple[Any, ...]]],
) -> None:
    assert len(agreement) == 10
