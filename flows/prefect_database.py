"""A database of Prefect as its server makes it, kept once for a user's data folders.

The server makes it by a hundred migrations, which take 4 s of a run in an empty folder. So the
first one made is kept before anything of a run is in it, and a folder that has none gets a copy.
The server looks for further migrations all the same.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from importlib import metadata
from pathlib import Path

from flows.data_folder import DataFolder
from flows.private_files import FILE_MODE, temporary_beside
from flows.user_cache import user_cache

# what a server that has done nothing has no row in
_OF_RUNS = ("flow", "flow_run", "deployment", "block_document", "variable", "configuration")
# the user's own database, by its present name and by its former one
_NAMED_BY_USER = {"PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_API_DATABASE_CONNECTION_URL"}


def needs_database(folder: DataFolder) -> bool:
    """Say whether the server of a data folder has no database yet and will make it there."""
    return (
        os.environ.get("PREFECT_HOME") == str(folder.prefect)
        and not _NAMED_BY_USER & os.environ.keys()
        and not _database(folder).exists()
    )


def place_database(folder: DataFolder) -> bool:
    """Copy the kept database into a folder that needs one; say whether there was one."""
    kept = _kept()
    if kept is None or not _is_whole(kept):
        return False
    temporary = temporary_beside(_database(folder))
    try:
        shutil.copyfile(kept, temporary)
        temporary.chmod(FILE_MODE)
        temporary.replace(_database(folder))
    except OSError:
        return False
    finally:
        temporary.unlink(missing_ok=True)
    return True


def keep_database(folder: DataFolder) -> None:
    """Keep the database that a server has just made; where it cannot be kept, none is."""
    kept = _kept()
    if kept is None:
        return
    temporary = temporary_beside(kept)
    with contextlib.suppress(OSError, sqlite3.Error):
        os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))
        with (
            contextlib.closing(_opened(_database(folder))) as made,
            contextlib.closing(sqlite3.connect(temporary)) as copy,
        ):
            made.backup(copy)
            # with a write-ahead log, readers of the copy would leave files beside it
            copy.execute("pragma journal_mode = delete")
        if _is_whole(temporary):
            temporary.replace(kept)
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)


def _database(folder: DataFolder) -> Path:
    return folder.prefect / "prefect.db"


def _kept() -> Path | None:
    cache = user_cache()
    return cache / f"prefect-{metadata.version('prefect')}.db" if cache else None


def _opened(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)


def _is_whole(database: Path) -> bool:
    """Say whether a database is undamaged, migrated, and has nothing of a run in it."""
    try:
        with contextlib.closing(_opened(database)) as found:
            return (
                found.execute("pragma quick_check").fetchone() == ("ok",)
                and found.execute("select count(*) from alembic_version").fetchone() == (1,)
                and not any(
                    found.execute(f"select 1 from {table} limit 1").fetchone() for table in _OF_RUNS
                )
            )
    except sqlite3.Error:
        return False
