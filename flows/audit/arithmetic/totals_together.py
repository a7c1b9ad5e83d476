"""Judges what several things are said to have together: "these three wards recorded 590 crimes".

The things stand in the table, the list's item or the sentence right before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.audit.agreement import is_plausible, rounding
from flows.audit.arithmetic.table_beside import TableBeside
from flows.audit.claims import Claims
from flows.audit.draft import Passage
from flows.audit.findings import Finding, number
from flows.audit.marks import Number, marks_finder
from flows.audit.number_words import COUNT, small_number
from flows.audit.vocabulary import Vocabulary

_VERB = (
    r"(?:recorded|had|saw|held|made|received|explain(?:s|ed)?|account(?:s|ed)?\sfor|"
    r"ma(?:ke|de)\sup|came\sto|come\sto|amount(?:s|ed)?\sto|add(?:s|ed)?\sup\sto|"
    r"total(?:s|led)?|sum\sto|contribute[sd]?)"
)
_TOGETHER = re.compile(
    rf"\b(?:(?:taken\s)?together,?\s(?:these|those|the)\s(?P<many>{COUNT})\s[^.;:\d]{{0,80}}?\b|"
    rf"(?:these|those|the)\s(?P<of>{COUNT})\s(?:\w+\s){{0,2}}?(?:together|between\sthem|combined)"
    rf"\s(?:\w+\s){{0,2}}?){_VERB}\s(?:some\s|just\s|only\s|a\stotal\sof\s)?$",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\b(?:as\sfollows|(?:broken\sdown|set\sout|shown|listed)\sbelow|in\sthe\stable\sbelow)[.:]?$",
    re.IGNORECASE,
)
_NO_AREA = re.compile(r"(?!)")
# Rows that sum to so much more or less than a number above them are parts of something else.
_NEAR = 1 / 3


class TotalsTogether:
    """Judges a total in words of the figures that stand right before it, or in the table behind."""

    def __init__(self, passages: Sequence[Passage], vocabulary: Vocabulary) -> None:
        self._passages = passages
        self._find_marks = marks_finder(vocabulary, _NO_AREA)
        self._table = TableBeside(passages, vocabulary)

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the number that stands at once behind "these three together explain"."""
        yield from self._above_table(claims)
        for total in claims.mentioned.of_unit("count", "pounds"):
            said = _TOGETHER.search(claims.text[: total.start])
            if said is None:
                continue
            many = small_number(said["many"] or said["of"])
            parts = self._parts(claims, total, many)
            if len(parts) == many >= 2 and is_plausible(total.value, sum(p.value for p in parts)):
                yield _judged(claims, total, parts)

    def _above_table(self, claims: Claims) -> Iterator[Finding]:
        """Judge "The 502 cases were referred as follows" by the one column of its table."""
        passage = claims.sentence.passage
        totals = [one for one in claims.mentioned.of_unit("count") if one.step >= 1]
        is_last = passage.text.rstrip().endswith(claims.text.rstrip())
        if passage.kind != "paragraph" or not is_last or not _FOLLOWS.search(claims.text.rstrip()):
            return
        parts = self._table.column(passage, below=True)
        if len(totals) != 1 or len(parts) < 3:
            return
        true = sum(part.value for part in parts)
        if abs(true - totals[0].value) <= _NEAR * totals[0].value:
            yield _judged(claims, totals[0], parts)

    def _parts(self, claims: Claims, total: Number, many: int) -> list[Number]:
        """Return so many figures of the total's unit that stand right before it."""
        passage = claims.sentence.passage
        own = [one for one in claims.mentioned.of_unit(total.unit) if one.end <= total.start]
        if any(re.search(r"\d", one.text) for one in own):
            return []
        if claims.before is not None and claims.before.sentence.passage is passage:
            return [
                one
                for one in claims.before.mentioned.of_unit(total.unit)
                if re.search(r"\d", one.text)
            ]
        before = self._passages[passage.number - 2] if passage.number > 1 else None
        if before is None:
            return []
        if before.kind == "row":
            return self._table.column(passage, below=False)
        if before.kind != "item" or passage.kind != "item":
            return []
        return [
            mark
            for mark in self._find_marks(before.text, None)
            if isinstance(mark, Number) and mark.unit == total.unit and re.search(r"\d", mark.text)
        ][-many:]


def _judged(claims: Claims, total: Number, parts: Sequence[Number]) -> Finding:
    true = sum(part.value for part in parts)
    holds = abs(true - total.value) <= rounding(*parts) + 0.5 * total.step + 1e-9
    return Finding(
        claims.sentence,
        "confirmed" if holds else "contradicted",
        "total",
        total.text.strip(),
        "the parts sum to the total" if holds else "the parts do not sum to the total",
        f"The parts sum to {'£' if total.unit == 'pounds' else ''}{number(true)}.",
    )
