"""Distinguishes what is said of two figures of a clause from what is said of others in it.

"11,224 people (up 1%), so that incidents for each went from 4.9 to 5.3": the 1% is of the people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.audit.change_words import NOUN
from flows.audit.marks import Mark, Number, Word

_OF_ANOTHER = re.compile(
    r"\)|\b(?:so\sthat|while)\b|,\s(?:and|with)\b|,\s(?:[a-z][\w-]*\s){1,5}(?:went|rose|fell|moved|came)\b",
    re.IGNORECASE,
)
_AND_ANOTHER = re.compile(
    r"\band\s(?:the|its|their|that)\s|,\sand\s(?!an?\b)|\b(?:while|whereas)\b", re.IGNORECASE
)
# "from 183 to 257, and by Kirklees, where there were 21 more"
_WHERE_ANOTHER = re.compile(
    r",\sand\s(?:by|in|at|for)\s|\bwhere\b|\bthere\s(?:was|were)\b", re.IGNORECASE
)
_AND_IT = re.compile(
    r",\s(?:after|following|having)\s|,\sand\s(?:it|this|(?:the|its)\s(?:figure|rate|number|total))\s",
    re.IGNORECASE,
)
_AND_A_LATER_YEAR = re.compile(
    r"(?:\s[\w/]+){0,5}?\sand\s(?:finally\s|then\s)?(?:to\s)?[£\d][\d,.]*%?\s(?:in|by|for|during)\s(?:\w+\s)?20\d\d",
    re.IGNORECASE,
)
_HAD_MOVED = re.compile(
    r"\b(?:in\swhich|when|after|before|following)\s[^.;]{0,60}\bhad\s(?:gone|risen|fallen|grown|been|dropped|"
    r"increased|decreased|climbed|come)\b",
    re.IGNORECASE,
)
_TO_AND_AT = re.compile(
    r"\bto\s[\d,]+(?:\s\w+){0,2}?\sin\s[^,;.]{3,30}\s(?:and|but)\s(?:stood\sat|was\sat|reached|was|had\sreached)\s"
    r"[\d,]+\b",
    re.IGNORECASE,
)
_THEN_TO = re.compile(r"\bthen\s(?:\w+\s){1,3}to\s[£\d]", re.IGNORECASE)
# "(1,018 against 1,007), fewer than the 15 of one evening"
_THAN_A_NUMBER = re.compile(r"\s(?:\w+\s)?than\s(?:the\s)?\d")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_PAIR = re.compile(r"\bfrom\s£?\d[\d,.]*%?\s(?:[a-z]+\s){0,3}?to\s", re.IGNORECASE)
_AND_THEN = re.compile(
    r"(?:\s[\w/]+){0,5}?,?\s(?:(?:and|but)\sthen|then|before)\s(?:[a-z]+\s){1,6}[£\d]",
    re.IGNORECASE,
)
_MOVED_BY = re.compile(
    rf"^(?:\s\([^()]*\))?\s(?:up|down|lower|higher|more|fewer|less|(?:{NOUN})s?|growth|decline)\b(?!\sto\b)",
    re.IGNORECASE,
)
_BY_SO_MUCH = re.compile(
    r"\b(?:(?<!made )(?<!make )(?<!makes )(?<!making )up|down|by|rose|risen|fell|fallen|"
    r"increased|decreased|dropped|grew|climbed|jumped|"
    r"(?:up|down|rose|rise|risen|fell|fall|fallen|dropped|increased?|decreased?|reduced|"
    r"reduction|grew|grown|cut)\s(?:by|of))\s(?:(?!from\b|to\b)\w+\s){0,2}$",
    re.IGNORECASE,
)


def without_changes_of_others(
    text: str, roles: dict[str, Number], marks: Sequence[Mark], directions: list[Word]
) -> list[Word]:
    """Take out of the roles what is said of other figures; return the words of change left."""
    if "previous" not in roles or "current" not in roles:
        return directions
    first = min(roles["previous"].start, roles["current"].start)
    last = max(roles["previous"].end, roles["current"].end)
    pairs = [one.start() for one in _PAIR.finditer(text)]
    for role in ("change", "percent"):
        # "from 135 to 145 and in Tendring from 153 to 188, almost 50 more together"
        if role in roles and any(last <= pair < roles[role].start for pair in pairs):
            del roles[role]
    change, percent = roles.get("change"), roles.get("percent")
    is_before = change is not None and change.end <= first
    if change is not None and is_before and _AND_ANOTHER.search(text[change.end : first]):
        del roles["change"]  # "pay rose by £1,900 and the allowance from £1,100 to £1,800"
    if change is not None and _WHERE_ANOTHER.search(text[last : change.start]):
        roles.pop("change", None)
    directions = [
        word
        for word in directions
        if word.start < last or not _THAN_A_NUMBER.match(text[word.end :])
    ]
    if percent is None:
        return directions
    if percent.end <= first and _OF_ANOTHER.search(text[percent.end : first]):
        del roles["percent"]
        return [word for word in directions if word.start > percent.end]
    if _AND_IT.search(text[last : percent.start]):
        del roles["percent"]  # "0.21 compared with 0.13 in the force, and the figure was 36% up"
        return directions
    if any(
        isinstance(mark, Number)
        and mark.unit == roles["current"].unit
        and mark not in roles.values()
        and mark.text[:1] not in "+-\N{MINUS SIGN}"
        and last <= mark.start < percent.start
        for mark in marks
    ):
        del roles["percent"]  # "from 145 to 264, and all crime, at 2,162, was 16.5% higher"
    return directions


def is_of_before(text: str, said: str, roles: dict[str, Number]) -> bool:
    """Whether a multiple behind two figures is of what came before: "it had gone up by"."""
    if "previous" not in roles or "current" not in roles:
        return False
    last = max(roles["previous"].end, roles["current"].end)
    return _HAD_MOVED.search(text[last : max(last, text.find(said, last))]) is not None


def goes_on(text: str, roles: dict[str, Number]) -> bool:
    """Whether the two figures of a clause are not the whole of what it compares."""
    if _TO_AND_AT.search(text):
        return True  # "dipped to 183 in July 2017 and stood at 257 in July 2018"
    if _THEN_TO.search(text):
        return True  # "the number first fell to 44 and then climbed to 77"
    if "previous" not in roles:
        return False
    if _RESPECTIVELY.search(text):
        return True  # "48 and 19 respectively, against 42 and 17": of two areas
    if "current" not in roles:
        return False
    behind = text[max(roles["previous"].end, roles["current"].end) :]
    # "from 522 to 615 and then back down to 533", "to 1,549 in 2017 and 1,363 in 2018"
    return bool(_AND_THEN.match(behind) or _AND_A_LATER_YEAR.match(behind))


_NOUN_OF_A_MOVE = re.compile(
    rf"\b(?:{NOUN}|growth)\b[^.;\d]{{0,80}}\b(?:at|was|is|of)\s(?:\w+\s){{0,2}}$",
    re.IGNORECASE,
)


def counts_things(text: str, figure: Number) -> bool:
    """Whether a small number in words counts things that are known: "the two pilot streets"."""
    return figure.text.strip().isalpha() and bool(
        re.search(r"\b(?:the|these|those|all|other|its|our|their)\s$", text[: figure.start], re.I)
    )


def is_a_move(text: str, figure: Number) -> bool:
    """Whether a per cent says how far something moved, so that it is no level: "12.9% down"."""
    if figure.unit != "per cent":
        return False
    before = text[: figure.start]
    if _MOVED_BY.search(text[figure.end :]) or _BY_SO_MUCH.search(before):
        return True
    if _NOUN_OF_A_MOVE.search(before):
        return True
    return figure.text.strip()[:1] in "+-\N{MINUS SIGN}"
