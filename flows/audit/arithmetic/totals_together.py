"""Judges what several things are said to have together: "these three wards recorded 590 crimes".

The things stand in the table, the list's item or the sentence right before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.audit.agreement import is_plausible, rounding
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
_TOTAL_ROW = re.compile(r"^(?:grand\s|overall\s)?(?:total|all)\b", re.IGNORECASE)
_NO_AREA = re.compile(r"(?!)")
# Rows that sum to so much more or less than a number above them are parts of something else.
_NEAR = 1 / 3


class TotalsTogether:
    """Judges a total in words of the figures that stand right before it, or in the table behind."""

    def __init__(self, passages: Sequence[Passage], vocabulary: Vocabulary) -> None:
        self._passages = passages
        self._find_marks = marks_finder(vocabulary, _NO_AREA)

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
        parts = self._column(passage.number, 1)
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
            return self._column(passage.number, -1)
        if before.kind != "item" or passage.kind != "item":
            return []
        return [
            mark
            for mark in self._find_marks(before.text, None)
            if isinstance(mark, Number) and mark.unit == total.unit and re.search(r"\d", mark.text)
        ][-many:]

    def _column(self, number_of_passage: int, step: int) -> list[Number]:
        """Return the only column of numbers of the table next to a passage, without its total."""
        rows: list[list[Number]] = []
        at = number_of_passage if step > 0 else number_of_passage - 2
        while 0 <= at < len(self._passages) and self._passages[at].kind == "row":
            cells = self._passages[at].cells
            numbers = [self._only_number(cell) for cell in cells[1:]]
            if len(cells) < 2 or None in numbers:
                return []
            if not _TOTAL_ROW.match(cells[0].strip()):
                rows.append([one for one in numbers if one is not None])
            at += step
        if any(len(row) != 1 for row in rows):
            return []
        return [row[0] for row in rows]

    def _only_number(self, cell: str) -> Number | None:
        marks = self._find_marks(cell, None)
        found = [mark for mark in marks if isinstance(mark, Number)]
        return found[0] if len(found) == 1 and found[0].unit in ("count", "pounds") else None


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
