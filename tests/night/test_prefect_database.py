"""A database of Prefect that was made once is copied into data folders that have none."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from pathlib import Path
from unittest import mock

import pytest

from flows import prefect_server
from flows.data_folder import DataFolder
from flows.prefect_database import keep_database, needs_database, place_database
from flows.prefect_environment import prepare_prefect
from flows.user_cache import user_cache

_EMPTY = ("flow", "flow_run", "deployment", "block_document", "variable", "configuration")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """A data folder whose home of Prefect is its own, and a cache of the user that is empty."""
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    # noted here, so that what `a_folder` sets is taken back after the test
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    return a_folder(tmp_path / "first")


def a_folder(root: Path) -> DataFolder:
    folder = DataFolder(root)
    folder.ensure()
    folder.prefect.mkdir(mode=0o700)
    os.environ["PREFECT_HOME"] = str(folder.prefect)
    return folder


def migrated(folder: DataFolder) -> sqlite3.Connection:
    """Make the tables that are looked at, as Prefect's server does."""
    connection = sqlite3.connect(folder.prefect / "prefect.db")
    for table in _EMPTY:
        connection.execute(f"create table {table} (name text)")
    connection.execute("create table alembic_version as select 'head' as version_num")
    connection.commit()
    return connection


def kept() -> Path:
    cache = user_cache()
    assert cache is not None
    (found,) = cache.glob("prefect-*.db")
    return found


def test_a_second_folder_gets_a_private_copy_of_the_first_ones_database(
    folder: DataFolder, tmp_path: Path
) -> None:
    assert needs_database(folder)
    assert not place_database(folder)
    with contextlib.closing(migrated(folder)):
        keep_database(folder)  # while the server has it open
    assert not needs_database(folder)
    second = a_folder(tmp_path / "second")
    assert needs_database(second)
    assert place_database(second)
    copy = second.prefect / "prefect.db"
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("select * from alembic_version").fetchall() == [("head",)]
    assert [stat.S_IMODE(file.stat().st_mode) for file in (copy, kept())] == [0o600, 0o600]
    assert [file.name for file in kept().parent.iterdir()] == [kept().name]


@pytest.mark.parametrize("damage", ["cut short", "overwritten", "not migrated"])
def test_a_damaged_one_is_not_used(folder: DataFolder, tmp_path: Path, damage: str) -> None:
    with contextlib.closing(migrated(folder)):
        keep_database(folder)
    whole = kept().read_bytes()
    if damage == "not migrated":
        with contextlib.closing(sqlite3.connect(kept())) as connection:
            connection.execute("drop table alembic_version")
    else:
        half = len(whole) // 2
        kept().write_bytes(whole[:half] + b"\xff" * (half if damage == "overwritten" else 0))
    second = a_folder(tmp_path / "second")
    assert not place_database(second)
    assert list(second.prefect.iterdir()) == []


@pytest.mark.parametrize("table", _EMPTY)
def test_one_that_somebody_has_used_is_not_kept(folder: DataFolder, table: str) -> None:
    with contextlib.closing(migrated(folder)) as connection:
        connection.execute(f"insert into {table} values ('nightly')")
        connection.commit()
        keep_database(folder)
    cache = user_cache()
    assert cache is not None
    assert list(cache.iterdir()) == []


def test_a_database_that_the_user_names_is_left_alone(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", "sqlite+aiosqlite:///other.db")
    assert not needs_database(folder)
    monkeypatch.delenv("PREFECT_API_DATABASE_CONNECTION_URL")
    monkeypatch.setenv("PREFECT_HOME", str(folder.root))
    assert not needs_database(folder)


@pytest.mark.slow
def test_a_real_server_takes_the_copy_as_its_own(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[DataFolder] = []

    def keep(data: DataFolder) -> None:
        made.append(data)
        keep_database(data)

    monkeypatch.setattr(prefect_server, "keep_database", keep)
    for data in (folder, a_folder(tmp_path / "second")):
        with mock.patch.dict(os.environ):
            del os.environ["PREFECT_HOME"]
            prepare_prefect(data, quiet=True)
            with prefect_server.temporary_server(data) as wait_until_it_answers:
                wait_until_it_answers()
        log = prefect_server.server_log(data)
        assert "rror" not in (log.read_text("utf-8") if log.exists() else "")
    assert made == [folder]
    tables = [
        {row[0] for row in sqlite3.connect(file).execute("select name from sqlite_master")}
        for file in (kept(), tmp_path / "second" / "warehouse" / "prefect" / "prefect.db")
    ]
    assert {*_EMPTY, "alembic_version"} <= tables[0] == tables[1]
