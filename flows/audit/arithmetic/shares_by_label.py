"""Judges a share of what the sentence counted before: "the opiate group is six in ten"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import share_finding
from flows.audit.arithmetic.shares_in_words import shares_in
from flows.audit.claims import Claims
from flows.audit.findings import Finding
from flows.audit.marks import HEDGED

_OF_ALL = re.compile(
    r"\sof\s(?:the\s(?:whole|total|lot)|them\sall|all\sof\sthem|all\s(?:those|the)\s\w+)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:the\s)?(?P<label>[a-z][\w-]*(?:\s[a-z][\w-]*){0,2}?)(?:,\s[^,;.\d]{3,30},)?\s"
    r"(?:is|was|are|were|ma(?:kes?|de)\sup|account(?:s|ed)?\sfor|represent(?:s|ed)?)\s$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[a-z][\w-]*", re.IGNORECASE)
# A label stands so many characters behind its number at most.
_NEAR = 40


class SharesByLabel:
    """Judges it where just one number stands at the label, and a larger one before all others."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the share that is said to be of the whole."""
        text = claims.text
        counts = [
            one for one in claims.mentioned.of_unit("count", "pounds") if re.search(r"\d", one.text)
        ]
        for share in shares_in(text, list(claims.mentioned.numbers)):
            if not _OF_ALL.match(text[share.end :]):
                continue
            hedged = HEDGED.search(text[: share.start])
            said = _LABEL.search(text[: hedged.start() if hedged else share.start].rstrip() + " ")
            if said is None:
                continue
            before = [one for one in counts if one.end <= said.start()]
            if len(before) < 3:
                continue
            parts = [
                one
                for one, behind in zip(before, [*before[1:], None], strict=True)
                if _is_at(text, one.end, behind.start if behind else said.start(), said["label"])
            ]
            if len(parts) != 1 or parts[0] is before[0]:
                continue
            whole, [part] = before[0], parts
            if whole.unit == part.unit and whole.value == max(one.value for one in before):
                verdict = share.judge(100 * part.value / whole.value)
                claim = f"{said['label']}: {share.text}"
                yield share_finding(claims.sentence, verdict, claim, part.value, whole.value)


def _is_at(text: str, start: int, end: int, label: str) -> bool:
    """Whether all words of a label stand right behind a number."""
    near = {one.casefold() for one in _WORDS.findall(text[start : min(end, start + _NEAR)])}
    return {one.casefold() for one in _WORDS.findall(label)} <= near
