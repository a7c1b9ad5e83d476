"""Whatever bytes come: rows and rejects are all lines, or the file is refused with a reason."""

from __future__ import annotations

import re

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.landing import csv_text
from flows.landing.contract import Column, Contract, match_header
from flows.landing.refusal import FileRefused
from flows.landing.text_table import TextTable

CONTRACT = Contract(
    "letters",
    (
        Column("a", "A", "text", "", "", repeats=True),
        Column("b", "B", "text", "", "", repeats=False),
        Column("c", "C", "text", "", "", repeats=True),
    ),
)
HEADER = b"B,A,C\n"
# Bytes that matter to a CSV, often, and any others sometimes.
telling = st.sampled_from(
    [b",", b'"', b"\n", b"\r", b"\r\n", b"x", b"\0", b" ", b"\xe9", "é".encode()]
)
bodies = st.lists(telling | st.binary(max_size=3), max_size=60).map(b"".join)
well_formed = st.lists(
    st.tuples(*[st.sampled_from(["", "x", "y z", '"q"', '"a,b"', '"d""d"'])] * 3).map(",".join),
    max_size=8,
)


def data_lines(data: bytes) -> int:
    text, _ = csv_text.to_utf8(data)
    lines = re.split("\r\n|\n|\r", text.decode())
    return sum(1 for line in lines[1:] if line.strip())


def rows(table: TextTable) -> list[tuple[object, ...]]:
    columns = [table.columns[name].to_pylist() for name in "abc"]
    return list(zip(table.lines.to_pylist(), *columns, strict=True))


@settings(max_examples=300, deadline=None)
@given(bodies)
def test_rows_and_rejects_are_all_lines_or_the_file_is_refused(body: bytes) -> None:
    try:
        table = csv_text.read_csv(HEADER + body, CONTRACT)
    except FileRefused as refusal:
        assert "Expected: " in refusal.reason("x.csv")
        assert "Next: " in refusal.reason("x.csv")
        return
    assert len(table.lines) + len(table.rejects) == data_lines(HEADER + body)
    numbers = table.lines.to_pylist() + [reject.line for reject in table.rejects]
    assert len(set(numbers)) == len(numbers)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        csv_text.read_csv(data, CONTRACT)
    except FileRefused as refusal:
        assert "Next: " in refusal.reason("x.csv")


@settings(max_examples=200, deadline=None)
@given(bodies | well_formed.map(lambda lines: "\n".join(lines).encode()))
def test_the_fast_way_gives_what_the_careful_way_gives(body: bytes) -> None:
    try:
        text, _ = csv_text.to_utf8(HEADER + body)
    except FileRefused:
        return
    match = match_header(CONTRACT, ["B", "A", "C"])
    body = text[len(HEADER) :]
    fast = csv_text._read_fast(text, len(HEADER), memoryview(body), match)
    if fast is None:
        return
    careful = csv_text._read_carefully(memoryview(body), match)
    assert careful.rejects == []
    assert rows(fast) == rows(careful)


def test_a_plain_file_is_read_the_fast_way() -> None:
    match = match_header(CONTRACT, ["B", "A", "C"])
    text = HEADER + b'1,x,"a, ""b"""\n2,x,\n'
    fast = csv_text._read_fast(text, len(HEADER), memoryview(text)[len(HEADER) :], match)
    assert fast is not None
    assert rows(fast) == [(2, "x", "1", 'a, "b"'), (3, "x", "2", None)]
    assert pa.types.is_dictionary(fast.columns["a"].type)


def test_an_unclosed_quote_costs_its_own_line_only() -> None:
    body = b"".join(b"%d,x,y\n" % number for number in range(1000))
    table = csv_text.read_csv(HEADER + b'"open,x,y\n' + body, CONTRACT)
    assert [reject.line for reject in table.rejects] == [2]
    assert len(table.lines) == 1000
