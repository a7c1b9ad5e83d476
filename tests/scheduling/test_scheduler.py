"""Prefect's scheduler writes the runs of the nightly schedule, with the versions installed here.

SQLAlchemy 2.1 broke it without a word: the server answered, the deployment stood, nothing ran.
`test_real_schedule.py` (slow) waits for a real run.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.scheduling.due_times import due_between


@pytest.mark.long
def test_the_scheduler_plans_the_runs_that_cron_asks_for(
    planned_by_prefect: tuple[Path, float, str],
) -> None:
    _, began, printed = planned_by_prefect
    before = datetime.fromtimestamp(began, UTC)
    runs = json.loads(printed)
    assert {run["state"] for run in runs} == {"SCHEDULED"}
    due = sorted(datetime.fromisoformat(run["due"]) for run in runs)
    assert len(due) >= 3
    until = before + timedelta(days=len(due) + 1)
    assert due == due_between("0 2 * * *", "Europe/London", before, until)[: len(due)]
