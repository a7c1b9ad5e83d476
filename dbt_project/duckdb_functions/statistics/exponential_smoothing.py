"""Levels of simple exponential smoothing, for all months of a series in one pass.

The level after a month is alpha x its value + (1 - alpha) x the level before. Alpha is the one of
a grid that would have forecast the months so far with the least squared error (from the second
year on, since the first twelve months make the first level). Doing all alphas and all months at
once is what makes a back-test of thousands of series affordable: a library that fits one series
at one month takes milliseconds each.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: The first level is the mean of a whole year, so that no season of the year colours it.
FIRST_LEVEL_MONTHS = 12
ALPHAS = np.linspace(0.05, 0.95, 19)


def smoothed_levels(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the level after each month, NaN for the first twelve.

    `values` are consecutive months, oldest first. Each level knows only the months up to its own,
    so a forecast made from it is one that could have been made then. NaN from the first value on
    that is not finite.
    """
    months = len(values)
    levels = np.full(months, np.nan)
    if months <= FIRST_LEVEL_MONTHS:
        return levels
    level = np.full(len(ALPHAS), np.mean(values[:FIRST_LEVEL_MONTHS]))
    squared_error = np.zeros(len(ALPHAS))
    for month in range(FIRST_LEVEL_MONTHS, months):
        error = values[month] - level
        squared_error = squared_error + error * error
        level = level + ALPHAS * error
        # The smallest alpha of equals: the steadier level.
        levels[month] = level[int(np.argmin(squared_error))]
    return levels
