"""The calibrated test of a change against SciPy and against hand calculation."""

from __future__ import annotations

import numpy as np
import pytest
from calibrated_change import calibrated_p_value
from rate_ratio import rate_ratio_p_value
from scipy import stats


def test_of_poisson_counts_it_is_the_exact_test() -> None:
    # R's ?poisson.test, and Dudley's published 155 against 133 hate crimes (p 0.22)
    assert calibrated_p_value(11, 800, 21, 3011, 1) == pytest.approx(0.0796686, rel=1e-6)
    assert calibrated_p_value(155, 1, 133, 1, 1) == pytest.approx(0.22, abs=0.005)
    x1, x0 = np.arange(60.0), np.arange(60.0)[:, np.newaxis]
    exact = rate_ratio_p_value(x1, 1.0, x0, 2.0)
    assert np.array_equal(calibrated_p_value(x1, 1.0, x0, 2.0, 1.0), exact)


@pytest.mark.parametrize("dispersion", [1.01, 1.5, 4.0, 28.0, 1000.0])
def test_z_is_divided_by_the_root_of_the_dispersion(dispersion: float) -> None:
    exact = stats.binomtest(10545, 10545 + 9096).pvalue
    z = stats.norm.isf(exact / 2)
    expected = 2 * stats.norm.sf(z / dispersion**0.5)
    assert calibrated_p_value(10545, 1, 9096, 1, dispersion) == pytest.approx(expected, rel=1e-6)


def test_it_never_calls_clear_what_the_exact_test_does_not() -> None:
    rng = np.random.default_rng(20170930)
    x1, x0 = rng.poisson(rng.uniform(0, 500, (2, 5000)))
    t1, t0 = rng.uniform(0.5, 12, (2, 5000))
    dispersion = np.maximum(1, rng.normal(1.2, 0.5, 5000))
    exact = rate_ratio_p_value(x1, t1, x0, t0)
    assert np.all(calibrated_p_value(x1, t1, x0, t0, dispersion) >= exact)


def test_far_out_the_deviance_carries_on_where_p_is_no_double() -> None:
    # 2,000,000 against 1,900,000: p is below 1e-308; z by the deviance 2 x sum(x ln(x / mean))
    x1, x0 = 2_000_000, 1_900_000
    mean = (x1 + x0) / 2
    z = np.sqrt(2 * (x1 * np.log(x1 / mean) + x0 * np.log(x0 / mean)))
    assert rate_ratio_p_value(x1, 1, x0, 1) < 1e-290
    for dispersion in (100.0, 500.0, 1000.0):
        expected = 2 * stats.norm.sf(z / dispersion**0.5)
        assert calibrated_p_value(x1, 1, x0, 1, dispersion) == pytest.approx(expected, rel=1e-9)
    # no step where the one takes over from the other
    lower, upper = 1_000_000, np.arange(1_050_000.0, 1_053_000.0, 10)
    p = calibrated_p_value(upper, 1, lower, 1, 300.0)
    assert np.all(np.diff(p) < 0)
    assert np.max(-np.diff(p)) < 1.2 * np.min(-np.diff(p)) + 1e-4


@pytest.mark.parametrize(
    "arguments",
    [(-1, 1, 5, 1, 2), (5, 0, 5, 1, 2), (5, 1, 5, 1, 0.5), (5, 1, 5, 1, float("nan")),
     (5, 1, 5, 1, float("inf")), (1.5, 1, 5, 1, 2)],
)  # fmt: skip
def test_nonsense_has_no_answer(arguments: tuple[float, ...]) -> None:
    assert np.isnan(calibrated_p_value(*arguments))


def test_two_zeros_do_not_differ() -> None:
    assert calibrated_p_value(0, 1, 0, 1, 3) == 1
