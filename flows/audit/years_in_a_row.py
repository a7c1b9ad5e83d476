"""Reads and judges so many years in a row: "the third year running"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from flows.audit.change_words import FALLS, NOUN, RISES
from flows.audit.claims import Claims, Run
from flows.audit.context import Context
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Mark, ways_of
from flows.audit.number_words import small_number
from flows.audit.periods import FULL_MONTH
from flows.audit.published_rows import PublishedRows
from flows.audit.ranks import PLACE, place_of
from flows.audit.row_findings import of_row, query, right
from flows.audit.spoken_of import speaks_of_outcomes
from flows.calendar_months import end_of_month, end_of_month_a_year_before
from flows.papers.published import Row

_RUN = re.compile(
    rf"(?:for\s+the\s+)?{PLACE}\s+(?:consecutive\s+|successive\s+)?(?:year|{FULL_MONTH})\s+(?:running|in\s+a\s+row|in\s+succession)"
    rf"|{PLACE.replace('place', 'second')}\s+(?:consecutive|successive)\s+year"
    rf"|{PLACE.replace('place', 'third')}\s(?:annual|yearly|successive|consecutive)\s(?:{NOUN})"
    r"(?:\sin\sa\srow|\srunning)?"
    r"|(?P<count>two|three|four|five|\d)\s+years\s+(?:running|in\s+a\s+row)",
    re.IGNORECASE,
)


_IN_BOTH = re.compile(
    rf"\b(?:(?P<up>{RISES}|increases|rises|growth)|(?:{FALLS}|reductions|decreases|falls|drops))\sin\sboth\s"
    r"(?P<first>20\d\d/\d\d)\sand\s(?P<last>20\d\d/\d\d)\b",
    re.IGNORECASE,
)


def runs(text: str, context: Context, marks: list[Mark]) -> Iterator[Run]:
    """Find so many years in a row in a clause."""
    match = _RUN.search(text)
    if match is None:
        return
    place = match["place"] or match["second"] or match["third"]
    years = place_of(place) if place else small_number(match["count"])
    near = [m for m in marks if match.start() - 60 <= m.start <= match.end() + 60]
    ways = ways_of(near) or ways_of(marks)
    if len(ways) <= 1:
        yield Run(text, _of_its_month(context, match), years, "".join(ways))


def _of_its_month(context: Context, run: re.Match[str]) -> Context:
    """Read "for the second July running in 2018" as of July 2018."""
    month = re.search(FULL_MONTH, run[0])
    period = context.period
    if month is None or period is None or (period.first.month, period.last.month) != (1, 12):
        return context
    at = datetime.strptime(f"{month[0]} {period.last.year}", "%B %Y").date()
    end = end_of_month(at.year, at.month)
    return replace(context, period=replace(period, first=at, last=end))


class YearsInARow:
    """Judges them against the changes of the publication."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the runs of a sentence; what the publication does not hold is left out."""
        if speaks_of_outcomes(claims):
            return
        for run in claims.runs:
            yield from self._run(claims.sentence, run)
        for text, context in claims.clauses:
            yield from self._in_both(claims.sentence, text, context)

    def _in_both(self, sentence: Sentence, text: str, context: Context) -> Iterator[Finding]:
        """Judge "reductions in both 2016/17 and 2017/18" by the change of each year."""
        said = _IN_BOTH.search(text)
        if said is None or context.is_narrower or context.period is None:
            return
        last = self._rows.row(context)
        if last is None or str(last["period_label"]) != said["last"]:
            return
        before = next(
            (
                row
                for row in self._rows.series(context)
                if row["period_type"] == last["period_type"]
                and row["period_end"] == end_of_month_a_year_before(last["period_end"])
            ),
            None,
        )
        if before is None or str(before["period_label"]) != said["first"]:
            return
        changes = [before["change"], last["change"]]
        if None in changes:
            return
        is_up = said["up"] is not None
        holds = all((change > 0) == is_up and change for change in changes)
        yield of_row(
            sentence, "confirmed" if holds else "contradicted", "years in a row", said[0],
            f"the changes are {number(float(changes[0]), 1)} and {number(float(changes[1]), 1)}",
            last,
        )  # fmt: skip

    def _run(self, sentence: Sentence, run: Run) -> Iterator[Finding]:
        row = self._rows.row(run.context)
        if row is None or run.context.is_narrower or not run.direction:
            return
        in_a_row = self._years_in_a_row(run, row)
        if in_a_row is None:
            return
        verdict: Verdict = "confirmed" if in_a_row >= run.years else "contradicted"
        yield Finding(
            sentence,
            verdict,
            "years in a row",
            run.text.strip(),
            f"it {'rose' if run.direction == 'up' else 'fell'} {in_a_row} "
            f"{'year' if in_a_row == 1 else 'years'} in a row up to {row['period_label']}",
            right(row),
            query(row),
        )

    def _years_in_a_row(self, run: Run, row: Row) -> int | None:
        if run.direction == "down" and row.get("years_reduced_in_a_row") is not None:
            known = self._known_years_before(run, row)
            years = int(row["years_reduced_in_a_row"])
            return years if years >= run.years or known >= run.years else None
        count = 0
        by_end = {
            (one["period_type"], one["period_end"]): one for one in self._rows.series(run.context)
        }
        end: date = row["period_end"]
        while (one := by_end.get((row["period_type"], end))) is not None:
            if one["change"] is None:
                return count if count >= run.years else None
            if (one["change"] > 0) != (run.direction == "up") or one["change"] == 0:
                return count
            count += 1
            end = end_of_month_a_year_before(end)
        return count if count >= run.years else None

    def _known_years_before(self, run: Run, row: Row) -> int:
        """Count the years that are known without a gap up to this one, changes among them."""
        return sum(
            1
            for one in self._rows.series(run.context)
            if one["period_end"] <= row["period_end"] and one["change"] is not None
        )
