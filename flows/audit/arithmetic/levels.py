"""Judges a figure that is said to lie above or below another, or to go from one to another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.change_words import FALLS, RISES
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict
from flows.audit.marks import Number

_WAY = re.compile(
    r"\b(?P<way>below|above|lower\sthan|higher\sthan|under|over|short\sof|better\sthan|worse\sthan)\s(?:the|its|our|their|an?)\s"
    r"(?P<what>[^;.\d]{0,60}?\b(?:average|figure|rate|mean|median|target|level|benchmark)s?)"
    r"(?P<joint>\sof\s|(?:\s(?:for|in|across)\s[^,;.(\d]{0,50})?\s\((?:of\s)?|,?\s(?:which|that)\s(?:is|was|were|stood\sat)\s|\sat\s|,\sat\s)"
    r"(?:just\s|about\s|around\s)?$",
    re.IGNORECASE,
)
# "14.2%, above the 17.9% seen nationally"
_WAY_AT_ONCE = re.compile(
    r"\b(?P<way>below|above|lower\sthan|higher\sthan)\s(?P<what>the)\s$", re.IGNORECASE
)
# "0.62 was above that of the force (0.84)"
_THAT_OF = re.compile(
    r"\b(?P<way>below|above|lower\sthan|higher\sthan)\s(?P<what>(?:that\s(?:of|for|in)|the)\s[^,;.(\d]{1,50}?)\s?\(\s?$",
    re.IGNORECASE,
)
# "the target was 19,500, and the borough ended the year below it, on 20,843"
_THE_TARGET = re.compile(
    r"\b(?P<what>target|ceiling|limit|threshold)\b[^.;]*\b(?P<way>below|above|over|under)\s(?:it|that),?\s"
    r"(?:on|at|with)\s$",
    re.IGNORECASE,
)
_A_MOVE = re.compile(r"\bfrom\s$", re.IGNORECASE)
_SEEN = re.compile(r"\s(?:of|seen|recorded|reported|found|for|in|across|nationally|average|mean)\b")
_NOT = re.compile(r"\b(?:not|never|no\slonger|neither|nor)\b|n't\b", re.IGNORECASE)
_UP = rf"{RISES}|lengthened"
_DOWN = rf"{FALLS}|cut|shortened"
_FROM_TO = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s(?:[a-z]+\s){{0,2}}?from\s(?P<one>[\d,]+(?:\.\d+)?)\s"
    r"(?P<unit>seconds|minutes|hours|days|weeks|months)\b[^;.]{0,30}?\bto\s(?P<other>[\d,]+(?:\.\d+)?)\s(?P=unit)\b",
    re.IGNORECASE,
)
_WENT = re.compile(
    r"\bfrom\s(?P<one>[\d,]+(?:\.\d+)?)\s(?P<unit>seconds|minutes|hours|days|weeks)\b[^;.]{0,30}?\bto\s"
    r"(?P<other>[\d,]+(?:\.\d+)?)\s(?P=unit)\b[^;.]*?\b(?P<said>[\d,]+(?:\.\d+)?)\s(?P=unit)\s"
    r"(?P<way>longer|shorter|more|less|fewer|quicker|faster|slower|earlier|later)\b",
    re.IGNORECASE,
)


# "sharply down, at 7.9% in both years"
_IN_BOTH = re.compile(
    rf"\b(?:{_UP}|{_DOWN}|up|down)\b,?\s(?:at\s|standing\sat\s)\d[\d,.]*%?\s(?:\w+\s){{0,2}}?in\sboth\b",
    re.IGNORECASE,
)
_THEN = re.compile(
    rf"\bto\s(?P<one>\d[\d,]*(?:\.\d+)?)(?P<unit>%?)\s(?:(?!to\b)[\w/]+\s){{0,6}}?then\s"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s(?:again\s|further\s)?to\s"
    r"(?P<other>\d[\d,]*(?:\.\d+)?)(?P=unit)(?![\d%])",
    re.IGNORECASE,
)


class Levels:
    """Judges the words between two figures of one unit; a third figure between them stops it."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge "9.1%, above the average of 12.3%" and "rose from 19 days to 12 days"."""
        numbers = [one for one in claims.mentioned.numbers if one.unit != "points"]
        for at, other in enumerate(numbers):
            way = _WAY.search(claims.text[: other.start])
            if way is None and _SEEN.match(claims.text[other.end :]):
                way = _WAY_AT_ONCE.search(claims.text[: other.start])
            way = way or _THAT_OF.search(claims.text[: other.start])
            target = _THE_TARGET.search(claims.text[: other.start])
            if target is not None and at == 1 and other.unit == numbers[0].unit:
                yield from _level(claims, other, numbers[0], target)
            if way is None:
                continue
            before = [one for one in numbers[:at] if one.end <= way.start()]
            if other.unit == "per cent":  # "63 of 802 clients (7.9%), below the 9.3% of"
                before = [one for one in before if one.unit == other.unit]
            if other.step < 1 and len(before) > 1:  # "2,714 offences, and its rate of 9.65"
                before = [one for one in before if one.step < 1]
            if (
                other.unit == "per cent"
                and len({one.value > other.value for one in before if one.unit == "per cent"}) == 1
            ):
                before = before[:1]  # "74.1%, unchanged on the year before (73.9%) and above"
            if len(before) == 2 and _A_MOVE.search(claims.text[: before[0].start]):
                before = before[1:]  # "from 38.9 to 31.4, now lower than that of the region"
            if len(before) != 1 or _NOT.search(claims.text[: way.start()][-20:]):
                continue
            yield from _level(claims, before[0], other, way)
        for match in _IN_BOTH.finditer(claims.text):
            yield Finding(
                claims.sentence, "contradicted", "direction", match[0],
                "a figure that is the same in both did not change",
            )  # fmt: skip
        for match in _WENT.finditer(claims.text):
            one, last, said = (
                float(match[name].replace(",", "")) for name in ("one", "other", "said")
            )
            longer = match["way"].casefold() in ("longer", "more", "slower", "later")
            holds = abs(abs(last - one) - said) < 1e-9 and (last > one) == longer
            reason = f"from {match['one']} to {match['other']} is {abs(last - one):g} "
            reason += "more" if last > one else "fewer"
            yield Finding(
                claims.sentence, "confirmed" if holds else "contradicted", "direction",
                match[0], reason,
            )  # fmt: skip
        for match in (*_FROM_TO.finditer(claims.text), *_THEN.finditer(claims.text)):
            one, last = (float(match[name].replace(",", "")) for name in ("one", "other"))
            if one != last:
                verdict: Verdict = (
                    "confirmed" if (last > one) == bool(match["up"]) else "contradicted"
                )
                word = "rise" if last > one else "fall"
                reason = f"from {match['one']} to {match['other']} is a {word}"
                yield Finding(claims.sentence, verdict, "direction", match[0], reason)


def _level(claims: Claims, one: Number, other: Number, way: re.Match[str]) -> Iterator[Finding]:
    """Judge it where both have one unit; a rate's mean may be written without its unit."""
    words = way["way"].casefold()
    units = {one.unit, other.unit}
    if words.startswith(("better", "worse")) or (len(units) > 1 and units != {"rate", "count"}):
        return
    are_counts = one.unit == "count" and other.unit == "count"
    is_of_many = way.re is _THE_TARGET or re.search(
        r"average|mean|median", way["what"], re.IGNORECASE
    )
    if one.value == other.value or (are_counts and not is_of_many):
        return
    is_above = words.startswith(("above", "higher", "over"))
    verdict: Verdict = "confirmed" if (one.value > other.value) == is_above else "contradicted"
    yield Finding(
        claims.sentence,
        verdict,
        "level",
        f"{one.text.strip()} {words} {other.text.strip()}",
        f"{one.text.strip()} is {'more' if one.value > other.value else 'less'} than "
        f"{other.text.strip()}",
    )
