"""Test of two independent proportions."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from tail_probabilities import normal_two_sided_p


def two_proportion_p_value(
    x1: ArrayLike, n1: ArrayLike, x0: ArrayLike, n0: ArrayLike
) -> NDArray[np.float64]:
    """Return the two-sided p of x1 of n1 against x0 of n0: pooled z test, not corrected.

    The same p as R's `prop.test(c(x1, x0), c(n1, n0), correct = FALSE)`. Numerators may be
    fractional. Where both proportions are 0, or both 1, they are equal and p is 1 (R answers
    NaN there). NaN where an n is not above 0 or an x is not between 0 and its n.
    """
    part1, whole1, part0, whole0 = np.broadcast_arrays(
        *(np.asarray(value, dtype=np.float64) for value in (x1, n1, x0, n0))
    )
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        usable = _is_proportion(part1, whole1) & _is_proportion(part0, whole0)
        pooled = (part1 + part0) / (whole1 + whole0)
        failures = (whole1 - part1) + (whole0 - part0)
        variance = pooled * failures / (whole1 + whole0) * (1 / whole1 + 1 / whole0)
        # Cross-multiplied: equal proportions then differ by exactly 0.
        difference = (part1 * whole0 - part0 * whole1) / (whole1 * whole0)
        z = difference / np.sqrt(variance)
    no_spread = usable & (variance == 0)
    return np.where(usable, np.where(no_spread, 1.0, normal_two_sided_p(z)), np.nan)


def _is_proportion(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (whole > 0) & np.isfinite(whole) & (part >= 0) & (part <= whole)
