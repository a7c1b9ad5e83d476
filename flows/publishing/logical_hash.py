"""The logical hash of a table: equal for equal contents, whatever file or DuckDB holds them.

Two builds of the same rows give files that differ in bytes, so publications are compared by this
hash. Method `lh1`:

1. A value becomes text. BIGINT, DATE, TIMESTAMP and BOOLEAN: as DuckDB casts them (`-12`,
   `2017-09-30`, `2017-09-30 14:00:00`, `true`). VARCHAR: itself. DOUBLE: twelve significant
   digits (`1.54500000000e+01`), because the last of the sixteen depend on the order in which
   threads add up; minus zero is zero. NaN and the infinities are `nan`, `inf`, `-inf`.
2. A field is `V`, the number of code points of its text, `:` and the text; NULL is `N`. The
   length says where a field ends, so nothing moves from one column to the next unseen, and NULL,
   an empty text and the text `NULL` differ.
3. A row is its fields in column order; its MD5 is read as two unsigned 64-bit numbers.
4. The hash is the SHA-256 of the method's name, the columns with their types, the number of rows
   and the two sums of those numbers over all rows. Sums do not depend on the order of rows and
   count every duplicate.

Only MD5, `printf` and casts are asked of DuckDB: its own `hash()` may change between versions.
MD5 guards against accidents, not against an adversary who may write to the warehouse.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flows.sql_text import identifier

if TYPE_CHECKING:
    import duckdb

METHOD = "lh1"
DOUBLE_DIGITS = 12


def canonical_text(column: str, data_type: str) -> str:
    """Return the SQL expression that writes one column as text (step 1); NULL stays NULL."""
    name = identifier(column)
    if data_type == "VARCHAR":
        return name
    if data_type == "DOUBLE":
        # `+ 0.0` turns minus zero into zero; NaN's sign is not part of its meaning either.
        return (
            f"case when isnan({name}) then 'nan' "
            f"else printf('%.{DOUBLE_DIGITS - 1}e', {name} + 0.0) end"
        )
    return f"cast({name} as varchar)"


def logical_hash(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: Sequence[tuple[str, str]]
) -> tuple[int, str]:
    """Return the number of rows of `relation` (SQL) and its hash, as `lh1:` and 64 hex digits.

    `columns` are (name, type) in the order of the contract; other columns are not looked at.
    """
    texts = ", ".join(
        f"{canonical_text(name, data_type)} as t{place}"
        for place, (name, data_type) in enumerate(columns)
    )
    # One concat over all fields: a chain of `||` would copy the growing row for every column and
    # takes four times as long on a mart of forty columns. Within a field `concat` is quicker too.
    fields = ", ".join(
        f"case when t{place} is null then 'N' else concat('V', length(t{place}), ':', t{place}) end"
        for place in range(len(columns))
    )
    found = connection.execute(
        f"""
        select
            count(*),
            coalesce(sum(cast('0x' || substr(digest, 1, 16) as ubigint)), 0),
            coalesce(sum(cast('0x' || substr(digest, 17, 16) as ubigint)), 0)
        from (
            select md5(concat({fields})) as digest from (select {texts} from {relation}) as texts
        ) as digests
        """
    ).fetchone()
    if found is None:
        raise AssertionError("an aggregate without groups gives one row")
    rows, upper, lower = (int(number) for number in found)
    return rows, combine(columns, rows, upper, lower)


def combine(columns: Sequence[tuple[str, str]], rows: int, upper: int, lower: int) -> str:
    """Return the hash of a table from its columns and what its rows add up to (step 4)."""
    schema = "".join(f"{len(name)}:{name} {data_type};" for name, data_type in columns)
    text = f"{METHOD}|{schema}|{rows}|{upper}|{lower}"
    return f"{METHOD}:{hashlib.sha256(text.encode()).hexdigest()}"
