"""Reads a change that is given as a part in words: "by just over a fifth"."""

from __future__ import annotations

import re

from flows.audit.change_words import NOUN
from flows.audit.marks import HEDGED, find_fractions
from flows.audit.number_words import COUNT, small_number
from flows.audit.vocabulary import Multiple

_MORE = rf"\s(?:more|fewer|less|higher|lower|up|down|{NOUN})\b"

# "roughly a third of the funding was lost"
_WAS_LOST = re.compile(
    r"\sof\s(?:the|its|their|that|this)\s\w+\s(?:was|were|is|had\sbeen|has\sbeen)\s(?:lost|cut|gone|removed|withdrawn)\b",
    re.IGNORECASE,
)
_HEDGE = (
    r"\b(?P<hedge>more than|less than|over|nearly|almost|about|around|just over|just under|"
    r"close to)?\s?"
)
_MULTIPLE = (
    rf"(?P<twice>twice|double)|(?P<thrice>treble|triple)|(?P<times>\d\.\d|{COUNT})"
    r"(?P<half>\sand\sa\shalf)?\stimes"
)
_AS_MANY = r"as\s(?:many|high|much|large|frequent|common|great)"
TIMES_AS_MANY = re.compile(
    rf"{_HEDGE}(?:{_MULTIPLE})\s(?:{_AS_MANY}|the\s(?:number|rate|level|figure|total))\b",
    re.IGNORECASE,
)
# the same against a figure that is named or that follows: "twice that of Solihull (0.31)"
TIMES_ANOTHER = re.compile(
    rf"{_HEDGE}(?:{_MULTIPLE}|(?P<halved>half(?!\sas\s\w+\sagain)))\s(?:{_AS_MANY}|"
    r"the\s(?:(?:force|county|family|national|regional|district)\s)?"
    r"(?:number|rate|level|figure|total|average|(?=[£\d]))|that\s(?:of|in|for)|"
    r"(?-i:[A-Z])[\w-]+(?:\s(?-i:[A-Z])[\w-]+)?['\N{RIGHT SINGLE QUOTATION MARK}]s\s"
    r"(?:rate\sof\s|figure\sof\s)?(?=[\d£]))",
    re.IGNORECASE,
)


def times_said(match: re.Match[str]) -> tuple[float, float]:
    """Return between what the multiple lies that "nearly 3.4 times as many" says; of "half" too."""
    if match.groupdict().get("halved"):
        return fraction_bounds((match["hedge"] or "").casefold(), 0.5)
    written = match["times"] or ("3" if match["thrice"] else "2")
    many = float(written) if "." in written else float(small_number(written))
    if match["half"]:
        many += 0.5
    return fraction_bounds((match["hedge"] or "").casefold(), many)


def fraction_of_change(text: str) -> tuple[Multiple, str] | None:
    """Read "by just over a fifth", "a reduction of nearly half", "a third more" as bounds."""
    times = TIMES_AS_MANY.search(text)
    if times is not None:
        low, high = times_said(times)
        up = Multiple(re.compile(""), "up", 100 * low - 100, 100 * high - 100)
        return up, times[0].strip()
    for part in find_fractions(text):
        before = HEDGED.search(text[: part.start])
        hedge = (before["hedge"] or "").lower() if before else ""
        says_by = bool(before and before["by"])
        behind = text[part.end :]
        if not says_by and not re.match(_MORE, behind) and not _WAS_LOST.match(behind):
            continue
        value = part.value
        low, high = fraction_bounds(hedge, value)
        return Multiple(re.compile(""), "any", low, high), f"{hedge} {part.text}".strip()
    return None


# Per cents that have a name of their own.
_NAMED = (10.0, 20.0, 25.0, 100 / 3, 50.0, 200 / 3, 75.0, 100.0)


def has_another_name(said: Multiple, true: float) -> bool:
    """Whether a change has a name of its own that is not the one said: a fifth is no quarter."""
    nearest = min(_NAMED, key=lambda one: abs(one - abs(true)))
    return abs(nearest - abs(true)) <= 1 and not said.low <= nearest <= said.high


def fraction_bounds(hedge: str, value: float) -> tuple[float, float]:
    """Return between what a part or a multiple in words lies: "just over a third"."""
    low, high = {
            "just over": (0.99, 1.2), "over": (0.99, 1.4), "more than": (0.99, 1.4),
            "well over": (1.0, 2.0), "well under": (0.2, 0.95),
            "just under": (0.8, 1.01), "under": (0.6, 1.01),
            "nearly": (0.8, 1.01), "almost": (0.8, 1.01), "less than": (0.6, 1.01),
            "close to": (0.85, 1.1), "": (0.88, 1.14),
        }.get(hedge, (0.8, 1.2))  # fmt: skip
    return value * low, value * high
