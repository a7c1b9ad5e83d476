"""Whether rows and rejects account for every line of a CSV, by the standard library's reading."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from flows.landing.tables.decoding import to_utf8


def check_every_line_is_told(data: bytes, told: Iterable[int]) -> None:
    """Fail unless each line below the header is a row, a reject, blank or inside a row's quotes.

    `told` are the lines on which rows and rejects begin, each once.
    """
    lines = re.split("\r\n|\n|\r", to_utf8(data)[0].decode())
    width = len(lines[0].split(","))
    numbers = list(told)
    seen = set(numbers)
    assert len(seen) == len(numbers)
    filled = {number for number, line in enumerate(lines, 1) if number > 1 and line.strip()}
    assert seen <= filled
    check_inside_a_row(lines, seen, filled - seen, width)


def check_inside_a_row(lines: list[str], seen: set[int], missing: set[int], width: int) -> None:
    """Fail unless each missing line is part of a row that begins above it and is quoted well."""
    for number in missing:
        first = max(begun for begun in seen if begun < number)
        after = min((begun for begun in seen if begun > number), default=len(lines) + 1)
        # What follows the row's last line is blank, or needs no mention (notes below a table).
        last = max(one for one in missing if one < after)
        joined = "\n".join(lines[first - 1 : last])
        row, *blank = csv.reader(io.StringIO(joined, newline=""), strict=True)
        assert len(row) == width
        assert not any(word.strip() for one in blank for word in one)
