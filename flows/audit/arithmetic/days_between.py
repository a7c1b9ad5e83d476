"""Judges the time between two dates: "opened on 4 June and closed on 13 July, so six weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict
from flows.audit.number_words import COUNT, small_number
from flows.audit.periods import FULL_MONTH, MONTHS

_DATE = re.compile(rf"\b(?P<day>\d{{1,2}})\s(?P<month>{FULL_MONTH})(?:\s(?P<year>20\d\d))?\b")
_LONG = re.compile(
    r"\b(?:so|thus|a\stotal\sof|lasted|lasting|ran\sfor|giving|had|open\sfor|over|in)\s(?:[a-z]+\s){0,4}?"
    rf"(?P<hedge>(?:a\slittle|just)\s(?:under|over)|nearly|almost|about|around)?\s?(?P<many>{COUNT})"
    r"\s(?P<unit>days|weeks)\b",
    re.IGNORECASE,
)
_DAYS = {"days": 1, "weeks": 7}
# So many days, and so much of the length, may the words be off: days are counted with or without
# the last one, and weeks are rounded.
_LOOSE = {"days": 1.5, "weeks": 5.0}
_SHARE = 0.1
# A length that is so many times another one is of something else.
_ANOTHER_THING = 2.5


class DaysBetween:
    """Judges a sentence with just two dates and one length behind them."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge days and weeks; a date without a year has the year of the other one."""
        dates = list(_DATE.finditer(claims.text))
        if len(dates) != 2:
            return
        said = [one for one in _LONG.finditer(claims.text) if one.start() >= dates[1].end()]
        first, last = (_day(one, dates) for one in dates)
        if len(said) != 1 or first is None or last is None or last <= first:
            return
        true = (last - first).days + 1
        length = small_number(said[0]["many"]) * _DAYS[said[0]["unit"].casefold()]
        if not 1 / _ANOTHER_THING <= length / true <= _ANOTHER_THING:
            return
        loose = _LOOSE[said[0]["unit"].casefold()] + _SHARE * true
        verdict: Verdict = "confirmed" if abs(length - true) <= loose else "contradicted"
        yield Finding(
            claims.sentence, verdict, "dates", said[0][0].strip(),
            f"from {first:%-d %B %Y} to {last:%-d %B %Y} are {true} days, {true / 7:.1f} weeks",
        )  # fmt: skip


def _day(one: re.Match[str], dates: list[re.Match[str]]) -> date | None:
    year = one["year"] or next((other["year"] for other in dates if other["year"]), None)
    if year is None:
        return None
    try:
        return date(int(year), MONTHS[one["month"][:3].casefold()], int(one["day"]))
    except ValueError:  # 31 June
        return None
