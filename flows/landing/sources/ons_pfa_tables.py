"""ONS police force area tables: the partnership tables of the yearly and quarterly workbook.

Licence of the data: Open Government Licence v3.0. Five tables are read: the list of combined
authorities, counts of the year, counts of the year before, the change in per cent, and rates
with the populations and households behind them (C1 to C5 of the edition to December 2024). Each
is known by the words of its title and its headers, never by its number, sheet name or place.
"""

from __future__ import annotations

import re
from calendar import month_name
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from flows.calendar_months import end_of_month, end_of_month_a_year_before
from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.tables.contract import LARGEST_NUMBER, Column, Contract, normalised_header
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.sheets import HEADER_WITHIN, raw_row, tidy
from flows.landing.tables.text import Reject
from flows.landing.tables.typed_values import LANDED_TYPE
from flows.landing.tables.workbook import read_workbook

if TYPE_CHECKING:
    from flows.landing.tables.workbook import Sheet

TABLES: dict[str, str] = {
    "combined_authorities": r"combined local authorities",
    "change_pct": r"percentage change",
    "rates": r"rates? per 1,000",
    "counts": r"number of (police recorded )?(crimes|offences)|, number of offences",
}
"""Tables by the words of their title, the first that fits; counts are distinguished by year."""

TABLE_NAMES = ("combined_authorities", "counts", "counts_year_before", "change_pct", "rates")
MARKER_MEANINGS = {
    "[x]": "not available",
    "[u]": "not calculated on fewer than 50 offences",
    "[u1]": "not presented: small resident population",
    "[z]": "not applicable",
    "[c]": "confidential",
    "[low]": "rounds to nothing",
}

CELLS = Contract(
    "ons_pfa_tables",
    (
        Column(
            "table_name",
            "table_name",
            "text",
            "Which table the cell is from.",
            "counts",
            required=True,
            allowed=TABLE_NAMES,
        ),
        Column("table_label", "table_label", "text", "The table's own number.", "C2"),
        Column(
            "edition_end",
            "edition_end",
            "date",
            "Last day of the year that the edition is about.",
            "2024-12-31",
            required=True,
        ),
        Column("period_start", "period_start", "date", "First day of the year.", "2024-01-01"),
        Column("period_end", "period_end", "date", "Last day of the year.", "2024-12-31"),
        Column(
            "area_level",
            "area_level",
            "text",
            "What the row is: a partnership; a force, region or country total; offences that a "
            "force could give to no partnership; or another place (an airport).",
            "partnership",
            required=True,
            allowed=("partnership", "force", "region", "country", "unassigned", "other"),
        ),
        Column(
            "force_code",
            "Police Force Area code",
            "text",
            "Code of the force (or region or country), as printed; wrong on some unassigned rows.",
            "E23000014",
            aliases=("PFA code", "Police Force code"),
        ),
        Column(
            "force_name",
            "Police Force Area name",
            "text",
            "Its name, without note marks.",
            "West Midlands",
            aliases=("PFA name", "Police Force Area", "Police Force name"),
        ),
        Column(
            "csp_code",
            "Community Safety Partnership code",
            "text",
            "Code of the partnership; empty on all other rows.",
            "E22000337",
            aliases=("CSP code",),
        ),
        Column(
            "csp_name",
            "Community Safety Partnership name",
            "text",
            "Name of the partnership, or 'Unassigned …'.",
            "Dudley",
            aliases=("CSP name", "Community Safety Partnership"),
        ),
        Column(
            "lad_code",
            "Local Authority code",
            "text",
            "Code of the authority; 'Combined Local Authorities' where there are several.",
            "E08000027",
            aliases=("LA code",),
        ),
        Column(
            "lad_name",
            "Local Authority name",
            "text",
            "Name of the authority.",
            "Dudley",
            aliases=("LA name",),
        ),
        Column(
            "measure",
            "measure",
            "text",
            "The header above the cell, line breaks and note marks taken out; 'population' and "
            "'households' for the denominators; 'member' in the list of combined authorities.",
            "Violence with injury",
            required=True,
        ),
        Column(
            "measure_year",
            "measure_year",
            "number",
            "Year of the estimate, for denominators.",
            "2022",
        ),
        Column(
            "rounded_to",
            "rounded_to",
            "number",
            "What a denominator is rounded to as printed.",
            "100",
        ),
        Column("value", "value", "number", "The number in the cell.", "1419"),
        Column("marker", "marker", "text", "The shorthand in the cell instead.", "[u]"),
    ),
)

_GEOGRAPHY = ("force_code", "force_name", "csp_code", "csp_name", "lad_code", "lad_name")
_NEEDED = ("force_name", "csp_name")
_YEAR_ENDING = re.compile(
    r"(?i)year ending (january|february|march|april|may|june|july|august|"
    r"september|october|november|december) (\d{4})"
)
_LABEL = re.compile(r"(?i)^\s*table\s+([a-z]\d+)\b")
_DENOMINATOR = re.compile(r"(?i)^(population|household)s?\b.*?\(?mid-?\s?(\d{4})")
_ROUNDED = re.compile(r"(?i)rounded to (?:the nearest )?(\d+)")
_MARKER = re.compile(r"(?i)\[[a-z]{1,4}\d?\]|\.\.|:|-")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_CODE = re.compile(r"[EWK]\d{8}")
_TITLE_WITHIN = 10


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One table of the workbook: which it is, where its header stands, what its columns are."""

    name: str
    label: str
    sheet: Sheet
    header_at: int
    geography: dict[str, int]
    measures: dict[int, str]
    years: tuple[date, ...]

    @property
    def place(self) -> str:
        """Say where it stands, for messages."""
        return f"sheet '{self.sheet.name.strip()}'"


def read_tables(file: SupplierFile) -> Reading:
    """Read the five partnership tables; each cell is a row, with its number or its marker.

    Raises FileRefusedError where a table is missing, stands twice, or two tables do not fit
    together.
    """
    tables = find_tables(read_workbook(file.data))
    edition_end = tables["counts"].years[-1]
    rows: dict[str, list[object]] = {column.name: [] for column in CELLS.columns}
    lines: list[int] = []
    rejects: list[Reject] = []
    markers: set[str] = set()
    for name in TABLE_NAMES:
        for line, row in _cells(tables[name], edition_end, rejects):
            for column, values in rows.items():
                values.append(row.get(column))
            lines.append(line)
            markers.add(str(row.get("marker") or ""))
    arrays = {
        column.name: pa.array(rows[column.name], LANDED_TYPE[column.kind])
        for column in CELLS.columns
    }
    table = pa.table({**arrays, "_row_number": pa.array(lines, pa.int64())})
    unknown = sorted(markers - set(MARKER_MEANINGS) - {""})
    return Reading(
        table,
        rejects,
        "england-and-wales",
        [Coverage("england-and-wales", "*", _year_start(edition_end), edition_end)],
        "workbook",
        [f"markers that are not explained by the reader: {', '.join(unknown)}"] if unknown else [],
    )


def find_tables(sheets: list[Sheet]) -> dict[str, FoundTable]:
    """Find the five tables by title and headers. Raises FileRefusedError naming what is missing."""
    found: dict[str, list[FoundTable]] = {}
    for sheet in sheets:
        table = _table_of(sheet)
        if table is not None:
            found.setdefault(table.name, []).append(table)
    counts = sorted(found.get("counts", []), key=lambda table: table.years[-1])
    if len(counts) == 2 and counts[0].years != counts[1].years:
        found["counts_year_before"] = [replace(counts[0], name="counts_year_before")]
        found["counts"] = [counts[1]]
    missing = [name for name in TABLE_NAMES if name not in found]
    if missing:
        names = ", ".join(f"'{sheet.name.strip()}'" for sheet in sheets)
        raise FileRefusedError(
            f"tables are missing: {', '.join(missing)}. Looked for a title with 'year ending' and "
            f"the words of the table in the first {_TITLE_WITHIN} rows, and for a header row with "
            "'Community Safety Partnership name' below it, on "
            f"the sheets {names}",
            line=1,
            expected="the partnership tables: the list of combined authorities, counts of two "
            "years, percentage change, rates per 1,000",
            next_step="check that this is the workbook of police force area tables; if the ONS "
            "has changed its titles or headers, add the new words to the reader",
        )
    for name, several in found.items():
        if len(several) > 1:
            raise FileRefusedError(
                f"the table '{name}' stands twice: on {several[0].place} and {several[1].place}",
                line=several[1].header_at + 1,
                expected="each table once",
                next_step="remove the one that is not the ONS's own, or ask for the file again",
            )
    tables = {name: several[0] for name, several in found.items()}
    _check_years(tables)
    return tables


def _check_years(tables: dict[str, FoundTable]) -> None:
    end, before = tables["counts"].years[-1], tables["counts_year_before"].years[-1]
    stated = {
        "change_pct": (before, end),
        "rates": (end,),
        "counts_year_before": (end_of_month_a_year_before(end),),
    }
    for name, years in stated.items():
        if tables[name].years != years:
            raise FileRefusedError(
                f"the title of '{name}' ({tables[name].place}) speaks of "
                f"{' and '.join(map(str, tables[name].years))}",
                line=1,
                expected=f"the year ending {' and '.join(map(str, years))}, to go with the counts",
                next_step="ask for the workbook again; its tables are of different editions",
            )


def _table_of(sheet: Sheet) -> FoundTable | None:
    title = name = ""
    for row in sheet.rows[:_TITLE_WITHIN]:
        text = tidy(row[0]) if row else ""
        name = next((key for key, words in TABLES.items() if re.search(words, text.lower())), "")
        if name:
            title = text
            break
    if not name:
        return None
    known = {
        normalised_header(word): column.name
        for column in CELLS.columns
        if column.name in _GEOGRAPHY
        for word in (column.header, *column.aliases)
    }
    for at, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        headers = [tidy(cell) for cell in row]
        geography: dict[str, int] = {}
        measures: dict[int, str] = {}
        for position, header in enumerate(headers):
            column = known.get(normalised_header(header))
            if column is not None:
                geography.setdefault(column, position)
            elif header:
                measures[position] = header
        if not all(column in geography for column in _NEEDED):
            continue
        if name != "combined_authorities" and not measures:
            continue
        years = tuple(sorted({_year_end(*found) for found in _YEAR_ENDING.findall(title)}))
        if name != "combined_authorities" and not years:
            return None
        label = _LABEL.match(title)
        return FoundTable(
            name, label.group(1).upper() if label else "", sheet, at, geography, measures, years
        )
    return None


def _year_end(month: str, year: str) -> date:
    number = [word.lower() for word in month_name].index(month.lower())
    return end_of_month(int(year), number)


def _year_start(end: date) -> date:
    first = date(end.year, end.month, 1)
    return date(first.year - 1, first.month + 1, 1) if first.month < 12 else date(end.year, 1, 1)


def _cells(
    table: FoundTable, edition_end: date, rejects: list[Reject]
) -> list[tuple[int, dict[str, object]]]:
    end = table.years[-1] if table.years else edition_end
    found: list[tuple[int, dict[str, object]]] = []
    above: dict[str, str] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in enumerate(table.sheet.rows[table.header_at + 1 :], table.header_at + 2):
        cells = [tidy(cell) for cell in row]
        filled = [at for at, cell in enumerate(cells) if cell]
        if not filled or (filled == [0] and not _CODE.fullmatch(cells[0])):
            continue  # a blank row, or a footnote below the table
        place: dict[str, str] = {
            column: cells[at] if at < len(cells) else "" for column, at in table.geography.items()
        }
        if table.name == "combined_authorities":
            # a partnership's name stands only on the first row of its authorities
            if place["csp_name"]:
                above = {column: place[column] for column in ("force_name", "csp_name")}
            place |= above
            found.append((line, _row(table, edition_end, end, place, "partnership", "member")))
            continue
        level = _level(place)
        if level is None:
            rejects.append(
                Reject(
                    line,
                    f"{table.name}: Police Force Area code",
                    "expected the code of a force, region or country, and a partnership's name "
                    "beside a partnership's code",
                    raw_row(cells),
                )
            )
            continue
        key = (place["force_name"], place.get("csp_code", ""), place["csp_name"])
        if key in seen:
            raise FileRefusedError(
                f"rows {seen[key]} and {line} of {table.place} are of the same area",
                line=line,
                expected="each area once in a table",
                next_step="ask for the workbook again",
            )
        seen[key] = line
        for at, header in table.measures.items():
            text = cells[at] if at < len(cells) else ""
            value, marker, good = _cell(text)
            if not good:
                rejects.append(
                    Reject(
                        line,
                        f"{table.name}: {header}",
                        "expected a number, or shorthand such as [x]",
                        raw_row(cells),
                    )
                )
                continue
            cell = _row(table, edition_end, end, place, level, header)
            denominator = _DENOMINATOR.match(header) if table.name == "rates" else None
            if denominator:
                rounded = _ROUNDED.search(header)
                cell["measure"] = (
                    "population" if denominator.group(1).lower() == "population" else "households"
                )
                cell["measure_year"] = float(denominator.group(2))
                cell["rounded_to"] = float(rounded.group(1)) if rounded else 1.0
            cell["value"] = value
            cell["marker"] = marker
            found.append((line, cell))
    if not found:
        raise FileRefusedError(
            f"the table '{table.name}' on {table.place} has no rows",
            line=table.header_at + 1,
            expected="rows below the header",
            next_step="ask for the workbook again",
        )
    return found


def _row(
    table: FoundTable, edition_end: date, end: date, place: dict[str, str], level: str, measure: str
) -> dict[str, object]:
    return {
        **{column: word or None for column, word in place.items()},
        "table_name": table.name,
        "table_label": table.label or None,
        "edition_end": edition_end,
        "period_start": _year_start(end),
        "period_end": end,
        "area_level": level,
        "measure": measure,
    }


def _level(place: dict[str, str]) -> str | None:
    """Say what a row is of, or None where its codes and names do not fit together."""
    code, partnership = place.get("force_code", ""), place.get("csp_code", "")
    if partnership:
        fits = re.fullmatch(r"[EW](22|14)\d{6}", partnership) and place["csp_name"]
        return "partnership" if fits else None
    if place["csp_name"]:
        return "unassigned" if place["csp_name"].lower().startswith("unassigned") else "other"
    if re.fullmatch(r"(E23|W15)\d{6}", code):
        return "force"
    if code.startswith("E12"):
        return "region"
    return "country" if re.fullmatch(r"(K04|E92|W92)\d{6}", code) else None


def _cell(text: str) -> tuple[float | None, str | None, bool]:
    """Read a cell: its number, or its marker in small letters; and whether it is any of these."""
    if not text:
        return None, None, True
    if _NUMBER.fullmatch(text):
        value = float(text.replace(",", ""))
        return value, None, abs(value) <= LARGEST_NUMBER
    if _MARKER.fullmatch(text):
        return None, text.lower(), True
    return None, None, False


FILES = SourceFiles(
    (
        Reader(
            dataset="ons_pfa_tables",
            contract=CELLS,
            accepts=lambda name: name.lower().endswith((".xlsx", ".xlsm", ".ods", ".xls", ".xlsb")),
            read=read_tables,
        ),
    ),
)
