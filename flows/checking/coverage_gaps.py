"""What loads of records should cover and do not, named: months inside their span, categories."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import duckdb

from flows.calendar_months import months_from
from flows.landing.sources import DATASETS
from flows.landing.sources.rules.covered_months import spans
from flows.landing.sources.rules.crime_categories import indicators_published

_BY_MONTH = tuple(dataset.name for dataset in DATASETS if dataset.covers_whole_months)
_STREET = "police_uk_street"


def attach_coverage_gaps(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `coverage_gaps`: a row per load in force that lacks something, as its coverage says.

    `months_missing`: months between its first and its last that it does not cover;
    `indicators_missing`: indicators that a street file's force publishes and it does not cover.
    Both with their names (`…_words`); 0 and NULL where nothing lacks.
    """
    covered = connection.execute(
        "select load_id, dataset, scope, indicator_id, period_start from coverage "
        "where list_contains($datasets, dataset) order by all",
        {"datasets": [*_BY_MONTH, _STREET]},
    ).fetchall()
    months: dict[str, set[date]] = defaultdict(set)
    indicators: dict[tuple[str, str, date], set[str]] = defaultdict(set)
    for load, dataset, scope, indicator, month in covered:
        if dataset == _STREET:
            indicators[load, scope, month].add(indicator)
        else:
            months[load].add(month)
    rows: list[tuple[str, int, str | None, int, str | None]] = []
    for load, known in sorted(months.items()):
        missing = [month for month in months_from(min(known), max(known)) if month not in known]
        if missing:
            rows.append((load, len(missing), spans(missing), 0, None))
    for (load, scope, month), supplied in sorted(indicators.items()):
        lacking = (
            sorted(indicators_published(month, scope) - supplied) if "*" not in supplied else []
        )
        if lacking:
            rows.append((load, 0, None, len(lacking), ", ".join(lacking)))
    connection.execute(
        "create table coverage_gaps (load_id varchar, months_missing bigint, "
        "months_missing_words varchar, indicators_missing bigint, "
        "indicators_missing_words varchar)"
    )
    if rows:
        connection.executemany("insert into coverage_gaps values (?, ?, ?, ?, ?)", rows)
