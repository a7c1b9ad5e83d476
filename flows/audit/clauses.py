"""Splits a sentence into clauses, each about one thing that is counted or moves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.other_subjects import joints
from flows.audit.vocabulary import Vocabulary

_CLAUSE = re.compile(
    r";\s|,?\s(?:while|whilst|whereas|but|although|though)\s|,\s(?=(?:it|they)\s)|"
    r",\s(?:and\s)?(?=in\s[A-Z][a-z]+\s(?:it|they|this)\s)|"
    r",\sand\s(?=the\s(?:next|second|other)\s(?:\w+\s){1,5}(?:was|were)\s(?-i:[A-Z]))|"
    r",\s(?=as\s(?:was|were|did|had)\s)|\s(?:and|&)\s(?=(?:up|down)\s(?:by\s)?\d)|"
    r",\sand\s(?=(?:the|this|our)\s(?:panel|board|partnership|committee|cabinet|council|team|service|unit)\b)|"
    r",\sand\s(?=(?:officers|members|partners|staff|colleagues|councillors)\s)|"
    r",\sand\sthen\s(?=at\s\d)|"
    r",\sand\s(?=the\s(?:[a-z]+\s){0,3}[a-z]+,\swhich\s)|"
    r",\s(?=which\s(?:the|its|our)\s\w+\s(?:would|will|hopes?|wants?|wishes)\b)|"
    r",\s(?=an?\s(?:year|quarter|month|period)\s(?:in\swhich|when)\b)|"
    r",\s(?=an?\s(?:increase|rise|fall|reduction|drop|change)\s(?:which|that)\s)|"
    r",\s(?:and\s)?(?=the\s(?:\w+\s)?(?:quarter|half|month|year)\s(?:being|having|was|saw|had)\s)|"
    r",\s(?=(?:up|down)\s[\d.]+%\s(?:in|for)\s)|,?\s(?:along|together)\swith\s(?=\d)",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r"^(?:while|whilst|although|though|despite)\b", re.IGNORECASE)


def clauses_of(text: str, vocabulary: Vocabulary, areas: re.Pattern[str]) -> Iterator[str]:
    """Split a sentence where another subject begins; `Although A, B` at B where it is named."""
    subordinate = _SUBORDINATE.match(text)
    if subordinate is not None:
        for comma in re.finditer(r",\s(?:the\s)?", text):
            rest = text[comma.end() :]
            if vocabulary.indicator.match(rest) or areas.match(rest):
                yield from clauses_of(
                    text[subordinate.end() : comma.start()].strip(), vocabulary, areas
                )
                yield from clauses_of(rest, vocabulary, areas)
                return
    begin = 0
    splits = [match.span() for match in _CLAUSE.finditer(text)]
    for start, end in sorted([*splits, *joints(text, vocabulary)]):
        if start < begin:
            continue
        yield from _by_subject(text[begin:start], vocabulary)
        begin = end
    yield from _by_subject(text[begin:], vocabulary)


_NEXT = re.compile(r",\s(?:and\s|with\s|but\s)?|\sand\s", re.IGNORECASE)
# A subject of its own, in words: not "a rise of", "which was", "up" or "an increase of".
_SUBJECT = re.compile(
    r"(?!(?:an?|this|that|which|it|they|is|was|are|were|has|had|by|or|so|then|now|representing|"
    r"equivalent|equating|equal|making|giving|meaning|having|from|to|up|down|nearly|almost|about|around|just|"
    r"more|less|fewer|some|only|over|under|well|still|compared|against|than|while|in|on|at|of|for|during|"
    r"between|bringing|taking|leaving|reducing|increasing|falling|rising|dropping|with)\b)"
    r"(?:(?:[a-z][\w'\N{RIGHT SINGLE QUOTATION MARK}-]*|"
    r"\d+\s(?:seconds|minutes|hours|days))\s){1,9}",
    re.IGNORECASE,
)
_FROM_A_FIGURE = re.compile(r"\bfrom\s[£\d]", re.IGNORECASE)
_TO_A_FIGURE = re.compile(
    r",?\s?(?:(?:sharply|slightly|further|again|also|too|steadily|only|just)\s)?(?:by|from|to|of)?\s?"
    r"(?:(?:just|about|around|nearly|almost|over|under|more|less|than|some|only)\s)*[£\d]"
)


def _by_subject(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Split where a second thing moves: "violence was up 16% to 2,540, robbery up 9% to 8,469"."""
    begin = 0
    for joint in _NEXT.finditer(text):
        if not _moves_to_a_figure(text[begin : joint.start()], vocabulary):
            continue
        rest = text[joint.end() :]
        subject = _SUBJECT.match(rest)
        if subject is None:
            continue
        first = min(
            (
                found
                for way in (vocabulary.up, vocabulary.down)
                if (found := way.search(rest)) is not None
            ),
            key=lambda found: found.start(),
            default=None,
        )
        if first is None or not first.start() <= subject.end() or not first.start():
            continue
        if not _TO_A_FIGURE.match(rest[first.end() :]):
            continue
        yield text[begin : joint.start()]
        begin = joint.end()
    yield text[begin:]


def _moves_to_a_figure(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text says of something that it moved, with a figure."""
    moves = (
        vocabulary.up.search(text) or vocabulary.down.search(text) or _FROM_A_FIGURE.search(text)
    )
    return moves is not None and re.search(r"\d", text) is not None
