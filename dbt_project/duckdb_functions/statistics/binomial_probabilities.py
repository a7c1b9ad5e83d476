"""Logarithm of a binomial probability, exact to rounding for counts of many millions.

Loader's saddle-point form (C. Loader, Fast and Accurate Computation of Binomial Probabilities,
2000), which R's `dbinom` uses too. Differences of log-gamma functions lose all digits that
matter for the ties of an exact test once counts reach some tens of millions; this does not,
and in logarithms nothing underflows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]

#: Below this the remainder of Stirling's formula is looked up, from it on its series is exact.
_SERIES_FROM = 16
_SMALL = np.arange(_SERIES_FROM, dtype=np.float64)
#: log(k!) - (k log k - k) for k = 0 … 15.
_SMALL_REMAINDERS = special.gammaln(_SMALL + 1) - special.xlogy(_SMALL, _SMALL) + _SMALL
#: Within this relative distance of the mean the deviance is summed as a series.
_SERIES_WITHIN = 0.1
_SERIES_TERMS = 18


def log_binomial_probability(x: Array, n: Array, p: Array, q: Array) -> Array:
    """Return log P(X = x) for X ~ Binomial(n, p); q is 1 - p, given apart for its precision.

    Whole numbers with 0 <= x <= n, and p and q above 0; one shape.
    """
    rest = n - x
    return (
        _factorial_remainder(n)
        - _factorial_remainder(x)
        - _factorial_remainder(rest)
        - _deviance(x, n * p)
        - _deviance(rest, n * q)
    )


def _factorial_remainder(k: Array) -> Array:
    """Return log(k!) - (k log k - k), which is 0 at k = 0."""
    at = np.maximum(k, float(_SERIES_FROM))
    inverse = 1 / at
    square = inverse * inverse
    series = inverse * (
        1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))
    )
    large = 0.5 * np.log(2 * np.pi * at) + series
    small = _SMALL_REMAINDERS[np.minimum(k, float(_SERIES_FROM - 1)).astype(np.int64)]
    return np.where(k < _SERIES_FROM, small, large)


def _deviance(x: Array, mean: Array) -> Array:
    """Return x log(x / mean) + mean - x; `mean` where x = 0."""
    # No trials have mean 0 and deviance 0: the smallest double stands in for the divisor.
    u = (x - mean) / np.maximum(mean, np.finfo(np.float64).tiny)
    direct = special.xlog1py(1 + u, u) - u
    near = np.clip(u, -_SERIES_WITHIN, _SERIES_WITHIN)
    # (1 + u) log(1 + u) - u = u²/2 - u³/6 + u⁴/12 - …: no cancellation near the mean.
    series = np.zeros_like(near)
    for k in range(_SERIES_TERMS, 1, -1):
        series = 1 / (k * (k - 1)) - near * series
    return mean * np.where(np.abs(u) < _SERIES_WITHIN, near * near * series, direct)
