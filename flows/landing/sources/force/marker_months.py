"""In which months of an extract each of its markers is filled, so that it can be counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from flows.landing.sources.force.columns import AGE_MARKERS, HATE_STRANDS, MARKERS, YES
from flows.landing.sources.force.extract_table import ExtractTable
from flows.landing.sources.force.mapping import MappedColumn, Mapping
from flows.landing.sources.rules.covered_months import EXPECTED_TO_OCCUR, spans
from flows.landing.sources.rules.filled_months import (
    fills_most_rows,
    months_unread,
    months_without_words,
)

# Of the crimes that the police of England and Wales recorded in 2022/23 about 14 % were domestic
# abuse, 2 % hate crime and 0.7 % knife crime (ONS, Home Office): no force has fewer than this.
COMMON_SHARE_MIN = 1 / 200
_COMMON = frozenset({"domestic_abuse", "hate_crime", "knife", *HATE_STRANDS})


@dataclass(frozen=True, slots=True)
class MarkerMonths:
    """What each mapped marker is silent about: months by marker, and why, in words."""

    silent: dict[str, frozenset[date]]
    notes: list[str]

    def speaking(self, month: date) -> frozenset[str]:
        """Give the markers that can be counted in a month."""
        return frozenset(name for name, months in self.silent.items() if month not in months)


def marker_months(
    table: ExtractTable, rows: pa.Table, mapping: Mapping, months: Sequence[date]
) -> MarkerMonths:
    """Find the covered months that each marker of a mapping is silent about.

    `rows` are the typed rows of the table, those rejected left out, and `months` what the extract
    covers. A marker is silent in a month in which its column is empty though so many words are
    usual that this is no chance, and in one in which it says nothing of more than a tenth of the
    records.
    """
    of_row = pc.cast(pc.floor_temporal(rows.column("recorded_date"), unit="month"), pa.date32())
    kept = pc.is_in(table.text.lines, value_set=rows.column("_row_number").combine_chunks())
    records = _by_month(of_row)
    entries = _entries(mapping)
    has_word: dict[str, pa.Array] = {}
    filled: dict[str, Counter[date]] = {}
    for heading in dict.fromkeys(entry.heading for entry in entries.values()):
        words = pc.fill_null(pc.cast(table.text.columns[heading], pa.string()), "").filter(kept)
        has_word[heading] = pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(words)), 0)
        filled[heading] = _by_month(of_row.filter(has_word[heading]))
    # one strand alone is rare, and all of them are filled by one hand
    strands = Counter[date]()
    for heading in {entries[name].heading for name in HATE_STRANDS if name in entries}:
        strands.update(filled[heading])
    silent: dict[str, frozenset[date]] = {}
    for name, entry in entries.items():
        words_of_month = filled[entry.heading]
        without = months_without_words(words_of_month, records, months)
        all_words = strands if name in HATE_STRANDS else words_of_month
        if name in _COMMON and _is_unlikely_unused(all_words, records, months):
            without.update(months)
        if name in HATE_STRANDS:
            without |= months_without_words(strands, records, months)
        unread = Counter[date]()
        if name in AGE_MARKERS:
            # a crime against a shop or the state has a victim of no age, and a band that the
            # mapping does not name is read as another age: that none is young says so
            young = _by_month(of_row.filter(pc.fill_null(pc.equal(rows.column(name), YES), False)))
            without |= months_without_words(young, records, months)
        else:
            is_unread = pc.is_null(rows.column(name))
            if fills_most_rows(words_of_month, records, months):
                is_unread = pc.or_(is_unread, pc.invert(has_word[entry.heading]))
            unread = _by_month(of_row.filter(is_unread))
        silent[name] = frozenset(without | months_unread(unread, records, months))
    return MarkerMonths(
        silent, [*_notes(entries, filled, silent, months), *_notes_of_hate(entries)]
    )


def _is_unlikely_unused(
    words: Counter[date], records: Counter[date], months: Sequence[date]
) -> bool:
    """Say whether a column is empty throughout though so many records would have words in it."""
    expected = COMMON_SHARE_MIN * sum(records[month] for month in months)
    return not words.total() and expected >= EXPECTED_TO_OCCUR


def _entries(mapping: Mapping) -> dict[str, MappedColumn]:
    """Give the entry of each marker that a mapping maps; that a record is cancelled is none."""
    entries = {
        column.name: mapping.columns[column.name]
        for column in MARKERS
        if column.name in mapping.columns and column.name != "cancelled"
    }
    band = mapping.columns.get("victim_age_band")
    if band is not None:
        entries |= {name: band for name in AGE_MARKERS if band.ages(name)}
    return entries


def _by_month(months: pa.Array | pa.ChunkedArray) -> Counter[date]:
    return Counter(
        {entry["values"]: entry["counts"] for entry in pc.value_counts(months).to_pylist()}
    )


def _notes(
    entries: dict[str, MappedColumn],
    filled: dict[str, Counter[date]],
    silent: dict[str, frozenset[date]],
    months: Sequence[date],
) -> list[str]:
    """Say which columns are not filled, those of the same months together."""
    empty: dict[str, set[date]] = {}
    thin: dict[str, set[date]] = {}
    for name, entry in entries.items():
        for month in silent[name]:
            kind = thin if filled[entry.heading][month] else empty
            kind.setdefault(entry.heading, set()).add(month)
    said = [
        f"{_columns(headings)} empty in every row of {when}: not supplied, and no figure is made "
        f"of what {'it marks' if len(headings) == 1 else 'they mark'} in these months. Expected: "
        "a column that is filled in every month. Next: ask the "
        "force for an extract in which it is, or for the month from which it is recorded"
        for when, headings in _alike(empty)
    ]
    said += [
        f"{_columns(headings)} empty, or in words that the mapping does not know, in more than a "
        f"tenth of the records of {when}: what {'it marks' if len(headings) == 1 else 'they mark'}"
        " is not supplied for these months. Expected: a word under yes or no in nearly every "
        "record. Next: ask the force for an extract in which it is filled, or correct the "
        "mapping's words (csp check-mapping FILE)"
        for when, headings in _alike(thin)
    ]
    counted = {
        entry.heading: None
        for name, entry in entries.items()
        if months and not any(filled[entry.heading].values()) and not silent[name]
    }
    if counted:
        said.append(
            f"{_columns(list(counted))} empty in every row of the file, and the mapping says that "
            "empty means no: counted as 0. Next: ask the force whether it fills "
            f"{'it' if len(counted) == 1 else 'them'}; if not, take "
            f"{'it' if len(counted) == 1 else 'them'} out of the mapping"
        )
    return said


def _alike(of_heading: dict[str, set[date]]) -> list[tuple[str, list[str]]]:
    """Group headings by their months, written in words."""
    groups: dict[str, list[str]] = {}
    for heading, months in of_heading.items():
        groups.setdefault(spans(months), []).append(heading)
    return list(groups.items())


def _columns(headings: list[str]) -> str:
    named = ", ".join(f"'{heading}'" for heading in headings)
    return f"the column {named} is" if len(headings) == 1 else f"the columns {named} are"


def _notes_of_hate(entries: dict[str, MappedColumn]) -> list[str]:
    strands = [name for name in HATE_STRANDS if name in entries]
    if not strands or "hate_crime" in entries or len(strands) == len(HATE_STRANDS):
        return []
    lacking = ", ".join(name for name in HATE_STRANDS if name not in entries)
    return [
        f"the mapping has {len(strands)} of the {len(HATE_STRANDS)} strands of hate crime and no "
        f"hate_crime: each is counted, hate crime as a whole is not. Expected: {lacking}, or "
        "hate_crime, too. Next: map their columns, or ask the force for them"
    ]
