"""Funnel control limits for the rates of many areas around one benchmark.

Exact Poisson limits, as in the Fingertips funnel plots (PHEindicatormethods,
`calculate_funnel_limits`, statistic "rate"): an area whose true rate is the benchmark lies
below the lower limit, and above the upper one, with the tail probability of a normal variable
beyond that many standard deviations. Between whole counts the Poisson tail is interpolated by
the incomplete gamma function, so that the limits are smooth curves that pass through the exact
points of the published tables. Fingertips draws its "2 sigma" at 2.5 % and its "3 sigma" at
0.1 % a side; `sigmas` of 1.959963984540054 and 3.090232306167813 give exactly those.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Array = NDArray[np.float64]


def funnel_lower(target_rate: ArrayLike, denominator: ArrayLike, sigmas: ArrayLike) -> Array:
    """Return the rate below which an area is unusually low; 0 where no rate is.

    `denominator` is counted in the units of the rate (thousands of people for a rate per
    1,000), `sigmas` in standard deviations. NaN where any of them is not above 0.
    """
    expected, units, tail = _expectations(target_rate, denominator, sigmas)
    # P(X <= limit) = tail. Where even P(X = 0) is above the tail there is no such limit, and
    # SciPy does not say what pdtrik answers then (0 as measured in 1.15): said here instead.
    limit = special.pdtrik(tail, expected)
    limit = np.where(np.exp(-expected) >= tail, 0.0, limit)
    return np.where(np.isnan(expected), np.nan, limit / units)


def funnel_upper(target_rate: ArrayLike, denominator: ArrayLike, sigmas: ArrayLike) -> Array:
    """Return the rate above which an area is unusually high.

    Arguments as for `funnel_lower`. The limit is never below one event: a single event makes no
    area an outlier, however few were expected. NaN where any argument is not above 0.
    """
    expected, units, tail = _expectations(target_rate, denominator, sigmas)
    # P(X >= limit) = tail, hence P(X <= limit - 1) = 1 - tail.
    limit = np.maximum(special.pdtrik(1 - tail, expected), 0.0) + 1
    limit = np.where(special.gammainc(1.0, expected) <= tail, 1.0, limit)
    return np.where(np.isnan(expected), np.nan, limit / units)


def _expectations(
    target_rate: ArrayLike, denominator: ArrayLike, sigmas: ArrayLike
) -> tuple[Array, Array, Array]:
    """Return expected events, units and the tail probability; NaN events where unusable."""
    rate, units, deviations = np.broadcast_arrays(
        *(np.asarray(value, dtype=np.float64) for value in (target_rate, denominator, sigmas))
    )
    with np.errstate(invalid="ignore", over="ignore"):
        expected = rate * units
        usable = (rate > 0) & (units > 0) & (deviations > 0) & np.isfinite(expected)
        tail = special.ndtr(-deviations)
        # Beyond eight standard deviations 1 - tail rounds to 1 and the limit to infinity.
        usable &= tail > np.finfo(np.float64).eps
    return (
        np.where(usable, expected, np.nan),
        np.where(usable, units, 1.0),
        np.where(usable, tail, 0.5),
    )
