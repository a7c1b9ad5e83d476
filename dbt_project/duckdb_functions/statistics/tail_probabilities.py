"""Tail probabilities that SQL needs to turn a test statistic or a count into a p value."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special
from whole_counts import whole_counts


def normal_two_sided_p(z: ArrayLike) -> NDArray[np.float64]:
    """Return the probability that a standard normal is as far from 0 as z, either side."""
    distance = np.abs(np.asarray(z, dtype=np.float64))
    # erfc keeps its precision far out, where 1 - Phi(z) would be 0.
    return np.asarray(special.erfc(distance / np.sqrt(2.0)), dtype=np.float64)


def chi_square_sf(x: ArrayLike, df: ArrayLike) -> NDArray[np.float64]:
    """Return the probability that a chi-square with df degrees of freedom is above x.

    NaN where x is negative or df is not above 0.
    """
    statistic, degrees = np.broadcast_arrays(
        np.asarray(x, dtype=np.float64), np.asarray(df, dtype=np.float64)
    )
    with np.errstate(invalid="ignore"):
        usable = (statistic >= 0) & (degrees > 0) & np.isfinite(degrees)
    return np.where(
        usable,
        special.gammaincc(np.where(usable, degrees, 1.0) / 2, np.where(usable, statistic, 0.0) / 2),
        np.nan,
    )


def poisson_at_most(count: ArrayLike, mean: ArrayLike) -> NDArray[np.float64]:
    """Return the probability that a Poisson count with this mean is at most `count`.

    NaN where the count is no count or the mean is negative or infinite.
    """
    x, expected = _counts_and_means(count, mean)
    return np.asarray(special.gammaincc(x + 1, expected), dtype=np.float64)


def poisson_at_least(count: ArrayLike, mean: ArrayLike) -> NDArray[np.float64]:
    """Return the probability that a Poisson count with this mean is at least `count`.

    NaN where the count is no count or the mean is negative or infinite.
    """
    x, expected = _counts_and_means(count, mean)
    above = special.gammainc(np.where(x > 0, x, 1.0), expected)
    return np.where(np.isnan(x) | np.isnan(expected), np.nan, np.where(x == 0, 1.0, above))


def _counts_and_means(
    count: ArrayLike, mean: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, expected = np.broadcast_arrays(whole_counts(count), np.asarray(mean, dtype=np.float64))
    with np.errstate(invalid="ignore"):
        usable = (expected >= 0) & np.isfinite(expected)
    return x, np.where(usable, expected, np.nan)
