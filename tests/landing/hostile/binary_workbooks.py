"""The least of a binary workbook (XLSB), written record by record after [MS-XLSB]."""

from __future__ import annotations

import struct

from ..malformed.damage import zipped

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"'
    "/></Types>"
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}"/></Relationships>'
)
ERROR_REF = 0x17


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    assert len(content) < 0x80
    return head + bytes([len(content)]) + content


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows: list[list[str | float | None]]) -> bytes:
    """Write one sheet; a cell that is None holds #REF!."""
    index = _record(0x83) + _record(0x8F)
    index += _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("Sheet"))
    index += _record(0x90) + _record(0x84)
    width = max(map(len, rows))
    sheet = _record(0x81) + _record(0x94, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
    sheet += _record(0x91)
    for number, row in enumerate(rows):
        sheet += _record(0, struct.pack("<I", number) + bytes(13))
        for column, cell in enumerate(row):
            head = struct.pack("<II", column, 0)
            if cell is None:
                sheet += _record(3, head + bytes([ERROR_REF]))
            elif isinstance(cell, str):
                sheet += _record(6, head + _text(cell))
            else:
                sheet += _record(5, head + struct.pack("<d", cell))
    sheet += _record(0x92) + _record(0x82)
    return zipped(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _RELATIONS.format(
                kind="officeDocument", target="xl/workbook.bin"
            ).encode(),
            "xl/workbook.bin": index,
            "xl/_rels/workbook.bin.rels": _RELATIONS.format(
                kind="worksheet", target="worksheets/sheet1.bin"
            ).encode(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def _biff(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def xls(rows: list[list[str | float | None]]) -> bytes:
    """Write one sheet as XLS; a cell that is None holds #REF!, in every other row by a formula."""
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    name = b"\x05\x00Sheet"
    formats = _biff(0x00E0, bytes(20))
    length = 4 + len(begin) + len(formats) + 4 + 6 + len(name) + 4
    stream = _biff(0x0809, begin) + formats
    stream += _biff(0x0085, struct.pack("<IBB", length, 0, 0) + name)
    stream += _biff(0x000A)
    assert len(stream) == length
    begin = struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)
    stream += _biff(0x0809, begin)
    stream += _biff(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            head = struct.pack("<HHH", number, column, 0)
            if cell is None and number % 2:
                stream += _biff(0x0205, head + bytes([ERROR_REF, 1]))
            elif cell is None:
                result = bytes([2, 0, ERROR_REF, 0, 0, 0, 0xFF, 0xFF])
                stream += _biff(
                    0x0006, head + result + bytes(6) + struct.pack("<HBB", 2, 0x1C, ERROR_REF)
                )
            elif isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 0) + cell.encode("latin-1")
                stream += _biff(0x0204, head + text)
            else:
                stream += _biff(0x0203, head + struct.pack("<d", cell))
    return _compound(stream + _biff(0x000A))


def _compound(stream: bytes) -> bytes:
    """Write the least of a compound file ([MS-CFB]) that holds a workbook's stream."""
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    stream = stream.ljust(4096, b"\0")
    stream = stream.ljust(-(-len(stream) // 512) * 512, b"\0")
    sectors = len(stream) // 512
    chain = [table, end, *range(3, 2 + sectors), end]
    chain += [free] * (128 - len(chain))
    assert len(chain) == 128
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (name + "\0").encode("utf-16-le") if name else b""
        return (
            text.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(text), kind, 1, free, free, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))
    directory += entry("", 0, free, 0, 0) * 2
    return header + struct.pack("<128I", *chain) + directory + stream
