"""Judges words of change whose figures follow: "has continued to grow. There were 1,861 after 2,007"."""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.change_words import FALLS, RISES
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Number

# "There were 1,861 incidents in July 2018 following 2,007 in July 2017"
_THERE_WERE = re.compile(r"^(?:There\swere|(?:The\s)?(?:figure|number|total)\s(?:was|is))\s$")
_AFTER = re.compile(
    r"[^;.()]*?\b(?:compared\s(?:with|to)|following|against|after|where\sthere\s(?:were|had\sbeen))\s(?:the\s)?",
    re.IGNORECASE,
)
# over other years than the two that follow
_LONG = re.compile(
    r"\b(?:since|over|years|decade|long[\s-]term|trend|quarter|until|expect\w*|forecast|nationally|not|no)\b|n't\b",
    re.IGNORECASE,
)
_IN_BOTH = re.compile(
    rf"\b(?:(?P<up>{RISES})|(?P<down>{FALLS}))\sin\s(?:both|each|all)\s(?:of\s)?(?:[\w/]+\s){{1,7}}?(?:so\sfar)?\s?:\s",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"[^;.()]*?\b(?:compared\s(?:with|to)|against|following)\s(?:the\s)?")


class WordsThenFigures:
    """Judges a rise or fall that is said first and shown by figures after it."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge two figures behind a sentence without any, and pairs behind a colon."""
        yield from _of_the_sentence_before(claims)
        yield from _in_both(claims)


def _of_the_sentence_before(claims: Claims) -> Iterator[Finding]:
    before, figures = claims.just_before, claims.mentioned.of_unit("count")
    if before is None or before.mentioned.numbers or len(figures) != 2:
        return
    own, earlier = figures
    if not _THERE_WERE.match(claims.text[: own.start]) or _LONG.search(before.text):
        return
    if set(claims.mentioned.indicators) - set(before.mentioned.indicators):
        return
    way = before.direction_between(0, len(before.text))
    if way and _AFTER.fullmatch(claims.text[own.end : earlier.start]):
        yield from _judged(claims, way, before.text.strip(" ."), own, earlier)


def _in_both(claims: Claims) -> Iterator[Finding]:
    """Judge "increased in both quarters: there were 742 compared with 627, and 662 with 667"."""
    said = _IN_BOTH.search(claims.text)
    if said is None:
        return
    figures = [one for one in claims.mentioned.of_unit("count") if one.start >= said.end()]
    if len(figures) not in (4, 6):
        return
    pairs = list(zip(figures[::2], figures[1::2], strict=True))
    if not all(_COMPARED.fullmatch(claims.text[one.end : other.start]) for one, other in pairs):
        return
    for own, earlier in pairs:
        yield from _judged(
            claims, "up" if said["up"] else "down", said[0].strip(" :"), own, earlier
        )


def _judged(
    claims: Claims, way: str, words: str, own: Number, earlier: Number
) -> Iterator[Finding]:
    if own.value == earlier.value:
        return
    is_rise = own.value > earlier.value
    verdict: Verdict = "confirmed" if is_rise == (way == "up") else "contradicted"
    yield Finding(
        claims.sentence, verdict, "direction", words,
        f"from {number(earlier.value)} to {number(own.value)} is a {'rise' if is_rise else 'fall'}",
    )  # fmt: skip
