"""Whether the partnerships that a force names in its records are known.

A record of any other, without an LSOA, counts as location unknown: its area's figures are too low.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import duckdb

from flows.landing.sources.force.place_words import in_words, is_unknown


def attach_unplaced_records(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `unplaced_records`: a row per load and month with its records of an unknown place.

    `rows` counts those whose partnership is a word that means none and that have no LSOA, of
    `all_rows`; `words` names the words of the whole load (`in_words`).
    """
    connection.execute(
        "create table unplaced_records "
        "(load_id varchar, month date, all_rows bigint, rows bigint, words varchar)"
    )
    there = connection.execute(
        "select 1 from duckdb_views() where view_name = 'force_extract'"
    ).fetchone()
    if there is None:
        return
    found = connection.execute(
        """
        select
            _load_id,
            cast(date_trunc('month', recorded_date) as date),
            case when lsoa_code is null and lsoa_name is null then csp end as csp,
            count(*)
        from force_extract
        group by all
        """
    ).fetchall()
    records: Counter[tuple[str, date]] = Counter()
    unplaced: Counter[tuple[str, date]] = Counter()
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for load, month, word, rows in found:
        records[load, month] += rows
        if word is not None and is_unknown(word):
            unplaced[load, month] += rows
            words[load][word] += rows
    if unplaced:
        connection.executemany(
            "insert into unplaced_records values (?, ?, ?, ?, ?)",
            [
                (load, month, records[load, month], rows, in_words(words[load]))
                for (load, month), rows in sorted(unplaced.items())
            ],
        )
