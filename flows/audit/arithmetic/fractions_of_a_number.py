"""Judges a part in words of a number that follows it: "roughly a third of the 9,096 thefts"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import share_finding
from flows.audit.arithmetic.shares_in_words import shares_in
from flows.audit.claims import Claims
from flows.audit.findings import Finding

_OF = re.compile(r"\sof\s(?:the|all|its|these|those)\s(?:[a-z]+\s){0,2}$", re.IGNORECASE)


class FractionsOfANumber:
    """Judges a fraction of one figure where just one other of the sentence can be the part."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Contradict the fraction where the part is another one of the whole."""
        counts = [one for one in claims.mentioned.of_unit("count", "pounds") if one.value > 0]
        for said in shares_in(claims.text, list(claims.mentioned.numbers)):
            if said.number is not None:
                continue
            wholes = [
                one
                for one in counts
                if one.start >= said.end and _OF.fullmatch(claims.text[said.end : one.start])
            ]
            if len(wholes) != 1:
                continue
            [whole] = wholes
            parts = [one for one in counts if one.unit == whole.unit and one is not whole]
            if len(parts) != 1 or not parts[0].value < whole.value:
                continue
            verdict = said.judge(100 * parts[0].value / whole.value)
            yield share_finding(claims.sentence, verdict, said.text, parts[0].value, whole.value)
