"""Reads a place among areas out of a clause: the second lowest of the five districts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.audit import vocabulary as words
from flows.audit.context import Context
from flows.audit.marks import Mark, Word


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among areas. `end` is lowest or highest; `by` is rate, number, change or "any".

    `circle` says among whom: family or force. A change may be a reduction: the largest of these
    is the lowest change.
    """

    text: str
    context: Context
    place: int
    of: int | None
    end: str
    by: str
    circle: str
    words: str
    is_one_of: bool = False
    force: str = ""
    is_reduction: bool = False


_ORDINALS = {
    word: place
    for place, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"), 1
    )
}
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        (
            *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
            *("twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
        ),
        2,
    )
}
PLACE = rf"(?P<place>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})"
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(NUMBER_WORDS)})"
_END = r"(?P<end>lowest|highest|best|worst|smallest|largest|biggest|greatest|most|fewest|least)"
_RANKS = (
    re.compile(rf"\b(?:{PLACE}[\s-]+)?{_END}\b", re.IGNORECASE),
    re.compile(rf"\b{PLACE}\s+(?=(?:out\s+)?of\s+(?:the\s+|all\s+)?{_COUNT}\b)", re.IGNORECASE),
)
_AMONG = re.compile(
    rf"\b(?:(?:out\s+)?of|among|amongst)\s+(?:the\s+|its\s+|all\s+|our\s+)?(?P<of>{_COUNT})\b",
    re.IGNORECASE,
)
_CHANGE = (
    r"(?:increases?|rises?|reductions?|decreases?|falls?|changes?|drops?|growth|improvements?|"
    r"declines?)"
)
_CHANGE_RANKED = re.compile(rf"^\s*(?:[\w-]+\s){{0,3}}?(?P<change>{_CHANGE})\b", re.IGNORECASE)
_CHANGE_BEFORE = re.compile(
    rf"\b(?P<change>{_CHANGE})\s(?:in|of)\b[^.;]*\b(?:was|is|were|being)\s(?:\w+\s){{0,3}}$", re.I
)
_REDUCTION = re.compile(r"reduction|decrease|fall|drop|decline", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:number|numbers|volumes?|count|counts)\b", re.IGNORECASE)
_RATE = re.compile(r"\brates?\b|\bper\s(?:1,?000|10,?000|thousand|head)\b", re.IGNORECASE)
_FAMILY = re.compile(
    r"famil|most similar|\bmsf\b|\bmsg\b|\bpeers?\b|similar (?:areas|groups?)", re.I
)
_FORCE = re.compile(
    r"\bforce\b|\bforce area\b|\bcounty\b|"
    r"\b(?:partnerships|districts|boroughs|authorities|areas)\b|"
    r"\bany\s(?:other\s)?(?:[A-Z]\w+\s)*(?:partnership|district|borough|authority|area)\b",
    re.IGNORECASE,
)
# Not a place among areas: the highest since 2010, most of them, at least, most similar.
_NO_RANK = re.compile(
    r"^\s(?:since|ever|on\srecord|of\s(?:the\s)?(?:year|month|period|quarter|four\squarters)|for\s(?:\w+\s)?"
    r"(?:years|months)|in\s(?:\w+\s)?(?:years|months)|similar|recent|common|likely|notably|of\s(?:these|those|"
    r"them|the\srise|the\sincrease|the\sfall))\b",
    re.IGNORECASE,
)
_WIDER = re.compile(
    r"\b(?:national|nationally|country|england|wales|region|regional)\b", re.IGNORECASE
)


def find_ranks(
    text: str, marks: Sequence[Mark], context: Context, forces: frozenset[str]
) -> Iterator[Rank]:
    """Find the place that a clause claims; none where it is not said among whom."""
    if _WIDER.search(text):
        return
    for pattern in _RANKS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            end = (parts.get("end") or "").casefold()
            before, after = text[: match.start()], text[match.end() :]
            if re.search(r"\bat $", before, re.IGNORECASE) or _NO_RANK.match(after):
                continue
            among = _AMONG.search(after) or _AMONG.search(before)
            count = _count(among["of"]) if among else None
            named_force = next((name for name in _areas(marks) if name in forces), "")
            circle = "family" if _FAMILY.search(text) else ""
            if not circle and (named_force or _FORCE.search(text)):
                circle = "force"
            if not circle and count is None:
                continue
            change = _CHANGE_RANKED.match(after) or _CHANGE_BEFORE.search(before)
            yield Rank(
                text,
                _of_own_area(marks, context, forces, match.start()),
                place_of(parts.get("place")) or 1,
                count,
                end,
                _by(text, end, change is not None),
                circle,
                match[0].strip(),
                bool(re.search(r"\b(?:one of|among|amongst) (?:the )?$", before, re.IGNORECASE)),
                named_force if circle == "force" else "",
                change is not None and _REDUCTION.search(change["change"]) is not None,
            )
            return


def place_of(written: str | None) -> int:
    """Read an ordinal: third and 3rd are 3, nothing is 0."""
    if not written:
        return 0
    return _ORDINALS.get(written.casefold()) or int(re.sub(r"\D", "", written))


def _count(written: str) -> int:
    return int(written) if written.isdigit() else NUMBER_WORDS[written.casefold()]


def _by(text: str, end: str, is_change: bool) -> str:
    if is_change:
        return "change"
    if _RATE.search(text):
        return "rate"
    if end in ("most", "fewest", "least") or _NUMBER.search(text):
        return "number"
    return "any"


def _areas(marks: Sequence[Mark]) -> list[str]:
    return [m.value for m in marks if isinstance(m, Word) and m.mark == words.AREA]


def _of_own_area(
    marks: Sequence[Mark], context: Context, forces: frozenset[str], start: int
) -> Context:
    """Take the area that is ranked: the last one before the place that is no force."""
    own = _areas([mark for mark in marks if getattr(mark, "value", "") not in forces])
    before = _areas([m for m in marks if m.start < start and getattr(m, "value", "") not in forces])
    if before:
        return replace(context, area=before[-1])
    return replace(context, area=own[0]) if own else context
