"""Judges places in the force and in the family against the publication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict, gravity
from flows.audit.published_rows import PublishedRows
from flows.audit.ranks import MOVED, Rank
from flows.audit.row_findings import query
from flows.papers.published import Row

_OF_A_SHARE = re.compile(r"\b(?:proportions?|scores?)\b", re.IGNORECASE)


class Places:
    """Judges the ranks that a sentence claims."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the ranks of a sentence; what the publication does not rank is left out."""
        for rank in claims.ranks:
            is_guess = rank.context.is_guess and not claims.mentioned.may_be_all_crime
            for finding in self._rank(claims.sentence, rank):
                if finding.verdict != "contradicted" or not is_guess:
                    yield finding

    def _rank(self, sentence: Sentence, rank: Rank) -> Iterator[Finding]:
        row = self._ranked_row(rank)
        if row is None or rank.context.is_narrower:
            return
        if rank.force and rank.force not in (row.get("force_name"), row.get("area_name")):
            return
        ways: tuple[str, ...] = (rank.by,)
        if rank.by == "any":
            # "the smallest rise was in A; the largest was in B"
            ways = ("rate", "number", *(("change",) if MOVED.search(sentence.text) else ()))
        places = [
            (by, *standing)
            for by in ways
            if (standing := self._standing(rank, row, by)) is not None
        ]
        if not places:
            return
        verdicts = [
            (_judged_place(rank, row, place, among), by, place, among)
            for by, place, among in places
        ]
        verdict, by, place, among = min(verdicts, key=lambda one: gravity(one[0]))
        end = "lowest" if _from_low(rank, row) else "highest"
        right = (
            f"{row['area_name']} is number {place} of {among} from the {end} by {by} "
            f"({row['indicator_name']}, {row['period_label']})."
        )
        reason = f"the place is {place} of {among}"
        if verdict == "doubtful" and not rank.is_one_of and rank.circle == "family":
            reason = f"only {among} of {row.get('family_size')} members of the family report"
        yield Finding(sentence, verdict, "rank", rank.words, reason, right, query(row))

    def _standing(self, rank: Rank, row: Row, by: str) -> tuple[int, int] | None:
        """Give the area's place from the end that is spoken of, and among how many."""
        circle = rank.circle or "force"
        true: int | None
        among: int | None
        if by == "number":
            if circle == "family" or row.get("area_type") != "csp":
                return None
            members = self._rows.members_of(row)
            values = sorted(one["value"] for one in members if one["value"] is not None)
            true, among = values.index(row["value"]) + 1, len(values)
        else:
            true, among = (
                row.get(name)
                for name in {
                    ("family", "rate"): ("family_rank", "family_members_reporting"),
                    ("force", "rate"): ("force_rate_rank", "force_areas_ranked"),
                    ("force", "change"): ("force_change_rank", "force_areas_ranked_by_change"),
                }.get((circle, by), ("", ""))
            )
        if true is None or among is None or among < 2:
            return None
        lowest_first = by == "number" or row["polarity"] != "higher_is_better"
        from_low = true if lowest_first else among - true + 1
        return (from_low if _from_low(rank, row) else among - from_low + 1), among

    def _ranked_row(self, rank: Rank) -> Row | None:
        row = self._rows.row(rank.context)
        is_of_cases = row is not None and row.get("unit") != "per cent" and rank.by != "change"
        if is_of_cases and _OF_A_SHARE.search(rank.text):
            # "one in four was a repeat, a higher proportion than in any other": not of the cases
            return None
        return row if row is not None and "polarity" in row else None


def _from_low(rank: Rank, row: Row) -> bool:
    """Whether places are counted from the lowest value; the largest reduction is one of these."""
    lowest_is_best = row["polarity"] != "higher_is_better"
    if rank.end in ("best", "worst"):
        return bool((rank.end == "best") == lowest_is_best)
    wants_low = rank.end in ("lowest", "smallest", "fewest", "least", "shallowest", "gentlest", "")
    return bool(wants_low != rank.is_reduction)


def _judged_place(rank: Rank, row: Row, place: int, among: int) -> Verdict:
    size = row.get("family_size") if rank.circle == "family" else among
    if rank.is_one_of:
        if place <= max(2, among // 3):
            return "confirmed"
        return "doubtful" if place <= (among + 1) // 2 else "contradicted"
    if rank.of is not None and rank.of not in (among, size):
        return "not checkable" if rank.place != place else "doubtful"
    if place != rank.place:
        # "second of five" does not say from which end
        if not rank.end and among - place + 1 == rank.place:
            return "doubtful"
        return "contradicted"
    return "doubtful" if rank.circle == "family" and among != size else "confirmed"
