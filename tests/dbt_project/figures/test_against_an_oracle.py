"""Period figures of the SQL models against a second computation, written from the definitions.

The oracle knows months as running numbers and reads nothing of the models; SciPy has the
statistics.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from scipy import stats

from tests.dbt_project.figures.definitions import (
    FIRST,
    LAST,
    compare_periods,
    end,
    filling,
    interval,
    periods,
    start,
)

Observations = dict[tuple[str, str], dict[tuple[int, int], tuple[float, bool]]]
POPULATION = {
    ("A", 2015): 100_000,
    ("A", 2016): 110_000,
    ("A", 2017): 121_000,
    ("A", 2018): 130_000,
}


def made_up() -> Observations:
    """Series by source and area: whole, gaps, quarters, grains that disagree, new, now zero."""
    draw = random.Random(7)  # noqa: S311 - made-up counts, no secret
    months = range(FIRST, LAST + 1)
    whole = {(m, m): (float(draw.randint(20, 90)), True) for m in months}
    gap = {(m, m): (float(draw.randint(0, 9)), True) for m in months if m != FIRST + 14}
    unsupplied = {(m, m): (float(draw.randint(1, 9)), m % 5 > 0) for m in months}
    quarters = {(m, m + 2): (float(draw.randint(100, 300)), True) for m in months if m % 3 == 0}
    years = {(m, m + 11): (float(draw.randint(900, 999)), True) for m in months if m % 12 == 3}
    # months of 2016/17 and 2017 Q1 only, quarters of all but the last year, all years: none agrees
    mixed = {k: v for k, v in whole.items() if FIRST + 12 <= k[0] < FIRST + 27}
    mixed |= {k: v for k, v in quarters.items() if k[0] < FIRST + 36} | years
    odd = {(FIRST + 1, FIRST + 3): (50.0, True)}  # May to July is no quarter
    new = {k: v for k, v in whole.items() if k[0] >= LAST - 11}
    zero = {k: (0.0 if k[0] > LAST - 12 else 5.0, True) for k in whole}
    return {
        ("s", "A"): whole,
        ("s", "gap"): gap,
        ("s", "unsupplied"): unsupplied,
        ("t", "A"): quarters,
        ("mixed", "A"): mixed,
        ("odd", "A"): odd,
        ("s", "new"): new,
        ("s", "zero"): zero,
    }


def oracle(observations: Observations) -> dict[tuple[Any, ...], dict[str, Any]]:
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for (source, area), series in observations.items():
        for kind, label, first, last in periods():
            told = filling({k: v for k, v in series.items() if v[1]}, kind, first, last)
            if told is None:
                continue
            value, supplied = told
            months = last - first + 1
            complete = supplied == months
            # the financial year in which the period ends has the estimate of its first year
            people = POPULATION.get((area, (last - 3) // 12))
            row: dict[str, Any] = {
                "period_label": label,
                "period_start": start(first),
                "value": value if complete else None,
                "value_so_far": None if complete else value,
                "months_supplied": supplied,
                "is_complete": complete,
                "rate": value * 1000 / people if complete and people else None,
                "annualised_rate": value * 1000 / people * 12 / months
                if complete and people
                else None,
            }
            row |= dict.fromkeys(("rate_lower", "rate_upper"))
            if complete and people:
                low, high = interval(value)
                row["rate_lower"], row["rate_upper"] = low * 1000 / people, high * 1000 / people
            rows[source, area, kind, end(last)] = row
            rows[source, area, kind, end(last)]["_last"] = last
    for (source, area, kind, _), row in rows.items():
        compare(
            row, [rows.get((source, area, kind, end(row["_last"] - 12 * y))) for y in (1, 2, 3)]
        )
    return rows


def compare(row: dict[str, Any], before: list[dict[str, Any] | None]) -> None:
    names = "change change_pct change_pct_is_unreliable change_ratio significance previous_rate"
    row |= dict.fromkeys(names.split())
    row["previous_value"] = before[0]["value"] if before[0] and row["is_complete"] else None
    three = [b["value"] for b in before if b and b["is_complete"]]
    row["baseline_3yr_value"] = sum(three) / 3 if len(three) == 3 else None
    if not (before[0] and row["is_complete"] and before[0]["is_complete"]):
        return
    now, then = row["value"], before[0]["value"]
    row["previous_rate"] = before[0]["rate"]
    row["change"] = now - then
    row["change_pct"] = 100 * (now - then) / then if then else None
    row["change_pct_is_unreliable"] = min(now, then) < 50
    row["change_ratio"] = now / then if then else None
    if now + then == 0:
        row["significance"] = "no clear change"
        return
    p = stats.binomtest(int(now), int(now + then), 0.5).pvalue
    row["significance"] = "no clear change" if p >= 0.05 else "higher" if now > then else "lower"


@pytest.fixture(scope="module")
def built(models: Any) -> dict[tuple[Any, ...], dict[str, Any]]:
    rows = [
        ("i", s, a, start(f), end(t), t - f + 1, n, None, None, date(2019, 5, 1))
        for (s, a), series in made_up().items()
        for (f, t), (n, ok) in series.items()
        if ok
    ]
    models.fill(
        "int_observations",
        "indicator_id varchar, source varchar, area_code varchar, period_start date,"
        " period_end date, months bigint, numerator double, denominator double,"
        " stated_value double, extract_date date",
        rows,
    )
    models.fill(
        "int_indicators",
        "indicator_id varchar, value_kind varchar, denominator_kind varchar, rate_per bigint",
        [("i", "count", "residents", 1000)],
    )
    models.fill(
        "int_policy_denominators",
        "denominator_policy varchar, area_code varchar, financial_year bigint,"
        " population_kind varchar, wanted_year bigint, population_year bigint, population bigint",
        [("own_year", a, y, "residents", y, y, n) for (a, y), n in POPULATION.items()],
    )
    compare_periods(models)
    frame = models.connection.execute("from int_period_comparisons")
    names = [column[0] for column in frame.description]
    found = [dict(zip(names, row, strict=True)) for row in frame.fetchall()]
    keyed = {(r["source"], r["area_code"], r["period_type"], r["period_end"]): r for r in found}
    assert len(keyed) == len(found)
    return keyed


def test_every_figure_is_the_oracles(built: dict[tuple[Any, ...], dict[str, Any]]) -> None:
    expected = oracle(made_up())
    assert set(built) == set(expected)
    assert len(expected) > 800
    for key, row in expected.items():
        for name, figure in row.items():
            if name == "_last":
                continue
            found = built[key][name]
            if isinstance(figure, float) and found is not None:
                assert found == pytest.approx(figure, rel=1e-9), (key, name)
            else:
                assert found == figure, (key, name, found, figure)


def test_leap_february_is_a_month_like_another(
    built: dict[tuple[Any, ...], dict[str, Any]],
) -> None:
    leap = built["s", "A", "month", date(2016, 2, 29)]
    after = built["s", "A", "month", date(2017, 2, 28)]
    assert after["previous_value"] == leap["value"]
    assert after["is_comparable"]
    for kind in ("ytd", "rolling_12"):
        assert (
            built["s", "A", kind, date(2017, 2, 28)]["previous_value"]
            == built["s", "A", kind, date(2016, 2, 29)]["value"]
        )


def test_a_partnership_without_an_earlier_year_has_figures_and_no_change(
    built: dict[tuple[Any, ...], dict[str, Any]],
) -> None:
    row = built["s", "new", "month", date(2018, 4, 30)]
    assert row["is_complete"]
    assert (row["previous_value"], row["change"], row["significance"]) == (None, None, None)


def test_an_area_that_falls_to_zero_keeps_its_row(
    built: dict[tuple[Any, ...], dict[str, Any]],
) -> None:
    row = built["s", "zero", "financial_year", date(2019, 3, 31)]
    assert (row["value"], row["change"], row["change_pct"]) == (0, -60, -100)
    assert row["significance"] == "lower"
