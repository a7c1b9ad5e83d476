"""Judges "The figure has doubled over two years" behind a sentence that lists the years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.arithmetic.listed_years import listed_years
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.number_words import small_number
from flows.audit.vocabulary import Vocabulary

_ABOUT_IT = re.compile(r"^(?:It|This|That|The\s(?:\w+\s)?(?:figure|number|total|count))\b")
_SPAN = re.compile(
    r"\b(?:over|in|within)\s(?:(?:the|just|only|last|past)\s)*"
    r"(?:(?:one|a)\s(?:single\s)?|a\ssingle\s|(?P<many>two|three|four|five)\s)years?\b",
    re.IGNORECASE,
)
# So far may words be rounded.
_ROUNDED = 0.1


class MultiplesOfListedYears:
    """Judges a multiple over so many of the years that the sentence before lists."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._multiples = vocabulary.multiples

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Yield a finding for a sentence without figures of its own behind three years or more."""
        before, span = claims.just_before, _SPAN.search(claims.text)
        if before is None or span is None or not _ABOUT_IT.match(claims.text):
            return
        if claims.mentioned.of_unit("count", "pounds", "rate", "per cent"):
            return
        values = listed_years(before.text)[0]
        years = small_number(span["many"]) if span["many"] else 1
        said = next((one for one in self._multiples if one.pattern.search(claims.text)), None)
        if said is None or len(values) < max(3, years + 1) or not values[-1 - years]:
            return
        change = 100 * (values[-1] - values[-1 - years]) / values[-1 - years]
        is_way = said.direction == "any" or (change > 0) == (said.direction == "up")
        verdict: Verdict = "contradicted"
        if is_way and said.low <= abs(change) <= said.high:
            verdict = "confirmed"
        elif is_way and (1 - _ROUNDED) * said.low <= abs(change) <= (1 + _ROUNDED) * said.high:
            verdict = "doubtful"
        yield Finding(
            claims.sentence, verdict, "multiple", claims.text.strip(" ."),
            f"from {number(values[-1 - years])} to {number(values[-1])} is a change of "
            f"{number(change, 1)}%",
        )  # fmt: skip
