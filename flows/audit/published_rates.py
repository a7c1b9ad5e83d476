"""Judges rates against the publication: per 1,000 people, now and a year before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.agreement import fits
from flows.audit.claims import Comparison
from flows.audit.context import Context
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, number
from flows.audit.marks import Number
from flows.audit.of_something_else import rate_of_something_else
from flows.audit.periods import Period
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import query, right
from flows.audit.spoken_of import SpokenOf
from flows.papers.published import Row

_UP_TO_ITS_PERIOD = re.compile(r"(?:\sper\s[\d,]+)?[^\d,;.]{0,30}\b(?:in|for)\s", re.IGNORECASE)
_THE_FORCE = re.compile(r"\b(?:the|a)\sforce\b|\bforce(?:'s)?\srate\b", re.IGNORECASE)
# A rate that is off by so much at most may be one of another year's population.
_ANOTHER_POPULATION = 0.03


class PublishedRates:
    """Judges a rate by its own row, or by that of what the sentence names too."""

    def __init__(self, rows: PublishedRows, said: SpokenOf) -> None:
        self._rows = rows
        self._said = said

    def before(
        self, sentence: Sentence, one: Comparison, row: Row, *, is_other: bool
    ) -> Iterator[Finding]:
        """Judge the rate of the year before: "33.0 per 1,000, against 28.6 in the same months"."""
        before = one.previous
        if before is None or one.current is None or one.current.unit != "rate" or is_other:
            return
        if (
            row.get("rate") is None
            or row.get("previous_rate") is None
            or self._rows.beside(one) is not None
        ):
            return
        if one.previous_area or before.step >= 1:
            return
        rate = replace(before, unit="rate", base=before.base or one.current.base)
        if not self._said.mentioned.names_year_before and not self._is_of_no_period(one, row, rate):
            return
        of_before = {**row, "rate": row["previous_rate"], "value": row["previous_value"]}
        if not rate_of_something_else(rate, of_before):
            yield replace(rate_finding(sentence, of_before, rate), kind="rate before")

    def _is_of_no_period(self, one: Comparison, row: Row, rate: Number) -> bool:
        """Whether "from 78.3 to 81.4 per 1,000" begins at the rate of no period of its series."""
        said = [period for period in self._said.mentioned.periods if not period.is_vague]
        if (
            one.current is None
            or len(said) > 1
            or fits(one.current, float(row["rate"])) != "confirmed"
        ):
            return False
        return not any(
            other["period_type"] == row["period_type"]
            and other.get(name) is not None
            and fits(rate, float(other[name])) == "confirmed"
            for other in self._rows.series(one.context)
            for name in ("rate", "previous_rate")
        )

    def own_period(self, figure: Number) -> Period | None:
        """Return the period at a figure itself: "from 1.10 per 1,000 in July 2016 to 1.39"."""
        for period in self._said.mentioned.periods:
            between = self._said.text[figure.end : period.start]
            if figure.end <= period.start and _UP_TO_ITS_PERIOD.fullmatch(between):
                return None if period.is_vague else period
        return None

    def of_another(self, sentence: Sentence, context: Context, figure: Number) -> Finding | None:
        """Find an area or indicator that the sentence names too and whose rate the figure is."""
        said = self._said.mentioned
        others = [replace(context, area=area) for area in said.areas]
        others += [replace(context, indicator=indicator) for indicator in said.indicators]
        row = self._rows.row(context)
        if row is not None and row.get("force_name") and _THE_FORCE.search(self._said.text):
            others.append(replace(context, area=str(row["force_name"])))
        for about in others:
            other = self._rows.row(about)
            if other is not None and other.get("rate") is not None:
                finding = rate_finding(sentence, other, figure)
                if finding.verdict == "confirmed":
                    return finding
        return None


def rate_finding(sentence: Sentence, row: Row, figure: Number) -> Finding:
    """Judge a rate against that of a row, per as many as the text says."""
    rate = float(row["rate"])
    if figure.base is not None and row["rate_per"]:
        rate *= figure.base / float(row["rate_per"])
    verdict = fits(figure, rate)
    off = abs(abs(figure.value) - rate)
    if verdict != "confirmed" and off <= max(_ANOTHER_POPULATION * rate, 2 * figure.step):
        verdict = "doubtful"  # another year's population gives another rate
    reason = {
        "confirmed": "the publication has the same rate",
        "doubtful": "nearly the published rate: perhaps another population",
    }.get(verdict, f"the publication has {number(rate, 1)} per {figure.base or row['rate_per']:,}")
    if verdict == "contradicted" and figure.value == row["value"]:
        reason = "this is the number, not the rate"
    claim = figure.text.strip()
    return Finding(sentence, verdict, "rate", claim, reason, right(row), query(row))
