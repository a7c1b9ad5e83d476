"""What stands instead of a load that is held back: the extracts now in force for what it covers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import duckdb

from flows.data_folder import DataFolder

# Dataset, scope, indicator, first and last day: what one load at a time speaks for.
Slot = tuple[str, str, str, date, date]

_COVERAGE = """
    select
        coverage.load_id, coverage.extract_date, loads.file,
        coverage.dataset, lower(coverage.scope), coverage.indicator_id,
        coverage.period_start, coverage.period_end
    from read_parquet($coverage) as coverage
    inner join read_parquet($loads) as loads on coverage.load_id = loads.load_id
"""


def covered_slots(
    folder: DataFolder, deliveries: Collection[tuple[str, date]]
) -> dict[tuple[str, date], set[Slot]]:
    """List what each of these loads covers, by the catalog as it is."""
    found: dict[tuple[str, date], set[Slot]] = {one: set() for one in deliveries}
    for load_id, day, _, slot in _coverage(folder):
        if (load_id, day) in found:
            found[load_id, day].add(slot)
    return found


def what_stands(
    folder: DataFolder, slots: Mapping[tuple[str, date], set[Slot]]
) -> dict[tuple[str, date], str]:
    """Say in words, by load held back, which extracts of the catalog cover the same."""
    newest: dict[Slot, tuple[date, str]] = {}
    for _, day, file, slot in _coverage(folder):
        newest[slot] = max((day, file), newest.get(slot, (day, file)))
    words = {}
    for delivery, covered in slots.items():
        standing = {newest[slot] for slot in covered if slot in newest}
        missing = sum(slot not in newest for slot in covered)
        if not standing:
            words[delivery] = "No other extract covers it: its figures are missing"
            continue
        latest = max(day for day, _ in standing)
        files = sorted({file for day, file in standing if day == latest})
        named = files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1:,} more"
        # no strftime: its padding of days differs between systems
        spoken = f"{latest.day} {latest:%B %Y}"
        words[delivery] = f"For what it covers, the extract of {spoken} stands ({named})" + (
            f", except for {missing:,} of {len(covered):,} months or figures, which are missing"
            if missing
            else ""
        )
    return words


def _coverage(folder: DataFolder) -> list[tuple[str, date, str, Slot]]:
    catalog = folder.landing / "catalog"
    with duckdb.connect() as connection:
        rows = connection.execute(
            _COVERAGE,
            {name: str(catalog / f"{name}.parquet") for name in ("coverage", "loads")},
        ).fetchall()
    return [
        (load_id, day, file, (dataset, scope, indicator_id, start, end))
        for load_id, day, file, dataset, scope, indicator_id, start, end in rows
    ]
