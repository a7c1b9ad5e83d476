"""Judges a change against the two years listed before it: "138 in 2021 and 117 in 2022, a fall of 21"."""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import agreement, fits, fits_within
from flows.audit.arithmetic.listed_years import listed_years
from flows.audit.change_words import NOUN
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.of_something_else import is_change_of_something_else

_ABOUT_IT = re.compile(
    r"^(?:It|This|That|These|They)\b|^The\s(?:figure|number|total)\s(?:is|was|has|had|rose|fell|went|grew|"
    r"increased|decreased|dropped|then|also|therefore|represents)\b|^(?:An?|The)\s(?:\w+\s)?"
    rf"(?:{NOUN}|uplift)\b"
)
# "The total fell by 9.1% to 2,029": of another figure than those before
_OWN_LEVEL = re.compile(r"\bto\s(?:just\s|about\s)?£?\d[\d,.]*\d\b(?!\s?%)")
_COMPARES = re.compile(r"^(?:This|That|It)\s(?:is\s)?compare[sd]?\s(?:with|to)\b")
_THIS_CHANGE = re.compile(rf"^(?:This|That|The)\s(?:{NOUN}|improvement|change|gain)\sof\b")
_SIZE = re.compile(
    r"\b(?:by|of)\s[£\d][\d,.]*\s\($|(?:\b(?:by|of)|^(?:That|This)\s(?:is|was|represents|means|amounts\sto))\s"
    r"(?:just\s|about\s|around\s|nearly\s|over\s|some\s)*$",
    re.IGNORECASE,
)
_ANOTHER_CLAUSE = re.compile(
    r",?\s(?:while|whilst|whereas|but)\s|;\s|,\swith\s(?=[a-z])|,?\s(?:in\sspite\sof|despite|against\sa)\s|"
    r",\sand\s(?!(?:it|this|that|so|then|now)\b)(?:[a-z]+\s){1,4}(?:was|were|is|are|rose|fell|went|had)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:target|average|national|nationally|comparison|control|elsewhere|since|than|compared|against|pre-pandemic|previous)\b|"
    r"\bfrom\s£?\d[\d,.]*\sto\s",
    re.IGNORECASE,
)


def _two_figures(claims: Claims) -> list[float]:
    """Return the year before and the figure of the one comparison of a sentence."""
    found = [
        [one.previous.value, one.current.value]
        for one in claims.comparisons
        if one.previous is not None
        and one.current is not None
        and one.previous.unit == one.current.unit == "count"
    ]
    # one of several parts is no year before
    has_others = len(claims.mentioned.of_unit("count")) > 2
    return found[0] if len(found) == 1 and not has_others else []


def _points(claims: Claims) -> Iterator[Finding]:
    """Judge "It rose from 61% to 67%. This improvement of six percentage points"."""
    points = claims.mentioned.of_unit("points")
    if claims.before is None or len(points) != 1 or not _THIS_CHANGE.match(claims.text):
        return
    shares = claims.before.mentioned.of_unit("per cent")
    pairs = [
        (one.previous, one.current)
        for one in claims.before.comparisons
        if one.previous in shares and one.current in shares
    ]
    if len(shares) != 2 or len(pairs) != 1:
        return
    [(previous, current)] = pairs
    if previous is None or current is None:
        return
    difference = current.value - previous.value
    verdict = fits_within(points[0], difference, 0.5 * (current.step + previous.step))
    yield Finding(
        claims.sentence, verdict, "points", points[0].text.strip(),
        agreement(verdict, "the change"),
        f"From {previous.text.strip()} to {current.text.strip()} is a change of "
        f"{number(difference, 1)} percentage points.",
    )  # fmt: skip


class ChangesOfListedYears:
    """Judges the direction and the size of a change between two listed years."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the words behind the list, or a sentence that begins with "It" or "This"."""
        yield from _points(claims)
        values, end = listed_years(claims.text)
        has_own_level = _OWN_LEVEL.search(claims.text) is not None
        about_it = _ABOUT_IT.match(claims.text) and not has_own_level
        before = claims.just_before
        if before and set(claims.mentioned.indicators) - set(before.mentioned.indicators):
            before = None  # "fell from 57 to 47. The rise in robbery is significant"
        if not values and before is not None and about_it:
            values, end = listed_years(before.text)[0] or _two_figures(before), 0
        if len(values) != 2 or not values[0] or _OTHER.search(claims.text[end:]):
            return
        if _COMPARES.match(claims.text):
            return  # "That compares with 150,748 in 2020 and with 163,067 in 2019 (up 13%)"
        difference = values[1] - values[0]
        other = _ANOTHER_CLAUSE.search(claims.text, end)
        until = other.start() if other is not None else len(claims.text)
        way = claims.direction_between(end, until)
        right = (
            f"From {number(values[0])} to {number(values[1])} is a change of {number(difference)} "
            f"({number(100 * difference / values[0], 1)}%)."
        )
        if way and difference:
            agrees = (difference > 0) == (way == "up")
            verdict: Verdict = "confirmed" if agrees else "contradicted"
            word = "a rise" if difference > 0 else "a fall"
            yield Finding(
                claims.sentence, verdict, "direction", claims.text[end:until].strip(" ,."),
                f"the figures are {word}", right,
            )  # fmt: skip
        for figure in claims.mentioned.numbers:
            if not end <= figure.start < until or not _SIZE.search(claims.text[: figure.start]):
                continue
            if figure.unit not in ("count", "per cent") or not way:
                continue
            true = difference if figure.unit == "count" else 100 * difference / values[0]
            if figure.unit == "count" and is_change_of_something_else(figure, true, claims.text):
                continue  # "the distribution of some 1,200 pouches"
            verdict = fits(figure, true)
            yield Finding(
                claims.sentence, verdict, "change", figure.text.strip(),
                agreement(verdict, "the change"), right,
            )  # fmt: skip
