"""Whatever bytes come: rows and rejects are all lines, or the file is refused with a reason."""

from __future__ import annotations

import re
import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.landing.tables import csv_text
from flows.landing.tables.contract import Column, Contract, match_header
from flows.landing.tables.decoding import to_utf8
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.text import TextTable
from tests.exploring import tried

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


def lines_of(data: bytes) -> list[str]:
    text, _ = to_utf8(data)
    return re.split("\r\n|\n|\r", text.decode())


def breaks_in(table: TextTable) -> list[int]:
    """Count the line breaks in the fields of each row: so many more lines it takes."""
    fields = [table.columns[name].to_pylist() for name in "abc"]
    return [
        sum(len(re.findall("\r\n|\n|\r", word or "")) for word in row)
        for row in zip(*fields, strict=True)
    ]


def rows(table: TextTable) -> list[tuple[object, ...]]:
    columns = [table.columns[name].to_pylist() for name in "abc"]
    return list(zip(table.lines.to_pylist(), *columns, strict=True))


@settings(max_examples=tried(100), deadline=None)
@given(bodies)
def test_rows_and_rejects_are_all_lines_or_the_file_is_refused(body: bytes) -> None:
    try:
        table = csv_text.read_csv(HEADER + body, CONTRACT)
    except FileRefusedError as refusal:
        assert "Expected: " in refusal.reason("x.csv")
        assert "Next: " in refusal.reason("x.csv")
        return
    lines = lines_of(HEADER + body)
    taken = [reject.line for reject in table.rejects]
    for line, breaks in zip(table.lines.to_pylist(), breaks_in(table), strict=True):
        taken += range(line, line + breaks + 1)
    assert len(set(taken)) == len(taken)
    blank = {number for number, line in enumerate(lines, 1) if not line.strip()}
    assert set(taken) | blank >= set(range(2, len(lines) + 1))
    for reject in table.rejects:
        assert reject.raw_text == lines[reject.line - 1]


@settings(max_examples=tried(70), deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        csv_text.read_csv(data, CONTRACT)
    except FileRefusedError as refusal:
        assert "Next: " in refusal.reason("x.csv")


@settings(max_examples=tried(70), deadline=None)
@given(bodies | well_formed.map(lambda lines: "\n".join(lines).encode()))
def test_the_fast_way_gives_what_the_careful_way_gives(body: bytes) -> None:
    try:
        text, _ = to_utf8(HEADER + body)
    except FileRefusedError:
        return
    match = match_header(CONTRACT, ["B", "A", "C"])
    fast = csv_text._read_fast(text, len(HEADER), 2, match)
    if fast is None:
        return
    careful = csv_text._read_carefully(text, len(HEADER), 2, match)
    assert careful.rejects == []
    assert rows(fast) == rows(careful)


def test_a_plain_file_is_read_the_fast_way() -> None:
    match = match_header(CONTRACT, ["B", "A", "C"])
    text = HEADER + b'1,x,"a, ""b"""\n2,x,\n'
    fast = csv_text._read_fast(text, len(HEADER), 2, match)
    assert fast is not None
    assert rows(fast) == [(2, "x", "1", 'a, "b"'), (3, "x", "2", None)]
    assert pa.types.is_dictionary(fast.columns["a"].type)


def test_an_unclosed_quote_costs_its_own_line_only() -> None:
    body = b"".join(b"%d,x,y\n" % number for number in range(1000))
    table = csv_text.read_csv(HEADER + b'"open,x,y\n' + body, CONTRACT)
    assert [reject.line for reject in table.rejects] == [2]
    assert len(table.lines) == 1000


def test_a_quoted_field_may_span_lines() -> None:
    body = b'1,x,"seen at\r\nthe shop, twice\n\n""really"""\r\n2,y,z\r\n'
    table = csv_text.read_csv(HEADER + body, CONTRACT)
    assert table.rejects == []
    assert rows(table) == [
        (2, "x", "1", 'seen at\r\nthe shop, twice\n\n"really"'),
        (6, "y", "2", "z"),
    ]
    assert table.raw_line(6) == "2,y,z"
    assert table.raw_line(2) == body.decode().split("\r\n2,")[0]


def test_a_header_may_span_lines() -> None:
    table = csv_text.read_csv(b'B,A,"C"\n1,x,y\n', CONTRACT)
    assert rows(table) == [(2, "x", "1", "y")]
    contract = Contract("two", (Column("a", "Offence code", "text", "", ""), CONTRACT.columns[1]))
    table = csv_text.read_csv(b'"Offence\ncode",B\n1,x\n"2,x\n3,x\n', contract)
    assert table.columns["a"].to_pylist() == ["1", "3"]
    assert table.lines.to_pylist() == [3, 5]
    assert [reject.line for reject in table.rejects] == [4]


def test_two_unclosed_quotes_do_not_swallow_the_rows_between_them() -> None:
    body = b'"open,x,y\n' + b"1,x,y\n" * 500 + b'2,open",y\n' + b"3,x,y\n"
    table = csv_text.read_csv(HEADER + body, CONTRACT)
    assert [reject.line for reject in table.rejects] == [2, 503]
    assert len(table.lines) == 501


def test_two_unclosed_quotes_that_would_join_to_a_row_cost_no_row_between_them() -> None:
    table = csv_text.read_csv(HEADER + b'1,x,"open\n2,y,z\n3,w"\n4,v,u\n', CONTRACT)
    assert [reject.line for reject in table.rejects] == [2, 4]
    assert rows(table) == [(3, "y", "2", "z"), (5, "v", "4", "u")]


def test_lines_that_join_to_no_row_are_judged_each_by_itself() -> None:
    table = csv_text.read_csv(HEADER + b'1,x,"a\nb",extra\n2,x,y\n', CONTRACT)
    assert [(one.line, one.raw_text) for one in table.rejects] == [
        (2, '1,x,"a'),
        (3, 'b",extra'),
    ]
    assert rows(table) == [(4, "x", "2", "y")]


def seconds(data: bytes) -> float:
    start = time.process_time()
    try:
        csv_text.read_csv(data, CONTRACT)
    except FileRefusedError as refusal:
        assert "quotes" in refusal.reason("x.csv")
    return time.process_time() - start


@pytest.mark.parametrize(
    "line",
    [
        b'1,"x",y\n',
        b'1,"x,y\n',
        b'"""\n',
        b'1,"x""\n',
        b'",\n',
        b'1,"x\ny","\n',
    ],
    ids=repr,
)
def test_reading_takes_time_in_proportion_to_the_file(line: bytes) -> None:
    few, many = 25_000, 200_000
    short = min(seconds(HEADER + line * (few // len(line))) for _ in range(3))
    long = min(seconds(HEADER + line * (many // len(line))) for _ in range(2))
    # eight times the bytes: 64 times the time if it were quadratic
    assert long < 25 * short + 0.1


def test_long_lines_take_no_longer_than_short_ones() -> None:
    quoted = b'1,"x",y\n'
    of_short = seconds(HEADER + quoted + (b"1," + b"x" * 20 + b",y\n") * 60_000)
    of_long = seconds(HEADER + quoted + (b"1," + b"x" * 30_000 + b",y\n") * 50)
    # both have 1.5 MB; looking for a quote from each character of a line took 100 times as long
    assert of_long < 10 * of_short + 0.1


def test_rows_whose_fields_span_lines_are_sampled() -> None:
    notes = b"".join(b'%d,"line one, of\n\nJo Bloggs\nthree",c%d\n' % (n, n) for n in range(5_000))
    sample = csv_text.sampled_rows(HEADER + notes, 400)
    assert 350 <= len(sample) <= 401
    assert {row[1] for row in sample} == {"line one, of\n\nJo Bloggs\nthree"}
    assert len({row[0] for row in sample}) == len(sample)
    assert all(row[2] == f"c{row[0]}" for row in sample)
