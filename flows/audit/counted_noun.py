"""Whether a number stands at a noun that the figures of a publication count: offences, calls."""

from __future__ import annotations

import re

from flows.audit.claims import Claims
from flows.audit.marks import Number, Word
from flows.audit.vocabulary import INDICATOR

_NOUN = re.compile(
    r"\s(?:[a-z-]+\s){0,2}?(?:offences?|crimes?|incidents?|cases?|calls?|reports?)\b", re.IGNORECASE
)
# "1,398 of the 2,338 knife crimes", and a number that ends its clause
_OF_MORE = re.compile(r"\s(?:out\s)?of\s(?:the|all)\s[\d,]+\b|\s*(?:[.,;)]|$)", re.IGNORECASE)
_APART = re.compile(r"[.,;]|\b(?:on|for|about|against)\b", re.IGNORECASE)
# So many characters behind a number an indicator still says what it counts.
_NEAR = 25


def counts_what_is_published(claims: Claims, figure: Number) -> bool:
    """Whether what follows a number is its indicator, a noun for it, or the end of its clause.

    "Leeds and Bradford together had 40 officers" says nothing of their robberies.
    """
    behind = claims.text[figure.end :]
    if _NOUN.match(behind) or _OF_MORE.match(behind):
        return True
    return any(
        isinstance(mark, Word)
        and mark.mark == INDICATOR
        and 0 <= mark.start - figure.end <= _NEAR
        and not _APART.search(claims.text[figure.end : mark.start])
        for mark in claims.marks
    )
