"""Several scopes, extracts and datasets that say something of one month: which of them counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import duckdb
import pytest

from tests.dbt_project.model_sql import compiled

JANUARY, FEBRUARY, MARCH = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)
#: Extract dates, the oldest first.
FIRST, SECOND, THIRD = date(2024, 4, 5), date(2024, 5, 5), date(2024, 6, 5)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def fill(
    connection: duckdb.DuckDBPyConnection, table: str, columns: str, *rows: Sequence[Any]
) -> None:
    connection.execute(f"create table {table} ({columns})")
    if rows:
        places = ", ".join("?" * len(rows[0]))
        connection.executemany(f"insert into {table} values ({places})", rows)


def rows(connection: duckdb.DuckDBPyConnection, model: str, columns: str) -> set[tuple[Any, ...]]:
    found = connection.execute(f"select {columns} from ({compiled(model)})").fetchall()
    assert len(found) == len(set(found))
    return set(found)


#: The dataset d of s counts robberies only, and has no word of what e covers.
SOURCE_INDICATORS = ("source varchar, dataset varchar, indicator_id varchar", ("s", "d", "robbery"))
#: The force F speaks for its partnerships p and q; the partnership p has a scope of its own.
#: W is of several forces, and so is in no list of the scopes of one force.
SCOPE_AREAS = (("F", "p"), ("F", "q"), ("P", "p"), ("W", "p"))


def load_areas(*loads: tuple[str, str], without_rows: Sequence[tuple[str, str]] = ()) -> Any:
    """Give what loads (name, scope) speak for; `without_rows`: a load and an area it lacks."""
    return (
        "load_id varchar, scope varchar, area_code varchar, is_spoken_for boolean",
        *(
            (load, scope, area, (load, area) not in without_rows)
            for load, scope in loads
            for speaking, area in SCOPE_AREAS
            if speaking == scope
        ),
    )


SCOPE_FORCES = (
    "scope varchar, force_code varchar, areas_spoken_for bigint",
    ("F", "F", 2),
    ("P", "F", 1),
)


def test_only_what_a_dataset_can_count_is_a_counted_month(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    fill(connection, "int_source_indicators", *SOURCE_INDICATORS)
    fill(
        connection,
        "int_load_areas",
        *load_areas(("f", "F"), ("p", "P"), ("cut", "F"), without_rows=[("cut", "q")]),
    )
    fill(
        connection,
        "int_current_coverage",
        "load_id varchar, source varchar, dataset varchar, scope varchar, indicator_id varchar,"
        " period_start date, extract_date date",
        ("f", "s", "d", "F", "robbery", JANUARY, FIRST),
        ("f", "s", "d", "F", "drugs", JANUARY, FIRST),
        ("p", "s", "e", "P", "robbery", MARCH, FIRST),
        ("p", "t", "d", "P", "robbery", MARCH, FIRST),
        ("g", "s", "d", "G", "robbery", JANUARY, SECOND),
        ("cut", "s", "d", "F", "robbery", MARCH, FIRST),
    )
    fill(
        connection,
        "int_current_counts",
        "source varchar, dataset varchar, scope varchar, area_code varchar",
        ("s", "d", "F", "p"),
        ("s", "d", "G", "elsewhere"),
        ("s", "d", "G", "q"),
        ("s", "e", "P", "never"),
    )
    found = rows(
        connection,
        "int_counted_months",
        "source, indicator_id, area_code, month, is_supplied, extract_date",
    )
    assert found == {
        ("s", "robbery", "p", JANUARY, True, FIRST),
        # the extract of March was cut to p; that another force's extract has rows of q is no supply
        ("s", "robbery", "p", MARCH, True, FIRST),
        # its own force supplied it, and the other force's extract with records of it is newer
        ("s", "robbery", "q", JANUARY, True, SECOND),
        ("s", "robbery", "elsewhere", JANUARY, False, SECOND),
    }


@pytest.mark.parametrize(
    ("of_the_force", "of_the_partnership", "speaks"),
    [(SECOND, FIRST, "F"), (FIRST, SECOND, "P"), (FIRST, FIRST, "P")],
)
def test_the_newest_extract_of_a_force_speaks_and_of_one_date_the_narrower(
    connection: duckdb.DuckDBPyConnection,
    of_the_force: date,
    of_the_partnership: date,
    speaks: str,
) -> None:
    fill(connection, "int_source_indicators", *SOURCE_INDICATORS)
    fill(
        connection,
        "int_load_areas",
        *load_areas(
            *(("f", "F"), ("cut", "F"), ("p", "P"), ("w", "W")),
            without_rows=[("cut", "p"), ("cut", "q")],
        ),
    )
    fill(connection, "int_scope_forces", *SCOPE_FORCES)
    fill(
        connection,
        "int_current_coverage",
        "load_id varchar, source varchar, dataset varchar, scope varchar, indicator_id varchar,"
        " period_start date, extract_date date",
        ("f", "s", "d", "F", "robbery", JANUARY, of_the_force),
        ("p", "s", "d", "P", "robbery", JANUARY, of_the_partnership),
        ("w", "s", "d", "W", "robbery", JANUARY, THIRD),
        ("p", "s", "d", "P", "drugs", JANUARY, THIRD),
        ("p", "s", "e", "P", "robbery", MARCH, THIRD),
        ("p", "t", "d", "P", "robbery", MARCH, THIRD),
        # the force's newest of February has no row of p: the partnership's own speaks
        ("cut", "s", "d", "F", "robbery", FEBRUARY, THIRD),
        ("p", "s", "d", "P", "robbery", FEBRUARY, FIRST),
    )
    found = rows(
        connection,
        "int_speaking_scopes",
        "source, dataset, indicator_id, month, area_code, force_code, scope",
    )
    assert found == {
        ("s", "d", "robbery", JANUARY, "p", "F", speaks),
        ("s", "d", "robbery", JANUARY, "q", "F", "F"),
        ("s", "d", "robbery", FEBRUARY, "p", "F", "P"),
        ("s", "d", "robbery", FEBRUARY, "q", "F", "F"),
    }


def test_at_each_date_the_scope_with_the_newest_extract_by_then_speaks(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Of p the force gave 10, then the partnership 20, then the force again 12; of q 5, 1 and 6.

    The partnership's scope is not q's own: what it holds of it is never more than the force's.
    """
    fill(connection, "int_source_indicators", *SOURCE_INDICATORS)
    fill(connection, "int_scope_forces", *SCOPE_FORCES)
    given = [
        ("f1", "F", FIRST, {"p": 10, "q": 5}),
        ("p1", "P", SECOND, {"p": 20, "q": 1}),
        ("f2", "F", THIRD, {"p": 12, "q": 6}),
    ]
    fill(connection, "int_load_areas", *load_areas(*((load, scope) for load, scope, *_ in given)))
    fill(
        connection,
        "stg_landing__coverage",
        "load_id varchar, source varchar, dataset varchar, scope varchar, indicator_id varchar,"
        " period_start date, extract_date date",
        *((load, "s", "d", scope, "*", JANUARY, day) for load, scope, day, _ in given),
    )
    fill(
        connection,
        "int_counts_by_vintage",
        "source varchar, dataset varchar, load_id varchar, scope varchar, month date,"
        " area_code varchar, indicator_id varchar, records bigint",
        *(
            ("s", "d", load, scope, JANUARY, area, "robbery", number)
            for load, scope, _, counts in given
            for area, number in counts.items()
        ),
    )
    found = rows(
        connection,
        "int_record_vintages",
        "source, indicator_id, area_code, period_start, extract_date, numerator, is_supplied",
    )
    assert found == {
        ("s", "robbery", "p", JANUARY, FIRST, 10.0, True),
        ("s", "robbery", "p", JANUARY, SECOND, 20.0, True),
        ("s", "robbery", "p", JANUARY, THIRD, 12.0, True),
        ("s", "robbery", "q", JANUARY, FIRST, 5.0, True),
        ("s", "robbery", "q", JANUARY, SECOND, 5.0, True),
        ("s", "robbery", "q", JANUARY, THIRD, 6.0, True),
    }


def test_a_missing_month_is_made_up_where_any_month_of_its_series_is(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    fill(
        connection,
        "stg_landing__coverage",
        "source varchar, dataset varchar, scope varchar, indicator_id varchar, period_start date,"
        " period_end date, load_id varchar, extract_date date",
        *(
            ("s", "d", scope, "*", start, end, f"{scope}{number}", FIRST)
            for scope in ("mixed", "real")
            for number, (start, end) in enumerate(
                [(JANUARY, date(2024, 1, 31)), (MARCH, date(2024, 3, 31))]
            )
        ),
    )
    fill(
        connection,
        "stg_landing__loads",
        "load_id varchar, file varchar, rows_read bigint, rows_loaded bigint,"
        " rows_rejected bigint, is_synthetic boolean",
        *(
            (load, "f", 1, 1, 0, load == "mixed0")
            for load in ("mixed0", "mixed1", "real0", "real1")
        ),
    )
    fill(connection, "areas", "area_code varchar, area_name varchar, area_type varchar")
    fill(connection, "int_load_areas", *load_areas())
    found = rows(connection, "int_coverage", "scope, period_start, is_supplied, is_synthetic")
    assert {row for row in found if not row[2]} == {
        ("mixed", date(2024, 2, 1), False, True),
        ("real", date(2024, 2, 1), False, False),
    }
    assert len(found) == 6


def test_the_file_of_a_covered_month_is_the_newest_extract(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Of three loads, b has the newest extract, though a comes first and c last by name."""
    given = [("a", FIRST), ("b", THIRD), ("c", SECOND)]
    fill(
        connection,
        "stg_landing__coverage",
        "source varchar, dataset varchar, scope varchar, indicator_id varchar, period_start date,"
        " period_end date, load_id varchar, extract_date date",
        *(("s", "d", "F", "*", JANUARY, date(2024, 1, 31), load, day) for load, day in given),
    )
    fill(
        connection,
        "stg_landing__loads",
        "load_id varchar, file varchar, rows_read bigint, rows_loaded bigint,"
        " rows_rejected bigint, is_synthetic boolean",
        *((load, f"{load}.csv", 1, 1, 0, False) for load, _ in given),
    )
    fill(connection, "areas", "area_code varchar, area_name varchar, area_type varchar")
    fill(connection, "int_load_areas", *load_areas())
    found = rows(connection, "int_coverage", "file, vintages, first_extract_date, extract_date")
    assert found == {("b.csv", 3, FIRST, THIRD)}
