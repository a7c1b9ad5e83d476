"""Judges "three times as many" against the two other figures of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.fractions_of_change import TIMES_ANOTHER, times_said
from flows.audit.marks import Number

# A ratio that is further from what is said than so many times is one of something else.
_ANOTHER_THING = 5
# So far may the ratio be outside what is said, as a share of it, before it is contradicted.
_LOOSE = 0.1


_OF_IT = re.compile(r"(?:(?:\s[a-z]+){0,2}\s(?:of\s|\())?", re.IGNORECASE)


_A_YEAR = re.compile(r"\s?(?:19|20)\d\d\s?")


class TimesAsMany:
    """Judges the one multiple of a sentence that has no comparison of its own."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the larger of just two figures, of one unit, as a multiple of the smaller one."""
        found = list(TIMES_ANOTHER.finditer(claims.text))
        if len(found) != 1 or any(
            one.current is not None and one.previous is not None for one in claims.comparisons
        ):
            return
        said = found[0]
        figures = [
            one
            for one in claims.mentioned.of_unit("count", "pounds", "rate")
            if not said.start() <= one.start < said.end() and not _A_YEAR.fullmatch(one.text)
        ]
        if len(figures) > 2 and any(one.step >= 1 for one in figures):
            figures = [one for one in figures if one.step >= 1]  # counts, and not their rates
        if len(figures) == 3 and figures[2].value == figures[0].value + figures[1].value:
            figures = figures[:2]  # "312 and then 468, twice as many; 780 in all"
        if len(figures) != 2 or not _are_alike(*figures):
            return
        less, more = sorted(one.value for one in figures)
        if not less:
            return
        first, second = figures
        between = claims.text[said.end() : second.start]
        is_of_it = first.end <= said.start() and second.start >= said.end()
        is_of_it = is_of_it and _OF_IT.fullmatch(between) is not None
        if is_of_it:
            more, less = first.value, second.value  # "0.31 is more than double the rate of 0.81"
        elif said.groupdict().get("halved"):
            return  # "half the level seen before" may be of what stands in no other figure
        ratio = more / less
        low, high = times_said(said)
        if not (is_of_it or 1 / _ANOTHER_THING <= ratio / low <= _ANOTHER_THING):
            return
        is_near = low * (1 - _LOOSE) <= ratio <= high * (1 + _LOOSE)
        verdict: Verdict = "doubtful" if is_near else "contradicted"
        if low <= ratio <= high:
            verdict = "confirmed"
        yield Finding(
            claims.sentence, verdict, "multiple", said[0].strip(),
            f"{number(more)} is {number(ratio, 1)} times {number(less)}",
        )  # fmt: skip


def _are_alike(one: Number, other: Number) -> bool:
    """Whether two figures are of one unit; the second rate often stands without its "per 1,000"."""
    if one.unit == other.unit:
        return True
    return {one.unit, other.unit} == {"rate", "count"} and one.step < 1 and other.step < 1
