"""The dispersion of monthly series: its arithmetic, and the promise that it is there to hold."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pytest
from scipy import stats

from tests.dbt_project.figures.definitions import end, start

BEGIN = 2021 * 12  # January 2021
MONTHS = (
    "source varchar, indicator_id varchar, area_code varchar, month date, period_end date,"
    " month_number bigint, value double, segment bigint, stretch bigint"
)


class Series(NamedTuple):
    """A monthly series; None is a month that was not supplied."""

    indicator: str
    area: str
    counts: Iterable[float | None]
    breaks_before: tuple[int, ...] = ()
    source: str = "s"


def build(models: Any, *series: Series) -> dict[tuple[str, str], dict[str, Any]]:
    rows: list[tuple[Any, ...]] = []
    for each in series:
        stretch = 0
        for place, count in enumerate(each.counts):
            if count is None:
                stretch += 1
                continue
            month = BEGIN + place
            segment = sum(place >= b for b in each.breaks_before)
            key = (each.source, each.indicator, each.area)
            rows.append((*key, start(month), end(month), month, float(count), segment, stretch))
    models.fill("int_chart_months", MONTHS, rows)
    models.build("int_series_dispersion", "int_indicator_dispersion", "int_change_dispersion")
    return {
        (r["indicator_id"], r["area_code"]): r
        for r in models.rows(
            "select series.*, change.* exclude (source, indicator_id, area_code, differences, "
            "own_dispersion) from int_series_dispersion as series left join "
            "int_change_dispersion as change using (source, indicator_id, area_code)"
        )
    }


def squares(counts: list[float], days: list[float]) -> list[float]:
    """Squared differences over their Poisson variance, one after the other."""
    found = []
    for i in range(1, len(counts) - 1):
        own, others = counts[i] / days[i], (counts[i - 1] + counts[i + 1])
        neighbour_days = days[i - 1] + days[i + 1]
        rate = (counts[i] + others) / (days[i] + neighbour_days)
        variance = rate / days[i] + rate / neighbour_days
        found.append((own - others / neighbour_days) ** 2 / variance)
    return found


def test_a_series_is_judged_by_its_differences_to_neighbouring_months(models: Any) -> None:
    counts = [100.0, 120, 90, 104, 95, 131, 88, 99, 140, 97, 101, 84, 110, 96]
    (row,) = build(models, Series("i", "A", counts)).values()
    by_month = squares(counts, [1.0] * 14)
    # February has 28 days: in these counts, which know no days, that fits worse
    assert row["counted_per"] == "month"
    assert row["differences"] == 12
    assert row["own_dispersion"] == pytest.approx(np.mean(by_month), rel=1e-12)
    mean = np.mean([sum(counts[i - 1 : i + 2]) / 3 for i in range(1, 13)])
    assert row["mean_month"] == pytest.approx(mean, rel=1e-12)
    # the variance of a sum of correlated squares, and the kurtosis of Poisson counts
    effective = 12 / (1 + 2 * ((2 / 3) ** 2 + (1 / 6) ** 2)) / (1 + 0.25 / mean)
    assert row["degrees_of_freedom"] == pytest.approx(effective, rel=1e-3)
    # there is no other series: its own dispersion, as careful as t of as many degrees
    factor = np.mean(by_month) * (stats.t.ppf(0.975, effective) / stats.norm.ppf(0.975)) ** 2
    assert row["own_weight"] == 1
    assert row["change_dispersion"] == pytest.approx(factor, abs=0.011)


def test_where_months_and_days_fit_alike_every_build_takes_days(models: Any) -> None:
    found = build(models, *(Series(f"i{n}", "A", [1.0] * 14) for n in range(40)))
    assert len(found) == 40
    assert {row["counted_per"] for row in found.values()} == {"day"}


def test_months_of_unequal_length_are_no_scatter(models: Any) -> None:
    days = [(date(2021 + (m + 1) // 12, (m + 1) % 12 + 1, 1) - start(BEGIN + m)).days
            for m in range(36)]  # fmt: skip
    (row,) = build(models, Series("i", "A", [n * 1000 for n in days])).values()
    assert row["counted_per"] == "day"
    assert row["own_dispersion"] == pytest.approx(0, abs=1e-9)
    assert row["change_dispersion"] == 1


def test_no_difference_crosses_a_break_or_a_month_that_is_missing(models: Any) -> None:
    steps = [100.0] * 12 + [300] * 12
    rows = build(
        models,
        Series("i", "known", steps, breaks_before=(12,)),
        Series("i", "missing", [*steps[:12], None, *steps[12:]]),
    )
    for row in rows.values():
        assert row["differences"] == 20
        assert row["own_dispersion"] == 0


@pytest.mark.parametrize("size", [1.2, 2.0, 3.0, 0.2])
def test_a_step_does_not_count_as_scatter(models: Any, size: float) -> None:
    """A factor that a step raises would hide the step."""
    rng = np.random.default_rng(7)
    steady = rng.poisson(100, 36)
    stepped = [*steady[:18], *rng.poisson(100 * size, 18)]
    rows = build(models, Series("i", "steady", steady), Series("j", "stepped", stepped))
    assert rows["j", "stepped"]["own_dispersion"] < rows["i", "steady"]["own_dispersion"] + 1


def test_a_trend_and_a_season_hardly_count_as_scatter(models: Any) -> None:
    months = np.arange(48)
    rng = np.random.default_rng(8)
    shapes = {
        "flat": np.full(48, 200.0),
        "trend": 200 * np.linspace(0.5, 2, 48),
        "season": 200 * (1 + 0.25 * np.sin(2 * np.pi * months / 12)),
    }
    rows = build(models, *(Series("i", k, rng.poisson(mean)) for k, mean in shapes.items()))
    assert all(row["own_dispersion"] < 1.6 for row in rows.values())
    assert all(row["change_dispersion"] < 1.5 for row in rows.values())


def test_a_short_history_leans_on_its_indicator_and_a_long_one_on_itself(models: Any) -> None:
    rng = np.random.default_rng(9)

    def clustered(dispersion: float, months: int) -> Any:
        return rng.poisson(rng.gamma(100 / (dispersion - 1), dispersion - 1, months))

    rows = build(
        models,
        *(Series("i", f"A{k}", clustered(4, 36)) for k in range(12)),
        Series("i", "short", rng.poisson(100, 5)),
        Series("i", "calm", rng.poisson(100, 120)),
        Series("i", "wild", clustered(30, 120)),
    )
    short, calm, wild = (rows["i", name] for name in ("short", "calm", "wild"))
    assert short["own_weight"] < 0.4 and short["change_dispersion"] > 2.5
    assert not short["is_own_history"]
    assert calm["own_weight"] > 0.6 and calm["change_dispersion"] < 3
    assert wild["own_weight"] > 0.6 and wild["change_dispersion"] > 12
    assert calm["is_own_history"] and wild["is_own_history"]


def test_how_dispersion_grows_with_size_is_read_from_the_series(models: Any) -> None:
    rng = np.random.default_rng(10)
    sizes = [5, 20, 80, 320, 1280, 5120]

    def exponent_of(shape: Any) -> float:
        build(models, *(Series("i", f"{k}-{n}", shape(n)) for n in sizes for k in range(5)))
        return float(models.frame("from int_indicator_dispersion")["exponent"].iloc[0])

    # variance mean + 0.05 mean^2 (negative binomial), and 3 x mean
    assert exponent_of(lambda n: rng.poisson(rng.gamma(20, n / 20, 48))) == 1
    assert exponent_of(lambda n: rng.poisson(rng.gamma(n / 2, 2, 48))) <= 0.25


def test_too_little_history_says_nothing(models: Any) -> None:
    assert build(models, Series("i", "A", [100, 120])) == {}
    (row,) = build(models, Series("i", "A", [100.0, 120, 60, 140, 100])).values()
    assert row["own_dispersion"] > 1
    assert row["change_dispersion"] is None
    assert build(models, Series("i", "A", [0.0] * 36)) == {}


def alarms(models: Any, series: dict[tuple[str, str], Any], fitted: int) -> tuple[float, float]:
    """Share of months that differ from their neighbours, exact and ours, after the fitted ones."""
    rows = build(models, *(Series(i, a, n[:fitted]) for (i, a), n in series.items()))
    judged: list[tuple[Any, ...]] = []
    for key, counts in series.items():
        factor = rows[key]["change_dispersion"]
        assert factor is not None and math.isfinite(factor)
        judged += [
            (float(counts[i]), float(counts[i - 1] + counts[i + 1]), factor)
            for i in range(fitted + 1, len(counts) - 1)
        ]
    models.fill("judged", "x double, neighbours double, factor double", judged)
    (found,) = models.rows(
        "select avg((rate_ratio_p_value(x, 1, neighbours, 2) < 0.05)::int) as exact, "
        "avg((calibrated_p_value(x, 1, neighbours, 2, factor) < 0.05)::int) as ours from judged"
    )
    return found["exact"], found["ours"]


@pytest.mark.parametrize("kind", ["poisson", "clustered", "lumpy", "trend", "season"])
def test_one_month_in_twenty_is_called_clear_where_nothing_happened(models: Any, kind: str) -> None:
    """The promise, on months that the factors were not fitted to."""
    rng = np.random.default_rng([11, len(kind)])
    months = np.arange(48)
    series = {}
    for k in range(120):
        mean = np.full(48, [10.0, 30.0, 100.0, 300.0][k % 4])
        if kind == "trend":
            mean = mean * np.linspace(1, 2, 48)
        if kind == "season":
            mean = mean * (1 + 0.2 * np.sin(2 * np.pi * (months + k) / 12))
        if kind == "clustered":
            mean = rng.gamma(25, mean / 25)
        if kind == "lumpy":
            counts = np.array([rng.geometric(0.4, rng.poisson(m * 0.4)).sum() for m in mean])
        else:
            counts = rng.poisson(mean)
        series[f"i{k % 6}", f"A{k}"] = counts
    exact, ours = alarms(models, series, 24)
    assert 0.03 <= ours <= 0.07
    if kind in ("clustered", "lumpy"):
        assert exact > 0.14


def test_a_real_step_is_still_seen(models: Any) -> None:
    """+20 % on 100 a month, twelve months against twelve: Poisson's own power is above 99 %."""
    rng = np.random.default_rng(12)
    stepped = {f"A{k}": np.append(rng.poisson(100, 24), rng.poisson(120, 12)) for k in range(60)}
    rows = build(models, *(Series("i", area, n) for area, n in stepped.items()))
    models.fill(
        "judged",
        "x1 double, x0 double, factor double",
        [
            (float(n[24:].sum()), float(n[12:24].sum()), rows["i", area]["change_dispersion"])
            for area, n in stepped.items()
        ],
    )
    (found,) = models.rows(
        "select avg((calibrated_p_value(x1, 1, x0, 1, factor) < 0.05)::int) as seen from judged"
    )
    assert found["seen"] >= 0.95
