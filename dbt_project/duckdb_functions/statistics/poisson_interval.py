"""Confidence limits of a count that is taken as Poisson.

Exact limits (chi-square, Garwood 1936) below ten events; Byar's approximation from ten on
(Breslow and Day, Statistical Methods in Cancer Research, volume II, 1987), as the package
PHEindicatormethods and the Fingertips technical guidance do. The limits of a rate are these
limits times `rate_per / denominator`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special
from whole_counts import whole_counts

#: From this count on Byar's approximation is used; below it, the exact limits.
BYAR_FROM = 10.0
CONFIDENCE_95 = 0.95


def poisson_lower(count: ArrayLike, confidence: ArrayLike = CONFIDENCE_95) -> NDArray[np.float64]:
    """Return the lower two-sided limit of each count, in events; 0 where the count is 0.

    NaN where the count is no count (see `whole_counts`) or the confidence is not between 0 and 1.
    """
    x, tail = _counts_and_tails(count, confidence)
    # chdtri would give NaN for no degrees of freedom; half a chi-square quantile with 2x
    # degrees is the gamma quantile of shape x, and none is needed where x = 0.
    exact = special.gammaincinv(np.where(x > 0, x, 1.0), tail)
    z = -special.ndtri(tail)
    at = np.maximum(x, BYAR_FROM)
    # The cube cannot turn negative: that takes z above 9.3 at ten events, and no confidence
    # that a double can tell from 1 has z above 8.3.
    byar = at * (1 - 1 / (9 * at) - z / (3 * np.sqrt(at))) ** 3
    limit = np.where(x < BYAR_FROM, np.where(x == 0, 0.0, exact), byar)
    return np.where(np.isnan(x) | np.isnan(tail), np.nan, limit)


def poisson_upper(count: ArrayLike, confidence: ArrayLike = CONFIDENCE_95) -> NDArray[np.float64]:
    """Return the upper two-sided limit of each count, in events.

    NaN where the count is no count (see `whole_counts`) or the confidence is not between 0 and 1.
    """
    x, tail = _counts_and_tails(count, confidence)
    exact = special.gammainccinv(x + 1, tail)
    z = -special.ndtri(tail)
    at = np.maximum(x, BYAR_FROM) + 1
    byar = at * (1 - 1 / (9 * at) + z / (3 * np.sqrt(at))) ** 3
    limit = np.where(x < BYAR_FROM, exact, byar)
    return np.where(np.isnan(x) | np.isnan(tail), np.nan, limit)


def _counts_and_tails(
    count: ArrayLike, confidence: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return counts and the probability left out in each tail, both NaN where unusable."""
    level = np.asarray(confidence, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        tail = np.where((level > 0) & (level < 1), (1 - level) / 2, np.nan)
    return whole_counts(count), tail
