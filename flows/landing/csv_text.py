"""CSV bytes to a text table: fast where the file is plain, careful where anything is odd.

The fast way gives the whole file to Arrow and is used only where a line is certain to be a
record. The careful way takes line by line, so that an unclosed quote or a ragged row costs
its own line and no other. Both give the same rows for a file that both can read. A line break
inside quotes is not accepted: it cannot be told from a quote that somebody forgot to close.
"""

from __future__ import annotations

import csv
import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from flows.landing.contract import Column, Contract, HeaderMatch, match_header
from flows.landing.decoding import to_utf8
from flows.landing.refusal import FileRefused
from flows.landing.text_table import Reject, TextTable

# A cell of a spreadsheet holds 32,767 characters; more is no field of a table.
MAX_FIELD_CHARACTERS = 32_767
# csv.reader gives up at 131,072 characters a field: longer lines are judged before it sees them.
MAX_LINE_CHARACTERS = 131_072

_LINE_END = re.compile(r"\r\n|\n|\r")
_QUOTED_LINE = re.compile(rb'[^\r\n]*"[^\r\n]*')
# A quote may only open a field, close it, or stand doubled inside it.
_WELL_QUOTED = re.compile(rb'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*')

_DICTIONARY = pa.dictionary(pa.int32(), pa.string())


def read_csv(data: bytes, contract: Contract) -> TextTable:
    """Read a CSV by the header names of its contract, columns in any order.

    Rows and rejects together are all lines after the header that are not blank. Raises
    FileRefused where the file as a whole is no such table.
    """
    if not data.strip():
        raise FileRefused(
            "the file is empty",
            expected="a header line and rows",
            next_step="ask the supplier to send the file again",
        )
    text, encoding = to_utf8(data)
    header, body_start = _header(text)
    match = match_header(contract, header)
    body = memoryview(text)[body_start:]
    table = _read_fast(text, body_start, body, match) or _read_carefully(body, match)
    table.encoding = encoding
    table.unknown_headers = match.unknown
    return table


def headers_of(data: bytes) -> list[str]:
    """Give the headers of a CSV as they stand on its first line. Raises FileRefused for none."""
    return _header(to_utf8(data)[0])[0]


def arrow_type(column: Column) -> pa.DataType:
    """Give the type in which a column's text is held: a dictionary where values repeat."""
    return _DICTIONARY if column.repeats else pa.string()


def _header(text: bytes) -> tuple[list[str], int]:
    found = re.search(rb"\r\n|\n|\r", text)
    end, start = found.span() if found else (len(text), len(text))
    if end > MAX_LINE_CHARACTERS or b"\0" in text[:end]:
        raise FileRefused(
            "the first line is no header",
            line=1,
            expected="a line of comma-separated headers in UTF-8 (a NUL or an endless line is "
            "a sign of binary data or of UTF-16 without a byte order mark)",
            next_step="save the table as 'CSV UTF-8' and send it again",
        )
    try:
        fields = next(csv.reader([text[:end].decode()], strict=True), [])
    except csv.Error:
        raise FileRefused(
            "a quote in the header is not closed",
            line=1,
            expected="headers with closed quotes or none",
            next_step="mend the first line and send the file again",
        ) from None
    return fields, start


def _read_fast(text: bytes, start: int, body: memoryview, match: HeaderMatch) -> TextTable | None:
    """Read with Arrow, or give None where a line might not be a record."""
    names = [f"#{position}" for position in range(match.width)]
    types = {names[at]: arrow_type(column) for at, column in match.positions.items()}
    if not len(body):
        empty = {c.name: pa.array([], arrow_type(c)) for c in match.positions.values()}
        return TextTable(empty, pa.array([], pa.int64()), "", lambda line: "")
    if b"\0" in text:
        return None
    if text.find(b'"', start) >= 0:
        for quoted in _QUOTED_LINE.finditer(text, start):
            if _WELL_QUOTED.fullmatch(quoted.group()) is None:
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
    columns = {
        column.name: table.column(names[at]).combine_chunks()
        for at, column in match.positions.items()
    }
    if _has_empty_row(list(columns.values())):  # Arrow gives a blank line as a row of nulls
        return None
    for array in columns.values():
        words = array.dictionary if pa.types.is_dictionary(array.type) else array
        longest = pc.max(pc.binary_length(words)).as_py()
        if longest is not None and longest > MAX_FIELD_CHARACTERS:
            return None
    lines = pa.array(np.arange(2, table.num_rows + 2))
    return TextTable(columns, lines, "", _Lines(body))


def _has_empty_row(columns: list[pa.Array]) -> bool:
    if any(not column.null_count for column in columns):
        return False
    empty = columns[0].is_null()
    for column in columns[1:]:
        empty = pc.and_(empty, column.is_null())
    return bool(pc.any(empty).as_py())


class _Lines:
    """Finds the text of a line by its number; the file is split only if somebody asks."""

    def __init__(self, body: memoryview) -> None:
        self._body = body
        self._split: list[str] | None = None

    def __call__(self, line: int) -> str:
        if self._split is None:
            self._split = _LINE_END.split(bytes(self._body).decode())
        return self._split[line - 2]


def _read_carefully(body: memoryview, match: HeaderMatch) -> TextTable:
    """Read line by line; each line that is no row of the table becomes a reject."""
    lines = _LINE_END.split(bytes(body).decode())
    rows: list[list[str]] = []
    numbers: list[int] = []
    rejects: list[Reject] = []
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        if len(line) > MAX_LINE_CHARACTERS:
            raise _too_long(number, None)
        fault, fields = _fields(line, match.width)
        if max(map(len, fields), default=0) > MAX_FIELD_CHARACTERS:
            raise _too_long(number, max(range(len(fields)), key=lambda at: len(fields[at])) + 1)
        if fault:
            rejects.append(Reject(number, "", fault, line))
            continue
        rows.append(fields)
        numbers.append(number)
    columns = {}
    for at, column in match.positions.items():
        array = pa.array([row[at] or None for row in rows], pa.string())
        columns[column.name] = array.dictionary_encode() if column.repeats else array
    return TextTable(
        columns, pa.array(numbers, pa.int64()), "", lambda line: lines[line - 2], rejects
    )


def _fields(line: str, width: int) -> tuple[str, list[str]]:
    """Split one line into fields; the first part says what is wrong with it, if anything."""
    if "\0" in line:
        return "the line holds a NUL character; expected printable text", []
    if '"' not in line:
        fields = line.split(",")
    elif _WELL_QUOTED.fullmatch(line.encode()) is None:
        return (
            "a quote is opened and not closed on this line, or stands inside an unquoted field; "
            "expected quotes around whole fields, doubled inside them, without line breaks",
            [],
        )
    else:
        fields = next(csv.reader([line], strict=True))
    if len(fields) != width:
        return f"expected {width} fields as in the header, found {len(fields)}", fields
    return "", fields


def _too_long(line: int, column: int | None) -> FileRefused:
    return FileRefused(
        "a field is longer than any cell of a table can be",
        line=line,
        column=None if column is None else str(column),
        expected=f"fields of at most {MAX_FIELD_CHARACTERS:,} characters",
        next_step="look at that line for a forgotten line break or quote, mend it and send again",
    )
