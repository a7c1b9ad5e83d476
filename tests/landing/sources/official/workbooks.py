"""Workbooks that tests make, after the layouts of the official tables; the figures are made up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

Sheets = dict[str, list[list[Any]]]

GEOGRAPHY = [
    "Police Force\n Area code",
    "Police Force\nArea name",
    "Community Safety\nPartnership code",
    "Community Safety\n Partnership name",
    "Local Authority code",
    "Local Authority\n name",
]
OFFENCES = [
    "Total recorded crime\n (excluding fraud) \n[note 2]",
    "Robbery",
    "Residential burglary",
]
RATES = [
    "Population figures\n (mid-2022) \n- rounded to 100",
    "Household figures\n (mid-2021)\n - rounded to 100",
    "Total recorded crime\n (excluding fraud)",
    "Robbery",
    "Residential burglary (per 1,000 population)",
    "Residential burglary (per 1,000 household)",
]
FORCE = ["E23000014", "West Midlands [note 4]", "", "", "", ""]
DUDLEY = ["E23000014", "West Midlands", "E22000337", "Dudley", "E08000027", "Dudley "]
UNASSIGNED = ["E23000015", "West Midlands ", "", "unassigned West Midlands", "", ""]
COUNTS = "Number of police recorded crimes for headline offences by Community Safety Partnership"


def xlsx(sheets: Sheets) -> bytes:
    """Write an XLSX workbook."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def ods(sheets: Sheets) -> bytes:
    """Write an ODS workbook, as little of one as a reader needs."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{_ods_row(row)}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" '
        f'xmlns:text="{office}text:1.0" office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            f'xmlns:manifest="{office}manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
    return buffer.getvalue()


def _ods_row(row: Sequence[Any]) -> str:
    cells = []
    for cell in row:
        if isinstance(cell, int | float):
            cells.append(
                f'<table:table-cell office:value-type="float" office:value="{cell}">'
                f"<text:p>{cell}</text:p></table:table-cell>"
            )
        else:
            cells.append(
                '<table:table-cell office:value-type="string">'
                f"<text:p>{escape(str(cell))}</text:p></table:table-cell>"
            )
    return "".join(cells)


def ons_sheets(year: int = 2024, month: str = "December") -> Sheets:
    """Make the five partnership tables of one force with one partnership."""
    ending, before = f"year ending {month} {year}", f"year ending {month} {year - 1}"
    remarks = [["Source: Home Office"], ["Link to Notes page", "", "`"]]
    return {
        "Cover_sheet": [["Police force area data tables"]],
        "Table P1 ": [
            [f"Table P1: Police recorded crime by police force area, number of offences, {ending}"],
            ["Area Code", "Area Name", "Robbery"],
            ["E23000014", "West Midlands", 1],
        ],
        " Table C1": [
            ["Table C1: List of combined Local Authorities by Community Safety Partnership"],
            [GEOGRAPHY[1], GEOGRAPHY[3], GEOGRAPHY[4], GEOGRAPHY[5]],
            ["Devon and Cornwall", "North Devon", "E07000043", "North Devon"],
            ["", "", "E07000046", "Torridge"],
        ],
        "Table C2 ": [
            [f"Table C2: {COUNTS} area, {ending} [note 1][note 2]"],
            *remarks,
            [*GEOGRAPHY, *OFFENCES],
            [*FORCE, 1100, 70, 130],
            [*DUDLEY, 1000, 60, 120],
            [*UNASSIGNED, 100, 10, 10],
            ["[note 1] A footnote below the table."],
        ],
        "Table C3": [
            [f"Table C3: Percentage change between recorded crimes, for {before} and {ending}"],
            *remarks,
            [*GEOGRAPHY, *OFFENCES],
            [*FORCE, 10.0, "[u]", 30.0],
            [*DUDLEY, 25.0, "[u]", 20.0],
            [*UNASSIGNED, "[x]", "[X]", "[z]"],
        ],
        "Table C4": [
            [f"Table C4:  Recorded crime rate per 1,000 population/households, {ending}"],
            *remarks,
            [*GEOGRAPHY, *RATES],
            [*FORCE, 2900000, 1200000, 0.37, 0.02, 0.04, 0.1],
            [*DUDLEY, 325000, 137100, 3.0772166, "[u1]", "[c]", 0.8755546],
            [*UNASSIGNED, "[x]", "[x]", "[x]", "[x]", "[x]", "[x]"],
        ],
        "Table C5": [
            [f"Table C5:  {COUNTS} area, {before}"],
            *remarks,
            [*GEOGRAPHY, *OFFENCES],
            [*FORCE, 800, 12, 100],
            [*DUDLEY, 800, 12, 100],
            [*UNASSIGNED, "", "", ""],
        ],
    }
