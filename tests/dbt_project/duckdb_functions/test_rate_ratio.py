"""The exact test of two counts against R's published outputs and SciPy's binomial test."""

from __future__ import annotations

import warnings
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rate_ratio import rate_ratio_lower, rate_ratio_p_value, rate_ratio_upper
from scipy import stats

from tests.exploring import tried


def test_r_documentation_of_poisson_test() -> None:
    """R's help page: poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878))."""
    assert float(rate_ratio_p_value(11, 800, 21, 3011)) == pytest.approx(0.0796686, abs=5e-8)
    assert float(rate_ratio_lower(11, 800, 21, 3011)) == pytest.approx(0.858426, abs=5e-7)
    assert float(rate_ratio_upper(11, 800, 21, 3011)) == pytest.approx(4.277266, abs=5e-7)


def test_r_documentation_of_binom_test() -> None:
    """R's help page: binom.test(682, 682 + 243, p = 3/4), p 0.3825, 0.7076683 to 0.7654066."""
    assert float(rate_ratio_p_value(682, 3, 243, 1)) == pytest.approx(0.3825, abs=5e-5)
    odds = 3 * np.array([rate_ratio_lower(682, 3, 243, 1), rate_ratio_upper(682, 3, 243, 1)])
    np.testing.assert_allclose(odds / (1 + odds), [0.7076683, 0.7654066], atol=6e-8)


@pytest.mark.parametrize(
    ("current", "previous", "p", "tolerance"),
    [
        # Published partnership figures, with the p that their audit states.
        (155, 133, 0.22, 0.005),
        (69, 73, 0.80, 0.005),
        (1404, 1294, 0.036, 0.0005),
        (662, 667, 0.91, 0.005),
        (212, 182, 0.14, 0.005),
    ],
)
def test_audited_partnership_changes(
    current: int, previous: int, p: float, tolerance: float
) -> None:
    assert float(rate_ratio_p_value(current, 6, previous, 6)) == pytest.approx(p, abs=tolerance)


def test_audited_interval_and_tiny_p() -> None:
    assert float(rate_ratio_lower(155, 6, 133, 6)) == pytest.approx(0.9184, abs=5e-5)
    assert float(rate_ratio_upper(155, 6, 133, 6)) == pytest.approx(1.4805, abs=5e-5)
    assert 0 < float(rate_ratio_p_value(10545, 6, 9096, 6)) < 1e-20


counts = st.one_of(st.integers(0, 12), st.integers(0, 400), st.integers(0, 30_000))
# SciPy is given only p and loses digits of 1 - p; the ratio of exposures stays below 1,000.
exposures = st.one_of(st.sampled_from([1.0, 2.0, 3.0, 6.0, 12.0]), st.floats(0.1, 100.0))


@settings(max_examples=tried(120), deadline=None)
@given(x1=counts, t1=exposures, x0=counts, t0=exposures)
@example(x1=2, t1=1.0, x0=2, t0=1.0)
@example(x1=0, t1=1.0, x0=10, t0=1.0)
@example(x1=10, t1=1.0, x0=0, t0=12.0)
@example(x1=1, t1=1.0, x0=5, t0=2.0)
def test_equals_scipys_binomial_test(x1: int, t1: float, x0: int, t0: float) -> None:
    """SciPy tests one pair at a time; a total of 0 it refuses."""
    if x1 + x0 == 0:
        return
    oracle = stats.binomtest(x1, x1 + x0, t1 / (t1 + t0))
    p = float(rate_ratio_p_value(x1, t1, x0, t0))
    assert p == pytest.approx(oracle.pvalue, rel=1e-8, abs=1e-300)
    limits = oracle.proportion_ci(0.95, "exact")
    lower = float(rate_ratio_lower(x1, t1, x0, t0))
    assert lower == pytest.approx(limits.low / (1 - limits.low) * t0 / t1, rel=1e-7)
    if x0:
        upper = float(rate_ratio_upper(x1, t1, x0, t0))
        assert upper == pytest.approx(limits.high / (1 - limits.high) * t0 / t1, rel=1e-7)


@settings(max_examples=tried(100), deadline=None)
@given(
    x1=st.integers(0, 60),
    x0=st.integers(0, 60),
    t1=st.integers(1, 12),
    t0=st.integers(1, 12),
)
def test_equals_the_sum_over_every_outcome(x1: int, x0: int, t1: int, t0: int) -> None:
    """By whole numbers: no rounding, so ties are ties. Nothing here comes from SciPy."""
    n = x1 + x0
    weights = []
    coefficient = 1
    for i in range(n + 1):
        weights.append(coefficient * t1**i * t0 ** (n - i))
        coefficient = coefficient * (n - i) // (i + 1)
    expected = sum(w for w in weights if w <= weights[x1]) / sum(weights)
    assert float(rate_ratio_p_value(x1, t1, x0, t0)) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize(
    ("x1", "x0"),
    [(500_500, 499_500), (505_000, 495_000), (1_020_000, 980_000), (518_000, 482_000)],
)
def test_counts_of_a_million_against_forty_digits(x1: int, x0: int) -> None:
    """Equal exposures are symmetric: p is twice the upper tail, summed here in 40 digits."""
    n = x1 + x0
    with localcontext() as context:
        context.prec = 40
        log_first = (
            _log_factorial(n) - _log_factorial(x1) - _log_factorial(x0) - n * Decimal(2).ln()
        )
        term, total, i = Decimal(1), Decimal(0), x1
        while term > total * Decimal("1e-25"):
            total += term
            term *= Decimal(n - i) / Decimal(i + 1)
            i += 1
        expected = float(2 * (log_first + total.ln()).exp())
    assert float(rate_ratio_p_value(x1, 12, x0, 12)) == pytest.approx(expected, rel=1e-10)
    assert float(rate_ratio_p_value(x0, 12, x1, 12)) == pytest.approx(expected, rel=1e-10)


def _log_factorial(n: int) -> Decimal:
    """Stirling's series, exact to more than 30 digits for the n above 10,000 used here."""
    k = Decimal(n + 1)
    pi = Decimal("3.14159265358979323846264338327950288419716939937510")
    series = 1 / (12 * k) - 1 / (360 * k**3) + 1 / (1260 * k**5) - 1 / (1680 * k**7)
    return (k - Decimal("0.5")) * k.ln() - k + (2 * pi).ln() / 2 + series


def test_unequal_exposures_at_a_million_include_the_other_tail() -> None:
    x1, t1, x0, t0 = 301_000, 3.0, 699_000, 7.0
    oracle = stats.binomtest(x1, x1 + x0, 0.3).pvalue
    assert float(rate_ratio_p_value(x1, t1, x0, t0)) == pytest.approx(oracle, rel=1e-8)


def test_p_is_zero_only_where_no_double_can_hold_it() -> None:
    # P(0 of 1000 | 1/2), both tails: 2 ** -999, about 1.9e-301.
    assert float(rate_ratio_p_value(0, 1, 1000, 1)) == pytest.approx(2.0**-999, rel=1e-9)
    assert float(rate_ratio_p_value(0, 1, 5000, 1)) == 0.0


def test_exposures_a_million_million_apart() -> None:
    """All 9 events in the tiny share s of the exposure: s ** 9, far below 1 - (1 - s)."""
    share = 0.01 / (1e10 + 0.01)
    assert float(rate_ratio_p_value(0, 1e10, 9, 0.01)) == pytest.approx(share**9, rel=1e-12)


def test_edges_of_zero() -> None:
    assert float(rate_ratio_lower(0, 1, 5, 1)) == 0.0
    assert float(rate_ratio_upper(0, 1, 5, 1)) > 0
    assert np.isnan(rate_ratio_upper(5, 1, 0, 1))
    assert float(rate_ratio_lower(5, 1, 0, 1)) > 0
    assert float(rate_ratio_p_value(0, 1, 0, 1)) == 1.0
    assert np.isnan(rate_ratio_lower(0, 1, 0, 1))
    assert np.isnan(rate_ratio_upper(0, 1, 0, 1))


@settings(max_examples=tried(70), deadline=None)
@given(x1=counts, t1=exposures, x0=counts, t0=exposures)
def test_swapping_the_two_inverts_the_ratio_and_keeps_p(
    x1: int, t1: float, x0: int, t0: float
) -> None:
    assert float(rate_ratio_p_value(x0, t0, x1, t1)) == pytest.approx(
        float(rate_ratio_p_value(x1, t1, x0, t0)), rel=1e-7, abs=1e-300
    )
    if x1 and x0:
        assert float(rate_ratio_lower(x0, t0, x1, t1)) == pytest.approx(
            1 / float(rate_ratio_upper(x1, t1, x0, t0)), rel=1e-9
        )


@pytest.mark.parametrize(
    "row",
    [
        (-1, 1, 5, 1),
        (5, 1, -1, 1),
        (5, 0, 5, 1),
        (5, 1, 5, 0),
        (5, -1, 5, 1),
        (2.5, 1, 5, 1),
        (np.nan, 1, 5, 1),
        (5, np.nan, 5, 1),
        (5, np.inf, 5, 1),
        (5, 1e-320, 5, 1e308),
    ],
)
def test_nonsense_gives_nothing_and_spoils_no_neighbour(row: tuple[float, ...]) -> None:
    rows = np.array([row, (11, 800, 21, 3011)], dtype=float).T
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for function in (rate_ratio_p_value, rate_ratio_lower, rate_ratio_upper):
            bad, good = function(*rows)
            assert np.isnan(bad)
            assert good == pytest.approx(float(function(11, 800, 21, 3011)), rel=1e-15)
