"""Judges two quarters of a year against each other: "the second brought fewer calls than the first"."""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, number
from flows.audit.nearest_named import nearest_named
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row
from flows.calendar_months import financial_quarter_days, financial_year_of

_ORDINALS = ("first", "second", "third", "fourth")
_NAMED = r"(?:first|second|third|fourth)\squarter|Q[1-4]"
_COMPARED = re.compile(
    rf"\b(?P<one>{_NAMED})\s(?:of\s(?:the\s(?:financial\s)?year\s)?(?:20\d\d/\d\d\s)?)?"
    r"(?:brought|saw|had|recorded|was|were)\s"
    r"(?P<way>more|fewer|higher|lower|busier|quieter)\b[^.;]{0,60}?\bthan\s(?:in\s)?(?:the\s)?"
    r"(?P<other>first|second|third|fourth|Q[1-4])\b(?=\s*(?:quarter\b|[.,;)]|$))",
    re.IGNORECASE,
)


class QuartersCompared:
    """Judges a sentence of one area and indicator where both quarters are published."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the first such comparison of a sentence, in the year that the quarter is of."""
        said = _COMPARED.search(claims.text)
        about = nearest_named(claims)
        if said is None or about is None or any(one.is_narrower for _, one in claims.clauses):
            return
        area, indicator, _ = about
        near = [
            one
            for one in claims.mentioned.periods
            if not one.is_vague and said.start() - 5 <= one.start < said.end()
        ]
        if len(near) != 1:
            return
        year = financial_year_of(near[0].last)
        rows = []
        for name in ("one", "other"):
            first, last = financial_quarter_days(year, _number(said[name]))
            dated = Context(area, indicator, replace(near[0], first=first, last=last))
            row = self._rows.row(dated)
            if row is None or row["value"] is None:
                return
            rows.append(row)
        one, other = (float(row["value"]) for row in rows)
        if one == other:
            return
        is_more = said["way"].casefold() in ("more", "higher", "busier")
        yield of_row(
            claims.sentence, "confirmed" if (one > other) == is_more else "contradicted",
            "direction", said[0],
            f"{rows[0]['period_label']} had {number(one)}, {rows[1]['period_label']} "
            f"{number(other)}", rows[0],
        )  # fmt: skip


def _number(quarter: str) -> int:
    """Return which quarter "second quarter" or "Q2" is."""
    word = quarter.split()[0].casefold()
    return int(word[1]) if word[0] == "q" else 1 + _ORDINALS.index(word)
