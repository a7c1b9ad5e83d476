"""Prefect's scheduler writes the runs of the nightly schedule, with the versions installed here.

SQLAlchemy 2.1 broke it without a word: the server answered, the deployment stood, nothing ran.
`test_real_schedule.py` (slow) waits for a real run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.scheduling.due_times import due_between
from tests.conftest import PROJECT_ROOT


def test_the_scheduler_plans_the_runs_that_cron_asks_for(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CSP_", "PREFECT_"))}
    environment |= {
        "PREFECT_HOME": str(tmp_path),
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "DO_NOT_TRACK": "1",
        "PYTHONPATH": str(PROJECT_ROOT),
    }
    before = datetime.now(UTC)
    done = subprocess.run(
        [sys.executable, "-m", "tests.scheduling.scheduler_round", "0 2 * * *", "Europe/London"],
        env=environment, cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    runs = json.loads(done.stdout.splitlines()[-1])
    assert {run["state"] for run in runs} == {"SCHEDULED"}
    due = sorted(datetime.fromisoformat(run["due"]) for run in runs)
    assert len(due) >= 3
    until = before + timedelta(days=len(due) + 1)
    assert due == due_between("0 2 * * *", "Europe/London", before, until)[: len(due)]
