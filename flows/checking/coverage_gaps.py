"""What loads of records should cover and do not, named: months inside their span, categories."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import duckdb

from flows.calendar_months import months_from
from flows.landing.sources import DATASETS
from flows.landing.sources.force.reference import indicators_of_markers
from flows.landing.sources.rules.covered_months import spans
from flows.landing.sources.rules.crime_categories import indicators_published

_BY_MONTH = tuple(dataset.name for dataset in DATASETS if dataset.covers_whole_months)
_STREET = "police_uk_street"
_EXTRACT = "force_extract"


def attach_coverage_gaps(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `coverage_gaps`: a row per load in force that lacks something, as its coverage says.

    `months_missing`: months between its first and its last that it does not cover;
    `indicators_missing`: indicators that a street file's force publishes and it does not cover;
    those of offences that a force's extract leaves out (one of selected offences), and those that
    it covers in some of its months only (a marker filled in part).
    Both with their names (`…_words`); 0 and NULL where nothing lacks.
    """
    covered = connection.execute(
        "select load_id, dataset, scope, indicator_id, period_start from coverage "
        "where list_contains($datasets, dataset) order by all",
        {"datasets": [*_BY_MONTH, _STREET]},
    ).fetchall()
    months: dict[str, set[date]] = defaultdict(set)
    indicators: dict[tuple[str, str, date], set[str]] = defaultdict(set)
    in_part: dict[str, dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
    for load, dataset, scope, indicator, month in covered:
        if dataset == _STREET:
            indicators[load, scope, month].add(indicator)
        else:
            months[load].add(month)
        if dataset == _EXTRACT:
            in_part[load][indicator].add(month)
    gaps: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for load, known in months.items():
        missing = [month for month in months_from(min(known), max(known)) if month not in known]
        if missing:
            gaps[load]["months"] = len(missing), spans(missing)
    for (load, scope, month), supplied in indicators.items():
        lacking = (
            sorted(indicators_published(month, scope) - supplied) if "*" not in supplied else []
        )
        if lacking:
            gaps[load]["indicators"] = len(lacking), ", ".join(lacking)
    for load, of_indicator in in_part.items():
        without: dict[str, list[str]] = defaultdict(list)
        left_out = [name for name in indicators_of_markers(frozenset()) if name not in of_indicator]
        if left_out:
            without["all months"] = left_out
        for indicator, known in sorted(of_indicator.items()):
            if known < months[load]:
                without[spans(months[load] - known)].append(indicator)
        if without:
            words = "; ".join(f"{', '.join(names)} of {when}" for when, names in without.items())
            gaps[load]["indicators"] = sum(map(len, without.values())), words
    connection.execute(
        "create table coverage_gaps (load_id varchar, months_missing bigint, "
        "months_missing_words varchar, indicators_missing bigint, "
        "indicators_missing_words varchar)"
    )
    rows = [
        (load, *lacks.get("months", (0, None)), *lacks.get("indicators", (0, None)))
        for load, lacks in sorted(gaps.items())
    ]
    if rows:
        connection.executemany("insert into coverage_gaps values (?, ?, ?, ?, ?)", rows)
