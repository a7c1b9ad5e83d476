"""Judges words on a list of moves: "fell in all four wards", "the largest reduction"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.arithmetic.listed_figures import NAME
from flows.audit.change_words import NOUN
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict

# Mansfield from 412 to 335
_MOVES = re.compile(
    rf"(?P<label>{NAME})\s(?:\w+\s){{0,2}}?from\s(?P<one>[\d,]+)\sto\s(?P<other>[\d,]+)(?![\d%])"
)
_LARGEST_MOVE = re.compile(
    rf"\b(?P<end>largest|biggest|greatest|smallest)\s(?P<way>{NOUN})\b",
    re.IGNORECASE,
)
_ALL_FELL = re.compile(
    r"\b(?:(?P<up>rose|increased|grew|went\sup)|(?P<down>fell|decreased|dropped|declined|went\sdown))\sin\s"
    r"(?:all|each|every)\b",
    re.IGNORECASE,
)


class MovesInLists:
    """Judges what is said of all moves that are listed, or of the largest one."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the list in the same sentence, and the one in the sentence before."""
        yield from _all_moved(claims)
        yield from _largest(claims)


def _all_moved(claims: Claims) -> Iterator[Finding]:
    """Judge "fell in all four wards: A from 120 to 98, B from 77 to 70 …"."""
    said = _ALL_FELL.search(claims.text)
    moves = _listed_moves(claims.text)
    if said is None or len(moves) < 2:
        return
    wrong = [
        label
        for label, (one, other) in moves.items()
        if one == other or (other > one) != bool(said["up"])
    ]
    yield Finding(
        claims.sentence, "contradicted" if wrong else "confirmed", "all of them", said[0],
        f"not so: {', '.join(wrong)}" if wrong else "all that are listed did",
    )  # fmt: skip


def _largest(claims: Claims) -> Iterator[Finding]:
    """Judge the largest or smallest move where the sentence before lists all of them."""
    said = list(_LARGEST_MOVE.finditer(claims.text))
    if len(said) != 1 or claims.before is None:
        return
    moves = _listed_moves(claims.before.text)
    named = [one for one in moves if re.search(rf"\b{re.escape(one)}\b", claims.text)]
    is_fall = said[0]["way"].casefold() in ("reduction", "fall", "decrease", "drop")
    if len(moves) < 3 or len(named) != 1:
        return
    if any(not one or (other < one) != is_fall for one, other in moves.values()):
        return
    by_number = {label: abs(other - one) for label, (one, other) in moves.items()}
    by_share = {label: abs(other - one) / one for label, (one, other) in moves.items()}
    chosen = min if said[0]["end"].casefold() == "smallest" else max
    right = {chosen(sizes, key=lambda label: sizes[label]) for sizes in (by_number, by_share)}
    verdict: Verdict = "confirmed" if named[0] in right else "contradicted"
    yield Finding(
        claims.sentence, verdict, "place in a list", said[0][0],
        f"the {said[0][0].casefold()} is that of {' or '.join(sorted(right))}",
    )  # fmt: skip


def _listed_moves(text: str) -> dict[str, tuple[float, float]]:
    """Return the two figures of each label."""
    return {
        move["label"]: (float(move["one"].replace(",", "")), float(move["other"].replace(",", "")))
        for move in _MOVES.finditer(text)
    }
