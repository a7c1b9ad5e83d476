"""A model in a warehouse that exists, made again by the project's own materializations."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from tests.conftest import PROJECT_ROOT

pytestmark = pytest.mark.long

PROJECT = PROJECT_ROOT / "dbt_project"

_BUILDS = """
import json, sys
from pathlib import Path
import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

options, database, model, versions = json.loads(sys.argv[1])
for version in versions:
    Path(model).write_text(version, "utf-8")
    done = dbtRunner().invoke(["build", *options])
    DuckDBConnectionManager.close_all_connections()
    with duckdb.connect(database, read_only=True) as connection:
        found = connection.sql(
            "select table_type, TABLE_COMMENT from information_schema.tables "
            "where table_name = 'made'"
        ).fetchone()
        row = connection.sql("from made").fetchone()
        columns = connection.sql(
            "select column_name, comment from duckdb_columns() where table_name = 'made'"
        ).fetchall()
    print(json.dumps([bool(done.success), *found, list(row), dict(columns)]))
"""


def model(kind: str, value: str) -> str:
    """A view or table that says what DuckDB may use, and fails where the value is no number."""
    enforced = kind == "table"
    return f"""
        {{{{ config(materialized='{kind}', contract={{'enforced': {enforced}}}) }}}}
        select
            cast(current_setting('threads') as bigint) as threads,
            current_setting('memory_limit') as memory,
            cast('{value}' as bigint) as value
    """


def columns() -> dict[str, Any]:
    of = {"threads": "bigint", "memory": "varchar", "value": "bigint"}
    return {
        "models": [
            {
                "name": "made",
                "description": "It's made.",
                "config": {"persist_docs": {"relation": True, "columns": True}},
                "columns": [
                    {"name": name, "data_type": kind, "description": f"the {name}"}
                    for name, kind in of.items()
                ],
            }
        ]
    }


def built(folder: Path, *versions: str) -> list[list[Any]]:
    """Build a project of one model with this project's profile and macros, version by version."""
    project, landing = folder / "project", folder / "landing"
    shutil.copytree(PROJECT / "macros" / "materializations", project / "macros")
    (project / "models").mkdir()
    (project / "models" / "made.yml").write_text(yaml.dump(columns()), "utf-8")
    (project / "dbt_project.yml").write_text(
        yaml.dump({"name": "one_model", "profile": "community_safety", "version": "1.0.0"}), "utf-8"
    )
    (landing / "catalog").mkdir(parents=True)
    duckdb.execute(
        f"copy (select 87000 as rows_loaded) to '{landing}/catalog/loads.parquet' (format parquet)"
    )
    database, made = str(folder / "warehouse.duckdb"), str(project / "models" / "made.sql")
    options = ["--project-dir", str(project), "--profiles-dir", str(PROJECT), "--quiet"]
    done = subprocess.run(
        [sys.executable, "-c", _BUILDS, json.dumps([options, database, made, versions])],
        env={
            **os.environ,
            "CSP_DATABASE": database,
            "CSP_LANDING": str(landing),
            "CSP_FUNCTIONS": str(PROJECT / "duckdb_functions"),
            "CSP_MEMORY_LIMIT_MB": "300",
            # or dbt asks home, and leaves .user.yml beside the profile
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> list[list[Any]]:
    return built(
        tmp_path_factory.mktemp("rebuilt"),
        model("view", "1"),
        model("table", "2"),
        model("table", "no number"),
        model("table", "3"),
        model("view", "4"),
    )


def test_each_run_makes_a_view_or_table_again_whatever_it_was_before(
    rebuilt: list[list[Any]],
) -> None:
    made = [(kind, row[-1]) for succeeded, kind, _, row, _ in rebuilt if succeeded]
    assert made == [
        ("VIEW", 1), ("BASE TABLE", 2), ("BASE TABLE", 3), ("VIEW", 4)
    ]  # fmt: skip


def test_the_old_table_stands_where_the_new_one_cannot_be_made(rebuilt: list[list[Any]]) -> None:
    assert [succeeded for succeeded, *_ in rebuilt] == [True, True, False, True, True]
    assert rebuilt[2][1:] == rebuilt[1][1:]


def test_descriptions_stand_in_the_database(rebuilt: list[list[Any]]) -> None:
    _, _, comment, _, of_columns = rebuilt[3]
    assert comment == "It's made."
    assert of_columns == {name: f"the {name}" for name in ("threads", "memory", "value")}


def test_duckdb_has_the_memory_of_the_settings_and_one_thread_for_a_small_landing(
    rebuilt: list[list[Any]],
) -> None:
    threads, memory, _ = rebuilt[3][3]
    assert threads == 1
    # DuckDB takes MB as 1,000 kB, and says MiB
    assert memory == "286.1 MiB"
