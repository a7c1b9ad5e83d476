"""A partner's figure beside region, country, top quartile and benchmark; the people behind."""

from __future__ import annotations

import math
from datetime import date
from itertools import product
from typing import Any

import pytest

START, END = date(2024, 4, 1), date(2025, 3, 31)
OLD, NEW = date(2025, 5, 1), date(2025, 6, 1)
AREAS = [
    ("A", "csp", "R", "C"),
    ("B", "csp", "R", "C"),
    ("D", "csp", "Q", "C"),
    ("R", "region", "R", "C"),
    ("Q", "region", "Q", "C"),
    ("C", "country", None, "C"),
]
KINDS = {
    "share": ("proportion", "higher_is_better", "partner_returns"),
    "reoffending": ("proportion", "lower_is_better", "partner_returns>x"),
    "quiet": ("proportion", "neutral", "marac"),
    "trained": ("count", "higher_is_better", "partner_returns"),
    "marac_cases": ("count", "neutral", "marac>partner_returns"),
    "crime": ("count", "lower_is_better", "police_uk"),
    "per_10k": ("rate", "neutral", "police_uk"),
}


def fill_names(models: Any) -> None:
    models.fill(
        "areas",
        "area_code varchar, area_type varchar, region_code varchar, country_code varchar",
        AREAS,
    )
    models.fill(
        "int_indicators",
        "indicator_id varchar, value_kind varchar, source_rule varchar, is_sensitive boolean",
        [(name, kind, rule, name == "marac_cases") for name, (kind, _, rule) in KINDS.items()],
    )


# --- what is stated as a comparator -----------------------------------------------------------

RETURN = (
    "load_id varchar, row_number bigint, extract_date date, area_as_written varchar,"
    " comparator varchar, indicator_id varchar, period_start date, period_end date,"
    " numerator double, denominator double, value double"
)


def returned(area: str, comparator: str | None, value: float | None, **other: Any) -> Any:
    told = {"load": "l", "row": 1, "day": OLD, "indicator": "share", "start": START, "end": END}
    told |= {"n": None, "d": None} | other
    return (
        *(told["load"], told["row"], told["day"], area, comparator, told["indicator"]),
        *(told["start"], told["end"], told["n"], told["d"], value),
    )


def comparators(models: Any, *rows: Any) -> dict[tuple[str, str, str, date, date], float]:
    fill_names(models)
    models.fill("stg_partner_returns__figures", RETURN, list(rows))
    models.fill(
        "int_area_spellings",
        "spelling varchar, area_code varchar",
        [(code.lower(), code) for code, *_ in AREAS] + [("alpha", "A")],
    )
    models.build("int_partner_comparators")
    found = models.rows("from int_partner_comparators")
    keys = ("area_code", "comparator", "indicator_id", "period_start", "period_end")
    keyed = {tuple(r[k] for k in keys): r["value"] for r in found}
    assert len(keyed) == len(found)
    return keyed


def of(area: str, comparator: str = "country", **other: Any) -> tuple[Any, ...]:
    told = {"indicator": "share", "start": START, "end": END} | other
    return (area, comparator, told["indicator"], told["start"], told["end"])


def test_a_comparator_of_a_country_stands_for_all_in_it_and_a_nearer_one_wins(
    models: Any,
) -> None:
    found = comparators(
        models,
        returned("c", "top_quartile", 50.0),
        returned("r", "top_quartile", 60.0),
        returned(" Alpha ", "top_quartile", 70.0),
        returned("c", "region", 40.0),
        returned("c", None, 99.0),
        returned("nowhere", "country", 98.0),
    )
    quartiles = {"A": 70.0, "B": 60.0, "D": 50.0, "R": 60.0, "Q": 50.0, "C": 50.0}
    assert found == {
        **{of(area, "top_quartile"): value for area, value in quartiles.items()},
        **{of(area, "region"): 40.0 for area, *_ in AREAS},
    }


def test_the_newest_statement_of_each_stands(models: Any) -> None:
    later = date(2026, 3, 31)
    found = comparators(
        models,
        returned("a", "country", 1.0, load="z", row=9),
        returned("alpha", "country", 2.0, day=NEW, load="a"),
        returned("A", "country", 3.0, day=NEW, load="b"),
        returned("A", "country", 4.0, day=NEW, load="b", row=2),
        returned("A", "country", 5.0, end=later),
        returned("A", "country", 6.0, start=date(2024, 5, 1)),
        returned("A", "country", 7.0, indicator="quiet"),
        returned("A", "region", 8.0),
        returned("B", "country", 9.0),
    )
    assert found == {
        of("A"): 4.0,
        of("A", end=later): 5.0,
        of("A", start=date(2024, 5, 1)): 6.0,
        of("A", indicator="quiet"): 7.0,
        of("A", "region"): 8.0,
        of("B"): 9.0,
    }


@pytest.mark.parametrize(
    ("indicator", "n", "d", "value", "expected"),
    [
        ("share", 30.0, 120.0, 99.0, 25.0),
        ("share", 30.0, 0.0, 99.0, 99.0),
        ("share", 30.0, None, None, None),
        ("share", None, None, 12.5, 12.5),
        ("trained", 30.0, 120.0, 99.0, 30.0),
        ("trained", None, None, 99.0, 99.0),
    ],
)
def test_what_a_comparator_is_worth(
    models: Any, indicator: str, n: float | None, d: float | None, value: float | None,
    expected: float | None,
) -> None:  # fmt: skip
    found = comparators(models, returned("A", "country", value, indicator=indicator, n=n, d=d))
    assert found == ({} if expected is None else {of("A", indicator=indicator): expected})


# --- figures beside them ----------------------------------------------------------------------

VALUES = (
    "source varchar, indicator_id varchar, indicator_name varchar, theme varchar, unit varchar,"
    " polarity varchar, value_kind varchar, area_code varchar, area_name varchar,"
    " area_type varchar, period_type varchar, period_label varchar, period_start date,"
    " period_end date, is_complete boolean, value double, numerator double, denominator double,"
    " rate_lower double, rate_upper double, extract_date date"
)
SOURCES, TYPES, ENDS = (
    ("partner_returns", "marac"),
    ("financial_year", "rolling_12"),
    (END, date(2026, 3, 31)),
)


def value(area: str, figure: float, indicator: str = "share", **other: Any) -> tuple[Any, ...]:
    kind, polarity, _ = KINDS[indicator]
    told: dict[str, Any] = {
        "source": "partner_returns",
        "type": "financial_year",
        "end": END,
        "complete": True,
    }
    told |= {"denominator": 1000.0} | other
    return (
        *(told["source"], indicator, indicator, "t", "u", polarity, kind, area, area, "csp"),
        *(told["type"], "label", told["end"].replace(year=told["end"].year - 1, month=4, day=1)),
        *(told["end"], told["complete"], figure, 0.0, told["denominator"], 1.0, 2.0, NEW),
    )


Key = tuple[str, str, str, str, date]


def beside(models: Any, *rows: Any, **tables: Any) -> dict[Key, dict[str, Any]]:
    fill_names(models)
    models.fill("int_indicator_values", VALUES, list(rows))
    models.fill(
        "int_partner_comparators",
        "area_code varchar, comparator varchar, indicator_id varchar, period_start date,"
        " period_end date, value double",
        tables.get("comparators", []),
    )
    models.fill(
        "benchmarks",
        "indicator_id varchar, benchmark_value double, benchmark_source varchar, valid_from date",
        tables.get("benchmarks", []),
    )
    models.fill(
        "int_withheld_rows",
        "source varchar, indicator_id varchar, area_code varchar, period_type varchar,"
        " period_end date, is_withheld boolean",
        tables.get("withheld", []),
    )
    models.build("int_partner_values")
    found = models.rows("from int_partner_values")
    keys = ("source", "indicator_id", "area_code", "period_type", "period_end")
    keyed = {tuple(r[k] for k in keys): r for r in found}
    assert len(keyed) == len(found)
    return keyed


def row(**other: Any) -> Key:
    told: dict[str, Any] = {"source": "partner_returns", "indicator": "share", "area": "A"} | other
    kind, end = told.get("type", "financial_year"), told.get("end", END)
    return (told["source"], told["indicator"], told["area"], kind, end)


def test_each_area_stands_beside_its_own_region_and_country_of_the_same_figure(
    models: Any,
) -> None:
    numbers = {
        (source, name, area, kind, end): float(10 + place)
        for place, (source, name, (area, *_), kind, end) in enumerate(
            product(SOURCES, ("share", "quiet"), AREAS, TYPES, ENDS)
        )
    }
    found = beside(
        models,
        *(
            value(a, n, i, source=s, type=t, end=e)
            for (s, i, a, t, e), n in numbers.items()
        ),
    )  # fmt: skip
    assert set(found) == set(numbers)
    regions = {code: region for code, _, region, _ in AREAS}
    for (source, name, area, kind, end), got in found.items():
        region = regions[area] if regions[area] != area else None
        country = "C" if area != "C" else None
        assert got["region_value"] == numbers.get((source, name, str(region), kind, end))
        assert got["country_value"] == numbers.get((source, name, str(country), kind, end))
        if country:
            expected = got["value"] - got["country_value"]
            assert got["country_gap"] == pytest.approx(expected)
        assert got["is_withheld"] is False


@pytest.mark.parametrize("state", ["incomplete", "withheld"])
@pytest.mark.parametrize("level", ["region", "country"])
def test_a_region_that_is_incomplete_or_withheld_is_no_comparator(
    models: Any, state: str, level: str
) -> None:
    code = {"region": "R", "country": "C"}[level]
    rows = [value("A", 10.0), value("R", 20.0, complete=(level, state) != ("region", "incomplete"))]
    rows.append(value("C", 30.0, complete=(level, state) != ("country", "incomplete")))
    withheld = [(*row(area=code), True)] if state == "withheld" else []
    # what is withheld of another source, kind or period is not this
    withheld += [(*key[:4], key[4], True) for key in (
        row(area=code, source="marac"), row(area=code, indicator="quiet"),
        row(area=code, type="rolling_12"), row(area=code, end=ENDS[1]), row(area="B"),
    )]  # fmt: skip
    found = beside(models, *rows, withheld=withheld)
    told = found[row()]
    assert told[f"{level}_value"] is None
    other = "country" if level == "region" else "region"
    assert told[f"{other}_value"] == {"region": 20.0, "country": 30.0}[other]
    assert told["is_withheld"] is False
    assert found[row(area=code)]["is_withheld"] is (state == "withheld")


def test_a_stated_comparator_serves_partner_returns_of_its_own_period(models: Any) -> None:
    rows = [
        value("A", 10.0),
        value("B", 10.0),
        value("A", 10.0, "quiet"),
        value("A", 10.0, source="marac"),
        value("A", 10.0, end=ENDS[1]),
    ]
    stated = [
        ("A", name, "share", START, END, number)
        for name, number in (("region", 11.0), ("country", 12.0), ("top_quartile", 13.0))
    ]
    stated += [("A", "country", "share", date(2024, 5, 1), END, 99.0)]
    found = beside(models, *rows, comparators=stated)
    names = ("region_value", "country_value", "top_quartile_value")
    assert [found[row()][name] for name in names] == [11.0, 12.0, 13.0]
    for key, got in found.items():
        if key != row():
            assert [got[name] for name in names] == [None] * 3, key
    # what the region's own row says goes before what a return says of it
    own = beside(models, value("A", 10.0), value("R", 20.0), comparators=stated)
    assert own[row()]["region_value"] == 20.0


def test_only_partners_figures_are_here(models: Any) -> None:
    found = beside(models, *(value("A", 1.0, name) for name in KINDS), value("Z", 1.0))
    assert {key[1] for key in found} == set(KINDS) - {"crime"}
    assert {key[2] for key in found} == {"A"}
    stranger = ("partner_returns", "unheard-of", *value("A", 1.0)[2:])
    assert beside(models, stranger) == {}


def test_the_newest_benchmark_that_held_at_the_end_of_the_period(models: Any) -> None:
    later = ENDS[1]
    benchmarks = [
        ("share", 40.0, "SafeLives", date(2020, 1, 1)),
        ("share", 45.0, "SafeLives again", END),
        ("share", 50.0, "to come", date(2025, 4, 1)),
        ("quiet", 60.0, "of another", date(2020, 1, 1)),
    ]
    found = beside(
        models,
        value("A", 10.0),
        value("A", 70.0, end=later),
        value("B", 10.0, complete=False),
        value("A", 5.0, "reoffending"),
        benchmarks=benchmarks,
    )
    assert (found[row()]["benchmark_value"], found[row()]["benchmark_source"]) == (
        45.0, "SafeLives again",
    )  # fmt: skip
    assert found[row()]["benchmark_gap"] == -35.0
    assert found[row(end=later)]["benchmark_gap"] == 20.0
    assert found[row(area="B")]["benchmark_gap"] is None
    assert found[row(indicator="reoffending")]["benchmark_value"] is None


@pytest.mark.parametrize(
    ("indicator", "figure", "country", "denominator", "complete", "people"),
    [
        # 1.32 points of 1,136 clients are 14.9952: fifteen treatments (published B8)
        ("share", 8.80281690140845, 10.12281690140845, 1136.0, True, 15),
        # the range that the report's own rounding leaves
        *(("share", 8.0, 9.32, n, True, math.ceil(0.0132 * n)) for n in (1098.0, 1174.0)),
        ("share", 12.0, 10.0, 1000.0, True, 0),
        ("share", 10.0, 10.0, 1000.0, True, 0),
        ("reoffending", 10.0, 10.0, 1000.0, True, 0),
        ("reoffending", 12.0, 10.0, 1000.0, True, 20),
        ("reoffending", 8.0, 10.0, 1000.0, True, 0),
        ("quiet", 8.0, 10.0, 1000.0, True, None),
        ("share", 8.0, 10.0, None, True, None),
        ("share", 8.0, 10.0, 1000.0, False, None),
        ("trained", 8.0, 10.0, 1000.0, True, None),
    ],
)
def test_the_people_that_a_gap_stands_for(
    models: Any, indicator: str, figure: float, country: float, denominator: float | None,
    complete: bool, people: int | None,
) -> None:  # fmt: skip
    one = value("A", figure, indicator, denominator=denominator, complete=complete)
    stated = [("A", "country", indicator, START, END, country)]
    (found,) = beside(models, one, comparators=stated).values()
    assert found["people_behind_country"] == people
    gap = figure - country if complete else None
    assert found["country_gap"] == (pytest.approx(gap) if gap is not None else None)
    assert found["people_behind_region"] is None
    assert found["people_behind_top_quartile"] is None


@pytest.mark.parametrize(
    ("indicator", "stated", "withheld_at", "shown"),
    [
        ("marac_cases", 50.0, None, True),
        ("marac_cases", 5.0, None, True),
        ("marac_cases", 4.0, None, False),  # a small number itself
        ("marac_cases", 0.0, None, True),
        ("marac_cases", 50.0, ("B", "financial_year", END), False),  # a total of what is withheld
        ("marac_cases", 50.0, ("B", "rolling_12", END), True),
        ("marac_cases", 50.0, ("B", "financial_year", ENDS[1]), True),
        ("trained", 4.0, ("A", "financial_year", END), True),  # nothing to hide
    ],
)
def test_a_stated_total_of_a_sensitive_count_is_told_only_where_it_tells_nothing(
    models: Any, indicator: str, stated: float, withheld_at: Any, shown: bool
) -> None:
    withheld = []
    if withheld_at:
        withheld = [("partner_returns", indicator, *withheld_at, True)]
    found = beside(
        models,
        value("A", 30.0, indicator),
        comparators=[("A", "country", indicator, START, END, stated)],
        withheld=withheld,
    )
    (got,) = found.values()
    assert (got["country_value"] is not None) is shown


@pytest.mark.parametrize(
    ("indicator", "limits"), [("share", (1.0, 2.0)), ("trained", (None, None))]
)
def test_limits_of_a_rate_do_not_stand_beside_a_count(
    models: Any, indicator: str, limits: tuple[Any, Any]
) -> None:
    (got,) = beside(models, value("A", 30.0, indicator)).values()
    assert (got["value_lower"], got["value_upper"]) == limits
