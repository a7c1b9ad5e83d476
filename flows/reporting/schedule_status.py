"""How the schedule of a folder stands: is it served, when is a run due, did the last one run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flows.data_folder import DataFolder
from flows.publishing.lock import RunLockedError, schedule_lock
from flows.scheduling.due_times import last_due, next_due
from flows.scheduling.known_schedule import read_known_schedule
from flows.scheduling.missed_runs import GRACE, missed_runs
from flows.scheduling.scheduled_runs import NOT_BEGUN, ScheduledRun, read_scheduled_runs


@dataclass(frozen=True, slots=True)
class ScheduleStatus:
    """The schedule that `csp schedule` served last; times are in its time zone.

    `last_run` is what came of `last_due`: `started` and `outcome` say whether it ran, `reason` why
    it did not. It is None where that run may still begin. `missed` counts the runs that are known
    to have been missed among the newest.
    """

    cron: str
    timezone: str
    is_served: bool
    is_paused: bool
    next_due: datetime
    last_due: datetime
    last_run: ScheduledRun | None
    missed: int

    @property
    def is_well(self) -> bool:
        """Whether runs will start, and the last one that was due ran or is about to.

        A run that failed has run: its hooks reported it.
        """
        run = self.last_run
        ran = run is None or run.is_under_way or run.outcome not in ("", "missed", NOT_BEGUN)
        return self.is_served and not self.is_paused and ran


def read_schedule_status(folder: DataFolder, now: datetime) -> ScheduleStatus | None:
    """Read how the schedule stands; None where `csp schedule` was never started on the folder."""
    known = read_known_schedule(folder)
    if known is None:
        return None
    runs = read_scheduled_runs(folder)
    is_served = _is_served(folder)
    last = last_due(known.cron, known.timezone, now)
    run = runs.get(last)
    if run is None and (not is_served or now - last > GRACE):
        # Not accounted for yet, since nobody was there to do it.
        for missed in missed_runs(
            [last],
            runs,
            timezone=known.timezone,
            served_since=datetime.min.replace(tzinfo=UTC) if is_served else now,
            paused=known.paused,
        ):
            run = ScheduledRun(last, outcome="missed", reason=missed.reason)
    return ScheduleStatus(
        cron=known.cron,
        timezone=known.timezone,
        is_served=is_served,
        is_paused=known.paused,
        next_due=next_due(known.cron, known.timezone, now),
        last_due=last,
        last_run=run,
        missed=sum(run.outcome == "missed" for run in runs.values()),
    )


def _is_served(folder: DataFolder) -> bool:
    try:
        with schedule_lock(folder):
            return False
    except (RunLockedError, OSError):
        return True
