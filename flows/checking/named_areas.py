"""Whether the areas that suppliers write are known: a row of any other would count nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import duckdb

from flows.landing.sources import DATASETS
from flows.landing.sources.rules.area_names import (
    area_code_of,
    area_spellings,
    did_you_mean,
    folded,
    is_name_of_two_levels,
)

# A message names this many words of a file; all are counted.
WORDS_SHOWN = 10


def attach_named_areas(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `area_spellings`, `named_areas` and the function `folded_name`.

    `area_spellings`: an area's code for each folded way of writing it that means one area.
    `named_areas`: a row per load with its rows of an area that is unknown (areas_unknown) and of
    a name that other levels share (areas_of_two_levels), and the words themselves with their first
    line (areas_of_two_levels_words) and what unknown ones are nearly (areas_unknown_words).
    """
    connection.create_function("folded_name", folded, ["VARCHAR"], "VARCHAR")
    known = area_spellings()
    connection.execute(
        "create table area_spellings as "
        "select unnest($spellings) as spelling, unnest($codes) as area_code",
        {"spellings": list(known), "codes": list(known.values())},
    )
    there = {
        name for (name,) in connection.execute("select view_name from duckdb_views()").fetchall()
    }
    unknown: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    shared: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    written_in = [(one.name, column) for one in DATASETS for column in one.area_columns]
    for name, column in sorted(written_in):  # `*` stands for all areas
        if name not in there:
            continue
        level = "coalesce(' (' || area_type || ')', '')" if name == "partner_returns" else "''"
        written = connection.execute(
            f"select _load_id, {column}, {level}, count(*), min(_row_number) from {name} "
            f"where {column} is not null and trim({column}) <> '*' group by all order by 1, 5, 2"
        ).fetchall()
        for load, area, of_level, rows, first in written:
            if area_code_of(area + of_level) is not None:
                continue
            if is_name_of_two_levels(area + of_level):
                shared[load].append((area, rows, first))
            else:
                unknown[load].append((area, rows, first))
    connection.execute(
        "create table named_areas (load_id varchar, areas_unknown bigint, "
        "areas_of_two_levels bigint, areas_unknown_words varchar, "
        "areas_of_two_levels_words varchar)"
    )
    found = [
        (
            load,
            sum(rows for _, rows, _ in unknown[load]),
            sum(rows for _, rows, _ in shared[load]),
            _words(unknown[load], did_you_mean),
            _words(shared[load], lambda _: ""),
        )
        for load in sorted({*unknown, *shared})
    ]
    if found:
        connection.executemany("insert into named_areas values (?, ?, ?, ?, ?)", found)


def _words(named: list[tuple[str, int, int]], hint_of: Callable[[str], str]) -> str:
    """Name the first words: "'Dudly' on line 3, did you mean Dudley?"."""
    shown = []
    for area, rows, first in named[:WORDS_SHOWN]:
        lines = f"on line {first}" if rows == 1 else f"on {rows:,} lines from line {first}"
        hint = hint_of(area)
        shown.append(f"'{area}' {lines}{', ' if hint else ''}{hint}")
    more = len(named) - WORDS_SHOWN
    return "; ".join(shown) + (f"; and {more} more words" if more > 0 else "")
