"""What a mapping would make of an extract, column by column, without landing anything."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from flows.landing.reader import SupplierFile
from flows.landing.sources.force.canonical import Canonical, canonical_table
from flows.landing.sources.force.columns import EXTRACT, LOCATIONS, NEVER_KEPT
from flows.landing.sources.force.extract_table import read_extract
from flows.landing.sources.force.mapping import Mapping
from flows.landing.sources.force.marker_months import marker_months
from flows.landing.sources.force.place_words import is_unknown
from flows.landing.sources.force.reference import indicators_of_markers
from flows.landing.sources.force.refused_columns import refused_columns
from flows.landing.sources.force.selected_offences import left_out
from flows.landing.sources.force.window import coverage_of, date_rules, stated_window
from flows.landing.sources.rules.covered_months import covered_months, rows_by_month
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.typed_values import typed_rows

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """One canonical column: its heading, what its most frequent words become, and counts."""

    name: str
    heading: str
    examples: list[tuple[str, str]]
    filled: int
    empty: int
    unreadable: int


@dataclass(slots=True)
class MappingPreview:
    """A whole extract as a mapping reads it. Nothing in it names a person or a crime."""

    mapping: Mapping
    columns: list[ColumnPreview]
    rows: int
    rejected: Counter[str]
    unknown_codes: dict[str, int]
    refused: dict[str, str]
    not_mapped: list[str]
    unknown_areas: Counter[str] = field(default_factory=Counter)
    never_kept: list[str] = field(default_factory=list)
    months: list[date] = field(default_factory=list)
    window_problem: str = ""
    window_notes: list[str] = field(default_factory=list)
    outside_window: int = 0
    indicators: list[str] = field(default_factory=list)
    indicators_not_covered: list[str] = field(default_factory=list)
    indicators_left_out: list[str] = field(default_factory=list)


def masked(text: str) -> str:
    """Show the shape of a text and nothing else: letters become X, digits 9."""
    return re.sub(r"[^\W\d_]", "X", re.sub(r"\d", "9", text))


def preview(file: SupplierFile, mapping: Mapping) -> MappingPreview:
    """Read an extract by a mapping and say what would come of it.

    Raises FileRefusedError as landing.
    """
    table = read_extract(file, mapping)
    refused = refused_columns(table, mapping, file.extract_date)
    canonical = canonical_table(table, mapping, lambda reference: f"hash of {masked(reference)}")
    rules = date_rules(file.extract_date, mapping)
    rows, rejects = typed_rows(canonical.text, canonical.contract, rules)
    months = rows_by_month(rows.column("recorded_date").to_pylist())
    found = MappingPreview(
        mapping=mapping,
        columns=[
            _column(column.name, canonical, table.text.columns)
            for column in EXTRACT.columns
            if column.name in canonical.text.columns
        ],
        rows=rows.num_rows,
        rejected=Counter(
            f"{reject.column}: {reject.reason}" if reject.column else reject.reason
            for reject in [*table.text.rejects, *rejects]
        ),
        unknown_codes=canonical.unknown_codes,
        refused=refused,
        not_mapped=[h for h in canonical.text.unknown_headers if h not in refused],
        never_kept=[name for name in mapping.columns if name in NEVER_KEPT],
    )
    try:
        stated = stated_window(mapping, file.extract_date)
        covered = covered_months(months, file.extract_date, stated)
        found.months = list(covered.months)
        markers = marker_months(table, rows, mapping, found.months)
        unclaimed = [
            f"{count:,} records have in '{heading}' what none of its markers names"
            for heading, count in canonical.unclaimed.items()
        ]
        selected = left_out(rows)
        found.indicators_left_out = sorted(selected.indicators)
        found.window_notes = [*covered.notes(months), *markers.notes, *selected.notes, *unclaimed]
        covers = coverage_of(mapping, found.months, markers, selected.indicators)
        found.indicators = sorted({part.indicator_id for part in covers})
    except FileRefusedError as refusal:
        found.window_problem = refusal.reason("")
    found.outside_window = sum(n for month, n in months.items() if month not in set(found.months))
    found.unknown_areas = _unknown_areas(rows)
    everything = indicators_of_markers(frozenset(column.name for column in EXTRACT.columns))
    known = {*found.indicators, *found.indicators_left_out}
    found.indicators_not_covered = [name for name in everything if name not in known]
    return found


def _unknown_areas(rows: pa.Table) -> Counter[str]:
    """Count the words for partnerships that mean none, of records that no LSOA places."""
    words = Counter(
        csp
        for csp, code, name in zip(
            *(rows.column(column).to_pylist() for column in LOCATIONS), strict=True
        )
        if csp is not None and code is None and name is None
    )
    return Counter({word: records for word, records in words.items() if is_unknown(word)})


def _column(name: str, canonical: Canonical, words: dict[str, pa.Array]) -> ColumnPreview:
    heading = next(column.header for column in canonical.contract.columns if column.name == name)
    values = pc.cast(canonical.text.columns[name], pa.string())
    empty = values.null_count
    examples: list[tuple[str, str]] = []
    if heading in words:
        before = pc.fill_null(pc.cast(words[heading], pa.string()), "")
        pairs = Counter(zip(before.to_pylist(), values.to_pylist(), strict=True))
        for (word, value), _ in pairs.most_common(_EXAMPLES):
            shown = "(unknown)" if value is None else value
            if name == "reference_key":
                examples = [(masked(word), "64 characters of keyed hash")]
                break
            examples.append((word, shown))
    return ColumnPreview(
        name, heading, examples, len(values) - empty, empty, canonical.unreadable.get(name, 0)
    )
