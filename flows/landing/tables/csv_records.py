"""Lines of CSV to records: a quoted field may span lines, and an unclosed quote may not.

A quote that somebody forgot to close looks like one that is closed by the next forgotten one, some
hundred rows further down. Lines are joined to one record only where that makes exactly
one row of the table and none of the lines between is a row of its own; otherwise each line is
judged by itself. Nothing is lost either way: every line is part of one record.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from flows.landing.tables.refusal import FileRefusedError

# A cell of a spreadsheet holds 32,767 characters and 253 line breaks; more is no field of a table.
MAX_FIELD_CHARACTERS = 32_767
MAX_LINE_BREAKS = 253
# csv.reader gives up at 131,072 characters a field: longer lines are judged before it sees them.
MAX_LINE_CHARACTERS = 131_072

LINE_END = re.compile(r"\r\n|\n|\r")
# A quote may only open a field, close it, or stand doubled inside it.
_QUOTED = r'"[^"]*+(?:""[^"]*+)*+"'
_WELL_QUOTED = re.compile(rf'(?:{_QUOTED}|[^",]*+)(?:,(?:{_QUOTED}|[^",]*+))*+')

# Looking for the end of a quote that has none costs up to a field's length each time: so much is
# spent on a file (some seconds) and no more.
_STEPS_SPENT_IN_VAIN = 2_000_000
_CHARACTERS_A_STEP = 50

_COMMA, _LINE_FEED, _RETURN, _QUOTE = b',\n\r"'


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line that it begins on, its fields, or what is wrong with the line.

    `breaks` is how many line breaks stand inside its quoted fields, `start` and `end` where its
    text lies.
    """

    line: int
    fields: list[str]
    fault: str
    start: int
    end: int
    breaks: int = 0


def is_well_quoted(text: bytes, start: int) -> bool:
    """Say whether every quote from `start` on opens a field, closes it or stands doubled in it.

    Takes time in proportion to the length of the text. Line breaks inside quotes are well quoted.
    """
    body = np.frombuffer(text, np.uint8)[start:]
    quotes = np.flatnonzero(body == _QUOTE)
    if len(quotes) % 2:
        return False
    if not len(quotes):
        return True
    opening, closing = quotes[0::2], quotes[1::2]
    doubled = opening[1:] == closing[:-1] + 1
    before = body[opening[1:] - 1]
    first = opening[0] == 0 or _ends_field(body[opening[0] - 1])
    last = closing[-1] == len(body) - 1 or _ends_field(body[closing[-1] + 1])
    after = body[closing[:-1] + 1]
    return bool(
        first
        and last
        and np.all(doubled | _ends_field(before))
        and np.all(doubled | _ends_field(after))
    )


def _ends_field(byte: Any) -> Any:
    return (byte == _COMMA) | (byte == _LINE_FEED) | (byte == _RETURN)


def lines_in(text: bytes, start: int) -> int:
    """Count the lines from `start` on; a last one needs no line end."""
    ends = text.count(b"\n", start)
    returns = text.count(b"\r", start)
    if returns:
        ends += returns - text.count(b"\r\n", start)
    return ends + (len(text) > start and text[-1] not in b"\r\n")


def header_record(text: str) -> Record:
    """Give the first record of a text, which may span lines where its quotes are closed.

    A quote inside an unquoted header is one of its characters.
    """
    record = next(records(text, 1, lambda fields: True, between=False))
    if record.fault:
        try:
            fields = next(csv.reader([text[record.start : record.end]], strict=True))
        except csv.Error:
            return record
        return replace(record, fault="", fields=fields)
    return record


def records(
    text: str,
    first_line: int,
    fits: Callable[[list[str]], bool],
    *,
    start: int = 0,
    between: bool = True,
) -> Iterator[Record]:
    """Give the records of a text from `start`, which is on line `first_line`; blank lines are none.

    `fits` says whether fields are a row of the table: lines are joined only to such a row. With
    `between`, they are not where one of the lines between would be a row by itself. Raises
    FileRefusedError for a field that is longer than any cell can be.
    """
    line = first_line
    at = start
    in_vain = 0
    while at < len(text):
        found = LINE_END.search(text, at)
        end, after = found.span() if found else (len(text), len(text))
        if end - at > MAX_LINE_CHARACTERS:
            raise _too_long(line, None)
        words = text[at:end]
        if not words.strip():
            line, at = line + 1, after
            continue
        fault, fields = fields_of(words)
        breaks = 0
        if fault and '"' in words:
            joined, steps = _joined(text, at, fits, between)
            if joined is None:
                in_vain += steps
                if in_vain > _STEPS_SPENT_IN_VAIN:
                    raise _too_many_quotes(line)
            else:
                fault, fields = "", joined[0]
                end, breaks = joined[1], joined[2]
                found = LINE_END.match(text, end)
                after = found.end() if found else len(text)
        if max(map(len, fields), default=0) > MAX_FIELD_CHARACTERS:
            raise _too_long(line, max(range(len(fields)), key=lambda one: len(fields[one])) + 1)
        yield Record(line, fields, fault, at, end, breaks)
        line, at = line + 1 + breaks, after


def fields_of(line: str) -> tuple[str, list[str]]:
    """Split one line into fields; the first part says what is wrong with it, if anything."""
    if "\0" in line:
        return "the line holds a NUL character; expected printable text", []
    if '"' not in line:
        return "", line.split(",")
    if _WELL_QUOTED.fullmatch(line) is None:
        return (
            "a quote is opened and not closed, or stands inside an unquoted field; expected "
            "quotes around whole fields, doubled inside them",
            [],
        )
    return "", next(csv.reader([line], strict=True))


def _joined(
    text: str, start: int, fits: Callable[[list[str]], bool], between: bool
) -> tuple[tuple[list[str], int, int] | None, int]:
    """Join lines to the record that begins at `start`, if they make one row; and count the steps.

    Gives its fields, where it ends and how many line breaks it holds.
    """
    end, steps = _end_of_record(text, start)
    if end is None or "\0" in text[start:end]:
        return None, steps
    words = text[start:end]
    lines = LINE_END.split(words)
    if not 1 <= len(lines) - 1 <= MAX_LINE_BREAKS:
        return None, steps
    fields = next(csv.reader([words], strict=True))
    steps += len(lines) + len(words) // _CHARACTERS_A_STEP
    if max(map(len, fields)) > MAX_FIELD_CHARACTERS or not fits(fields):
        return None, steps
    if between and len(fields) > 1:
        for line in lines[1:-1]:
            fault, own = fields_of(line)
            if not fault and fits(own):
                return None, steps
    return (fields, end, len(lines) - 1), steps


def _end_of_record(text: str, start: int) -> tuple[int | None, int]:
    """Find where a record ends whose quoted fields may span lines; None where a quote is amiss."""
    at = start
    limit = start + MAX_LINE_CHARACTERS
    steps = 0
    while at <= len(text):
        if text.startswith('"', at):
            close = at
            while True:
                steps += 1
                close = text.find('"', close + 1, limit)
                if close < 0:
                    return None, steps
                if not text.startswith('"', close + 1):
                    break
                close += 1
            at = close + 1
        else:
            steps += 1
            found = _UNQUOTED.match(text, at)
            at = found.end() if found else at
        if at >= len(text) or text[at] in "\r\n":
            return at, steps
        if text[at] != ",":
            return None, steps
        at += 1
    return None, steps


_UNQUOTED = re.compile(r'[^",\r\n]*+')


def _too_long(line: int, column: int | None) -> FileRefusedError:
    return FileRefusedError(
        "a field is longer than any cell of a table can be",
        line=line,
        column=None if column is None else str(column),
        expected=f"fields of at most {MAX_FIELD_CHARACTERS:,} characters",
        next_step="ask the supplier to look at that line for a forgotten line break or quote, and "
        "to send a corrected file",
    )


def _too_many_quotes(line: int) -> FileRefusedError:
    return FileRefusedError(
        "so many quotes are opened and not closed that its lines cannot be separated",
        line=line,
        expected="quotes around whole fields, doubled inside them",
        next_step="ask the supplier for a corrected file, saved as 'CSV UTF-8'",
    )
