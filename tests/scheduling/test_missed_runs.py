"""Every due time is accounted for, and the failure hooks are told of runs that were missed."""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.private_files import append_json_line
from flows.scheduling.missed_runs import DueWatch
from flows.scheduling.scheduled_runs import noted, read_scheduled_runs
from flows.settings import Settings
from tests.needs import needs_proc

DAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path)
    folder.ensure()
    return folder


@pytest.fixture
def told(tmp_path: Path) -> Callable[[], list[dict[str, object]]]:
    file = tmp_path / "told.jsonl"

    def read() -> list[dict[str, object]]:
        lines = file.read_text().splitlines() if file.exists() else []
        return [json.loads(line) for line in lines]

    return read


def _settings(folder: DataFolder, **others: object) -> Settings:
    command = ["sh", "-c", f"cat >> {folder.root}/told.jsonl; echo >> {folder.root}/told.jsonl"]
    return Settings(failure_command=command, **others)  # type: ignore[arg-type]


def _watch(folder: DataFolder, since: datetime, **others: object) -> DueWatch:
    watch = DueWatch(folder, _settings(folder, **others), checked_until=since)
    watch.serving_begins(since, is_known=True)
    return watch


def _ran(
    folder: DataFolder, due: datetime, started: datetime, ended: datetime | None,
    outcome: str = "published", pid: int = 0, reason: str = "",
) -> None:  # fmt: skip
    file = folder.state / "scheduled_runs.jsonl"
    append_json_line(file, {"due": due.isoformat(), "event": "started", "pid": pid or os.getpid(),
                            "at": started.isoformat()})  # fmt: skip
    if ended:
        append_json_line(file, {"due": due.isoformat(), "event": "ended", "at": ended.isoformat(),
                                "outcome": outcome, "reason": reason})  # fmt: skip


def test_a_run_that_was_due_and_did_not_begin_is_told_once(
    folder: DataFolder, told: Callable[[], list[dict[str, object]]]
) -> None:
    watch = _watch(folder, DAY - HOUR)
    assert watch.look(DAY + timedelta(minutes=4)) == []  # it may still begin
    [missed] = watch.look(DAY + timedelta(minutes=6))
    assert (missed.due, missed.reason) == (DAY, "the Prefect server did not start it")
    assert watch.look(DAY + timedelta(minutes=7)) == []
    [body] = told()
    assert body == {
        "outcome": "missed", "exit_code": 1, "runs_missed": 1,
        "missed": [{"due": "2026-11-20T02:00:00+00:00",
                    "reason": "the Prefect server did not start it"}],
        "next_due": "2026-11-21T02:00:00+00:00",
    }  # fmt: skip
    assert read_scheduled_runs(folder)[DAY].outcome == "missed"


def test_a_run_that_began_is_told_by_nobody_else(
    folder: DataFolder, told: Callable[[], list[dict[str, object]]]
) -> None:
    watch = _watch(folder, DAY - HOUR)
    _ran(folder, DAY, DAY + timedelta(seconds=12), DAY + timedelta(minutes=2), "failed")
    assert watch.look(DAY + HOUR) == []
    assert told() == []  # the night itself told of its failure


def test_one_that_could_not_begin_is_told_with_its_reason(
    folder: DataFolder, told: Callable[[], list[dict[str, object]]]
) -> None:
    """Settings that went wrong, or a lock that another process holds: no night told of it."""
    watch = _watch(folder, DAY - HOUR)
    with pytest.raises(ValueError), noted(folder, DAY) as note:
        note.reason = "csp.toml: stale_after_days = 0: expected at least 1"
        raise ValueError
    [missed] = watch.look(DAY + HOUR)
    assert (
        missed.reason == "it could not begin: csp.toml: stale_after_days = 0: expected at least 1"
    )
    assert len(told()) == 1


def test_what_was_due_while_nothing_was_served_is_told_when_it_is_again(
    folder: DataFolder, told: Callable[[], list[dict[str, object]]]
) -> None:
    back = DAY + timedelta(days=2, hours=7)
    watch = DueWatch(folder, _settings(folder), checked_until=DAY + HOUR)
    watch.serving_begins(back, is_known=True)
    assert watch.look(back + timedelta(minutes=1)) == []  # planned runs may come late
    _ran(folder, DAY + timedelta(days=2), back + timedelta(seconds=20), back + HOUR)
    [missed] = watch.look(back + timedelta(hours=2))
    assert missed.due == DAY + timedelta(days=1)
    assert missed.reason == "`csp schedule` was not running"
    assert len(told()) == 1


def test_a_new_schedule_asks_nothing_of_the_time_before(folder: DataFolder) -> None:
    watch = DueWatch(folder, _settings(folder), checked_until=DAY - 100 * HOUR)
    watch.serving_begins(DAY + HOUR, is_known=False)
    assert watch.look(DAY + 3 * HOUR) == []


def test_one_that_waits_for_a_run_under_way_is_not_missed_before_that_has_ended(
    folder: DataFolder,
) -> None:
    watch = _watch(folder, DAY - HOUR, schedule_cron="*/30 * * * *")
    watch.checked_until = DAY - timedelta(minutes=1)
    half = DAY + HOUR / 2
    _ran(folder, DAY, DAY + timedelta(seconds=9), None)  # by this process, which is alive
    assert watch.look(half + timedelta(minutes=10)) == []
    end = half + timedelta(minutes=12)
    _ran(folder, DAY, DAY + timedelta(seconds=9), end)
    assert watch.look(end + timedelta(seconds=30)) == []
    [missed] = watch.look(end + timedelta(seconds=90))
    assert missed.due == half
    assert missed.reason == "the run due 2026-11-20 02:00 UTC was still under way"


def test_one_that_waits_for_a_run_which_itself_began_late_is_not_missed(folder: DataFolder) -> None:
    """Seen in a soak: the run due at 16:18 began at 16:20:20, and that of 16:20 was told missed."""
    watch = _watch(folder, DAY - HOUR, schedule_cron="*/2 * * * *")
    watch.checked_until = DAY - timedelta(minutes=1)
    late = DAY + timedelta(minutes=2, seconds=20)
    _ran(folder, DAY, late, None)
    assert watch.look(DAY + timedelta(minutes=20)) == []
    assert watch.checked_until == DAY


def test_a_run_whose_process_was_killed_holds_up_nothing(folder: DataFolder) -> None:
    watch = _watch(folder, DAY - HOUR)
    _ran(folder, DAY, DAY + timedelta(seconds=9), None, pid=2**22 - 1)  # nobody's
    assert watch.look(DAY + HOUR) == []
    following = DAY + timedelta(days=1)
    [missed] = watch.look(following + HOUR)
    assert missed.due == following


@needs_proc
def test_another_process_with_the_number_of_a_killed_one_holds_up_nothing(
    folder: DataFolder,
) -> None:
    """A power cut ends a run, and after it some service has its process id."""
    with contextlib.suppress(KeyboardInterrupt), noted(folder, DAY):
        assert read_scheduled_runs(folder)[DAY].is_under_way
        file = folder.state / "scheduled_runs.jsonl"
        line = json.loads(file.read_text())
        raise KeyboardInterrupt
    file.write_text(json.dumps({**line, "born": "1"}) + "\n")
    assert not read_scheduled_runs(folder)[DAY].is_under_way


def test_a_paused_schedule_is_the_reason(folder: DataFolder) -> None:
    watch = _watch(folder, DAY - HOUR)
    watch.paused = True
    [missed] = watch.look(DAY + HOUR)
    assert missed.reason == "the schedule is paused on the Prefect server"


def test_a_clock_that_goes_back_hides_no_due_time(folder: DataFolder) -> None:
    watch = _watch(folder, DAY - HOUR)
    ahead = DAY + timedelta(days=400)
    assert len(watch.look(ahead)) == 400  # a clock a year ahead
    back = DAY + timedelta(days=1)
    assert watch.look(back - HOUR) == []
    assert watch.checked_until == back - HOUR
    _ran(folder, back, back + timedelta(seconds=5), back + timedelta(minutes=1))
    assert watch.look(back + HOUR) == []


def test_the_hook_hears_of_a_year_of_missed_runs_in_one_short_message(
    folder: DataFolder, told: Callable[[], list[dict[str, object]]]
) -> None:
    _watch(folder, DAY - HOUR).look(DAY + timedelta(days=400))
    [body] = told()
    assert body["runs_missed"] == 400
    assert len(body["missed"]) == 20  # type: ignore[arg-type]


def test_the_time_that_summer_time_leaves_out_is_the_run_before_it(folder: DataFolder) -> None:
    """Prefect starts the run of 01:30 on 29 March 2026 at 00:30 UTC; cron says 01:00 UTC."""
    begin = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    watch = _watch(folder, begin, schedule_cron="30 1 * * *")
    theirs = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    _ran(folder, theirs, theirs + timedelta(seconds=9), theirs + timedelta(minutes=1))
    assert watch.look(theirs + 3 * HOUR) == []


def test_the_record_is_private_and_a_line_cut_short_is_passed_over(folder: DataFolder) -> None:
    with noted(folder, DAY) as note:
        note.outcome = "nothing_new"
    file = folder.state / "scheduled_runs.jsonl"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open("a") as stream:
        stream.write('{"due": "2026-11-2')
    assert read_scheduled_runs(folder)[DAY].outcome == "nothing_new"


def test_a_run_that_nobody_scheduled_is_not_noted(folder: DataFolder) -> None:
    with noted(folder, None) as note:
        note.outcome = "published"
    assert read_scheduled_runs(folder) == {}
