"""A force's table in its file: headings, a sample of rows, and its text by heading.

CSV and workbooks alike. A workbook's table is found by its headings below any title rows, on every
sheet that has them, since a year of crimes can be spread over twelve.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.landing.reader import SupplierFile
from flows.landing.sources.force.mapping import Mapping
from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.csv_text import headers_of, read_csv, sampled_rows
from flows.landing.tables.joined_sheets import Place, joined_sheets
from flows.landing.tables.refusal import FileRefusedError, HeadersMissingError
from flows.landing.tables.sheets import find_tables, text_table, tidy
from flows.landing.tables.text import Reject, TextTable
from flows.landing.tables.workbook import is_workbook, read_workbook

_SAMPLED_ROWS = 400
# A reference is unlike every other.
_NEARLY_UNIQUE = ("crime_reference",)
_WITHHELD = "(not kept: the line may hold personal data)"


@dataclass(slots=True)
class ExtractTable:
    """A table as its supplier wrote it.

    `text` has a column for each mapped heading, by the heading; `headings` are all of them, and
    `sample` gives some values of each, mapped or not. `place` says where a line is in words, for
    files where the number alone does not.
    """

    text: TextTable
    headings: list[str]
    sample: dict[str, list[str]]
    place: Place


def read_extract(file: SupplierFile, mapping: Mapping) -> ExtractTable:
    """Read the mapped headings of an extract. Raises FileRefusedError where one is missing."""
    contract = _heading_contract(mapping)
    try:
        if is_workbook(file.name):
            table = _from_workbook(file.data, mapping, contract)
        else:
            table = _from_csv(file.data, contract)
    except HeadersMissingError as refusal:
        raise _not_as_mapped(refusal, mapping, file.extract_date) from None
    # A line that cannot be parted into fields may hold anything.
    table.text.rejects = [
        Reject(reject.line, reject.column, reject.reason, _WITHHELD)
        for reject in table.text.rejects
    ]
    return table


def _not_as_mapped(
    refusal: HeadersMissingError, mapping: Mapping, extract_date: date
) -> FileRefusedError:
    """Say what to do where a force has renamed its columns: a mapping from this extract on.

    The headings that are there are not named: where the first line is a record, they are its names.
    """
    since = "YYYY-MM-DD" if extract_date == date.max else extract_date.isoformat()
    return FileRefusedError(
        refusal.problem,
        line=refusal.line,
        column=refusal.column,
        expected=refusal.expected,
        next_step="if the force has renamed its columns, copy its mapping to "
        f"mappings/{mapping.force}.{since}.yml, write the new headings into it and try it with: "
        "csp check-mapping FILE; else ask the force for the file with these headings",
    )


def _heading_contract(mapping: Mapping) -> Contract:
    unique = {mapping.columns[name].heading for name in _NEARLY_UNIQUE if name in mapping.columns}
    return Contract(
        f"the mapping of {mapping.force}",
        tuple(
            Column(heading, heading, "text", "", "", repeats=heading not in unique)
            for heading in mapping.headings()
        ),
    )


def _from_csv(data: bytes, contract: Contract) -> ExtractTable:
    text = read_csv(data, contract)
    headings = [heading.strip() for heading in headers_of(data)]
    rows = sampled_rows(data, _SAMPLED_ROWS)
    return ExtractTable(text, headings, _by_heading(headings, rows), lambda line: "")


def _by_heading(headings: list[str], rows: list[list[str]]) -> dict[str, list[str]]:
    return {heading: [row[at] for row in rows] for at, heading in enumerate(headings) if heading}


def _from_workbook(data: bytes, mapping: Mapping, contract: Contract) -> ExtractTable:
    sheets = read_workbook(data)
    if mapping.sheets:
        wanted = {name.casefold() for name in mapping.sheets}
        chosen = [sheet for sheet in sheets if sheet.name.strip().casefold() in wanted]
        missing = wanted - {sheet.name.strip().casefold() for sheet in chosen}
        if missing:
            raise FileRefusedError(
                f"the workbook has no sheet '{min(missing)}'",
                expected="the sheets that the mapping names",
                next_step="compare the workbook with the mapping's entry sheets",
            )
    else:
        chosen = sheets
    found = [
        (sheet, at, text_table(sheet, at, match))
        for sheet, at, match in find_tables(chosen, contract)
    ]
    with_table = {sheet.name for sheet, _, _ in found}
    left = [sheet.name.strip() for sheet in chosen if sheet.name not in with_table]
    if left and mapping.sheets:
        find_tables([sheet for sheet in chosen if sheet.name not in with_table], contract)
    headings = list(
        dict.fromkeys(h for sheet, at, _ in found for h in map(tidy, sheet.rows[at]) if h)
    )
    text, place = joined_sheets([(sheet, table) for sheet, _, table in found], contract)
    if left:
        text.notes = (f"sheets without the mapped headings, not read: {', '.join(left)}",)
    sample: dict[str, list[str]] = {heading: [] for heading in headings}
    for sheet, at, _ in found:
        rows = sheet.rows[at + 1 :]
        for row in rows[:: max(1, len(rows) // _SAMPLED_ROWS)]:
            for heading, cell in zip(map(tidy, sheet.rows[at]), row, strict=False):
                if heading:
                    sample[heading].append(cell)
    return ExtractTable(text, headings, sample, place)
