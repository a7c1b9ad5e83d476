"""Headline sensitivity of several areas and sources side by side, calculated in Python too.

The figures are drawn by chance, few and small, so that counts tie, periods are missing or partial
and zeros turn up; what is expected of them is calculated row by row, without joins.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from .conftest import MadeUpWarehouse, Row, family

Found = dict[tuple[str, str, str, str], Row]

#: Partnerships a and b are home; c is of their force F as well, d of another; b has no family.
AREAS = {"a": "F", "b": "F", "c": "F", "d": "G"}
HOME = ("a", "b")
#: What the family of a is on a day: d left it with March 2019.
D_LEAVES = date(2019, 3, 31)
POLICIES = ("own_year", "frozen")
FROZEN_YEAR = 2017
#: Newest first: a period of each kind, and the same months of the two years before.
ENDS = {
    "calendar_year": [date(year, 12, 31) for year in (2018, 2017, 2016)],
    "rolling_12": [date(year, 9, 30) for year in (2019, 2018, 2017)],
    "financial_year": [date(year, 3, 31) for year in (2019, 2018, 2017)],
    "ytd": [date(year, 9, 30) for year in (2019, 2018, 2017)],
    "month": [date(year, 9, 30) for year in (2019, 2018, 2017)],
}
#: The scorecard's order of preference.
PREFERRED = ("ytd", "financial_year", "rolling_12", "calendar_year")
INDICATORS: list[Row] = [
    {"indicator_id": "low", "polarity": "lower_is_better", "denominator_kind": "residents"},
    {"indicator_id": "high", "polarity": "higher_is_better", "denominator_kind": "households"},
    {"indicator_id": "share", "polarity": "lower_is_better", "denominator_kind": "residents"},
    {"indicator_id": "bare", "polarity": "context", "denominator_kind": None},
    {"indicator_id": "aside", "polarity": "context", "denominator_kind": "residents"},
]
#: Which source is the headline's; the other has figures too, and so have areas that have none here.
HEADLINES = {
    **{("low", area): "s" for area in "ac"},
    ("low", "b"): "t",
    **{("high", area): "t" for area in "abcd"},
    **{("share", area): "s" for area in "abd"},
    **{("bare", area): "s" for area in "ab"},
    ("aside", "a"): "s",
}
PEOPLE = {
    (area, kind, year): size + 100 * (year - 2016) * growth
    for area, size, growth in [("a", 1000, 3), ("b", 1300, -2), ("c", 1000, 0), ("d", 1500, 1)]
    for kind in ("residents", "households")
    for year in range(2015, 2020)
    # nobody knows the households of c
    if (area, kind) != ("c", "households")
}


def started(period_type: str, end: date) -> date:
    """The first day of a period: a year to date begins with April, a year twelve months back."""
    if period_type == "month":
        return end.replace(day=1)
    if period_type == "ytd":
        return date(end.year, 4, 1)
    return end.replace(year=end.year - 1) + timedelta(days=1)


def drawn(seed: int) -> list[Row]:
    """Figures by chance: one in six is missing, one in six is partial."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    figures = []
    for indicator in (row["indicator_id"] for row in INDICATORS):
        # no year to date and no financial year of this one: another period has to be the base
        kinds = ("calendar_year", "rolling_12") if indicator == "bare" else tuple(ENDS)
        for area in AREAS:
            for source in ("s", "t"):
                for kind in kinds:
                    for end in ENDS[kind]:
                        if chance.random() < 1 / 6:
                            continue
                        figures.append(
                            {
                                "source": source,
                                "indicator_id": indicator,
                                "area_code": area,
                                "period_type": kind,
                                "period_label": f"{kind} to {end}",
                                "period_start": started(kind, end),
                                "period_end": end,
                                "financial_year": end.year - (end.month < 4),
                                "is_complete": chance.random() > 1 / 6,
                                "value_kind": "proportion" if indicator == "share" else "count",
                                "value": float(chance.randrange(4)),
                            }
                        )
    return figures


#: Denominators that the sources bring for some of their rows, with the year of their estimate.
BROUGHT = {
    ("s", "a", "residents", "financial_year", date(2019, 3, 31)): (2012, 700.0),
    ("s", "a", "residents", "financial_year", date(2018, 3, 31)): (2012, 800.0),
    ("s", "c", "residents", "rolling_12", date(2019, 9, 30)): (2013, 2100.0),
    ("t", "b", "residents", "calendar_year", date(2018, 12, 31)): (2014, 900.0),
    ("t", "d", "households", "rolling_12", date(2019, 9, 30)): (2013, 400.0),
}


def measured(figure: Row, policy: str) -> tuple[float | None, int | None]:
    """The rate per 1,000, and the year of the estimate behind it."""
    area, kind = figure["area_code"], kind_of(figure)
    brought = BROUGHT.get(
        (figure["source"], area, kind, figure["period_type"], figure["period_end"])
    )
    is_proportion = figure["value_kind"] == "proportion"
    year = FROZEN_YEAR if policy == "frozen" else min(figure["financial_year"], 2019)
    if is_proportion:
        return figure["value"], None
    if brought:
        year, people = brought
    elif (area, kind, year) not in PEOPLE:
        return None, None
    else:
        people = float(PEOPLE[area, kind, year])
    return figure["value"] * 1000 / people, year


def kind_of(figure: Row) -> str:
    (kind,) = (
        str(row["denominator_kind"])
        for row in INDICATORS
        if row["indicator_id"] == figure["indicator_id"]
    )
    return kind


def place(own: float | None, others: list[float | None], is_high_first: bool) -> Any:
    """Place and number of those that have a rate, the own one among them."""
    if own is None:
        return None, None
    rates = [rate for rate in others if rate is not None]
    ahead = [rate for rate in rates if (rate > own if is_high_first else rate < own)]
    return 1 + len(ahead), len(rates)


def sign(number: float) -> int:
    return (number > 0) - (number < 0)


def flips(number: float | None, base: float | None) -> bool:
    return number is not None and base is not None and sign(number) != sign(base)


def expected(figures: list[Row]) -> Found:
    """Every choice of every headline, calculated one by one."""
    complete = {
        tuple(f[k] for k in ("source", "indicator_id", "area_code", "period_type", "period_end")): f
        for f in figures
        if f["is_complete"]
    }
    rows: Found = {}
    for (indicator, area), source in HEADLINES.items():
        if area not in HOME or indicator == "aside":
            continue
        for kind in PREFERRED:
            newest = next(
                (e for e in ENDS[kind] if (source, indicator, area, kind, e) in complete), None
            )
            if newest is None:
                continue
            for policy in POLICIES:
                rows[area, indicator, kind, policy] = choice(
                    complete, (source, indicator, area, kind, newest), policy
                )
    for area, indicator in {key[:2] for key in rows}:
        together = {key: row for key, row in rows.items() if key[:2] == (area, indicator)}
        base = min(together, key=lambda key: (POLICIES.index(key[3]), PREFERRED.index(key[2])))
        for key, row in together.items():
            row["is_base"] = key == base
            row["sign_flips"] = flips(row["_change"], rows[base]["_change"]) or flips(
                row["rate_change"], rows[base]["_change"]
            )
            for circle in ("family", "force"):
                own, other = row[f"{circle}_rank"], rows[base][f"{circle}_rank"]
                row[f"{circle}_rank_flips"] = None not in (own, other) and own != other
        for row in together.values():
            row["headline_is_sensitive"] = any(
                r["sign_flips"] or r["family_rank_flips"] or r["force_rank_flips"]
                for r in together.values()
            )
    return rows


def choice(complete: dict[tuple[Any, ...], Row], key: tuple[Any, ...], policy: str) -> Row:
    """One choice of period and policy, without what is held against the base."""
    source, indicator, area, kind, end = key
    now = complete[key]
    before = complete.get((source, indicator, area, kind, end.replace(year=end.year - 1)))
    rate, year = measured(now, policy)
    previous_rate = measured(before, policy)[0] if before else None
    change = now["value"] - before["value"] if before else None
    is_proportion = indicator == "share"

    def rates(members: list[str]) -> list[float | None]:
        theirs = [complete.get((source, indicator, member, kind, end)) for member in members]
        return [measured(figure, policy)[0] for figure in theirs if figure]

    relatives = [] if area == "b" else ["a", "c"] + ["d"] * (end <= D_LEAVES)
    family_rank, family_size = place(rate, rates(relatives), indicator == "high")
    force_rank, force_size = place(rate, rates(["a", "b", "c"]), indicator == "high")
    return {
        "area_name": area.upper(),
        "source": source,
        "period_label": now["period_label"],
        "period_end": end,
        "value": now["value"],
        "previous_value": before["value"] if before else None,
        "change": None if is_proportion else change,
        "change_pct": 100 * change / before["value"]
        if before and change is not None and before["value"] and not is_proportion
        else None,
        "change_pp": change if is_proportion else None,
        "population_year": year,
        "rate": rate,
        "previous_rate": previous_rate,
        "rate_change": rate - previous_rate
        if rate is not None and previous_rate is not None
        else None,
        "family_rank": family_rank if area != "b" else None,
        "family_members_reporting": family_size if area != "b" else None,
        "force_rank": force_rank,
        "force_areas_ranked": force_size,
        "_change": change,
    }


def found(warehouse: MadeUpWarehouse, figures: list[Row]) -> Found:
    warehouse.settings = {
        "home_areas": list(HOME),
        "family_scheme": "msf",
        "denominator_policy": "own_year",
        "frozen_year": FROZEN_YEAR,
    }
    named = [
        {"area_code": code, "area_name": code.upper(), "area_type": "csp", "force_code": force}
        for code, force in AREAS.items()
    ]
    # the force itself has the code of a force as well, and figures of its own
    whole = {"area_code": "F", "area_name": "F", "area_type": "force", "force_code": "F"}
    warehouse.fill("areas", [*named, whole])
    warehouse.fill(
        "int_family_lists",
        [
            *family("a", "c"),
            *family("a", "d", valid_to=D_LEAVES),
            *family("a", "b", scheme="another"),
            *family("b", "a", scheme="another"),
        ],
    )
    asked = {"is_headline": True, "rate_per": 1000}
    warehouse.fill(
        "int_indicators",
        [{**asked, **row, "is_headline": row["indicator_id"] != "aside"} for row in INDICATORS],
    )
    warehouse.fill(
        "int_headline_sources",
        [
            {"source": source, "indicator_id": indicator, "area_code": area}
            for (indicator, area), source in HEADLINES.items()
        ],
    )
    of_the_force = [
        {**figure, "area_code": "F", "value": 1.0}
        for figure in figures
        if figure["area_code"] == "a"
    ]
    warehouse.fill("int_period_values", figures + of_the_force)
    warehouse.fill("int_periods", [{"financial_year": year} for year in range(2015, 2020)])
    warehouse.fill(
        "int_population",
        [
            {"area_code": area, "population_kind": kind, "year": year, "population": people}
            for (area, kind, year), people in [
                *PEOPLE.items(),
                *((("F", "residents", year), 1000) for year in range(2015, 2020)),
            ]
        ],
    )
    warehouse.fill(
        "int_source_denominators",
        [
            {
                "source": source,
                "area_code": area,
                "population_kind": kind,
                "period_start": started(period_type, end),
                "period_end": end,
                "population_year": year,
                "population": people,
            }
            for (source, area, kind, period_type, end), (year, people) in BROUGHT.items()
        ],
    )
    warehouse.build(
        "int_policy_denominators", "int_area_spellings", "int_families", "int_home_areas"
    )
    warehouse.build("int_derived_rates", "int_policy_rates", "int_headline_sensitivity")
    keys = ("area_code", "indicator_id", "period_type", "denominator_policy")
    rows = warehouse.rows("select * from int_headline_sensitivity")
    by_key = {
        (row[keys[0]], row[keys[1]], row[keys[2]], row[keys[3]]): {
            name: value for name, value in row.items() if name not in keys
        }
        for row in rows
    }
    assert len(by_key) == len(rows)
    return by_key


@pytest.mark.parametrize("seed", range(4))
def test_every_choice_of_every_headline_is_what_is_reckoned_row_by_row(
    warehouse: MadeUpWarehouse, seed: int
) -> None:
    figures = drawn(seed)
    wanted, rows = expected(figures), found(warehouse, figures)
    assert len(wanted) > 40
    assert set(rows) == set(wanted)
    for key, row in rows.items():
        assert {name: pytest.approx(value) for name, value in row.items()} == {
            name: value for name, value in wanted[key].items() if name != "_change"
        }, key
