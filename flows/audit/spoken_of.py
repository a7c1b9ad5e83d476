"""What a sentence and those before it in its passage speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.audit.claims import Claims, Mentioned

_OF_OUTCOMES = re.compile(
    r"\b(?:outcomes?|charged|convicted|detected|detections?|solved)\b", re.IGNORECASE
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
