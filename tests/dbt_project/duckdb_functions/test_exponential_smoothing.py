"""Levels by hand, and the shared recursion against the one of pandas."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest


def test_the_first_year_has_no_level_and_the_next_month_moves_its_mean() -> None:
    """Mean 10 of the first year, then 30: every alpha erred by 20, so the smallest is kept."""
    from exponential_smoothing import smoothed_levels

    levels = smoothed_levels(np.array([10.0] * 12 + [30.0]))
    assert np.isnan(levels[:12]).all()
    assert levels[12] == pytest.approx(10 + 0.05 * 20)


def test_a_step_that_stays_wants_the_largest_alpha() -> None:
    from exponential_smoothing import smoothed_levels

    levels = smoothed_levels(np.array([10.0] * 12 + [30.0] * 4))
    # after the step: 30 - 20 x 0.05 ** months, by the largest alpha of the grid
    assert levels[15] == pytest.approx(30 - 20 * 0.05**4)


def test_a_level_knows_only_the_months_up_to_its_own() -> None:
    from exponential_smoothing import smoothed_levels

    series = np.random.default_rng(7).poisson(80, 36).astype(float)
    whole = smoothed_levels(series)
    for months in range(13, 36):
        assert smoothed_levels(series[:months])[-1] == whole[months - 1]


def test_the_level_is_that_of_pandas() -> None:
    """Its exponential mean at every alpha, from the same first level; the least error is kept."""
    from exponential_smoothing import ALPHAS, smoothed_levels

    series = np.random.default_rng(11).poisson(40, 36).astype(float)
    from_first_level = pd.Series([series[:12].mean(), *series[12:]])
    means = [from_first_level.ewm(alpha=alpha, adjust=False).mean() for alpha in ALPHAS]
    errors = [((from_first_level - mean.shift()) ** 2).sum() for mean in means]
    best = means[int(np.argmin(errors))]
    assert smoothed_levels(series)[-1] == pytest.approx(best.iloc[-1])


def test_lists_of_every_kind_in_sql(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "select smoothed_levels(months) from (values "
        "(null::double[]), ([]::double[]), ([1.0, 2.0]), (list_value(null::double))) t(months)"
    ).fetchall()
    assert rows == [(None,), ([],), ([None, None],), ([None],)]
    (levels,) = connection.execute(
        "select smoothed_levels(list_resize([]::double[], 14, 3.0))"
    ).fetchone()  # type: ignore[misc]
    assert levels == [None] * 12 + [3.0, 3.0]
