"""Judges which month or quarter of a year was the busiest or the quietest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flows.audit.claims import Claims
from flows.audit.findings import Finding, number
from flows.audit.nearest_named import nearest_named
from flows.audit.periods import FULL_MONTH, MONTHS, Period
from flows.audit.published_rows import PublishedRows
from flows.calendar_months import end_of_month, financial_quarter_days, financial_year_of
from flows.papers.published import Row

_END = re.compile(
    r"\b(?:(?P<most>busiest|peak(?:ed|s)?|high\spoint|most\sfrequent|highest\sof\sany\smonth|at\s(?:its|their)\shighest|"
    r"(?:highest|worst)(?=\s(?:single\s)?(?:month|quarter)))|"
    r"(?P<least>quietest|low\spoint|least\sfrequent|lowest\sof\sany\smonth|at\s(?:its|their)\slowest|lowest(?=\s(?:single\s)?(?:month|quarter))))\b|"
    # "from a low of 143 in August to a high of 187 in January"
    r"\ba\s(?:(?P<high>high|peak)|low)\sof\s[\d,]+(?=\sin\s)",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"(?<!\bto\s)(?!\w+\sto\s(?:June|September|December|March)\b)(?<!ending\s)(?<!ended\s)\b(?P<month>{FULL_MONTH})\b(?:\s(?P<year>20\d\d))?|"
    r"\b(?:the\s)?(?P<quarter>first|second|third|fourth)(?:\squarter\b|(?=\s*[.,;)]|$))|"
    r"\b(?P<months>April\sto\sJune|July\sto\sSeptember|October\sto\sDecember|January\sto\sMarch)\b",
)
_ORDINALS = ("first", "second", "third", "fourth")
# A month further from the word than this is not the one that is meant.
_NEAR = 70
_A_YEAR = range(360, 370)


@dataclass(frozen=True, slots=True)
class _Said:
    is_most: bool
    text: str
    when: re.Match[str]


class Peaks:
    """Judges them where the publication has every month or quarter of the year."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Yield a finding for each month or quarter that a word of rank stands at."""
        if not _END.search(claims.text) or claims.speaks_of_something_else:
            return
        about = nearest_named(claims)
        year = _year(claims)
        if about is None or year is None:
            return
        area, indicator, _ = about
        for said in _pairs(claims.text):
            # "Across the force the busiest month was July": of the force, which is not named
            of_clause = [one.area for text, one in claims.clauses if said.text in text]
            if not claims.mentioned.areas and set(of_clause) & set(self._rows.forces):
                area = of_clause[0]
            rows = self._parts(area, indicator, year, "quarter" if _quarter(said.when) else "month")
            own = _row_of(rows, said.when, year)
            if own is None:
                continue
            value = float(own["value"])
            best = (max if said.is_most else min)(float(row["value"]) for row in rows)
            right = next(row for row in rows if float(row["value"]) == best)
            yield Finding(
                claims.sentence,
                "confirmed" if value == best else "contradicted",
                "peak",
                said.text,
                "so it was" if value == best
                else f"{own['period_label']} had {number(value)}, "
                f"{right['period_label']} {number(best)}",
                str(right["sentence"]),
            )  # fmt: skip

    def _parts(self, area: str, indicator: str, year: Period, kind: str) -> list[Row]:
        rows = [
            row
            for row in self._rows.of(area, indicator)
            if row["period_type"] == kind
            and year.first <= row["period_start"]
            and row["period_end"] <= year.last
            and row["value"] is not None
        ]
        return rows if len(rows) == (4 if kind == "quarter" else 12) else []


def _year(claims: Claims) -> Period | None:
    """Return the one year that the nearest sentence with a year names."""
    for said in (claims.mentioned, *claims.earlier()):
        years = {
            (one.first, one.last): one
            for one in said.periods
            if not one.is_vague and (one.last - one.first).days + 1 in _A_YEAR
        }
        if years:
            return next(iter(years.values())) if len(years) == 1 else None
    return None


def _pairs(text: str) -> Iterator[_Said]:
    """Pair each word of rank with the nearest month or quarter; none is used twice."""
    taken: set[int] = set()
    for end in _END.finditer(text):
        near = [
            (max(when.start() - end.end(), end.start() - when.end()), when)
            for when in _WHEN.finditer(text)
            if when.start() not in taken
        ]
        near = [(gap, when) for gap, when in near if gap <= _NEAR and _is_joined(text, end, when)]
        if near:
            _, when = min(near, key=lambda one: one[0])
            taken.add(when.start())
            begin, last = min(end.start(), when.start()), max(end.end(), when.end())
            is_most = end["most"] is not None or end["high"] is not None
            yield _Said(is_most, text[begin:last], when)


def _is_joined(text: str, end: re.Match[str], when: re.Match[str]) -> bool:
    between = text[min(end.end(), when.end()) : max(end.start(), when.start())]
    if when.end() <= end.start() and re.search(r"\bto\b", between):
        return False  # "from 104 in August 2017 to a peak of 138 in January 2018"
    return not re.search(r"[;.]|\b(?:while|whereas|and|but|than|after)\b", between)


def _quarter(when: re.Match[str]) -> int:
    """Return which quarter of a financial year is named: 1 to 4, or 0 for a month."""
    if when["months"]:
        return 1 + ("April", "July", "October", "January").index(when["months"].split()[0])
    return 1 + _ORDINALS.index(when["quarter"].casefold()) if when["quarter"] else 0


def _row_of(rows: list[Row], when: re.Match[str], year: Period) -> Row | None:
    number_of = _quarter(when)
    if number_of:
        last = financial_quarter_days(financial_year_of(year.last), number_of)[1]
    else:
        month = MONTHS[when["month"][:3].casefold()]
        calendar = int(when["year"]) if when["year"] else _year_of(month, year)
        last = end_of_month(calendar, month)
    return next((row for row in rows if row["period_end"] == last), None)


def _year_of(month: int, year: Period) -> int:
    return year.first.year if date(year.first.year, month, 1) >= year.first else year.last.year
