"""Workbooks (XLSX, ODS, XLSB, XLS) as grids of text, with the places that a person sees.

Numbers keep every digit that the file holds; what a cell's format shows is not looked at.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import dataclass

from flows.landing.archives import members_of, read_member
from flows.landing.refusal import FileRefused

# A sheet with this many cells takes about 2 GB as text; official tables have a tenth of it.
MAX_CELLS = 40_000_000

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".ods", ".xls")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name as written, and all rows from row 1 and column A on, '' for no value."""

    name: str
    rows: list[list[str]]


def is_workbook(name: str) -> bool:
    """Tell by its name whether a file is a workbook."""
    return name.lower().endswith(WORKBOOK_ENDINGS)


def read_workbook(data: bytes) -> list[Sheet]:
    """Read every sheet of a workbook. Raises FileRefused where it is none, locked or oversized."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if _is_locked(data):
        raise _locked()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise _locked() from None
    except (CalamineError, OSError, ValueError):
        raise _damaged() from None
    sheets = []
    for name in workbook.sheet_names:
        try:
            sheet = workbook.get_sheet_by_name(name)
        except (CalamineError, OSError, ValueError):
            continue  # a chart sheet holds no cells
        if sheet.total_height * sheet.total_width > MAX_CELLS:
            raise FileRefused(
                f"sheet '{name}' spans {sheet.total_height:,} rows and {sheet.total_width:,} "
                "columns",
                expected=f"at most {MAX_CELLS:,} cells a sheet",
                next_step="delete the empty rows and columns around the table, or split it",
            )
        rows = sheet.to_python(skip_empty_area=False)
        sheets.append(Sheet(name, [[cell_text(cell) for cell in row] for row in rows]))
    return sheets


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
    """Tell whether a workbook is locked; refuse a packed one that would fill the memory.

    The reader of workbooks tries one format after the other and then knows only that none fits.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _LOCKED_PACKAGE in data
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _damaged() from None
    with archive:
        manifest = [one for one in members_of(archive) if one.path == _ODS_MANIFEST]
        return any(b"encryption-data" in read_member(archive, one) for one in manifest)


def _locked() -> FileRefused:
    return FileRefused(
        "the workbook is locked with a password",
        expected="a workbook without a password",
        next_step="save it without one and put it into the inbox again",
    )


def _damaged() -> FileRefused:
    return FileRefused(
        "the workbook is cut off or damaged, or is none",
        expected="a whole XLSX, ODS, XLSB or XLS workbook",
        next_step="open it, save it again as XLSX, and put it into the inbox again",
    )
