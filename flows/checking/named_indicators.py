"""Which words that suppliers write for an indicator are none, how often, and what is nearly one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches

import duckdb

from flows.checking.named_areas import WORDS_SHOWN
from flows.landing.sources import DATASETS
from flows.landing.sources.rules.area_names import folded


def attach_named_indicators(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `named_indicators`: a row per load with its rows of unknown indicators.

    `indicators_unknown` counts them; `indicators_unknown_words` gives each word with its lines and,
    where a known indicator is nearly that, the question whether it is meant. Needs the landed
    datasets as views and the list `indicators`.
    """
    there = {
        name for (name,) in connection.execute("select view_name from duckdb_views()").fetchall()
    }
    unknown: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for name in sorted(one.name for one in DATASETS if one.names_indicators):
        if name not in there:  # `*` stands for all indicators
            continue
        rows = connection.execute(
            f"select _load_id, indicator_id, count(*), min(_row_number) from {name} "
            "where indicator_id is not null and trim(indicator_id) <> '*' "
            "and indicator_id not in (select indicator_id from indicators) "
            "group by all order by 1, 4, 2"
        ).fetchall()
        for load, word, lines, first in rows:
            unknown[load].append((word, lines, first))
    connection.execute(
        "create table named_indicators (load_id varchar, indicators_unknown bigint, "
        "indicators_unknown_words varchar)"
    )
    if unknown:
        known = _known(connection)
        connection.executemany(
            "insert into named_indicators values (?, ?, ?)",
            [
                [load, sum(rows for _, rows, _ in words), _in_words(words, known)]
                for load, words in sorted(unknown.items())
            ],
        )


def did_you_mean_indicator(written: str, known: Mapping[str, str]) -> str:
    """Ask whether the indicator that is nearest to a word is meant; empty where none is near.

    `known` gives the id of each indicator by its folded names.
    """
    near = get_close_matches(folded(written.replace("_", " ")), known, n=1, cutoff=0.75)
    return f"did you mean {known[near[0]]}?" if near else ""


def _in_words(unknown: list[tuple[str, int, int]], known: Mapping[str, str]) -> str:
    shown = []
    for word, rows, first in unknown[:WORDS_SHOWN]:
        lines = f"on line {first}" if rows == 1 else f"on {rows:,} lines from line {first}"
        hint = did_you_mean_indicator(word, known)
        shown.append(f"'{word}' {lines}{', ' if hint else ''}{hint}")
    more = len(unknown) - WORDS_SHOWN
    return "; ".join(shown) + (f"; and {more} more words" if more > 0 else "")


def _known(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Give the id of each indicator by its folded id and its folded name."""
    rows = connection.execute("select indicator_id, indicator_name from indicators").fetchall()
    by_name = {folded(name): indicator for indicator, name in rows}
    return by_name | {folded(indicator.replace("_", " ")): indicator for indicator, _ in rows}
