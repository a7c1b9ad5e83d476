"""Checks claims without figures: every crime type, every area, a trend over years."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.change_words import FALLS, RISES
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict, number
from flows.audit.published_rows import PublishedRows
from flows.papers.published import Row

_UP = rf"{RISES}|more|up|upwards?|higher"
_DOWN = rf"{FALLS}|down|downwards?|lower|fewer|less"
_MOVE = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_ALL_TYPES = re.compile(
    r"\b(?:all|every|each|across all)\s(?:one\s)?(?:of the\s)?(?:\d+\s)?(?:recorded\s)?"
    r"(?:(?:crime|offence)\s(?:types?|categor\w+|groups?)|types?\sof\scrime|categor\w+\sof\scrime)\b",
    re.IGNORECASE,
)
_ALL_AREAS = re.compile(
    r"\b(?:all|every|each)\s(?:one\s)?(?:of\s)?(?:the\s)?"
    r"(?:[\w'\N{RIGHT SINGLE QUOTATION MARK}]+\s){0,3}?"
    r"(?:areas?|districts?|boroughs?|partnerships?|authorit\w+)\b",
    re.IGNORECASE,
)
_ALL_NAMED = re.compile(
    r"\b(?:all|both|each)\s(?!of\b|crime\b|recorded\b|offences\b)", re.IGNORECASE
)
_TREND = re.compile(
    r"\b(?:consistent|steady|continu\w+|clear|long-term|sustained)\s(?:up|down)wards?\strend\b|"
    r"\b(?:increas\w+|risen|rose|fallen|fell|decreas\w+|grown|reduced|declined)\s(?:\w+\s){0,2}?"
    r"(?:year (?:on|after) year|every year|each year|consistently|steadily)\b",
    re.IGNORECASE,
)
_EACH_QUARTER = re.compile(
    r"\b(?:from\s(?:one\s)?quarter\sto\s(?:the\snext|quarter)|quarter\s(?:on|after|by)\squarter|"
    r"(?:in\s)?(?:each|every)\s(?:successive\s)?quarter)\b(?!\s(?:was|were|had|saw|of\s20))",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:from|between|since|in)\b[^.;]{0,40}?\b(?P<first>20\d\d)\b[^.;]*\b(?P<last>20\d\d)\b"
)
_DENIED = re.compile(
    r"\b(?:not|no|nor|never|neither|nearly|almost|most|except|exception|excluding|bar|apart)\b|n't\b",
    re.I,
)


class ClaimsInWords:
    """Judges what a sentence says in words of all types, all areas or several years."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the clauses of a sentence; what the publication does not hold is left out."""
        for text, context in claims.clauses:
            moves = {match.lastgroup for match in _MOVE.finditer(text)}
            if len(moves) != 1 or context.is_narrower or _DENIED.search(text):
                continue
            direction = str(next(iter(moves)))
            if _ALL_TYPES.search(text):
                yield from self._all(claims.sentence, text, direction, self._parts(context))
            elif _ALL_AREAS.search(text):
                yield from self._all(claims.sentence, text, direction, self._areas(context))
            elif len(set(claims.mentioned.indicators)) > 1 and _ALL_NAMED.search(text):
                yield from self._named(claims, text, context, direction)
            elif _EACH_QUARTER.search(text) or _TREND.search(text):
                yield from self._trend(claims.sentence, text, context, direction)

    def _named(
        self, claims: Claims, text: str, context: Context, direction: str
    ) -> Iterator[Finding]:
        """Judge "burglary, robbery and shoplifting all rose": each of those that are named."""
        _, indicators = claims.named_in(text)
        rows = [self._rows.row(replace(context, indicator=one)) for one in sorted(indicators)]
        known = [row for row in rows if row is not None and row.get("change") is not None]
        if len(known) == len(indicators) and len(set(claims.mentioned.areas)) <= 1:
            changes = [(str(row["indicator_name"]), float(row["change"])) for row in known]
            yield from self._all(claims.sentence, text, direction, changes)

    def _parts(self, context: Context) -> list[tuple[str, float]]:
        if context.period is None:
            return []
        rows = self._rows.rows(
            "select part_indicator_name as name, change from fct_contributions "
            "where area_name = $area and period_start = $first and period_end = $last "
            "and indicator_id = 'total_recorded_crime' and is_headline_source "
            "and change is not null order by change",
            area=context.area, first=context.period.first, last=context.period.last,
        )  # fmt: skip
        return [(str(row["name"]), float(row["change"])) for row in rows]

    def _areas(self, context: Context) -> list[tuple[str, float]]:
        if context.period is None:
            return []
        rows = self._rows.rows(
            "select area_name as name, change from rpt_figures where area_type = 'csp' "
            "and force_name = $force and indicator_id = $indicator and period_start = $first "
            "and period_end = $last and change is not null order by change",
            force=context.area, indicator=context.indicator,
            first=context.period.first, last=context.period.last,
        )  # fmt: skip
        return [(str(row["name"]), float(row["change"])) for row in rows]

    def _all(
        self, sentence: Sentence, text: str, direction: str, changes: list[tuple[str, float]]
    ) -> Iterator[Finding]:
        if len(changes) < 2:
            return
        others = [
            f"{name} ({number(change)})"
            for name, change in changes
            if change == 0 or (change > 0) != (direction == "up")
        ]
        verdict: Verdict = "contradicted" if others else "confirmed"
        word = "rise" if direction == "up" else "fall"
        reason = (
            f"these did not {word}: {', '.join(others)}" if others else f"all {len(changes)} did"
        )
        yield Finding(sentence, verdict, "all of them", text.strip(), reason)

    def _trend(
        self, sentence: Sentence, text: str, context: Context, direction: str
    ) -> Iterator[Finding]:
        values = self._yearly(text, context)
        if len(values) < 3:
            return
        steps = [later[1] - earlier[1] for earlier, later in itertools.pairwise(values)]
        holds = all(step and (step > 0) == (direction == "up") for step in steps)
        listed = ", ".join(f"{label} {number(value)}" for label, value in values)
        verdict: Verdict = "confirmed" if holds else "contradicted"
        yield Finding(sentence, verdict, "trend", text.strip(), listed)

    def _quarters(self, context: Context) -> list[tuple[str, float]]:
        """Return the values of the four quarters of the year spoken of."""
        if context.period is None:
            return []
        found = [
            (str(row["period_label"]), float(row["value"]))
            for row in self._rows.series(context)
            if row["period_type"] == "quarter"
            and row["value"] is not None
            and context.period.first <= row["period_start"]
            and row["period_end"] <= context.period.last
        ]
        return found if len(found) == 4 else []

    def _yearly(self, text: str, context: Context) -> list[tuple[str, float]]:
        """Return the values of the years spoken of, each a year after the one before."""
        if _EACH_QUARTER.search(text):
            return self._quarters(context)
        years = _YEARS.search(text)
        if years is None:
            return []
        first, last = int(years["first"]), int(years["last"])
        rows: list[Row] = self._rows.series(context)
        for kind in ("financial_year", "rolling_12", "ytd", "quarter", "month"):
            of_kind = [
                row
                for row in rows
                if row["period_type"] == kind
                and row["value"] is not None
                and first <= row["period_start"].year <= last
            ]
            seasons = {(row["period_end"].month, row["period_start"].month) for row in of_kind}
            if context.period is not None and kind in ("month", "quarter", "ytd"):
                month = context.period.last.month
                if context.period.first.month != 1 or context.period.last.month != 12:
                    of_kind = [row for row in of_kind if row["period_end"].month == month]
                    seasons = {one for one in seasons if one[0] == month}
            found = [row["period_start"].year for row in of_kind]
            if len(seasons) == 1 and found == list(range(first, last + 1)):
                return [(row["period_label"], float(row["value"])) for row in of_kind]
        return []
