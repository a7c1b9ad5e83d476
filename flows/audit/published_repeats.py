"""Judges "repeat cases made up 25.3% of the MARAC caseload" against the published repeat rate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import fits
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, number
from flows.audit.nearest_named import named_nearby
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row

_REPEATS = re.compile(
    r"\brepeats?(?:\s(?:cases|referrals|victims))?\s(?:\w+\s)?"
    r"(?:made\sup|make\sup|account(?:ed)?\sfor|represent(?:ed)?|formed|were)\s"
    r"(?:just\s|about\s|around\s|some\s|only\s)?$",
    re.IGNORECASE,
)
_OF_CASES = re.compile(
    r"\sof\s(?:all\s)?(?:[\w'\N{RIGHT SINGLE QUOTATION MARK}]+\s){0,4}?"
    r"(?:caseload|cases|referrals|MARAC)\b",
    re.IGNORECASE,
)
_RATE = "marac_repeat_rate"
# A share that is further off than so many times is of something else.
_ANOTHER_THING = 2.0


class PublishedRepeats:
    """Judges the share where one area is named and its first period behind it is published."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the per cent that stands between "repeats made up" and "of the cases"."""
        areas, indicators, _ = named_nearby(claims)
        if len(areas) != 1 or not any(one.startswith("marac") for one in indicators):
            return
        for said in claims.mentioned.of_unit("per cent"):
            text = claims.text
            if not _REPEATS.search(text[: said.start]) or not _OF_CASES.match(text[said.end :]):
                continue
            period = next(
                (
                    one
                    for one in claims.mentioned.periods
                    if not one.is_vague and one.start >= said.end
                ),
                None,
            )
            row = self._rows.row(Context(min(areas), _RATE, period)) if period else None
            if row is None or not row["value"]:
                continue
            true = float(row["value"])
            if not 1 / _ANOTHER_THING <= said.value / true <= _ANOTHER_THING:
                continue
            yield of_row(
                claims.sentence, fits(said, true), "share", said.text.strip(),
                f"the repeat rate is {number(true, 1)}%", row,
            )  # fmt: skip
