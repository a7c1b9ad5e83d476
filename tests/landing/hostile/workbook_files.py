"""Workbooks that end, hang or swell their reader, or in which cells are lost; all made by code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import openpyxl

from tests.landing.sources.official.workbooks import ods, xlsx

HEADER = ["area", "indicator", "2025-07", "2025-08"]
ROWS: list[list[Any]] = [HEADER, ["Dudley", "knife_crime", 3, 4], ["Walsall", "robbery", 5, 6]]
SHEET = "xl/worksheets/sheet1.xml"
_SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(change: Callable[[openpyxl.Workbook], object] = lambda one: None) -> bytes:
    """Write wide counts as an XLSX and change them."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in ROWS:
        sheet.append(row)
    change(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change one part of a packed workbook; nothing is packed, so that no ratio gives it away."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return buffer.getvalue()


def _replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(xml: bytes) -> bytes:
        assert old in xml
        return xml.replace(old, new, 1)

    return change


def _cell(place: str, value: object) -> Callable[[openpyxl.Workbook], object]:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook.worksheets[0][place] = value

    return change


def _second_sheet(workbook: openpyxl.Workbook) -> None:
    workbook.create_sheet("More").append(HEADER)


def _strings(count: int) -> bytes:
    """Give a workbook whose strings are counted as more than there can be."""
    text = b'<sst %s count="%d" uniqueCount="%d"><si><t>area</t></si></sst>' % (
        _SPACE,
        count,
        count,
    )
    types = (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    relation = (
        b'<Relationship Id="rIdS" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.'
        b'org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    data = with_part(book(), "[Content_Types].xml", _replaced(b"</Types>", types))
    data = with_part(data, "xl/_rels/workbook.xml.rels", _replaced(b"</Relationships>", relation))
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", text)
    return buffer.getvalue()


def _long_strings() -> bytes:
    """Give a workbook in which one long text stands in very many cells."""
    cells = b"".join(b'<row><c t="s"><v>0</v></c></row>' for _ in range(60_000))
    data = _strings(1)
    data = with_part(data, "xl/sharedStrings.xml", _replaced(b"area", b"x" * 30_000))
    return with_part(
        data, SHEET, lambda xml: b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (
            _SPACE, cells,
        )
    )  # fmt: skip


def _many_columns(count: int) -> Callable[[bytes], bytes]:
    cells = b"<c><v>1</v></c>" * count
    return lambda xml: (
        b'<worksheet %s><sheetData><row r="1">%s</row></sheetData></worksheet>' % (_SPACE, cells)
    )


def _entities(xml: bytes) -> bytes:
    letters = "abcdefghijkl"
    declared = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(letters)
    )
    return b"<!DOCTYPE w [%s]>%s" % (
        declared.encode(),
        xml.replace(b'name="Sheet"', b'name="&l;"'),
    )


_ODS = ods({"Sheet": ROWS})
_FLOAT = b'<table:table-cell office:value-type="float"'

REFUSED: dict[str, tuple[bytes, str]] = {
    "last-cell.xlsx": (book(_cell("XFD1048576", 1)), "spans 1,048,576 rows and 16,384 columns"),
    "far-cell.xlsx": (book(_cell("ZZ200000", 1)), "spans 200,000 rows and 702 columns"),
    "far-row.xlsx": (
        with_part(book(), SHEET, _replaced(b'r="C3"', b'r="C99999999999"')),
        "spans 99,999,999,999 rows",
    ),
    "far-column.xlsx": (
        with_part(book(), SHEET, _replaced(b'r="C3"', b'r="AAAAAAAAAAAAAAA3"')),
        "columns",
    ),
    "damaged-reference.xlsx": (
        with_part(book(), SHEET, _replaced(b'r="C3"', b'r="3C"')),
        "sheet 'Sheet' of the workbook is damaged",
    ),
    "row-zero.xlsx": (with_part(book(), SHEET, _replaced(b'r="C3"', b'r="C0"')), "damaged"),
    "pdf.xlsx": (b"%PDF-1.7\n" + b"x" * 5_000, "is none"),
    "text.ods": (b"area,indicator\nDudley,knife_crime\n", "is none"),
    "deep.xlsx": (
        with_part(
            book(), "xl/workbook.xml", _replaced(b"<sheets>", b"<a>" * 300_000 + b"<sheets>")
        ),
        "",
    ),
    "billion-strings.xlsx": (_strings(100_000_000_000), "its reader"),
    "million-columns.xlsx": (with_part(book(), SHEET, _many_columns(1_000_000)), ""),
    "long-strings.xlsx": (_long_strings(), ""),
    "entities.xlsx": (with_part(book(), "xl/workbook.xml", _entities), "damaged"),
    "second-sheet-cut.xlsx": (
        with_part(
            book(_second_sheet), "xl/worksheets/sheet2.xml", lambda xml: xml[: len(xml) // 2]
        ),
        "sheet 'More' of the workbook is damaged",
    ),
    "repeated.ods": (
        with_part(
            _ODS,
            "content.xml",
            lambda xml: xml.replace(
                _FLOAT, _FLOAT.replace(b"cell ", b'cell table:number-columns-repeated="16000" ')
            ).replace(
                b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">'
            ),
        ),
        "",
    ),
}
"""By name: the bytes, and words of the reason."""

REJECTED: dict[str, bytes] = {
    "error.xlsx": book(_cell("C2", "#REF!")),
    "not-available.xlsx": book(_cell("C2", "#N/A")),
    "not-calculated.xlsx": book(_cell("C2", "=SUM(A1:A9)")),
    "error.ods": with_part(
        ods({"Sheet": [HEADER, ["Dudley", "knife_crime", "#REF!", 4], ROWS[2]]}),
        "content.xml",
        lambda xml: xml.replace(
            b'office:value-type="string"><text:p>#REF!',
            b'office:value-type="string" office:string-value="" calcext:value-type="error" '
            b'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
            b"<text:p>#REF!",
        ),
    ),
}
"""Wide counts whose cell C2 (Dudley, July) has no number; three cells have one."""

READ: dict[str, bytes] = {
    "sound.xlsx": xlsx({"Sheet": ROWS}),
    "sound.ods": _ODS,
    "deep-sheet.xlsx": with_part(
        book(), SHEET, _replaced(b"<sheetData>", b"<a>" * 2_000_000 + b"<sheetData>")
    ),
    "empty-text-result.xlsx": with_part(
        book(_cell("F1", '=IF(A1="","",A1)')),
        SHEET,
        _replaced(b'<c r="F1"><f>', b'<c r="F1" t="str"><f>'),
    ),
}
