"""What is built without dbt is what dbt builds, row by row, on the real sample."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.settings import load_settings
from tests.built_without_dbt import build_without_dbt

pytestmark = pytest.mark.long

# What the checks found stands in these after dbt has built them.
OF_CHECKS = {"int_check_results", "rpt_checks"}


def test_every_model_has_the_rows_that_dbt_gives_it(sample_night: Path, tmp_path: Path) -> None:
    by_dbt = DataFolder(sample_night)
    folder = DataFolder(tmp_path / "data")
    folder.ensure()
    shutil.copytree(by_dbt.landing, folder.landing, dirs_exist_ok=True)
    build_without_dbt(folder, load_settings(sample_night))
    with duckdb.connect() as connection:
        for name, database in (("own", folder.database), ("dbt", by_dbt.database)):
            connection.execute(f"attach '{database}' as {name} (read_only)")
        tables = connection.execute(
            "select schema_name || '.' || table_name, table_name from duckdb_tables() "
            "where database_name = 'dbt' and schema_name in ('seeds', 'intermediate', 'main')"
        ).fetchall()
        assert len(tables) > 100
        different = []
        for relation, name in tables:
            if name in OF_CHECKS:
                continue
            columns = [row[0] for row in connection.execute(f"describe own.{relation}").fetchall()]
            listed = ", ".join(f'"{column}"' for column in columns)
            # the sum of the rows' hashes says that they are the same in a fifth of the time
            sums = [
                connection.execute(
                    f"select count(*), sum(hash({listed})) from {of}.{relation}"
                ).fetchone()
                for of in ("own", "dbt")
            ]
            if sums[0] == sums[1]:
                continue
            one, other = (f"select {listed} from {of}.{relation}" for of in ("own", "dbt"))
            sql = f"({one} except all {other}) union all ({other} except all {one}) limit 1"
            if connection.execute(sql).fetchall():
                different.append(relation)
    assert different == []
