"""Reads the published file in a loop until told to stop, as one of four kinds of reader.

    python reader.py KIND PUBLISHED STOP_FILE

Prints one JSON object: reads, values seen in order of first sight, and the longest wait. Every
figure of one publication is the same number, so two numbers in one result are a mixed state.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

FIGURES = "select distinct value::bigint from fct_indicator_values"
BOTH = f"{FIGURES} union select distinct value from dim_areas"

Read = Callable[[], list[int]]


@contextmanager
def holding_open(published: Path) -> Iterator[Read]:
    file = str(published / "community_safety.duckdb")
    with duckdb.connect(file, read_only=True) as connection:
        yield lambda: [row[0] for row in connection.execute(BOTH).fetchall()]


@contextmanager
def reopening(published: Path) -> Iterator[Read]:
    def read() -> list[int]:
        with holding_open(published) as read_once:
            return read_once()

    yield read


@contextmanager
def pooled(published: Path) -> Iterator[Read]:
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import QueuePool

    engine = create_engine(
        f"duckdb:///{published / 'community_safety.duckdb'}",
        connect_args={"read_only": True},
        poolclass=QueuePool,
        pool_size=2,
    )

    def read() -> list[int]:
        with engine.connect() as one, engine.connect() as other:
            return sorted(
                {row[0] for connection in (one, other) for row in connection.execute(text(BOTH))}
            )

    yield read
    engine.dispose()


@contextmanager
def parquet(published: Path) -> Iterator[Read]:
    file = published / "parquet" / "fct_indicator_values.parquet"
    with duckdb.connect() as connection:
        query = f"select distinct value::bigint from read_parquet('{file}')"
        yield lambda: [row[0] for row in connection.execute(query).fetchall()]


KINDS = {"holding": holding_open, "reopening": reopening, "pooled": pooled, "parquet": parquet}


def main(kind: str, published: str, stop: str) -> None:
    reads, longest, seen = 0, 0.0, []
    with KINDS[kind](Path(published)) as read:
        while True:
            last = Path(stop).exists()
            began = time.monotonic()
            values = read()
            longest = max(longest, time.monotonic() - began)
            if len(values) != 1:
                raise SystemExit(f"{kind}: a mixed state: {values}")
            seen += [value for value in values if value not in seen]
            reads += 1
            if reads == 1:
                print("reading", flush=True)
            if last:
                break
    print(json.dumps({"reads": reads, "seen": seen, "longest_seconds": longest}))


if __name__ == "__main__":
    main(*sys.argv[1:])
