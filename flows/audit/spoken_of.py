"""What a sentence and those before it in its passage speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.audit.claims import Claims, Mentioned

_OF_OUTCOMES = re.compile(
    r"\b(?:outcomes?|charged|convicted|detected|detections?|solved)\b", re.IGNORECASE
)
# "When this committee met in October it was told", "paper of last autumn quoted 2,493"
_FROM_AN_EARLIER_PAPER = re.compile(
    r"\bwhen\b[^.;]*\b(?:met|reported|published)\b[^.;]*\b(?:was|were|had\sbeen)\s(?:told|given|shown|advised)\b|"
    r"\bquoted\b|\b(?:first|originally|previously|initially)\s(?:published|reported|recorded\sas|given\sas|stated)\b|"
    r"\b(?:has|have|had)\ssince\s(?:\w+\s)?(?:been\s)?(?:revised|lifted|corrected|restated|updated)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """The text of a sentence and what it names; `before` is the sentence before, `earlier` all."""

    text: str
    mentioned: Mentioned
    before: Mentioned
    earlier: tuple[Mentioned, ...]


def spoken_of(claims: Claims) -> SpokenOf:
    """Gather what the claims of a sentence and of those before it name."""
    before = claims.before.mentioned if claims.before is not None else Mentioned()
    return SpokenOf(claims.text, claims.mentioned, before, tuple(claims.earlier()))


def speaks_of_outcomes(claims: Claims) -> bool:
    """Whether a sentence speaks of outcomes, or goes on about those of the sentence before."""
    if _OF_OUTCOMES.search(claims.text):
        return True
    before = claims.before
    if before is None or claims.mentioned.indicators:
        return False
    return _OF_OUTCOMES.search(before.text) is not None


def quotes_an_earlier_paper(claims: Claims) -> bool:
    """Whether a sentence gives figures as they were before they were revised."""
    return _FROM_AN_EARLIER_PAPER.search(claims.text) is not None
