"""Rates, proportions and their tests against SciPy, under every policy of the settings.

The oracle writes the definitions out a second time for months, quarters and years that are whole:
denominators of the own year or a frozen one, those that a source brings, exact and Byar intervals,
Wilson's, changes in per cent and in percentage points, p by months or by person-months.
"""

from __future__ import annotations

import math
import random
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pytest
from scipy import special, stats

from tests.dbt_project.figures.definitions import (
    FIRST,
    LAST,
    NO_DISPERSION,
    end,
    interval,
    periods,
    start,
)

MONTHS = range(FIRST, LAST + 1)
#: by area, kind and year; B has no estimate before 2016, and no households
POPULATION = {
    **{("A", "residents", year): 900 + 37 * (year - 2014) for year in range(2014, 2020)},
    **{("B", "residents", year): 5000 - 211 * (year - 2015) for year in (2016, 2018)},
    ("A", "households", 2015): 400,
    ("A", "households", 2017): 470,
    **{("A", "adult_females", year): 350 + 11 * (year - 2015) for year in range(2015, 2018)},
    **{("B", "adult_females", year): 2000 for year in range(2015, 2018)},
    ("E", "residents", 2015): 0,
}
#: what the source brings for its own financial year 2017/18 of A
BROUGHT = (1200.0, 2017)


class Kind(NamedTuple):
    value_kind: str
    denominator_kind: str
    rate_per: int | None
    counted: str | None = None


INDICATORS = {
    "per_resident": Kind("count", "residents", 1000),
    "per_household": Kind("count", "households", 1000),
    "per_nobody": Kind("count", "none", None),
    "cases": Kind("count", "adult_females", 10000),
    "share": Kind("proportion", "none", None),
    "case_rate": Kind("rate", "adult_females", 10000, "cases"),
}
Tile = tuple[int, int]
#: numerator, denominator, stated value, whether supplied
Told = tuple[float | None, float | None, float | None, bool]
Series = dict[tuple[str, str, str], dict[Tile, Told]]


def made_up() -> Series:
    draw = random.Random(11)  # noqa: S311 - made-up counts, no secret

    def counts(low: int, high: int) -> dict[Tile, Told]:
        return {(m, m): (float(draw.randint(low, high)), None, None, True) for m in MONTHS}

    def shares(low: int, high: int) -> dict[Tile, Told]:
        told: dict[Tile, Told] = {}
        for m in MONTHS:
            whole = draw.randint(low, high)
            told[m, m] = (float(draw.randint(0, whole)), float(whole), None, True)
        return told

    # of nobody: a month says nothing, unless its per cent is stated
    empty = shares(0, 2) | {(FIRST, FIRST): (0.0, 0.0, 12.5, True)}
    none_ever: dict[Tile, Told] = {(m, m): (0.0, 7.0, None, True) for m in MONTHS}
    all_ever: dict[Tile, Told] = {(m, m): (7.0, 7.0, None, True) for m in MONTHS}
    starts = [m for m in MONTHS if m % 3 == 0]
    quarters: dict[Tile, Told] = {
        (m, m + 2): (float(draw.randint(20, 60)), 80.0, None, True) for m in starts
    }
    # a quarter that gives its per cent alone cannot be added to the others
    stated = quarters | {(FIRST + 15, FIRST + 17): (None, None, 33.25, True)}
    # nor one that gives a numerator without what it is of
    without_whole = quarters | {(FIRST + 15, FIRST + 17): (30.0, None, None, True)}
    stated_counts = counts(1, 9) | {(FIRST + 5, FIRST + 5): (None, None, 4.0, True)}
    unsupplied = {k: (v[0], v[1], v[2], k[0] % 7 > 0) for k, v in shares(5, 20).items()}
    return {
        ("s", "A", "per_resident"): counts(0, 30),
        ("s", "B", "per_resident"): counts(0, 3),
        ("brings", "A", "per_resident"): counts(30, 60),
        ("s", "E", "per_resident"): counts(0, 3),
        ("s", "A", "per_household"): counts(0, 12),
        ("s", "B", "per_household"): counts(0, 12),
        ("s", "A", "per_nobody"): counts(40, 60),
        ("stated", "A", "per_nobody"): stated_counts,
        ("s", "A", "cases"): counts(5, 15),
        ("s", "B", "cases"): counts(5, 15),
        ("t", "A", "cases"): counts(5, 15),
        ("s", "N", "cases"): counts(5, 15),  # nobody knows how many live there
        # the supplier's own rate of one year, which stands
        ("t", "A", "case_rate"): {(FIRST + 24, FIRST + 35): (None, None, 41.5, True)},
        ("s", "A", "share"): shares(20, 90),
        ("empty", "A", "share"): empty,
        ("none", "A", "share"): none_ever,
        ("all", "A", "share"): all_ever,
        ("quarters", "A", "share"): quarters,
        ("stated", "A", "share"): stated,
        ("without", "A", "share"): without_whole,
        ("unsupplied", "A", "share"): unsupplied,
    }


def extracted(tile: Tile) -> date:
    """Later months come earlier in the alphabet of nothing: the newest is not the last."""
    return date(2019, 6, 1 + (tile[0] * 7) % 28)


def denominator(area: str, kind: str, wanted: int) -> tuple[float, int] | None:
    years = [y for (a, k, y) in POPULATION if (a, k) == (area, kind) and y <= wanted]
    return (float(POPULATION[area, kind, max(years)]), max(years)) if years else None


def filled(
    series: dict[Tile, Told], value_kind: str, kind: str, first: int, last: int
) -> dict[str, Any] | None:
    """What a period holds. These series have one grain each, so that no grain is to be chosen."""
    parts = {
        t: told for t, told in sorted(series.items()) if first <= t[0] and t[1] <= last and told[3]
    }
    if not parts or (kind in ("ytd", "rolling_12") and max(t[1] for t in parts) != last):
        return None
    told = list(parts.values())
    if value_kind == "count":  # a count stated as a value alone is a count
        told = [(n if n is not None else stated, d, None, ok) for n, d, stated, ok in told]
    adding = [n is not None and (d is not None or value_kind != "proportion") for n, d, *_ in told]
    alone, whole = len(told) == 1, all(adding)
    months = sum(
        b - a + 1
        for (a, b), adds, (_, _, stated, _) in zip(parts, adding, told, strict=True)
        if adds or (alone and stated is not None)
    )
    numerators = [n for n, *_ in told if n is not None]
    denominators = [d for _, d, *_ in told if d is not None]
    return {
        "numerator": sum(numerators) if numerators and (whole or alone) else None,
        "stated_denominator": sum(denominators) if denominators and (whole or alone) else None,
        "stated": told[0][2] if alone else None,
        "_lacks": value_kind == "proportion" and not whole,
        "months_supplied": months,
        "is_complete": months == last - first + 1,
        "extract_date": max(extracted(t) for t in parts),
    }


def expected(policy: str, frozen_year: int, by_people: bool) -> dict[tuple[Any, ...], Any]:
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for (source, area, indicator), series in made_up().items():
        for kind, _, first, last in periods():
            value_kind = INDICATORS[indicator].value_kind
            found = filled(series, value_kind, kind, first, last)
            if found is None:
                continue
            row = figure(source, area, INDICATORS[indicator], found, (first, last), policy)
            if row is not None:
                row["_last"] = last
                rows[source, area, indicator, kind, end(last)] = row
    derive(rows, policy, frozen_year)
    for key, row in rows.items():
        rate(row, key, frozen_year if policy == "frozen" else None)
    for key, row in rows.items():
        change(row, rows.get((*key[:4], end(row["_last"] - 12))), by_people)
        three = [rows.get((*key[:4], end(row["_last"] - 12 * years))) for years in (1, 2, 3)]
        values = [r["value"] for r in three if r and r["is_complete"]]
        row["baseline_3yr_value"] = sum(values) / 3 if len(values) == 3 else None
    return rows


def figure(
    source: str, area: str, kind: Kind, found: dict[str, Any], span: Tile, policy: str
) -> dict[str, Any] | None:
    row = {**found, "value_kind": kind.value_kind, "_span": span, "_kind": kind}
    stated, whole = row.pop("stated"), row["stated_denominator"]
    if kind.value_kind == "proportion":
        usable = whole is not None and whole > 0 and row["numerator"] is not None
        row["value"] = 100 * row["numerator"] / whole if usable else stated
    else:
        row["value"] = row["numerator"] if row["numerator"] is not None else stated
    if row["value"] is None and not row["_lacks"]:
        return None
    row["value_so_far"] = None if row["is_complete"] else row["value"]
    row["value"] = row["value"] if row["is_complete"] else None
    return row


def financial_year(last: int) -> int:
    return (last - 3) // 12


def derive(rows: dict[tuple[Any, ...], Any], policy: str, frozen_year: int) -> None:
    """Cases of twelve complete months over the people, unless the source states the rate."""
    kind = INDICATORS["case_rate"]
    for (source, area, indicator, period, last), row in list(rows.items()):
        first, final = row["_span"]
        wanted = frozen_year if policy == "frozen" else financial_year(final)
        people = denominator(area, "adult_females", wanted)
        key = (source, area, "case_rate", period, last)
        if indicator != kind.counted or final - first != 11 or not row["is_complete"]:
            continue
        if people is None or key in rows:
            continue
        value = row["numerator"] * 10000 / people[0]
        rows[key] = {**row, "value": value, "value_kind": "rate", "_kind": kind}


def rate(row: dict[str, Any], key: tuple[Any, ...], frozen_year: int | None) -> None:
    source, area, *_ = key
    kind: Kind = row["_kind"]
    first, last = row["_span"]
    names = "rate rate_lower rate_upper annualised_rate denominator denominator_kind"
    row |= dict.fromkeys([*names.split(), "population_year"])
    row["rate_per"] = kind.rate_per
    if kind.value_kind == "proportion":
        row |= {"rate_per": 100, "denominator": row["stated_denominator"]}
        row["denominator_kind"] = "cases"
        if row["is_complete"]:
            row["rate"] = row["value"]
            n = row["denominator"]
            if n and row["numerator"] is not None:
                low, high = wilson(int(row["numerator"]), int(n))
                row |= {"rate_lower": 100 * low, "rate_upper": 100 * high}
        return
    people = denominator(area, kind.denominator_kind, frozen_year or financial_year(last))
    brings = source == "brings" and kind.denominator_kind == "residents"
    if brings and (first, last) == (2017 * 12 + 3, 2018 * 12 + 2):
        people = BROUGHT
    row["is_population_out_of_date"] = False
    if people is not None:
        row["denominator"], row["population_year"] = people
        wanted = frozen_year or financial_year(last)
        row["is_population_out_of_date"] = people is not BROUGHT and people[1] < wanted - 2
        row["denominator_kind"] = kind.denominator_kind
    if not row["is_complete"]:
        return
    if kind.value_kind == "rate":
        row["rate"] = row["value"]
    elif people is not None and people[0] > 0:
        per = (kind.rate_per or math.nan) / people[0]
        low, high = interval(row["value"])
        row |= {"rate": row["value"] * per, "rate_lower": low * per, "rate_upper": high * per}
        row["annualised_rate"] = row["rate"] * 12 / (last - first + 1)


def change(row: dict[str, Any], before: dict[str, Any] | None, by_people: bool) -> None:
    names = "change change_pct change_pp change_pct_is_unreliable change_ratio change_ratio_lower"
    names += " change_ratio_upper change_p_value significance previous_rate"
    row |= dict.fromkeys(names.split())
    row["previous_value"] = before["value"] if before and row["is_complete"] else None
    row["is_comparable"] = bool(before and row["is_complete"] and before["is_complete"])
    if before is None or not row["is_comparable"]:
        return
    now, then = row["value"], before["value"]
    row["previous_rate"] = before["rate"]
    if row["value_kind"] == "proportion":
        row["change_pp"] = now - then
        row["change_p_value"] = p_of_proportions(row, before)
    else:
        row["change"] = now - then
        row["change_pct"] = 100 * (now - then) / then if then else None
    if row["value_kind"] == "count":
        row["change_pct_is_unreliable"] = min(now, then) < 50
        compare_counts(row, before, by_people)
    if row["change_p_value"] is not None:
        rose = now > then
        if row["value_kind"] == "count" and by_people and row["denominator"]:
            rose = now * before["denominator"] > then * row["denominator"]
        clear = "higher" if rose else "lower"
        row["significance"] = "no clear change" if row["change_p_value"] >= 0.05 else clear


# the same few numbers come again under every policy


@cache
def wilson(x: int, n: int) -> tuple[float, float]:
    limits = stats.binomtest(x, n).proportion_ci(method="wilson")
    return limits.low, limits.high


@cache
def pearson(x1: float, n1: float, x0: float, n0: float) -> float:
    table = [[x1, n1 - x1], [x0, n0 - x0]]
    return float(stats.chi2_contingency(table, correction=False).pvalue)


@cache
def exact_p(x: int, n: int, share: float) -> float:
    return float(stats.binomtest(x, n, share).pvalue)


@cache
def clopper_pearson(x: int, n: int) -> tuple[float, float]:
    low = float(special.betaincinv(x, n - x + 1, 0.025)) if x else 0.0
    return low, float(special.betaincinv(x + 1, n - x, 0.975)) if x < n else 1.0


def p_of_proportions(row: dict[str, Any], before: dict[str, Any]) -> float | None:
    told = (row["numerator"], row["denominator"], before["numerator"], before["denominator"])
    if None in told or 0 in (told[1], told[3]):
        return None
    x1, n1, x0, n0 = told
    if x1 + x0 in (0, n1 + n0):
        return 1.0
    return pearson(x1, n1, x0, n0)


def compare_counts(row: dict[str, Any], before: dict[str, Any], by_people: bool) -> None:
    t1 = t0 = float(row["_span"][1] - row["_span"][0] + 1)
    if by_people and row["denominator"] is not None:
        if before["denominator"] is None:
            return
        t1, t0 = t1 * row["denominator"], t0 * before["denominator"]
        if 0 in (t1, t0):
            return
    now, then = int(row["value"]), int(before["value"])
    row["change_ratio"] = (now / t1) / (then / t0) if then else None
    if now + then == 0:
        row["change_p_value"] = 1.0  # and the ratio of nothing to nothing has no limits
        return
    row["change_p_value"] = exact_p(now, now + then, t1 / (t1 + t0))
    low, high = clopper_pearson(now, now + then)
    row["change_ratio_lower"] = low / (1 - low) * t0 / t1
    if then:
        row["change_ratio_upper"] = high / (1 - high) * t0 / t1


def build(models: Any, policy: str, frozen_year: int, by_people: bool) -> dict[Any, Any]:
    models.settings = {
        "denominator_policy": policy,
        "frozen_year": frozen_year,
        "change_exposure": "population_months" if by_people else "months",
    }
    models.fill(
        "int_observations",
        "indicator_id varchar, source varchar, area_code varchar, period_start date,"
        " period_end date, months bigint, numerator double, denominator double,"
        " stated_value double, extract_date date",
        [
            (i, s, a, start(f), end(t), t - f + 1, *told[:3], extracted((f, t)))
            for (s, a, i), series in made_up().items()
            for (f, t), told in series.items()
            if told[3]
        ],
    )
    models.fill(
        "int_indicators",
        "indicator_id varchar, value_kind varchar, denominator_kind varchar, rate_per bigint,"
        " numerator_indicator_id varchar, denominator_indicator_id varchar",
        [
            *((name, *kind[:3], kind.counted, None) for name, kind in INDICATORS.items()),
            # a proportion of two counts is no rate over people
            ("repeats", "rate", "adult_females", 10000, "cases", "share"),
        ],
    )
    models.fill(
        "int_population",
        "area_code varchar, population_kind varchar, year bigint, population double",
        [(*key, n) for key, n in POPULATION.items()],
    )
    models.fill(
        "int_source_denominators",
        "source varchar, area_code varchar, population_kind varchar, period_start date,"
        " period_end date, population_year bigint, population double",
        [
            ("brings", "A", "residents", date(2017, 4, 1), date(2018, 3, 31), 2017, 1200.0),
            ("brings", "A", "households", date(2017, 4, 1), date(2018, 3, 31), 2017, 1.0),
        ],
    )
    # no monthly history: the exact Poisson test stands (test_dispersion.py asks for the others)
    for table, columns in NO_DISPERSION.items():
        models.fill(table, columns, [])
    models.build(
        "int_periods",
        "int_period_months",
        "int_period_fillings",
        "int_period_values",
        "int_policy_denominators",
        "int_derived_rates",
        "int_policy_rates",
        "int_period_rates",
        "int_period_comparisons",
    )
    keys = ("source", "area_code", "indicator_id", "period_type", "period_end")
    return {tuple(r[k] for k in keys): r for r in models.rows("from int_period_comparisons")}


POLICIES = [("own_year", 0, False), ("own_year", 0, True), ("frozen", 2016, True)]


@pytest.mark.parametrize(("policy", "frozen_year", "by_people"), POLICIES)
def test_every_figure_is_scipys(
    models: Any, policy: str, frozen_year: int, by_people: bool
) -> None:
    found = build(models, policy, frozen_year, by_people)
    awaited = expected(policy, frozen_year, by_people)
    assert set(found) == set(awaited)
    assert len(awaited) > 2500
    for key, row in awaited.items():
        for name, value in row.items():
            if name.startswith("_") or name == "stated_denominator":
                continue
            seen = found[key][name]
            if isinstance(value, float) and seen is not None:
                assert math.isclose(seen, value, rel_tol=1e-7, abs_tol=1e-12), (key, name)
            else:
                assert seen == value, (key, name, seen, value)
    models.settings = {}


def test_the_made_up_series_try_every_turn_of_the_rules() -> None:
    """A comparison that never differs proves nothing: each word and each interval is met."""
    rows = list(expected("own_year", 0, True).values())
    assert {row["significance"] for row in rows} == {None, "higher", "lower", "no clear change"}
    proportions = [row for row in rows if row["value_kind"] == "proportion"]
    assert {row["significance"] for row in proportions} >= {"higher", "lower", "no clear change"}
    counts = [row["value"] for row in rows if row["value_kind"] == "count" and row["rate"]]
    assert any(0 < n < 10 for n in counts)
    assert any(n >= 10 for n in counts)
    assert any(row["value"] == 12.5 for row in proportions)
    assert any(row["value"] == 33.25 for row in proportions)
    assert any(row.get("is_population_out_of_date") for row in rows)
    assert any(row["_lacks"] and row["months_supplied"] > 0 for row in proportions)


def test_what_is_no_indicator_of_ours_has_no_figure(models: Any) -> None:
    build(models, "own_year", 0, False)
    models.connection.execute(
        "insert into int_observations select * replace ('stranger' as indicator_id) "
        "from int_observations where indicator_id = 'per_nobody' and source = 's'"
    )
    before = models.rows("select count(*) as figures from int_period_values")
    models.build("int_period_fillings", "int_period_values")
    assert models.rows("select count(*) as figures from int_period_values") == before
    models.settings = {}
