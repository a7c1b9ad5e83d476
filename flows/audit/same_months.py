"""Finds "the same six months of 2015", and says which months these are."""

from __future__ import annotations

import re
from datetime import date

from flows.audit.periods import Period, periods_in
from flows.calendar_months import add_months, end_of_month, financial_year_days, financial_year_of

# The same months of another year, however they are worded.
SAME_MONTHS = re.compile(
    r"\b(?:the\s|its\s)?(?:same|corresponding|equivalent|comparable|matching)\s(?:\w+\s){0,2}?"
    r"(?:period|months?|quarter|half|point|stage|time|total|figure|number|year)"
    r"(?:\s(?:of|in|for|from|a|an|the|one|last|previous|preceding|prior|financial|calendar|year|years|before|"
    r"earlier|ago|previously|20\d\d(?:/\d\d)?)(?!\w))*|"
    r"\b(?:a|one)\s(?:full\s)?year\s(?:ago|earlier|before|previously|prior|back)\b|"
    r"\b(?:12|twelve)\smonths\s(?:ago|earlier|before|previously|prior|back)(?:\s(?:that|then|this))?\b|"
    r"\b(?:a|the)\syear\s(?:ago|earlier|before|previously|prior)\b|\byear\s(?:earlier|before|previously)\b",
    re.IGNORECASE,
)
_NAMED_YEAR = re.compile(r"\b(?P<year>20\d\d)(?P<financial>/\d\d)?$")
_MONTHS = re.compile(r"\b(?:period|months?|quarter|half|point|stage|time)\b", re.IGNORECASE)


def same_months_of(match: re.Match[str], text: str, near: Period | None) -> Period | None:
    """Read "the same six months of 2015" as these months, where 2015 is not just the year before.

    Of a year whose months are not known, as of "the total for 2015/16" beside a quarter, nothing
    is said: the period is vague.
    """
    named = _NAMED_YEAR.search(match[0])
    own = [one for one in periods_in(text[: match.start()], near) if not one.is_vague]
    of = own[-1] if own else near
    if named is None or of is None or of.is_vague:
        return None
    is_whole_year = (of.first, of.last) == financial_year_days(financial_year_of(of.first))
    begins = financial_year_of(of.first) if named["financial"] else of.first.year
    back = begins - int(named["year"])
    says_months = _MONTHS.search(match[0]) is not None
    if back == 1 and (not named["financial"] or is_whole_year or says_months):
        return None
    if named["financial"] and not is_whole_year and not says_months:
        return Period(*match.span(), match[0], date.min, date.min, is_vague=True)
    last = add_months(of.last.replace(day=1), -12 * back)
    return Period(
        *match.span(), match[0],
        add_months(of.first, -12 * back), end_of_month(last.year, last.month),
    )  # fmt: skip
