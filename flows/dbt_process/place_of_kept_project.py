"""Where dbt's project is kept as it was read, with the SQL of its models, for all data folders.

Both depend on the project, on the settings and on the versions alone: the project is read with
names in place of a run's own folders (`folder_names`), which are filled in afterwards. The starter
of the process asks for the place, which the process itself gets. What another version of this
package has kept is not taken: only that one knows what it wrote.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from flows.data_folder import PROJECT_ROOT
from flows.dbt_process.folder_names import folder_names
from flows.night.fingerprint import files_below
from flows.user_cache import user_cache

_READ_BY_DBT = {".sql", ".yml", ".yaml", ".md", ".csv"}
_PACKAGE = Path(__file__).parent
_VERSIONS = ("dbt-core", "dbt-adapters", "dbt-common", "dbt-duckdb", "duckdb", "jinja2")


def place_of_kept_project(
    project: Path, environment: Mapping[str, str], variables: Mapping[str, Any]
) -> Path | None:
    """Name the folder of what dbt makes of a project in an environment, with these variables.

    None where the user has no cache. Whether anything is there is for `kept_project` to see.
    """
    cache = user_cache()
    if cache is None:
        return None
    settings = {
        "place": str(project),
        # dbt writes these into its SQL
        "names": folder_names(environment),
        "variables": variables,
        "python": sys.version,
        "versions": {name: metadata.version(name) for name in _VERSIONS},
        "options": sorted((k, v) for k, v in environment.items() if k.startswith("DBT_")),
    }
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for place, endings in (
        (project, _READ_BY_DBT),
        (PROJECT_ROOT / "data" / "seeds", _READ_BY_DBT),
        (_PACKAGE, {".py"}),
    ):
        for file in files_below(place, endings):
            digest.update(f"{file}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return cache / "dbt" / digest.hexdigest()[:32]
