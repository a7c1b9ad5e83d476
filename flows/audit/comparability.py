"""Judges "the two years can be compared like for like" against the breaks that are published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding
from flows.audit.marks import Word
from flows.audit.nearest_named import named_nearby
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row
from flows.audit.vocabulary import INDICATOR
from flows.papers.published import Row

_COMPARABLE = re.compile(
    r"\b(?:are|is|remain|remains|can\sbe|may\sbe|were|was)\s(?:\w+\s){0,2}?"
    r"(?:like\sfor\slike|comparable(?!\s(?:to|with|in)\b)|compared\s(?:directly|like\sfor\slike|with\sconfidence))\b",
    re.IGNORECASE,
)
_THE_TWO = re.compile(r"\b(?:these|those|the|both)\s(?:two\s)?(?:years|figures|numbers)\b", re.I)
_DENIED = re.compile(
    r"\b(?:not|no|never|neither|nor|hardly|barely|cannot|without|less|only|once|if|whether|until|unless|"
    r"partly|broadly)\b|n't\b",
    re.IGNORECASE,
)


class Comparability:
    """Judges the one figure that the text speaks of; what has no published break is left out."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Contradict a claim that a figure with a break can be compared with the year before."""
        said = _COMPARABLE.search(claims.text)
        if said is None:
            return
        clause = re.split(r"[,;:]", claims.text[: said.start()])[-1] + said[0]
        if _DENIED.search(clause):
            return
        row = next(self._rows_spoken_of(claims, said.start()), None)
        if row is not None and row.get("break_note"):
            yield of_row(
                claims.sentence, "contradicted", "comparability", said[0],
                f"not comparable: {row['break_note']}", row,
            )  # fmt: skip

    def _rows_spoken_of(self, claims: Claims, until: int) -> Iterator[Row]:
        """Yield the rows of what the nearest sentence with a published figure speaks of.

        Of the sentence itself what stands before the claim: "they are like for like, burglary
        having been reclassified" is of what was spoken of before.
        """
        areas, _, _ = named_nearby(claims)
        every = (claims.mentioned, *claims.earlier())
        # "since April 2018" is no period that has a figure
        periods = [one for said in every for one in said.periods if not one.is_vague]
        periods.sort(key=lambda period: period.last, reverse=True)
        for said in every:
            if said is claims.mentioned and (
                _THE_TWO.search(claims.text)
                or not any(
                    isinstance(mark, Word) and mark.mark == INDICATOR and mark.start < until
                    for mark in claims.marks
                )
            ):
                continue
            if len(areas) == 1 and len(set(said.indicators)) == 1:
                contexts = (Context(min(areas), said.indicators[0], one) for one in periods)
                found = (self._rows.row(context) for context in contexts)
                yield from (row for row in found if row is not None)
