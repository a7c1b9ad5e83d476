"""dbt's own unit tests, on the models of a built warehouse: they judge the code, not the data."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import PROJECT_ROOT

pytestmark = pytest.mark.long

# The project as the run on the sample read it: reading it again takes half of the time.
_OF_A_RUN = """
import sys
from pathlib import Path
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
manifest = Manifest.from_msgpack(Path(sys.argv[1]).read_bytes())
sys.exit(0 if dbtRunner(manifest=manifest).invoke(sys.argv[2:]).success else 1)
"""


def test_every_unit_test_of_dbt_passes(sample_night: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    shutil.copy(sample_night / "warehouse" / "warehouse.duckdb", warehouse)
    project = PROJECT_ROOT / "dbt_project"
    left = sample_night / "warehouse" / "dbt" / "target" / "partial_parse.msgpack"
    finished = subprocess.run(
        [
            *(sys.executable, "-c", _OF_A_RUN, str(left), "test", "--select", "test_type:unit"),
            *("--project-dir", str(project), "--profiles-dir", str(project)),
            *("--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")),
            *("--no-use-colors", "--quiet", "--no-version-check"),
        ],
        env={
            **os.environ,
            "CSP_DATABASE": str(warehouse),
            "CSP_LANDING": str(sample_night / "warehouse" / "landing"),
            "CSP_CHECKS": str(sample_night / "warehouse" / "checks"),
            "CSP_FUNCTIONS": str(project / "duckdb_functions"),
        },
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout[-5000:] + finished.stderr[-2000:]
    results = json.loads((tmp_path / "target" / "run_results.json").read_text(encoding="utf-8"))
    declared = [
        test
        for file in (project / "models").rglob("*__unit_tests.yml")
        for test in yaml.safe_load(file.read_text(encoding="utf-8"))["unit_tests"]
    ]
    assert len(results["results"]) == len(declared) > 0
    assert {result["status"] for result in results["results"]} == {"pass"}
