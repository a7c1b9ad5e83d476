"""What a number of a clause is of: its area, its indicator, its period."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.audit import vocabulary as words
from flows.audit.change_words import NOUN
from flows.audit.context import Context
from flows.audit.marks import Mark, Number, Word
from flows.audit.periods import Period
from flows.calendar_months import add_months, end_of_month

# "Kirklees had the lowest rate in West Yorkshire": the second area says among whom.
_RANKED_IN = re.compile(
    r"\b(?:lowest|highest|best|worst|smallest|largest|biggest|greatest|most|fewest|least)\s(?:[\w-]+\s){0,4}"
    r"(?:in|of|across|within)\s(?:the\s)?$",
    re.IGNORECASE,
)
_AREAS_OF = re.compile(
    r"\b(?:districts|boroughs|partnerships|authorities|councils)\s(?:in|of|across|within)\s(?:the\s)?$",
    re.I,
)
_OF_WHICH = re.compile(r"\bof\s(?:which|whom|these|those|them)\b|\bincluding\b", re.IGNORECASE)
# "of the five West Yorkshire districts"
_ITS_AREAS = re.compile(
    r"\s(?:police\s)?(?:districts|boroughs|partnerships|authorities|councils|areas|force\sarea)\b",
    re.IGNORECASE,
)
_COUNTED_IN = re.compile(r"\d\s(?:[\w-]+\s){1,4}?(?:in|across)\s(?:the\s)?$", re.IGNORECASE)
_ITS_FORCE_AREA = re.compile(r"\s(?:police\s)?force\sarea\b", re.IGNORECASE)


def is_circle(text: str, area: Word) -> bool:
    """Whether an area is named as the one whose parts are spoken of."""
    before, after = text[: area.start], text[area.end :]
    if _COUNTED_IN.search(before) and _ITS_FORCE_AREA.match(after):
        return False  # "the police recorded 222,658 crimes in the West Midlands force area"
    return bool(_ITS_AREAS.match(after) or _AREAS_OF.search(before))


# "45.2% against 39.2% for England": the area is only compared with.
_COMPARED_AREA = re.compile(
    r"\b(?:against|than|compar(?:ed|es|ing)\s(?:with|to)|versus|vs\.?)\s(?:(?:the|a)\s)?(?:[\d.,]+%?\s)?"
    r"(?:(?:for|in|across|of)\s)(?:the\s)?$|"
    # "slightly below that of the West Midlands (9.1)"
    r"\b(?:above|below|than|against|with|to|as)\s(?:that|those)\s(?:of|for|in)\s(?:the\s)?$|"
    # "the fourth lowest of the five, ahead only of Bradford (0.98)"
    r"\b(?:ahead\sonly\sof|behind\sonly|only\s(?:ahead\sof|behind)|second\sonly\sto)\s(?:the\s)?$",
    re.IGNORECASE,
)


_BESIDE = re.compile(r"\b(?:above|below|than|against|with|to)\s(?:the|that\sof)\s$", re.IGNORECASE)
_ITS_FIGURE = re.compile(
    r"\s(?:figure|rate|average|mean|level|total)\b|"
    # "well below the West Midlands force (77.1)"
    r"\s(?:police\s)?(?:force|area)(?:\sarea)?\s\(\d",
    re.IGNORECASE,
)


def is_ranked_in(text: str, area: Word) -> bool:
    """Whether an area is named as the one in which another is the highest or lowest."""
    return _RANKED_IN.search(text[: area.start]) is not None


def is_compared_area(text: str, area: Word) -> bool:
    """Whether an area is named only as one that another is compared with."""
    before, after = text[: area.start], text[area.end :]
    if _COMPARED_AREA.search(before):
        return True
    # "above the England figure of 39.2%"
    return bool(_BESIDE.search(before) and _ITS_FIGURE.match(after))


_COMPARED_WITH = re.compile(
    # "24.4% up on April 2016", "which had risen to 615 offences in July 2017"
    rf"\b(?:up|down|more|fewer|higher|lower|{NOUN})\s(?:on|over)\s(?:the\s)?$|"
    r"%\son\s(?:the\s)?(?:[£\d,.]+\s(?:\w+\s){0,3}?(?:of|in|for|between|during)\s(?:the\s)?)?$|"
    rf"\b(?:{NOUN})\sof\s[£\d,.]+%?\s(?:\w+\s){{0,2}}?(?:on|over|from)\s(?:the\s)?$|"
    r"\b(?:which|where|when)\s(?:[\w,]+\s){0,3}?had\s(?:been\s)?(?:\w+\s){0,3}?(?:[\d,.]+%?\s(?:\w+\s){0,2}?)?(?:in|for|during)\s(?:the\s)?$|"
    r"\b(?:than|compared\s(?:with|to)|against|versus|vs\.?)\s(?:the\s)?[£\d,.]+%?\s(?:\w+\s){0,3}?"
    r"(?:of|in|for|between|during)\s(?:the\s)?(?:(?:corresponding|same|equivalent)\s\w+\sof\s)?$|"
    r"\b(?:than|compared\s(?:with|to)|against|versus|vs\.?)\s(?:(?:the|that|those|its|in|for|of|during|same|year|"
    r"figure|total|number|level|period|quarter|months?|recorded|seen|financial|was|case)\s)*$|"
    r"\bfrom\s[£\d,.]+%?\s(?:[a-z]+\s){0,3}?(?:in|for|during)\s(?:the\s)?$|"
    r"\d\s?(?:[a-z]+\s){0,6}\([£\d,.]+%?\s(?:in|for|during)\s(?:the\s)?$|"
    r"\b(?:than|above|below|double|twice|treble)\s(?:the\s)?[£\d,.]+%?\s(?:[a-z]+\s){0,2}?(?:of|in|for)\s(?:the\s)?$",
    re.IGNORECASE,
)


def is_comparator(text: str, period: Period) -> bool:
    """Whether a period is only what something is compared with: "28 fewer than in 2016/17"."""
    if re.search(r"\d\s\($", text[: period.start]) and re.match(r":\s?[£\d]", text[period.end :]):
        return True  # "year 2,557 (2016/17: 2,093)"
    return _COMPARED_WITH.search(text[: period.start]) is not None


def year_after(period: Period) -> Period:
    """Return the same months of the next year."""
    last = add_months(period.last.replace(day=1), 12)
    return replace(
        period,
        first=add_months(period.first, 12),
        last=end_of_month(last.year, last.month),
    )


_THE_PLACE = re.compile(
    r"(?:In\s[\w/ ]{4,30}?,?\s)?(?:the|this)\s"
    r"(?:city|borough|district|town|county|area|partnership)\s"
    r"(?!of\b|council\b)",
    re.IGNORECASE,
)


_ITS_FIGURE_IS = re.compile(
    r"\bits\s(?:\w+\s){0,2}?(?:rate|figure|total|number|level)\s(?:of|was|is|stood\sat)\s",
    re.IGNORECASE,
)


def context_of(
    marks: list[Mark], before: Context, text: str = "", forces: frozenset[str] = frozenset()
) -> Context:
    """Return what a clause is about, as far as its marks or the text before it say."""
    places = [m for m in marks if isinstance(m, Word) and m.mark == words.AREA]
    circles = [
        m
        for at, m in enumerate(places)
        if text
        and (
            (at and _RANKED_IN.search(text[: m.start]))
            or (before.area and m.value in forces and is_ranked_in(text, m))
            or ((at or before.area) and (is_circle(text, m) or is_compared_area(text, m)))
        )
    ]
    places = [m for m in places if m not in circles]
    first = next((m.start for m in marks if isinstance(m, Number)), None)
    # the area that stands last before the first figure is the one that the figure is of
    areas = [m.value for m in places if first is not None and m.start < first][-1:]
    is_its = first is not None and _ITS_FIGURE_IS.search(text[:first]) is not None
    if not areas and before.area and (_THE_PLACE.match(text) or is_its):
        areas = [before.area]  # "The city recorded 86,100 crimes, ahead of Coventry with 27,900"
    areas += [m.value for m in places]
    indicators = [m.value for m in marks if isinstance(m, Word) and m.mark == words.INDICATOR]
    periods = [mark for mark in marks if isinstance(mark, Period)]
    period = max(periods, key=lambda one: one.last) if periods else before.period
    own = [one for one in periods if not (text and is_comparator(text, one))]
    if own:
        period = max(own, key=lambda one: one.last)
    elif period is not None and periods and not period.is_vague:
        period = _year_compared(period, before.period)
    return Context(
        areas[0] if areas else before.area,
        indicators[0] if indicators else before.indicator,
        None if period is not None and period.is_vague else period,
    )


def _year_compared(comparator: Period, before: Period | None) -> Period | None:
    """Return the period that is compared with the only one named: that of the text before."""
    after = year_after(comparator)
    if before is None or before.is_vague or before.last == comparator.last:
        return after
    return before if (before.first, before.last) == (after.first, after.last) else None


def nearest(number: Number | None, marks: list[Mark], context: Context, text: str = "") -> Context:
    """Give a number the indicator that stands nearest after it, else nearest before it."""
    if number is None:
        return context
    indicators = [m for m in marks if isinstance(m, Word) and m.mark == words.INDICATOR]
    numbers = [m.start for m in marks if isinstance(m, Number) and m.start > number.start]
    until = min(numbers, default=10**6)
    after = [m for m in indicators if 0 <= m.start - number.end <= 25 and m.start < until]
    before = [m for m in indicators if m.end <= number.start]
    chosen = after[0] if after else _subject(before)
    if chosen is None and indicators and _OF_WHICH.search(text[number.end : indicators[0].start]):
        return replace(context, indicator="")  # "398 cases, of which 89 were repeats"
    indicator = chosen.value if chosen is not None else context.indicator
    return replace(context, indicator=indicator)


def _subject(before: list[Word]) -> Word | None:
    """Choose the last indicator named; of "calls about anti-social behaviour" the calls."""
    chosen = before[-1] if before else None
    for earlier in reversed(before[:-1]):
        if chosen is None or chosen.start - earlier.end > 15:
            break
        chosen = earlier
    return chosen


_COUNTED = r"(?:\s(?:recorded\s)?(?:offences|crimes|incidents|cases|calls|reports))?"


def own_period(number: Number, text: str, marks: list[Mark]) -> Period | None:
    """Give the period that stands at a figure itself: "42 in July 2017", "July 2017: 42"."""
    # "from 44 offences in July 2016", but "of the 329 cases in the year to September, 80"
    is_from = text[: number.start].endswith("from ")
    for mark in marks:
        if isinstance(mark, Period):
            after = text[number.end : mark.start] if mark.start >= number.end else None
            before = text[mark.end : number.start] if mark.end <= number.start else None
            if after is not None and re.fullmatch(
                (_COUNTED if is_from else "")
                + r"\s(?:in|for|during|over)\s(?:the\s)?|\s\((?:in\s|for\s)?",
                after,
            ):
                return mark
            if before is not None and re.fullmatch(r":?\s", before):
                return mark
    return None


def own_area(number: Number, text: str, marks: list[Mark]) -> str:
    """Give the area that stands at a figure itself: "42 in Leeds"."""
    return next(
        (
            mark.value
            for mark in marks
            if isinstance(mark, Word)
            and mark.mark == words.AREA
            and re.fullmatch(r"\s(?:in|for|across)\s(?:the\s)?", text[number.end : mark.start])
        ),
        "",
    )
