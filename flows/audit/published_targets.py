"""Judges what a draft says of a published target: how far off, met or missed, and its colour."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from flows.audit.agreement import fits
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, number
from flows.audit.marks import Number
from flows.audit.nearest_named import named_nearby
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row
from flows.papers.published import Row

_AIM = re.compile(r"\b(?:targets?|ceiling|limit|ambition|threshold)\b", re.IGNORECASE)
_COLOUR = re.compile(
    r"\b(?:rated|reported\sas|shown\sas|status|is|was|remains?|stays?|shows?|rag:?)\s"
    r"(?:therefore\s|thus\s|now\s|as\s|still\s|at\s)*(?:rated\s|reported\sas\s|shown\sas\s)?"
    r"(?P<colour>red|amber|green)\b",
    re.IGNORECASE,
)
_MET = re.compile(
    r"\b(?:so|therefore|thus|is|was|reported\sas|and\sso|has\sbeen)\s(?:therefore\s|just\s|narrowly\s)?"
    r"(?:(?P<missed>missed|not\s(?:met|achieved)|off\starget)|(?P<met>met|achieved|on\starget))\b",
    re.IGNORECASE,
)
_MET_ITS_TARGET = re.compile(
    r"\b(?:(?P<missed>missed|failed\sto\smeet)|(?P<met>met|achieved|hit))\s(?:its|the|their|that|this|our)\s"
    r"(?:\w+\s)?(?:target|ceiling)\b",
    re.IGNORECASE,
)
_OFF = re.compile(
    r"\s(?:[a-z]+\s){0,2}?(?:(?P<over>over|above|more\sthan|beyond|in\sexcess\sof)|"
    r"(?P<under>under|below|short|fewer\sthan|less\sthan))\b"
    r"(?:\sof)?(?:\s(?:the|its|that|this|our)\s(?:target|ceiling|limit)\b|(?=\s*(?:$|[.,;)])))",
    re.IGNORECASE,
)
_EXCEEDED_BY = re.compile(
    r"\b(?:exceeded|missed|overshot|undershot|beaten|surpassed|passed)\sby\s(?:just\s|some\s)?$",
    re.IGNORECASE,
)
# A distance that is further off than so many times is one of something else.
_ANOTHER_THING = 3.0


class PublishedTargets:
    """Judges a sentence by the one row with a target that it and those before it are about."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the distance, "met" and the colour; without just one such row, nothing."""
        before = claims.before.text if claims.before is not None else ""
        heading = claims.sentence.passage.heading
        if not any(_AIM.search(text) for text in (claims.text, before, heading)):
            return
        rows = [row for row in self._spoken_of(claims) if row.get("target_value") is not None]
        if len(rows) != 1 or rows[0]["value"] is None:
            return
        [row] = rows
        yield from _distance(claims, row)
        yield from _met(claims, row)
        colour = _COLOUR.search(claims.text)
        if colour is not None and row.get("rag"):
            holds = colour["colour"].casefold() == row["rag"]
            yield of_row(
                claims.sentence, "confirmed" if holds else "contradicted", "target",
                colour[0], f"the publication has {row['rag']}", row,
            )  # fmt: skip

    def _spoken_of(self, claims: Claims) -> list[Row]:
        areas, indicators, periods = named_nearby(claims)
        found = (
            self._rows.row(Context(area, indicator, period))
            for area, indicator, period in itertools.product(areas, indicators, periods)
        )
        return list({id(row): row for row in found if row is not None}.values())


def _distance(claims: Claims, row: Row) -> Iterator[Finding]:
    off = float(row["value"]) - float(row["target_value"])
    for said in claims.mentioned.numbers:
        match = _OFF.match(claims.text[said.end :])
        if match is None and _EXCEEDED_BY.search(claims.text[: said.start]):
            yield from _exceeded(claims, row, said, off)
        if match is None or said.unit in ("per cent", "rate") or not off or not said.value:
            continue
        ratio = said.value / abs(off)
        if not 1 / _ANOTHER_THING <= ratio <= _ANOTHER_THING:
            continue
        is_right = fits(said, off) == "confirmed" and (off > 0) == bool(match["over"])
        side = "above" if off > 0 else "below"
        yield of_row(
            claims.sentence, "confirmed" if is_right else "contradicted", "target",
            f"{said.text.strip()}{match[0]}",
            f"it is {number(abs(off))} {side} the target of {number(float(row['target_value']))}",
            row,
        )  # fmt: skip


def _exceeded(claims: Claims, row: Row, said: Number, off: float) -> Iterator[Finding]:
    """Judge "the ceiling was exceeded by 1,343": which side is not said of every target."""
    if said.unit in ("per cent", "rate") or not off or not said.value:
        return
    if 1 / _ANOTHER_THING <= said.value / abs(off) <= _ANOTHER_THING:
        yield of_row(
            claims.sentence, "confirmed" if fits(said, off) == "confirmed" else "contradicted",
            "target", f"by {said.text.strip()}",
            f"it is {number(abs(off))} from the target of {number(float(row['target_value']))}",
            row,
        )  # fmt: skip


def _met(claims: Claims, row: Row) -> Iterator[Finding]:
    said = _MET.search(claims.text) or _MET_ITS_TARGET.search(claims.text)
    if said is None or row.get("polarity") not in ("lower_is_better", "higher_is_better"):
        return
    off = float(row["value"]) - float(row["target_value"])
    is_met = off <= 0 if row["polarity"] == "lower_is_better" else off >= 0
    yield of_row(
        claims.sentence, "confirmed" if is_met == bool(said["met"]) else "contradicted", "target",
        said[0], f"the target was {'met' if is_met else 'missed'}", row,
    )  # fmt: skip
