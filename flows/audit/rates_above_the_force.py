"""Judges how many areas of a force lie above or below its rate: "two of the five districts"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.area_words import AREAS
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding
from flows.audit.nearest_named import named_nearby
from flows.audit.number_words import COUNT, small_number
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row

_IN_A_FORCE = r"(?:\s(?:of|in)\s(?:the\s)?(?-i:[A-Z])\w+(?:\s(?-i:[A-Z])\w+){0,2})?"
_SO_MANY = re.compile(
    rf"\b(?P<many>{COUNT})\s(?:out\s)?of\s(?:the\s|its\s)?(?P<of>{COUNT})\s(?:[\w-]+\s){{0,3}}?"
    rf"(?:{AREAS}){_IN_A_FORCE}\s(?:had|have|has|recorded|saw|were|are|lie|lay|stood|show|showed)\s"
    r"(?:an?\s)?(?:rates?\s(?:of\s(?:\w+\s){1,4}?)?)?"
    r"(?P<way>above|below|higher\sthan|lower\sthan)\s(?:that\s(?:of|for)\s)?the\sforce\b"
    r"(?!\S{0,2}\s(?:area\s)?(?:target|ceiling|average|mean|median)\b)"
    r"(?:'s|\N{RIGHT SINGLE QUOTATION MARK}s)?(?:\sarea)?(?:\srate|\sfigure|\sas\sa\swhole)?",
    re.IGNORECASE,
)


class RatesAboveTheForce:
    """Judges the number where the publication has the rate of every area of the force."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge a sentence of one indicator and one period; others are left out."""
        said = _SO_MANY.search(claims.text)
        if said is None:
            return
        areas, indicators, periods = named_nearby(claims)
        if len(indicators) != 1 or len({(one.first, one.last) for one in periods}) != 1:
            return
        [indicator] = indicators
        rows = (self._rows.row(Context(area, indicator, periods[0])) for area in sorted(areas))
        row = next((one for one in rows if one is not None and one.get("force_code")), None)
        if row is None:
            return
        members = [one for one in self._rows.members_of(row) if one.get("rate") is not None]
        force = next((one["force_rate"] for one in members if one["force_rate"] is not None), None)
        if force is None or len(members) != small_number(said["of"]):
            return
        is_above = said["way"].casefold() in ("above", "higher than")
        side = "above" if is_above else "below"
        true = sum((one["rate"] > force) if is_above else (one["rate"] < force) for one in members)
        yield of_row(
            claims.sentence,
            "confirmed" if true == small_number(said["many"]) else "contradicted",
            "so many areas", said[0],
            f"{true} of {len(members)} lie {side} the force's rate", row,
        )  # fmt: skip
