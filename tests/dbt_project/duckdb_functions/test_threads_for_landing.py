"""How many threads DuckDB and dbt get for what has landed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import duckdb
import pytest

from tests.dbt_project.statistics_connection import STATISTICS

sys.path.insert(0, str(STATISTICS.with_name("threads")))

from threads_for_landing import ROWS_WORTH_THREADS, models_at_once, threads_for_landing


@pytest.mark.parametrize(
    ("loads", "threads"),
    [
        ([], 1),
        ([87_348], 1),
        ([ROWS_WORTH_THREADS - 1], 1),
        ([ROWS_WORTH_THREADS - 1, 1], None),
        ([2_000_000], None),
    ],
)
def test_a_small_landing_gets_one_and_a_large_one_all(
    tmp_path: Path, loads: list[int], threads: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "catalog").mkdir()
    duckdb.execute(
        f"copy (select unnest({loads}::bigint[]) as rows_loaded) "
        f"to '{tmp_path}/catalog/loads.parquet' (format parquet)"
    )
    with duckdb.connect() as connection:
        assert threads_for_landing(connection, tmp_path) == threads
        # where a model has one thread, another core can work on a second model
        for cores, models in ((4, 2 if threads == 1 else 1), (1, 1), (None, 1)):
            monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
            assert models_at_once(connection, tmp_path) == models


def test_a_folder_in_which_nothing_has_landed_is_named(tmp_path: Path) -> None:
    with duckdb.connect() as connection, pytest.raises(duckdb.Error, match=str(tmp_path)):
        threads_for_landing(connection, tmp_path)
