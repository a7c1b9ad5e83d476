"""Funnel limits against the table of PHEindicatormethods and the Poisson tail itself."""

from __future__ import annotations

import numpy as np
import pytest
from funnel_limits import funnel_lower, funnel_upper
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

BASELINE = 116.1720835
YEARS = 3
TWO_SIGMA, THREE_SIGMA = 1.959963984540054, 3.090232306167813


@pytest.mark.parametrize(
    ("side", "sigmas", "population_of_a_year", "limit"),
    [
        # Rows of the package's own test data for rates per 100,000 over three years: the
        # points at 1, 2, 10, 100-odd and 1360 events.
        ("lower", TWO_SIGMA, 1598.675694, 20.85059119),
        ("upper", TWO_SIGMA, 7.264481402, 4588.535848),
        ("lower", THREE_SIGMA, 2649.348525, 12.58170943),
        ("upper", THREE_SIGMA, 13.02722321, 5117.48863),
        ("lower", TWO_SIGMA, 5276.757672, 63.17010446),
        ("upper", TWO_SIGMA, 1375.943768, 242.2579623),
        ("lower", THREE_SIGMA, 6924.776769, 48.13632908),
        ("upper", THREE_SIGMA, 849.4639547, 392.4043292),
        ("lower", TWO_SIGMA, 36157.10817, 95.87787415),
        ("upper", TWO_SIGMA, 24382.08903, 142.1808715),
        ("lower", TWO_SIGMA, 411529.9259, 110.158048),
        ("upper", TWO_SIGMA, 369759.5622, 122.6021934),
        ("lower", THREE_SIGMA, 424043.2424, 106.9073359),
        ("upper", THREE_SIGMA, 358342.3275, 126.5084525),
    ],
)
def test_points_of_the_published_curves(
    side: str, sigmas: float, population_of_a_year: float, limit: float
) -> None:
    """The package halves its way to seven decimals, hence the tolerance."""
    function = funnel_lower if side == "lower" else funnel_upper
    units = YEARS * population_of_a_year / 100_000
    assert float(function(BASELINE, units, sigmas)) == pytest.approx(limit, rel=2e-6)


@given(
    count=st.integers(1, 20_000),
    sigmas=st.sampled_from([2.0, 3.0]),
    units=st.floats(0.1, 1000.0),
)
def test_at_whole_counts_the_poisson_tail_is_that_of_the_normal(
    count: int, sigmas: float, units: float
) -> None:
    tail = float(stats.norm.sf(sigmas))
    high_mean = stats.chi2.isf(tail, 2 * count + 2) / 2
    assert float(funnel_lower(high_mean / units, units, sigmas)) == pytest.approx(
        count / units, rel=1e-7
    )
    low_mean = stats.chi2.ppf(tail, 2 * count) / 2
    assert float(funnel_upper(low_mean / units, units, sigmas)) == pytest.approx(
        count / units, rel=1e-7
    )


def test_limits_close_in_on_the_benchmark_and_three_lie_outside_two() -> None:
    units = np.array([0.1, 0.5, 1.0, 10.0, 100.0, 1e4])
    lower, upper = funnel_lower(30.0, units, 2.0), funnel_upper(30.0, units, 2.0)
    assert np.all(np.diff(lower) > 0)
    assert np.all(np.diff(upper) < 0)
    assert np.all(lower < 30.0)
    assert np.all(upper > 30.0)
    assert np.all(funnel_lower(30.0, units, 3.0) <= lower)
    assert np.all(funnel_upper(30.0, units, 3.0) > upper)


def test_few_expected_events() -> None:
    # exp(-3.5) = 3.0 % is above the 2.3 % tail: no count is low enough to be unusual.
    assert float(funnel_lower(3.5, 1.0, 2.0)) == 0.0
    # A single event in an area that expects a thousandth of one is not called an outlier.
    assert float(funnel_upper(0.001, 1.0, 2.0)) == 1.0


@pytest.mark.parametrize(
    "row",
    [
        (0, 1, 2),
        (-1, 1, 2),
        (1, 0, 2),
        (1, -1, 2),
        (1, 1, 0),
        (1, 1, -2),
        (1, 1, 9),
        (np.nan, 1, 2),
        (1, np.nan, 2),
        (1, 1, np.nan),
        (np.inf, 1, 2),
    ],
)
def test_nonsense(row: tuple[float, ...]) -> None:
    assert np.isnan(funnel_lower(*row))
    assert np.isnan(funnel_upper(*row))
