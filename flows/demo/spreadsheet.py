"""Workbooks of one sheet whose bytes depend on their cells alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from flows.demo.archive import zipped

Cell = str | int | float | None

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org"
_TYPES = (
    f'{_XML}<Types xmlns="{_OPEN}/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)


def _relations(kind: str, target: str) -> str:
    return (
        f'{_XML}<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_OPEN}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        "</Relationships>"
    )


def workbook(
    rows: Iterable[Sequence[Cell]], titles: Sequence[str] = (), sheet: str = "Synthetic"
) -> bytes:
    """Write rows as an XLSX, below title rows and an empty one where there are titles."""
    above: list[Sequence[Cell]] = [[title] for title in titles]
    if titles:
        above.append([])
    body = "".join(_row(row) for row in [*above, *rows])
    parts = (
        ("[Content_Types].xml", _TYPES),
        ("_rels/.rels", _relations("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            f'{_XML}<workbook xmlns="{_OPEN}/spreadsheetml/2006/main" '
            f'xmlns:r="{_OPEN}/officeDocument/2006/relationships"><sheets>'
            f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        ),
        ("xl/_rels/workbook.xml.rels", _relations("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/worksheets/sheet1.xml",
            f'{_XML}<worksheet xmlns="{_OPEN}/spreadsheetml/2006/main"><sheetData>{body}'
            "</sheetData></worksheet>",
        ),
    )
    return zipped((name, text.encode()) for name, text in parts)


def _row(row: Sequence[Cell]) -> str:
    return f"<row>{''.join(map(_cell, row))}</row>"


def _cell(value: Cell) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"
