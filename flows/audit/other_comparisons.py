"""Tells comparisons with the same months of the year before from all others."""

from __future__ import annotations

from flows.audit.claims import Mentioned
from flows.audit.context import Context
from flows.audit.periods import Period
from flows.audit.vocabulary import Vocabulary
from flows.calendar_months import end_of_month_a_year_before


def compares_with_something_else(
    text: str, context: Context, said: Mentioned, vocabulary: Vocabulary
) -> bool:
    """Whether the change is one from something else than the same months of the year before."""
    if vocabulary.other_comparisons.search(text):
        return True
    now = context.period
    return now is not None and any(
        period.last < now.first and not is_a_year_before(period, now) for period in said.periods
    )


def is_a_year_before(one: Period, other: Period) -> bool:
    """Whether a period is the same months of the year before another."""
    first = other.first.replace(year=other.first.year - 1)
    return (first, end_of_month_a_year_before(other.last)) == (one.first, one.last) or (
        # "2016" beside July 2018 or 2017/18 may mean the same months of that year
        one.text.strip().isdigit() and one.first.year == other.first.year - 1
    )
