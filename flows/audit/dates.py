"""Checks the dates of a draft against the calendar and against each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date

from flows.audit.draft import Sentence
from flows.audit.findings import Finding
from flows.audit.periods import MONTHS, Period, find_periods

_DATE = (
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|"
    r"june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\s+(?P<year>20\d\d)"
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(rf"\b(?P<name>{'|'.join(_DAYS)}),?\s+(?:the\s+)?{_DATE}", re.IGNORECASE)
# What happens once: a meeting is held often, a strategy adopted once.
_EVENT = re.compile(
    rf"\b(?:the|our|this)\s+(?P<what>(?:[a-z-]+\s){{0,2}}?[a-z-]+?),?\s+(?:which\s)?(?:was\s|were\s)?"
    rf"(?P<verb>adopted|approved|launched|signed|established|came into force|came into effect|took effect)"  # noqa: E501
    rf"\s+on\s+(?:{'|'.join(f'{day},?' for day in _DAYS)})?\s*{_DATE}",
    re.IGNORECASE,
)
# A second period that says what the first one is: in brackets, or after "that is" or "ran from".
_GLOSS = re.compile(
    r"\s*(?:\(|,\s(?:that is|i\.e\.),?\s(?:from\s)?|(?:ran|runs|covers|covered)\s(?:from\s)?)\s*"
)


class Dates:
    """Judges sentences in their order and remembers on which day something happened."""

    def __init__(self) -> None:
        self._events: dict[tuple[str, str], tuple[date, str]] = {}

    def judge(self, sentence: Sentence) -> Iterator[Finding]:
        """Judge weekdays, periods that are explained, and dates given before."""
        text = sentence.text
        for match in _WEEKDAY.finditer(text):
            day = _day(match)
            if day is not None:
                right = _DAYS[day.weekday()]
                holds = right == match["name"].capitalize()
                reason = f"{day.day} {day:%B %Y} is a {right}"
                verdict = "confirmed" if holds else "contradicted"
                yield Finding(sentence, verdict, "date", match[0], reason)  # type: ignore[arg-type]
        yield from self._glosses(sentence)
        for match in _EVENT.finditer(text):
            day = _day(match)
            if day is None:
                continue
            key = match["what"].split()[-1].casefold(), match["verb"].casefold()
            known = self._events.setdefault(key, (day, text))
            if known[0] != day:
                yield Finding(
                    sentence, "contradicted", "date", match[0],
                    f"the draft says {known[0].day} {known[0]:%B %Y} elsewhere",
                    known[1],
                )  # fmt: skip

    @staticmethod
    def _glosses(sentence: Sentence) -> Iterator[Finding]:
        periods = sorted(find_periods(sentence.text), key=lambda one: one.start)
        for one, other in itertools.pairwise(periods):
            between = sentence.text[one.end : other.start]
            if not _GLOSS.fullmatch(between) or not _is_named(one) or _is_named(other):
                continue
            follows = sentence.text[other.end : other.end + 1]
            if between.strip() == "(" and follows != ")":
                continue  # a period and its figure, so another period than the one before
            if other.first > one.last or other.last < one.first:
                yield Finding(
                    sentence, "contradicted", "date", f"{one.text} {between.strip()} {other.text}",
                    f"{one.text} is {one.first:%B %Y} to {one.last:%B %Y}",
                )  # fmt: skip


def _is_named(period: Period) -> bool:
    """Whether a period is a financial year or a quarter of one."""
    return bool(re.search(r"\d\s?[/\N{EN DASH}-]\s?\d", period.text))


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), MONTHS[match["month"][:3].lower()], int(match["day"]))
    except ValueError:
        return None
