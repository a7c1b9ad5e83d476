"""Neighbourhoods of two made-up partnerships against a count in Python."""

from __future__ import annotations

import calendar
import math
import random
import statistics
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

#: months counted from January 2023, which is 0; the files end with May 2025
LAST = 28
SUPPLIED = {"A": [m for m in range(1, LAST + 1) if m != 9], "B": list(range(20, LAST + 1))}
COVERED = sorted({m for told in SUPPLIED.values() for m in told})
#: LSOAs of 2021 with their ward and, where there was one, the LSOA of 2011 that went into them
LOOKUP = {
    **{f"a{n:02}": ("A", f"w{n % 3}", f"o{n:02}") for n in range(24)},
    "a24": ("A", "w0", "split"),
    "a25": ("A", "w1", "split"),
    **{f"b{n}": ("B", "v0", f"b{n}") for n in range(5)},
    "z1": ("Z", "z", "oz"),
}
POPULATION = {
    (code, year): 1000 + 10 * place + year - 2020
    for place, code in enumerate(LOOKUP)
    for year in (2021, 2023)
    if code not in ("a05", "b1") or year == 2023
}
CATEGORIES = {"Robbery": ("robbery", "total"), "ASB": ("asb",)}


def first(month: int) -> date:
    return date(2023 + month // 12, month % 12 + 1, 1)


def last(month: int) -> date:
    day = first(month)
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def supplied_codes() -> dict[str, tuple[str, str | None]]:
    """What street files call each LSOA: its LSOA of today (none where it was split)."""
    codes: dict[str, tuple[str, str | None]] = {}
    for code, (partnership, _, old) in LOOKUP.items():
        codes[code] = (partnership, code)
        codes.setdefault(old, (partnership, None if old == "split" else code))
    codes["new"] = ("A", None)  # in no lookup
    return codes


class Made:
    """Rows of street files by load, and what is in force of them."""

    def __init__(self) -> None:
        draw = random.Random(3)  # noqa: S311 - made-up counts, no secret
        codes = supplied_codes()
        self.rows: list[tuple[str, str, date, str, str, str, str, int]] = []
        self.counts: Counter[tuple[str, str, str, int]] = Counter()
        for month in range(LAST + 1):
            for code, (partnership, _) in codes.items():
                for kind, indicators in CATEGORIES.items():
                    weight = 6 if code in ("a03", "o07", "b2") else 1
                    for load in ("current", "older"):
                        n = draw.choice([0, 0, 1, 2]) * weight
                        if n == 0:
                            continue
                        name = f"Name of {code}"
                        at = (load, "west", first(month), partnership, code, name, kind, n)
                        self.rows.append(at)
                        if load == "current" and month in COVERED and partnership in SUPPLIED:
                            for indicator in indicators:
                                self.counts[partnership, code, indicator, month] += n
        # a row that no other force's coverage puts in force
        self.rows.append(("current", "east", first(5), "A", "a00", "Name of a00", "Robbery", 99))


@pytest.fixture(scope="module")
def made(models: Any) -> Made:
    made = Made()
    models.fill(
        "int_police_uk__lsoa_counts",
        "load_id varchar, force_slug varchar, month date, csp_code varchar, lsoa_code varchar,"
        " lsoa_name varchar, crime_type varchar, records bigint",
        [row for row in made.rows if row[3] != "Z"],
    )
    months = COVERED
    models.fill(
        "int_current_coverage",
        "load_id varchar, source varchar, dataset varchar, scope varchar, indicator_id varchar,"
        " period_start date",
        [
            ("current", source, dataset, "west", indicator, first(m))
            for source, dataset in (("police_uk", "police_uk_street"), ("x", "police_uk_street"))
            for indicator in ("robbery", "total", "asb")
            for m in months
        ]
        + [("older", "police_uk", "outcomes", "west", "robbery", first(m)) for m in months],
    )
    models.fill(
        "int_crime_categories",
        "source varchar, category varchar, indicator_id varchar",
        [("police_uk", kind, i) for kind, told in CATEGORIES.items() for i in told]
        + [("x", "Robbery", "asb")],
    )
    models.fill(
        "int_lsoa_areas",
        "lsoa_code varchar, lsoa_name varchar, lsoa_vintage bigint, csp_code varchar,"
        " ward_code varchar, ward_name varchar",
        [(c, f"New {c}", 2021, p, w, f"Ward {w}") for c, (p, w, _) in LOOKUP.items()]
        + [("split", "Old split", 2011, "A", None, None)],
    )
    models.fill(
        "int_area_lookups",
        "lsoa11_code varchar, lsoa21_code varchar",
        [(old, code) for code, (_, _, old) in LOOKUP.items()]
        + [(None, "a00"), ("o00", None), ("a01", "a02")],
    )
    models.fill("int_home_areas", "area_code varchar", [("A",), ("B",)])
    models.fill(
        "int_population_estimates",
        "place_code varchar, year bigint, population_kind varchar, population double",
        [(c, y, "residents", float(n)) for (c, y), n in POPULATION.items()]
        + [("a00", 2021, "households", 5.0), ("a00", 2019, "households", 5.0)],
    )
    models.fill(
        "int_counted_months",
        "source varchar, indicator_id varchar, area_code varchar, month date, is_supplied boolean",
        [
            ("police_uk", indicator, partnership, first(m), True)
            for indicator in ("robbery", "total", "asb")
            for partnership, told in SUPPLIED.items()
            for m in told
        ]
        + [("police_uk", "robbery", "A", first(9), False), ("x", "robbery", "A", first(9), True)]
        + [("police_uk", "robbery", "Z", first(m), True) for m in range(LAST)],
    )
    spans = [("month", m, m) for m in range(-24, LAST + 24)]
    spans += [("rolling_12", m - 11, m) for m in range(-13, LAST + 24)]
    spans += [("ytd", m - 2, m) for m in range(LAST)]
    models.fill(
        "int_periods",
        "period_type varchar, period_label varchar, period_start date, period_end date,"
        " months_expected bigint",
        [(kind, f"{kind} {b}", first(a), last(b), b - a + 1) for kind, a, b in spans],
    )
    models.build(
        "int_period_months",
        "int_neighbourhood_members",
        "int_neighbourhoods",
        "int_neighbourhood_months",
        "int_neighbourhood_periods",
        "int_neighbourhood_hot_months",
        "int_neighbourhood_values",
    )
    return made


def today(code: str) -> str:
    """Where a supplied code counts: its LSOA of today, or itself."""
    return supplied_codes()[code][1] or code


def ward(code: str) -> str | None:
    found = LOOKUP.get(today(code))
    return found[1] if found else None


LEVELS: dict[str, Callable[[str], str | None]] = {"lsoa": today, "ward": ward}


@cache
def monthly(made: Made) -> Counter[tuple[str, str, str, str, int]]:
    found: Counter[tuple[str, str, str, str, int]] = Counter()
    for (partnership, code, indicator, month), n in made.counts.items():
        for level, place in LEVELS.items():
            area = place(code)
            if area is not None and partnership in SUPPLIED:
                found[level, partnership, area, indicator, month] += n
    return found


def current(level: str, partnership: str) -> list[str]:
    """Neighbourhoods of today: those of the lookup, and what was seen and is in none."""
    areas = {LEVELS[level](code) for code, (p, *_) in LOOKUP.items() if p == partnership}
    if (level, partnership) == ("lsoa", "A"):
        areas.add("new")
    return sorted(area for area in areas if area is not None)


def hot(made: Made) -> set[tuple[str, str, str, str, int]]:
    counts = monthly(made)
    found = set()
    for level, partnership, indicator, month in {(k[0], k[1], k[3], k[4]) for k in counts}:
        areas = current(level, partnership)
        of_today = [counts[level, partnership, a, indicator, month] for a in areas]
        limit = np.percentile(of_today, 90)
        if not any(of_today):
            continue
        for key, n in counts.items():
            of_it = (key[0], key[1], key[3], key[4]) == (level, partnership, indicator, month)
            if of_it and n > limit + 1e-12:
                found.add(key)
    return found


def test_months_of_each_neighbourhood(models: Any, made: Made) -> None:
    rows = models.rows("from int_neighbourhood_months")
    found = {
        (r["area_type"], r["csp_code"], r["area_code"], r["indicator_id"], r["month"]): r["records"]
        for r in rows
    }
    assert len(rows) == len(found)
    assert found == {(*key[:4], first(key[4])): n for key, n in monthly(made).items()}


def test_hot_months_lie_above_numpys_ninetieth_percentile(models: Any, made: Made) -> None:
    found = {
        (r["area_type"], r["csp_code"], r["area_code"], r["indicator_id"], r["month"])
        for r in models.rows("from int_neighbourhood_hot_months")
    }
    assert found == {(*key[:4], first(key[4])) for key in hot(made)}


def shown_periods(partnership: str) -> dict[tuple[str, int], tuple[int, int]]:
    """The last twelve months, the year to the newest, those to each March, if any is there."""
    told = SUPPLIED[partnership]
    newest = max(told)
    spans = [("month", m, m) for m in range(newest - 11, newest + 1)]
    ends = [m for m in range(-13, newest + 1) if m == newest or m % 12 == 2]
    spans += [("rolling_12", m - 11, m) for m in ends]
    return {(k, b): (a, b) for k, a, b in spans if any(a <= m <= b for m in told)}


def test_which_periods_are_shown_and_how_much_of_them_was_supplied(models: Any, made: Made) -> None:
    rows = models.rows("from int_neighbourhood_periods where indicator_id = 'robbery'")
    found = {
        (r["csp_code"], r["period_type"], r["period_end"]): (
            r["months_supplied"],
            r["months_supplied_before"],
        )
        for r in rows
    }
    expected = {}
    for partnership, told in SUPPLIED.items():
        for (kind, end), (begin, _) in shown_periods(partnership).items():
            now = sum(begin <= m <= end for m in told)
            before = sum(begin - 12 <= m <= end - 12 for m in told)
            expected[partnership, kind, last(end)] = (now, before)
    assert found == expected
    assert len(rows) == len(found)


def residents(level: str, partnership: str, area: str, end: int) -> tuple[float, int] | None:
    begins = first(end).year - (first(end).month < 4)
    codes = [c for c, (p, w, _) in LOOKUP.items() if p == partnership and area in (c, w)]
    codes = [c for c in codes if LEVELS[level](c) == area]
    for year in (2023, 2021):
        if year <= begins and codes and all((c, year) in POPULATION for c in codes):
            return float(sum(POPULATION[c, year] for c in codes)), year
    return None


def lsoa_share(made: Made, partnership: str, indicator: str, begin: int, end: int) -> float | None:
    """The share of the top twentieth of LSOAs; wards stand beside it too."""
    counts: Counter[str] = Counter()
    for (level, p, area, i, month), n in monthly(made).items():
        if (level, p, i) == ("lsoa", partnership, indicator) and begin <= month <= end:
            counts[area] += n
    top = math.ceil(len(current("lsoa", partnership)) / 20)
    whole = sum(counts.values())
    return 100 * sum(n for _, n in counts.most_common(top)) / whole if whole else None


def test_every_figure_of_every_neighbourhood(models: Any, made: Made) -> None:
    counts, warm = monthly(made), hot(made)
    keys = ("csp_code", "area_type", "indicator_id", "period_type", "period_end", "area_code")
    rows = models.rows("from int_neighbourhood_values")
    found = {tuple(r[k] for k in keys): r for r in rows}
    assert len(found) == len(rows)
    expected_keys = set()
    for partnership in SUPPLIED:
        told = SUPPLIED[partnership]
        for (kind, end), (begin, _) in shown_periods(partnership).items():
            for level in LEVELS:
                areas = sorted({k[2] for k in counts if k[:2] == (level, partnership)})
                count_today = len(current(level, partnership))
                for indicator in ("robbery", "total", "asb"):

                    def summed(area: str, back: int, i: str = indicator) -> int:
                        span = range(begin - back, end - back + 1)  # noqa: B023
                        return sum(counts[level, partnership, area, i, m] for m in span)  # noqa: B023

                    now = {a: summed(a, 0) for a in areas}
                    then = {a: summed(a, 12) for a in areas}
                    top = math.ceil(count_today / 20)
                    order = sorted(areas, key=lambda a: (-now[a], a))
                    for area in areas:
                        if not now[area] and not then[area]:
                            continue
                        key = (partnership, level, indicator, kind, last(end), area)
                        expected_keys.add(key)
                        got = found[key]
                        above = sum(
                            (level, partnership, area, indicator, m) in warm
                            for m in range(begin, end + 1)
                        )
                        people = residents(level, partnership, area, end)
                        assert (
                            got
                            | {
                                "records": now[area],
                                "records_before": then[area],
                                "csp_records": sum(now.values()),
                                "neighbourhoods": count_today,
                                "count_rank": 1 + sum(n > now[area] for n in now.values()),
                                "months_above": above,
                                "is_complete": all(m in told for m in range(begin, end + 1)),
                                "is_complete_before": all(
                                    m in told for m in range(begin - 12, end - 11)
                                ),
                                "is_current": area in current(level, partnership),
                                "is_in_top_5pct": level == "lsoa" and area in order[:top],
                                "population": people[0] if people else None,
                                "population_year": people[1] if people else None,
                            }
                            == got
                        ), key
                        assert got["top_5pct_share_pct"] == (
                            pytest.approx(lsoa_share(made, partnership, indicator, begin, end))
                        )
    assert set(found) == expected_keys
    assert statistics.mean(r["records"] for r in rows) > 1


def test_names_are_of_today_where_they_are_known(models: Any, made: Made) -> None:
    found = {
        (r["area_type"], r["area_code"]): (r["area_name"], r["is_current"])
        for r in models.rows("from int_neighbourhoods")
    }
    assert found["lsoa", "a00"] == ("New a00", True)
    assert found["lsoa", "split"] == ("Old split", False)
    assert found["lsoa", "new"] == ("Name of new", True)
    assert found["ward", "w0"] == ("Ward w0", True)
    assert ("lsoa", "z1") not in found
