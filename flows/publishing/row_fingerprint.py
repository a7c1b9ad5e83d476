"""The fingerprint of a table's rows: whether two tables that one DuckDB reads hold the same ones.

The logical hash writes every value as text so that it says the same in every version of DuckDB, and
takes twenty times as long. Where both tables are at hand DuckDB's own `hash()` is enough: one
64-bit number per row, added up, so that the order of rows plays no part and every duplicate counts.
It may change between versions, so it is compared and thrown away, never kept. Of a DOUBLE every bit
counts, where the logical hash looks at twelve digits: equal fingerprints mean equal hashes, unequal
ones mean nothing yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flows.sql_text import identifier

if TYPE_CHECKING:
    import duckdb

# Number of rows, and the sum of their hashes.
Fingerprint = tuple[int, int]


def row_fingerprint(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: Iterable[str]
) -> Fingerprint:
    """Return the fingerprint of `relation` (SQL), which looks at `columns` in their order."""
    values = ", ".join(identifier(column) for column in columns)
    found = connection.execute(
        f"select count(*), coalesce(sum(cast(hash({values}) as hugeint)), 0) from {relation}"
    ).fetchone()
    if found is None:
        raise AssertionError("an aggregate without groups gives one row")
    rows, total = found
    return int(rows), int(total)
