"""Two extracts of one date that disagree: neither can be preferred, so the second is refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from flows.landing.ledger.load_records import DeliveryRecord, LoadRecord
from flows.landing.reader import Coverage, Reader
from flows.landing.sources.rules.area_names import canonical_scope, folded_key

_Slot = tuple[str, date, str, str, date, date]


class CoveredSlots:
    """Who covers what on which extract date, over all loads and deliveries that stand."""

    def __init__(self) -> None:
        self._holder: dict[_Slot, list[str]] = {}

    def add(self, record: LoadRecord, delivery: DeliveryRecord) -> None:
        """Enter one delivery of a load."""
        for slot in _slots(record.source, record.dataset, delivery.extract_date, record.coverage):
            holders = self._holder.setdefault(slot, [])
            if record.load_id not in holders:
                holders.append(record.load_id)

    def remove(self, load_id: str) -> None:
        """Forget a load, on all its extract dates."""
        for holders in self._holder.values():
            if load_id in holders:
                holders.remove(load_id)

    def others(
        self,
        source: str,
        dataset: str,
        extract_date: date,
        coverage: Iterable[Coverage],
        load_id: str,
    ) -> list[str]:
        """List other loads of this extract date that cover any of the same, oldest first."""
        found: dict[str, None] = {}
        for slot in _slots(source, dataset, extract_date, coverage):
            found.update(dict.fromkeys(self._holder.get(slot, ())))
        return [other for other in found if other != load_id]


def _slots(
    source: str, dataset: str, extract_date: date, coverage: Iterable[Coverage]
) -> Iterable[_Slot]:
    for part in coverage:
        yield (
            dataset,
            extract_date,
            canonical_scope(source, part.scope).casefold(),
            part.indicator_id,
            part.period_start,
            part.period_end,
        )


def disagree(reader: Reader, one: Path, other: Path) -> bool:
    """Say whether two loads clash: by coverage alone, or by the values at their common keys."""
    if reader.clash == "coverage":
        return True
    values = _values(reader, one)
    return any(
        values.get(key, figures) != figures for key, figures in _values(reader, other).items()
    )


def _values(reader: Reader, path: Path) -> dict[tuple[object, ...], tuple[object, ...]]:
    there = set(pq.read_schema(path).names)
    wanted = [name for name in (*reader.key, *reader.compared) if name in there]
    table = pq.read_table(path, columns=wanted, partitioning=None)

    def column(name: str) -> list[object]:
        # a load of an older reader has no column that was added since: it said nothing there
        if name not in table.column_names:
            return [None] * table.num_rows
        values: list[object] = table[name].to_pylist()
        return values

    keys = [[folded_key(name, word) for word in column(name)] for name in reader.key]
    figures = [column(name) for name in reader.compared]
    return dict(zip(zip(*keys, strict=True), zip(*figures, strict=True), strict=True))
