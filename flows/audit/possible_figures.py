"""What a number of a sentence may be meant to be: a published figure, or one the text works out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import number
from flows.audit.marks import Number, Unit
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import query, right
from flows.papers.published import Row


@dataclass(frozen=True, slots=True)
class Possible:
    """A figure that could stand in the place of a number; `right` and `query` show it."""

    value: float
    unit: Unit
    right: str
    query: str = ""


_UNITS: dict[str, Unit] = {"per cent": "per cent", "pounds": "pounds"}
_FIGURES = ("value", "available", "target_value")
_BEFORE = ("previous_value", "change")
_OTHER_UNITS: tuple[tuple[str, Unit], ...] = (
    ("change_pct", "per cent"),
    ("change_pp", "points"),
    ("rate", "rate"),
    ("previous_rate", "rate"),
    ("force_rate", "rate"),
    ("region_rate", "rate"),
    ("country_rate", "rate"),
)
_A_TIME = re.compile(
    r"\s(?:\w+\s){0,3}?(?:an?|per|each|every)\s(?P<unit>day|week|month|quarter)\b", re.IGNORECASE
)
_TOTAL = re.compile(
    r"\b(?:together|total\w*|combined|in\sall|altogether|between\sthem|sum|makes|making|came\sto|all|rest|"
    r"remain\w*|made\sup)\b",
    re.IGNORECASE,
)
# A year, a half year and a quarter have so many of each.
_MANY = {
    "month": (12, 6, 3),
    "day": (365, 366, 183, 182, 92, 91),
    "week": (52, 26, 13),
    "quarter": (4, 2),
}
# So many numbers of the sentences before are looked at: among more, some pair fits by chance.
_FEW = 8


def published_figures(claims: Claims, rows: PublishedRows) -> Iterator[Possible]:
    """Yield the figures of the areas, indicators and periods that a sentence is about."""
    for row in _rows(claims, rows):
        unit = _UNITS.get(str(row.get("unit")), "count")
        names = [(name, unit) for name in (*_FIGURES, *_BEFORE)]
        for name, of_unit in (*names, *_OTHER_UNITS):
            if row.get(name) is not None:
                yield Possible(float(row[name]), of_unit, right(row), query(row))


def _rows(claims: Claims, rows: PublishedRows) -> Iterator[Row]:
    contexts = [
        *(one.context for one in claims.comparisons),
        *(context for context, _ in claims.figures),
        *(context for _, context in claims.clauses),
    ]
    own = {one for one in contexts if one.period is not None and not one.is_narrower}
    said = claims.mentioned
    periods = [one for one in said.periods if not one.is_vague]
    if not any(one.is_narrower for one in contexts):
        areas, indicators = set(said.areas), set(said.indicators)
        if claims.before is not None:  # "compares with 0.84 for the force as a whole"
            areas = areas or set(claims.before.mentioned.areas)
            indicators = indicators or set(claims.before.mentioned.indicators)
            periods = periods or [
                one for one in claims.before.mentioned.periods if not one.is_vague
            ]
        named = itertools.product(areas, indicators, periods)
        own |= {Context(area, indicator, period) for area, indicator, period in named}
    found = (rows.row(one) for one in own)
    yield from {id(row): row for row in found if row is not None}.values()


def worked_out(claims: Claims, said: Number) -> Iterator[Possible]:
    """Yield what the other numbers of a sentence work out to, in the unit of one of them."""
    here = [one for one in claims.mentioned.numbers if one is not said]
    before = _before(claims)
    yield from _parts(said, claims.text, [*here, *before])
    if said.unit in ("per cent", "points"):
        yield from _per_cents(here, here)
        if not [one for one in here if one.unit in ("count", "pounds")]:
            yield from _per_cents(before, before)
    # "the five towns (412, 207 …)": a number in words counts what is listed
    same = [one for one in here if one.unit == said.unit and re.search(r"\d", one.text)]
    if len(same) == 2 and said.unit in ("count", "pounds"):
        one, other = sorted(same, key=lambda one: -one.value)
        yield _of(one.value - other.value, said, f"{_text(one)} less {_text(other)}")
        yield _of(one.value + other.value, said, f"{_text(one)} and {_text(other)}")
    if _TOTAL.search(claims.text):
        yield from _sums(same or [one for one in before if one.unit == said.unit], said)


def _before(claims: Claims) -> list[Number]:
    found: list[Number] = []
    if claims.speaks_of_something_else:
        return found
    own = set(claims.mentioned.indicators)
    at = claims.just_before
    while at is not None and len(found) < _FEW:
        if own and not own & set(at.mentioned.indicators):
            break  # "arson fell from 64 to 49. The share of repeat cases fell from 24.3%"
        found = [*at.mentioned.numbers, *found]
        at = at.just_before
    return found


def _sums(numbers: Sequence[Number], said: Number) -> Iterator[Possible]:
    if len(numbers) < 3 or said.unit not in ("count", "pounds"):
        return
    every = sum(one.value for one in numbers)
    yield _of(every, said, "the figures together")
    largest = max(one.value for one in numbers)
    if 2 * largest > every:
        yield _of(2 * largest - every, said, "the rest of the largest")


def _parts(said: Number, text: str, numbers: Sequence[Number]) -> Iterator[Possible]:
    each = _A_TIME.match(text[said.end :])
    if each is None:
        return
    unit = each["unit"].casefold()
    for one in numbers:
        if one.unit == said.unit:
            for many in _MANY[unit]:
                yield _of(one.value / many, said, f"{_text(one)} in {many} {unit}s, each")


def _per_cents(ones: Sequence[Number], others: Sequence[Number]) -> Iterator[Possible]:
    for one, other in itertools.product(ones, others):
        if one is other or one.unit != other.unit or not other.value:
            continue
        if one.unit in ("per cent", "points"):
            continue
        share = 100 * one.value / other.value
        yield Possible(share, "per cent", f"{_text(one)} of {_text(other)} is {number(share, 1)}%.")
        change = share - 100
        yield Possible(
            change, "per cent", f"From {_text(other)} to {_text(one)} is {number(change, 1)}%."
        )


def _of(value: float, said: Number, what: str) -> Possible:
    sign = "£" if said.unit == "pounds" else ""
    decimals = 0 if said.step >= 1 else 1
    return Possible(
        value, said.unit, f"{what[0].upper()}{what[1:]}: {sign}{number(value, decimals)}."
    )


def _text(one: Number) -> str:
    return one.text.strip()
