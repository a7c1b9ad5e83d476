"""Judges "the third year running" and the like against the years that the draft lists itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.periods import FULL_MONTH
from flows.audit.ranks import PLACE, place_of

_YEAR = r"(?P<year>20\d\d(?:\s?[/\N{EN DASH}-]\s?(?:20)?\d\d)?)"
_VALUE = r"(?P<value>£?\d{1,3}(?:,\d{3})+(?:\.\d+)?|£?\d+(?:\.\d+)?)(?P<unit>%?)"
_LISTS = (
    # "In 2015 there were 74 people killed, and in 2016 there were 66"
    re.compile(
        rf"\b[Ii]n\s{_YEAR},?\s(?:there\s(?:were|was|had\sbeen)|it\s(?:was|stood\sat|recorded)|"
        rf"the\s(?:figure|number|total|rate)\s(?:was|stood\sat))\s{_VALUE}"
    ),
    re.compile(rf"{_YEAR}\s?(?::|=|-)?\s{_VALUE}(?![\d/])"),
    re.compile(
        rf"{_VALUE}(?:\s[a-z]+){{0,4}}?\s(?:in|for|during)\sthe\s(?:financial\s)?(?:year|12\smonths|twelve\smonths)"
        rf"\s(?:to|ending|ended)\s(?:\d{{1,2}}\s)?{FULL_MONTH}\s{_YEAR}"
    ),
    re.compile(rf"{_VALUE}(?:\s(?:(?!\bthan\b)[^;.:\d]){{0,80}}?)?\s(?:in|for|during)\s{_YEAR}"),
)
# "56 offences in July 2016, 84 in July 2017 and 131 in July 2018"
_ONE_MONTH = re.compile(rf"{_VALUE}(?:\s[a-z]+){{0,3}}?\sin\s(?P<month>{FULL_MONTH})\s{_YEAR}")
# "for the third year running: 812, then 774, then 781, and now 690"
_PLAIN_LIST = re.compile(
    r":\s(?P<values>\d[\d,]*(?:\.\d+)?(?:,?\s(?:(?:and\s)?(?:then|now)\s|and\s)?\d[\d,]*(?:\.\d+)?){2,})\.?$"
)
_GOES_ON = re.compile(r"(?:There\s(?:were|was)|It|They|These|Those|In\s20)\b")
_QUARTERS = re.compile(
    rf"\b{PLACE}\s(?:successive|consecutive)\s(?:quarter|month|week)\b|"
    rf"\b{PLACE.replace('place', 'second')}\s(?:quarter|month|week)\s"
    r"(?:running|in\sa\srow|in\ssuccession)\b",
    re.IGNORECASE,
)
_EVERY_YEAR = re.compile(
    r"\b(?:every|each)\syear\b|\bin\seach\sof\s(?:the\s)?(?:(?:last|past)\s)?(?:\w+\s)?years\b|"
    r"\byear\s(?:on|after)\syear\b",
    re.IGNORECASE,
)


class ListedYears:
    """Judges so many years in a row where the sentence, or the one before, lists the years."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge runs with a direction; a list that is shorter than the run is left out."""
        own = listed_years(claims.text)[0]
        before = []
        own_kind = claims.mentioned.indicators
        last = claims.just_before
        goes_on = (
            last is not None
            and (not claims.speaks_of_something_else or _GOES_ON.match(claims.text) is not None)
            and bool(not own_kind or set(own_kind) & set(last.mentioned.indicators))
        )
        if last is not None and goes_on:
            before = listed_years(last.text)[0]
        values = own if len(own) >= 3 else before if len(before) >= 3 else []
        for run in claims.runs:
            yield from _judged(claims, values, run.years, run.direction, run.text)
        if len(own) >= 3 and len(before) < 3 and last is not None and goes_on:
            for run in last.runs:
                yield from _judged(claims, own, run.years, run.direction, run.text)
        way = claims.direction_between(0, len(claims.text))
        quarters = _QUARTERS.search(claims.text)
        if quarters is not None and len(values) >= 3:
            years = place_of(quarters["place"] or quarters["second"])
            if way:
                yield from _judged(claims, values, years, way, claims.text)
        every = _EVERY_YEAR.search(claims.text)
        if every is not None and not claims.runs and len(values) >= 3 and way:
            yield from _judged(claims, values, len(values) - 1, way, claims.text)


def _judged(
    claims: Claims, values: list[float], years: int, direction: str, text: str
) -> Iterator[Finding]:
    steps = [later - earlier for earlier, later in itertools.pairwise(values)]
    years = min(years, len(steps)) if len(steps) >= years - 1 else 0
    improves = not direction and re.search(r"\bimprov", text, re.IGNORECASE) is not None
    if years < 2 or not (direction or improves):
        return
    last = steps[-years:]
    if improves:  # it says not which way is better, but one way it must be
        holds = all(step > 0 for step in last) or all(step < 0 for step in last)
    else:
        holds = all(step and (step > 0) == (direction == "up") for step in last)
    verdict: Verdict = "confirmed" if holds else "contradicted"
    yield Finding(
        claims.sentence, verdict, "years in a row", text.strip(),
        "every one of the years listed went that way" if holds
        else "not every one of the years listed went that way",
        f"The years listed: {', '.join(number(value) for value in values)}.",
    )  # fmt: skip


def listed_years(text: str) -> tuple[list[float], int]:
    """Return the values of the years that follow one another, oldest first, and the list's end."""
    for pattern in (*_LISTS, _ONE_MONTH):
        matches = list(pattern.finditer(text))
        if len({one["unit"] for one in matches}) > 1:
            continue
        if pattern is _ONE_MONTH and (len(matches) < 3 or len({m["month"] for m in matches}) > 1):
            continue
        found = sorted(
            (int(one["year"][:4]), float(one["value"].strip("£").replace(",", "")))
            for one in matches
        )
        years = [year for year, _ in found]
        if len(years) >= 2 and years == list(range(years[0], years[0] + len(years))):
            return [value for _, value in found], matches[-1].end()
    row = _PLAIN_LIST.search(text)
    if row is None:
        return [], 0
    values = re.findall(r"\d[\d,]*(?:\.\d+)?", row["values"])
    return [float(value.rstrip(",").replace(",", "")) for value in values], row.end()
