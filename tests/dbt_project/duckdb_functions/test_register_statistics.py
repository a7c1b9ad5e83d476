"""The statistics as DuckDB functions: NULL, types, vectors, and the dbt plugin."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
import register_statistics as registered
from rate_ratio import rate_ratio_p_value

STATISTICS = Path(registered.__file__).parent
NAMES = sorted(registered.STATISTICS)
#: Arguments that every function has an answer for, by number of arguments.
USABLE = {
    1: ["3"],
    2: ["3", "0.9"],
    3: ["3", "2", "2"],
    4: ["3", "9", "4", "11"],
    5: ["3", "9", "4", "11", "1.5"],
    6: ["0.8", "3", "9", "4", "11", "1.5"],
}


def _usable(name: str) -> list[str]:
    arguments = USABLE[registered.STATISTICS[name][1]]
    return ["3", "9"] if name.startswith("wilson") else list(arguments)


def _value(connection: duckdb.DuckDBPyConnection, expression: str) -> Any:
    row = connection.execute(f"select {expression}").fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize("name", NAMES)
def test_answers_in_double_and_gives_null_for_any_null(
    connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    arguments = _usable(name)
    call = f"{name}({', '.join(arguments)})"
    assert _value(connection, call) is not None
    assert _value(connection, f"typeof({call})") == "DOUBLE"
    for position in range(len(arguments)):
        with_null = [*arguments[:position], "null", *arguments[position + 1 :]]
        assert _value(connection, f"{name}({', '.join(with_null)})") is None


@pytest.mark.parametrize(
    "nonsense",
    [
        "poisson_lower(-1)",
        "poisson_upper(2.5)",
        "poisson_lower_at(5, 95)",
        "rate_ratio_upper(5, 1, 0, 1)",
        "rate_ratio_lower(0, 1, 0, 1)",
        "rate_ratio_p_value(5, 0, 5, 1)",
        "calibrated_p_value(5, 1, 5, 1, 0.9)",
        "scattered_p_value(1.1, 5, 1, 5, 1, 1.2)",
        "wilson_lower(6, 5)",
        "wilson_upper(0, 0)",
        "two_proportion_p_value(1, 0, 1, 5)",
        "funnel_lower(10, 0, 2)",
        "chi_square_sf(-1, 1)",
        "normal_two_sided_p('nan'::double)",
    ],
)
def test_nonsense_gives_null(connection: duckdb.DuckDBPyConnection, nonsense: str) -> None:
    assert _value(connection, nonsense) is None


def test_columns_mix_nulls_nonsense_and_figures_row_by_row(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = connection.execute(
        """
        select round(poisson_lower(count), 4)
        from (values (1, 65), (2, null), (3, -1), (4, 0), (5, 1)) as counts(place, count)
        order by place
        """
    ).fetchall()
    assert rows == [(50.1632,), (None,), (None,), (0.0,), (0.0253,)]


@pytest.mark.parametrize("type_name", ["INTEGER", "BIGINT", "HUGEINT", "DECIMAL(18, 2)", "DOUBLE"])
def test_takes_every_type_of_number(connection: duckdb.DuckDBPyConnection, type_name: str) -> None:
    assert _value(connection, f"poisson_upper(65::{type_name})") == pytest.approx(82.84913854593984)


def test_no_rows_and_no_matching_rows(connection: duckdb.DuckDBPyConnection) -> None:
    query = "select wilson_lower(i, i + 1) from range(10) as r(i) where i > 20"
    assert connection.execute(query).fetchall() == []


def test_many_rows_in_vectors_not_in_a_row_loop(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Counts the Python calls: one a vector of some 2,000 rows, never one a row."""
    calls = []

    def counted(*columns: np.ndarray) -> np.ndarray:
        calls.append(len(columns[0]))
        return rate_ratio_p_value(*columns)

    connection.create_function(
        "counted_p_value",
        registered._on_arrow(counted, 4),
        ["DOUBLE"] * 4,
        "DOUBLE",
        **registered._OPTIONS,
    )
    query = """
        select count(p), count(*), max(abs(p - q))
        from (
            select
                counted_p_value(i, 6, i + i % 97, 6) as p,
                rate_ratio_p_value(i + i % 97, 6, i, 6) as q
            from range(40000) as r(i)
        )
    """
    answered, rows, difference = connection.execute(query).fetchall()[0]
    assert (answered, rows) == (40_000, 40_000)
    assert difference < 1e-9
    assert sum(calls) == 40_000
    assert len(calls) < 200


def test_the_same_query_gives_the_same_bits_twice(connection: duckdb.DuckDBPyConnection) -> None:
    query = "select rate_ratio_upper(i, 3, i % 41 + 1, 4) from range(5000) as r(i) order by i"
    assert connection.execute(query).fetchall() == connection.execute(query).fetchall()


def test_cursors_of_the_connection_have_the_functions(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """dbt works through cursors of the connection that the plugin configures."""
    assert _value(connection.cursor(), "poisson_upper(0)") == pytest.approx(3.6888794541139363)


def test_the_plugin_registers_every_function() -> None:
    from statistics_plugin import Plugin

    with duckdb.connect() as con:
        Plugin(name="statistics_plugin", plugin_config={}).configure_connection(con)
        have = {
            name
            for (name,) in con.execute("select function_name from duckdb_functions()").fetchall()
        }
    assert set(NAMES) <= have


def test_registering_twice_is_refused_by_name(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error, match="poisson_lower"):
        registered.register_statistics(connection)


def test_the_statistics_know_neither_duckdb_nor_dbt() -> None:
    modules = sorted(
        path.stem
        for path in STATISTICS.glob("*.py")
        if path.stem != "statistics_plugin" and not path.stem.startswith("register_")
    )
    assert "rate_ratio" in modules
    check = (
        f"import sys; sys.path.insert(0, {str(STATISTICS)!r}); "
        f"import {', '.join(modules)}; "
        "sys.exit(any(name.split('.')[0] in {'duckdb', 'dbt', 'pyarrow'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
