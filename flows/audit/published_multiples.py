"""Judges a multiple or a part in words against the published change: "by a third"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.claims import Comparison
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict, gravity, number
from flows.audit.fractions_of_change import has_another_name
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import query, right
from flows.audit.spoken_of import SpokenOf
from flows.papers.published import Row


class PublishedMultiples:
    """Judges a multiple by the period it fits."""

    def __init__(self, rows: PublishedRows, said: SpokenOf) -> None:
        self._rows = rows
        self._said = said

    def judge(self, sentence: Sentence, one: Comparison, row: Row) -> Iterator[Finding]:
        """Judge "by a third" of the period it fits, where a clause names several."""
        found = list(_multiple(sentence, one, row))
        for period in self._said.mentioned.periods:
            other = self._rows.row(replace(one.context, period=period))
            if other is None or other is row or other.get("change_pct") is None:
                continue
            again = list(_multiple(sentence, one, other))
            if again and gravity(again[0].verdict) < gravity(found[0].verdict):
                found = again
        yield from (
            one_found
            for one_found in found
            if one_found.verdict != "contradicted" or not self._is_of_figures(one)
        )

    def _is_of_figures(self, one: Comparison) -> bool:
        """Whether a multiple is that of two figures of the text: "1,085, sixteen times as many"."""
        if one.multiple is None:
            return False
        figures = [n.value for n in (*self._said.before.numbers, *self._said.mentioned.numbers)
                   if n.unit in ("count", "pounds", "rate") and n.value > 0]  # fmt: skip
        is_fall = one.direction == "down" or one.multiple.direction == "down"
        return any(
            one.multiple.low
            <= 100 * (more - less) / (more if is_fall else less)
            <= one.multiple.high
            for less, more in itertools.permutations(figures, 2)
        )


def _multiple(sentence: Sentence, one: Comparison, row: Row) -> Iterator[Finding]:
    """Judge "by a third" where the text gives no figures; with both, arithmetic judges it."""
    if one.multiple is None or (one.current is not None and one.previous is not None):
        return
    true = float(row["change_pct"])
    agrees = one.multiple.direction == "any" or (true > 0) == (one.multiple.direction == "up")
    low, high = one.multiple.low, one.multiple.high
    verdict: Verdict = "contradicted"
    if agrees and low <= abs(true) <= high:
        verdict = "confirmed"
    elif agrees and 0.9 * low <= abs(true) <= 1.1 * high:
        # a quarter is not "about a third"
        verdict = "contradicted" if has_another_name(one.multiple, true) else "doubtful"
    reason = f"the change is {number(true, 1)}%"
    yield Finding(sentence, verdict, "multiple", one.multiple_text, reason, right(row), query(row))
