"""Limits of a count against published tables, R's documentation and SciPy's chi-square."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from poisson_interval import poisson_lower, poisson_upper
from scipy import stats


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        # Garwood's table of exact 95 % limits, to three decimals.
        (0, 0.000, 3.689),
        (1, 0.025, 5.572),
        (2, 0.242, 7.225),
        (3, 0.619, 8.767),
        (4, 1.090, 10.242),
        (5, 1.623, 11.668),
        (6, 2.202, 13.059),
        (7, 2.814, 14.423),
        (8, 3.454, 15.763),
        (9, 4.115, 17.085),
    ],
)
def test_below_ten_the_limits_are_those_of_garwoods_table(
    count: int, lower: float, upper: float
) -> None:
    assert float(poisson_lower(count)) == pytest.approx(lower, abs=6e-4)
    assert float(poisson_upper(count)) == pytest.approx(upper, abs=6e-4)


def test_vectors_of_phe_indicator_methods() -> None:
    np.testing.assert_allclose(poisson_lower(65), 50.163187710459454, rtol=1e-13)
    np.testing.assert_allclose(poisson_upper(65), 82.84913854593984, rtol=1e-13)
    np.testing.assert_allclose(poisson_lower(1), 0.025317807984289897, rtol=1e-13)
    np.testing.assert_allclose(poisson_upper(1), 5.571643390938898, rtol=1e-13)


def test_exact_to_nine_and_byar_from_ten() -> None:
    exact_nine, exact_ten = (stats.chi2.ppf(0.025, freedom) / 2 for freedom in (18, 20))
    z = 1.959963984540054
    byar_ten = 10 * (1 - 1 / 90 - z / (3 * 10**0.5)) ** 3
    assert float(poisson_lower(9)) == pytest.approx(exact_nine, rel=1e-12)
    assert float(poisson_lower(10)) == pytest.approx(byar_ten, rel=1e-12)
    assert byar_ten != pytest.approx(exact_ten, rel=1e-4)
    byar_upper = 11 * (1 - 1 / 99 + z / (3 * 11**0.5)) ** 3
    assert float(poisson_upper(10)) == pytest.approx(byar_upper, rel=1e-12)
    assert float(poisson_upper(9)) == pytest.approx(stats.chi2.ppf(0.975, 20) / 2, rel=1e-12)


@given(count=st.integers(0, 9), confidence=st.floats(0.5, 0.9999))
def test_exact_limits_leave_out_half_of_the_rest_on_each_side(
    count: int, confidence: float
) -> None:
    tail = (1 - confidence) / 2
    upper = float(poisson_upper(count, confidence))
    assert stats.poisson.cdf(count, upper) == pytest.approx(tail, rel=1e-9)
    if count:
        lower = float(poisson_lower(count, confidence))
        assert stats.poisson.sf(count - 1, lower) == pytest.approx(tail, rel=1e-9)


@given(count=st.integers(10, 10_000_000), confidence=st.floats(0.8, 0.999))
def test_byar_stays_close_to_the_exact_limits(count: int, confidence: float) -> None:
    tail = (1 - confidence) / 2
    exact_lower = stats.chi2.ppf(tail, 2 * count) / 2
    exact_upper = stats.chi2.isf(tail, 2 * count + 2) / 2
    width = exact_upper - exact_lower
    assert abs(float(poisson_lower(count, confidence)) - exact_lower) < 0.006 * width
    assert abs(float(poisson_upper(count, confidence)) - exact_upper) < 0.006 * width


def test_a_higher_confidence_widens_the_interval() -> None:
    levels = np.array([0.8, 0.95, 0.998])
    for count in (0, 5, 9, 10, 650):
        assert np.all(np.diff(poisson_upper(count, levels)) > 0)
        if count:
            assert np.all(np.diff(poisson_lower(count, levels)) < 0)


@pytest.mark.parametrize("count", [-1.0, 7.5, np.nan, np.inf, -np.inf, 2.0**60])
def test_what_is_no_count_has_no_limits(count: float) -> None:
    assert np.isnan(poisson_lower(count))
    assert np.isnan(poisson_upper(count))


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, 95.0, np.nan])
def test_what_is_no_confidence_gives_no_limits(confidence: float) -> None:
    assert np.all(np.isnan(poisson_lower([0, 5, 50], confidence)))
    assert np.all(np.isnan(poisson_upper([0, 5, 50], confidence)))


def test_a_lower_limit_is_never_negative_at_extreme_confidence() -> None:
    assert float(poisson_lower(10, 1 - 1e-15)) >= 0
