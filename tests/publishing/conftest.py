"""A small warehouse to publish from, made with DuckDB alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.publishing import earlier_publications, publication, verify
from flows.settings import Settings
from tests.publishing.small_warehouse import build_warehouse


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder with one landed file and a warehouse that says value 10545 for Dudley."""
    found = DataFolder(tmp_path / "data")
    found.ensure()
    build_warehouse(found)
    return found


@pytest.fixture
def settings() -> Settings:
    return Settings(publications_kept=3)


@pytest.fixture
def pointer_settings() -> Settings:
    return Settings(publications_kept=3, publish_mode="pointer")


@pytest.fixture
def rebuild(folder: DataFolder) -> Callable[[int], None]:
    """Build the warehouse again with another value, as the next night would."""
    return lambda value: build_warehouse(folder, value)


@pytest.fixture
def verified_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verify as always, but save the start of a process; test_fresh_process.py has it whole."""
    for module in (publication, earlier_publications):
        monkeypatch.setattr(module, "verification_problems", verify.differences)
