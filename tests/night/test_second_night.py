"""A second night on the same inbox: nothing new, or, when it is forced, the same figures."""

from __future__ import annotations

import json
import time
from pathlib import Path

from tests.conftest import copy_inbox, run_csp


def _hashes(data: Path) -> dict[str, str]:
    manifest = json.loads((data / "published" / "manifest.json").read_text(encoding="utf-8"))
    return {name: table["logical_hash"] for name, table in manifest["tables"].items()}


def test_nothing_new_changes_nothing(sample_night: Path) -> None:
    before = (sample_night / "published" / "manifest.json").read_bytes()
    finished = run_csp("nightly", "--data", str(sample_night))
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "Nothing new" in finished.stdout
    assert (sample_night / "published" / "manifest.json").read_bytes() == before


def test_a_forced_second_night_gives_the_same_logical_hashes(tmp_path: Path) -> None:
    data = copy_inbox(tmp_path / "data")
    first = run_csp("nightly", "--data", str(data))
    assert first.returncode == 0, first.stdout + first.stderr
    hashes = _hashes(data)
    time.sleep(1)
    second = run_csp("nightly", "--force", "--data", str(data))
    assert second.returncode == 0, second.stdout + second.stderr
    assert _hashes(data) == hashes
    assert len(hashes) >= 8
