"""Readers that are there while nights publish: no error, no wait, never half a night."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.publishing import publish
from flows.settings import Settings
from tests.needs import needs_linked_publication
from tests.publishing.reader import KINDS
from tests.publishing.small_warehouse import build_warehouse

PROJECT_ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.usefixtures("verified_in_this_process"),
    needs_linked_publication,
]


def nights_among_readers(folder: DataFolder, nights: int) -> dict[str, dict[str, object]]:
    settings = Settings(publications_kept=2)
    build_warehouse(folder, 1)
    publish(folder, settings, run_id="first")
    stop = folder.root / "stop"
    readers = {
        kind: subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.publishing.reader",
                kind,
                str(folder.published),
                str(stop),
            ],
            env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for kind in KINDS
    }
    try:
        for kind, reader in readers.items():
            assert reader.stdout is not None
            assert reader.stdout.readline() == "reading\n", kind
        for night in range(2, nights + 2):
            build_warehouse(folder, night)
            publish(folder, settings, run_id=f"night-{night}")
        stop.touch()
        found = {}
        for kind, reader in readers.items():
            out, err = reader.communicate(timeout=60)
            assert reader.returncode == 0, f"{kind}: {err}"
            found[kind] = json.loads(out)
        return found
    finally:
        for reader in readers.values():
            reader.kill()
            reader.communicate()


def each_saw_whole_publications(found: dict[str, dict[str, object]], nights: int) -> None:
    newest = nights + 1
    assert found["holding"]["seen"] == [1]
    assert found["pooled"]["seen"] == [1]
    for kind in ("reopening", "parquet"):
        seen = found[kind]["seen"]
        assert isinstance(seen, list)
        assert seen == sorted(seen)
        assert seen[0] == 1
        assert seen[-1] == newest
    for kind, result in found.items():
        assert float(str(result["longest_seconds"])) < 10, kind


def test_four_kinds_of_reader_through_two_nights(folder: DataFolder) -> None:
    each_saw_whole_publications(nights_among_readers(folder, 2), 2)


@pytest.mark.slow
def test_four_kinds_of_reader_through_twenty_nights(folder: DataFolder) -> None:
    each_saw_whole_publications(nights_among_readers(folder, 20), 20)
