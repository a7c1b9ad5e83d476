"""Judges an order in words: "the most (34), ahead of theft (31)", "followed by"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number

_ORDER = re.compile(
    r"\b(?:(?P<follow>followed\sby|with\s(?:(?-i:[A-Z])[\w-]+\s){1,3}next)|(?P<ahead>ahead\sof))\b",
    re.IGNORECASE,
)
_HIGH = re.compile(r"\b(?:highest|largest|most|biggest|greatest)\b", re.IGNORECASE)
_LOW = re.compile(r"\b(?:lowest|smallest|fewest|least)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:increases?|rises?|reductions?|falls?|decreases?|changes?|growth|second|third)\b", re.I
)
# Of per cents it may be the changes that stand in order: "the largest rise (+34%), followed by".
_OTHER_MOVES = re.compile(r"\b(?:second|third)\b", re.IGNORECASE)
_OF_SO_MANY = re.compile(r"\bof\s(?:the|all|these|its)\s$", re.IGNORECASE)
_LIST_ENDS = re.compile(
    r",\s(?:which|so|making|giving|out\sof)\b|;\s|\sout\sof\s|,?\s(?:whereas|while|though|in\sspite\sof|"
    r"against\sa|despite)\s|,\sand\s(?=[a-z])",
    re.IGNORECASE,
)


class Orders:
    """Judges the figures of a sentence that says in which order they stand."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the figure before the words and those behind them, all of one unit."""
        found = list(_ORDER.finditer(claims.text))
        is_high = _HIGH.search(claims.text) is not None
        if len(found) != 1 or is_high == (_LOW.search(claims.text) is not None):
            return
        before = [
            one
            for one in claims.mentioned.numbers
            if one.end <= found[0].start() and not _OF_SO_MANY.search(claims.text[: one.start])
        ]
        ends = _LIST_ENDS.search(claims.text, found[0].end())
        after = [
            one
            for one in claims.mentioned.numbers
            if found[0].end() <= one.start < (ends.start() if ends else len(claims.text))
        ]
        if len(before) != 1 or not after:
            return
        are_moves = all(one.unit == "per cent" for one in (*before, *after))
        if (_OTHER_MOVES if are_moves else _OTHER).search(claims.text):
            return
        if len({one.unit for one in after}) > 1 or after[0].unit == "points":
            return
        if before[0].unit != after[0].unit and before[0].unit != "rate":
            return
        values = [abs(one.value) for one in (*before, *after)]
        pairs = (
            itertools.pairwise(values)
            if found[0]["follow"]
            else [(values[0], other) for other in values[1:]]
        )
        holds = all((one >= other) if is_high else (one <= other) for one, other in pairs)
        verdict: Verdict = "confirmed" if holds else "contradicted"
        yield Finding(
            claims.sentence, verdict, "order", found[0][0],
            "the figures stand in that order" if holds
            else "the figures do not stand in that order",
            f"The figures: {', '.join(number(value, 1 if value % 1 else 0) for value in values)}.",
        )  # fmt: skip
