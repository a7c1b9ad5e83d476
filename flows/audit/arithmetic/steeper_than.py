"""Judges "steeper in the first quarter (24.4%) than in the second (8.5%)" by its two brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding

_MORE = (
    r"(?P<more>steeper|sharper|faster|greater|larger|higher|bigger|stronger|more(?!\s\w+ly\b))|"
    r"(?P<less>gentler|slower|smaller|lower|weaker|fewer|less(?!\s\w+ly\b)|shallower)"
)
_IN_BRACKETS = re.compile(
    rf"\b(?:{_MORE})\b(?:(?!\bthan\b)[^;.()\d]){{0,60}}\((?P<one>[\d,]+(?:\.\d+)?)(?P<unit>%?)\)[^;.()\d]{{0,10}}?\bthan\b"
    r"[^;.()\d]{0,60}\((?P<other>[\d,]+(?:\.\d+)?)(?P=unit)\)",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|no|never)\s(?:\w+\s)?$", re.IGNORECASE)


class SteeperThan:
    """Judges the two figures in brackets of one comparison."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Yield a finding for each comparison whose figures differ."""
        for match in _IN_BRACKETS.finditer(claims.text):
            one, other = (float(match[name].replace(",", "")) for name in ("one", "other"))
            if one == other or _NOT.search(claims.text[: match.start()]):
                continue
            holds = (one > other) == (match["more"] is not None)
            yield Finding(
                claims.sentence, "confirmed" if holds else "contradicted", "order", match[0],
                f"{match['one']} is {'more' if one > other else 'less'} than {match['other']}",
            )  # fmt: skip
