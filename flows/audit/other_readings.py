"""Whether a figure that does not agree with one reading of a text agrees with another one.

A paragraph speaks of several figures, and a per cent may belong to two others than those that
stand nearest. Only a figure that no two figures of its paragraph so far explain is wrong.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from flows.audit.agreement import fits
from flows.audit.arithmetic.per_cents_of_two import per_cents_of
from flows.audit.claims import Claims
from flows.audit.findings import Finding, number
from flows.audit.marks import Number

_OF_PER_CENTS = frozenset({"per cent", "share"})
_OF_COUNTS = frozenset({"change", "difference", "total"})
# So many figures of the text before are looked at: among more, some pair fits by chance.
_MANY = 8
_THE_OTHER = re.compile(r"\b(?:other|remaining|rest)\s(?:\w+\s)?$", re.IGNORECASE)
# "455 more than in the preceding year (15.8%)", "1,449 (15.9%) worse than": of the year before
_MORE_THAN_BEFORE = re.compile(
    r"\b(?:more|fewer|less|higher|lower|above|below|worse|better|up|down|rise|fall|increase|reduction)\b"
    r"[^.;]{0,25}\b(?:than|on|from|compared)\b",
    re.IGNORECASE,
)
_STRANDS = re.compile(r"rac(?:e|ial)|relig|disab|transgender|sexual[\s-]orientation|faith")
_COUNTED_ONCE = re.compile(r"\bonce\b|\bmain\s(?:strand|motivation)\b", re.IGNORECASE)
_OF = r"\s(?:(?:out\s)?of)\s(?:(?:the|all|some|those)\s)*"


def without_explained(found: Iterable[Finding], claims: Claims) -> list[Finding]:
    """Leave out contradictions that another reading explains, and all of the same figures."""
    every = list(found)
    explained = [
        one for one in every if one.verdict == "contradicted" and is_explained(one, claims)
    ]
    misread = {one.right for one in explained}
    return [one for one in every if one.verdict != "contradicted" or one.right not in misread]


def is_explained(finding: Finding, claims: Claims) -> bool:
    """Whether other figures than those of a contradiction make its own figure right."""
    said = next(
        (
            one
            for one in reversed(claims.mentioned.numbers)
            if one.text.strip() in finding.claim
            and (one.unit == "per cent") == (finding.kind in _OF_PER_CENTS)
        ),
        None,
    )
    if finding.kind == "total" and (_may_overlap(claims.text) or _is_rest_of_more(finding, claims)):
        return True
    if said is None or finding.kind not in _OF_PER_CENTS | _OF_COUNTS:
        return False
    if finding.kind == "share" and _THE_OTHER.search(claims.text[: said.start]):
        return True  # "73% were women and the other 27% men": of what is left
    exact = replace(said, hedge="")
    figures = [one for one in _figures(claims) if one is not said]
    of_what = finding.right.partition(" is ")[0]
    judged = [one for one in figures if number(one.value) in of_what]
    if finding.kind == "total":
        return _is_total_of_more(said, claims)
    if _are_said_together(judged, claims.text) or _is_said_of(said, judged, claims.text):
        return False
    if (
        finding.kind == "share"
        and _MORE_THAN_BEFORE.search(claims.text)
        and _is_change(exact, judged)
    ):
        return True
    return any(
        fits(exact, true) == "confirmed"
        for one, other in itertools.permutations(figures, 2)
        if _are_alike(one, other) and not (one in judged and other in judged)
        if not _is_wrong_base(one, other, judged)
        for true in (
            per_cents_of(one.value, other.value, is_change=finding.kind != "share")
            if said.unit == "per cent"
            else (one.value - other.value, one.value + other.value)
        )
    )


def _are_alike(one: Number, other: Number) -> bool:
    """Whether two numbers are of one unit; of two rates the second may be without its unit."""
    are_rates = {one.unit, other.unit} == {"rate", "count"} and max(one.step, other.step) < 1
    return one.unit == other.unit or are_rates


def _is_change(said: Number, judged: Sequence[Number]) -> bool:
    """Whether "455 more than the year before (15.8%)" is of the figure that it grew from."""
    if len(judged) != 2:
        return False
    less, more = sorted(one.value for one in judged)
    return any(
        base > 0 and fits(said, 100 * less / base) == "confirmed"
        for base in (more - less, more + less)
    )


def _is_wrong_base(change: Number, base: Number, judged: Sequence[Number]) -> bool:
    """Whether a change is set against the figure it led to: "from 335 to 268, 67 fewer (25%)"."""
    if len(judged) != 2 or base not in judged:
        return False
    one, other = judged
    return abs(one.value - other.value) == change.value


def _may_overlap(text: str) -> bool:
    """Whether parts are strands of hate crime, of which one crime can have several."""
    strands = set(_STRANDS.findall(text.casefold()))
    return len(strands) > 2 and _COUNTED_ONCE.search(text) is None


def _is_rest_of_more(finding: Finding, claims: Claims) -> bool:
    """Whether "the remaining 28%" makes 100% with a share of the text before as well."""
    shares = claims.mentioned.of_unit("per cent")
    if not any(one.text.strip() == finding.claim for one in shares):
        return False
    own = sum(one.value for one in shares)
    at = claims.before
    while at is not None:
        if any(abs(own + one.value - 100) <= 1 for one in at.mentioned.of_unit("per cent")):
            return True
        at = at.before
    return False


def _are_said_together(judged: Sequence[Number], text: str) -> bool:
    """Whether the text itself says "80 of 329", so that the share can be of nothing else."""
    return any(
        re.search(re.escape(one.text.strip()) + _OF + re.escape(other.text.strip()), text)
        or re.search(
            r"\bOf\s(?:the|all|these)\s"
            + re.escape(other.text.strip())
            + r"[^.;,\d]{0,60},\s"
            + re.escape(one.text.strip()),
            text,
        )
        for one, other in itertools.permutations(judged, 2)
    )


def _is_said_of(said: Number, judged: Sequence[Number], text: str) -> bool:
    """Whether the text itself says "45.9% of the 26,193"."""
    behind = text[said.end :]
    return any(re.match(_OF + re.escape(one.text.strip()), behind) for one in judged)


def _is_total_of_more(total: Number, claims: Claims) -> bool:
    """Whether a total counts what the sentence before names: "£432,000. With £80,000 more, …"."""
    before = claims.before.mentioned.of_unit(total.unit) if claims.before is not None else []
    own = [one for one in claims.mentioned.of_unit(total.unit) if one.start != total.start]
    # "took on 54 men. 35 finished, 12 left early and seven are still attending"
    every = total.value + sum(one.value for one in own)
    if any(one.value == every for one in before):
        return True
    return any(
        abs(sum(one.value for one in (*earlier, *parts)) - total.value) <= 0.5 * total.step
        for few in range(1, 4)
        for earlier in itertools.combinations(before[-_MANY:], few)
        for many in range(1, min(len(own), _MANY) + 1)
        for parts in itertools.combinations(own[:_MANY], many)
    )


def _figures(claims: Claims) -> list[Number]:
    known: list[Number] = []
    at: Claims | None = claims
    while at is not None and len(known) < _MANY:
        known = [*at.mentioned.of_unit("count", "pounds", "rate"), *known]
        at = at.before
    return known
