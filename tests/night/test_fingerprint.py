"""What makes a run calculate again: what shapes figures, not what tools leave beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.data_folder import CODE_ROOT
from flows.night import fingerprint
from flows.settings import load_settings


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    models = tmp_path / "dbt_project" / "models"
    models.mkdir(parents=True)
    (models / "figures.sql").write_text("select 1 as figure")
    monkeypatch.setattr(fingerprint, "_SHAPING", ((tmp_path, "dbt_project", {".sql", ".yml"}),))
    return tmp_path / "dbt_project"


def test_only_what_shapes_figures_changes_the_fingerprint(project: Path, tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "data")
    before = fingerprint.shape_fingerprint(settings)
    (project / ".user.yml").write_text("id: left by dbt")
    (project / "target").mkdir()
    (project / "target" / "figures.sql").write_text("select 2 as figure")
    assert fingerprint.shape_fingerprint(settings) == before
    (project / "models" / "figures.yml").write_text("models: []")
    described = fingerprint.shape_fingerprint(settings)
    assert described != before
    (project / "models" / "figures.sql").write_text("select 3 as figure")
    assert fingerprint.shape_fingerprint(settings) not in (before, described)


@pytest.mark.parametrize(
    "package", ["landing", "dbt_process", "warehouse", "checking", "publishing"]
)
def test_the_code_that_calculates_figures_counts(package: str) -> None:
    counted = {
        file
        for root, place, endings in fingerprint._SHAPING
        for file in fingerprint.files_below(root / place, endings)
    }
    modules = set((CODE_ROOT / "flows" / package).rglob("*.py"))
    assert modules
    assert modules <= counted
