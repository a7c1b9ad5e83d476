"""Judges so many a day, week or month of a figure and the period that its sentence names.

"1,298 offences in the year to March 2018, or some 25 a week".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import fits
from flows.audit.claims import Claims
from flows.audit.findings import Finding, number
from flows.audit.marks import Number
from flows.audit.number_words import COUNT, small_number
from flows.audit.periods import FULL_MONTH, MONTHS, Period

_A_TIME = re.compile(
    r"\s?(?:(?!(?:to|and|in|for|more|fewer|less)\b)"
    r"[\w'\N{RIGHT SINGLE QUOTATION MARK}-]+\s){0,4}?"
    r"(?:an?|per|each|every|for\seach\sof\sthe\s\w+)\s(?P<unit>day|week|month|quarter)s?\b"
    r"(?!\s(?:more|fewer|less|higher|lower))",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\b(?P<many>\d{1,3})[\s-](?P<unit>day|week|month)s?\b", re.IGNORECASE)
# "between April and December the wardens logged 1,305 contacts"
_MONTHS_RANGE = re.compile(
    rf"\b(?:[Bb]etween|[Ff]rom)\s(?P<first>{FULL_MONTH})\s(?:and|to)\s(?P<last>{FULL_MONTH})\b"
)
_OF_BEFORE = re.compile(r"^(?:that|this|spread|averaged|on\saverage)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s(?:\w+\sand\s)?$", re.IGNORECASE)
_DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "quarter": 365.25 / 4}
# A figure that is further from the average than so many times is one of something else; one that
# is as near as this is rounded, or a month of so many days.
_ANOTHER_THING, _NEAR = 1.8, 0.08


_COMPARED = re.compile(r"\b(?:compared\s(?:with|to)|against|up\sfrom|down\sfrom)\s$", re.IGNORECASE)
_APART = re.compile(r";|,\s(?:whereas|while)\s")
_AVERAGE = re.compile(r"\baverag\w+\b", re.IGNORECASE)
# So far may a published figure's average be from the one said: months have 28 to 31 days.
_NEAR_AVERAGE = 0.03
# In words such times are rounded further than numbers.
_EVERY = 0.15
_PARTS_OF_A_DAY = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0}
_ONE_EVERY = re.compile(
    rf"\bone\s(?:(?:offence|crime|incident|call|case|report)\s)?every\s(?:about\s|few\s)?(?:(?P<many>{COUNT})\s)?(?P<unit>minute|hour|day|week)s?\b",
    re.IGNORECASE,
)


# "a monthly average of 1,679"
_AVERAGE_OF = re.compile(
    r"\b(?P<unit>daily|weekly|monthly|quarterly)\s(?:average|mean)\s(?:of|was|is)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_UNITS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}


class AveragesOverAPeriod:
    """Judges the first such average behind a figure; another one may be of another period."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge an average behind a figure, or how often one came to pass."""
        yield from self._so_many_a_time(claims)
        yield from _one_every(claims)

    def _so_many_a_time(self, claims: Claims) -> Iterator[Finding]:
        """Contradict an average that no figure before it gives over any length that is named."""
        averages = _averages(claims)
        if not averages or _BETWEEN.search(claims.text[: averages[0][0].start]):
            return
        said, unit = averages[0]
        taken = {one.start for one, _ in averages}
        bases = _bases(claims, said, taken)
        days = _lengths(claims)
        possible = [base.value * _DAYS[unit] / length for base in bases for length in days]
        if not possible:
            return
        nearest = min(possible, key=lambda true: abs(true - said.value))
        off = max(nearest, said.value) / max(min(nearest, said.value), 1e-9)
        if off > _ANOTHER_THING:
            return
        near = _NEAR if said.value < 20 or said.value % 5 == 0 else _NEAR_AVERAGE
        is_right = fits(said, nearest) in ("confirmed", "doubtful") or off <= 1 + near
        yield Finding(
            claims.sentence,
            "confirmed" if is_right else "contradicted",
            "average",
            f"{said.text.strip()} a {unit}",
            "the average agrees with the figure and its period"
            if is_right
            else "the average does not agree with the figure and its period",
            f"It is {number(nearest, 1)} a {unit}.",
        )


def average_said(claims: Claims) -> tuple[Number, str] | None:
    """Return the one average over time of a sentence that calls it so, and its unit of time."""
    found = _averages(claims)
    if len(found) == 2 and _COMPARED.search(claims.text[found[0][0].end : found[1][0].start]):
        found = found[:1]  # "68 crimes a day, compared with 47 a day in the same quarter of 2016"
    apart = _APART.search(claims.text, found[0][0].end) if found else None
    if apart is not None:
        found = [one for one in found if one[0].start < apart.start()]
    return found[0] if len(found) == 1 and _AVERAGE.search(claims.text) else None


def _averages(claims: Claims) -> list[tuple[Number, str]]:
    """Return the numbers that are said to be of a day, a week, a month or a quarter."""
    found = []
    for one in claims.mentioned.of_unit("count"):
        behind = _A_TIME.match(claims.text[one.end :])
        before = _AVERAGE_OF.search(claims.text[: one.start])
        if behind is not None:
            found.append((one, behind["unit"].casefold()))
        elif before is not None:
            found.append((one, _UNITS[before["unit"].casefold()]))
    return found


def per_time(value: float, period: Period, unit: str) -> float:
    """Spread a figure of a period over its days, weeks, months or quarters."""
    return value * _DAYS[unit] / ((period.last - period.first).days + 1)


def is_near_average(said: Number, true: float) -> bool:
    """Whether an average is as near as rounding or a month of so many days allows."""
    return max(true, said.value) / min(true, said.value) <= 1 + _NEAR_AVERAGE


def _one_every(claims: Claims) -> Iterator[Finding]:
    """Judge "39,266 calls in 2017/18 amounted to one every thirteen minutes"."""
    said = _ONE_EVERY.search(claims.text)
    days = _lengths(claims)
    counts = [
        one
        for one in claims.mentioned.of_unit("count")
        if one.step >= 1 and one.value > 20 and re.search(r"\d", one.text)
    ]
    if said is None or len(days) != 1 or len(counts) != 1:
        return
    length = small_number(said["many"]) if said["many"] else 1
    true = days.pop() / _PARTS_OF_A_DAY[said["unit"].casefold()] / counts[0].value
    off = max(true, length) / min(true, length)
    if off <= 1 + _EVERY or off <= _ANOTHER_THING**2:
        yield Finding(
            claims.sentence,
            "confirmed" if abs(true - length) <= max(0.5, _EVERY * true) else "contradicted",
            "average", said[0],
            f"it is one every {number(true, 1)} {said['unit']}s",
        )  # fmt: skip


def _bases(claims: Claims, said: Number, taken: set[int]) -> list[Number]:
    here = [
        one
        for one in claims.mentioned.of_unit("count")
        if one.start not in taken and one.end <= said.start and one.value > said.value
    ]
    if here or claims.before is None or not _OF_BEFORE.match(claims.text):
        return here
    return [one for one in claims.before.mentioned.of_unit("count") if one.value > said.value]


def _lengths(claims: Claims) -> set[float]:
    every = (
        [claims] if claims.mentioned.periods or claims.before is None else [claims, claims.before]
    )
    days = {
        (period.last - period.first).days + 1.0
        for one in every
        for period in one.mentioned.periods
        if not period.is_vague
    }
    months = _MONTHS_RANGE.search(claims.text)
    if months is not None and not days:
        first, last = (MONTHS[months[name][:3].casefold()] for name in ("first", "last"))
        days.add(((last - first) % 12 + 1) * _DAYS["month"])
    return days | {
        int(match["many"]) * _DAYS[match["unit"].casefold()]
        for match in _LENGTH.finditer(claims.text)
    }
