"""Reads a place among areas out of a clause: the second lowest of the five districts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.audit import vocabulary as words
from flows.audit.context import Context
from flows.audit.marks import Mark, Word
from flows.audit.number_words import COUNT, small_number
from flows.audit.subjects import is_compared_area


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
PLACE = rf"(?P<place>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})"
_END = (
    r"(?P<end>lowest|highest|best|worst|smallest|largest|biggest|greatest|steepest|sharpest|most|"
    r"fewest|least|shallowest|gentlest)"
)
_RANKS = (
    re.compile(rf"\b(?:{PLACE}[\s-]+)?{_END}\b", re.IGNORECASE),
    re.compile(rf"\b{PLACE}\s+(?=(?:out\s+)?of\s+(?:the\s+|all\s+)?{COUNT}\b)", re.IGNORECASE),
)
_AMONG = re.compile(
    rf"\b(?:(?:out\s+)?of|among|amongst)\s+(?:the\s+|its\s+|all\s+|our\s+)?(?P<of>{COUNT})\b(?!\.\d)",
    re.IGNORECASE,
)
_CHANGE = (
    r"(?:increases?|rises?|reductions?|decreases?|falls?|changes?|drops?|growth|improvements?|"
    r"declines?)"
)
_CHANGE_RANKED = re.compile(rf"^\s*(?:[\w-]+\s){{0,3}}?(?P<change>{_CHANGE})\b", re.IGNORECASE)
_CHANGE_BEFORE = re.compile(
    rf"\b(?P<change>{_CHANGE})(?:\s\([^()]*\)|,\s[\d.]+%,)?(?:\s(?:in|of)\b(?:[^.;]|\.\d)*)?\s(?:was|is|were|being)\s"
    r"(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
# "four of the five districts saw reductions, the largest"
_CHANGES_OF_WHICH = re.compile(rf"\b(?P<change>{_CHANGE}),?\s(?:with\s)?the\s$", re.IGNORECASE)
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
# Words that say from which end places are counted: "(1 = lowest)", ", first being the lowest rate".
_LEGEND = re.compile(
    rf"(?:\(|,|\bwith\b|\bwhere\b)\s*(?:(?:with|where)\s)?(?:(?:rank|place|number)\s)?(?:first|1st|one|1)\s*"
    rf"(?:=|:|being|is|means|meaning|as|\N{{EN DASH}})\s*(?:the\s)?{_END}",
    re.IGNORECASE,
)
_THAN_ANY = re.compile(
    r"\b(?P<than>lower|fewer|smaller|higher|more|larger|greater)\b[^.;]{0,80}?"
    r"\bthan\s(?:\w+\s)?(?:any|all|each|every\sone|every)\s(?:of\s)?(?:the\s)?(?:other|others)\b",
    re.IGNORECASE,
)
MOVED = re.compile(
    r"\b(?:rose|risen|rises?|fell|fallen|falls?|grew|grown|growth|increas\w+|decreas\w+|reduc\w+|"
    r"declin\w+|drop\w*|chang\w+|improv\w+)\b",
    re.IGNORECASE,
)
_BY_CHANGE = re.compile(r"\b(?:by|on)\s(?:\w+\s){0,2}change\b", re.IGNORECASE)
# Not a place among areas: the highest since 2010, most of them, at least, most similar.
_NO_RANK = re.compile(
    # "most markedly": how, not where
    r"^\s(?:\w+ly\b|since|ever|on\srecord|of\s(?:the\s)?(?:year|month|period|quarter|four\squarters)|for\s(?:\w+\s)?"
    r"(?:years|months)|in\s(?:\w+\s)?(?:years|months)|similar|recent|common|likely|notably|of\s(?:these|those|"
    r"them|the\srise|the\sincrease|the\sfall)|"
    # "the two largest districts" are those with most people
    r"(?:districts?|authorit\w+|boroughs?|partnerships?|forces?|towns?|cities|city|wards?|areas?)\b|"
    r"[^.;,(\d]{0,40}\b(?:a|one|two|three|four|five|ten)\syears?\s(?:earlier|before|ago|previously)|"
    r"[^.;,(]{0,80}\b(?:by|in|for)\s(?:population|size|land\sarea|residents)\b)\b",
    re.IGNORECASE,
)
_IN = re.compile(rf"{_END}\sin\s(?:the\s)?", re.IGNORECASE)
# "the best being Birmingham with 8.0%"
_BEING = re.compile(rf"{_END}\sbeing\s(?:(?:that|those)\sof\s)?(?:the\s)?", re.IGNORECASE)
# "at least", "contributed most to it", "moved from the second lowest to the highest"
_NOT_BEFORE = re.compile(
    r"\b(?:at|next|two|three|four|five|contribut\w+(?:\sthe)?|from\s(?:being\s)?(?:the)?)\s?$",
    re.IGNORECASE,
)
# "lowest in Kirklees (8.8) and highest in Bradford"
_BOTH_ENDS = re.compile(
    r"\b(?:lowest|smallest|fewest|highest|largest|most)\sin\s(?-i:[A-Z])[\w ]+?"
    r"(?:\s\([^()]*\))?,?\sand\s(?:the\s)?"
    r"(?:lowest|smallest|fewest|highest|largest|most)\sin\s(?-i:[A-Z])",
    re.IGNORECASE,
)
_WIDER = re.compile(
    r"\b(?:national|nationally|country|england|wales|region|regional)\b", re.IGNORECASE
)


# "from the lowest to the highest", "four points between best and worst of the seven"
_FROM_END_TO_END = re.compile(
    r"\bbetween\s(?:the\s)?(?:best|highest|largest|lowest|smallest)\sand\s(?:the\s)?"
    r"(?:worst|lowest|smallest|highest|largest)\b|"
    r"\bfrom\s(?:the\s)?(?:lowest|smallest|fewest|best)\b[^.;]{0,30}\bto\s(?:the\s)?(?:highest|largest|most|worst)\b|"
    r"\bfrom\s(?:the\s)?(?:highest|largest|most|worst)\b[^.;]{0,30}\bto\s(?:the\s)?(?:lowest|smallest|fewest|best)\b",
    re.IGNORECASE,
)


_CAME = re.compile(
    rf"\b(?:came|was|is|ranked|stood|finished)\s(?:in\s)?{PLACE}(?:\splace)?(?=\s*(?:[.,;)]|$|(?:with|at|on)\b))",
    re.IGNORECASE,
)
_NOWHERE = re.compile(
    rf"\bnowhere\s(?:else\s)?(?:was|is)\sthe\s(?:[\w-]+\s){{0,2}}?(?P<what>{_CHANGE}|rates?|numbers?|counts?)\s"
    r"(?P<than>larger|higher|greater|bigger|steeper|lower|smaller|fewer)\sthan\s(?:in|it\swas\sin)\s",
    re.IGNORECASE,
)
_A_YEAR_AGO = re.compile(r"\W*(?:an?|one)\syear\s(?:ago|before|earlier)\b", re.IGNORECASE)


def find_ranks(
    text: str,
    marks: Sequence[Mark],
    context: Context,
    forces: frozenset[str],
    around: str = "",
    *,
    is_among_all: bool = False,
) -> Iterator[Rank]:
    """Find the place that a clause claims; none where it is not said among whom.

    `around` is the force that the sentence before speaks of: its areas may be meant; they are where
    `is_among_all` says that it speaks of all of them.
    """
    if _WIDER.search(text) or _FROM_END_TO_END.search(text) or _A_YEAR_AGO.match(text):
        return
    legend = _LEGEND.search(text)
    if legend is not None:
        yield from _with_legend(text, marks, context, forces, legend)
        return
    for pattern in _RANKS:
        until = -1
        change: re.Match[str] | None = None
        found: Rank | None = None
        for match in pattern.finditer(text):
            own = _areas([mark for mark in marks if until < mark.start < match.start()])
            if until >= 0 and not set(own) - forces:
                continue  # a second place is one of a second area
            parts = match.groupdict()
            end = (parts.get("end") or "").casefold()
            before, after = text[: match.start()], text[match.end() :]
            if _NOT_BEFORE.search(before) or _NO_RANK.match(after):
                continue
            among = _AMONG.search(after) or _AMONG.search(before)
            count = small_number(among["of"]) if among else None
            named_force = next((name for name in _areas(marks) if name in forces), "")
            if not named_force and set(_areas(marks)) - forces:
                named_force = around
            circle = "family" if _FAMILY.search(text) else ""
            if not circle and (named_force or _FORCE.search(text)):
                circle = "force"
            is_of_all = not circle and count is None and is_among_all
            if not circle and (_BOTH_ENDS.search(text) or is_of_all):
                circle = "force"
            if not circle and count is None:
                continue
            # "Wakefield had the steepest increase and Leeds the smallest"
            is_short = until >= 0 and re.match(r"\W*$", after) is not None
            change = (
                _CHANGE_RANKED.match(after)
                or _CHANGE_BEFORE.search(before)
                or _CHANGES_OF_WHICH.search(before)
                or (change if is_short else None)
            )
            if is_of_all and change is None:
                continue  # "All seven saw an increase. The smallest was in Walsall": of the changes
            # only a change is steep
            if end in ("steepest", "sharpest", "shallowest", "gentlest") and change is None:
                change = re.search(r"(?P<change>.*)", text, re.DOTALL)
            found = Rank(
                text,
                _of_own_area(marks, context, forces, match.start(), text),
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
            yield found
            until = match.end()
        if until >= 0:
            yield from _came(text, marks, found, forces)
            return
    yield from _than_any_other(text, marks, context, forces)
    yield from _nowhere(text, marks, context, forces)


def _came(
    text: str, marks: Sequence[Mark], before: Rank | None, forces: frozenset[str]
) -> Iterator[Rank]:
    """Read "Bradford had the highest rate and Wakefield came third" as the third highest."""
    for match in _CAME.finditer(text):
        own = [
            mark
            for mark in marks
            if isinstance(mark, Word)
            and mark.mark == words.AREA
            and mark.end <= match.start()
            and mark.value not in forces
        ]
        if before is None or not own or own[-1].value == before.context.area:
            continue
        if before.place != 1 or text.find(before.words) > match.start():
            continue
        if text[own[-1].end : match.start()].strip():
            continue
        yield replace(
            before,
            context=replace(before.context, area=own[-1].value),
            place=place_of(match["place"]),
            words=match[0],
        )


def _nowhere(
    text: str, marks: Sequence[Mark], context: Context, forces: frozenset[str]
) -> Iterator[Rank]:
    """Read "nowhere was the increase larger than in Sandwell" as the largest increase."""
    match = _NOWHERE.search(text)
    named = [m for m in marks if isinstance(m, Word) and m.mark == words.AREA]
    if match is None or not (_FORCE.search(text) or _FAMILY.search(text)):
        return
    own = next((mark for mark in named if mark.start == match.end()), None)
    if own is None or own.value in forces:
        return
    is_low = match["than"].casefold() in ("lower", "smaller", "fewer")
    is_change = re.fullmatch(_CHANGE, match["what"], re.IGNORECASE) is not None
    end = "lowest" if is_low else "highest"
    force = next((mark.value for mark in named if mark.value in forces), "")
    circle = "family" if _FAMILY.search(text) else "force"
    yield Rank(
        text, replace(context, area=own.value), 1, None, end, _by(match[0], end, is_change),
        circle, match[0].strip(), force=force if circle == "force" else "",
        is_reduction=_REDUCTION.search(match["what"]) is not None,
    )  # fmt: skip


def _with_legend(
    text: str,
    marks: Sequence[Mark],
    context: Context,
    forces: frozenset[str],
    legend: re.Match[str],
) -> Iterator[Rank]:
    """Read "4th of 5 (1st = smallest increase)": the brackets say from which end is counted."""
    found = _RANKS[1].search(text[: legend.start()])
    among = _AMONG.search(text[: legend.start()])
    if found is None or among is None:
        return
    named = next((name for name in _areas(marks) if name in forces), "")
    change = _CHANGE_RANKED.match(text[legend.end() :])
    is_change = change is not None or _BY_CHANGE.search(text) is not None
    is_reduction = change is not None and _REDUCTION.search(change["change"]) is not None
    end = legend["end"].casefold()
    if is_change and _RATE.search(text[: legend.start()]) is None:
        by = "change"
    else:
        by = _by(text[: legend.start()], end, False)
    yield Rank(
        text, _of_own_area(marks, context, forces, found.start()), place_of(found["place"]),
        small_number(among["of"]), end, by, "family" if _FAMILY.search(text) else "force",
        found[0].strip(), force=named, is_reduction=is_reduction,
    )  # fmt: skip


def _than_any_other(
    text: str, marks: Sequence[Mark], context: Context, forces: frozenset[str]
) -> Iterator[Rank]:
    """Read "lower in Wakefield than in any other district" as the lowest of them."""
    match = _THAN_ANY.search(text)
    if match is None or not (_FORCE.search(text) or _FAMILY.search(text)):
        return
    if MOVED.search(text):
        return  # a change that is compared: another sentence of the publication
    end = "lowest" if match["than"].casefold() in ("lower", "fewer", "smaller") else "highest"
    named = next((name for name in _areas(marks) if name in forces), "")
    circle = "family" if _FAMILY.search(text) else "force"
    yield Rank(
        text, _of_own_area(marks, context, forces, match.end()), 1, None, end,
        _by(text, end, False), circle, match[0].strip(),
        force=named if circle == "force" else "",
    )  # fmt: skip


def place_of(written: str | None) -> int:
    """Read an ordinal: third and 3rd are 3, nothing is 0."""
    if not written:
        return 0
    return _ORDINALS.get(written.casefold()) or int(re.sub(r"\D", "", written))


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
    marks: Sequence[Mark], context: Context, forces: frozenset[str], start: int, text: str = ""
) -> Context:
    """Take the area that is ranked: "highest in A", else the last one before that is no force."""
    for mark in marks:
        if not isinstance(mark, Word) or mark.mark != words.AREA or mark.value in forces:
            continue
        between = text[start : mark.start]
        if _IN.fullmatch(between) or _BEING.fullmatch(between):
            return replace(context, area=mark.value)
    named = [
        mark
        for mark in marks
        if isinstance(mark, Word)
        and mark.value not in forces
        # "the fourth lowest of the five districts, ahead only of Bradford"
        and not (context.area and is_compared_area(text, mark))
    ]
    own = _areas(named)
    before = _areas([mark for mark in named if mark.start < start])
    if before:
        return replace(context, area=before[-1])
    return replace(context, area=own[0]) if own else context
