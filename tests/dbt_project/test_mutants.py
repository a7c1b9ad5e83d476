"""The tool that mutates the SQL judges: a changed token is caught by a test of the model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT_ROOT


@pytest.mark.slow
def test_a_changed_token_is_caught_by_a_test_that_asks_for_the_model(tmp_path: Path) -> None:
    said = subprocess.run(
        [
            *(sys.executable, "benchmarks/mutate_sql.py", "--keep-in", str(tmp_path / "kept")),
            *("--models", "int_rank_changes", "--every", "12"),
            *("--tests", "tests/dbt_project/ranks/test_rank_changes.py"),
        ],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (row,) = [line for line in said.splitlines() if line.startswith("| ranks |")]
    caught, survived, untested, *_ = (int(cell) for cell in row.split("|")[2:5])
    assert caught > 0
    assert (survived, untested) == (0, 0)
