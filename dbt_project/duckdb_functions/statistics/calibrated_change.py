"""The test of a change where counts scatter more than Poisson counts do.

Crimes cluster (one offender, one event, one backlog entered on one day), so that the variance of a
month is a multiple of its mean: the dispersion. A change is then less certain than the exact
Poisson test of `rate_ratio.py` says: the normal deviate z of its p value is divided by the square
root of the dispersion (quasi-Poisson: McCullagh and Nelder 1989, 4.5 and 6.2).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from rate_ratio import rate_ratio_p_value
from scipy import special
from whole_counts import whole_counts

#: Below this a double holds too few digits of p, and z is taken from the deviance instead, which
#: differs from that of the exact p by less than a hundredth so far out.
SMALLEST_EXACT_P = 1e-290


def calibrated_p_value(
    x1: ArrayLike, t1: ArrayLike, x0: ArrayLike, t0: ArrayLike, dispersion: ArrayLike
) -> NDArray[np.float64]:
    """Return the two-sided p of equal rates of counts whose variance is dispersion x mean.

    The exact p where the dispersion is 1, and never below it. NaN where `rate_ratio_p_value` is
    and where the dispersion is below 1.
    """
    return scattered_p_value(rate_ratio_p_value(x1, t1, x0, t0), x1, t1, x0, t0, dispersion)


def scattered_p_value(
    exact_p: ArrayLike,
    x1: ArrayLike,
    t1: ArrayLike,
    x0: ArrayLike,
    t0: ArrayLike,
    dispersion: ArrayLike,
) -> NDArray[np.float64]:
    """Return `calibrated_p_value` of counts whose `rate_ratio_p_value` is known: `exact_p`."""
    exact, first, exposure1, second, exposure0, factor = np.broadcast_arrays(
        *(np.asarray(each, dtype=np.float64) for each in (exact_p, x1, t1, x0, t0, dispersion))
    )
    with np.errstate(invalid="ignore"):
        usable = (
            (exact >= 0)
            & (exact <= 1)
            & np.isfinite(first + exposure1 + second + exposure0)
            & (factor >= 1)
            & np.isfinite(factor)
        )
    far_out = usable & (exact < SMALLEST_EXACT_P)
    z = np.abs(special.ndtri(np.where(usable & ~far_out, exact, 1.0) / 2))
    z = np.where(far_out, _root_deviance(first, exposure1, second, exposure0, far_out), z)
    scaled = special.erfc(z / np.sqrt(2 * np.where(usable, factor, 1.0)))
    # to and fro through z costs the last digits, and 1 has to stay what the exact test says
    result = np.where(factor == 1, exact, np.maximum(scaled, exact))
    return np.where(usable, result, np.nan)


def _root_deviance(
    x1: NDArray[np.float64],
    t1: NDArray[np.float64],
    x0: NDArray[np.float64],
    t0: NDArray[np.float64],
    where: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Return the square root of the likelihood ratio statistic of equal rates."""
    first, second = (np.where(where, whole_counts(each), 1.0) for each in (x1, x0))
    exposure1, exposure0 = (np.where(where, each, 1.0) for each in (t1, t0))
    expected = (first + second) * exposure1 / (exposure1 + exposure0)
    other = (first + second) * exposure0 / (exposure1 + exposure0)
    deviance = special.rel_entr(first, expected) + special.rel_entr(second, other)
    return np.asarray(np.sqrt(2 * np.maximum(deviance, 0.0)), dtype=np.float64)
