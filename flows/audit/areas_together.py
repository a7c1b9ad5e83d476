"""Judges what named areas had together: "Leeds and Bradford together recorded 865 burglaries"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.agreement import fits, is_plausible
from flows.audit.area_words import AREAS
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.counted_noun import counts_what_is_published
from flows.audit.findings import Finding, number
from flows.audit.marks import Number, Word
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
_SO_MANY_DISTRICTS = re.compile(
    rf"\b(?:the|all)\s(?P<many>{COUNT})\s(?:{AREAS})\s(?:together\s|between\sthem\s|combined\s)?"
    r"(?:recorded|had|saw|counted)\s$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    rf"\b(?P<many>{COUNT})\s[^().;\d]{{0,60}}\((?P<list>[^().;\d]+)\),?\s"
    r"(?:(?:together|between\sthem),?\s)?(?:there\swere|recorded|had|saw)\s(?:a\stotal\sof\s)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between\sthem|together|combined|in\sall)\b", re.IGNORECASE)
_AT_ONCE = re.compile(r"(?:\s\([\d,]+\))?,?\s?")


def is_said_together(text: str, figure: Number) -> bool:
    """Whether a figure is what several areas had: "A and B together recorded 453"."""
    before = text[: text.find(figure.text)]
    return (_TOGETHER.search(before) or _IN_BRACKETS.search(before)) is not None


class AreasTogether:
    """Judges the figure behind the words against the sum of the areas that stand before them."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge a sentence of one indicator and one period; others are left out."""
        _, indicators, periods = named_nearby(claims)
        if len(indicators) != 1 or len({(one.first, one.last) for one in periods}) != 1:
            return
        about = Context(indicator=min(indicators), period=periods[0])
        for said in claims.mentioned.of_unit("count"):
            areas = (
                self._areas_before(claims, said)
                or _areas_in_brackets(claims, said)
                or self._all_of_a_force(claims, said, about)
            )
            rows = [self._rows.row(replace(about, area=area)) for area in areas]
            values = [
                float(row["value"]) for row in rows if row is not None and row["value"] is not None
            ]
            if len(areas) < 2 or len(values) != len(areas):
                continue
            if not counts_what_is_published(claims, said) or not is_plausible(
                said.value, sum(values)
            ):
                continue
            if any(clause.is_narrower for text, clause in claims.clauses if said.text in text):
                continue
            parts = [f"{area} {number(one)}" for area, one in zip(areas, values, strict=True)]
            yield Finding(
                claims.sentence, fits(said, sum(values)), "areas together", said.text.strip(),
                f"together they have {number(sum(values))}", " + ".join(parts) + ".",
            )  # fmt: skip

    def _areas_before(self, claims: Claims, said: Number) -> list[str]:
        """Return the areas of "Leeds and Bradford together recorded 865"."""
        together = _TOGETHER.search(claims.text[: said.start])
        if together is None:
            return []
        named = [m for m in claims.marks if isinstance(m, Word) and m.mark == AREA]
        named = [m for m in named if m.end <= together.start()]
        # "the other three districts together": those that are named are not meant
        if not named or not _AT_ONCE.fullmatch(claims.text[named[-1].end : together.start()]):
            return []
        areas = list(dict.fromkeys(mark.value for mark in named))
        return (
            []
            if areas[-1] in self._rows.forces
            else [area for area in areas if area not in self._rows.forces]
        )

    def _all_of_a_force(self, claims: Claims, said: Number, about: Context) -> list[str]:
        """Return all of "the five districts of West Yorkshire recorded 299 between them"."""
        before = claims.text[: said.start]
        match = (
            _THE_DISTRICTS.search(before)
            or _ITS_DISTRICTS.search(before)
            or _SO_MANY_DISTRICTS.search(before)
        )
        if match is None or not _BETWEEN.search(claims.text):
            return []
        spoken_of = named_nearby(claims)[0] or {one.area for _, one in claims.clauses} - {""}
        forces = {
            area if area in self._rows.forces else self._rows.force_of.get(area, "")
            for area in spoken_of
        }
        named = match.groupdict().get("force")
        found = []
        # without any name, the one force that has so many
        for force in {named} if named else forces or self._rows.forces:
            members = [area for area, one in self._rows.force_of.items() if one == force]
            if len(members) == small_number(match["many"]):
                found.append(sorted(members))
        return found[0] if len(found) == 1 and (named or len(forces) < 2) else []


def _areas_in_brackets(claims: Claims, said: Number) -> list[str]:
    """Return the areas of "the four boroughs (A, B, C and D) there were 1,371 hate crimes"."""
    match = _IN_BRACKETS.search(claims.text[: said.start])
    if match is None:
        return []
    named = [m for m in claims.marks if isinstance(m, Word) and m.mark == AREA]
    areas = [m.value for m in named if match.start("list") <= m.start < match.end("list")]
    return areas if len(set(areas)) == small_number(match["many"]) else []
