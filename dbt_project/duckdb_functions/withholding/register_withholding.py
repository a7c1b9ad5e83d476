"""Registers the rule of withholding as a function of a DuckDB connection.

`open_boundaries(observations, threshold, has_public_quarters)` takes everything that was ever said
about one sensitive series and returns what may be published of it; the rule itself is in
`open_boundaries.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa
from open_boundaries import Openness, State, Stretch, openness

#: One stretch of one state: states count up in the order in which they became known, and each is
#: all that its source, restricted or public, said at that time. Months are running numbers,
#: boundaries the ends of months.
OBSERVATIONS = (
    "STRUCT(state BIGINT, source VARCHAR, is_public BOOLEAN, start_boundary BIGINT, "
    "end_boundary BIGINT, value DOUBLE)[]"
)
OPENNESS = "STRUCT(is_withheld BOOLEAN, is_whole BOOLEAN, boundaries BIGINT[], cuts BIGINT[])"

_OPTIONS: dict[str, Any] = {"type": "arrow", "side_effects": False}

_ARROW_OPENNESS = pa.struct(
    [
        ("is_withheld", pa.bool_()),
        ("is_whole", pa.bool_()),
        ("boundaries", pa.list_(pa.int64())),
        ("cuts", pa.list_(pa.int64())),
    ]
)


def register_withholding(connection: duckdb.DuckDBPyConnection) -> None:
    """Register `open_boundaries` on this connection and all that share its database instance."""
    connection.create_function(
        "open_boundaries",
        _of_lists,
        [OBSERVATIONS, "BIGINT", "BOOLEAN"],
        OPENNESS,
        **_OPTIONS,
    )


def _of_lists(series: Any, thresholds: Any, public_quarters: Any) -> pa.Array:
    return pa.array(
        [
            _as_row(openness(_states(observations), threshold, has_public_quarters))
            for observations, threshold, has_public_quarters in zip(
                series.to_pylist(),
                thresholds.to_pylist(),
                public_quarters.to_pylist(),
                strict=True,
            )
        ],
        type=_ARROW_OPENNESS,
    )


def _states(observations: Sequence[Mapping[str, Any]]) -> list[State]:
    def one_state(observation: Mapping[str, Any]) -> tuple[int, str, bool]:
        return observation["state"], observation["source"], observation["is_public"]

    return [
        State(
            source,
            tuple(Stretch(o["start_boundary"], o["end_boundary"], o["value"]) for o in said),
            is_public,
        )
        for (_, source, is_public), said in groupby(
            sorted(observations, key=one_state), key=one_state
        )
    ]


def _as_row(result: Openness) -> dict[str, Any]:
    return {
        "is_withheld": result.is_withheld,
        "is_whole": result.is_whole,
        "boundaries": list(result.boundaries),
        "cuts": list(result.cuts),
    }
