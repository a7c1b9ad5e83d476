"""Takes the figures of a clause that has several: a list of areas, each with its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit import vocabulary as words
from flows.audit.claims import Comparison
from flows.audit.context import Context
from flows.audit.marks import Mark, Number, Word, ways_of
from flows.audit.parts_of_a_figure import is_a_part
from flows.audit.subjects import nearest, own_period
from flows.audit.vocabulary import DOWN, UP

_COUNTED = re.compile(
    rf"(?P<after>{words.COUNT}) (?:(?:were|are|recorded|reported) )?{words.INDICATOR}|"
    rf"{words.INDICATOR} \((?P<in_brackets>{words.COUNT})\)|"
    rf"{words.INDICATOR} (?:numbered|totalled|came to|amounted to|stood at) (?P<said>{words.COUNT})"
)
_ITS_AREA = re.compile(
    r"\s(?:(?:offences|crimes|incidents|cases|calls)\s)?(?:in|for)\s(?:the\s)?", re.IGNORECASE
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
        if moves and not match["said"]:
            continue
        number = at.get(match.start(match.lastgroup or 0))
        if not isinstance(number, Number) or number.start in used:
            continue
        if is_a_part(text, number, marks):
            continue
        used.add(number.start)
        yield Comparison(text, nearest(number, marks, context, text), current=number)


def dated(text: str, context: Context, used: set[int], marks: list[Mark]) -> Iterator[Comparison]:
    """Take numbers that have a period of their own: "compares with 18,684 in 2016/17"."""
    for number in marks:
        if not isinstance(number, Number) or number.unit != "count" or number.start in used:
            continue
        period = own_period(number, text, marks)
        if period is None or period.is_vague or is_a_part(text, number, marks):
            continue
        used.add(number.start)
        about = replace(nearest(number, marks, context, text), period=period)
        yield Comparison(text, about, current=number)
