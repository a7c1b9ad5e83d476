"""Exact comparison of two Poisson counts, each over its own exposure.

Given the total, the first count is Binomial(x1 + x0, t1 / (t1 + t0)) when the rates are equal
(Przyborowski and Wilenski 1940). p is two-sided by the likelihood of the outcomes, the limits
are those of Clopper and Pearson; both as R's `poisson.test(c(x1, x0), c(t1, t0))` gives them.
Counts are taken as independent events: crimes cluster, so p is too small rather than too large.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from binomial_probabilities import log_binomial_probability
from numpy.typing import ArrayLike, NDArray
from scipy import special
from whole_counts import whole_counts

Array = NDArray[np.float64]

#: What an outcome may be likelier than the observed one and still count as no likelier:
#: R's allowance for rounding, without which outcomes that tie would be missed.
TIE_ALLOWANCE = 1e-7
#: Left out on each side of a two-sided 95 % interval.
TAIL_95 = 0.025


def rate_ratio_lower(x1: ArrayLike, t1: ArrayLike, x0: ArrayLike, t0: ArrayLike) -> Array:
    """Return the lower 95 % limit of (x1 / t1) / (x0 / t0); 0 where x1 is 0.

    NaN where both counts are 0, a count is no count or an exposure is not above 0.
    """
    pair = _Comparison.of(x1, t1, x0, t0)
    # P(X >= x1) = 2.5 % at the limit: the 2.5 % point of Beta(x1, x0 + 1).
    odds = _beta_odds(np.maximum(pair.x1, 1.0), pair.x0 + 1, TAIL_95)
    limit = np.where(pair.x1 == 0, 0.0, odds * pair.t0 / pair.t1)
    return np.where(pair.usable & (pair.x1 + pair.x0 > 0), limit, np.nan)


def rate_ratio_upper(x1: ArrayLike, t1: ArrayLike, x0: ArrayLike, t0: ArrayLike) -> Array:
    """Return the upper 95 % limit of (x1 / t1) / (x0 / t0).

    NaN where x0 is 0 (the limit is infinite), a count is no count or an exposure is not above 0.
    """
    pair = _Comparison.of(x1, t1, x0, t0)
    # P(X <= x1) = 2.5 % at the limit: the 97.5 % point of Beta(x1 + 1, x0), whose odds are
    # one over those of the 2.5 % point of Beta(x0, x1 + 1).
    odds = 1 / _beta_odds(np.maximum(pair.x0, 1.0), pair.x1 + 1, TAIL_95)
    return np.where(pair.usable & (pair.x0 > 0), odds * pair.t0 / pair.t1, np.nan)


def rate_ratio_p_value(x1: ArrayLike, t1: ArrayLike, x0: ArrayLike, t0: ArrayLike) -> Array:
    """Return the two-sided p of equal rates: the sum of all outcomes no likelier than this one.

    1 where both counts are 0; NaN where a count is no count or an exposure is not above 0.
    """
    pair = _Comparison.of(x1, t1, x0, t0)
    n = pair.x1 + pair.x0
    p, q = pair.t1 / (pair.t1 + pair.t0), pair.t0 / (pair.t1 + pair.t0)
    # Mirrored where the first count is above its expectation, so that the observed outcome is
    # always in the lower tail and the other tail is always the upper one.
    above = pair.x1 > n * p
    x = np.where(above, pair.x0, pair.x1)
    p, q = np.where(above, q, p), np.where(above, p, q)
    other = _start_of_other_tail(x, n, p, q)
    own_tail = np.where(x >= n, 1.0, special.betainc(np.maximum(n - x, 1.0), x + 1, q))
    other_tail = np.where(
        other > n, 0.0, special.betainc(np.maximum(other, 1.0), np.maximum(n - other + 1, 1.0), p)
    )
    return np.where(pair.usable, np.minimum(1.0, own_tail + other_tail), np.nan)


class _Comparison(NamedTuple):
    """Two counts and exposures of one shape, harmless numbers where they are unusable."""

    x1: Array
    t1: Array
    x0: Array
    t0: Array
    usable: NDArray[np.bool_]

    @classmethod
    def of(cls, x1: ArrayLike, t1: ArrayLike, x0: ArrayLike, t0: ArrayLike) -> _Comparison:
        first, exposure1, second, exposure0 = np.broadcast_arrays(
            whole_counts(x1),
            np.asarray(t1, dtype=np.float64),
            whole_counts(x0),
            np.asarray(t0, dtype=np.float64),
        )
        with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
            total = exposure1 + exposure0
            usable = (
                np.isfinite(first)
                & np.isfinite(second)
                & (exposure1 > 0)
                & (exposure0 > 0)
                & np.isfinite(total)
                # Exposures so unequal that one share rounds to 0 cannot be compared.
                & (exposure1 / total > 0)
                & (exposure0 / total > 0)
            )
        return cls(
            np.where(usable, first, 1.0),
            np.where(usable, exposure1, 1.0),
            np.where(usable, second, 1.0),
            np.where(usable, exposure0, 1.0),
            usable,
        )


def _beta_odds(a: Array, b: Array, probability: float) -> Array:
    """Return y / (1 - y) for the quantile y of Beta(a, b).

    The smaller of y and 1 - y is the one that is solved for: the other is then 1 minus it
    without loss, while 1 - y of a y near 1 would keep few digits or none.
    """
    high = a > b
    solved = special.betaincinv(
        np.where(high, b, a), np.where(high, a, b), np.where(high, 1 - probability, probability)
    )
    odds = solved / (1 - solved)
    return np.where(high, 1 / odds, odds)


def _start_of_other_tail(x: Array, n: Array, p: Array, q: Array) -> Array:
    """Return the least outcome from the mean up that is no likelier than x; n + 1 for none.

    x is at or below the mean. From the mean up probabilities only fall, so halving finds it,
    for all rows at once.
    """
    ceiling = log_binomial_probability(x, n, p, q) + np.log1p(TIE_ALLOWANCE)
    low = np.minimum(np.ceil(n * p), n)
    high = n + 1
    while np.any(low < high):
        middle = np.floor((low + high) / 2)
        at = np.minimum(middle, n)
        no_likelier = log_binomial_probability(at, n, p, q) <= ceiling
        searching = low < high
        high = np.where(searching & no_likelier, middle, high)
        low = np.where(searching & ~no_likelier, middle + 1, low)
    return low
