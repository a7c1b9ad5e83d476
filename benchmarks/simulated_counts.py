"""Monthly counts of known shape, in which nothing happened or a step of known size did.

Each frame has the columns area, category, month (date), n. What is made is synthetic.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: Counts from their expected values.
Scatter = Callable[[np.random.Generator, Array], Any]
#: Expected values from a level and the running numbers of the months.
Shape = Callable[[np.random.Generator, float, Array], Array]

LEVELS = (3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)


def poisson(rng: np.random.Generator, mean: Array) -> Any:
    """Give counts of independent events."""
    return rng.poisson(mean)


def multiple_of_poisson(dispersion: float) -> Scatter:
    """Give counts whose variance is dispersion x mean at every size (quasi-Poisson)."""
    if dispersion <= 1:
        return poisson
    return lambda rng, mean: rng.poisson(
        rng.gamma(np.maximum(mean, 1e-9) / (dispersion - 1), dispersion - 1)
    )


def negative_binomial(share: float) -> Scatter:
    """Give counts whose variance is mean + share x mean squared."""
    return lambda rng, mean: rng.poisson(rng.gamma(1 / share, mean * share))


def lumpy(rng: np.random.Generator, mean: Array) -> Any:
    """Give counts of incidents of one to many offences, 2.5 on average."""
    incidents = rng.poisson(mean / 2.5)
    return np.array([rng.geometric(0.4, each).sum() for each in incidents])


def flat(_rng: np.random.Generator, level: float, months: Array) -> Array:
    """Keep the level throughout."""
    return np.full(len(months), level)


def trend(_rng: np.random.Generator, level: float, months: Array) -> Array:
    """Double the level from first to last."""
    return level * np.linspace(1, 2, len(months))


def season(rng: np.random.Generator, level: float, months: Array) -> Array:
    """Add a yearly wave of 20 % up and down."""
    wave = np.sin(2 * np.pi * (months + rng.integers(12)) / 12)
    return np.asarray(level * (1 + 0.2 * wave), dtype=np.float64)


def per_day(_rng: np.random.Generator, level: float, months: Array) -> Array:
    """Keep the level a day, in months of 28 to 31 days."""
    days = pd.period_range("2021-01", periods=len(months), freq="M").days_in_month
    return np.asarray(level * days / 30.4375, dtype=np.float64)


def drift(rng: np.random.Generator, level: float, months: Array) -> Array:
    """Let the level wander: half of last month's deviation, and 10 % of this month's own."""
    deviation = np.zeros(len(months))
    for i in range(1, len(months)):
        deviation[i] = 0.5 * deviation[i - 1] + rng.normal(0, 0.1)
    return np.asarray(level * np.exp(deviation), dtype=np.float64)


def mostly_zero(rng: np.random.Generator, level: float, months: Array) -> Array:
    """Leave nothing in seven months of ten."""
    return np.where(rng.random(len(months)) < 0.3, level / 10, 0.0)


#: Name -> (scatter, shape) of series in which nothing happens.
NOTHING_HAPPENED: dict[str, tuple[Scatter, Shape]] = {
    "Poisson": (poisson, flat),
    "Poisson, by days": (poisson, per_day),
    "Poisson, trend": (poisson, trend),
    "Poisson, season": (poisson, season),
    "3 x Poisson": (multiple_of_poisson(3), flat),
    "negative binomial": (negative_binomial(0.02), flat),
    "negative binomial, trend": (negative_binomial(0.02), trend),
    "negative binomial, season": (negative_binomial(0.02), season),
    "lumpy": (lumpy, flat),
    "mostly zero": (poisson, mostly_zero),
    "drifting level": (poisson, drift),
}


def simulated(
    scatter: Scatter,
    shape: Shape = flat,
    months: int = 36,
    series: int = 96,
    levels: tuple[float, ...] = LEVELS,
    step: float = 1.0,
    stepped_months: int = 12,
    seed: int = 1,
) -> pd.DataFrame:
    """Make `series` series in 8 categories; the last `stepped_months` are `step` times as high."""
    rng = np.random.default_rng(seed)
    numbers = np.arange(months, dtype=np.float64)
    dates = pd.period_range("2021-01", periods=months, freq="M").to_timestamp()
    factor = np.where(numbers >= months - stepped_months, step, 1.0)
    frames = [
        pd.DataFrame(
            {
                "area": f"Area {k}",
                "category": f"category {k % 8}",
                "month": dates,
                "n": scatter(rng, shape(rng, levels[k % len(levels)], numbers) * factor),
            }
        )
        for k in range(series)
    ]
    return pd.concat(frames, ignore_index=True)
