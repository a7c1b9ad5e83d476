"""Tail probabilities against textbook tables and SciPy's distributions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tail_probabilities import (
    chi_square_sf,
    normal_two_sided_p,
    poisson_at_least,
    poisson_at_most,
)


@pytest.mark.parametrize(
    ("x", "df", "p"),
    # The usual table of critical values, and the 99.8 % point of the annual trend test.
    [(3.841, 1, 0.05), (6.635, 1, 0.01), (9.488, 4, 0.05), (18.307, 10, 0.05), (9.5495, 1, 0.002)],
)
def test_chi_square_table(x: float, df: float, p: float) -> None:
    assert float(chi_square_sf(x, df)) == pytest.approx(p, rel=1e-3)


def test_normal_table() -> None:
    np.testing.assert_allclose(
        normal_two_sided_p([0, 1.959963984540054, -2.575829303548901, 3.090232306167813]),
        [1, 0.05, 0.01, 0.002],
        rtol=1e-12,
    )
    assert float(normal_two_sided_p(20)) == pytest.approx(2 * stats.norm.sf(20), rel=1e-12)


@given(count=st.integers(0, 5000), mean=st.floats(0, 5000))
def test_poisson_tails(count: int, mean: float) -> None:
    most, least = float(poisson_at_most(count, mean)), float(poisson_at_least(count, mean))
    assert most == pytest.approx(stats.poisson.cdf(count, mean), rel=1e-9, abs=1e-290)
    assert least == pytest.approx(stats.poisson.sf(count - 1, mean), rel=1e-9, abs=1e-290)


def test_nonsense() -> None:
    assert np.all(np.isnan(chi_square_sf([-1, 1, np.nan, 1], [1, 0, 1, np.nan])))
    assert np.all(np.isnan(poisson_at_most([-1, 1.5, 1, np.nan], [1, 1, -1, 1])))
    assert np.all(np.isnan(poisson_at_least([-1, 1.5, 0, np.nan], [1, 1, np.inf, 1])))
