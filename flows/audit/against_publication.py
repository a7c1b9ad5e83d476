"""Checks the claims of a draft against the publication: figures, changes, ranks and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from flows.audit.claims import Claims, Comparison, Mentioned, Run, Share
from flows.audit.consistency import fits
from flows.audit.context import Context
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Number, Period
from flows.audit.ranks import Rank
from flows.audit.vocabulary import Vocabulary
from flows.calendar_months import end_of_month_a_year_before
from flows.papers.published import Published, Row
from flows.sql_text import literal

_QUERY = (
    "select sentence, value, previous_value, change, change_pct from rpt_figures "
    "where area_name = {area} and indicator_id = '{indicator}' and period_label = '{period}'"
)
_OF_A_SHARE = re.compile(
    r"\b(?:share|proportion|percentage(?!\spoints?)|fraction)\b", re.IGNORECASE
)
# Words of the parts of a force, of which the force's own figure says nothing.
_SOME_AREAS = re.compile(
    r"\b(?:districts?|partnerships?|boroughs?|authorit(?:y|ies)|areas)\b", re.IGNORECASE
)
# A figure that is off by so much at most may be another vintage of the same one.
_ANOTHER_VINTAGE = 0.01
# From so many per cent on a change that is statistically clear is not "broadly the same".
_NOT_LEVEL = 5.0


class AgainstPublication:
    """Judges claims whose area, indicator and period are known to the publication."""

    def __init__(self, published: Published, vocabulary: Vocabulary) -> None:
        self._published = published
        self._vocabulary = vocabulary
        self._mentioned = Mentioned()

    @cached_property
    def areas(self) -> list[str]:
        """Names of all partnerships and forces, with figures or without, and what else has some.

        A figure of Sheffield is not one of the area that the sentence before was about.
        """
        names = self._published.rows(
            "select area_name from dim_areas where area_type in ('csp', 'force') "
            "union select area_name from rpt_figures union select area_name from fct_grant_lines"
        )
        return sorted({str(row["area_name"]) for row in names})

    @cached_property
    def forces(self) -> list[str]:
        """Names of police forces."""
        rows = self._published.rows(
            "select distinct area_name as name from dim_areas where area_type = 'force' "
            "union select distinct force_name from rpt_figures where force_name is not null"
        )
        return sorted({str(row["name"]) for row in rows})

    @cached_property
    def _rows(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self._published.rows(
            "select * from rpt_figures order by area_type <> 'csp', period_end, period_type"
        ):
            found.setdefault((row["area_name"], row["indicator_id"]), []).append(row)
        for row in self._published.rows(
            "select area_name, 'grant' as indicator_id, 'Grant' as indicator_name, "
            "'financial_year' as period_type, period_label, period_start, period_end, "
            "allocation as value, available, previous_allocation as previous_value, "
            "allocation_change as change, allocation_change_pct as change_pct, "
            "years_reduced_in_a_row, 'pounds' as unit from fct_grant_lines "
            "where is_total and is_whole_year order by period_end"
        ):
            found.setdefault((row["area_name"], "grant"), []).append(row)
        return found

    @cached_property
    def _proportions(self) -> dict[str, str]:
        """Which proportion has an indicator as its numerator: repeats, so the repeat rate."""
        rows = self._published.rows(
            "select indicator_id, numerator_indicator_id from dim_indicators "
            "where value_kind = 'proportion' and numerator_indicator_id is not null "
            "order by indicator_id"
        )
        return {row["numerator_indicator_id"]: row["indicator_id"] for row in reversed(rows)}

    def enter(self, claims: Claims) -> None:
        """Take note of the sentence that is judged next."""
        self._mentioned = claims.mentioned

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the claims of a sentence; what cannot be found is left out."""
        self.enter(claims)
        for comparison in claims.comparisons:
            yield from self._comparison(claims.sentence, comparison)
        for share in claims.shares:
            yield from self._share(claims.sentence, share)
        for rank in claims.ranks:
            yield from self._rank(claims.sentence, rank)
        for run in claims.runs:
            yield from self._run(claims.sentence, run)
        for context, figure in claims.figures:
            yield from self._figure(claims.sentence, context, figure)

    def rows(self, query: str, **parameters: object) -> list[Row]:
        """Ask the publication."""
        return self._published.rows(query, **parameters)

    def cell(
        self, sentence: Sentence, context: Context, role: str, figure: Number
    ) -> Iterator[Finding]:
        """Judge a cell of a table; `role` is value, previous_value, change or change_pct."""
        row = self.row(context)
        if row is None or row.get(role) is None:
            return
        kind = {
            "value": "figure", "previous_value": "year before", "change": "change",
            "change_pct": "per cent",
        }[role]  # fmt: skip
        if not _same_unit(figure, kind, row):
            return
        true = float(row[role])
        finding = self._number(sentence, context, row, kind, figure, true)
        yield _with_its_sign(finding, figure, true)

    def members_of(self, row: Row) -> list[Row]:
        """Return the rows of all partnerships of its force for the same indicator and period."""
        found = {
            str(other["area_name"]): other
            for series in self._rows.values()
            for other in series
            if other.get("area_type") == "csp"
            and other["indicator_id"] == row["indicator_id"]
            and (other["period_start"], other["period_end"])
            == (row["period_start"], row["period_end"])
            and other["force_code"] == row["force_code"]
        }
        return list(found.values())

    def rate_cell(self, sentence: Sentence, context: Context, figure: Number) -> Iterator[Finding]:
        """Judge a cell of a table of rates."""
        row = self.row(context)
        if row is not None and row.get("rate") is not None:
            yield self._rate(sentence, row, figure)

    def series(self, context: Context) -> list[Row]:
        """Return all rows of an area and indicator."""
        return self._rows.get((context.area, context.indicator), [])

    def row(self, context: Context) -> Row | None:
        """Return the row of exactly the period that is spoken of."""
        if context.period is None:
            return None
        return next(
            (
                row
                for row in self.series(context)
                if (row["period_start"], row["period_end"])
                == (context.period.first, context.period.last)
            ),
            None,
        )

    def _comparison(self, sentence: Sentence, one: Comparison) -> Iterator[Finding]:
        if one.context.is_narrower:
            return  # a part of an area or of an indicator: the publication has only the whole
        if _OF_A_SHARE.search(one.text) and not one.numbers:
            one.context = self._proportion(one.context)
        row = self.row(one.context)
        if row is None:
            row = self._row_by_value(one)
        if row is None or row["value"] is None:
            return
        if one.current is not None and one.current.unit == "rate" and row.get("rate") is not None:
            yield self._rate(sentence, row, one.current)
        is_other = self._is_other_comparison(one)
        if one.multiple is not None and row.get("change_pct") is not None and not is_other:
            yield from self._multiple_of_some_period(sentence, one, row)
        said = (
            ("figure", one.current, "value"),
            ("year before", one.previous, "previous_value"),
            ("change", one.change, "change"),
            ("per cent", one.percent, "change_pct"),
            ("points", one.points, "change_pp"),
        )
        judged = 0
        for kind, figure, name in said:
            true = row.get(name)
            if kind == "year before" and figure is not None:
                beside = self._beside(one)
                if beside is not None:
                    if beside["value"] is not None and _same_unit(figure, "figure", beside):
                        yield self._number(
                            sentence, one.context, beside, "figure", figure, float(beside["value"])
                        )
                    continue
            if figure is None or true is None or not _same_unit(figure, kind, row):
                continue
            if is_other and kind != "figure":
                continue
            is_rate = one.current is not None and one.current.unit == "rate"
            if is_rate and kind in ("change", "year before"):
                continue  # two rates differ by a rate
            is_of_parts = row.get("area_type") == "force" and _SOME_AREAS.search(one.text)
            if is_of_parts and kind == "figure" and fits(figure, float(true)) != "confirmed":
                continue  # districts together are not the force: crimes without a place are in none
            if (
                kind == "figure"
                and figure.unit != "per cent"
                and _counts_something_else(figure, float(true), one)
                and not self._is_another_ones(figure, one, row)
            ):
                continue
            judged += 1
            finding = self._number(
                sentence, one.context, row, kind, figure, float(true), is_listed=one.is_listed
            )
            if kind in ("change", "per cent", "points") and finding.verdict == "confirmed":
                finding = _with_its_sign(finding, figure, float(true))
            yield finding
        if not is_other:
            yield from self._words(sentence, one, row, judged)

    def _multiple_of_some_period(
        self, sentence: Sentence, one: Comparison, row: Row
    ) -> Iterator[Finding]:
        """Judge "by a third" of the period it fits, where a clause names several."""
        found = list(_multiple(sentence, one, row))
        for period in self._mentioned.periods:
            other = self.row(replace(one.context, period=period))
            if other is None or other is row or other.get("change_pct") is None:
                continue
            again = list(_multiple(sentence, one, other))
            if again and _gravity(again[0].verdict) < _gravity(found[0].verdict):
                found = again
        yield from found

    def _is_another_ones(self, figure: Number, one: Comparison, row: Row) -> bool:
        """Whether a figure is that of another area, indicator or period, and so a mistake here."""
        if abs(figure.value) < (20 if one.is_at_its_indicator else 100):
            return False
        for (area, indicator), series in self._rows.items():
            for other in series:
                period = (other["period_start"], other["period_end"])
                same = (
                    area == row["area_name"],
                    indicator == row["indicator_id"],
                    period == (row["period_start"], row["period_end"]),
                )
                if sum(same) == 2 and other["value"] == abs(figure.value):
                    return True
        return False

    def finding(
        self, sentence: Sentence, verdict: Verdict, kind: str, claim: str, reason: str, row: Row
    ) -> Finding:
        """Write a finding about a row, with its right figure and its query."""
        return Finding(sentence, verdict, kind, claim, reason, _right(row), _query(row))

    def _is_other_comparison(self, one: Comparison) -> bool:
        return self.compares_with_something_else(one.text, one.context)

    def compares_with_something_else(self, text: str, context: Context) -> bool:
        """Whether the change is one from something else than the same months of the year before."""
        if self._vocabulary.other_comparisons.search(text):
            return True
        now = context.period
        return now is not None and any(
            period.last < now.first and not _is_a_year_before(period, now)
            for period in self._mentioned.periods
        )

    def _other_reading(
        self, context: Context, row: Row, kind: str, figure: Number
    ) -> tuple[Row, str] | None:
        """Find the row in which a figure that does not fit its own is right after all.

        What the sentence names elsewhere is tried: its areas, indicators and periods. A sentence
        that names one period and does not look back speaks of this period alone.
        """
        said = self._mentioned
        areas = dict.fromkeys((context.area, *said.areas))
        indicators = dict.fromkeys((context.indicator, *said.indicators))
        if said.may_be_all_crime:
            indicators["total_recorded_crime"] = None
        is_of_one_period = len(said.periods) <= 1 and not said.looks_back
        figures = ("value", "change") if is_of_one_period else ("value", "previous_value", "change")
        names = {
            "per cent": ("change_pct",), "points": ("change_pp",),
            "change": ("change", "value"), "share": ("value", "previous_value"),
        }.get(kind, figures)  # fmt: skip
        named = {period.last for period in said.periods}
        ends = named | {row["period_end"]}
        years_before = {end_of_month_a_year_before(end) for end in ends}
        if len(named) < 2 or named & years_before:
            ends |= years_before
        else:  # July 2018 against July 2016: the year between is not spoken of
            names = tuple(name for name in names if name != "previous_value")
        together = self._together(row) if kind == "figure" and len(set(said.areas)) > 1 else None
        if together is not None and fits(figure, together) == "confirmed":
            return row, "value"
        for area in areas:
            for indicator in indicators:
                for other in self._rows.get((area, indicator), []):
                    if is_of_one_period and other["period_end"] != row["period_end"]:
                        continue
                    if is_of_one_period and other["period_start"] != row["period_start"]:
                        continue
                    if other["period_end"] not in ends:
                        continue
                    for name in names:
                        if (other is row and name == "value" and kind == "figure") or (
                            kind == "change" and name == "value" and other is not row
                        ):
                            continue
                        true = other.get(name)
                        if (
                            true is not None
                            and _same_unit(figure, kind, other)
                            and fits(figure, float(true)) == "confirmed"
                        ):
                            return other, name
        return None

    def _together(self, row: Row) -> float | None:
        """Sum the figure over the areas that the sentence names: Leeds and Bradford together."""
        period = Period(0, 0, "", row["period_start"], row["period_end"])
        rows = [
            self.row(Context(area, row["indicator_id"], period))
            for area in set(self._mentioned.areas) - set(self.forces)
        ]
        values = [one["value"] for one in rows if one is not None]
        return None if None in values or len(values) < 2 else float(sum(values))

    def _beside(self, one: Comparison) -> Row | None:
        """Return the row of a second figure that has its own area or period in the text."""
        if one.previous_area and one.previous_area != one.context.area:
            return self.row(replace(one.context, area=one.previous_area))
        if one.previous_period is not None and one.context.period is not None:
            return self.row(replace(one.context, period=one.previous_period))
        return None

    def _row_by_value(self, one: Comparison) -> Row | None:
        """Without a period in the text, the one row whose figures are those of the text."""
        if one.context.period is not None or one.current is None or one.current.value < 20:
            return None
        rows = [
            row
            for row in self.series(one.context)
            if row["value"] is not None
            and _same_unit(one.current, "figure", row)
            and fits(one.current, float(row["value"])) == "confirmed"
        ]
        return rows[0] if rows else None

    def _number(
        self,
        sentence: Sentence,
        context: Context,
        row: Row,
        kind: str,
        figure: Number,
        true: float,
        *,
        is_listed: bool = False,
    ) -> Finding:
        verdict = fits(figure, true)
        if kind == "figure" and verdict != "confirmed" and row.get("available") is not None:
            verdict = min(verdict, fits(figure, float(row["available"])), key=_gravity)
        reason = "the publication has the same figure"
        if verdict == "contradicted" and not is_listed:
            other = self._other_reading(context, row, kind, figure)
            if other is not None:
                return Finding(
                    sentence, "confirmed", kind, figure.text.strip(), reason,
                    _right(other[0]), _query(other[0]),
                )  # fmt: skip
        if verdict != "confirmed":
            verdict, reason = self._near_miss(context, row, kind, figure, true, verdict)
        return Finding(
            sentence, verdict, kind, figure.text.strip(), reason, _right(row), _query(row)
        )

    def _near_miss(
        self, context: Context, row: Row, kind: str, figure: Number, true: float, verdict: Verdict
    ) -> tuple[Verdict, str]:
        """Explain a figure that is not the one of its period."""
        if kind in ("figure", "year before", "change"):
            for other in self.series(context):
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
            if verdict == "contradicted" and kind != "change" and _are_swapped(figure.value, true):
                return verdict, f"the publication has {number(true)}: two digits are swapped"
            near = abs(abs(figure.value) - abs(true)) <= _ANOTHER_VINTAGE * abs(true)
            if verdict == "contradicted" and near and kind != "change":
                return "doubtful", "nearly the published figure: perhaps another extract of it"
        if verdict == "doubtful":
            return verdict, "agrees but for the last digit"
        return verdict, f"the publication has {number(true, 1 if figure.unit != 'count' else 0)}"

    def _other_source(self, row: Row, figure: Number) -> str:
        if "source" not in row:
            return ""
        rows = self._published.rows(
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

    def _words(
        self, sentence: Sentence, one: Comparison, row: Row, judged: int
    ) -> Iterator[Finding]:
        change = row["change"] if row.get("change_pp") is None else row["change_pp"]
        if change is None or one.direction == "":
            return
        if one.numbers and _OF_A_SHARE.search(one.text):
            return  # the share moved, not the figure
        if row.get("area_type") == "force" and _SOME_AREAS.search(one.text):
            return
        significance = row.get("significance")
        claim = one.text.strip()

        def finding(verdict: Verdict, reason: str) -> Finding:
            return Finding(sentence, verdict, "direction", claim, reason, _right(row), _query(row))

        if one.direction in ("up", "down"):
            if change == 0 or (change > 0) != (one.direction == "up"):
                yield finding("contradicted", f"it {_moved(change)}")
            elif one.degree == "large" and significance == "no clear change":
                yield finding("contradicted", "the change is within normal variation")
            elif one.degree == "normal" and significance in ("higher", "lower"):
                yield finding("contradicted", "the change is statistically clear")
            elif row.get("break_note"):
                yield finding("doubtful", f"not comparable: {row['break_note']}")
            elif significance == "no clear change" and not judged and one.degree != "normal":
                yield finding("doubtful", "the change is within normal variation")
            else:
                yield finding("confirmed", f"it {_moved(change)}")
        elif (
            one.direction == "same"
            and significance in ("higher", "lower")
            and abs(row.get("change_pct") or _NOT_LEVEL) >= _NOT_LEVEL
        ):
            yield finding("contradicted", f"it {_moved(change)}, and that is statistically clear")
        elif one.direction == "same" and significance == "no clear change":
            yield finding("confirmed", "the change is within normal variation")

    def _proportion(self, context: Context) -> Context:
        """Turn a numerator into its proportion: repeats into the repeat rate."""
        named = (context.indicator, *self._mentioned.indicators)
        indicator = next((self._proportions[one] for one in named if one in self._proportions), "")
        return replace(context, indicator=indicator)

    def _share(self, sentence: Sentence, share: Share) -> Iterator[Finding]:
        if share.context.is_narrower:
            return
        indicator = self._proportions.get(share.context.indicator)
        if indicator is None and share.context.indicator.startswith("marac"):
            indicator = "marac_repeat_rate"
        row = self.row(replace(share.context, indicator=indicator)) if indicator else None
        if row is None:
            return
        name = "previous_value" if share.is_of_year_before else "value"
        if row[name] is not None:
            of_rate = replace(share.context, indicator=str(row["indicator_id"]))
            yield self._number(sentence, of_rate, row, "share", share.share, float(row[name]))
        if share.direction and row["change_pp"]:
            agrees = (row["change_pp"] > 0) == (share.direction == "up")
            yield Finding(
                sentence,
                "confirmed" if agrees else "contradicted",
                "direction",
                share.text.strip(),
                f"the rate {_moved(row['change_pp'])}",
                _right(row),
                _query(row),
            )

    def _figure(self, sentence: Sentence, context: Context, figure: Number) -> Iterator[Finding]:
        """Confirm a figure of which nothing more is said; leave it alone where it is not found."""
        row = self.row(context)
        if row is None:
            return
        if figure.unit == "rate" and row.get("rate") is not None and not context.is_narrower:
            finding = self._rate(sentence, row, figure)
            if finding.verdict == "contradicted":
                finding = self._rate_of_another(sentence, context, figure) or finding
            yield finding
            return
        for name in ("value", "previous_value", "rate", "available"):
            true = row.get(name)
            if true is not None and fits(figure, float(true)) == "confirmed":
                yield Finding(
                    sentence,
                    "confirmed",
                    "figure",
                    figure.text.strip(),
                    "the publication has the same figure",
                    _right(row),
                    _query(row),
                )
                return

    def _rate_of_another(
        self, sentence: Sentence, context: Context, figure: Number
    ) -> Finding | None:
        """Find an area that the sentence names too and whose rate the figure is."""
        for area in self._mentioned.areas:
            other = self.row(replace(context, area=area))
            if other is not None and other.get("rate") is not None:
                finding = self._rate(sentence, other, figure)
                if finding.verdict == "confirmed":
                    return finding
        return None

    def _rate(self, sentence: Sentence, row: Row, figure: Number) -> Finding:
        rate = float(row["rate"])
        if figure.base is not None and row["rate_per"]:
            rate *= figure.base / float(row["rate_per"])
        verdict = fits(figure, rate)
        off = abs(abs(figure.value) - rate)
        if verdict != "confirmed" and off <= max(0.1 * rate, 2 * figure.step):
            verdict = "doubtful"  # another year's population gives another rate
        reason = {
            "confirmed": "the publication has the same rate",
            "doubtful": "nearly the published rate: perhaps another population",
        }.get(
            verdict, f"the publication has {number(rate, 1)} per {figure.base or row['rate_per']:,}"
        )
        if verdict == "contradicted" and figure.value == row["value"]:
            reason = "this is the number, not the rate"
        claim = figure.text.strip()
        return Finding(sentence, verdict, "rate", claim, reason, _right(row), _query(row))

    def _rank(self, sentence: Sentence, rank: Rank) -> Iterator[Finding]:
        row = self._ranked_row(rank)
        if row is None or rank.context.is_narrower:
            return
        if rank.force and rank.force not in (row.get("force_name"), row.get("area_name")):
            return
        ways = ("rate", "number") if rank.by == "any" else (rank.by,)
        places = [
            (by, *standing)
            for by in ways
            if (standing := self._standing(rank, row, by)) is not None
        ]
        if not places:
            return
        verdicts = [
            (_judged_place(rank, row, place, among), by, place, among)
            for by, place, among in places
        ]
        verdict, by, place, among = min(verdicts, key=lambda one: _gravity(one[0]))
        end = "lowest" if _from_low(rank, row) else "highest"
        right = (
            f"{row['area_name']} is number {place} of {among} from the {end} by {by} "
            f"({row['indicator_name']}, {row['period_label']})."
        )
        reason = f"the place is {place} of {among}"
        if verdict == "doubtful" and not rank.is_one_of and rank.circle == "family":
            reason = f"only {among} of {row.get('family_size')} members of the family report"
        yield Finding(sentence, verdict, "rank", rank.words, reason, right, _query(row))

    def _standing(self, rank: Rank, row: Row, by: str) -> tuple[int, int] | None:
        """Give the area's place from the end that is spoken of, and among how many."""
        circle = rank.circle or "force"
        true: int | None
        among: int | None
        if by == "number":
            if circle == "family" or row.get("area_type") != "csp":
                return None
            members = self.members_of(row)
            values = sorted(one["value"] for one in members if one["value"] is not None)
            true, among = values.index(row["value"]) + 1, len(values)
        else:
            true, among = (
                row.get(name)
                for name in {
                    ("family", "rate"): ("family_rank", "family_members_reporting"),
                    ("force", "rate"): ("force_rate_rank", "force_areas_ranked"),
                    ("force", "change"): ("force_change_rank", "force_areas_ranked_by_change"),
                }.get((circle, by), ("", ""))
            )
        if true is None or among is None or among < 2:
            return None
        lowest_first = by == "number" or row["polarity"] != "higher_is_better"
        from_low = true if lowest_first else among - true + 1
        return (from_low if _from_low(rank, row) else among - from_low + 1), among

    def _ranked_row(self, rank: Rank) -> Row | None:
        row = self.row(rank.context)
        return row if row is not None and "polarity" in row else None

    def _run(self, sentence: Sentence, run: Run) -> Iterator[Finding]:
        row = self.row(run.context)
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
            _right(row),
            _query(row),
        )

    def _years_in_a_row(self, run: Run, row: Row) -> int | None:
        if run.direction == "down" and row.get("years_reduced_in_a_row") is not None:
            known = self._known_years_before(run, row)
            years = int(row["years_reduced_in_a_row"])
            return years if years >= run.years or known >= run.years else None
        count = 0
        by_end = {(one["period_type"], one["period_end"]): one for one in self.series(run.context)}
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
            for one in self.series(run.context)
            if one["period_end"] <= row["period_end"] and one["change"] is not None
        )


def _from_low(rank: Rank, row: Row) -> bool:
    """Whether places are counted from the lowest value; the largest reduction is one of these."""
    lowest_is_best = row["polarity"] != "higher_is_better"
    if rank.end in ("best", "worst"):
        return bool((rank.end == "best") == lowest_is_best)
    wants_low = rank.end in ("lowest", "smallest", "fewest", "least", "")
    return bool(wants_low != rank.is_reduction)


def _judged_place(rank: Rank, row: Row, place: int, among: int) -> Verdict:
    size = row.get("family_size") if rank.circle == "family" else among
    if rank.is_one_of:
        if place <= max(2, among // 3):
            return "confirmed"
        return "doubtful" if place <= (among + 1) // 2 else "contradicted"
    if rank.of is not None and rank.of not in (among, size):
        return "not checkable" if rank.place != place else "doubtful"
    if place != rank.place:
        # "second of five" does not say from which end
        if not rank.end and among - place + 1 == rank.place:
            return "doubtful"
        return "contradicted"
    return "doubtful" if rank.circle == "family" and among != size else "confirmed"


# Per cents that have a name of their own.
_FRACTIONS = (10.0, 20.0, 25.0, 100 / 3, 50.0, 200 / 3, 75.0, 100.0)


def _multiple(sentence: Sentence, one: Comparison, row: Row) -> Iterator[Finding]:
    """Judge "by a third" where the text gives no figures; with both, arithmetic judges it."""
    if one.multiple is None or (one.current is not None and one.previous is not None):
        return
    true = float(row["change_pct"])
    agrees = one.multiple.direction == "any" or (true > 0) == (one.multiple.direction == "up")
    low, high = one.multiple.low, one.multiple.high
    verdict: Verdict = "contradicted"
    if agrees and low <= abs(true) <= high:
        verdict = "confirmed"
    elif agrees and 0.9 * low <= abs(true) <= 1.1 * high:
        verdict = "doubtful"
        nearest = min(_FRACTIONS, key=lambda one: abs(one - abs(true)))
        if abs(nearest - abs(true)) <= 1 and not low <= nearest <= high:
            verdict = "contradicted"  # a quarter is not "about a third"
    reason = f"the change is {number(true, 1)}%"
    yield Finding(
        sentence, verdict, "multiple", one.multiple_text, reason, _right(row), _query(row)
    )


def _is_of_wrong_scale(figure: Number, true: float) -> bool:
    """Whether thousands are written as millions: £369m for £369,000."""
    if not re.search(r"(?:[mk]|million|thousand)\s*$", figure.text, re.IGNORECASE):
        return False
    scaled = (abs(figure.value) * factor for factor in (1e-6, 1e-3, 1e3, 1e6))
    return any(true and abs(one - true) <= 0.005 * true for one in scaled)


def _are_swapped(said: float, true: float) -> bool:
    """Whether two neighbouring digits have changed places: 17,434 for 17,344."""
    one, other = f"{abs(said):.10g}", f"{abs(true):.10g}"
    if len(one) != len(other) or len(one) < 3:
        return False
    differ = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and one[differ[0]] == other[differ[1]]
        and one[differ[1]] == other[differ[0]]
    )


def _gravity(verdict: Verdict) -> int:
    return ("confirmed", "doubtful", "contradicted", "not checkable").index(verdict)


def _same_unit(figure: Number, kind: str, row: Row) -> bool:
    if kind == "per cent":
        return figure.unit == "per cent"
    if kind == "points":
        return figure.unit == "points"
    if row.get("unit") == "per cent":
        return figure.unit == "per cent"
    if row.get("unit") == "pounds":
        return figure.unit == "pounds"
    return figure.unit == "count"


# A figure that is less than half or more than twice the right one counts something else, unless it
# stands at the name of its indicator.
_ANOTHER_THING, _ANOTHER_OF_ITS_NAME = 2.0, 3.0


def _counts_something_else(figure: Number, true: float, one: Comparison) -> bool:
    said, true = abs(figure.value), abs(true)
    if true == said or _are_swapped(said, true) or _is_of_wrong_scale(figure, true):
        return False
    limit = _ANOTHER_OF_ITS_NAME if one.is_at_its_indicator else _ANOTHER_THING
    return not said or not true or max(said / true, true / said) > limit


def _with_its_sign(finding: Finding, figure: Number, true: float) -> Finding:
    """Contradict a figure whose written sign is not that of the change."""
    signed = figure.text.strip()[:1] in "+-\N{MINUS SIGN}"
    if signed and true and (figure.value > 0) != (true > 0):
        return replace(finding, verdict="contradicted", reason=f"it {_moved(true)}")
    return finding


def _moved(change: float) -> str:
    return "rose" if change > 0 else "fell" if change < 0 else "did not change"


def _right(row: Row) -> str:
    if row.get("sentence"):
        return str(row["sentence"])
    words = f"{row['area_name']}, {row['indicator_name'].lower()} {row['period_label']}: £"
    words += number(float(row["value"]))
    if row["change"] is not None:
        words += f", a change of £{number(float(row['change']))}"
        if row["change_pct"] is not None:
            words += f" ({number(float(row['change_pct']), 1)}%)"
    return words + "."


def _query(row: Row) -> str:
    if row["indicator_id"] == "grant":
        return (
            "select period_label, allocation, carry_forward_in, allocation_change_pct "
            f"from fct_grant_lines where area_name = '{row['area_name']}' and is_total"
        )
    return _QUERY.format(
        area=literal(row["area_name"]),
        indicator=row["indicator_id"],
        period=row["period_label"],
    )


def _is_a_year_before(one: Period, other: Period) -> bool:
    first = other.first.replace(year=other.first.year - 1)
    return (first, end_of_month_a_year_before(other.last)) == (one.first, one.last) or (
        # "2016" beside July 2018 or 2017/18 may mean the same months of that year
        one.text.strip().isdigit() and one.first.year == other.first.year - 1
    )
