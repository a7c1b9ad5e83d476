"""Which area, indicator and period a sentence is about, if the text names just one of each."""

from __future__ import annotations

from collections.abc import Sequence

from flows.audit.claims import Claims, Mentioned
from flows.audit.periods import Period


def nearest_named(claims: Claims) -> tuple[str, str, Period] | None:
    """Return the one that the nearest sentence names of each, or nothing where it names several."""
    said = [claims.mentioned, *claims.earlier()]
    areas = _nearest(said, "areas") or {
        context.area for _, context in claims.clauses if context.area
    }
    indicators = _nearest(said, "indicators")
    if not indicators and any(one.may_be_all_crime for one in said):
        indicators = {"total_recorded_crime"}
    periods = {
        (period.first, period.last): period
        for one in said[:1]
        for period in one.periods
        if not period.is_vague
    }
    for one in said[1:]:
        if periods:
            break
        periods = {
            (period.first, period.last): period for period in one.periods if not period.is_vague
        }
    if len(areas) != 1 or len(indicators) != 1 or not periods:
        return None
    latest = max(periods.values(), key=lambda period: period.last)
    return str(next(iter(areas))), str(next(iter(indicators))), latest


def _nearest(said: Sequence[Mentioned], name: str) -> set[str]:
    return next((set(named) for one in said if (named := getattr(one, name))), set())
