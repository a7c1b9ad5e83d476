"""A force's words to canonical ones: what a mapping makes of each column, before it is typed.

A crime is not dropped for a doubtful detail: a place, a date committed or a marker that cannot be
read becomes unknown and is counted. Only a record without a recorded date is no record.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from flows.landing.sources.force.columns import AGE_MARKERS, EXTRACT, MARKERS, NEVER_KEPT, NO, YES
from flows.landing.sources.force.extract_table import ExtractTable
from flows.landing.sources.force.mapping import MappedColumn, Mapping, normal_code
from flows.landing.sources.force.reference import known_codes
from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.text import TextTable
from flows.landing.tables.typed_values import parse_value

_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?Z?$")
_SEVERAL = re.compile(r"[;,|\n]")
_DICTIONARY = pa.dictionary(pa.int32(), pa.string())

Translate = Callable[[str], str | None]
Hash = Callable[[str], str]


@dataclass(slots=True)
class Canonical:
    """A table in canonical columns, and what could not be read on the way, in counts.

    `contract` is the canonical contract with the supplier's headings, for its messages.
    `unreadable` counts values by canonical column that became unknown, `unknown_codes` records by
    offence code that the seed does not know ('' for none given), and `unclaimed` cells by heading
    of several markers that none of them names.
    """

    text: TextTable
    contract: Contract
    unreadable: dict[str, int] = field(default_factory=dict)
    unknown_codes: dict[str, int] = field(default_factory=dict)
    unclaimed: dict[str, int] = field(default_factory=dict)


def canonical_table(table: ExtractTable, mapping: Mapping, hashed: Hash) -> Canonical:
    """Translate every mapped column; `hashed` makes a key of a crime reference."""
    columns: dict[str, pa.Array] = {}
    unreadable: dict[str, int] = {}
    headings: dict[str, str] = {}
    for column in EXTRACT.columns:
        entry = _entry_for(column.name, mapping)
        if entry is None or column.name in NEVER_KEPT:
            continue
        headings[column.name] = entry.heading
        words = table.text.columns[entry.heading]
        is_blank_no = column.allowed and (entry.otherwise == NO or "" in entry.no)
        values, lost = _translated(
            words,
            _translation(column, entry, mapping, hashed),
            blank=NO if is_blank_no else None,
        )
        columns[column.name] = values
        if lost:
            unreadable[column.name] = lost
    _cancel_by_outcome(columns, table, mapping)
    text = TextTable(
        columns,
        table.text.lines,
        table.text.encoding,
        _redacted(columns, table.text.lines),
        table.text.rejects,
        table.text.unknown_headers,
        table.text.notes,
    )
    contract = Contract(
        EXTRACT.name,
        tuple(
            replace(column, header=headings.get(column.name, column.header))
            for column in EXTRACT.columns
        ),
    )
    return Canonical(
        text,
        contract,
        unreadable,
        _unknown_codes(columns["offence_code"]),
        _unclaimed(table, mapping),
    )


def _entry_for(name: str, mapping: Mapping) -> MappedColumn | None:
    if name == "reference_key":
        return mapping.columns.get("crime_reference")
    if name in AGE_MARKERS:
        band = mapping.columns.get("victim_age_band")
        return band if band is not None and band.ages(name) else None
    return mapping.columns.get(name)


def _translation(column: Column, entry: MappedColumn, mapping: Mapping, hashed: Hash) -> Translate:
    """Choose how a word of this column is read; it gives None for a word that says nothing."""
    if column.name == "reference_key":
        return hashed
    if column.name == "offence_code":
        return lambda word: mapping.offence_codes.get(normal_code(word), normal_code(word))[:40]
    if column.name == "recorded_date":
        return lambda word: _TIME_OF_DAY.sub("", word)
    if column.name in AGE_MARKERS:
        bands = entry.ages(column.name)
        return lambda word: YES if word.casefold() in bands else NO
    if column.allowed:
        return lambda word: _marked(word, entry)
    if column.kind == "date":
        return lambda word: _kept(column, _TIME_OF_DAY.sub("", word))
    return lambda word: _kept(column, word)


def _kept(column: Column, word: str) -> str | None:
    return None if parse_value(column, word) is None else word


def _marked(word: str, entry: MappedColumn) -> str | None:
    folded = word.casefold()
    if folded in entry.yes or not _parts(folded).isdisjoint(entry.yes):
        return YES
    if folded in entry.no:
        return NO
    return entry.otherwise or None


def _parts(folded: str) -> set[str]:
    """Part a cell that names several things: `Race; Faith` is a crime of two strands."""
    return {part.strip() for part in _SEVERAL.split(folded)} - {""}


def _claimed(named: set[str], word: str) -> str | None:
    folded = word.casefold()
    return YES if folded in named or _parts(folded) <= named else None


def _unclaimed(table: ExtractTable, mapping: Mapping) -> dict[str, int]:
    """Count, by heading that serves several markers, the cells that none of them names."""
    of_heading: dict[str, list[MappedColumn]] = {}
    for column in MARKERS:
        if (entry := mapping.columns.get(column.name)) is not None:
            of_heading.setdefault(entry.heading, []).append(entry)
    found = {}
    for heading, entries in of_heading.items():
        if len(entries) == 1:
            continue
        named = {word for entry in entries for word in (*entry.yes, *entry.no)}
        _, lost = _translated(table.text.columns[heading], partial(_claimed, named))
        if lost:
            found[heading] = lost
    return found


def _translated(
    array: pa.Array, translate: Translate, blank: str | None = None
) -> tuple[pa.Array, int]:
    """Apply a translation once per different word, and count the rows whose word said nothing.

    Blank words are no words: they stand for `blank`, and are not counted.
    """
    as_words = isinstance(array, pa.DictionaryArray)
    words = (array.dictionary if as_words else array).to_pylist()
    parsed: list[str | None] = []
    lost: list[int] = []
    for index, word in enumerate(words):
        stripped = word.strip() if word is not None else ""
        parsed.append((translate(stripped) or None) if stripped else blank)
        if stripped and parsed[-1] is None:
            lost.append(index)
    values = pa.array(parsed, pa.string())
    if not as_words:
        return values, len(lost)
    gone = pc.sum(pc.is_in(array.indices, value_set=pa.array(lost, array.indices.type))).as_py()
    values = values.take(array.indices)
    if blank is not None:
        # an empty cell has no word; a word that could not be read stays unknown
        values = pc.if_else(pc.is_null(array.indices), blank, values)
    return values.dictionary_encode(), int(gone or 0)


def _cancel_by_outcome(columns: dict[str, pa.Array], table: ExtractTable, mapping: Mapping) -> None:
    """Mark records cancelled whose outcome is one of those that the mapping names."""
    outcome = mapping.columns.get("outcome")
    if outcome is None or not outcome.cancelled:
        return
    by_outcome, _ = _translated(
        table.text.columns[outcome.heading],
        lambda word: YES if word.casefold() in outcome.cancelled else NO,
        blank=NO,  # an open case has no outcome yet, and is a crime
    )
    marked = columns.get("cancelled")
    if marked is not None:
        either = pc.or_kleene(pc.equal(by_outcome, YES), pc.equal(marked, YES))
        by_outcome = pc.if_else(pc.fill_null(either, False), YES, NO)
    columns["cancelled"] = pc.cast(by_outcome, pa.string()).dictionary_encode()


def _redacted(columns: dict[str, pa.Array], lines: pa.Array) -> Callable[[int], str]:
    """Show of a rejected line only what cannot name anybody: its date and its offence code."""
    at: dict[int, int] = {}

    def raw(line: int) -> str:
        if not at:
            at.update({number: row for row, number in enumerate(lines.to_pylist())})
        row = at[line]
        return ", ".join(
            f"{name}: {columns[name][row].as_py() or ''}"[:60]
            for name in ("recorded_date", "offence_code")
        )

    return raw


def _unknown_codes(codes: pa.Array) -> dict[str, int]:
    known = known_codes()
    counted = pc.value_counts(pc.fill_null(pc.cast(codes, pa.string()), "")).to_pylist()
    return {entry["values"]: entry["counts"] for entry in counted if entry["values"] not in known}
