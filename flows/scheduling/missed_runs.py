"""Every due time is accounted for: what ran, what was missed and why, and who hears of it.

The due times come from the cron expression itself, not from the server, so that a server that plans
nothing, is paused or is dead cannot hide a run that was due.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.data_folder import DataFolder
from flows.night.failure_hook import report_missed_runs
from flows.night.log import NightLog
from flows.scheduling.due_times import due_between, next_due
from flows.scheduling.scheduled_runs import (
    NOT_BEGUN,
    ScheduledRun,
    note_missed,
    read_scheduled_runs,
)
from flows.settings import Settings

# The runner asks every 10 s, starting a run takes some 10 s, restarting the server up to a minute.
GRACE = timedelta(minutes=5)
# A run that waited for another one begins so soon after its end.
_TO_FOLLOW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class MissedRun:
    """A run that was due (UTC) and did nothing, with the reason in words."""

    due: datetime
    reason: str


def missed_runs(
    due_times: list[datetime],
    runs: dict[datetime, ScheduledRun],
    *,
    timezone: str,
    served_since: datetime,
    paused: bool = False,
) -> list[MissedRun]:
    """Return which of the due times were missed. `served_since`: when serving began."""
    missed = []
    for due in due_times:
        run = runs.get(due) or _moved(due, runs.values(), timezone)
        if run is not None and run.started is not None:
            if run.outcome == NOT_BEGUN:
                missed.append(MissedRun(due, f"it could not begin: {run.reason}"))
            continue
        if run is not None and run.outcome == "missed":
            continue  # reported already
        missed.append(MissedRun(due, _why(due, runs.values(), served_since, paused)))
    return missed


def _moved(due: datetime, runs: Collection[ScheduledRun], timezone: str) -> ScheduledRun | None:
    """Find the run of a time that the change to summer time leaves out; Prefect starts it before.

    Such a due time stands at the very moment of the change.
    """
    zone = ZoneInfo(timezone)
    before = (due - timedelta(minutes=1)).astimezone(zone).utcoffset()
    if before == due.astimezone(zone).utcoffset():
        return None
    return next((run for run in runs if due - timedelta(hours=1) <= run.due < due), None)


def _why(
    due: datetime, runs: Collection[ScheduledRun], served_since: datetime, paused: bool
) -> str:
    if due < served_since:
        return "`csp schedule` was not running"
    for run in runs:
        if run.started is not None and run.due < due:
            end = run.ended or (datetime.now(UTC) if run.is_under_way else run.started)
            if end >= due:
                return f"the run due {run.due:%Y-%m-%d %H:%M} UTC was still under way"
    if paused:
        return "the schedule is paused on the Prefect server"
    return "the Prefect server did not start it"


def _is_settled(due: datetime, runs: Collection[ScheduledRun], now: datetime) -> bool:
    """Whether a due run either began or will not: one may still wait for another to end."""
    for run in runs:
        if run.due >= due:
            continue
        if run.is_under_way or (run.ended is not None and due <= run.ended > now - _TO_FOLLOW):
            return False
    return True


class DueWatch:
    """Looks, while `csp schedule` goes on, whether each due run began; reports those that did not.

    `checked_until` (UTC) is what is accounted for; it is kept in the folder between processes.
    """

    def __init__(
        self,
        folder: DataFolder,
        settings: Settings,
        *,
        checked_until: datetime,
        grace: timedelta = GRACE,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._served_since = checked_until
        self._grace = grace
        self.checked_until = checked_until
        self.paused = False

    def serving_begins(self, now: datetime, *, is_known: bool) -> None:
        """Note that runs can start from now on; a schedule that is new asks for none before."""
        self._served_since = now
        if not is_known:
            self.checked_until = now

    def look(self, now: datetime) -> list[MissedRun]:
        """Account for what has become due; return what was missed, noted and reported."""
        # After a clock that went back, what lies ahead of it is not accounted for yet.
        self.checked_until = min(self.checked_until, now)
        if now < self._served_since + self._grace:
            return []  # a server that comes back starts what it had planned first
        cron, timezone = self._settings.schedule_cron, self._settings.schedule_timezone
        due = due_between(cron, timezone, self.checked_until, now - self._grace)
        runs = read_scheduled_runs(self._folder)
        settled = list(itertools.takewhile(lambda time: _is_settled(time, runs.values(), now), due))
        if not settled:
            return []
        found = missed_runs(
            settled, runs, timezone=timezone, served_since=self._served_since, paused=self.paused
        )
        self.checked_until = settled[-1]
        if found:
            self._report(found, now)
        return found

    def _report(self, found: list[MissedRun], now: datetime) -> None:
        for missed in found:
            note_missed(self._folder, missed.due, missed.reason)
        log = NightLog(self._folder, "schedule")
        log.write("runs missed", runs=len(found), first=found[0].due.isoformat())
        following = next_due(self._settings.schedule_cron, self._settings.schedule_timezone, now)
        for problem in report_missed_runs(
            self._settings, [(missed.due, missed.reason) for missed in found], following
        ):
            log.write("failure hook", problem=problem)
