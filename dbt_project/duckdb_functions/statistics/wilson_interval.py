"""Wilson's score limits of a proportion.

Wilson 1927; Newcombe and Altman in Statistics with Confidence, 2000. Unlike the plain normal
interval it never leaves 0 to 1 and has a width at 0 and at n.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Z_95 = float(special.ndtri(0.975))


def wilson_lower(x: ArrayLike, n: ArrayLike) -> NDArray[np.float64]:
    """Return the lower 95 % limit of x out of n as a proportion (0 to 1).

    x may be fractional (weighted survey answers). NaN where n is not above 0 or x is not
    between 0 and n.
    """
    x, n = _proportions(x, n)
    return (2 * x + Z_95**2 - _half_width(x, n)) / (2 * (n + Z_95**2))


def wilson_upper(x: ArrayLike, n: ArrayLike) -> NDArray[np.float64]:
    """Return the upper 95 % limit of x out of n as a proportion (0 to 1).

    x may be fractional (weighted survey answers). NaN where n is not above 0 or x is not
    between 0 and n.
    """
    x, n = _proportions(x, n)
    limit = (2 * x + Z_95**2 + _half_width(x, n)) / (2 * (n + Z_95**2))
    return np.where(x == n, 1.0, limit)


def _half_width(x: NDArray[np.float64], n: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(Z_95 * np.sqrt(Z_95**2 + 4 * x * (1 - x / n)), dtype=np.float64)


def _proportions(x: ArrayLike, n: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both numbers, NaN where they make no proportion."""
    part, whole = np.broadcast_arrays(
        np.asarray(x, dtype=np.float64), np.asarray(n, dtype=np.float64)
    )
    with np.errstate(invalid="ignore"):
        usable = (whole > 0) & np.isfinite(whole) & (part >= 0) & (part <= whole)
    return np.where(usable, part, np.nan), np.where(usable, whole, np.nan)
