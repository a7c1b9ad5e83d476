"""Whom rates are over, and of which year the estimates of them are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from flows.papers.published import Row

# From which age on is a setting; the sentence of a rate says it.
_WOMEN = re.compile(r"women aged \d+ and over")


def people_of(figure: Row) -> str:
    """Name whom a rate is over."""
    kind = str(figure["denominator_kind"])
    if kind == "adult_females":
        said = _WOMEN.search(str(figure.get("rate_sentence")))
        return said.group() if said else "adult women"
    return {"aged_10_17": "residents aged 10 to 17"}.get(kind, kind)


def estimates_of(figures: Sequence[Row]) -> list[str]:
    """Say of which years the people and households are that rates are over."""
    years: dict[str, set[int]] = defaultdict(set)
    for figure in figures:
        if figure.get("population_year") is not None and figure["rate"] is not None:
            years[people_of(figure)].add(int(figure["population_year"]))
    if not years:
        return []
    used = [f"{people} in {_and(sorted(years[people]))}" for people in sorted(years)]
    return [f"Rates are over estimates of {', '.join(used)}."]


def _and(years: Sequence[int]) -> str:
    first = ", ".join(map(str, years[:-1]))
    return f"{first} and {years[-1]}" if first else str(years[-1])
