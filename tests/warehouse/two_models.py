"""A small project of dbt with this project's profile and functions, to stand in its place."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml

from tests.conftest import PROJECT_ROOT


def make_project(folder: Path, models: Mapping[str, str]) -> Path:
    """Make a project named `two_models` of these models, file name and SQL."""
    ours = PROJECT_ROOT / "dbt_project"
    shutil.copytree(ours / "duckdb_functions", folder / "duckdb_functions")
    shutil.copy(ours / "profiles.yml", folder)
    (folder / "models").mkdir()
    for name, sql in models.items():
        (folder / "models" / name).write_text(sql, "utf-8")
    (folder / "dbt_project.yml").write_text(
        yaml.dump({"name": "two_models", "profile": "community_safety", "version": "1.0.0"}),
        "utf-8",
    )
    return folder
