"""Distinguishes numbers of some, of each day or of an average from those of the whole."""

from __future__ import annotations

import re

from flows.audit import vocabulary as words
from flows.audit.marks import Mark, Number, Word

_SOME_OF = re.compile(
    r"^\s(?!short\b)(?:\w+\s){0,2}?of\s(?!the\s(?:year|previous|same|preceding|quarter|month|half)\b)(?:the|these|those|them|all|its|their|our|this|that|whom|which)\b(?!\s[\d£])",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"^\s(?:\w+\s){0,3}?(?:an?|per|each|every)\s(?:hour|day|night|week|weekend|month|shift|head|year)\b"
    r"(?!\s(?:before|ago|earlier|previously|prior|later|on)\b)|"
    r"^\s(?:\w+\s){0,2}?(?:daily|weekly|monthly|annually)\b",
    re.IGNORECASE,
)
_ON_AVERAGE = re.compile(
    r"\b(?:on\saverage|an?\saverage|averag(?:e|es|ed|ing)|mean|median)\b", re.I
)
_AMONG_THEM = re.compile(
    r"\b(?:including|includes?|of\s(?:which|whom|these|those|them)|among\s(?:them|these)|amongst|"
    r"up\sto|target(?:ed)?|ceiling|limit|maximum|minimum)\s(?:\w+\s){0,3}$|"
    r"\b(?:double|twice|treble|triple|half)\s(?:the\s)?$",
    re.IGNORECASE,
)


_TO_EACH = re.compile(r"\sto\s(?:an?\s)?[a-z]+", re.IGNORECASE)
_LINKED_TO = re.compile(
    r"\b(?:linked|related|attributed|due|referred|sent|directed|allotted|awarded|went|going|given)\sto\s[^.;]*$",
    re.IGNORECASE,
)


def is_a_part(text: str, number: Number, marks: list[Mark]) -> bool:
    """Whether a number is of some of them, of each day or an average, not of the whole."""
    before, after = text[: number.start], text[number.end :]
    named = [mark for mark in marks if isinstance(mark, Word) and mark.mark == words.INDICATOR]
    own = next((mark for mark in named if 0 <= mark.start - number.end <= 12), None)
    if own is not None and own.value != named[0].value:
        return _EACH.match(after) is not None  # "398 cases, of which 89 were repeats"
    # "5,231 crimes of all types" are not some of them
    behind = text[own.end :] if own is not None and own.start == number.end + 1 else after
    if number.unit in ("count", "pounds") and _SOME_OF.match(behind):
        return True
    if re.match(r"\s(?:out\s)?of\s(?:the\s)?(?!20\d\d\b)[\d£]", after):
        return True  # "1,500 of 2,039", but not "the 455 of 2020/21"
    if _TO_EACH.match(after) and _LINKED_TO.search(before):
        return True  # "117 were linked to sexual orientation, 105 to religion"
    if _EACH.match(after) or _ON_AVERAGE.search(before[-40:]):
        return True
    return number.unit != "per cent" and _AMONG_THEM.search(before) is not None
