"""A paper's tables as a workbook: cover, contents, notes, and one table a sheet."""

from __future__ import annotations

import io
import re
import tempfile
import warnings
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import gptables  # type: ignore[import-untyped]
import pandas as pd

from flows.papers.document import LICENCE, Chart, Document, Table, day
from flows.papers.writers.fixed_zip import with_fixed_times
from flows.papers.writers.row_heights import (
    lengths_of_texts,
    with_row_heights,
    wrapping_styles,
)

# the shorthand of government statistics: never an empty cell
_NOT_AVAILABLE, _WITHHELD = "[x]", "[c]"
_LONGEST_SHEET_NAME = 31
# in characters
_WIDEST_COLUMN = 80.0


def as_xlsx(document: Document) -> bytes:
    """Write every table of the document, those behind charts included, a sheet each."""
    tables = _tables(document)
    named = _sheet_names(tables)
    notes = [table.note for table, _ in tables if table.note]
    unique = list(dict.fromkeys(notes)) or ["Every figure is of the publication on the cover."]
    references = {note: f"n{at}" for at, note in enumerate(unique, start=1)}
    sheets = {
        name: gptables.GPTable(
            table=_frame(table, pd),
            table_name=re.sub(r"\W+", "_", name.lower()),
            title=table.caption + (f" $${references[table.note]}$$" if table.note else ""),
            subtitles=[f"{document.area_name}. {document.subtitle}.", *document.markings],
            instructions="This sheet has one table. [x] means not available, [c] means withheld "
            "because it is a small number or would reveal one.",
            source=source,
            index_columns={},
            additional_formatting=_formats(table),
        )
        for name, (table, source) in zip(named, tables, strict=True)
    }
    cover = gptables.Cover(
        cover_label="Cover",
        title=document.title,
        intro=[
            *document.markings,
            document.subtitle,
            f"Publication {document.publication_id}. Extracts of {document.extract_dates}.",
        ],
        about=[
            "Figures are those of the publication; nothing is calculated in this workbook.",
            "[x] means not available. [c] means withheld.",
            LICENCE,
        ],
    )
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what gptables uses of pandas is going out of date
        file = Path(folder) / "paper.xlsx"
        gptables.write_workbook(
            str(file),
            sheets=sheets,
            cover=cover,
            contentsheet_label="Contents",
            notes_table=pd.DataFrame(
                {"Note reference": list(references.values()), "Note text": unique}
            ),
            workbook_options={"in_memory": True},
        )
        return with_fixed_times(_dated(file, document))


def _dated(file: Path, document: Document) -> bytes:
    """Replace the time of writing in the workbook's properties by the publication's."""
    stamp = document.published_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w") as new:
        wrapping = wrapping_styles(old.read("xl/styles.xml"))
        lengths = lengths_of_texts(old.read("xl/sharedStrings.xml"))
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)
            if member.filename.startswith("xl/worksheets/sheet"):
                content = with_row_heights(_with_narrow_columns(content), wrapping, lengths)
                content = _as_wide_as_a_page(content)
                content = _with_header(content, document.markings)
            new.writestr(member.filename, content)
    return out.getvalue()


def _with_narrow_columns(sheet: bytes) -> bytes:
    """Wrap long texts, such as notes, in columns that fit a screen.

    Cells wrap as they are, but gptables makes every column as wide as its longest text.
    """
    return re.sub(
        rb'(<col [^>]*width=")([\d.]+)(")',
        lambda col: col[1] + str(min(float(col[2]), _WIDEST_COLUMN)).encode() + col[3],
        sheet,
    )


def _as_wide_as_a_page(sheet: bytes) -> bytes:
    """Print a sheet across, all its columns on one page; gptables has no way to say so."""
    if re.search(rb'<dimension ref="A1(?::A\d+)?"', sheet):
        return sheet
    fit = b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    setup = b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    if b"<sheetPr" not in sheet:
        sheet = re.sub(rb"(<worksheet[^>]*>)", rb"\g<1>" + fit, sheet, count=1)
    if b"<pageSetup " not in sheet:
        sheet = re.sub(rb"(<pageMargins[^>]*/>)", rb"\g<1>" + setup, sheet, count=1)
    return sheet


def _with_header(sheet: bytes, markings: Sequence[str]) -> bytes:
    """Print the markings above every page of a sheet; gptables has no way to say so."""
    if not markings:
        return sheet
    words = escape(", ".join(markings).replace("&", "&&")).encode()
    header = b"<headerFooter><oddHeader>&amp;C&amp;B" + words + b"</oddHeader></headerFooter>"
    # the order of a sheet's parts is fixed: margins, page setup, header and footer
    return re.sub(
        rb"(<pageMargins[^>]*/>(?:<pageSetup[^>]*/>)?)", rb"\g<1>" + header, sheet, count=1
    )


def _tables(document: Document) -> list[tuple[Table, str]]:
    found: list[tuple[Table, str]] = []
    for block in document.blocks:
        if isinstance(block, Table):
            found.append((block, f"Publication {document.publication_id}"))
        elif isinstance(block, Chart) and block.table is not None:
            found.append((block.table, block.source.removeprefix("Source: ")))
    return found


def _sheet_names(tables: Sequence[tuple[Table, str]]) -> list[str]:
    """Give each sheet a name of at most 31 characters that no other has."""
    names: list[str] = []
    for table, _ in tables:
        wanted = re.sub(r"[\[\]:*?/\\']", " ", table.sheet or table.caption)
        words = " ".join(wanted.split())
        name, number = words[:_LONGEST_SHEET_NAME].strip(), 1
        while name.lower() in {one.lower() for one in (*names, "Cover", "Contents", "Notes")}:
            number += 1
            ending = f" {number}"
            name = words[: _LONGEST_SHEET_NAME - len(ending)].strip() + ending
        names.append(name)
    return names


def _frame(table: Table, pd: Any) -> Any:
    headings = [column.heading for column in table.columns]
    return pd.DataFrame(
        [[_cell(value) for value in row] for row in table.rows], columns=headings, dtype=object
    )


def _cell(value: object) -> object:
    if value is None:
        return _NOT_AVAILABLE
    if value == "withheld":
        return _WITHHELD
    if isinstance(value, date):
        return day(value)
    # a formula can never come out of a text
    return value


def _formats(table: Table) -> list[dict[str, Any]]:
    found = []
    for column in table.columns:
        if column.alignment != "number":
            continue
        digits = "#,##0" + ("." + "0" * column.decimals if column.decimals else "")
        shape = f"+{digits};-{digits};0" if column.signed else digits
        found.append(
            {
                "column": {
                    "columns": [column.heading],
                    "format": {"num_format": shape, "align": "right"},
                    "include_names": False,
                }
            }
        )
    return found
