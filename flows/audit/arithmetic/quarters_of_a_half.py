"""Judges two quarters against the half year of the sentence before or behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number

_FIRST = r"\b(?:first\squarter|Q1|quarter\s(?:1|one)|April\sto\sJune)\b"
_SECOND = r"\b(?:second(?:\squarter)?|Q2|quarter\s(?:2|two)|July\sto\sSeptember)\b"
_QUARTERS = re.compile(
    rf"^(?P<to_one>.*?)(?P<one>\d[\d,]*)(?P<in_one>[^;.\d]{{1,60}}{_FIRST})[^;.\d]{{0,60}}\band\s(?:the\s|for\s)?"
    rf"(?:[a-z]+\s){{0,3}}?(?P<other>\d[\d,]*)[^;.\d]{{1,60}}?{_SECOND}",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"\b(?:first\shalf|half[\s-]year|(?:first\s)?six\smonths|April\s(?:to|and|until)\sSeptember)\b",
    re.IGNORECASE,
)
# "1,041 more in the first quarter and 408 more in the second" are changes
_A_CHANGE = re.compile(
    r"\b(?:more|fewer|less|higher|lower|rise|fall|increase|decrease|up|down|by)\b", re.IGNORECASE
)
_A_TOTAL = re.compile(
    r"\b(?:a\stotal\sof|in\s(?:all|total),?|together|the\stotal\s\w+)\s$", re.IGNORECASE
)
# A sum that is further off than this is of something else.
_NEAR = 0.1


class QuartersOfAHalf:
    """Judges the sum of two quarters where the sentence before or behind gives the half year.

    "10,545 in six months. 5,314 in the first quarter and 5,231 in the second."
    """

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Yield a finding for a sentence of two numbers, each with its quarter, or behind it."""
        yield from self._half_behind(claims)
        before, said = claims.just_before, _QUARTERS.match(claims.text)
        counts = claims.mentioned.of_unit("count")
        if said is None or before is None or len(counts) != 2 or not _HALF.search(before.text):
            return
        if _A_CHANGE.search(claims.text[: said.end() + 10]):
            return
        if set(claims.mentioned.indicators) - set(before.mentioned.indicators):
            return
        one, other = counts
        if [one.text.strip(), other.text.strip()] != [said["one"], said["other"]]:
            return
        wholes = [
            whole
            for whole in before.mentioned.of_unit("count")
            if whole.value >= max(one.value, other.value)
        ]
        total = one.value + other.value
        if not wholes:
            return
        verdict: Verdict = "contradicted"
        whole = wholes[0]
        if any(abs(each.value - total) <= max(each.step - 1, 0) for each in wholes):
            verdict = "confirmed"
        elif abs(total - whole.value) > _NEAR * whole.value:
            return
        yield Finding(
            claims.sentence, verdict, "total", f"{one.text.strip()} and {other.text.strip()}",
            f"the quarters {'are' if verdict == 'confirmed' else 'are not'} the half year",
            f"{number(one.value)} and {number(other.value)} are {number(total)}, beside "
            f"{number(whole.value)}.",
        )  # fmt: skip

    def _half_behind(self, claims: Claims) -> Iterator[Finding]:
        """Judge "This gives a total of 155 for the half year" by the two quarters before it."""
        before, counts = claims.just_before, claims.mentioned.of_unit("count")
        said = _QUARTERS.match(before.text) if before is not None else None
        if before is None or said is None or len(counts) != 1:
            return
        is_total = _A_TOTAL.search(claims.text[: counts[0].start])
        quarters = before.mentioned.of_unit("count")
        if not is_total or not _HALF.search(claims.text) or len(quarters) != 2:
            return
        if _A_CHANGE.search(before.text[: said.end() + 10]):
            return
        if set(claims.mentioned.indicators) - set(before.mentioned.indicators):
            return
        total = sum(one.value for one in quarters)
        off = abs(counts[0].value - total)
        if off > _NEAR * total:
            return
        holds = off <= max(counts[0].step - 1, 0)
        yield Finding(
            claims.sentence, "confirmed" if holds else "contradicted", "total",
            counts[0].text.strip(),
            f"the quarters {'are' if holds else 'are not'} the half year",
            f"{quarters[0].text.strip()} and {quarters[1].text.strip()} are {number(total)}.",
        )  # fmt: skip
