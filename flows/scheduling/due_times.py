"""When runs are due by a cron expression, in the time zone of the setting.

Prefect's server plans the runs; these are the times to which its work is held. They are computed
without it, so that `csp status` answers at once and a dead server cannot hide a run that was due.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

# A clock that was years off makes more due times than anybody reads.
MOST_DUE_TIMES = 1000


def is_ever_due(cron: str) -> bool:
    """Say whether a cron expression can be read and names a time there is."""
    try:
        next(CronSim(_as_prefect_reads(cron), datetime(2026, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration):
        return False
    return True


def next_due(cron: str, timezone: str, after: datetime) -> datetime:
    """Return the first due time after `after`, in UTC."""
    return next(_after(cron, timezone, after))


def last_due(cron: str, timezone: str, at: datetime) -> datetime:
    """Return the newest due time that is not after `at`, in UTC."""
    # The search backwards leaves out its start, which may itself be a due time.
    start = at.astimezone(ZoneInfo(timezone)) + timedelta(minutes=1)
    backwards = CronSim(_as_prefect_reads(cron), start, reverse=True)
    return next(due.astimezone(UTC) for due in backwards if due.fold == 0 and due <= at)


def due_between(cron: str, timezone: str, after: datetime, until: datetime) -> list[datetime]:
    """List the due times after `after` up to and with `until`, at most `MOST_DUE_TIMES`, in UTC."""
    found = []
    for due in islice(_after(cron, timezone, after), MOST_DUE_TIMES):
        if due > until:
            break
        found.append(due)
    return found


def _after(cron: str, timezone: str, after: datetime) -> Iterator[datetime]:
    for due in CronSim(_as_prefect_reads(cron), after.astimezone(ZoneInfo(timezone))):
        # In the hour that comes twice in autumn Prefect starts no second run.
        if due.fold == 0:
            yield due.astimezone(UTC)


def _as_prefect_reads(cron: str) -> str:
    """Write `*/2` of days and weekdays as a range.

    Where both are restricted, a run is due on either, as Prefect reads it; cron itself takes a
    field that begins with `*` as no restriction.
    """
    minute, hour, day, month, weekday = cron.split()
    if day.startswith("*/"):
        day = f"1-31{day[1:]}"
    if weekday.startswith("*/"):
        weekday = f"0-6{weekday[1:]}"
    return " ".join((minute, hour, day, month, weekday))
