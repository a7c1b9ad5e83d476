"""Takes the figures of a clause that has several: a list of areas, each with its own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit import vocabulary as words
from flows.audit.claims import Comparison
from flows.audit.context import Context
from flows.audit.marks import Mark, Number, Word, ways_of
from flows.audit.parts_of_a_figure import is_a_part
from flows.audit.periods import Period
from flows.audit.subjects import nearest, own_period
from flows.audit.vocabulary import DOWN, UP
from flows.calendar_months import financial_quarter_days, financial_year_of

_COUNTED = re.compile(
    rf"(?P<after>{words.COUNT}) (?:(?:were|are|recorded|reported) )?{words.INDICATOR}|"
    rf"{words.INDICATOR} \((?P<in_brackets>{words.COUNT})\)|"
    rf"{words.INDICATOR} (?:numbered|totalled|came to|amounted to|stood at|accounted for) "
    rf"(?P<said>{words.COUNT})|"
    rf"\band {words.INDICATOR} for (?P<then>{words.COUNT})"
)
_ITS_AREA = re.compile(
    r"\s(?:(?:offences|crimes|incidents|cases|calls)\s)?(?:in|for)\s(?:the\s)?", re.IGNORECASE
)
_BY = re.compile(r"\bby\s(?:only\s|just\s|about\s|some\s)?$", re.IGNORECASE)
_A_CHANGE = re.compile(
    r"\b(?:increase|rise|growth|fall|reduction|decrease|change|drop)s?\b", re.IGNORECASE
)
_END = rf"[{words.PER_CENT}{words.RATE}{words.COUNT}]"
_RANGING = re.compile(
    r"\b(?:rang(?:ed|es|ing)|var(?:ied|ies|ying)|stretch(?:ed|es|ing))\s(?:widely\s)?from\s"
    rf"(?P<low>{_END})[^;,]{{0,40}}? (?:in|for) (?P<of_low>{words.AREA})"
    rf"(?:, [^;,{words.VALUES}]{{0,60}},)? to "
    rf"(?P<high>{_END})[^;,]{{0,12}}? (?:in|for) (?P<of_high>{words.AREA})"
)
_FOUR_QUARTERS = re.compile(
    r"\bin\s(?:the\s(?:year's\s)?four|each\sof\sthe\sfour|successive|its\sfour)\s(?:successive\s)?quarters\b",
    re.IGNORECASE,
)
# a verb at once before a number, which is then no change: not "rose by 12 cases in July"
_SO_MANY = re.compile(
    r"\b(?:had|heard|recorded|saw|discussed|logged|took|received)\s$", re.IGNORECASE
)
_COUNTED_IN = re.compile(
    r"\s(?:crimes|offences|incidents|cases|calls)\s(?:in|for|during|over)\s(?:the\s)?",
    re.IGNORECASE,
)
_AREA_CHANGED = re.compile(rf"{words.AREA} \((?P<percent>{words.PER_CENT})\)")


def listed(text: str, context: Context, marks: list[Mark], used: set[int]) -> list[Comparison]:
    """Give each area of a list its figure: "Leeds 544, Bradford 321", "5 in A and 4 in B"."""
    seen = [m for m in marks if isinstance(m, Number) or getattr(m, "mark", "") == words.AREA]
    areas = [m for m in seen if isinstance(m, Word)]
    numbers = [m for m in seen if isinstance(m, Number)]
    indicators = {m.value for m in marks if isinstance(m, Word) and m.mark == words.INDICATOR}
    moves = any(isinstance(m, Word) and m.mark in UP + DOWN for m in marks)
    if len(areas) != len(numbers) or len(areas) < 2 or moves or len(indicators) > 1:
        return []
    units = {number.unit for number in numbers}
    if units not in ({"count"}, {"per cent"}) or {n.start for n in numbers} & used:
        return []
    alternate = all(
        isinstance(one, Word) != bool(at % 2) for at, one in enumerate(seen)
    ) and not any(
        # "Leeds had a third of the 26,193 crimes in West Yorkshire, with 8,865" is no list
        re.search(r"\bof\s(?:the|all)\b", text[area.end : number.start], re.IGNORECASE)
        for area, number in zip(seen[::2], seen[1::2], strict=False)
    )
    in_order = all(isinstance(one, Word) for one in seen[: len(areas)])
    inside = all(
        _ITS_AREA.fullmatch(text[number.end : area.start])
        for number, area in zip(numbers, areas, strict=True)
    )
    if (
        not (alternate and isinstance(seen[0], Word))
        and not inside
        and not (in_order and re.search(r"\brespectively\b", text, re.IGNORECASE))
    ):
        return []
    used |= {number.start for number in numbers}
    return [
        Comparison(text, replace(context, area=area.value), current=number, is_listed=True)
        for area, number in zip(areas, numbers, strict=True)
    ]


def changed(
    text: str, context: Context, drawn: str, at: dict[int, Mark], used: set[int], marks: list[Mark]
) -> Iterator[Comparison]:
    """Give each area its change: "The largest fall was in A (18.8%), then B (12.0%)"."""
    ways = ways_of(marks)
    found = list(_AREA_CHANGED.finditer(drawn))
    if len(ways) != 1 or len(found) < 2:
        return
    for match in found:
        area, percent = at[match.start()], at[match.start("percent")]
        if isinstance(percent, Number) and isinstance(area, Word) and percent.start not in used:
            used.add(percent.start)
            about = replace(context, area=area.value)
            yield Comparison(text, about, percent=percent, is_listed=True)


def counted(
    text: str, context: Context, drawn: str, at: dict[int, Mark], used: set[int], marks: list[Mark]
) -> Iterator[Comparison]:
    """Take numbers that stand at an indicator: "312 vehicle crimes and 256 burglaries"."""
    moves = any(isinstance(mark, Word) and mark.mark in UP + DOWN for mark in marks)
    for match in _COUNTED.finditer(drawn):
        if moves and not (match["said"] or match["then"]):
            continue
        number = at.get(match.start(match.lastgroup or 0))
        if not isinstance(number, Number) or number.start in used:
            continue
        if is_a_part(text, number, marks):
            continue
        used.add(number.start)
        yield Comparison(text, nearest(number, marks, context, text), current=number)


def dated(text: str, context: Context, used: set[int], marks: list[Mark]) -> Iterator[Comparison]:
    """Take numbers that have a period of their own: "compares with 18,684 in 2016/17".

    A per cent too where the words before it say that something went so far: "by 3.6% in Q2".
    """
    for number in marks:
        if not isinstance(number, Number) or number.start in used:
            continue
        is_change = number.unit == "per cent" and _BY.search(text[: number.start]) is not None
        if number.unit != "count" and not is_change:
            continue
        period = own_period(number, text, marks) or _period_of_counted(number, text, marks)
        if period is None or period.is_vague or is_a_part(text, number, marks):
            continue
        used.add(number.start)
        about = replace(nearest(number, marks, context, text), period=period)
        if is_change:
            yield Comparison(text, about, percent=number, is_listed=True)
        else:
            yield Comparison(text, about, current=number)


def _period_of_counted(number: Number, text: str, marks: list[Mark]) -> Period | None:
    """Give "heard 398 cases in the year to September 2016" its period."""
    if not _SO_MANY.search(text[: number.start]):
        return None
    return next(
        (
            mark
            for mark in marks
            if isinstance(mark, Period) and _COUNTED_IN.fullmatch(text[number.end : mark.start])
        ),
        None,
    )


def has_ends(drawn: str) -> bool:
    """Whether each end of a range has its area; without, it may be of places within one."""
    return _RANGING.search(drawn) is not None


def ranging(
    text: str, context: Context, drawn: str, at: dict[int, Mark], used: set[int], marks: list[Mark]
) -> Iterator[Comparison]:
    """Give both ends of a range their areas: "ranged from 13.6% in A to 17.9% in B"."""
    match = _RANGING.search(drawn)
    if match is None:
        return
    ends = [
        (at.get(match.start(number)), at.get(match.start(area)))
        for number, area in (("low", "of_low"), ("high", "of_high"))
    ]
    moves = _A_CHANGE.search(text) is not None
    for figure, area in ends:
        if not isinstance(figure, Number) or not isinstance(area, Word) or figure.start in used:
            continue
        used.add(figure.start)
        about = replace(context, area=area.value)
        if figure.unit == "per cent" and moves:
            yield Comparison(text, about, percent=figure, is_listed=True)
        else:
            yield Comparison(text, about, current=figure, is_listed=True)


def quarters(text: str, context: Context, used: set[int], marks: list[Mark]) -> list[Comparison]:
    """Give each quarter of a year its figure: "678, 667, 692 and 670 in the four quarters"."""
    counts = [
        m for m in marks if isinstance(m, Number) and m.unit == "count" and re.search(r"\d", m.text)
    ]
    period = context.period
    if len(counts) != 4 or period is None or not _FOUR_QUARTERS.search(text):
        return []
    if {one.start for one in counts} & used or not 360 <= (period.last - period.first).days < 370:
        return []
    between = [text[one.end : other.start] for one, other in itertools.pairwise(counts)]
    if not all(re.fullmatch(r",\s(?:and\s)?|\sand\s", one) for one in between):
        return []
    used |= {one.start for one in counts}
    year = financial_year_of(period.last)
    found = []
    for number_of, figure in enumerate(counts, 1):
        first, last = financial_quarter_days(year, number_of)
        about = replace(context, period=replace(period, first=first, last=last))
        found.append(Comparison(text, about, current=figure, is_listed=True))
    return found


def respectively(
    text: str, context: Context, used: set[int], marks: list[Mark]
) -> Iterator[Comparison]:
    """Give each area of a list its change: "fell in A, B and C by 82, 74 and 22 respectively"."""
    areas = [m for m in marks if isinstance(m, Word) and m.mark == words.AREA]
    behind = max((m.end for m in areas), default=0)
    changes = [
        m
        for m in marks
        if isinstance(m, Number) and m.start >= behind and m.unit in ("count", "per cent")
    ]
    if len(areas) < 2 or len(changes) != len(areas) or len({m.unit for m in changes}) != 1:
        return
    if not re.search(r"\brespectively\b", text, re.IGNORECASE) or len(ways_of(marks)) != 1:
        return
    if not re.search(r"\bby\s$", text[: changes[0].start]) or {m.start for m in changes} & used:
        return
    used |= {m.start for m in changes}
    for area, figure in zip(areas, changes, strict=True):
        about = replace(context, area=area.value)
        if figure.unit == "per cent":
            yield Comparison(text, about, percent=figure, is_listed=True)
        else:
            yield Comparison(text, about, change=figure, is_listed=True)
