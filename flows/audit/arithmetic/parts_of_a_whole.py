"""Judges parts that are said to be all of a whole: "412 by the police and the remaining 151"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.audit.agreement import agreement, rounding
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Number
from flows.audit.number_words import COUNT

# "the remaining 151", "the other nine", "the four others": with it the parts are the whole
# "Leeds had 131, Bradford 77, Kirklees 48 and Wakefield 24, which leaves 28"
_LEAVES = re.compile(r"\bleav(?:es|ing)\s(?:just\s|only\s)?$", re.IGNORECASE)
_THE_REST = re.compile(r"\b(?:remaining|remainder,?|(?:the|all)\sother|rest,?)\s$", re.IGNORECASE)
_OTHERS = re.compile(r"^\s(?:(?:from|to|in|by|on)\s)?(?:others|other\s[a-z]+s)\b")
# "Of this £118,000 went to ..., which left £23,000"
_LEFT = re.compile(r"\b(?:which\sleft|leaving)\s(?:a\sbalance\sof\s)?$", re.IGNORECASE)
_OF_THE = re.compile(r"\b[Oo]f\s(?:the|these|all|its|our)\s(?:\w+\s)?$")
_OF_THEM = re.compile(r"\sof\s(?:them|these|which)\b")
_SHARE_OF_THE = re.compile(r"(?:%|\bcent)\sof\s(?:the|its|our)\s$")
# "four were achieved and three were not"
_AND_NOT = re.compile(r"^\s(?:(?:were|was|did|had|have|has|are|is)\snot|not)\b[^,;]{0,40}[.;]?$")
_DID = re.compile(r"^\s(?:\w+\s){0,2}?(?:were|was|had|have|has|are|is|met|did)\b")
_SHARED = re.compile(
    r"\b(?:shared|split|divided|distributed)\s(?:out\s)?(?:between|among|amongst)\s", re.IGNORECASE
)
_INTRODUCES = re.compile(r":|\bof\s(?:which|whom)\b|\bOf\s(?:these|those)\b")
_ALL_SPENT = re.compile(
    r"\b(?:whole|all|entire|full\samount)\s(?:of\s)?(?:the\s)?(?:grant|budget|fund|funding|award|allocation|sum|"
    r"money)\b|\b(?:grant|budget|fund|award|allocation)\swas\s(?:fully|entirely|wholly)\s",
    re.IGNORECASE,
)
# "All came from one of four sources: 64 from housing providers, 41 …"
_ALL_OF_THEM = re.compile(r"^All\s[^:\d]{0,60}:\s")
_THE_TOTAL = re.compile(r"^(?:The|This|That)\s(?:\w+\s)?total\s(?:of|was|is|came\sto)\s$")
# "1,752 in the first quarter, …, 6,384 in the year", "…, 5,396 between the five districts"
_ENDS_WITH_TOTAL = re.compile(
    rf"\s(?:in\sthe\s(?:full\s|whole\s)?year|over\sthe\syear|for\sthe\syear|in\sall|in\stotal|all\stold|"
    rf"altogether|between\s(?:the\s{COUNT}(?:\s\w+)?|them)|across\s(?:the\s{COUNT}(?:\s\w+)?|them\sall))\W*$",
    re.IGNORECASE,
)
# What falls short of its whole by more than this, or exceeds it, may be parts of something else.
_LEAST, _MOST = 0.7, 1.4
_EACH = re.compile(r"\b(?:each|every|per|both|either|average|at\sleast|more\sthan\sone)\b", re.I)


class PartsOfAWhole:
    """Judges a sentence that gives all parts of a whole, named in it or in the one before."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the sum of the parts; where it may be of another whole nothing is said."""
        if _EACH.search(claims.text):
            return
        for unit in ("pounds", "count"):
            own = claims.mentioned.of_unit(unit)
            before = claims.before.mentioned.of_unit(unit) if claims.before is not None else []
            yield from _judged(claims, _readings(claims, own, before))


class _Reading(NamedTuple):
    parts: Sequence[Number]
    whole: Number

    @property
    def sum(self) -> float:
        return sum(one.value for one in self.parts)

    @property
    def fits(self) -> bool:
        loose = rounding(*self.parts) + (0.5 * self.whole.step if self.whole.step > 1 else 0.0)
        return abs(self.sum - self.whole.value) <= loose

    @property
    def is_near(self) -> bool:
        return bool(self.whole.value) and _LEAST <= self.sum / self.whole.value <= _MOST


def _readings(claims: Claims, own: list[Number], before: list[Number]) -> list[_Reading]:
    """Return what a sentence may say: parts, and the whole that they are all of."""
    text = claims.text
    shared = _SHARED.search(text)
    left = [at for at, one in enumerate(own) if _LEAVES.search(text[: one.start])]
    if before and len(left) == 1 and left[0] >= 3:
        return _with_whole(text, own[: left[0] + 1], before)
    if len(own) >= 2 and _is_the_rest(text, own[-1]):
        return _with_whole(text, own, before)
    are_sums = len(own) >= 3 and len(before) == 1 and own[0].unit == "pounds"
    if are_sums and _LEFT.search(text[: own[-1].start]):
        return [_Reading(own, before[0])]
    if len(own) >= 2 and _AND_NOT.match(text[own[-1].end :]) and _DID.match(text[own[0].end :]):
        return [one for one in _with_whole(text, own, before) if len(one.parts) == 2]
    if shared is not None and len(own) >= 3 and own[0].end <= shared.start() < own[1].start:
        return [_Reading(own[1:], own[0])]
    if len(own) >= 2 and len(before) == 1 and _ALL_SPENT.search(text):
        return [_Reading(own, before[0])]
    listed = _ALL_OF_THEM.match(text)
    if listed is not None and len(own) >= 3 and len(before) == 1:
        return [_Reading([one for one in own if one.start >= listed.end()], before[0])]
    if len(own) >= 4 and _ENDS_WITH_TOTAL.match(text[own[-1].end :]):
        return [_Reading(own[:-1], own[-1])]
    is_total = len(own) == 1 and _THE_TOTAL.match(text[: own[0].start])
    if is_total and claims.before is not None and len(before) >= 2:
        return [_Reading(before, own[0])] if claims.before.mentioned.numbers == (*before,) else []
    return []


def _is_the_rest(text: str, part: Number) -> bool:
    return bool(_THE_REST.search(text[: part.start]) or _OTHERS.match(text[part.end :]))


def _with_whole(text: str, own: list[Number], before: list[Number]) -> list[_Reading]:
    """Take as the whole the number behind "of the", else the first one, or one before."""
    stated = [one for one in own if _OF_THE.search(text[: one.start])]
    if any(_SHARE_OF_THE.search(text[: one.start]) for one in stated):
        return []  # "77% of the 20,000 target"
    if stated:
        values = {one.value for one in stated}
        return [_Reading([one for one in own if one.value not in values], stated[0])]
    readings = [_Reading(own, one) for one in before]
    is_above = len(own) > 2 and own[0].value > max(one.value for one in own[1:])
    # "gave out 96 kits. The court granted 58 orders, 40 of them full and the other 18 partial"
    is_its_own = (
        is_above
        and own[0].value == sum(one.value for one in own[1:])
        and _OF_THEM.match(text[own[1].end :])
    )
    introduces = is_above and _INTRODUCES.search(text[own[0].end : own[1].start])
    if is_its_own or introduces or (is_above and not before):
        readings.append(_Reading(own[1:], own[0]))
    return readings


def _judged(claims: Claims, readings: Sequence[_Reading]) -> Iterator[Finding]:
    """Confirm the reading that fits; contradict the only one that comes near."""
    near = [one for one in readings if len(one.parts) > 1 and one.is_near]
    fitting = [one for one in near if one.fits]
    if not fitting and (len(near) != 1 or near[0].whole.hedge):
        return
    chosen = (fitting or near)[0]
    verdict: Verdict = "confirmed" if fitting else "contradicted"
    sign = "£" if chosen.whole.unit == "pounds" else ""
    yield Finding(
        claims.sentence, verdict, "total", chosen.whole.text.strip(),
        agreement(verdict, "the total"), f"The parts sum to {sign}{number(chosen.sum)}.",
    )  # fmt: skip
