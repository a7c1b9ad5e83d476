"""The SQL of models is made while files land, and a build takes it as it is."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.settings import Settings
from flows.warehouse import dbt_ready, ready_dbt
from tests.warehouse.two_models import make_project

# a model that says when its SQL was made, and one whose SQL cannot be made
_MADE = "select '{{ modules.datetime.datetime.now(modules.pytz.utc).isoformat() }}' as compiled_at"
_BROKEN = (
    "{% if execute %}{{ exceptions.raise_compiler_error('no such list') }}{% endif %}"
    "select * from {{ ref('made') }}"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two models with this project's profile, in the place of this project."""
    made = make_project(tmp_path / "project", {"made.sql": _MADE, "broken.sql": _BROKEN})
    monkeypatch.setattr(dbt_ready, "DBT_PROJECT", made)
    return made


def wait_for(file: Path) -> None:
    give_up = time.monotonic() + 120
    while not file.exists() or not file.read_text("utf-8"):
        assert time.monotonic() < give_up, f"no {file}"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_build_takes_the_sql_that_was_made_before_and_makes_the_rest(
    project: Path, tmp_path: Path
) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.ensure()
    (folder.landing / "catalog").mkdir(parents=True)
    duckdb.execute(
        f"copy (select 1 as rows_loaded) to '{folder.landing}/catalog/loads.parquet' "
        "(format parquet)"
    )
    with ready_dbt(folder, Settings()) as dbt:
        wait_for(folder.dbt / "target" / "compiled" / "two_models" / "models" / "made.sql")
        assert not folder.database.exists()
        asked_to_build = datetime.now(UTC)
        dbt.build()
    results = json.loads((folder.dbt / "target" / "run_results.json").read_text("utf-8"))
    came_of = {one["unique_id"].rpartition(".")[2]: one for one in results["results"]}
    assert came_of["made"]["status"] == "success"
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        row = connection.sql("select compiled_at from made").fetchone()
    assert row is not None
    assert datetime.fromisoformat(row[0]) < asked_to_build
    assert came_of["broken"]["status"] == "error"
    assert "no such list" in came_of["broken"]["message"]
