"""Registers the statistics as functions of a DuckDB connection.

Works on any connection, with or without dbt:

    from register_statistics import register_statistics
    register_statistics(connection)
    connection.sql("select poisson_lower(65)")

Every argument and result is DOUBLE, but for `smoothed_levels`, which takes a DOUBLE[] of months and
returns as many levels. NULL in gives NULL out, and so does whatever is no number:
a negative count, a part above its whole, an exposure of zero, an infinite limit.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from calibrated_change import calibrated_p_value, scattered_p_value
from exponential_smoothing import smoothed_levels
from funnel_limits import funnel_lower, funnel_upper
from numpy.typing import NDArray
from poisson_interval import poisson_lower, poisson_upper
from rate_ratio import rate_ratio_lower, rate_ratio_p_value, rate_ratio_upper
from student_t_factor import student_t_95
from tail_probabilities import (
    chi_square_sf,
    normal_two_sided_p,
    poisson_at_least,
    poisson_at_most,
)
from two_proportions import two_proportion_p_value
from wilson_interval import wilson_lower, wilson_upper

Statistic = Callable[..., NDArray[np.float64]]

#: SQL name -> (the statistic, how many arguments SQL gives it).
STATISTICS: dict[str, tuple[Statistic, int]] = {
    "poisson_lower": (poisson_lower, 1),
    "poisson_upper": (poisson_upper, 1),
    "poisson_lower_at": (poisson_lower, 2),
    "poisson_upper_at": (poisson_upper, 2),
    "rate_ratio_lower": (rate_ratio_lower, 4),
    "rate_ratio_upper": (rate_ratio_upper, 4),
    "rate_ratio_p_value": (rate_ratio_p_value, 4),
    "calibrated_p_value": (calibrated_p_value, 5),
    "scattered_p_value": (scattered_p_value, 6),
    "wilson_lower": (wilson_lower, 2),
    "wilson_upper": (wilson_upper, 2),
    "two_proportion_p_value": (two_proportion_p_value, 4),
    "funnel_lower": (funnel_lower, 3),
    "funnel_upper": (funnel_upper, 3),
    "chi_square_sf": (chi_square_sf, 2),
    "normal_two_sided_p": (normal_two_sided_p, 1),
    "poisson_at_most": (poisson_at_most, 2),
    "poisson_at_least": (poisson_at_least, 2),
    "student_t_95": (student_t_95, 1),
}


_OPTIONS: dict[str, Any] = {
    "type": "arrow",
    # DuckDB's default handling refuses NULL results, and nonsense has to give NULL.
    "null_handling": "special",
    "side_effects": False,
}


def register_statistics(connection: duckdb.DuckDBPyConnection) -> None:
    """Register `STATISTICS` and `smoothed_levels` on this connection.

    Whatever shares its database instance has them too.

    Raises `duckdb.CatalogException` if one of the names is taken, as on a second call.
    """
    for name, (statistic, arguments) in STATISTICS.items():
        connection.create_function(
            name,
            _on_arrow(statistic, arguments),
            ["DOUBLE"] * arguments,
            "DOUBLE",
            **_OPTIONS,
        )
    connection.create_function(
        "smoothed_levels", _levels_of_lists, ["DOUBLE[]"], "DOUBLE[]", **_OPTIONS
    )


def _levels_of_lists(series: Any) -> pa.Array:
    """Return the smoothed levels of each list, NULL standing for NaN."""
    levels = (
        None if months is None else smoothed_levels(np.asarray(months, dtype=np.float64))
        for months in series.to_pylist()
    )
    return pa.array(
        [
            None if each is None else [x if np.isfinite(x) else None for x in each]
            for each in levels
        ],
        type=pa.list_(pa.float64()),
    )


def _on_arrow(statistic: Statistic, arguments: int) -> Callable[..., pa.Array]:
    """Return the statistic as a function of Arrow arrays, NULL standing for NaN both ways."""

    def on_arrow(*columns: Any) -> pa.Array:
        numbers = [np.asarray(column, dtype=np.float64) for column in columns]
        result = np.asarray(statistic(*numbers), dtype=np.float64)
        return pa.array(result, type=pa.float64(), mask=~np.isfinite(result))

    # DuckDB counts the parameters of the function that it is given: name as many as SQL has.
    on_arrow.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(f"argument_{i}", Parameter.POSITIONAL_ONLY) for i in range(1, arguments + 1)]
    )
    return on_arrow
