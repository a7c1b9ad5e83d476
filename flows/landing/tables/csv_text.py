"""CSV bytes to a text table: fast where the file is plain, careful where anything is odd.

The fast way gives the whole file to Arrow and is used only where every line is certain to be a
record. The careful way takes record by record (`flows.landing.tables.csv_records`), so that an
unclosed quote or a ragged row costs its own line and no other. Both give the same rows for a file
that both can read.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from flows.landing.tables.contract import Column, Contract, HeaderMatch, match_header
from flows.landing.tables.csv_records import (
    LINE_END,
    MAX_FIELD_CHARACTERS,
    MAX_LINE_BREAKS,
    MAX_LINE_CHARACTERS,
    header_record,
    is_well_quoted,
    lines_in,
    records,
)
from flows.landing.tables.decoding import to_utf8
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.text import Reject, TextTable

_SAMPLED_WITHIN = 2 * MAX_LINE_CHARACTERS
_DICTIONARY = pa.dictionary(pa.int32(), pa.string())


def read_csv(data: bytes, contract: Contract) -> TextTable:
    """Read a CSV by the header names of its contract, columns in any order.

    Rows and rejects together are all lines after the header that are not blank. Raises
    FileRefusedError where the file as a whole is no such table.
    """
    if not data.strip():
        raise FileRefusedError(
            "the file is empty",
            expected="a header line and rows",
            next_step="ask the supplier to send the file again",
        )
    text, encoding = to_utf8(data)
    header, body_start, first_line = _header(text)
    match = match_header(contract, header)
    table = _read_fast(text, body_start, first_line, match) or _read_carefully(
        text, body_start, first_line, match
    )
    table.encoding = encoding
    table.unknown_headers = match.unknown
    return table


def headers_of(data: bytes) -> list[str]:
    """Give the headers of a CSV as they stand on its first line.

    Raises FileRefusedError for none.
    """
    return _header(to_utf8(data)[0])[0]


def sampled_rows(data: bytes, count: int) -> list[list[str]]:
    """Give some rows from places spread over the whole file, those with a field for each header."""
    text, _ = to_utf8(data)
    header, start, _ = _header(text)

    def fits(fields: list[str]) -> bool:
        return len(fields) == len(header)

    rows = []
    reached = start
    step = max(1, (len(text) - start) // count)
    for place in range(start, len(text), step):
        begin = place if place == start else text.find(b"\n", place) + 1
        if begin < reached or (begin == 0 and place != start):
            continue
        # inside a quoted field no line is a row: the next one that is begins below it
        near = text[begin : begin + _SAMPLED_WITHIN].decode("utf-8", "replace")
        try:
            for record in islice(records(near, 1, fits), MAX_LINE_BREAKS + 2):
                if not record.fault and fits(record.fields):
                    rows.append(record.fields)
                    reached = begin + len(near[: record.end].encode()) + 1
                    break
        except FileRefusedError:
            continue
    return rows


def arrow_type(column: Column) -> pa.DataType:
    """Give the type in which a column's text is held: a dictionary where values repeat."""
    return _DICTIONARY if column.repeats else pa.string()


def _header(text: bytes) -> tuple[list[str], int, int]:
    """Give the headers, where the body starts, and on which line."""
    # a header that spans lines is short: no more of the file needs to be looked at
    beginning = text[: 4 * MAX_LINE_CHARACTERS].decode(errors="ignore")
    found = LINE_END.search(beginning)
    end = found.start() if found else len(beginning)
    if end > MAX_LINE_CHARACTERS or "\0" in beginning[:end]:
        raise FileRefusedError(
            "the first line is no header",
            line=1,
            expected="a line of comma-separated headers in UTF-8 (a NUL or an endless line is "
            "a sign of binary data or of UTF-16 without a byte order mark)",
            next_step="save the table as 'CSV UTF-8' and send it again",
        )
    if not beginning[:end].strip():
        return ([beginning[:end]] if end else []), _after(text, end), 2
    header = header_record(beginning)
    if header.fault:
        raise FileRefusedError(
            "a quote in the header is not closed",
            line=1,
            expected="headers with closed quotes or none",
            next_step="ask the supplier for a corrected file",
        )
    start = _after(text, len(beginning[: header.end].encode()))
    return header.fields, start, 2 + header.breaks


def _after(text: bytes, end: int) -> int:
    """Skip the line end that stands at `end`."""
    return end + (2 if text[end : end + 2] == b"\r\n" else 1 if end < len(text) else 0)


def _read_fast(text: bytes, start: int, first_line: int, match: HeaderMatch) -> TextTable | None:
    """Read with Arrow, or give None where a line might not be a record."""
    names = [f"#{position}" for position in range(match.width)]
    types = {names[at]: arrow_type(column) for at, column in match.positions.items()}
    body = memoryview(text)[start:]
    if not len(body):
        empty = {c.name: pa.array([], arrow_type(c)) for c in match.positions.values()}
        return TextTable(empty, pa.array([], pa.int64()), "", lambda line: "")
    if b"\0" in text:
        return None
    has_quotes = text.find(b'"', start) >= 0
    if has_quotes and not is_well_quoted(text, start):
        return None
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(body)),
            read_options=arrow_csv.ReadOptions(
                # Landing runs files side by side: one thread a file is the faster use of cores.
                use_threads=False,
                column_names=names,
                block_size=len(body) + 1,  # one block, hence one chunk and one dictionary
            ),
            parse_options=arrow_csv.ParseOptions(ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(
                column_types=types,
                include_columns=list(types),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid:
        return None
    if has_quotes and table.num_rows != lines_in(text, start):
        return None  # a quoted field spans lines
    columns = {
        column.name: table.column(names[at]).combine_chunks()
        for at, column in match.positions.items()
    }
    if _has_empty_row(list(columns.values())):  # Arrow gives a blank line as a row of nulls
        return None
    for values in columns.values():
        words = values.dictionary if pa.types.is_dictionary(values.type) else values
        longest = pc.max(pc.binary_length(words)).as_py()
        if longest is not None and longest > MAX_FIELD_CHARACTERS:
            return None
    lines = pa.array(np.arange(first_line, table.num_rows + first_line))
    return TextTable(columns, lines, "", _Lines(body, first_line))


def _has_empty_row(columns: list[pa.Array]) -> bool:
    if any(not column.null_count for column in columns):
        return False
    empty = columns[0].is_null()
    for column in columns[1:]:
        empty = pc.and_(empty, column.is_null())
    return bool(pc.any(empty).as_py())


class _Lines:
    """Finds the text of a line by its number; the file is split only if somebody asks."""

    def __init__(self, body: memoryview, first_line: int) -> None:
        self._body = body
        self._first_line = first_line
        self._split: list[str] | None = None

    def __call__(self, line: int) -> str:
        if self._split is None:
            self._split = LINE_END.split(bytes(self._body).decode())
        return self._split[line - self._first_line]


def _read_carefully(text: bytes, start: int, first_line: int, match: HeaderMatch) -> TextTable:
    """Read record by record; each line that is part of no row of the table becomes a reject."""
    body = bytes(memoryview(text)[start:]).decode()
    words: dict[int, list[str | None]] = {at: [] for at in match.positions}
    numbers, starts, ends = array("q"), array("q"), array("q")
    rejects: list[Reject] = []
    for record in records(body, first_line, lambda fields: len(fields) == match.width):
        fault = record.fault
        if not fault and len(record.fields) != match.width:
            fault = f"expected {match.width} fields as in the header, found {len(record.fields)}"
        if fault:
            rejects.append(Reject(record.line, "", fault, body[record.start : record.end]))
            continue
        for at, values in words.items():
            values.append(record.fields[at] or None)
        numbers.append(record.line)
        starts.append(record.start)
        ends.append(record.end)
    columns = {}
    for at, column in match.positions.items():
        values = pa.array(words.pop(at), pa.string())
        columns[column.name] = values.dictionary_encode() if column.repeats else values

    def raw_line(line: int) -> str:
        row = bisect_left(numbers, line)
        return body[starts[row] : ends[row]]

    return TextTable(columns, pa.array(numbers, pa.int64()), "", raw_line, rejects)
