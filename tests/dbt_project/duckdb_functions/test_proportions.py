"""Wilson limits and the test of two proportions against published examples and SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from two_proportions import two_proportion_p_value
from wilson_interval import wilson_lower, wilson_upper


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        # Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_newcombes_examples(x: int, n: int, lower: float, upper: float) -> None:
    assert float(wilson_lower(x, n)) == pytest.approx(lower, abs=5.1e-5)
    assert float(wilson_upper(x, n)) == pytest.approx(upper, abs=5.1e-5)


def test_vector_of_phe_indicator_methods() -> None:
    np.testing.assert_allclose(wilson_lower(65, 100), 0.5525444329688797, rtol=1e-14)
    np.testing.assert_allclose(wilson_upper(65, 100), 0.7363575175690247, rtol=1e-14)


@given(data=st.data(), n=st.integers(1, 2_000_000))
def test_wilson_equals_scipy(data: st.DataObject, n: int) -> None:
    x = data.draw(st.integers(0, n))
    limits = stats.binomtest(x, n).proportion_ci(0.95, "wilson")
    assert float(wilson_lower(x, n)) == pytest.approx(limits.low, abs=1e-13)
    assert float(wilson_upper(x, n)) == pytest.approx(limits.high, abs=1e-13)


def test_wilson_touches_the_ends_exactly() -> None:
    sizes = np.arange(1, 2000)
    assert np.all(wilson_lower(0, sizes) == 0)
    assert np.all(wilson_upper(sizes, sizes) == 1)


@pytest.mark.parametrize(
    ("x", "n"), [(5, 0), (0, 0), (6, 5), (-1, 5), (1, -5), (np.nan, 5), (1, np.nan), (1, np.inf)]
)
def test_wilson_of_no_proportion(x: float, n: float) -> None:
    assert np.isnan(wilson_lower(x, n))
    assert np.isnan(wilson_upper(x, n))


def test_published_repeat_rate_did_not_rise() -> None:
    """89 of 398 against 80 of 329: the audit of the published text states p 0.53."""
    assert float(two_proportion_p_value(89, 398, 80, 329)) == pytest.approx(0.53, abs=0.005)


@given(data=st.data(), n1=st.integers(1, 100_000), n0=st.integers(1, 100_000))
def test_two_proportions_equal_pearsons_chi_square(data: st.DataObject, n1: int, n0: int) -> None:
    """The pooled z, squared, is Pearson's chi-square of the 2 x 2 table."""
    x1, x0 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n0))
    if x1 + x0 in (0, n1 + n0):
        return
    oracle = stats.chi2_contingency([[x1, n1 - x1], [x0, n0 - x0]], correction=False).pvalue
    assert float(two_proportion_p_value(x1, n1, x0, n0)) == pytest.approx(
        oracle, rel=1e-7, abs=1e-280
    )


def test_equal_proportions_have_p_one() -> None:
    p = two_proportion_p_value([0, 7, 1, 3], [5, 7, 3, 10], [0, 9, 2, 30], [8, 9, 6, 100])
    np.testing.assert_array_equal(p, 1.0)


@pytest.mark.parametrize(
    "row",
    [(1, 0, 1, 5), (1, 5, 1, 0), (6, 5, 1, 5), (1, 5, 6, 5), (-1, 5, 1, 5), (np.nan, 5, 1, 5)],
)
def test_two_proportions_of_nonsense(row: tuple[float, ...]) -> None:
    assert np.isnan(two_proportion_p_value(*row))
