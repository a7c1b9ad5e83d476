"""The project as dbt reads it, and the SQL of its models, are made once for a user's folders."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from flows.data_folder import DataFolder
from flows.dbt_process import place_of_kept_project
from flows.settings import Settings
from flows.user_cache import user_cache
from flows.warehouse import dbt_ready, ready_dbt
from tests.warehouse import forked_dbt
from tests.warehouse.forked_dbt import SERVER, fork_server
from tests.warehouse.two_models import make_project

# a model that says when its SQL was made, and what the landing of the run's own folder holds
_MADE = (
    "select '{{ modules.datetime.datetime.now(modules.pytz.utc).isoformat() }}' as made_at, "
    "rows_loaded, {{ var('suppression_threshold') }} as threshold "
    "from {{ source('landing', 'loads') }}"
)
_SOURCES = {
    "sources": [
        {
            "name": "landing",
            "config": {
                "external_location": "read_parquet("
                "'{{ env_var(\"CSP_LANDING\") }}/catalog/{name}.parquet')"
            },
            "tables": [{"name": "loads"}],
        }
    ]
}
Row = tuple[str, int, int]
Built = Callable[..., Row]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Row]]:
    """A folder with a project, and a cache that a build has filled; and the row that it made."""
    folder = tmp_path_factory.mktemp("before")
    project = make_project(folder / "project", {"made.sql": _MADE})
    (project / "models" / "landing.yml").write_text(yaml.dump(_SOURCES), "utf-8")
    # which dbt compiles too, though it has no SQL
    (project / "seeds").mkdir()
    (project / "seeds" / "areas.csv").write_text("area_code\nE08000035\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setattr(dbt_ready, "DBT_PROJECT", project)
        yield folder, _built(folder, 1, Settings())


@pytest.fixture(scope="module")
def quick_dbt() -> Iterator[None]:
    """Have dbt forked from a process that has imported it, where a system can fork."""
    if not hasattr(os, "fork"):
        yield
        return
    with fork_server() as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv(SERVER, name)
        patch.setattr(dbt_ready, "_DBT_PROCESS", forked_dbt.__name__)
        yield


@pytest.fixture
def built(
    before: tuple[Path, Row],
    quick_dbt: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Built:
    """Build in a new data folder whose catalog has so many rows; gives the model's one row.

    The cache is a copy of the one that the build before filled.
    """
    shutil.copytree(before[0] / "cache", tmp_path / "cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def build(rows: int, settings: Settings | None = None) -> Row:
        return _built(tmp_path, rows, settings or Settings())

    return build


def _built(place: Path, rows: int, settings: Settings) -> Row:
    folder = DataFolder(place / f"O'Brien's data of {rows} rows")
    folder.ensure()
    (folder.landing / "catalog").mkdir(parents=True)
    loads = folder.landing / "catalog" / "loads.parquet"
    duckdb.sql(f"select {rows} as rows_loaded").write_parquet(str(loads))
    with ready_dbt(folder, settings) as dbt:
        done = dbt.build()
    assert done.returncode == 0, done.stdout + done.stderr
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        row = connection.sql("select made_at, rows_loaded, threshold from made").fetchone()
    assert row is not None
    for artefact in ("manifest.json", "partial_parse.msgpack", "run_results.json"):
        assert (folder.dbt / "target" / artefact).stat().st_size
    return row


@pytest.fixture
def first(before: tuple[Path, Row]) -> Row:
    """The row of the build before."""
    return before[1]


def kept() -> Path:
    cache = user_cache()
    assert cache is not None
    (found,) = (cache / "dbt").iterdir()
    return found


@pytest.mark.long
def test_a_new_folder_takes_the_sql_that_was_made_for_another_and_reads_its_own_files(
    first: Row, built: Built
) -> None:
    second = built(2)
    assert first[0] == second[0]
    assert (first[1], second[1]) == (1, 2)
    files = {stat.S_IMODE(file.stat().st_mode) for file in kept().iterdir()}
    assert (files, stat.S_IMODE(kept().stat().st_mode)) == ({0o600}, 0o700)


@pytest.mark.slow
def test_other_settings_or_models_have_sql_of_their_own(first: Row, built: Built) -> None:
    other = built(2, Settings(suppression_threshold=7))
    assert other[0] > first[0]
    assert (first[2], other[2]) == (5, 7)
    model = dbt_ready.DBT_PROJECT / "models" / "made.sql"
    model.write_text(f"{_MADE} limit 1", "utf-8")
    try:
        assert built(3)[0] > other[0]
    finally:
        model.write_text(_MADE, "utf-8")
    assert built(4)[0] == first[0]


@pytest.mark.parametrize(
    "file",
    [
        pytest.param("sql.json", marks=pytest.mark.long),
        pytest.param("partial_parse.msgpack", marks=pytest.mark.slow),
        pytest.param("sha256.json", marks=pytest.mark.slow),
    ],
)
def test_what_is_damaged_is_made_again(first: Row, built: Built, file: str) -> None:
    whole = (kept() / file).read_bytes()
    (kept() / file).write_bytes(whole[: len(whole) // 2])
    second = built(2)
    assert second[0] > first[0]
    assert second[1] == 2
    assert built(3)[0] == second[0]


@pytest.mark.long
def test_sql_that_was_changed_but_still_parses_is_made_again(first: Row, built: Built) -> None:
    sql = kept() / "sql.json"
    changed = sql.read_text("utf-8").replace("5 as threshold", "9 as threshold")
    assert changed != sql.read_text("utf-8")
    sql.write_text(changed, "utf-8")
    second = built(2)
    assert second[0] > first[0]
    assert second[2] == 5


@pytest.mark.long
def test_what_another_version_of_this_code_kept_has_another_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(place_of_kept_project, "_PACKAGE", tmp_path / "dbt_process")
    (tmp_path / "dbt_process").mkdir()
    module = tmp_path / "dbt_process" / "kept_project.py"

    def place_with(code: str) -> Path | None:
        module.write_text(code, "utf-8")
        return place_of_kept_project.place_of_kept_project(tmp_path / "project", {}, {})

    first = place_with("as_it_is = 1")
    assert first is not None
    assert place_with("as_it_is = 2") != first
    assert place_with("as_it_is = 1") == first


@pytest.mark.long
def test_nothing_is_taken_from_a_folder_that_others_could_have_written(
    first: Row, built: Built
) -> None:
    cache = user_cache()
    assert cache is not None
    cache.chmod(0o777)
    assert user_cache() is None
    second = built(2)
    assert second[0] > first[0]
    assert second[1] == 2
