"""Due times by cron, held to Prefect's own over the days on which the clocks change."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.scheduling.due_times import due_between, last_due, next_due

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("cron", "at", "last", "following"),
    [
        ("0 2 * * *", "2026-11-21T02:00", "2026-11-21T02:00", "2026-11-22T02:00"),
        ("0 2 * * *", "2026-11-21T01:59", "2026-11-20T02:00", "2026-11-21T02:00"),
        # 2 o'clock in Britain is 1 o'clock UTC in summer
        ("0 2 * * *", "2026-07-01T12:00", "2026-07-01T01:00", "2026-07-02T01:00"),
        # Friday's, asked on a Sunday
        ("30 1 * * 1-5", "2026-11-22T12:00", "2026-11-20T01:30", "2026-11-23T01:30"),
        ("*/15 * * * *", "2026-11-21T10:44:59", "2026-11-21T10:30", "2026-11-21T10:45"),
    ],
)  # fmt: skip
def test_the_last_and_the_next_due_time(cron: str, at: str, last: str, following: str) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert last_due(cron, LONDON, now) == datetime.fromisoformat(last).replace(tzinfo=UTC)
    assert next_due(cron, LONDON, now) == datetime.fromisoformat(following).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "cron",
    ["0 2 * * *", "*/30 * * * *", "15 0,1,2 * * 1-5", "0 6 1 * *", "0 3 * * SUN", "0 2 */2 * 1",
     "30 1 * * *"],
)  # fmt: skip
@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24", "2027-01-30"])
def test_they_are_those_of_prefect(cron: str, day: str) -> None:
    from prefect.server.schemas.schedules import CronSchedule

    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    until = start + timedelta(days=3)
    zone = ZoneInfo(LONDON)
    theirs = asyncio.run(
        CronSchedule(cron=cron, timezone=LONDON).get_dates(
            n=1000, start=start.astimezone(zone), end=until.astimezone(zone)
        )
    )
    expected: list[datetime] = [due.astimezone(UTC) for due in theirs if due > start]
    if (cron, day) == ("30 1 * * *", "2026-03-28"):
        # 01:30 does not exist on 29 March: Prefect starts at 00:30 UTC, cron when it would have
        # been, at 01:00 UTC. `missed_runs` knows that they are one run.
        assert expected[1] == datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
        expected[1] = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert due_between(cron, LONDON, start, until) == expected
