"""Judges "roughly one crime for every twelve people" by the published rate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, Verdict, number
from flows.audit.nearest_named import nearest_named
from flows.audit.number_words import COUNT, small_number
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row

_ONE_FOR_EVERY = re.compile(
    rf"\bone\s(?:(?:recorded\s)?(?:offence|crime|incident|call|report|case)\s)?(?:for|to|per|among)\s"
    rf"(?:every|each)\s(?:about\s|some\s)?(?P<many>\d[\d,]*|{COUNT})\s"
    r"(?:people|residents|inhabitants|citizens)\b",
    re.IGNORECASE,
)
# So far may words be rounded, and so far is another thing meant.
_ROUNDED, _DOUBTFUL, _ANOTHER_THING = 0.06, 0.12, 3.0


class OneInSoMany:
    """Judges a sentence of one area, one indicator and one period."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Yield a finding for the one such rate of a sentence whose row has a rate of people."""
        said = _ONE_FOR_EVERY.search(claims.text)
        about = nearest_named(claims)
        if said is None or about is None or any(one.is_narrower for _, one in claims.clauses):
            return
        row = self._rows.row(Context(*about))
        if row is None or not row.get("rate") or not row.get("rate_per"):
            return
        many = said["many"].replace(",", "")
        people = int(many) if many.isdigit() else small_number(many)
        true = float(row["rate_per"]) / float(row["rate"])
        off = max(true, people) / max(min(true, people), 1e-9) - 1
        if off > _ANOTHER_THING - 1:
            return
        verdict: Verdict = "confirmed" if off <= _ROUNDED else "contradicted"
        if _ROUNDED < off <= _DOUBTFUL or 0.5 >= abs(true - people) > _ROUNDED * true:
            verdict = "doubtful"
        yield of_row(
            claims.sentence, verdict, "rate", said[0], f"it is one for every {number(true, 1)}", row
        )
