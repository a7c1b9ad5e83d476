"""Judges "roughly one crime for every twelve people" and "1% of the population" by the published rate."""  # noqa: E501

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
# "465 offences, equal to 0.11 per cent of the population"
_OF_THE_PEOPLE = re.compile(
    r"\b(?:equal|equivalent|equat\w+|amounts?|amounting|corresponds?|corresponding)\s(?:in\sall\s)?to\s"
    r"(?:about\s|around\s|some\s)?(?P<share>\d+(?:\.\d+)?)(?:\s?%|\sper\scent)\sof\s(?:the|its)\s"
    r"(?:\w+\s)?(?:population|residents|inhabitants)\b",
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
        share = _OF_THE_PEOPLE.search(claims.text)
        about = nearest_named(claims)
        if about is None or any(one.is_narrower for _, one in claims.clauses):
            return
        row = self._rows.row(Context(*about))
        if row is None or not row.get("rate") or not row.get("rate_per"):
            return
        if share is not None:
            true = 100 * float(row["rate"]) / float(row["rate_per"])
            step = 10.0 ** -len(share["share"].partition(".")[2])
            off = abs(float(share["share"]) - true)
            is_of_another_base = any(
                abs(float(share["share"]) / (factor * true) - 1) <= _ROUNDED
                for factor in (0.1, 10, 100)
            )
            holds: Verdict = "confirmed" if off <= 0.51 * step else "doubtful"
            if is_of_another_base and off > 2 * step:
                holds = "contradicted"
            yield of_row(claims.sentence, holds, "rate", share[0], f"it is {number(true, 2)}%", row)
        if said is None:
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
