"""What the XML of a workbook says before it is loaded: how far its sheets reach, and its errors.

A reader of workbooks sets memory aside for the whole rectangle from the first to the last filled
cell: one value in the last cell of a sheet asks for 550 GB. And it gives cells with an error, or
with a formula that was never calculated, as empty.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from posixpath import join, normpath
from xml.etree import ElementTree

from flows.landing.inbox.archives import Member, members_of, read_member
from flows.landing.tables.cell_errors import NOT_CALCULATED

# Places of more rows or columns than any table of the contracts has: only then is more looked at.
_FAR = re.compile(rb"""\br=["'](?:[A-Za-z]{3,}\d+|[A-Za-z]*\d{6,})["']""")
_PLACE = re.compile(rb"""\br=["']([A-Za-z]+)(\d+)["']""")
_ROW_AT = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d+)["']""")
_CELL_WITH_ERROR = re.compile(rb"""\bt=["']e["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ROW_OR_CELL = re.compile(
    rb"<(?:\w+:)?(?:(row)\b([^>]*)>|c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>))", re.DOTALL
)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d+)["']""")
_OFFICE_DOCUMENT = "/officeDocument"
_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Reach:
    """How many rows and columns a sheet spans from its first cell on."""

    rows: int
    columns: int

    @property
    def cells(self) -> int:
        """Count the cells of the rectangle."""
        return self.rows * self.columns


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Give the XML of each sheet of an XLSX by the sheet's name; none where it is no XLSX.

    Raises FileRefusedError where a part is damaged, ElementTree.ParseError where the index is.
    """
    members = {member.path: member for member in members_of(archive)}
    index = next(
        (target for _, kind, target in relations(archive, members, "") if _is_document(kind)),
        _WORKBOOK,
    )
    if index not in members or not index.endswith(".xml"):
        return {}
    targets = {key: target for key, _, target in relations(archive, members, index)}
    parts = {}
    root = _tree(archive, members[index])
    for element in root.iter():
        if not element.tag.endswith("}sheet") and element.tag != "sheet":
            continue
        key = next((word for name, word in element.items() if name.endswith("}id")), "")
        target = targets.get(key, "")
        if target in members:
            parts[element.get("name", "")] = read_member(archive, members[target])
    return parts


def _tree(archive: zipfile.ZipFile, member: Member) -> ElementTree.Element:
    # Entities that swell are refused by Expat, and this runs in a process with limits.
    return ElementTree.fromstring(read_member(archive, member))  # noqa: S314


def _is_document(kind: str) -> bool:
    return kind.endswith(_OFFICE_DOCUMENT)


def relations(
    archive: zipfile.ZipFile, members: dict[str, Member], part: str
) -> Iterator[tuple[str, str, str]]:
    """Give id, kind and target of what a part of a packed workbook refers to."""
    folder, _, name = part.rpartition("/")
    file = join(folder, "_rels", f"{name}.rels")
    if file not in members:
        return
    for element in _tree(archive, members[file]):
        target = element.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        yield element.get("Id", ""), element.get("Type", ""), whole


def reach_of(sheet: bytes) -> Reach | None:
    """Say how far a sheet's cells reach, or None where no cell lies far out."""
    if _FAR.search(sheet) is None:
        return None
    rows, columns = 1, 1
    letters: set[bytes] = set()
    for found in _PLACE.finditer(sheet):
        letters.add(found[1])
        if len(found[2]) >= len(str(rows)):
            rows = max(rows, int(found[2]))
    for found in _ROW_AT.finditer(sheet):
        if len(found[1]) >= len(str(rows)):
            rows = max(rows, int(found[1]))
    for word in letters:
        columns = max(columns, column_number(word.decode()))
    return Reach(rows, columns)


def column_number(letters: str) -> int:
    """Give the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cells_without_value(sheet: bytes) -> dict[tuple[int, int], str]:
    """Give the cells (row and column from 0) that hold an error or a formula without a result."""
    if _CELL_WITH_ERROR.search(sheet) is None and _FORMULA.search(sheet) is None:
        return {}
    cells: dict[tuple[int, int], str] = {}
    row, column = -1, -1
    for found in _ROW_OR_CELL.finditer(sheet):
        if found[1]:
            number = _ROW_NUMBER.search(found[2])
            row, column = (int(number[1]) - 1 if number else row + 1), -1
            continue
        place = _PLACE.search(found[3])
        if place:
            row, column = int(place[2]) - 1, column_number(place[1].decode()) - 1
        else:
            column += 1
        text = _text_without_value(found[3], found[4] or b"")
        if text is not None:
            cells[row, column] = text
    return cells


_ODS_PART = "content.xml"
_ODS_ERROR = b':value-type="error"'
_ODS_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*?)(/?)>"
)
_ODS_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d+)"')
_ODS_NAME = re.compile(rb'table:name="([^"]*)"')
_ODS_TEXT = re.compile(rb"<text:p[^>]*>(.*?)</text:p>", re.DOTALL)


def ods_errors(archive: zipfile.ZipFile) -> dict[str, dict[tuple[int, int], str]]:
    """Give by sheet the cells (row and column from 0) of an ODS workbook that hold an error."""
    content = next((one for one in members_of(archive) if one.path == _ODS_PART), None)
    xml = read_member(archive, content) if content is not None else b""
    if _ODS_ERROR not in xml:
        return {}
    sheets: dict[str, dict[tuple[int, int], str]] = {}
    cells: dict[tuple[int, int], str] = {}
    row, column, rows = 0, 0, 1
    for found in _ODS_TAG.finditer(xml):
        closing, tag, attributes, empty = found.groups()
        repeated = _ODS_REPEATED.search(attributes)
        times = int(repeated[1]) if repeated else 1
        if tag == b"table" and not closing:
            name = _ODS_NAME.search(attributes)
            cells = sheets.setdefault(unescape(name[1].decode()) if name else "", {})
            row = 0
        elif tag == b"table-row" and not closing:
            column, rows = 0, times
            row += rows if empty else 0
        elif tag == b"table-row":
            row += rows
        elif not closing:
            if _ODS_ERROR in attributes:
                text = _ODS_TEXT.search(xml, found.end())
                cells[row, column] = unescape(text[1].decode()) if text else "#N/A"
            column += times
    return sheets


def _text_without_value(attributes: bytes, content: bytes) -> str | None:
    found = _TYPE.search(attributes)
    kind = found[1] if found else b"n"
    value = _VALUE.search(content)
    if kind == b"e":
        return unescape(value[1].decode(errors="replace")).strip() if value else "#N/A"
    # a formula whose result is no text keeps it as text of no length
    if kind in (b"n", b"b", b"d") and value is None and _FORMULA.search(content):
        return NOT_CALCULATED
    return None
