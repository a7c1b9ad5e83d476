"""Force crime extract: one row per recorded crime, each force with headings of its own.

A mapping beside the inbox's extract dates (`mappings/<force>.yml`) brings its headings to the
canonical columns. Only mapped columns are read; the crime reference is kept as a keyed hash, and
what looks like personal data is never landed.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from flows.landing.reader import Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.force.canonical import canonical_table
from flows.landing.sources.force.columns import EXTRACT
from flows.landing.sources.force.extract_table import read_extract
from flows.landing.sources.force.mapping import Mapping, find_mapping, read_mapping
from flows.landing.sources.force.marker_months import marker_months
from flows.landing.sources.force.refused_columns import refused_columns
from flows.landing.sources.force.selected_offences import left_out
from flows.landing.sources.force.window import coverage_of, date_rules, stated_window
from flows.landing.sources.rules.covered_months import CoveredMonths, covered_months
from flows.landing.sources.rules.hash_key import keyed_hash
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.text import Reject
from flows.landing.tables.typed_values import typed_rows

if TYPE_CHECKING:
    from flows.landing.sources.force.canonical import Canonical
    from flows.landing.sources.force.extract_table import ExtractTable

_ENDINGS = (".csv", ".xlsx", ".xlsm")
_SHOWN = 10
_CODE = re.compile(r"\d{1,3}[A-Z]{0,2}(?:\.\d{1,2})?(?:/\d{1,3}[A-Z]?)?")


def mapping_of(file: SupplierFile) -> Mapping:
    """Read the mapping that stands for a file. Raises FileRefusedError where there is none."""
    return read_mapping(find_mapping(file.companions, file.path or file.name, file.extract_date))


def _read_with(file: SupplierFile) -> str:
    mapping = mapping_of(file)
    return f"{mapping.force} {mapping.digest}"


def read_force_extract(file: SupplierFile) -> Reading:
    """Read one extract by its force's mapping."""
    mapping = mapping_of(file)
    table = read_extract(file, mapping)
    refused = refused_columns(table, mapping, file.extract_date)
    if "crime_reference" in mapping.columns:
        if file.hash_key is None:
            raise FileRefusedError(
                "there is no key to hash the crime references with",
                expected="the key that the setting hash_key_file names",
                next_step="report this as a fault of the reader",
            )
        key = file.hash_key()
    else:
        key = b""

    def hashed(reference: str) -> str:
        return keyed_hash(key, f"{mapping.force}|{reference.upper()}")

    canonical = canonical_table(table, mapping, hashed)
    rows, rejects = typed_rows(
        canonical.text, canonical.contract, date_rules(file.extract_date, mapping)
    )
    slug = pa.DictionaryArray.from_arrays(
        pa.nulls(rows.num_rows, pa.int32()).fill_null(0), pa.array([mapping.force])
    )
    rows = rows.add_column(rows.num_columns - 1, "_force_slug", slug)
    rejects = [
        Reject(r.line, r.column, table.place(r.line) + r.reason, r.raw_text) for r in rejects
    ]
    counted: Counter[date] = Counter()
    months = pc.cast(pc.floor_temporal(rows.column("recorded_date"), unit="month"), pa.date32())
    for entry in pc.value_counts(months).to_pylist():
        counted[entry["values"]] += entry["counts"]
    # a file of which nothing could be read is judged as such, whatever its window
    stated = stated_window(mapping, file.extract_date) if rows.num_rows or not rejects else None
    covered = covered_months(counted, file.extract_date, stated)
    markers = marker_months(table, rows, mapping, covered.months)
    selected = left_out(rows)
    return Reading(
        rows,
        sorted([*table.text.rejects, *rejects], key=lambda reject: reject.line),
        mapping.scope,
        coverage_of(mapping, covered.months, markers, selected.indicators),
        table.text.encoding,
        [
            *notes_of(table, canonical, refused, mapping),
            *covered.notes(counted, "" if stated else "its mapping (window)"),
            *_notes_of_window(stated, counted, covered),
            *markers.notes,
            *selected.notes,
        ],
    )


def shown_code(code: str) -> str:
    """Give a code for showing; what does not look like one may be anything and is not shown."""
    return "(none)" if not code else code if _CODE.fullmatch(code) else "(no code)"


def notes_of(
    table: ExtractTable,
    canonical: Canonical,
    refused: dict[str, str],
    mapping: Mapping,
) -> list[str]:
    """Say what was not read: headings, words of the seeds, and counts."""
    notes = list(table.text.notes)
    if refused:
        listed = ", ".join(f"{heading} ({kind})" for heading, kind in refused.items())
        notes.append(f"columns that look like personal data, never landed: {listed}")
    mapped = set(mapping.headings())
    other = [h for h in canonical.text.unknown_headers if h not in refused and h not in mapped]
    if other:
        notes.append(f"columns not in the mapping, not read: {', '.join(other)}")
    if canonical.unknown_codes:
        records = sum(canonical.unknown_codes.values())
        codes = sorted({shown_code(code) for code in canonical.unknown_codes})
        more = f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
        notes.append(
            f"{records:,} records have offence codes that data/seeds/offence_codes.csv does not "
            f"know, and count in the total only: {', '.join(codes[:_SHOWN])}{more}"
        )
    for heading, count in canonical.unclaimed.items():
        notes.append(
            f"{count:,} records have in '{heading}' what none of its markers names, and count in "
            "none of them. Expected: words under yes of one of them, or under no. Next: name them "
            "in the mapping (csp check-mapping FILE)"
        )
    for column, count in sorted(canonical.unreadable.items()):
        notes.append(f"{count:,} values of {column} could not be read and count as unknown")
    return notes


def _notes_of_window(
    stated: tuple[date, date] | None, recorded: Counter[date], covered: CoveredMonths
) -> list[str]:
    outside = sum(recorded[month] for month in covered.outside)
    if stated is None or not outside:
        return []
    return [
        f"{outside:,} records are of months outside the mapping's window, {stated[0]:%Y-%m} to "
        f"{stated[1]:%Y-%m}, and count nowhere"
    ]


FILES = SourceFiles(
    (
        Reader(
            dataset="force_extract",
            contract=EXTRACT,
            accepts=lambda name: name.lower().endswith(_ENDINGS),
            read=read_force_extract,
            month_column="recorded_date",
            extra_columns=("_force_slug",),
            read_with=_read_with,
        ),
    ),
)
