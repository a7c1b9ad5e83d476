"""Error cells of binary workbooks (XLSB, XLS), which the reader of workbooks gives as empty.

The records are those of [MS-XLSB], section 2.1.4 (a type and a size of seven bits a byte, then the
content), and of [MS-XLS] (a type and a size of sixteen bits).
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from flows.landing.inbox.archives import members_of, read_member
from flows.landing.tables.cell_errors import ERROR_CODES
from flows.landing.tables.workbook_xml import relations

_INDEX = "xl/workbook.bin"
_ROW_HEADER, _CELL_ERROR, _FORMULA_ERROR, _BUNDLED_SHEET = 0, 3, 11, 156
_UNKNOWN_ERROR = "#UNKNOWN!"


def xlsb_errors(archive: zipfile.ZipFile) -> dict[str, dict[tuple[int, int], str]]:
    """Give by sheet the cells (row and column from 0) of an XLSB workbook that hold an error."""
    members = {member.path: member for member in members_of(archive)}
    if _INDEX not in members:
        return {}
    targets = {key: target for key, _, target in relations(archive, members, _INDEX)}
    sheets = {}
    for kind, content in _records(read_member(archive, members[_INDEX])):
        if kind != _BUNDLED_SHEET:
            continue
        key, at = _text(content, 8)
        name, _ = _text(content, at)
        target = targets.get(key, "")
        if target in members:
            sheets[name] = _errors(read_member(archive, members[target]))
    return sheets


def _errors(sheet: bytes) -> dict[tuple[int, int], str]:
    cells: dict[tuple[int, int], str] = {}
    row = 0
    for kind, content in _records(sheet):
        if kind == _ROW_HEADER:
            row = int.from_bytes(content[:4], "little")
        elif kind in (_CELL_ERROR, _FORMULA_ERROR) and len(content) > 8:
            column = int.from_bytes(content[:4], "little")
            cells[row, column] = ERROR_CODES.get(content[8], _UNKNOWN_ERROR)
    return cells


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give type and content of each record, as far as the data is whole."""
    at = 0
    while at + 1 < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for place in range(most):
        byte = data[at] if at < len(data) else 0
        at += 1
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            break
    return number, at


def _text(content: bytes, at: int) -> tuple[str, int]:
    """Read a counted text of 16-bit units; an absent one has the count of all bits."""
    count = int.from_bytes(content[at : at + 4], "little")
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN = 0xFFFFFFFA
_SMALL_STREAM = 4096
_BEGIN, _END, _SHEET_PLACE, _BOOLEAN_OR_ERROR, _FORMULA = 0x0809, 0x000A, 0x0085, 0x0205, 0x0006


def xls_errors(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Give by sheet the cells (row and column from 0) of an XLS workbook that hold an error.

    Nothing is given of what is no such workbook, or is damaged: its reader judges that.
    """
    if not data.startswith(_COMPOUND):
        return {}
    try:
        stream = _workbook_stream(data)
    except (struct.error, IndexError, ValueError):
        return {}
    names: dict[int, str] = {}
    sheets: dict[str, dict[tuple[int, int], str]] = {}
    cells: dict[tuple[int, int], str] = {}
    for place, kind, content in _xls_records(stream):
        if kind == _SHEET_PLACE and len(content) > 8 and content[5] == 0:
            count, wide = content[6], content[7] & 1
            text = content[8 : 8 + count * (1 + wide)]
            names[int.from_bytes(content[:4], "little")] = text.decode(
                "utf-16-le" if wide else "latin-1", "replace"
            )
        elif kind == _BEGIN:
            cells = sheets.setdefault(names.get(place, ""), {})
        elif kind == _BOOLEAN_OR_ERROR and len(content) >= 8 and content[7] == 1:
            cells[_xls_place(content)] = ERROR_CODES.get(content[6], _UNKNOWN_ERROR)
        elif kind == _FORMULA and content[6:7] == b"\x02" and content[12:14] == b"\xff\xff":
            cells[_xls_place(content)] = ERROR_CODES.get(content[8], _UNKNOWN_ERROR)
    return sheets


def _xls_place(content: bytes) -> tuple[int, int]:
    row, column = struct.unpack_from("<HH", content)
    return row, column


def _xls_records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _workbook_stream(data: bytes) -> bytes:
    """Take the workbook's stream out of a compound file ([MS-CFB])."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    small_size = 1 << struct.unpack_from("<H", data, 32)[0]
    directory_at, small_table_at = (struct.unpack_from("<I", data, at)[0] for at in (48, 60))

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    table_sectors = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    seen = set()
    while more < _END_OF_CHAIN and more not in seen:
        seen.add(more)
        *numbers, more = struct.unpack(f"<{size // 4}I", sector(more))
        table_sectors += numbers
    table: list[int] = []
    for number in table_sectors:
        if number < _END_OF_CHAIN:
            table += struct.unpack(f"<{size // 4}I", sector(number))

    def chain(first: int, following: list[int]) -> Iterator[int]:
        passed = set()
        while first < _END_OF_CHAIN and first not in passed:
            passed.add(first)
            yield first
            first = following[first]

    directory = b"".join(sector(number) for number in chain(directory_at, table))
    entries = {}
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        entries[name] = struct.unpack_from("<II", directory, at + 116)
    start, count = entries.get("Workbook") or entries.get("Book") or (_END_OF_CHAIN, 0)
    if count >= _SMALL_STREAM:
        return b"".join(sector(number) for number in chain(start, table))[:count]
    root = entries.get("Root Entry", (_END_OF_CHAIN, 0))[0]
    small = b"".join(sector(number) for number in chain(root, table))
    packed = b"".join(sector(number) for number in chain(small_table_at, table))
    small_table = list(struct.unpack(f"<{len(packed) // 4}I", packed))
    parts = (
        small[number * small_size : (number + 1) * small_size]
        for number in chain(start, small_table)
    )
    return b"".join(parts)[:count]
