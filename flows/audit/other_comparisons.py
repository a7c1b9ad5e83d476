"""Distinguishes comparisons with the same months of the year before from all others."""

from __future__ import annotations

import re

from flows.audit.area_words import AREAS
from flows.audit.claims import Mentioned
from flows.audit.context import Context
from flows.audit.periods import FULL_MONTH, Period
from flows.audit.vocabulary import Vocabulary
from flows.calendar_months import end_of_month_a_year_before


def compares_with_something_else(
    text: str,
    context: Context,
    said: Mentioned,
    vocabulary: Vocabulary,
    *,
    but_areas: bool = False,
) -> bool:
    """Whether the change is one from something else than the same months of the year before."""
    if vocabulary.other_comparisons.search(_BASE_A_YEAR_AGO.sub(" ", text)):
        return True
    if not but_areas and _with_another_area(text, context, said):
        return True
    now = context.period
    periods = said.periods
    if _A_YEAR_BEFORE.search(text):  # "in quarter two it was 5.5% lower than a year before"
        periods = tuple(period for period in periods if period.text in text)
    elif now is not None and _COMPARED.search(text):
        here = tuple(period for period in periods if period.text in text)
        # "up 15% on 2016/17, which the letter sets against losses since 2010"
        if any(is_a_year_before(period, now) for period in here):
            periods = here
    return now is not None and any(
        period.last < now.first and not is_a_year_before(period, now) for period in periods
    )


# "12% above that of the force", "a tenth more of the former than of the latter"
_FORCES = re.compile(
    r"\b(?:above|below|higher\sthan|lower\sthan)\s(?:(?:that|the\s(?:rate|figure|average))\s(?:of|for|in|across)\s)?"
    r"the\s(?:(?-i:[A-Z])\w+\s){0,3}(?:police\s)?(?:force|county|region)\b|"
    rf"\b(?:above|below)\s(?:that|those)\s(?:of|for|in)\s(?:the\s)?(?!{FULL_MONTH})(?-i:[A-Z])|"
    r"\bthan\s(?:of\s|in\s|that\sof\s)?the\s(?:latter|former|other|second|first)\b|\bthe\sformer\b",
    re.IGNORECASE,
)
_A_YEAR_BEFORE = re.compile(
    r"\bthan\s(?:in\s)?(?:a\syear|twelve\smonths|12\smonths|the\syear)\s(?:before|earlier)\b",
    re.IGNORECASE,
)
# "from a baseline of 182 the year before"
_BASE_A_YEAR_AGO = re.compile(
    r"\bbaseline\sof\s[\d,]+(?=\s(?:in\s)?(?:the\syear|a\syear|twelve\smonths)\s(?:before|earlier))",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:than|compared\s(?:with|to)|against|versus|vs|(?:in\sline|level)\swith|similar\sto|close\sto|"
    r"(?:the\s)?same\sas)\b",
    re.IGNORECASE,
)


def _with_another_area(text: str, context: Context, said: Mentioned) -> bool:
    """Whether what stands behind "than" names an area that does not stand before it."""
    if _FORCES.search(text):
        return True
    compared = _COMPARED.search(text)
    if compared is None:
        return False
    before, after = text[: compared.start()], text[compared.end() :]
    return any(area in after and area not in before and area != context.area for area in said.areas)


def is_a_year_before(one: Period, other: Period) -> bool:
    """Whether a period is the same months of the year before another."""
    first = other.first.replace(year=other.first.year - 1)
    return (first, end_of_month_a_year_before(other.last)) == (one.first, one.last) or (
        # "2016" beside July 2018 or 2017/18 may mean the same months of that year
        one.text.strip().isdigit() and one.first.year == other.first.year - 1
    )


# "It fell in every district save Kirklees, where it went from 1,007 to 1,018"
_ALL_BUT_ONE = re.compile(
    r"\b(?:[Ee]very|[Aa]ll)\b[^.;]*\b(?:save|except|bar|but|apart\sfrom|other\sthan)\s(?:for\s|in\s)?"
    r"[A-Z][^.;]*\bwhere\b"
)


# "down in every district apart from Kirklees"
ALL_BUT = re.compile(
    rf"\b(?:every|all|each)\b(?:\s(?:of|one\sof))?(?:\sthe)?\s(?:[\w-]+\s){{0,3}}?"
    rf"(?:{AREAS}|district|borough|partnership|authority|area)\b"
    r"(?:\s(?:of|in)\s(?:the\s)?(?:(?:\w+\s){0,2}?(?:force|county|region|area)(?:\sarea)?|"
    r"(?-i:[A-Z])\w+(?:\s(?-i:[A-Z])\w+)?))?,?\s"
    r"(?:with\sthe\s(?:sole\s|only\s|single\s|one\s)?exception\sof|apart\sfrom|except(?:\sfor|\sin)?|bar|"
    r"other\sthan|but|save(?:\sfor|\sin)?)\s(?:in\s)?(?=[A-Z])",
    re.IGNORECASE,
)


# "in six of the seven areas, the exception being Birmingham"
EXCEPTION_INSIDE = re.compile(
    r",\s(?:(?:the\s(?:only\s|one\s|sole\s)?exception\s(?:being|was|is))|(?:with\sthe\s(?:sole\s|one\s)?exception\sof)|"
    r"(?:but\s|though\s)?not\s(?:in\s)?)\s?(?=[A-Z])|"
    r",\s(?=[A-Z][\w ]{2,30}\sbeing\sthe\s(?:one|only|sole|exception)\b)"
)


def is_of_all_but_one(text: str) -> bool:
    """Whether the figures of a clause are those of the one area that its words leave out."""
    return (
        _ALL_BUT_ONE.search(text) is not None
        or ALL_BUT.search(text) is not None
        or EXCEPTION_INSIDE.search(text) is not None
    )
