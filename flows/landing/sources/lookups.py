"""Area lookups: which small area lies in which ward, authority, partnership and force.

Licence of the data: Open Government Licence v3.0. Column names carry the level and the year of
its boundaries (`lsoa21_code`, `LAD24CD`): both are read from there. One file may say the same
thing on several rows, and an authority may lie in several partnerships: rows land as they are.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.tables.any_format import is_table, read_typed, unpacked
from flows.landing.tables.contract import Column, Contract, normalised_header
from flows.landing.tables.decoding import to_utf8
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.sheets import HEADER_WITHIN, tidy
from flows.landing.tables.workbook import is_workbook, read_workbook

_LEVELS = {
    "lsoa": "lsoa",
    "ward": "ward",
    "wd": "ward",
    "electoral ward": "ward",
    "ltla": "lad",
    "lad": "lad",
    "lau": "lad",
    "local authority": "lad",
    "csp": "csp",
    "community safety partnership": "csp",
    "pfa": "force",
    "police force area": "force",
}
_PARTS = {"code": "code", "cd": "code", "name": "name", "nm": "name"}
_HEADER = re.compile(
    rf"({'|'.join(sorted(_LEVELS, key=len, reverse=True))}) ?(20\d\d|\d\d)? ?({'|'.join(_PARTS)})"
)
_CODES = {
    "lsoa11": (r"[EW]01\d{6}", "an LSOA code: E01 or W01 and six digits", "E01009862"),
    "lsoa21": (r"[EW]01\d{6}", "an LSOA code: E01 or W01 and six digits", "E01034957"),
    "ward": (r"([EW]05|S13|N08)\d{6}", "a ward code: E05 and six digits", "E05001241"),
    "lad": (
        r"([EW]0[6-9]|S12|N09)\d{6}",
        "an authority's code: E06 to E09 and six digits",
        "E08000027",
    ),
    "csp": (r"[EW](22|14)\d{6}", "a partnership's code: E22 and six digits", "E22000337"),
    "force": (r"[EW](23|15)\d{6}", "a force's code: E23 and six digits", "E23000014"),
}
_IN_WORDS = {
    "lsoa11": "Lower layer super output area, boundaries of 2011",
    "lsoa21": "Lower layer super output area, boundaries of 2021",
    "ward": "Electoral ward",
    "lad": "Local authority district",
    "csp": "Community Safety Partnership",
    "force": "Police force area",
}


def _columns() -> tuple[Column, ...]:
    columns: list[Column] = []
    for key, (pattern, words, example) in _CODES.items():
        columns += [
            Column(
                f"{key}_code",
                f"{key}_code",
                "text",
                f"{_IN_WORDS[key]}: code.",
                example,
                in_header=False,
                pattern=pattern,
                pattern_in_words=words,
            ),
            Column(
                f"{key}_name",
                f"{key}_name",
                "text",
                f"{_IN_WORDS[key]}: name.",
                "",
                in_header=False,
            ),
        ]
    columns.append(
        Column(
            "change_code",
            "change_code",
            "text",
            "How an LSOA went from 2011 to 2021: U unchanged, S split, M merged, X complex.",
            "U",
            in_header=False,
            aliases=("CHGIND",),
        )
    )
    return tuple(columns)


LOOKUP = Contract("area_lookups", _columns())
VINTAGES = ("ward_vintage", "lad_vintage", "csp_vintage", "force_vintage")


@dataclass(frozen=True, slots=True)
class LevelHeader:
    """What a header says: the level and part that it is of, and the year of the boundaries."""

    column: str
    year: int | None


def level_header(header: str) -> LevelHeader | None:
    """Read a header such as `ward24_code` or `LSOA21NM`; None where it is of no known level."""
    found = _HEADER.fullmatch(normalised_header(header))
    if found is None:
        return None
    level = _LEVELS[found.group(1)]
    year = int(found.group(2)[-2:]) + 2000 if found.group(2) else None
    part = _PARTS[found.group(3)]
    if level == "lsoa":
        # the codes of the two censuses overlap: without its year an LSOA code says too little
        return LevelHeader(f"lsoa{year % 100}_{part}", year) if year in (2011, 2021) else None
    return LevelHeader(f"{level}_{part}", year)


def read_lookup(file: SupplierFile) -> Reading:
    """Read one lookup; raises FileRefusedError where it does not join two levels by their codes."""
    headers = _headers(file)
    meant = {header: found for header in headers if (found := level_header(header)) is not None}
    levels = {
        found.column.removesuffix("_code"): found.year
        for found in meant.values()
        if found.column.endswith("_code")
    }
    if len(levels) < 2:
        raise FileRefusedError(
            f"codes of {len(levels) or 'no'} level{'' if len(levels) == 1 else 's'} were found in "
            "the header",
            line=1,
            expected="codes of two levels or more, with the year of their boundaries in the "
            "header: lsoa11_code, lsoa21_code, ward24_code, lad24_code (or ltla24_code), "
            "csp24_code, pfa24_code, or the ONS's own short forms such as LSOA21CD",
            next_step="name the columns so, and send the file again",
        )
    aliases: dict[str, list[str]] = {}
    for header, found in meant.items():
        aliases.setdefault(found.column, []).append(header)
    contract = replace(
        LOOKUP,
        columns=tuple(
            replace(
                column,
                # messages name a column as the file does
                header=aliases.get(column.name, [column.header])[0],
                aliases=(*column.aliases, *aliases.get(column.name, ())),
                required=column.name.endswith("_code")
                and column.name.removesuffix("_code") in levels,
                in_header=column.name in aliases,
            )
            for column in LOOKUP.columns
        ),
    )
    table, rejects, encoding, notes = read_typed(file, contract)
    for name in VINTAGES:
        year = levels.get(name.removesuffix("_vintage"))
        column = pa.array([None if year is None else str(year)] * table.num_rows, pa.string())
        table = table.add_column(table.num_columns - 1, name, column)
    newest = max((year for year in levels.values() if year is not None), default=2011)
    scope = " > ".join(
        level if level.startswith("lsoa") or year is None else f"{level}{year % 100:02d}"
        for level, year in sorted(levels.items(), key=lambda one: list(_CODES).index(one[0]))
    )
    covered = Coverage(scope, "*", date(newest, 1, 1), date(newest, 12, 31))
    return Reading(table, rejects, scope, [covered], encoding, notes)


def _headers(file: SupplierFile) -> list[str]:
    """Give a file's headers: the first line of a CSV, or the first row that joins two levels."""
    if is_workbook(file.name):
        for sheet in read_workbook(file.data):
            for row in sheet.rows[:HEADER_WITHIN]:
                headers = [tidy(cell) for cell in row]
                if sum(level_header(header) is not None for header in headers) >= 2:
                    return headers
        return []
    text, _ = to_utf8(unpacked(file)[:65_536])
    line = re.split(rb"\r\n|\n|\r", text, maxsplit=1)[0].decode("utf-8", "replace")
    try:
        return next(csv.reader(io.StringIO(line)), [])
    except csv.Error:
        return []


FILES = SourceFiles(
    (
        Reader(
            dataset="area_lookups",
            contract=LOOKUP,
            accepts=is_table,
            read=read_lookup,
            extra_columns=VINTAGES,
        ),
    ),
)
