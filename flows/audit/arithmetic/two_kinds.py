"""Judges two kinds of people that cannot be more than all: "58% were male and 52% were female"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding, number

_MALE, _FEMALE = r"(?:men|males?|boys)", r"(?:women|females?|girls)"
_ONLINE, _ON_PAPER = r"online", r"(?:on\spaper|by\spost|in\sperson|face\sto\sface)"
_KIND = re.compile(
    r"\s(?:of\s(?:them|these|whom)\s)?(?:(?:were|are|was|is|completed)\s)?"
    rf"(?:(?P<male>{_MALE}|{_ONLINE})|(?P<female>{_FEMALE}|{_ON_PAPER}))\b",
    re.I,
)
_OF_WHOM = re.compile(r"[^.;]{1,90},\sof\s(?:whom|which)\s$")
_OF_ALL = re.compile(r"\b[Oo]f\s(?:the|all|its|our)\s$")


class TwoKinds:
    """Judges a sentence that gives the men and the women of one whole."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Contradict a sum above the whole; less can be of people of whom it is not known."""
        for unit in ("per cent", "count"):
            numbers = claims.mentioned.of_unit(unit)
            kinds = [
                (one, bool(match["male"]))
                for one in numbers
                if (match := _KIND.match(claims.text[one.end :])) is not None
            ]
            if len(kinds) != 2 or kinds[0][1] == kinds[1][1]:
                continue
            whole = 100.0
            if unit == "count":
                known = [
                    one
                    for one in numbers
                    if _OF_ALL.search(claims.text[: one.start])
                    or _OF_WHOM.match(claims.text[one.end : kinds[0][0].start])
                ]
                if len(known) != 1 or len(numbers) != 3:
                    continue
                whole = known[0].value
            total = sum(one.value for one, _ in kinds)
            loose = 0.5 * sum(one.step for one, _ in kinds) if unit == "per cent" else 0.0
            if total > whole + loose:
                yield Finding(
                    claims.sentence,
                    "contradicted",
                    "total",
                    " and ".join(one.text.strip() for one, _ in kinds),
                    "together they are more than all",
                    f"They sum to {number(total)}, and all are {number(whole)}.",
                )
