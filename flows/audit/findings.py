"""What the audit says of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flows.audit.draft import Sentence

Verdict = Literal["confirmed", "contradicted", "doubtful", "not checkable"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict on one claim: why, the right figure in a sentence, and the query that shows it."""

    sentence: Sentence
    verdict: Verdict
    kind: str
    claim: str
    reason: str
    right: str = ""
    query: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the finding ready for JSON."""
        return {
            "passage": self.sentence.passage.number,
            "sentence": self.sentence.text,
            "verdict": self.verdict,
            "kind": self.kind,
            "claim": self.claim,
            "reason": self.reason,
            "right": self.right,
            "query": self.query,
        }


def worst(findings: Sequence[Finding]) -> Verdict:
    """Return the gravest verdict of several."""
    for verdict in ("contradicted", "doubtful", "confirmed"):
        if any(finding.verdict == verdict for finding in findings):
            return verdict
    return "not checkable"


def number(value: float, decimals: int = 0) -> str:
    """Write a number as people read it."""
    if decimals == 0 and value != int(value):
        decimals = 1
    return f"{value:,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def gravity(verdict: Verdict) -> int:
    """Order verdicts of several readings of one claim: the kindest first."""
    return ("confirmed", "doubtful", "contradicted", "not checkable").index(verdict)
