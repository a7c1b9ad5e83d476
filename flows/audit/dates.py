"""Checks the dates of a draft against the calendar and against each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date, timedelta

from flows.audit.draft import Sentence
from flows.audit.findings import Finding
from flows.audit.number_words import COUNT, small_number
from flows.audit.periods import MONTHS, Period, find_periods
from flows.calendar_months import add_months, months_apart

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
    r"\s*(?:\((?:the\s)?|,\s(?:that is|i\.e\.),?\s(?:from\s)?|"
    r"(?:ran|runs|covers|covered)\s(?:from\s)?)\s*"
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
        yield from _lengths(sentence)
        yield from _ends(sentence)
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
            if not _GLOSS.fullmatch(between) or _is_named(one) == _is_named(other):
                continue
            if between.strip().startswith("(") and not re.match(
                r"(?:\sfinancial\syear|\syear)?\)", sentence.text[other.end :]
            ):
                continue  # a period and its figure, so another period than the one before
            if other.first > one.last or other.last < one.first:
                yield Finding(
                    sentence, "contradicted", "date", f"{one.text} {between.strip()} {other.text}",
                    f"{one.text} is {one.first:%B %Y} to {one.last:%B %Y}",
                )  # fmt: skip


# "eight months, from 1 April 2022 to 30 November 2022": what lies between must be the span itself.
_MANY = rf"(?P<many>{COUNT})"
_LENGTH = re.compile(
    rf"\b{_MANY}[\s-](?P<unit>month|year)s?(?:\speriod)?,?\s"
    r"(?:\(?(?:from|starting\sin|beginning\sin|running\sfrom)\s)$",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s(?P<m1>[A-Z][a-z]{2,8})(?:\s(?P<y1>20\d\d))?\s"
    r"(?:to|until|and\s(?:ended|finished|closed|concluded)\son)\s"
    r"(?P<d2>\d{1,2})(?:st|nd|rd|th)?\s(?P<m2>[A-Z][a-z]{2,8})\s(?P<y2>20\d\d)"
)
# of two months of one name find_periods takes the later one: they may be compared
_MONTHS = re.compile(
    r"(?:the\s(?:beginning|start)\sof\s)?(?P<m1>[A-Z][a-z]{2,8})\s(?P<y1>20\d\d)\s(?:to(?:\sthe\send\sof)?|until(?:\sthe\send\sof)?|through|and\s(?:finishing|ending)\s(?:at\sthe\send\sof|in))\s(?P<m2>[A-Z][a-z]{2,8})\s(?P<y2>20\d\d)"
)


_TERM_OF = re.compile(rf"\b{_MANY}-(?P<unit>month|year)\b", re.IGNORECASE)
_PART_OF_TERM = re.compile(
    r"\b(?:first|second|third|fourth|fifth|final|last|next|this|each|one)\s(?:year|phase|stage)\b|\byear\s\w+\sof\b",
    re.IGNORECASE,
)


def _of_a_term(text: str, start: int) -> re.Match[str] | None:
    """Find the one "five-year" before the dates; a year of it has dates of its own."""
    found = list(_TERM_OF.finditer(text))
    is_whole = len(found) == 1 and found[0].end() < start and not _PART_OF_TERM.search(text)
    return found[0] if is_whole else None


def _lengths(sentence: Sentence) -> Iterator[Finding]:
    """Judge a number of months or years against the two dates between which they lie."""
    text = sentence.text
    spans: list[tuple[int, str, date, date]] = []
    for match in _SPAN.finditer(text):
        years = match["y1"] or _year_before(match), match["y2"]
        days = [
            _day_of(match[f"d{one}"], match[f"m{one}"], year)
            for one, year in zip("12", years, strict=True)
        ]
        if days[0] is not None and days[1] is not None and days[0] > days[1]:
            yield Finding(
                sentence, "contradicted", "date", match[0], "it ends before it begins"
            )  # fmt: skip
        if days[0] is not None and days[1] is not None and days[0] < days[1]:
            spans.append((match.start(), match[0], days[0], days[1] + timedelta(days=1)))
    if not spans and (between := _MONTHS.search(text)) is not None:
        days = [_day_of("1", between[f"m{one}"], between[f"y{one}"]) for one in "12"]
        if days[0] is not None and days[1] is not None and days[0] < days[1]:
            spans = [(between.start(), between[0], days[0], add_months(days[1], 1))]
    if not spans:
        spans = [
            (one.start, one.text, one.first, one.last + timedelta(days=1))
            for one in find_periods(text)
            if re.search(r"\s(?:to|until|through)\s|\w\s?[\N{EN DASH}-]\s?[A-Z]", one.text)
        ]
    for start, words, first, after in spans:
        length = _LENGTH.search(text[:start]) or _of_a_term(text, start)
        if length is None or first.day != after.day:
            continue
        said = small_number(length["many"])
        months = months_apart(first, after)
        said *= 12 if length["unit"].casefold() == "year" else 1
        # from July to July of another year can be with or without the second one
        holds = said == months or (months % 12 == 1 and said == months - 1)
        yield Finding(
            sentence, "confirmed" if holds else "contradicted", "date",
            f"{length[0].strip()} {words}", f"{words} is {months} months",
        )  # fmt: skip


_TERM = re.compile(
    rf"\b(?:for|of|lasts|lasting)\s{_MANY}\s(?P<unit>month|year|week)s?\b|"
    rf",\s{_MANY.replace('many', 'later')}\s(?P<weeks>week)s\slater\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:expires?|expired|ends?|ended|closes?|closed|until|runs?\sout|lapses?)\s(?:on\s)?$",
    re.IGNORECASE,
)


def _ends(sentence: Sentence) -> Iterator[Finding]:
    """Judge when something ends that begins on a day and lasts so long."""
    dates = list(re.finditer(_DATE, sentence.text, re.IGNORECASE))
    terms = list(_TERM.finditer(sentence.text))
    if len(dates) != 2 or len(terms) != 1 or not _ENDS.search(sentence.text[: dates[1].start()]):
        return
    first, last = _day(dates[0]), _day(dates[1])
    if first is None or last is None or terms[0].start() < dates[0].end():
        return
    many = small_number(terms[0]["many"] or terms[0]["later"])
    unit = (terms[0]["unit"] or "week").casefold()
    if unit == "week":
        weeks = round((last - first).days / 7, 1)
        yield Finding(
            sentence, "confirmed" if abs(weeks - many) <= 0.3 else "contradicted", "date",
            terms[0][0].strip(", "), f"from {dates[0][0]} to {dates[1][0]} is {weeks:g} weeks",
        )  # fmt: skip
        return
    right = add_months(first, many * (12 if unit == "year" else 1))
    holds = abs((last - right).days) <= 31  # a day before, the same day, or the end of that month
    yield Finding(
        sentence, "confirmed" if holds else "contradicted", "date",
        f"{terms[0][0]} until {dates[1][0]}",
        f"{terms[0][0]} from {dates[0][0]} ends in {right:%B %Y}",
    )  # fmt: skip


def _year_before(span: re.Match[str]) -> str:
    """Give the year of "1 October" in "from 1 October to 31 March 2022"."""
    months = [MONTHS.get(span[name][:3].lower(), 0) for name in ("m1", "m2")]
    return str(int(span["y2"]) - (months[0] > months[1]))


def _day_of(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), MONTHS[month[:3].lower()], int(day))
    except (ValueError, KeyError):
        return None


def _is_named(period: Period) -> bool:
    """Whether a period is a financial year or a quarter of one."""
    return bool(re.search(r"\d\s?[/\N{EN DASH}-]\s?\d", period.text))


def _day(match: re.Match[str]) -> date | None:
    return _day_of(match["day"], match["month"], match["year"])
