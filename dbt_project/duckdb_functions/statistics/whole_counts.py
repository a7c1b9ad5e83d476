"""Which numbers are counts: whole, not negative, finite."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Doubles that were summed or divided and multiplied back may miss a whole number by this much
#: (R's `poisson.test` and `binom.test` allow the same 1e-7).
WHOLE_NUMBER_TOLERANCE = 1e-7
#: Above 2**53 a double no longer tells neighbouring whole numbers apart.
LARGEST_EXACT_COUNT = 2.0**53


def whole_counts(values: ArrayLike) -> NDArray[np.float64]:
    """Return the counts, rounded to whole numbers, and NaN for whatever is not a count.

    Any shape. NaN, infinities, negative numbers, fractions and numbers too large to be exact
    all become NaN, so that every formula downstream answers NaN for them.
    """
    numbers = np.asarray(values, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        rounded = np.rint(numbers)
        is_count = (
            (np.abs(numbers - rounded) <= WHOLE_NUMBER_TOLERANCE)
            & (rounded >= 0)
            & (rounded <= LARGEST_EXACT_COUNT)
        )
    # `+ 0.0` turns a rounded -0.0 into 0.0.
    return np.where(is_count, rounded + 0.0, np.nan)
