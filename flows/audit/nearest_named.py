"""Which area, indicator and period a sentence is about, if the text names just one of each."""

from __future__ import annotations

from flows.audit.claims import Claims
from flows.audit.periods import Period


def nearest_named(claims: Claims) -> tuple[str, str, Period] | None:
    """Return the one that the nearest sentence names of each, or nothing where it names several."""
    areas, indicators, periods = named_nearby(claims)
    areas = areas or {context.area for _, context in claims.clauses if context.area}
    if len(areas) != 1 or len(indicators) != 1 or not periods:
        return None
    return areas.pop(), indicators.pop(), max(periods, key=lambda period: period.last)


def named_nearby(claims: Claims) -> tuple[set[str], set[str], list[Period]]:
    """Return the areas, indicators and periods that the nearest sentence with some names."""
    said = [claims.mentioned, *claims.earlier()]
    areas = next((set(one.areas) for one in said if one.areas), set())
    indicators = next((set(one.indicators) for one in said if one.indicators), set())
    if not indicators and any(one.may_be_all_crime for one in said):
        indicators = {"total_recorded_crime"}
    dated = ([period for period in one.periods if not period.is_vague] for one in said)
    return areas, indicators, next((periods for periods in dated if periods), [])
