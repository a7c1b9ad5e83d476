"""The factor of Student's t for intervals around the mean of a few years."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special


def student_t_95(df: ArrayLike) -> NDArray[np.float64]:
    """Return how many standard errors a two-sided 95 % interval reaches to either side.

    The 97.5 % point of t with df degrees of freedom: 12.706 for 1, 1.96 for very many. NaN where
    df is not above 0.
    """
    degrees = np.asarray(df, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        usable = (degrees > 0) & np.isfinite(degrees)
    return np.where(usable, special.stdtrit(np.where(usable, degrees, 1.0), 0.975), np.nan)
