"""The logical hash, against a second implementation in Python and against its own promises."""

from __future__ import annotations

import hashlib
import math
from datetime import date, datetime
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.publishing.logical_hash import logical_hash
from tests.exploring import tried

COLUMNS = [
    ("n", "BIGINT"),
    ("x", "DOUBLE"),
    ("d", "DATE"),
    ("t", "TIMESTAMP"),
    ("v", "VARCHAR"),
    ("b", "BOOLEAN"),
]
Row = tuple[Any, ...]


def by_duckdb(rows: list[Row], columns: list[tuple[str, str]] = COLUMNS) -> str:
    with duckdb.connect() as connection:
        connection.execute(
            f"create table t ({', '.join(f'{name} {kind}' for name, kind in columns)})"
        )
        if rows:
            connection.executemany(
                f"insert into t values ({', '.join('?' for _ in columns)})", rows
            )
        counted, digest = logical_hash(connection, "t", columns)
    assert counted == len(rows)
    return digest


def by_python(rows: list[Row], columns: list[tuple[str, str]] = COLUMNS) -> str:
    """The method as its documentation states it, written without DuckDB."""

    def text(value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            return "nan" if math.isnan(value) else f"{value + 0.0:.11e}"
        if isinstance(value, datetime):
            return value.isoformat(sep=" ")
        return value.isoformat() if isinstance(value, date) else str(value)

    upper = lower = 0
    for row in rows:
        fields = ("N" if v is None else f"V{len(text(v))}:{text(v)}" for v in row)
        digest = hashlib.md5("".join(fields).encode(), usedforsecurity=False).hexdigest()
        upper += int(digest[:16], 16)
        lower += int(digest[16:], 16)
    schema = "".join(f"{len(name)}:{name} {kind};" for name, kind in columns)
    whole = f"lh1|{schema}|{len(rows)}|{upper}|{lower}"
    return "lh1:" + hashlib.sha256(whole.encode()).hexdigest()


ROWS: list[Row] = [
    (1, 15.45, date(2017, 9, 30), datetime(2017, 9, 30, 14, 0, 0), "Dudley", True),
    (-(2**63), 1 / 3, date(1999, 1, 1), datetime(2000, 1, 1, 0, 0, 1), "Ynys Môn 🚓", False),
    (2**63 - 1, float("inf"), None, None, "", None),
    (None, float("nan"), None, None, None, None),
    (0, -0.0, None, None, "NULL", None),
    (0, 6.02e23, None, None, "N", None),
]


def test_it_equals_the_method_written_without_duckdb() -> None:
    assert by_duckdb(ROWS) == by_python(ROWS)
    assert by_duckdb([]) == by_python([])


def test_this_hash_never_changes() -> None:
    """Manifests of years are compared: a failure here means that the method needs a new name."""
    assert by_duckdb([(1, "Dudley")], [("n", "BIGINT"), ("v", "VARCHAR")]) == (
        "lh1:d1383fa32c049ffdffc1af133634ceafbf3d3d8eed2fd71c888e2d71ba9db3ea"
    )


@settings(max_examples=tried(10), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)),
            st.one_of(st.none(), st.floats()),
            st.one_of(st.none(), st.dates()),
            # a fraction is written with as many digits as it needs, in DuckDB as in no other
            st.one_of(st.none(), st.datetimes().map(lambda t: t.replace(microsecond=0))),
            st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_characters="\0"))),
            st.one_of(st.none(), st.booleans()),
        ),
        max_size=6,
    )
)
def test_any_rows_hash_alike_in_both_implementations(rows: list[Row]) -> None:
    assert by_duckdb(rows) == by_python(rows)


def test_the_order_of_rows_does_not_count() -> None:
    assert by_duckdb(ROWS[::-1]) == by_duckdb(ROWS)
    assert by_duckdb(ROWS[3:] + ROWS[:3]) == by_duckdb(ROWS)


def test_every_duplicate_counts() -> None:
    once, twice, thrice = (by_duckdb(ROWS[:1] * n) for n in (1, 2, 3))
    assert len({once, twice, thrice, by_duckdb([])}) == 4


def test_null_empty_text_and_the_word_null_differ() -> None:
    hashes = {
        by_duckdb([(value,)], [("v", "VARCHAR")])
        for value in (None, "", "NULL", "N", " ", "None", "V0:")
    }
    assert len(hashes) == 7


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("", "a"), ("a", "")),
        ((None, "a"), ("a", None)),
        (("a", "V1:b"), ("aV1:b", "")),
        (("aN", None), ("a", "N")),
    ],
)
def test_text_cannot_move_between_columns_unseen(one: Row, other: Row) -> None:
    columns = [("v", "VARCHAR"), ("w", "VARCHAR")]
    assert by_duckdb([one], columns) != by_duckdb([other], columns)


def test_values_that_swap_rows_are_seen() -> None:
    columns = [("n", "BIGINT"), ("v", "VARCHAR")]
    assert by_duckdb([(1, "a"), (2, "b")], columns) != by_duckdb([(1, "b"), (2, "a")], columns)


def test_names_and_types_of_columns_count() -> None:
    row: list[Row] = [(1,)]
    assert len({by_duckdb(row, [c]) for c in (("n", "BIGINT"), ("m", "BIGINT"))}) == 2
    assert len({by_duckdb(row, [c]) for c in (("n", "BIGINT"), ("n", "VARCHAR"))}) == 2


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (0.1 + 0.2, 0.3, True),
        (0.0, -0.0, True),
        (1e15 / 3, 1e15 / 3 + 0.125, True),
        (15.93, 15.930000001, False),
        (1.00000000001, 1.0, False),
        (float("nan"), -float("nan"), True),
        (float("nan"), None, False),
        (float("inf"), -float("inf"), False),
        (1e-300, 0.0, False),
    ],
)
def test_doubles_count_to_twelve_significant_digits(
    one: float, other: float | None, equal: bool
) -> None:
    columns = [("x", "DOUBLE")]
    assert (by_duckdb([(one,)], columns) == by_duckdb([(other,)], columns)) is equal
