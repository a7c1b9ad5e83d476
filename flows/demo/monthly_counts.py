"""Counts by month: yearly levels and printed sums spread over months, with season and chance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flows.calendar_months import months_from
from flows.demo.plan import DemoPlan
from flows.demo.published_counts import PRINTED, Segment
from flows.demo.yearly_levels import yearly_level

# January to December; a summer peak, more so outdoors
_SEASON = {
    "asb": (0.78, 0.78, 0.93, 1.03, 1.12, 1.14, 1.24, 1.17, 1.04, 1.06, 0.93, 0.78),
    "marac": (1.0, 0.98, 1.02, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
    "crime": (0.95, 0.89, 0.99, 0.98, 1.05, 1.04, 1.08, 1.03, 1.00, 1.05, 1.01, 0.93),
}
_NOISE = {"asb": 0.04, "marac": 0.02, "crime": 0.03}


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """Part a whole number by weights into whole numbers that add up to it (largest remainder)."""
    whole = sum(weights)
    shares = [total * weight / whole for weight in weights]
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda at: (parts[at] - shares[at], at))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts


def monthly_counts(plan: DemoPlan, area: str, indicator: str) -> dict[date, int]:
    """Give the final count of every month from April 2014 on.

    Months do not depend on how many the plan asks for.
    """
    kind = indicator.split("_")[0] if indicator.startswith(("asb", "marac")) else "crime"
    chance = plan.random("months", area, indicator)
    weight = {
        month: _SEASON[kind][month.month - 1] * (1 + chance.uniform(-1, 1) * _NOISE[kind])
        for month in months_from(date(2014, 4, 1), date(2018, 3, 1))
    }
    counts: dict[date, int] = {}
    for first, last, total in _segments(area, indicator):
        months = months_from(first, last)
        # cases are few enough for any trial, and repeats need them
        is_whole = plan.share == 1 or kind == "marac"
        scaled = total if is_whole else round(total * plan.share)
        counts.update(zip(months, spread(scaled, [weight[m] for m in months]), strict=True))
    return counts


def _segments(area: str, indicator: str) -> list[Segment]:
    """List spans that cover all months once: the printed ones, and between them the levels."""
    printed = PRINTED.get((area, indicator), ())
    held = {month for first, last, _ in printed for month in months_from(first, last)}
    segments = list(printed)
    for year in range(2014, 2018):
        months = months_from(date(year, 4, 1), date(year + 1, 3, 1))
        free = [month for month in months if month not in held]
        if not free:
            continue
        level = yearly_level(area, indicator, year)
        for run in _runs(free):
            segments.append((run[0], run[-1], round(level * len(run) / 12)))
    return segments


def _runs(months: list[date]) -> list[list[date]]:
    runs = [[months[0]]]
    for month in months[1:]:
        if month in months_from(runs[-1][-1], month)[1:2]:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs
