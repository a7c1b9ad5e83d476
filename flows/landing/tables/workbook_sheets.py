"""The sheets of a workbook as grids of text, read in this very process.

Landing reads workbooks in a process of their own (`flows.landing.tables.workbook`): the reader
ends the process that it runs in where a damaged file asks for more memory than there is.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from flows.landing.inbox.archives import members_of, read_member
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.workbook_binary import xls_errors, xlsb_errors
from flows.landing.tables.workbook_xml import cells_without_value, ods_errors, reach_of, sheet_parts
from flows.zip_errors import DAMAGED_ZIP

# The largest official table (single years of age by LSOA) has 7 million cells a sheet.
MAX_CELLS = 20_000_000
MAX_CHARACTERS = 512 << 20


def sheets_of(data: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Give each sheet's name and rows, from row 1 and column A on, '' for no value.

    A cell with an error has its text (`#REF!`), a formula without a result `#NOT CALCULATED!`.
    Raises FileRefusedError where it is no workbook, locked, damaged or oversized.
    """
    if _is_locked(data):
        raise _locked()
    parts, errors = _parts(data)
    for name, part in parts.items():
        reach = reach_of(part)
        if reach is not None and reach.cells > MAX_CELLS:
            raise _oversized(name, reach.rows, reach.columns)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise _locked() from None
    except (CalamineError, OSError, ValueError):
        raise _damaged() from None
    for sheet_number, facts in enumerate(workbook.sheets_metadata):
        if facts.typ is not SheetTypeEnum.WorkSheet:
            continue  # a chart sheet holds no cells
        try:
            sheet = workbook.get_sheet_by_index(sheet_number)
        except (CalamineError, OSError, ValueError):
            raise _damaged_sheet(facts.name) from None
        if sheet.total_height * sheet.total_width > MAX_CELLS:
            raise _oversized(facts.name, sheet.total_height, sheet.total_width)
        without_value = cells_without_value(parts.get(facts.name, b""))
        without_value |= errors.get(facts.name, {})
        rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        for (row, column), text in without_value.items():
            _put(rows, row, column, text)
        if sum(len(cell) for row in rows for cell in row) > MAX_CHARACTERS:
            raise _too_much_text(facts.name)
        yield facts.name, rows


def _put(rows: list[list[str]], row: int, column: int, text: str) -> None:
    """Write a cell that the reader of workbooks left out, maybe beyond the last that it gave."""
    width = max((len(one) for one in rows[:1]), default=0)
    if column >= width:
        for one in rows:
            one += [""] * (column + 1 - width)
        width = column + 1
    rows += [[""] * width for _ in range(row + 1 - len(rows))]
    rows[row][column] = text


def _parts(data: bytes) -> tuple[dict[str, bytes], dict[str, dict[tuple[int, int], str]]]:
    """Give the XML of an XLSX's sheets, and the errors in those of an ODS or XLSB, by sheet."""
    if not data.startswith(b"PK\x03\x04"):
        return {}, xls_errors(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sheet_parts(archive), ods_errors(archive) | xlsb_errors(archive)
    except (ElementTree.ParseError, zipfile.BadZipFile, ValueError):
        raise _damaged() from None


def cell_text(cell: object) -> str:
    """Give a cell as text: whole numbers without a point, dates as ISO, all digits kept."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time(0)
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)


# What Excel calls the part of a compound file that holds a locked XLSX, as its directory spells it.
_LOCKED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ODS_MANIFEST = "META-INF/manifest.xml"


def _is_locked(data: bytes) -> bool:
    """Say whether a workbook is locked; refuse a packed one that would fill the memory.

    The reader of workbooks tries one format after the other and then knows only that none fits.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _LOCKED_PACKAGE in data
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED_ZIP:
        raise _damaged() from None
    with archive:
        manifest = [one for one in members_of(archive) if one.path == _ODS_MANIFEST]
        return any(b"encryption-data" in read_member(archive, one) for one in manifest)


def _oversized(name: str, rows: int, columns: int) -> FileRefusedError:
    return FileRefusedError(
        f"sheet '{name}' spans {rows:,} rows and {columns:,} columns",
        expected=f"at most {MAX_CELLS:,} cells a sheet",
        next_step="ask the supplier for a workbook without the values, formats or empty rows far "
        "from the table",
    )


def _too_much_text(name: str) -> FileRefusedError:
    return FileRefusedError(
        f"sheet '{name}' holds more text than any table",
        expected=f"at most {MAX_CHARACTERS:,} characters a sheet",
        next_step="ask the supplier for the table alone",
    )


def _locked() -> FileRefusedError:
    return FileRefusedError(
        "the workbook is locked with a password",
        expected="a workbook without a password",
        next_step="save it without one and put it into the inbox again",
    )


def _damaged() -> FileRefusedError:
    return FileRefusedError(
        "the workbook is cut off or damaged, or is none",
        expected="a whole XLSX, ODS, XLSB or XLS workbook",
        next_step="ask the supplier to open it, save it as XLSX and send it again",
    )


def _damaged_sheet(name: str) -> FileRefusedError:
    return FileRefusedError(
        f"sheet '{name}' of the workbook is damaged",
        expected="a workbook whose sheets can all be read",
        next_step="ask the supplier to open it, save it as XLSX and send it again",
    )
