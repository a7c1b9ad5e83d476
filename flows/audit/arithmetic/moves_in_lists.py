"""Judges words on a list of moves: "fell in all four wards", "the largest reduction"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.audit.arithmetic.listed_figures import NAME
from flows.audit.arithmetic.table_beside import TableBeside
from flows.audit.change_words import FALLS, NOUN, RISES
from flows.audit.claims import Claims
from flows.audit.draft import Passage
from flows.audit.findings import Finding, Verdict
from flows.audit.number_words import COUNT, small_number
from flows.audit.vocabulary import Vocabulary

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


# "burglary was lower in July 2018 than in July 2017 in four of the five districts"
_SO_MANY = re.compile(
    rf"\b(?:(?P<up>{RISES}|higher|up)|{FALLS}|lower|down)\b[^.;:]*?\bin\s(?P<many>{COUNT})\s"
    rf"(?:out\s)?of\s(?:the\s|our\s)?(?P<of>{COUNT})\b",
    re.IGNORECASE,
)
# "the only one of the four where referrals rose"
_ONLY_ONE = re.compile(
    rf"\bthe\sonly\s(?:one|district|area|ward|locality|borough|team|school|site)\b[^.;]{{0,40}}?"
    rf"\b(?:where|in\swhich|whose|with|to)\b[^.;]{{0,40}}?\b(?:(?P<up>{RISES})|{FALLS})\b",
    re.IGNORECASE,
)


class MovesInLists:
    """Judges what is said of all moves that are listed, of the only one, or of the largest."""

    def __init__(self, passages: Sequence[Passage], vocabulary: Vocabulary) -> None:
        self._table = TableBeside(passages, vocabulary)

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the list in the same sentence, the one in the sentence before, and the table."""
        yield from _all_moved(claims, _listed_moves(claims.text))
        if claims.before is not None:
            yield from _largest(claims, _listed_moves(claims.before.text))
        if claims.sentence.passage.kind == "paragraph":
            moves = self._table.moves(claims.sentence.passage)
            yield from _all_moved(claims, moves)
            yield from _largest(claims, moves)
            yield from _only(claims, moves)
            yield from _so_many(claims, moves)


def _so_many(claims: Claims, moves: dict[str, tuple[float, float]]) -> Iterator[Finding]:
    """Judge "was lower in four of the five districts" by the table of these five."""
    said = _SO_MANY.search(claims.text)
    if said is None or small_number(said["of"]) != len(moves) or len(moves) < 3:
        return
    such = [label for label, (one, other) in moves.items() if (other > one) == bool(said["up"])]
    such = [label for label in such if moves[label][0] != moves[label][1]]
    holds = small_number(said["many"]) == len(such)
    yield Finding(
        claims.sentence, "confirmed" if holds else "contradicted", "so many of them", said[0],
        f"in the table these are {', '.join(such) or 'none'}",
    )  # fmt: skip


def _only(claims: Claims, moves: dict[str, tuple[float, float]]) -> Iterator[Finding]:
    """Judge "Central was the only one of the four where referrals rose"."""
    said = _ONLY_ONE.search(claims.text)
    named = [one for one in moves if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", claims.text)]
    if said is None or len(moves) < 3 or len(named) != 1:
        return
    such = [label for label, (one, other) in moves.items() if (other > one) == bool(said["up"])]
    such = [label for label in such if moves[label][0] != moves[label][1]]
    yield Finding(
        claims.sentence, "confirmed" if such == named else "contradicted", "only one", said[0],
        f"so did {', '.join(such) or 'none'}",
    )  # fmt: skip


def _all_moved(claims: Claims, moves: dict[str, tuple[float, float]]) -> Iterator[Finding]:
    """Judge "fell in all four wards: A from 120 to 98, B from 77 to 70 …"."""
    said = _ALL_FELL.search(claims.text)
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


def _largest(claims: Claims, moves: dict[str, tuple[float, float]]) -> Iterator[Finding]:
    """Judge the largest or smallest move where all of them are known."""
    said = list(_LARGEST_MOVE.finditer(claims.text))
    if len(said) != 1:
        return
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
