"""A second night on the same inbox: nothing new, or, when it is forced, the same figures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import run_csp


def _hashes(data: Path) -> dict[str, str]:
    manifest = json.loads((data / "published" / "manifest.json").read_text(encoding="utf-8"))
    return {name: table["logical_hash"] for name, table in manifest["tables"].items()}


def test_nothing_new_changes_nothing(sample_night: Path) -> None:
    before = (sample_night / "published" / "manifest.json").read_bytes()
    finished = run_csp("nightly", "--data", str(sample_night))
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "Nothing new" in finished.stdout
    assert (sample_night / "published" / "manifest.json").read_bytes() == before


@pytest.mark.slow
def test_a_forced_second_night_gives_the_same_logical_hashes(
    sample_night: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample_night, data, symlinks=True)
    second = run_csp("nightly", "--force", "--data", str(data))
    assert second.returncode == 0, second.stdout + second.stderr
    hashes = _hashes(sample_night)
    assert _hashes(data) == hashes
    assert len(hashes) >= 8
    built = (data / "warehouse" / "warehouse.duckdb").stat().st_mtime
    assert built > (sample_night / "warehouse" / "warehouse.duckdb").stat().st_mtime
