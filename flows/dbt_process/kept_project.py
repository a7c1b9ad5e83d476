"""The project as dbt read it, with the SQL of its models, kept for later runs.

dbt takes 4 s to read the project in a folder that is new to it, and 2 s to make its SQL. Checksums
say whether what is kept is as it was written; for what it holds is `place_of_kept_project`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from dbt.contracts.graph.manifest import Manifest

from flows.dbt_process import KEPT_PROJECT
from flows.dbt_process.nodes_with_sql import give_sql, nodes_with_sql
from flows.dbt_process.reading import as_read

_AS_READ = "partial_parse.msgpack"
_SQL = "sql.json"
_LISTS = ("manifest.json", "semantic_manifest.json")
_SUMS = "sha256.json"
# for so many versions and settings the project is kept
_KEPT = 4


def take_kept_project(target: Path) -> Manifest | None:
    """Return the project with its SQL as they were kept, and leave `target` as reading it does.

    Nothing where none is kept, or not as it was written.
    """
    kept = Path(os.environ.get(KEPT_PROJECT, ""))
    try:
        sums = json.loads((kept / _SUMS).read_bytes())
        if any(_sum(kept / name) != sums.get(name) for name in (_AS_READ, _SQL, *_LISTS)):
            return None
        manifest = as_read(kept / _AS_READ)
        if manifest is None:
            return None
        for name, sql in json.loads((kept / _SQL).read_bytes()).items():
            give_sql(manifest.nodes[name], sql)
        for name in (_AS_READ, *_LISTS):
            shutil.copyfile(kept / name, target / name)
    except (OSError, ValueError, KeyError):
        return None
    with contextlib.suppress(OSError):  # a cache that may only be read
        os.utime(kept)
    return manifest


def keep_project(manifest: Manifest, target: Path) -> None:
    """Keep the project with its SQL for later runs; where that cannot be, none is kept."""
    kept = Path(os.environ[KEPT_PROJECT])
    with contextlib.suppress(OSError):
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=kept.parent, prefix=".unfinished-"))
        try:
            sql = {node.unique_id: node.compiled_code for node in nodes_with_sql(manifest)}
            (unfinished / _SQL).write_text(json.dumps(sql), "utf-8")
            for name in (_AS_READ, *_LISTS):
                shutil.copyfile(target / name, unfinished / name)
            sums = {name: _sum(unfinished / name) for name in (_AS_READ, _SQL, *_LISTS)}
            (unfinished / _SUMS).write_text(json.dumps(sums), "utf-8")
            shutil.rmtree(kept, ignore_errors=True)  # a damaged one
            unfinished.replace(kept)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        others = sorted(kept.parent.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in others[_KEPT:]:
            shutil.rmtree(old, ignore_errors=True)


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
