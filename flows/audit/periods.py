"""Finds the periods of a sentence, however they are written."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flows.calendar_months import (
    add_months,
    end_of_month,
    financial_quarter_days,
    financial_year_days,
    financial_year_of,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A period as written, by its first and last day; without a known year it is vague."""

    start: int
    end: int
    text: str
    first: date
    last: date
    is_vague: bool = False


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if number}
# 2017/18, 2017-18, and 17/18 with a slash alone; `_days` says no where the years do not follow.
_FINANCIAL = (
    r"(?<![\d/.,£])(?P<fy>20\d\d(?=\s?[/\N{EN DASH}-])|\d\d(?=/\d\d(?![\d/%])))"
    r"\s?[/\N{EN DASH}-]\s?(?:20)?(?P<fz>\d\d)(?!\d)"
)
# Jul 2018, Jul-18, Jul '18
_APART = r"(?:\s+|\s?[-\N{NON-BREAKING HYPHEN}]\s?|\s?(?=['\N{RIGHT SINGLE QUOTATION MARK}]))"
_SHORT = r"(?<=-)\d\d|['\N{RIGHT SINGLE QUOTATION MARK}]\d\d"
_QUARTERS = {
    **{f"q{n}": n for n in range(1, 5)},
    **{f"quarter {n}": n for n in range(1, 5)},
    **{f"quarter {w}": n for n, w in enumerate(("one", "two", "three", "four"), 1)},
    **{f"{w} quarter": n for n, w in enumerate(("first", "second", "third", "fourth"), 1)},
}
_QUARTER = "(?:" + "|".join(sorted(_QUARTERS, key=len, reverse=True)) + ")"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"

_UNTIL = r"(?:to|ending|ended|up to)\s+(?:the end of\s+)?"
_TO_END = r"to\s+(?:(?:the\s+)?end\s+of\s+)?"
_LAST = rf"{_DAY}(?P<m2>{_MONTH}){_APART}(?P<y2>20\d\d|{_SHORT})(?!\d)"
_MANY = {
    **{"three": 3, "six": 6, "nine": 9, "half": 6, "quarter": 3},
    **{str(months): months for months in (3, 6, 9)},
}
_MANY_MONTHS = (
    r"(?P<many>three|six|nine|3|6|9)[\s-]months?|(?P<part>half)[\s-]year|(?P<one>quarter)"
)
_AND = r"\s*(?:to|and|until|through|[\N{EN DASH}-])\s*"
_OF = r"\s*(?:of|,|in)?\s*(?:the\s+)?(?:(?:financial\s+)?year\s+)?"
_PERIODS: tuple[tuple[str, str], ...] = (
    ("rolling", rf"(?:12|twelve)[\s-]?(?:months?|mths?|m)\s+{_UNTIL}{_LAST}"),
    ("rolling", rf"(?:the\s+)?(?<!half )(?<!half-)year\s+(?:to|ending|ended)\s+{_LAST}"),
    ("months_to", rf"(?:{_MANY_MONTHS})\s+(?:period\s+)?{_UNTIL}{_LAST}"),
    (
        "first_months",
        rf"(?:first\s+(?:{_MANY_MONTHS.replace('(?P<one>quarter)', 'half')})|h1|half[\s-]year)"
        rf"{_OF}{_FINANCIAL}",
    ),
    ("first_months", rf"(?<!each of the )(?:first|opening)\s+two\s+quarters{_OF}{_FINANCIAL}"),
    ("ytd", rf"{_FINANCIAL}\s+(?:f?ytd|year to date)\s+{_TO_END}(?P<m2>{_MONTH})"),
    ("ytd_to", rf"(?:year[\s-]to[\s-]date|ytd)\s+(?:to|up to|at|as at)\s+{_LAST}"),
    ("span", rf"(?P<m1>{_MONTH})\s*(?P<y1>20\d\d)?{_AND}{_LAST}"),
    ("quarter", rf"(?P<q>{_QUARTER}){_OF}{_FINANCIAL}"),
    ("quarter", rf"{_FINANCIAL}\s*,?\s*(?P<q>{_QUARTER})"),
    ("last_quarter", rf"(?:final|last|closing)\s+(?:quarter|three\s+months){_OF}{_FINANCIAL}"),
    ("second_half", rf"(?:second\s+half|h2|(?:final|last)\s+six\s+months){_OF}{_FINANCIAL}"),
    ("financial", rf"(?:financial year\s+)?{_FINANCIAL}"),
    ("month", _LAST),
    ("calendar", r"(?<![\d/,.£])(?P<y2>20[0-4]\d)(?![\d/,.]\d|%)"),
)
_PERIOD_PATTERNS = tuple(
    (kind, re.compile(rf"(?<!\w){pattern}", re.IGNORECASE)) for kind, pattern in _PERIODS
)
# Periods without a year, which the text before gives them: in June, Q2, April to September.
FULL_MONTH = rf"(?:{'|'.join(calendar.month_name[1:])})"
_OF_ANOTHER_YEAR = re.compile(
    r"\s(?:of|in)\s(?:the\s)?(?:previous|preceding|prior|last|following|next)\s(?:financial\s)?year\b|"
    r"\s(?:of|in)\sthe\syear\sbefore\b|\s(?:a|the|one)\syear\s(?:before|earlier)\b",
    re.IGNORECASE,
)
_WITHOUT_YEAR = (
    (
        "span",
        re.compile(rf"(?<!\w)(?P<m1>{FULL_MONTH}){_AND}(?P<m2>{FULL_MONTH})(?![\s,]+(?:20)?\d\d)"),
    ),
    ("quarter", re.compile(rf"(?<!\w)(?P<q>{_QUARTER})(?!\w)", re.IGNORECASE)),
    ("month", re.compile(rf"(?<=\b[Ii]n )(?P<m2>{FULL_MONTH})(?![\s,]+(?:20)?\d\d)")),
    # "March was 10.7% higher"
    (
        "month",
        re.compile(
            rf"(?<![\w-]\s)(?<!\d\s)(?P<m2>{FULL_MONTH})(?=\s(?:was|saw|had|rose|fell|recorded)\s)"
        ),
    ),
    ("month", re.compile(rf"(?<=\b[Ff]or )(?P<m2>{FULL_MONTH})(?![\s,]+(?:20)?\d\d)")),
)


def find_periods(text: str) -> list[Period]:
    """Find the periods of a sentence."""
    return [period for period in periods_in(text, None) if not period.is_vague]


def periods_in(text: str, near: Period | None) -> Iterator[Period]:
    """Find periods; one without a year is in the year of `near`, or vague."""
    taken: list[tuple[int, int]] = []
    dated: list[Period] = []
    for kind, pattern in _PERIOD_PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            days = _days(kind, match.groupdict())
            if days is not None:
                taken.append(match.span())
                dated.append(Period(*match.span(), match[0], *days))
                yield dated[-1]
    for kind, pattern in _WITHOUT_YEAR:
        for match in pattern.finditer(text):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            if _OF_ANOTHER_YEAR.match(text[match.end() :]):
                continue  # "quarter one of the previous year"
            taken.append(match.span())
            yield _in_year_of(kind, match, _dated_beside(match, dated, near))


def _dated_beside(match: re.Match[str], dated: list[Period], near: Period | None) -> Period | None:
    """Choose the period whose year one without a year is in.

    "Quarter 1: 5,314, up on April to June 2016": the year spoken of before, unless one stands
    before it in the sentence or at once behind it ("Q1 and Q2 of 2017/18").
    """
    before = [one for one in dated if one.end <= match.start()]
    behind = [one for one in dated if 0 <= one.start - match.end() <= 12]
    if before or behind:
        return (before or behind)[0]
    return near if near is not None and not near.is_vague else next(iter(dated), None)


def _in_year_of(kind: str, match: re.Match[str], dated: Period | None) -> Period:
    """Put a period without a year into the financial year that is spoken of, if there is one."""
    if (
        dated is None
        or dated.is_vague
        or financial_year_of(dated.first) != financial_year_of(dated.last)
    ):
        return Period(*match.span(), match[0], date.min, date.min, is_vague=True)
    year = financial_year_of(dated.first)
    parts: dict[str, str | None] = {**match.groupdict()}
    if kind == "quarter":
        parts |= {"fy": str(year), "fz": f"{(year + 1) % 100:02d}"}
    else:
        month = MONTHS[(parts["m2"] or "")[:3].lower()]
        parts |= {"y1": None, "y2": str(year if month >= 4 else year + 1)}
    days = _days(kind, parts)
    if days is None:
        return Period(*match.span(), match[0], date.min, date.min, is_vague=True)
    return Period(*match.span(), match[0], *days)


def _full_year(written: str | None) -> int:
    """Read 2018, 18 or '18; no year is 0."""
    digits = int((written or "0").lstrip("'\N{RIGHT SINGLE QUOTATION MARK}"))
    return digits + 2000 if 0 < digits < 100 else digits


def _days(kind: str, parts: dict[str, str | None]) -> tuple[date, date] | None:
    year = _full_year(parts.get("fy"))
    if year and int(parts["fz"] or 0) != (year + 1) % 100:
        return None
    last_month = MONTHS.get((parts.get("m2") or "")[:3].lower(), 0)
    last_year = _full_year(parts.get("y2"))
    if kind == "financial":
        return financial_year_days(year)
    if kind == "last_quarter":
        return financial_quarter_days(year, 4)
    if kind == "second_half":
        return date(year, 10, 1), date(year + 1, 3, 31)
    if kind == "quarter":
        number = _QUARTERS[re.sub(r"\s+", " ", (parts["q"] or "").lower())]
        return financial_quarter_days(year, number)
    if kind == "ytd":
        return date(year, 4, 1), end_of_month(year if last_month >= 4 else year + 1, last_month)
    if kind == "first_months":
        months = _MANY[(parts.get("many") or "half").lower()]
        last = (year, 3 + months) if months < 9 else (year, 12)
        return date(year, 4, 1), end_of_month(*last)
    if kind == "months_to":
        months = _MANY[(parts["many"] or parts["part"] or "quarter").lower()]
        end = end_of_month(last_year, last_month)
        return add_months(end, 1 - months), end
    if kind == "ytd_to":
        begin = last_year if last_month >= 4 else last_year - 1
        return date(begin, 4, 1), end_of_month(last_year, last_month)
    if kind == "rolling":
        end = end_of_month(last_year, last_month)
        return add_months(end, -11), end
    if kind == "span":
        first_month = MONTHS[(parts["m1"] or "")[:3].lower()]
        if parts["y1"] and int(parts["y1"]) < last_year - 1 and first_month == last_month:
            return None  # two months that are compared, years apart: each is a period of its own
        if parts["y1"] and int(parts["y1"]) < last_year and first_month == last_month:
            # the same month of two years is a comparison, and the later one is spoken of
            return date(last_year, last_month, 1), end_of_month(last_year, last_month)
        first_year = int(parts["y1"] or 0) or (
            last_year if first_month <= last_month else last_year - 1
        )
        return date(first_year, first_month, 1), end_of_month(last_year, last_month)
    if kind == "month":
        return date(last_year, last_month, 1), end_of_month(last_year, last_month)
    return date(last_year, 1, 1), date(last_year, 12, 31)
