"""Judges words of change against the publication: rose, fell, largely unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import fits
from flows.audit.claims import Comparison
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict
from flows.audit.other_comparisons import is_of_all_but_one
from flows.audit.row_findings import change_of, moved, query, right
from flows.audit.spoken_of import SpokenOf
from flows.audit.vocabulary import Vocabulary
from flows.papers.published import Row

OF_A_SHARE = re.compile(r"\b(?:share|proportion|percentage(?!\spoints?)|fraction)\b", re.IGNORECASE)
# Words of the parts of a force, of which the force's own figure says nothing.
SOME_AREAS = re.compile(
    r"\b(?:districts?|partnerships?|boroughs?|authorit(?:y|ies)|areas|between\sthem|combined|together)\b",
    re.IGNORECASE,
)
# "Numbers fell sharply" is of what the sentence before is of.
_GOES_ON = re.compile(
    r"\W*(?:(?:the|its|their)\s(?:\w+\s)?)?"
    r"(?:numbers?|figures?|totals?|offences|crimes|incidents|cases|calls|reports)\b",
    re.IGNORECASE,
)
_WORSE = re.compile(r"\b(?:worsen\w*|deteriorat\w+)\b", re.IGNORECASE)
# From so many per cent on a change that is statistically clear is not "broadly the same".
_NOT_LEVEL = 5.0


class MovedInWords:
    """Judges the way that a clause says its figure went."""

    def __init__(self, said: SpokenOf, vocabulary: Vocabulary) -> None:
        self._said = said
        self._vocabulary = vocabulary

    def _compares_levels(self, one: Comparison) -> bool:
        """Whether "higher" may compare areas or things of one time, and nothing says it moved."""
        stated = [one.percent, one.points, one.multiple]
        # "0.94 was above the rate of 0.87": a rate is no change of a number
        stated += [
            n for n in (one.previous, one.change) if n and n.unit != "rate" and not n.value % 1
        ]
        if any(part is not None for part in stated):
            return False
        if (
            self._said.mentioned.names_year_before
            or len(self._said.mentioned.periods) > 1
            or one.degree
        ):
            return False
        known = self._vocabulary
        moves = [move[0] for way in (known.up, known.down) for move in way.finditer(one.text)]
        return bool(moves) and all(known.levels.fullmatch(move) for move in moves)

    def _may_be_of_something_else(self, one: Comparison, row: Row) -> bool:
        """Whether nothing ties a clause to its row but the sentences before it.

        "The force total slipped from 333 to 317": of two figures neither is one of the row.
        """
        known = [row.get(name) for name in ("value", "previous_value", "change", "change_pct")]
        if any(
            fits(said, float(true)) == "confirmed"
            for said in one.numbers
            for true in known
            if true is not None
        ):
            return False
        counts = [said for said in one.numbers if said.unit == "count"]
        is_named = self._said.mentioned.names_what_is_counted or _GOES_ON.match(one.text)
        return len(counts) > 1 or not is_named

    def judge(
        self, sentence: Sentence, one: Comparison, row: Row, judged: int
    ) -> Iterator[Finding]:
        """Judge the direction; `judged` is how many figures of the clause were judged before."""
        change = change_of(row)
        if change is None or one.direction == "" or self._compares_levels(one):
            return
        if row.get("polarity") == "higher_is_better" and _WORSE.search(one.text):
            return  # confidence that worsens falls
        if one.numbers and OF_A_SHARE.search(one.text):
            return  # the share moved, not the figure
        if is_of_all_but_one(one.text):
            return
        if one.points is not None and row.get("change_pp") is None:
            return  # "the outcome rate is down by 12.6 percentage points"
        if row.get("area_type") == "force" and SOME_AREAS.search(one.text):
            return
        if any((n.unit == "pounds") != (row.get("unit") == "pounds") for n in one.numbers):
            return  # "The fieldwork cost £1,200 less"
        significance = row.get("significance")
        claim = one.text.strip()

        def finding(verdict: Verdict, reason: str) -> Finding:
            return Finding(sentence, verdict, "direction", claim, reason, right(row), query(row))

        if one.direction in ("up", "down"):
            if change == 0 or (change > 0) != (one.direction == "up"):
                what = f"{row['indicator_name']} in {row['area_name']}"
                if self._may_be_of_something_else(one, row):
                    yield finding("doubtful", f"if this is of {what}: it {moved(change)}")
                else:
                    yield finding("contradicted", f"it {moved(change)}")
            elif one.degree == "large" and significance == "no clear change":
                yield finding("contradicted", "the change is within normal variation")
            elif one.degree == "normal" and significance in ("higher", "lower"):
                yield finding("contradicted", "the change is statistically clear")
            elif row.get("break_note"):
                yield finding("doubtful", f"not comparable: {row['break_note']}")
            elif significance == "no clear change" and not judged and one.degree != "normal":
                yield finding("doubtful", "the change is within normal variation")
            else:
                yield finding("confirmed", f"it {moved(change)}")
        elif (
            one.direction == "same"
            and significance in ("higher", "lower")
            and abs(row.get("change_pct") or _NOT_LEVEL) >= _NOT_LEVEL
        ):
            yield finding("contradicted", f"it {moved(change)}, and that is statistically clear")
        elif one.direction == "same" and significance == "no clear change":
            yield finding("confirmed", "the change is within normal variation")
