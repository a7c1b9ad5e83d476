"""Judges one figure against its row, and explains one that is that of something else."""

from __future__ import annotations

import re
from datetime import date

from flows.audit.agreement import are_swapped, fits
from flows.audit.context import Context
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict, gravity, number
from flows.audit.marks import Number
from flows.audit.of_something_else import same_unit
from flows.audit.periods import Period
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import query, right
from flows.audit.spoken_of import SpokenOf
from flows.audit.subjects import own_period
from flows.calendar_months import end_of_month_a_year_before, financial_year_days, financial_year_of
from flows.papers.published import Row

_FORCES_OWN = re.compile(
    r"\b(?:by|in|across|for)\sthe\s(?:police\s)?(?:force|county|region)\b|"
    r"\b(?:the|an?|whole|entire)\s(?:police\s)?(?:force|county|region)(?:\sarea)?(?:'s)?\s(?:total|figure|count|as\sa\swhole|number)\b",
    re.IGNORECASE,
)
_PART_OF_A_YEAR = re.compile(
    r"\b(?:first|second|third|fourth|last|final|opening|closing|busiest|quietest)\s"
    r"(?:(?:six|three|nine)\smonths|half|quarter)\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"\bhalf\b", re.IGNORECASE)
_THE_YEAR = re.compile(
    r"\b(?:for|over|across|during|in)\sthe\s(?:full\s|whole\s|entire\s)?year\b(?!\s(?:to|before|ending|ended|20))|"
    r"\bannual\s(?:total|figure|count|number)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:year|annual|twelve\smonths|12\smonths)\b", re.IGNORECASE)
# A figure that is off by so much at most may be another vintage of the same one.
_ANOTHER_VINTAGE = 0.01


class NearMisses:
    """Judges a figure of the publication, with what the sentence and the text before it name."""

    def __init__(self, rows: PublishedRows, said: SpokenOf) -> None:
        self._rows = rows
        self._said = said

    def _other_reading(
        self, context: Context, row: Row, kind: str, figure: Number
    ) -> tuple[Row, str] | None:
        """Find the row in which a figure that does not fit its own is right after all.

        What the sentence names elsewhere is tried: its areas, indicators and periods; where it
        names none of its own, those of the sentences before. A sentence that names one period and
        does not look back speaks of this period alone.
        """
        said = self._said.mentioned
        areas = dict.fromkeys((context.area, *said.areas))
        indicators = dict.fromkeys((context.indicator, *said.indicators))
        if _FORCES_OWN.search(self._said.text) and row.get("force_name"):
            areas[str(row["force_name"])] = None
        if not said.areas:
            areas |= dict.fromkeys(area for one in self._said.earlier for area in one.areas)
        if not said.indicators:
            indicators |= dict.fromkeys(
                name for one in self._said.earlier for name in one.indicators
            )
        spoken_of = (said,) if said.indicators else (said, *self._said.earlier)
        if any(one.may_be_all_crime for one in spoken_of):
            indicators["total_recorded_crime"] = None
        earlier = self._earlier_spans(row)
        is_of_one_period = len(said.periods) <= 1 and (
            not said.looks_back or self._stands_at_its_period(figure)
        )
        figures = ("value", "change") if is_of_one_period else ("value", "previous_value", "change")
        names = {
            "per cent": ("change_pct",), "points": ("change_pp",),
            "change": ("change", "value"), "share": ("value", "previous_value"),
        }.get(kind, figures)  # fmt: skip
        named = {period.last for period in said.periods if not period.is_vague}
        ends = named | {row["period_end"]}
        years_before = {end_of_month_a_year_before(end) for end in ends}
        if is_of_one_period and said.looks_back:
            pass
        elif len(named) < 2 or named & years_before:
            ends |= years_before
        else:  # July 2018 against July 2016: the year between is not spoken of
            names = tuple(name for name in names if name != "previous_value")
        together = self._together(row) if kind == "figure" and len(set(said.areas)) > 1 else None
        if together is not None and fits(figure, together) == "confirmed":
            return row, "value"
        for area in areas:
            for indicator in indicators:
                for other in self._rows.of(area, indicator):
                    span = (other["period_start"], other["period_end"])
                    is_same = span == (row["period_start"], row["period_end"])
                    if is_of_one_period and not is_same and span not in earlier:
                        continue
                    if other["period_end"] not in ends and span not in earlier:
                        continue
                    for name in names:
                        if (
                            kind == "year before"
                            and name == "previous_value"
                            and other["period_end"] not in named | {row["period_end"]}
                        ):
                            continue  # two years before
                        if (other is row and name == "value" and kind == "figure") or (
                            kind == "change" and name == "value" and other is not row
                        ):
                            continue
                        true = other.get(name)
                        if (
                            true is not None
                            and same_unit(figure, kind, other)
                            and fits(figure, float(true)) == "confirmed"
                        ):
                            return other, name
        return None

    def _stands_at_its_period(self, figure: Number) -> bool:
        """Whether the one period of the sentence is that of a figure: "2,828 in July 2018"."""
        return any(
            re.search(
                rf"{re.escape(figure.text.strip())}\s(?:[a-z-]+\s){{0,4}}?(?:in|for|during)\s(?:the\s)?"
                + re.escape(period.text),
                self._said.text,
            )
            for period in self._said.mentioned.periods
        )

    def stands_at(self, figure: Number, row: Row) -> bool:
        """Whether the period of a row is written at a figure itself: "54 in July 2017"."""
        own = own_period(figure, self._said.text, list(self._said.mentioned.periods))
        return (
            own is not None
            and not own.is_vague
            and (own.first, own.last) == (row["period_start"], row["period_end"])
        )

    def _earlier_spans(self, row: Row) -> set[tuple[date, date]]:
        """Return the periods that the sentences before speak of; "the year" is that around one."""
        spans: set[tuple[date, date]] = set()
        if not self._said.mentioned.periods:
            periods = [
                one for said in self._said.earlier for one in said.periods if not one.is_vague
            ]
            spans = {(one.first, one.last) for one in periods}
        if (_THE_YEAR if self._said.mentioned.periods else _YEAR).search(self._said.text):
            spans.add(financial_year_days(financial_year_of(row["period_end"])))
            spans.add((date(row["period_end"].year, 1, 1), date(row["period_end"].year, 12, 31)))
        return spans

    def _together(self, row: Row) -> float | None:
        """Sum the figure over the areas that the sentence names: Leeds and Bradford together."""
        period = Period(0, 0, "", row["period_start"], row["period_end"])
        rows = [
            self._rows.row(Context(area, row["indicator_id"], period))
            for area in set(self._said.mentioned.areas) - set(self._rows.forces)
        ]
        values = [one["value"] for one in rows if one is not None]
        return None if None in values or len(values) < 2 else float(sum(values))

    def finding(
        self,
        sentence: Sentence,
        context: Context,
        row: Row,
        kind: str,
        figure: Number,
        true: float,
        *,
        is_listed: bool = False,
        is_at_its_period: bool = False,
    ) -> Finding:
        """Judge a figure against the right one; of several listed, each has its own row alone.

        One that stands at its period, "54 in July 2017", is of no other year of its series.
        """
        verdict = fits(figure, true)
        if kind == "figure" and verdict != "confirmed" and row.get("available") is not None:
            verdict = min(verdict, fits(figure, float(row["available"])), key=gravity)
        reason = "the publication has the same figure"
        if verdict == "contradicted" and not is_listed:
            other = self._other_reading(context, row, kind, figure)
            is_own = other is not None and _is_of_one_series(other[0], row)
            if other is not None and not (
                is_own and (is_at_its_period or self.stands_at(figure, row))
            ):
                return Finding(
                    sentence, "confirmed", kind, figure.text.strip(), reason,
                    right(other[0]), query(other[0]),
                )  # fmt: skip
        if verdict != "confirmed":
            verdict, reason = self._near_miss(context, row, kind, figure, true, verdict)
        return Finding(sentence, verdict, kind, figure.text.strip(), reason, right(row), query(row))

    def _near_miss(
        self, context: Context, row: Row, kind: str, figure: Number, true: float, verdict: Verdict
    ) -> tuple[Verdict, str]:
        """Explain a figure that is not the one of its period."""
        part = self._its_part(context, row, figure) if kind == "figure" else None
        if part is not None:
            return "confirmed", f"the publication has the same figure of {part['period_label']}"
        if kind in ("figure", "year before", "change"):
            for other in self._rows.series(context):
                if (
                    _HALF.search(self._said.text)
                    and _is_half_year(other)
                    and not _is_half_year(row)
                    and figure.value == other["value"]
                ):
                    return "confirmed", f"the publication has it for {other['period_label']}"
                for name, what in (("value", ""), ("previous_value", "the year before of ")):
                    value = other.get(name)
                    if value is None or (other is row and name == "value"):
                        continue
                    if kind != "change" and abs(figure.value) == abs(value):
                        return (
                            "contradicted",
                            f"{number(figure.value)} is {what}{other['period_label']}; the text "
                            f"says {row['period_label']}",
                        )
            if kind == "figure":
                other_source = self._other_source(row, figure)
                if other_source:
                    return "doubtful", f"{other_source} has this figure; another source speaks here"
            if verdict == "contradicted" and kind != "change" and are_swapped(figure, true):
                return verdict, f"the publication has {number(true)}: two digits are swapped"
            near = abs(abs(figure.value) - abs(true)) <= _ANOTHER_VINTAGE * abs(true)
            if verdict == "contradicted" and near and kind != "change":
                return "doubtful", "nearly the published figure: perhaps another extract of it"
        if verdict == "doubtful":
            return verdict, "agrees but for the last digit"
        return verdict, f"the publication has {number(true, 1 if figure.unit != 'count' else 0)}"

    def _its_part(self, context: Context, row: Row, figure: Number) -> Row | None:
        """Find the month or half year of a row's period that a sentence says a figure is of.

        "Its peak of 676 in July", "the first six months had 1,236".
        """
        if str(row.get("period_type")) not in ("financial_year", "calendar_year", "rolling_12"):
            return None
        says_part = _PART_OF_A_YEAR.search(self._said.text) is not None
        return next(
            (
                other
                for other in self._rows.series(context)
                if other is not row
                and row["period_start"] <= other["period_start"]
                and other["period_end"] <= row["period_end"]
                and abs(figure.value) == abs(other["value"] or 0) > 0
                and (
                    f"{other['period_end']:%B}" in self._said.text
                    if other["period_type"] == "month"
                    else says_part
                )
            ),
            None,
        )

    def _other_source(self, row: Row, figure: Number) -> str:
        if "source" not in row:
            return ""
        rows = self._rows.rows(
            "select source from fct_indicator_values where area_code = $area "
            "and indicator_id = $indicator and period_start = $first and period_end = $last "
            "and value = $value and source <> $source order by source",
            area=row["area_code"],
            indicator=row["indicator_id"],
            first=row["period_start"],
            last=row["period_end"],
            value=abs(figure.value),
            source=row["source"],
        )
        return str(rows[0]["source"]) if rows else ""


def _is_of_one_series(one: Row, other: Row) -> bool:
    return (one["area_name"], one["indicator_id"]) == (other["area_name"], other["indicator_id"])


def _is_half_year(row: Row) -> bool:
    """Whether a row is of April to September."""
    return (row["period_start"].month, row["period_end"].month) == (4, 9)
