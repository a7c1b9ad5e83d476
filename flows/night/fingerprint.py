"""Whether a run would publish anything else than the last one did.

A publication depends on what has landed, on the settings that shape it, and on the code and seeds
that compute it. The last successful run leaves a fingerprint of these in
`DIR/warehouse/state/last_night.json`; a run that finds it unchanged, an inbox without news and
its publication still in place has nothing to do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from flows.data_folder import CODE_ROOT, PROJECT_ROOT, DataFolder
from flows.private_files import read_json, write_json
from flows.settings import Settings

# What calculates figures: the file endings that count below each folder. All of data/seeds counts.
_SHAPING = (
    (PROJECT_ROOT, "dbt_project", {".sql", ".yml", ".yaml", ".py", ".csv"}),
    (PROJECT_ROOT, "data/seeds", {".csv", ".yml", ".yaml", ".gz", ".parquet"}),
    (CODE_ROOT, "expectations", {".py"}),
    (CODE_ROOT, "flows/landing", {".py"}),
    (CODE_ROOT, "flows/warehouse", {".py"}),
    (CODE_ROOT, "flows/dbt_process", {".py"}),
    (CODE_ROOT, "flows/checking", {".py", ".sql"}),
    (CODE_ROOT, "flows/publishing", {".py"}),
)
_MADE_BY_TOOLS = {"__pycache__", "target", "logs", "dbt_packages"}


def shape_fingerprint(settings: Settings) -> str:
    """Return the SHA-256 of settings, models, seeds, expectations, readers and the versions."""
    digest = hashlib.sha256()
    digest.update(json.dumps(settings.shaping_publication(), sort_keys=True).encode())
    for package in ("community-safety-warehouse", "dbt-core", "dbt-duckdb", "duckdb", "scipy"):
        digest.update(f"{package}={_version(package)}\n".encode())
    for root, place, endings in _SHAPING:
        for file in files_below(root / place, endings):
            digest.update(f"{file.relative_to(root).as_posix()}\n".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def landing_fingerprint(folder: DataFolder) -> str:
    """Return the SHA-256 of the names of all load records and deliveries (they name the bytes)."""
    digest = hashlib.sha256()
    for place in ("loads", "deliveries"):
        for file in sorted((folder.landing / place).glob("*.json")):
            digest.update(f"{place}/{file.name}\n".encode())
    return digest.hexdigest()


def remember_publication(
    folder: DataFolder, *, shape: str, publication_id: str, run_id: str
) -> None:
    """Note, after a publication stands, what it was made from."""
    write_json(
        folder.state / "last_night.json",
        {
            "shape": shape,
            "landing": landing_fingerprint(folder),
            "publication_id": publication_id,
            "run_id": run_id,
        },
    )


def unchanged_since_last_night(folder: DataFolder, shape: str) -> bool:
    """Whether the last successful run was made from this shape and from what has landed."""
    last = read_json(folder.state / "last_night.json")
    return (
        isinstance(last, dict)
        and last.get("shape") == shape
        and last.get("landing") == landing_fingerprint(folder)
    )


def files_below(place: Path, endings: set[str]) -> Iterator[Path]:
    """Give the files with these endings in order, but for what tools leave beside them."""
    for file in sorted(place.rglob("*")):
        parts = file.relative_to(place).parts
        # hidden files too: dbt leaves .user.yml where somebody runs it by hand
        is_a_tools = _MADE_BY_TOOLS.intersection(parts) or file.name.startswith(".")
        if file.suffix in endings and not is_a_tools:
            yield file


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
