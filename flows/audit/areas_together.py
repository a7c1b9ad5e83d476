"""Judges what named areas had together: "Leeds and Bradford together recorded 865 burglaries"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import fits
from flows.audit.area_words import AREAS
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, number
from flows.audit.marks import Word
from flows.audit.nearest_named import named_nearby
from flows.audit.number_words import COUNT, small_number
from flows.audit.published_rows import PublishedRows
from flows.audit.vocabulary import AREA

_TOGETHER = re.compile(
    r"(?:\btogether,?\s(?:recorded|had|saw|account(?:s|ed)?\sfor|made\sup)|\bbetween\sthem,?(?:\s(?:recorded|had|saw))?|"
    r"\bcombined(?:\stotal)?\s(?:of|was|recorded|had))\s(?:a\stotal\sof\s)?$",
    re.IGNORECASE,
)


_THE_DISTRICTS = re.compile(
    rf"\bthe\s(?P<many>{COUNT})\s(?:\w+\s)?(?:{AREAS})\s(?:of|in)\s(?:the\s)?"
    r"(?P<force>(?-i:[A-Z])[\w ]+?)\s(?:together\s|between\sthem\s)?(?:recorded|had|saw)\s$",
    re.IGNORECASE,
)
_ITS_DISTRICTS = re.compile(
    rf"\bthe\s(?P<many>{COUNT})\s(?P<force>(?-i:[A-Z])[\w ]+?)\s(?:{AREAS})\s"
    r"(?:together\s|between\sthem\s)?(?:recorded|had|saw|counted)\s$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between\sthem|together|combined|in\sall)\b", re.IGNORECASE)
_AT_ONCE = re.compile(r"(?:\s\([\d,]+\))?,?\s?")


class AreasTogether:
    """Judges the figure behind the words against the sum of the areas that stand before them."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge a sentence of one indicator and one period; others are left out."""
        yield from self._all_of_a_force(claims)
        for said in claims.mentioned.of_unit("count"):
            together = _TOGETHER.search(claims.text[: said.start])
            if together is None:
                continue
            before = claims.text[: together.start()]
            named = [m for m in claims.marks if isinstance(m, Word) and m.mark == AREA]
            last = next((m for m in reversed(named) if m.end <= together.start()), None)
            if last is None or last.value in self._rows.forces:
                continue
            if not _AT_ONCE.fullmatch(before[last.end :]):
                continue  # "the other three districts together"
            areas = [
                one
                for one in dict.fromkeys(claims.mentioned.areas)
                if one in before and one not in self._rows.forces
            ]
            _, indicators, periods = named_nearby(claims)
            spans = {(one.first, one.last) for one in periods}
            if len(areas) < 2 or len(indicators) != 1 or len(spans) != 1:
                continue
            if any(context.is_narrower for _, context in claims.clauses):
                continue
            [indicator] = indicators
            rows = [self._rows.row(Context(area, indicator, periods[0])) for area in areas]
            values = [
                float(row["value"]) for row in rows if row is not None and row["value"] is not None
            ]
            if len(values) != len(areas):
                continue
            true = sum(values)
            verdict = fits(said, true)
            parts = [f"{area} {number(one)}" for area, one in zip(areas, values, strict=True)]
            yield Finding(
                claims.sentence, verdict, "areas together", said.text.strip(),
                f"together they have {number(true)}",
                " + ".join(parts) + ".",
            )  # fmt: skip

    def _all_of_a_force(self, claims: Claims) -> Iterator[Finding]:
        """Judge "the five districts of West Yorkshire recorded 299 robberies between them"."""
        _, indicators, periods = named_nearby(claims)
        if not _BETWEEN.search(claims.text) or len(indicators) != 1 or len(periods) != 1:
            return
        for said in claims.mentioned.of_unit("count"):
            before = claims.text[: said.start]
            match = _THE_DISTRICTS.search(before) or _ITS_DISTRICTS.search(before)
            if match is None or match["force"] not in self._rows.forces:
                continue
            row = self._rows.row(Context(match["force"], min(indicators), periods[0]))
            values = [one["value"] for one in self._rows.members_of(row)] if row is not None else []
            if None in values or len(values) != small_number(match["many"]):
                continue
            true = float(sum(values))
            verdict = fits(said, true)
            yield Finding(
                claims.sentence, verdict, "areas together", said.text.strip(),
                f"together they have {number(true)}",
            )  # fmt: skip
