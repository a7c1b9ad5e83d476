"""Gives rows of a workbook with wrapped text their height.

Excel finds it when a workbook is opened; LibreOffice and previews draw the lines over each other.
"""

from __future__ import annotations

import html
import math
import re

_HEIGHT = 15.0
_WRAPS = re.compile(rb"<xf [^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_ROW = re.compile(rb'(<row r="\d+"(?: spans="[^"]*")?)(>.*?</row>)', re.DOTALL)
_CELL = re.compile(rb'<c r="(?P<column>[A-Z]+)\d+" s="(?P<style>\d+)" t="s"><v>(?P<text>\d+)</v>')
_COLUMN = re.compile(rb'<col min="(\d+)" max="(\d+)" width="([\d.]+)"')


def wrapping_styles(styles: bytes) -> set[int]:
    """Return the numbers of the cell styles whose text wraps."""
    listed = re.search(rb"<cellXfs[^>]*>(.*?)</cellXfs>", styles, re.DOTALL)
    found = _WRAPS.findall(listed[1]) if listed is not None else []
    return {at for at, style in enumerate(found) if b'wrapText="1"' in style}


def lengths_of_texts(shared: bytes) -> list[int]:
    """Return how many characters each text of the workbook has."""
    texts = re.findall(rb"<si>(.*?)</si>", shared, re.DOTALL)
    return [len(html.unescape(re.sub(rb"<[^>]*>", b"", text).decode())) for text in texts]


def with_row_heights(sheet: bytes, wrapping: set[int], lengths: list[int]) -> bytes:
    """Set the height of each row in which a text is longer than its column is wide."""
    widths = {
        number: float(width)
        for first, last, width in _COLUMN.findall(sheet)
        for number in range(int(first), int(last) + 1)
    }

    def lines(cell: re.Match[bytes]) -> int:
        width = widths.get(_number_of(cell["column"]), 8.43)
        is_wrapped = int(cell["style"]) in wrapping
        return math.ceil(lengths[int(cell["text"])] / width) if is_wrapped else 1

    def sized(row: re.Match[bytes]) -> bytes:
        most = max((lines(cell) for cell in _CELL.finditer(row[2])), default=1)
        if most == 1:
            return row[0]
        return row[1] + f' ht="{most * _HEIGHT:g}" customHeight="1"'.encode() + row[2]

    return _ROW.sub(sized, sheet)


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number
