"""Whether a clause speaks of a part of an area or of an indicator, or of the whole force."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.audit import vocabulary as words
from flows.audit.marks import Mark, Word, outline
from flows.audit.periods import FULL_MONTH
from flows.audit.several_figures import has_ends
from flows.audit.vocabulary import Vocabulary

_NARROWED = re.compile(
    # "repeat cases (potentially criminal)"
    r"^\swith\s(?:an?\s|no\s)?(?:young|older|elderly|female|male|child|adult|repeat|known|named|identified|intimate)\b|"
    r"^\s\((?-i:[a-z])[a-z\s-]{8,40}\)|^\s(?:of|involving|against|among|amongst)\s(?!the\s(?:force|police|area|borough|county|\d+|two|three|four|"
    r"five|six|seven|eight|nine|ten|[a-z]+\s(?:districts|partnerships|boroughs|areas))\b|(?:a|an|any|all|"
    r"about|around|some|over|just|nearly|almost|more|less|one|two|three|the\s(?:same|previous))\b)[a-z]"
)
# the member for a ward speaks of more than the ward
_WOULD_LIKE = re.compile(r"\bwould\s(?:like|want|wish)\b", re.IGNORECASE)
# "264.2 per 10,000 young people aged 10 to 17" is the rate of all; nor is a number of some of them
_A_RATES_PEOPLE = re.compile(
    r"(?<=\bper\s)[\d,]+\s(?:[\w-]+\s){0,3}?aged\s\d+(?:\s(?:to|and|or)\s\w+)?|"
    r"\b(?:several|some|most|many)\sof\sthem\b|"
    r"(?<=\d)(?:\s\w+)?\sof\sthem(?=\s(?:in|for|during)\s|[.;,)]|$)",
    re.IGNORECASE,
)
# satisfaction and confidence are known from surveys alone
_OF_THOSE_ASKED = re.compile(
    r"(?<=[%\w]\s)of\s(?:those|victims|people|residents)\s(?:who\swere\s)?(?:surveyed|asked|interviewed)\b"
    r"(?=\s(?:being\s|were\s|was\s)?(?:satisfied|confident))|"
    r"(?<=[%\w]\s)of\srespondents(?=\s(?:being\s|were\s|was\s)?(?:satisfied|confident))",
    re.IGNORECASE,
)
# a figure beside its target is the figure of the whole all the same
_BESIDE_A_TARGET = re.compile(
    r"\b(?:above|below|under|over|clear\sof|against|short\sof|beyond)\s(?:the|its|a|our)\s(?:target|ceiling)\sof\s"
    r"[\d.,]+\d(?:\sper\scent|%)?",
    re.IGNORECASE,
)
# "Anti-social behaviour in Penzance", which the publication does not know
_IN_ANOTHER_PLACE = re.compile(
    r"\s(?:in|at|across)\s(?:the\s)?(?!(?:City|Borough|County|District|Metropolitan|Quarter|Q[1-4]|Year|Easter|Christmas|Ramadan|Summer|Winter|Autumn|Spring|Table|"
    rf"Figure|Chart|Appendix|Annex|Section|Tier|Band|{FULL_MONTH})\b)(?P<place>[A-Z][a-z]{{2,}})"
)
# "for every 1,000 Trafford residents", "In Hale Barns a quarter of them"
_PEOPLE_OF = re.compile(
    r"\b(?:per|every|each)\s1[\d,]*\s(?P<place>[A-Z][a-z]{2,})\s(?:residents?|people|population)"
)
# "in Operation Sceptre", "at Full Council", "in Safer Streets"
_NO_PLACE = re.compile(
    r"(?:\s[A-Z][a-z]+)*\s(?:Board|Panel|Committee|Council|Plan|Strategy|Act|Order|Fund|Programme|"
    r"Project|Scheme|Unit|Team|Office|Streets|Court|Week|Day)\b"
)
_RANGES = re.compile(r"\b(?:rang|var)\w+\sfrom\b", re.IGNORECASE)
_ACCOUNTED = re.compile(r"\baccounted\sfor\s[\d,]+\sof\s(?:them|these|those)\b", re.IGNORECASE)
_WARD_MEMBER = re.compile(r"\bward\s(?:member|councillor)s?\b", re.IGNORECASE)
# The whole force, without its name: the area spoken of before is not meant.
_FORCE_WIDE = re.compile(
    r"\b(?:force\sarea\sas\sa\swhole|force\sas\sa\swhole|across\sthe\s(?:whole\s)?(?:force|county|region)|"
    r"total\sfor\sthe\s(?:force|county|region)|"
    r"\bin\sthe\s(?:police\s)?force(?:\sarea)?(?=[\s,](?:numbered|rose|fell|was|were|had|came|stood|reached|recorded|in\s|increased|decreased))|"
    r"the\sforce\s(?:recorded|logged|counted|saw|had|received|dealt)|the\sforce(?:'s)?\s(?:total|figure|count)|"
    r"county[\s-]?wide|force[\s-]?wide)\b",
    re.IGNORECASE,
)
_BESIDE_THE_FORCE = re.compile(
    r"(?:\b(?:that|those|rate|figure|average)|\d)\s(?:of|for|in|across)\s(?:the\s)?$|"
    r"\b(?:to|with|than|above|below|against)\s(?:the\s)?$",
    re.IGNORECASE,
)
# "Knife crime increased by 13.1% across the force"
_RISE_OF = re.compile(
    r"\b(?:rose|fell|increased|decreased|grew|dropped|up|down)\s(?:by\s)?[\d.,]+(?:%|\sper\scent)\s$",
    re.IGNORECASE,
)


def is_narrower_than_published(
    text: str, marks: list[Mark], vocabulary: Vocabulary, *, is_of_force: bool = False
) -> bool:
    """Whether the clause speaks of a part of an area or of an indicator: a town centre."""
    # "crime against repeat victims" is an indicator of its own, and no part of one
    without = text
    for mark in marks:
        if isinstance(mark, Word) and mark.mark == words.INDICATOR:
            without = without.replace(mark.text, " ")
        elif isinstance(mark, Word) and mark.mark == words.AREA:
            # "a third of those recorded took place in Leeds": in all of it
            without = without.replace(f"took place in {mark.text}", " ")
    without = _WARD_MEMBER.sub(" ", without)
    without = _WOULD_LIKE.sub(" ", without)
    without = _A_RATES_PEOPLE.sub(" ", without)
    without = _OF_THOSE_ASKED.sub(" ", without)
    without = _BESIDE_A_TARGET.sub(" ", without)
    if has_ends(outline(text, marks)[0]):
        without = _RANGES.sub(" ", without)
    if without != text:  # "robbery accounted for 84 of them": robbery, all of it
        without = _ACCOUNTED.sub(" ", without)
    if vocabulary.narrowing.search(without):
        return True
    if not is_of_force and names_the_force(text, marks):
        return True
    of_people = _PEOPLE_OF.search(text)
    if of_people is not None and not _is_marked(of_people.start("place"), marks):
        return True
    at_first = _IN_ANOTHER_PLACE.match(" " + text[:1].lower() + text[1:])
    names_area = any(isinstance(mark, Word) and mark.mark == words.AREA for mark in marks)
    if (
        at_first is not None
        and not names_area
        and not _is_marked(at_first.start("place") - 1, marks)
    ):
        return True
    elsewhere = _IN_ANOTHER_PLACE.search(text)
    if (
        elsewhere is not None
        and not names_area
        and not _is_marked(elsewhere.start("place"), marks)
        and not _NO_PLACE.match(text[elsewhere.end() :])
    ):
        return True
    for mark in marks:
        after = text[mark.end :]
        if isinstance(mark, Word) and mark.mark == words.AREA:
            if vocabulary.after_area.match(after):
                return True
        elif isinstance(mark, Word) and mark.mark == words.INDICATOR:
            if vocabulary.after_indicator.match(after) or _NARROWED.match(after):
                return True
            if vocabulary.before_indicator.search(text[: mark.start]):
                return True
            place = _IN_ANOTHER_PLACE.match(after)
            if place is not None and not _is_marked(mark.end + place.start("place"), marks):
                return True
    return False


def _is_marked(at: int, marks: Sequence[Mark]) -> bool:
    return any(mark.start <= at < mark.end for mark in marks)


def names_the_force(text: str, marks: Sequence[Mark], *, as_subject: bool = False) -> bool:
    """Whether a clause speaks of the whole force and names no area; `as_subject` before figures."""
    said = _FORCE_WIDE.search(text)
    # "The force recorded 327, with Leeds (up by 47) contributing most"
    until = said.start() if said is not None and as_subject else len(text)
    names_area = any(
        isinstance(mark, Word) and mark.mark == words.AREA and mark.start < until for mark in marks
    )
    if said is None or names_area:
        return False
    if not as_subject and _BESIDE_THE_FORCE.search(text[: said.start()]):
        return False  # "well above that of the force as a whole": what is spoken of is another
    before = _RISE_OF.sub("", text[: said.start()])
    return not as_subject or re.search(r"\d", before) is None
