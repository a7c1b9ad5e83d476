"""Counts from the force, by month, area and indicator, for partnerships that get no records.

Long (one count a row) or wide (months across), as CSV or workbook. A figure covers itself: a cell
left empty is not supplied, a 0 is a count, and a month that was not over is not yet counted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pyarrow as pa

from flows.calendar_months import month_end
from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.rules.area_names import folded_key
from flows.landing.sources.rules.dated_rows import near_other_months
from flows.landing.sources.rules.shared_columns import area_column, indicator_column
from flows.landing.sources.rules.whole_months import notes_of_unfinished, over_on
from flows.landing.sources.rules.whole_numbers import whole_numbers
from flows.landing.tables.contract import Column, Contract, normalised_header
from flows.landing.tables.csv_text import headers_of, read_csv
from flows.landing.tables.month_words import MONTH_FORMS, month_of
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.sheets import find_tables, text_table, tidy
from flows.landing.tables.text import Reject, TextTable
from flows.landing.tables.typed_values import Fault, RowRule, typed_rows
from flows.landing.tables.workbook import is_workbook, read_workbook

KEY = ("area", "indicator_id", "month")
_ENDINGS = (".csv", ".xlsx", ".xlsm")

_AREA = area_column(
    "The area that the count is of: a partnership by name or code, a force by its ONS code."
)
_INDICATOR = indicator_column("knife_crime")
COUNTS = Contract(
    "force_counts",
    (
        _AREA,
        _INDICATOR,
        Column(
            "month",
            "month",
            "month",
            f"The month of the count, written as {MONTH_FORMS.removeprefix('a month as ')}. In "
            "the wide layout the months are headings.",
            "2025-07",
            required=True,
            pattern_in_words=MONTH_FORMS,
        ),
        Column(
            "count",
            "count",
            "number",
            "How many. In the wide layout it stands under its month; empty is not supplied.",
            "17",
            required=True,
            minimum=0,
        ),
    ),
)


def read_force_counts(file: SupplierFile) -> Reading:
    """Read a file of counts in either layout. In the wide one every filled cell is a row."""
    text, wide = _text(file)
    table, rejects = _typed_cells(text, wide) if wide else _typed(_with_iso_months(text))
    keys = zip(*(table.column(name).to_pylist() for name in KEY), strict=True)
    areas = sorted(set(table.column("area").to_pylist()))
    notes = list(text.notes)
    other = [header for header in text.unknown_headers if header]
    if other:
        notes.append(f"columns not in the contract, not read: {', '.join(other)}")
    stated = [
        Coverage(area, indicator, month, month_end(month))
        for area, indicator, month in dict.fromkeys(keys)
    ]
    notes += notes_of_unfinished(stated, file.extract_date)
    return Reading(
        table,
        sorted([*text.rejects, *rejects], key=lambda reject: reject.line),
        areas[0] if len(areas) == 1 else f"{len(areas)} areas",
        over_on(stated, file.extract_date),
        text.encoding,
        notes,
    )


def _typed(text: TextTable, given_once: RowRule | None = None) -> tuple[pa.Table, list[Reject]]:
    rules = [
        whole_numbers("count", "count"),
        near_other_months(lambda rows: rows.column("month").to_pylist(), "month"),
        given_once or _given_once,
    ]
    return typed_rows(text, COUNTS, rules)


def _typed_cells(text: TextTable, months: dict[str, date]) -> tuple[pa.Table, list[Reject]]:
    """Type a wide table's cells; a reject names the line and the heading of its cell."""
    cells, places = _unpivoted(text, months)

    def lines(rows: pa.Array | pa.ChunkedArray) -> pa.Array:
        return pa.array([places[row][0] for row in rows.to_pylist()], pa.int64())

    table, rejects = _typed(cells, lambda rows, at: _given_once(rows, lines(at)))
    number = table.schema.get_field_index("_row_number")
    table = table.set_column(number, "_row_number", lines(table.column(number)))
    return table, [
        replace(
            reject,
            line=places[reject.line][0],
            column=places[reject.line][1] if reject.column in ("month", "count") else reject.column,
        )
        for reject in rejects
    ]


def _text(file: SupplierFile) -> tuple[TextTable, dict[str, date]]:
    """Read the file as text; gives the month of each heading too where the layout is wide."""
    keys = Contract("force_counts", (_AREA, _INDICATOR))
    if not is_workbook(file.name):
        if not file.data.strip():
            read_csv(file.data, COUNTS)  # raises: the file is empty
        contract, wide = _layout(headers_of(file.data))
        return read_csv(file.data, contract), wide
    found = find_tables(read_workbook(file.data), keys)
    if len(found) > 1:
        raise FileRefusedError(
            f"several sheets have such a table: {', '.join(sheet.name for sheet, _, _ in found)}",
            expected="one sheet with counts",
            next_step="put the counts on one sheet, or send a file for each",
        )
    sheet, at, _ = found[0]
    contract, wide = _layout([tidy(cell) for cell in sheet.rows[at]])
    return text_table(*find_tables([sheet], contract)[0]), wide


def _layout(headings: list[str]) -> tuple[Contract, dict[str, date]]:
    """Say which layout a header is of, and give the contract to read it by."""
    names = {normalised_header(heading) for heading in headings}
    if "month" in names or "count" in names:
        return COUNTS, {}
    months: dict[str, date] = {}
    for position, heading in enumerate(headings, start=1):
        month = month_of(heading)
        if month is None:
            continue
        if month in months.values():
            raise FileRefusedError(
                f"the month {month:%Y-%m} stands twice in the header",
                line=1,
                column=f"'{heading.strip()}' (column {position})",
                expected="every month once",
                next_step="take one of the two out and send the file again",
            )
        months[heading.strip()] = month
    if not months:
        return COUNTS, {}  # whose missing headers are then named
    cells = [Column(heading, heading, "text", "", "") for heading in months]
    return Contract("force_counts", (_AREA, _INDICATOR, *cells)), months


def _with_iso_months(text: TextTable) -> TextTable:
    words = text.columns["month"].to_pylist()
    text.columns["month"] = pa.array([_iso(word) for word in words], pa.string())
    return text


def _iso(word: str | None) -> str | None:
    month = month_of(word) if word else None
    return word if month is None else f"{month:%Y-%m}"


def _unpivoted(text: TextTable, months: dict[str, date]) -> tuple[TextTable, list[tuple[int, str]]]:
    """Turn months across into rows, one for each filled cell, and give its line and heading.

    The cells are numbered by their place in that list.
    """
    places: list[tuple[int, str]] = []
    areas, indicators, of_month, counts = [], [], [], []
    columns = {heading: text.columns[heading].to_pylist() for heading in months}
    keys = zip(
        text.lines.to_pylist(),
        text.columns["area"].to_pylist(),
        text.columns["indicator_id"].to_pylist(),
        strict=True,
    )
    for row, (line, area, indicator) in enumerate(keys):
        for heading, month in months.items():
            word = columns[heading][row]
            if word is None or not word.strip():
                continue
            places.append((line, heading))
            areas.append(area)
            indicators.append(indicator)
            of_month.append(f"{month:%Y-%m}")
            counts.append(word)
    arrays = {
        name: pa.array(values, pa.string()).dictionary_encode()
        for name, values in (
            ("area", areas),
            ("indicator_id", indicators),
            ("month", of_month),
            ("count", counts),
        )
    }
    numbers = pa.array(range(len(places)), pa.int64())
    cells = TextTable(arrays, numbers, text.encoding, lambda cell: text.raw_line(places[cell][0]))
    return cells, places


def _given_once(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find counts that stand twice: a repeat counts once, a contradiction not at all."""
    rows_of: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row, key in enumerate(zip(*(table.column(n).to_pylist() for n in KEY), strict=True)):
        if None not in key:
            rows_of[(folded_key("area", key[0]), *key[1:])].append(row)
    counts = table.column("count").to_pylist()
    faults = []
    for rows in rows_of.values():
        if len(rows) == 1:
            continue
        numbers = ", ".join(str(lines[row].as_py()) for row in rows)
        if len({counts[row] for row in rows}) == 1:
            bad, reason = rows[1:], f"stands on lines {numbers}; expected every count once"
        else:
            bad = rows
            reason = f"lines {numbers} give different counts for one area, indicator and month"
        marked = set(bad)
        mask = pa.array([row in marked for row in range(table.num_rows)])
        faults.append(Fault("count", reason, mask))
    return faults


FILES = SourceFiles(
    (
        Reader(
            dataset="force_counts",
            contract=COUNTS,
            accepts=lambda name: name.lower().endswith(_ENDINGS),
            read=read_force_counts,
            month_column="month",
            clash="values",
            key=KEY,
            compared=("count",),
        ),
    ),
)
