"""Judges a share by the whole that the shares beside it are of.

"Of the 2,162 crimes 884 (40.9%) were violent and 264 (12.2%) public order offences": the first
shows that both are of 2,162.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from flows.audit.agreement import share_finding
from flows.audit.arithmetic.shares_in_words import SaidShare
from flows.audit.arithmetic.shares_of_a_whole import pairs_of
from flows.audit.claims import Claims
from flows.audit.findings import Finding
from flows.audit.marks import Number

_ANSWERS = re.compile(r"\s(?:responses|respondents|replies|questionnaires|people\sreplied)\b", re.I)
# "855 more. Violence made up 443 of the additional offences (52%), drugs 144 (17%)"
_OF_THE_RISE = re.compile(r"\sof\sthe\s(?:additional|extra)\b", re.IGNORECASE)
_A_RISE = re.compile(r"\s(?:[a-z]+\s)?(?:more|higher|additional|extra)\b", re.IGNORECASE)


# "188 drug offences, 21 more (12.6%)" is no share
_IS_A_CHANGE = re.compile(r"\b(?:more|fewer|less|higher|lower)\b", re.IGNORECASE)


class _Pair(NamedTuple):
    part: Number
    share: SaidShare

    def is_of(self, whole: float) -> bool:
        return self.part.value <= whole and self.share.judge(self.true_of(whole)) == "confirmed"

    def true_of(self, whole: float) -> float:
        return 100 * self.part.value / whole

    @property
    def is_exact(self) -> bool:
        number = self.share.number
        return number is not None and number.step < 1 and not number.hedge


class SharesBesideOthers:
    """Judges shares of a paragraph or list in which others have one whole in common."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge each share that is of no number of the text so far."""
        so_far = [claims]
        while so_far[-1].before is not None:
            so_far.append(so_far[-1].before)
        counts = {one.value for before in so_far for one in before.mentioned.of_unit("count")}
        answers = {
            one.value
            for before in so_far
            for one in before.mentioned.of_unit("count")
            if _ANSWERS.match(before.text[one.end :])
        }
        if _OF_THE_RISE.search(claims.text):
            answers |= {
                one.value
                for before in so_far
                for one in before.mentioned.of_unit("count")
                if _A_RISE.match(before.text[one.end :])
            }
        own = _pairs(claims)
        others = own + [pair for before in so_far[1:] for pair in _pairs(before)]
        for pair in own:
            if any(whole and pair.is_of(whole) for whole in counts):
                continue
            wholes = _common_wholes([one for one in others if one is not pair], counts, answers)
            if len(wholes) != 1 or pair.part.value >= wholes[0]:
                continue
            claim = f"{pair.part.text.strip()} ({pair.share.text.strip()})"
            verdict = pair.share.judge(pair.true_of(wholes[0]))
            yield share_finding(claims.sentence, verdict, claim, pair.part.value, wholes[0])


def _pairs(claims: Claims) -> list[_Pair]:
    numbers = list(claims.mentioned.numbers)
    counts = claims.mentioned.of_unit("count")
    return [
        _Pair(part, share)
        for part, share in pairs_of(claims.text, counts, numbers)
        if not _IS_A_CHANGE.search(claims.text[part.end : share.start])
    ]


def _common_wholes(pairs: list[_Pair], counts: set[float], answers: set[float]) -> list[float]:
    """Return the numbers of which two shares are, or one that is given to a decimal.

    Of `answers`, the replies to a survey or a rise whose parts are given, one share is enough.
    """
    parts = {pair.part.value for pair in pairs}
    found = []
    for whole in counts - parts:
        fitting = [pair for pair in pairs if whole and pair.is_of(whole)]
        if len(fitting) == len(pairs) and (
            len(fitting) >= 2 or any(pair.is_exact for pair in fitting) or whole in answers
        ):
            found.append(whole)
    return found
