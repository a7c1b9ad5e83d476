"""Text to typed values, a column at a time, against the contract.

A column of repeating values is judged once per different value, and one of unique values in
bulk, so that the cost of a check hardly grows with the rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from flows.landing.tables.cell_errors import EXPECTED_INSTEAD, is_error
from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.financial_periods import (
    financial_period,
    financial_quarter,
    financial_year,
)
from flows.landing.tables.month_words import month_of
from flows.landing.tables.text import Reject, TextTable

LANDED_TYPE: dict[str, pa.DataType] = {
    "text": pa.string(),
    "number": pa.float64(),
    "date": pa.date32(),
    "month": pa.date32(),
    "any_month": pa.date32(),
    "day_or_month": pa.date32(),
    "financial_year": pa.string(),
    "financial_quarter": pa.string(),
    "financial_period": pa.string(),
}
_LABEL_OF: dict[str, Callable[[str], str | None]] = {
    "financial_year": financial_year,
    "financial_quarter": financial_quarter,
    "financial_period": financial_period,
}

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_BRITISH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """Rows of a table that fail one check: a mask over the rows, and what was expected."""

    column: str
    reason: str
    rows: pa.Array


RowRule = Callable[[pa.Table, pa.Array], list[Fault]]
"""A check across columns: takes the typed table and its line numbers, gives the faults."""


def typed_rows(
    text: TextTable, contract: Contract, rules: Sequence[RowRule] = ()
) -> tuple[pa.Table, list[Reject]]:
    """Give the rows that keep the contract, with `_row_number` last, and the others as rejects.

    The table has the contract's landed columns in its order; columns that the file does not
    have are null. A row with several faults is one reject, with the fault of the first column.
    """
    count = len(text.lines)
    faults: list[Fault] = []
    arrays: list[pa.Array] = []
    names: list[str] = []
    for column in contract.landed_columns():
        array = text.columns.get(column.name)
        if array is None and column.default:
            words = pa.array([column.default])
            values = pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), words)
        elif array is None:
            values = pa.nulls(count, LANDED_TYPE[column.kind])
            if column.required:
                faults.append(_missing(column, values))
        else:
            values, found = _typed(column, array)
            faults.extend(found)
        arrays.append(values)
        names.append(column.name)
    table = pa.table(arrays, names=names)
    for rule in rules:
        faults.extend(rule(table, text.lines))
    table = table.append_column("_row_number", text.lines)
    first: dict[int, Fault] = {}
    for fault in faults:
        for row in pc.indices_nonzero(pc.fill_null(fault.rows, False)).to_pylist():
            first.setdefault(row, fault)
    if not first:
        return table, []
    rejects = []
    for row, fault in sorted(first.items()):
        line = text.lines[row].as_py()
        rejects.append(Reject(line, fault.column, fault.reason, text.raw_line(line)))
    good = pa.array([row for row in range(count) if row not in first], pa.int64())
    return table.take(good), rejects


def _missing(column: Column, values: pa.Array) -> Fault:
    return Fault(
        column.header, f"a value is missing; expected {column.expected}", pc.is_null(values)
    )


def _typed(column: Column, array: pa.Array) -> tuple[pa.Array, list[Fault]]:
    if isinstance(array, pa.DictionaryArray):
        values, bad = _by_distinct_value(column, array)
    elif column.kind == "number":
        values, bad = _numbers(column, array)
    else:
        values, bad = _texts(column, array)
    faults = []
    if column.required:
        faults.append(_missing(column, array))
    errors = _errors(array)
    if errors is not None:
        faults.append(Fault(column.header, f"expected {EXPECTED_INSTEAD}", errors))
    if bad is not None:
        faults.append(Fault(column.header, f"expected {column.expected}", bad))
    return values, faults


def _errors(array: pa.Array) -> pa.Array | None:
    """Find the cells that hold an error of a spreadsheet; None where none does."""
    words = array.dictionary if isinstance(array, pa.DictionaryArray) else array
    starts = pc.or_(pc.starts_with(words, "#"), pc.starts_with(words, "Err:"))
    if not pc.any(starts).as_py():
        return None
    wrong = [word for word in pc.unique(words.filter(starts)).to_pylist() if is_error(word)]
    if not wrong:
        return None
    if isinstance(array, pa.DictionaryArray):
        found = pc.index_in(pa.array(wrong), value_set=words)
        return pc.is_in(array.indices, value_set=found.cast(array.indices.type))
    return pc.is_in(array, value_set=pa.array(wrong))


def _by_distinct_value(
    column: Column, array: pa.DictionaryArray
) -> tuple[pa.Array, pa.Array | None]:
    words: list[str] = array.dictionary.to_pylist()
    parsed: list[object] = []
    wrong: list[int] = []
    for index, word in enumerate(words):
        value = parse_value(column, word)
        parsed.append(value)
        if value is None:
            wrong.append(index)
    if column.kind == "text" and parsed == words:
        values = array  # untouched, and Parquet writes a dictionary without decoding it
    else:
        values = pa.array(parsed, LANDED_TYPE[column.kind]).take(array.indices)
    if not wrong:
        return values, None
    return values, pc.is_in(array.indices, value_set=pa.array(wrong, array.indices.type))


def _numbers(column: Column, array: pa.Array) -> tuple[pa.Array, pa.Array | None]:
    try:
        values = pc.cast(array, pa.float64())
    except pa.ArrowInvalid:
        parsed = [None if word is None else parse_value(column, word) for word in array.to_pylist()]
        values = pa.array(parsed, pa.float64())
        return values, pc.and_(pc.is_valid(array), pc.is_null(values))
    # a number that is none or endless is neither
    good = pc.and_(pc.greater_equal(values, column.smallest), pc.less_equal(values, column.largest))
    return values, None if pc.all(good).as_py() in (True, None) else pc.invert(good)


def _texts(column: Column, array: pa.Array) -> tuple[pa.Array, pa.Array | None]:
    if column.allowed or column.kind != "text":
        return _by_distinct_value(column, array.dictionary_encode())
    good = pc.less_equal(pc.utf8_length(array), column.max_length)
    if column.pattern:
        good = pc.and_(good, pc.match_substring_regex(array, f"^(?:{column.pattern})$"))
    return array, None if pc.all(good).as_py() in (True, None) else pc.invert(good)


def parse_value(column: Column, word: str) -> object:
    """Give the value that a word stands for in this column, or None where it stands for none."""
    word = word.strip()
    if column.kind == "text":
        if column.allowed:
            return word if word in column.allowed else None
        if column.pattern and re.fullmatch(column.pattern, word) is None:
            return None
        return word if 0 < len(word) <= column.max_length else None
    if column.kind == "number":
        return _number(column, word)
    if column.kind in _LABEL_OF:
        return _LABEL_OF[column.kind](word)
    if column.kind == "month":
        found = _MONTH.fullmatch(word)
        return _calendar_day(found.group(1), found.group(2), "1") if found else None
    if column.kind == "any_month":
        return month_of(word)
    if found := _ISO_DATE.fullmatch(word):
        return _calendar_day(*found.groups())
    if found := _BRITISH_DATE.fullmatch(word):
        return _calendar_day(*reversed(found.groups()))
    return month_of(word) if column.kind == "day_or_month" else None


def _calendar_day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _number(column: Column, word: str) -> float | None:
    if _NUMBER.fullmatch(word) is None:
        return None
    value = float(word)
    return value if column.smallest <= value <= column.largest else None
