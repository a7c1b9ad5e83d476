"""Judges "public confidence improved" by which way of an indicator its definition calls better."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding
from flows.audit.marks import Word
from flows.audit.other_comparisons import compares_with_something_else
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import change_of, moved, of_row
from flows.audit.vocabulary import INDICATOR, Vocabulary

_VERB = re.compile(
    r"\b(?:has\s|have\s|had\s|also\s|again\s|slightly\s|further\s|markedly\s|significantly\s)*"
    r"(?:(?P<better>improved)|(?P<worse>worsened|deteriorated))\b",
    re.IGNORECASE,
)
# between an indicator and its verb: "in the police in Walsall", "rate", nothing of another kind
_ITS = re.compile(
    r"(?:\s(?:rates?|levels?|scores?|figures?|in|for|of|the|police|(?-i:[A-Z])[\w']*))*\s?"
)
_BETTER_WHEN_UP = {"higher_is_better": True, "lower_is_better": False}


class BetterOrWorse:
    """Judges them where the publication has the change of the one period that is named last."""

    def __init__(self, rows: PublishedRows, vocabulary: Vocabulary) -> None:
        self._rows = rows
        self._vocabulary = vocabulary

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge each clause that says so of its indicator."""
        for text, context in claims.clauses:
            said = _VERB.search(text)
            row = self._rows.row(context)
            if said is None or row is None or context.is_narrower:
                continue
            up = _BETTER_WHEN_UP.get(str(row.get("polarity")))
            change = change_of(row)
            if up is None or not change or not _is_its_verb(claims, text, said.start()):
                continue
            if compares_with_something_else(text, context, claims.mentioned, self._vocabulary):
                continue
            holds = (change > 0) == (up == (said["better"] is not None))
            yield of_row(
                claims.sentence, "confirmed" if holds else "contradicted", "direction",
                text.strip(), f"it {moved(change)}", row,
            )  # fmt: skip


def _is_its_verb(claims: Claims, text: str, start: int) -> bool:
    """Whether the verb stands behind an indicator, with an area between them at most."""
    named = [mark for mark in claims.marks if isinstance(mark, Word) and mark.mark == INDICATOR]
    ends = [text.find(mark.text) + len(mark.text) for mark in named if mark.text in text]
    before = [end for end in ends if end <= start]
    return bool(before) and _ITS.fullmatch(text[max(before) : start]) is not None
