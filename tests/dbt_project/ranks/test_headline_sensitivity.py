"""What a headline owes to its period and its population, on figures made to flip."""

from __future__ import annotations

from datetime import date

import pytest

from .conftest import MadeUpWarehouse, Row, family

ENDS = {
    "ytd": (date(2019, 9, 30), date(2018, 9, 30), 2019),
    "rolling_12": (date(2019, 9, 30), date(2018, 9, 30), 2019),
    "financial_year": (date(2019, 3, 31), date(2018, 3, 31), 2018),
    "calendar_year": (date(2018, 12, 31), date(2017, 12, 31), 2018),
}


def period(area: str, period_type: str, now: float, before: float | None) -> list[Row]:
    """Return a period and the same months a year before."""
    end, previous_end, year = ENDS[period_type]
    common = {
        **{"source": "s", "indicator_id": "i", "area_code": area, "period_type": period_type},
        **{"is_complete": True, "value_kind": "count"},
    }
    row = {**common, "period_end": end, "financial_year": year, "value": float(now)}
    if before is None:
        return [row]
    earlier = {"period_end": previous_end, "financial_year": year - 1, "value": float(before)}
    return [row, {**common, **earlier}]


def people(area: str, estimates: dict[int, int], kind: str = "residents") -> list[Row]:
    return [
        {"area_code": area, "year": year, "population_kind": kind, "population": population}
        for year, population in estimates.items()
    ]


def denominators(warehouse: MadeUpWarehouse, population: list[Row], **chosen: object) -> None:
    warehouse.settings = {"home_areas": ["a"], "family_scheme": "msf", **chosen}
    warehouse.fill("int_periods", [{"financial_year": year} for year in range(2016, 2021)])
    warehouse.fill("int_population", population)
    warehouse.build("int_policy_denominators")


def sensitivity(
    warehouse: MadeUpWarehouse,
    figures: list[Row],
    population: list[Row],
    polarity: str = "lower_is_better",
    **chosen: object,
) -> dict[tuple[str, str], Row]:
    """Return the rows of home area "a" by period type and policy."""
    denominators(warehouse, population, **chosen)
    warehouse.fill(
        "areas",
        [
            {"area_code": code, "area_name": code, "area_type": "csp", "force_code": force}
            for code, force in [("a", "F"), ("b", "F"), ("c", "G")]
        ],
    )
    warehouse.fill("int_family_lists", family("a", "c"))
    indicator = {"indicator_id": "i", "is_headline": True, "polarity": polarity}
    warehouse.fill(
        "int_indicators", [{**indicator, "denominator_kind": "residents", "rate_per": 1000}]
    )
    warehouse.fill(
        "int_headline_sources",
        [{"source": "s", "indicator_id": "i", "area_code": code} for code in "abc"],
    )
    warehouse.fill("int_period_values", figures)
    warehouse.build("int_area_spellings", "int_families", "int_home_areas")
    warehouse.build("int_derived_rates", "int_policy_rates", "int_headline_sensitivity")
    rows = warehouse.rows("select * from int_headline_sensitivity")
    assert {row["area_code"] for row in rows} <= {"a"}
    return {(row["period_type"], row["denominator_policy"]): row for row in rows}


STEADY = [row for area in "abc" for row in people(area, {2017: 1000, 2018: 1000, 2019: 1000})]


def test_the_year_to_date_rose_and_the_rolling_year_fell(warehouse: MadeUpWarehouse) -> None:
    figures = [*period("a", "ytd", 60, 50), *period("a", "rolling_12", 100, 110)]
    found = sensitivity(warehouse, figures, STEADY)
    assert set(found) == {(p, d) for p in ("ytd", "rolling_12") for d in ("own_year", "frozen")}
    assert found["ytd", "own_year"]["is_base"] is True
    assert found["rolling_12", "own_year"]["is_base"] is False
    assert found["ytd", "own_year"]["change_pct"] == pytest.approx(20)
    assert found["rolling_12", "own_year"]["change"] == -10
    assert found["rolling_12", "own_year"]["sign_flips"] is True
    assert found["ytd", "frozen"]["sign_flips"] is False
    assert all(row["headline_is_sensitive"] for row in found.values())


def test_the_count_rose_and_the_rate_fell_with_more_people(warehouse: MadeUpWarehouse) -> None:
    population = people("a", {2018: 1000, 2019: 1200})
    found = sensitivity(warehouse, period("a", "ytd", 110, 100), population)
    own, frozen = found["ytd", "own_year"], found["ytd", "frozen"]
    assert own["rate"] == pytest.approx(110 / 1.2)
    assert own["previous_rate"] == pytest.approx(100)
    assert own["sign_flips"] is True
    # the newest year that every area has, for both years
    assert frozen["population_year"] == 2019
    assert frozen["previous_rate"] == pytest.approx(100 / 1.2)
    assert frozen["sign_flips"] is False


def test_the_other_policy_gives_another_place(warehouse: MadeUpWarehouse) -> None:
    """Own estimates put b (100 of 1,000) after a (90 of 1,000); frozen ones (2017) before it."""
    population = [
        *people("a", {2017: 800, 2019: 1000}),
        *people("b", {2017: 1000, 2019: 1000}),
        *people("c", {2017: 700, 2019: 500}),
    ]
    figures = [row for n, v in [("a", 90), ("b", 100), ("c", 70)] for row in period(n, "ytd", v, v)]
    found = sensitivity(warehouse, figures, population, frozen_year=2017)
    own, frozen = found["ytd", "own_year"], found["ytd", "frozen"]
    assert (own["force_rank"], frozen["force_rank"]) == (1, 2)
    assert (own["family_rank"], frozen["family_rank"]) == (1, 2)
    assert (own["force_rank_flips"], frozen["force_rank_flips"]) == (False, True)
    assert (own["family_rank_flips"], frozen["family_rank_flips"]) == (False, True)
    assert own["family_members_reporting"] == own["force_areas_ranked"] == 2
    assert own["headline_is_sensitive"] is True


def test_highest_is_first_where_higher_is_better(warehouse: MadeUpWarehouse) -> None:
    figures = period("a", "ytd", 9, 9) + period("b", "ytd", 5, 5)
    found = sensitivity(warehouse, figures, STEADY, "higher_is_better")
    assert found["ytd", "own_year"]["force_rank"] == 1


def test_nothing_flips_where_every_choice_agrees(warehouse: MadeUpWarehouse) -> None:
    figures = [row for kind in ENDS for row in period("a", kind, 120, 100)]
    found = sensitivity(warehouse, figures, STEADY)
    assert len(found) == 8
    for row in found.values():
        assert not row["headline_is_sensitive"]
        assert row["change"] == 20
        assert row["rate"] == pytest.approx(120)
        assert row["rate_change"] == pytest.approx(20)


def test_what_a_source_is_measured_against_does_not_hang_on_the_policy(
    warehouse: MadeUpWarehouse,
) -> None:
    """ONS tables bring their own denominators: 120 over 2,000, though a has 1,000 residents."""
    started = date(2018, 4, 1)
    figures = [{**row, "period_start": started} for row in period("a", "financial_year", 120, None)]
    brought = {"source": "s", "area_code": "a", "population_kind": "residents"}
    dated = {"period_start": started, "period_end": ENDS["financial_year"][0]}
    estimate = {"population_year": 2016, "population": 2000.0}
    warehouse.fill("int_source_denominators", [{**brought, **dated, **estimate}])
    found = sensitivity(warehouse, figures, STEADY)
    assert {row["rate"] for row in found.values()} == {60.0}
    assert {row["population_year"] for row in found.values()} == {2016}


def test_the_newest_complete_period_is_taken_and_without_a_year_before_has_no_change(
    warehouse: MadeUpWarehouse,
) -> None:
    newest = {**period("a", "financial_year", 9, None)[0], "period_end": date(2020, 3, 31)}
    partial = {**newest, "period_end": date(2021, 3, 31), "is_complete": False}
    older = period("a", "financial_year", 7, 6)[1:]
    found = sensitivity(warehouse, [newest, partial, *older], STEADY)
    row = found["financial_year", "own_year"]
    assert row["period_end"] == date(2020, 3, 31)
    assert (row["value"], row["change"], row["change_pct"]) == (9, None, None)


def test_the_settings_choose_the_base(warehouse: MadeUpWarehouse) -> None:
    figures = period("a", "financial_year", 1, 1) + period("a", "calendar_year", 1, 1)
    found = sensitivity(warehouse, figures, STEADY, denominator_policy="frozen")
    assert [key for key, row in found.items() if row["is_base"]] == [("financial_year", "frozen")]


def years(warehouse: MadeUpWarehouse, policy: str) -> dict[tuple[str, int], int]:
    rows = warehouse.rows(
        "select area_code, financial_year, population_year from int_policy_denominators"
        f" where denominator_policy = '{policy}'"
    )
    return {(r["area_code"], r["financial_year"]): r["population_year"] for r in rows}


UNEVEN = people("a", {2016: 10, 2017: 20, 2018: 30, 2019: 40}) + people("b", {2015: 1, 2018: 3})


def test_own_year_takes_the_estimate_of_the_year_or_the_newest_earlier_one(
    warehouse: MadeUpWarehouse,
) -> None:
    denominators(warehouse, UNEVEN)
    found = years(warehouse, "own_year")
    assert [found["a", year] for year in range(2016, 2021)] == [2016, 2017, 2018, 2019, 2019]
    assert [found["b", year] for year in range(2016, 2021)] == [2015, 2015, 2018, 2018, 2018]


def test_frozen_without_a_year_is_the_newest_that_all_areas_have(
    warehouse: MadeUpWarehouse,
) -> None:
    households = people("a", {2011: 5}, "households")
    denominators(warehouse, UNEVEN + households, denominator_policy="frozen")
    found = warehouse.rows(
        "select distinct population_kind, population_year from int_policy_denominators"
        " where denominator_policy = 'frozen'"
    )
    assert {(r["population_kind"], r["population_year"]) for r in found} == {
        ("residents", 2018),
        ("households", 2011),
    }


def test_frozen_at_a_year_of_the_settings(warehouse: MadeUpWarehouse) -> None:
    denominators(warehouse, UNEVEN, denominator_policy="frozen", frozen_year=2017)
    assert set(years(warehouse, "frozen").values()) == {2017, 2015}
    chosen = warehouse.rows(
        "select population from int_policy_denominators"
        " where area_code = 'a' and denominator_policy = 'frozen'"
    )
    assert {row["population"] for row in chosen} == {20.0}


def test_one_row_an_area_kind_and_year_under_either_policy(
    warehouse: MadeUpWarehouse,
) -> None:
    denominators(warehouse, UNEVEN)
    rows = warehouse.rows(
        "select count(*) as n, count(distinct (area_code, population_kind, financial_year)) as keys"
        " from int_policy_denominators group by denominator_policy"
    )
    assert rows == [{"n": 10, "keys": 10}] * 2
