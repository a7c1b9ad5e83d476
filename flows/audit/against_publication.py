"""Checks the claims of a draft against the publication: figures, changes, ranks and words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from flows.audit.agreement import are_swapped, fits
from flows.audit.area_words import AREAS
from flows.audit.claims import Claims, Comparison, Mentioned, Share
from flows.audit.context import Context
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict, gravity, number
from flows.audit.fractions_of_change import has_another_name
from flows.audit.marks import Number
from flows.audit.number_words import COUNT
from flows.audit.of_something_else import (
    counts_something_else,
    is_of_another_noun,
    is_of_another_year,
    rate_of_something_else,
    same_unit,
)
from flows.audit.other_comparisons import compares_with_something_else, is_of_all_but_one
from flows.audit.periods import Period
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import moved, query, right
from flows.audit.vocabulary import Vocabulary
from flows.calendar_months import (
    end_of_month_a_year_before,
    financial_quarter_days,
    financial_year_days,
    financial_year_of,
)
from flows.papers.published import Row

_OF_A_SHARE = re.compile(
    r"\b(?:share|proportion|percentage(?!\spoints?)|fraction)\b", re.IGNORECASE
)
# A sentence goes on with what was spoken of: "It fell", "The figure was", "82 fewer offences".
_SAME_SUBJECT = re.compile(
    r"^(?:(?:and|but|so|by\scontrast|however)\b,?\s)?(?:it|this|that|these|those|they|there|of\s(?:these|those|"
    r"them|which)|(?:the|its|their)\s(?:\w+\s)?(?:figure|number|rate|total|level|volume|rise|fall|increase|"
    r"decrease|reduction|change|count|proportion|share|equivalent|comparable|corresponding|previous|same)s?)\b|"
    r"\b(?:offences?|crimes?|incidents?|cases?|calls?|reports?|repeats?|recorded|referrals?)\b|"
    r"\bthere\s(?:were|was|had\sbeen)\s\d[\d,]*(?=[,.;]|\s(?:in|compared|against)\s)|^\W*[£\d]",
    re.IGNORECASE,
)
_FORCES_OWN = re.compile(
    r"\b(?:by|in|across|for)\sthe\s(?:police\s)?(?:force|county|region)\b|"
    r"\b(?:the|an?|whole|entire)\s(?:police\s)?(?:force|county|region)(?:\sarea)?(?:'s)?\s(?:total|figure|count|as\sa\swhole|number)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"^(?:(?:taken\s)?together|combined)\b|\bbetween\sthem\b|\btogether\s(?:recorded|had|saw|accounted)\b|"
    rf"\b(?:two|three|four|five|six)\s(?:{AREAS})\s(?:together|combined|had)\b",
    re.IGNORECASE,
)
# "above the 70% which the plan had set as its target"
_OF_A_TARGET = re.compile(r"\s(?:target\b|(?:which|that)\s[^.;]{0,50}\btarget\b)", re.IGNORECASE)
_OF_OUTCOMES = re.compile(
    r"\b(?:outcomes?|charged|convicted|detected|detections?|solved)\b", re.IGNORECASE
)
_UP_TO_ITS_PERIOD = re.compile(r"(?:\sper\s[\d,]+)?[^\d,;.]{0,30}\b(?:in|for)\s", re.IGNORECASE)
_PART_OF_A_YEAR = re.compile(
    r"\b(?:first|second|third|fourth|last|final|opening|closing|busiest|quietest)\s"
    r"(?:(?:six|three|nine)\smonths|half|quarter)\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"\bhalf\b", re.IGNORECASE)
_IN_THE_SECOND = re.compile(
    r"\bin\sthe\s(?P<which>first|second|third|fourth)\b(?!\s(?:\w+\s)?(?:quarter|half|month|week|year|three|six))",
    re.IGNORECASE,
)
_SO_MANY_OF = re.compile(
    rf"\b{COUNT}\s(?:out\s)?of\s(?:the\s|its\s)?{COUNT}\s(?:[\w-]+\s){{0,3}}?(?:{AREAS})\b",
    re.IGNORECASE,
)
_COMPARED_WITH = re.compile(r"\b(?:compared\s(?:with|to)|against|up\sfrom|down\sfrom)\s$", re.I)
_YEAR_BEFORE = re.compile(
    r"\sin\sthe\s(?:previous|preceding|same)\s(?:12\smonths|twelve\smonths|year|period|six\smonths)\b|"
    r"\s(?:a|the)\syear\s(?:before|earlier)\b",
    re.IGNORECASE,
)
_OTHER_AREAS = re.compile(rf"\b(?:other|remaining)\s(?:\w+\s)?(?:{AREAS})\b", re.IGNORECASE)
_THE_YEAR = re.compile(
    r"\b(?:for|over|across|during|in)\sthe\s(?:full\s|whole\s|entire\s)?year\b(?!\s(?:to|before|ending|ended|20))|"
    r"\bannual\s(?:total|figure|count|number)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:year|annual|twelve\smonths|12\smonths)\b", re.IGNORECASE)
# Words of the parts of a force, of which the force's own figure says nothing.
_SOME_AREAS = re.compile(
    r"\b(?:districts?|partnerships?|boroughs?|authorit(?:y|ies)|areas|between\sthem|combined|together)\b",
    re.IGNORECASE,
)
# A figure that is off by so much at most may be another vintage of the same one.
_ANOTHER_VINTAGE = 0.01
# A rate that is off by so much at most may be one of another year's population.
_ANOTHER_POPULATION = 0.03
# From so many per cent on a change that is statistically clear is not "broadly the same".
_NOT_LEVEL = 5.0


class AgainstPublication:
    """Judges claims whose area, indicator and period are known to the publication."""

    def __init__(self, rows: PublishedRows, vocabulary: Vocabulary) -> None:
        self._rows = rows
        self._vocabulary = vocabulary
        self._mentioned = Mentioned()
        self._before: Mentioned = Mentioned()
        self._earlier: tuple[Mentioned, ...] = ()
        self._text = ""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the claims of a sentence; what cannot be found is left out."""
        self._mentioned = claims.mentioned
        self._before = claims.before.mentioned if claims.before is not None else Mentioned()
        self._earlier = tuple(claims.earlier())
        self._text = claims.text
        for comparison in claims.comparisons:
            found = list(self._comparison(claims.sentence, comparison))
            if self._is_of_several(comparison) or _OF_OUTCOMES.search(claims.text):
                found = [one for one in found if one.verdict != "contradicted"]
            is_known = any(finding.verdict == "confirmed" for finding in found)
            if comparison.context.is_guess and not is_known:
                continue  # "victims of crime": nothing shows that it is about the crimes recorded
            yield from found
        for share in claims.shares:
            yield from self._share(claims.sentence, share)
        for context, figure in claims.figures:
            yield from self._figure(claims.sentence, context, figure)

    def cell(
        self, sentence: Sentence, context: Context, role: str, figure: Number
    ) -> Iterator[Finding]:
        """Judge a cell of a table; `role` is value, previous_value, change or change_pct."""
        row = self._rows.row(context)
        if row is None or row.get(role) is None:
            return
        kind = {
            "value": "figure", "previous_value": "year before", "change": "change",
            "change_pct": "per cent",
        }[role]  # fmt: skip
        if not same_unit(figure, kind, row):
            return
        true = float(row[role])
        finding = self._number(sentence, context, row, kind, figure, true)
        yield _with_its_sign(finding, figure, true)

    def rate_cell(self, sentence: Sentence, context: Context, figure: Number) -> Iterator[Finding]:
        """Judge a cell of a table of rates."""
        row = self._rows.row(context)
        if row is not None and row.get("rate") is not None:
            yield self._rate(sentence, row, figure)

    def _comparison(self, sentence: Sentence, one: Comparison) -> Iterator[Finding]:
        if one.context.is_narrower or self._is_of_something_else(one):
            return  # a part of an area or of an indicator: the publication has only the whole
        one.context = _in_the_quarter_meant(one)
        if _OF_A_SHARE.search(one.text) and not one.numbers:
            one.context = self._proportion(one.context)
        row = self._rows.row(one.context)
        if row is None:
            row = self._row_by_value(one)
        if row is None or row["value"] is None:
            return
        rate = one.current if one.current is not None and one.current.unit == "rate" else None
        if rate is not None and not rate_of_something_else(rate, row):
            finding = self._rate(sentence, row, rate)
            if finding.verdict == "contradicted":
                finding = self._rate_of_another(sentence, one.context, rate) or finding
            yield finding
        is_other = compares_with_something_else(
            one.text, one.context, self._mentioned, self._vocabulary
        )
        yield from self._rate_before(sentence, one, row, is_other=is_other)
        is_other = is_other or self._is_from_another_period(one, row)
        areas = {area for area in self._mentioned.areas if area in one.text}
        of_one = len(areas - set(self._rows.forces)) <= 1  # not "twice as many in A as in B"
        if (
            one.multiple is not None
            and row.get("change_pct") is not None
            and not is_other
            and of_one
        ):
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
                    if beside["value"] is not None and same_unit(figure, "figure", beside):
                        yield self._number(
                            sentence, one.context, beside, "figure", figure, float(beside["value"])
                        )
                    continue
            if figure is None or true is None or not same_unit(figure, kind, row):
                continue
            if kind == "year before" and is_of_another_year(one):
                if abs(figure.value) >= 100 and figure.value == float(true):
                    yield _of_wrong_year(sentence, one, figure, row)
                continue
            if is_other and kind != "figure":
                continue
            if kind == "year before" and not self._speaks_of(row, one):
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
                and counts_something_else(figure, float(true), one)
                and not self._is_another_ones(figure, one, row)
            ):
                return  # nor are its change and its year before those of the publication
            if kind == "figure" and is_of_another_noun(figure, one, row):
                return
            if (
                _OF_A_TARGET.match(self._text[figure.end :])
                and fits(figure, float(true)) != "confirmed"
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

    def _is_of_several(self, one: Comparison) -> bool:
        """Whether areas are counted together that the sentence does not name."""
        if _OTHER_AREAS.search(one.text):
            return True
        named = set(self._mentioned.areas) - set(self._rows.forces)
        names_none = not any(area in one.text for area in named)
        if names_none and _SO_MANY_OF.search(one.text):
            return True  # "four of the five districts saw a fall"
        return (len(named) < 2 or names_none) and _TOGETHER.search(one.text) is not None

    def _rate_before(
        self, sentence: Sentence, one: Comparison, row: Row, *, is_other: bool
    ) -> Iterator[Finding]:
        """Judge the rate of the year before: "33.0 per 1,000, against 28.6 in the same months"."""
        before = one.previous
        if before is None or one.current is None or one.current.unit != "rate" or is_other:
            return
        if (
            row.get("rate") is None
            or row.get("previous_rate") is None
            or self._beside(one) is not None
        ):
            return
        if one.previous_area or before.step >= 1:
            return
        rate = replace(before, unit="rate", base=before.base or one.current.base)
        if not self._mentioned.names_year_before and not self._is_of_no_period(one, row, rate):
            return
        of_before = {**row, "rate": row["previous_rate"], "value": row["previous_value"]}
        if not rate_of_something_else(rate, of_before):
            yield replace(self._rate(sentence, of_before, rate), kind="rate before")

    def _is_of_no_period(self, one: Comparison, row: Row, rate: Number) -> bool:
        """Whether "from 78.3 to 81.4 per 1,000" begins at the rate of no period of its series."""
        said = [period for period in self._mentioned.periods if not period.is_vague]
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

    def _is_of_something_else(self, one: Comparison) -> bool:
        """Whether a clause that names no indicator has turned to a subject of its own."""
        said = self._mentioned
        if said.indicators or said.may_be_all_crime or not one.numbers:
            return False
        names_area = any(area in one.text for area in said.areas)
        return not names_area and _SAME_SUBJECT.search(one.text) is None

    def _is_from_another_period(self, one: Comparison, row: Row) -> bool:
        """Whether a figure moved from that of another period: quarter on quarter, for one."""
        if one.previous is None or one.current is None or self._mentioned.names_year_before:
            return False
        if one.previous_period is not None or len(self._mentioned.periods) > 1:
            return False
        return fits(one.current, float(row["value"])) == "confirmed" and any(
            other is not row
            and other["value"] is not None
            and other["value"] != row.get("previous_value")
            and abs(one.previous.value) == abs(other["value"])
            for other in self._rows.series(one.context)
        )

    def _speaks_of(self, row: Row, one: Comparison) -> bool:
        """Whether a year before that stands alone is of what was said just before."""
        if one.current is not None or self._mentioned.indicators:
            return True
        said = (*self._before.numbers, *self._mentioned.numbers)
        return any(fits(figure, float(row["value"])) == "confirmed" for figure in said)

    def _compares_levels(self, one: Comparison) -> bool:
        """Whether "higher" may compare areas or things of one time, and nothing says it moved."""
        stated = [one.percent, one.points, one.multiple]
        # "0.94 was above the rate of 0.87": a rate is no change of a number
        stated += [
            n for n in (one.previous, one.change) if n and n.unit != "rate" and not n.value % 1
        ]
        if any(part is not None for part in stated):
            return False
        if self._mentioned.names_year_before or len(self._mentioned.periods) > 1 or one.degree:
            return False
        known = self._vocabulary
        moves = [move[0] for way in (known.up, known.down) for move in way.finditer(one.text)]
        return bool(moves) and all(known.levels.fullmatch(move) for move in moves)

    def _multiple_of_some_period(
        self, sentence: Sentence, one: Comparison, row: Row
    ) -> Iterator[Finding]:
        """Judge "by a third" of the period it fits, where a clause names several."""
        found = list(_multiple(sentence, one, row))
        for period in self._mentioned.periods:
            other = self._rows.row(replace(one.context, period=period))
            if other is None or other is row or other.get("change_pct") is None:
                continue
            again = list(_multiple(sentence, one, other))
            if again and gravity(again[0].verdict) < gravity(found[0].verdict):
                found = again
        yield from (
            one_found
            for one_found in found
            if one_found.verdict != "contradicted" or not self._is_of_figures(one)
        )

    def _is_of_figures(self, one: Comparison) -> bool:
        """Whether a multiple is that of two figures of the text: "1,085, sixteen times as many"."""
        if one.multiple is None:
            return False
        figures = [n.value for n in (*self._before.numbers, *self._mentioned.numbers)
                   if n.unit in ("count", "pounds", "rate") and n.value > 0]  # fmt: skip
        is_fall = one.direction == "down" or one.multiple.direction == "down"
        return any(
            one.multiple.low
            <= 100 * (more - less) / (more if is_fall else less)
            <= one.multiple.high
            for less, more in itertools.permutations(figures, 2)
        )

    def _is_another_ones(self, figure: Number, one: Comparison, row: Row) -> bool:
        """Whether a figure is that of another area, indicator or period, and so a mistake here."""
        if abs(figure.value) < (20 if one.is_at_its_indicator else 100):
            return False
        is_unsaid = (
            one.context.indicator == "total_recorded_crime" and not self._mentioned.indicators
        )
        if is_unsaid and self._earlier:
            return False  # "with 2,715 offences it has the most": of which kind is not said
        return self._rows.has_figure_beside(row, abs(figure.value))

    def _other_reading(
        self, context: Context, row: Row, kind: str, figure: Number
    ) -> tuple[Row, str] | None:
        """Find the row in which a figure that does not fit its own is right after all.

        What the sentence names elsewhere is tried: its areas, indicators and periods; where it
        names none of its own, those of the sentences before. A sentence that names one period and
        does not look back speaks of this period alone.
        """
        said = self._mentioned
        areas = dict.fromkeys((context.area, *said.areas))
        indicators = dict.fromkeys((context.indicator, *said.indicators))
        if _FORCES_OWN.search(self._text) and row.get("force_name"):
            areas[str(row["force_name"])] = None
        if not said.areas:
            areas |= dict.fromkeys(area for one in self._earlier for area in one.areas)
        if not said.indicators:
            indicators |= dict.fromkeys(name for one in self._earlier for name in one.indicators)
        spoken_of = (said,) if said.indicators else (said, *self._earlier)
        if any(one.may_be_all_crime for one in spoken_of):
            indicators["total_recorded_crime"] = None
        earlier = self._earlier_spans(row)
        is_of_one_period = len(said.periods) <= 1 and not said.looks_back
        figures = ("value", "change") if is_of_one_period else ("value", "previous_value", "change")
        names = {
            "per cent": ("change_pct",), "points": ("change_pp",),
            "change": ("change", "value"), "share": ("value", "previous_value"),
        }.get(kind, figures)  # fmt: skip
        named = {period.last for period in said.periods if not period.is_vague}
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
                for other in self._rows.of(area, indicator):
                    span = (other["period_start"], other["period_end"])
                    is_same = span == (row["period_start"], row["period_end"])
                    if is_of_one_period and not is_same and span not in earlier:
                        continue
                    if other["period_end"] not in ends and span not in earlier:
                        continue
                    for name in names:
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

    def _earlier_spans(self, row: Row) -> set[tuple[date, date]]:
        """Return the periods that the sentences before speak of; "the year" is that around one."""
        spans: set[tuple[date, date]] = set()
        if not self._mentioned.periods:
            periods = [one for said in self._earlier for one in said.periods if not one.is_vague]
            spans = {(one.first, one.last) for one in periods}
        if (_THE_YEAR if self._mentioned.periods else _YEAR).search(self._text):
            spans.add(financial_year_days(financial_year_of(row["period_end"])))
            spans.add((date(row["period_end"].year, 1, 1), date(row["period_end"].year, 12, 31)))
        return spans

    def _together(self, row: Row) -> float | None:
        """Sum the figure over the areas that the sentence names: Leeds and Bradford together."""
        period = Period(0, 0, "", row["period_start"], row["period_end"])
        rows = [
            self._rows.row(Context(area, row["indicator_id"], period))
            for area in set(self._mentioned.areas) - set(self._rows.forces)
        ]
        values = [one["value"] for one in rows if one is not None]
        return None if None in values or len(values) < 2 else float(sum(values))

    def _beside(self, one: Comparison) -> Row | None:
        """Return the row of a second figure that has its own area or period in the text."""
        if one.previous_area and one.previous_area != one.context.area:
            return self._rows.row(replace(one.context, area=one.previous_area))
        if one.previous_period is not None and one.context.period is not None:
            return self._rows.row(replace(one.context, period=one.previous_period))
        return None

    def _row_by_value(self, one: Comparison) -> Row | None:
        """Without a period in the text, the one row whose figures are those of the text."""
        if one.context.period is not None or one.current is None or one.current.value < 20:
            return None
        rows = [
            row
            for row in self._rows.series(one.context)
            if row["value"] is not None
            and same_unit(one.current, "figure", row)
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
            verdict = min(verdict, fits(figure, float(row["available"])), key=gravity)
        reason = "the publication has the same figure"
        if verdict == "contradicted" and not is_listed:
            other = self._other_reading(context, row, kind, figure)
            if other is not None:
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
                    _HALF.search(self._text)
                    and _is_half_year(other)
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
        says_part = _PART_OF_A_YEAR.search(self._text) is not None
        return next(
            (
                other
                for other in self._rows.series(context)
                if other is not row
                and row["period_start"] <= other["period_start"]
                and other["period_end"] <= row["period_end"]
                and abs(figure.value) == abs(other["value"] or 0) > 0
                and (
                    f"{other['period_end']:%B}" in self._text
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

    def _words(
        self, sentence: Sentence, one: Comparison, row: Row, judged: int
    ) -> Iterator[Finding]:
        change = row["change"] if row.get("change_pp") is None else row["change_pp"]
        if change is None or one.direction == "" or self._compares_levels(one):
            return
        if one.numbers and _OF_A_SHARE.search(one.text):
            return  # the share moved, not the figure
        if is_of_all_but_one(one.text):
            return
        if one.points is not None and row.get("change_pp") is None:
            return  # "the outcome rate is down by 12.6 percentage points"
        if row.get("area_type") == "force" and _SOME_AREAS.search(one.text):
            return
        if any((n.unit == "pounds") != (row.get("unit") == "pounds") for n in one.numbers):
            return  # "The fieldwork cost £1,200 less"
        significance = row.get("significance")
        claim = one.text.strip()

        def finding(verdict: Verdict, reason: str) -> Finding:
            return Finding(sentence, verdict, "direction", claim, reason, right(row), query(row))

        if one.direction in ("up", "down"):
            if change == 0 or (change > 0) != (one.direction == "up"):
                yield finding("contradicted", f"it {moved(change)}")
            elif one.degree == "large" and significance == "no clear change":
                yield finding("contradicted", "the change is within normal variation")
            elif one.degree == "normal" and significance in ("higher", "lower"):
                yield finding("contradicted", "the change is statistically clear")
            elif row.get("break_note"):
                yield finding("doubtful", f"not comparable: {row['break_note']}")
            elif significance == "no clear change" and not judged and one.degree != "normal":
                yield finding("doubtful", "the change is within normal variation")
            else:
                yield finding("confirmed", f"it {moved(change)}")
        elif (
            one.direction == "same"
            and significance in ("higher", "lower")
            and abs(row.get("change_pct") or _NOT_LEVEL) >= _NOT_LEVEL
        ):
            yield finding("contradicted", f"it {moved(change)}, and that is statistically clear")
        elif one.direction == "same" and significance == "no clear change":
            yield finding("confirmed", "the change is within normal variation")

    def _proportion(self, context: Context) -> Context:
        """Turn a numerator into its proportion: repeats into the repeat rate."""
        named = (context.indicator, *self._mentioned.indicators)
        indicator = next(
            (self._rows.proportions[one] for one in named if one in self._rows.proportions), ""
        )
        return replace(context, indicator=indicator)

    def _share(self, sentence: Sentence, share: Share) -> Iterator[Finding]:
        if share.context.is_narrower:
            return
        indicator = self._rows.proportions.get(share.context.indicator)
        if indicator is None and share.context.indicator.startswith("marac"):
            indicator = "marac_repeat_rate"
        row = self._rows.row(replace(share.context, indicator=indicator)) if indicator else None
        if row is None:
            return
        name = "previous_value" if share.is_of_year_before else "value"
        if row[name] is not None:
            of_rate = replace(share.context, indicator=str(row["indicator_id"]))
            yield self._number(sentence, of_rate, row, "share", share.share, float(row[name]))
        yield from self._share_before(sentence, share, row)
        if share.direction and row["change_pp"]:
            agrees = (row["change_pp"] > 0) == (share.direction == "up")
            yield Finding(
                sentence,
                "confirmed" if agrees else "contradicted",
                "direction",
                share.text.strip(),
                f"the rate {moved(row['change_pp'])}",
                right(row),
                query(row),
            )

    def _share_before(self, sentence: Sentence, share: Share, row: Row) -> Iterator[Finding]:
        """Judge "22.4 per cent, compared with 24.3 per cent in the previous 12 months"."""
        text = share.text
        for other in self._mentioned.of_unit("per cent"):
            at = text.find(other.text)
            if other == share.share or at < 0 or row["previous_value"] is None:
                continue
            is_before = _COMPARED_WITH.search(text[:at]) and _YEAR_BEFORE.match(
                text[at + len(other.text) :]
            )
            if is_before and not share.is_of_year_before:
                of_rate = replace(share.context, indicator=str(row["indicator_id"]))
                before = float(row["previous_value"])
                yield self._number(sentence, of_rate, row, "share before", other, before)

    def _figure(self, sentence: Sentence, context: Context, figure: Number) -> Iterator[Finding]:
        """Confirm a figure of which nothing more is said; leave it alone where it is not found."""
        row = self._rows.row(context)
        if row is None:
            return
        if figure.unit == "rate" and row.get("rate") is not None and not context.is_narrower:
            row = self._of_its_own_period(context, figure) or row
            finding = self._rate(sentence, row, figure)
            if finding.verdict == "contradicted":
                finding = self._rate_of_another(sentence, context, figure) or finding
            if finding.verdict != "contradicted" or not rate_of_something_else(figure, row):
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
                    right(row),
                    query(row),
                )
                return

    def _of_its_own_period(self, context: Context, figure: Number) -> Row | None:
        """Find the row of the period at a figure: "from 1.10 per 1,000 in July 2016 to 1.39"."""
        for period in self._mentioned.periods:
            between = self._text[figure.end : period.start]
            is_at = figure.end <= period.start and _UP_TO_ITS_PERIOD.fullmatch(between)
            if is_at:
                row = self._rows.row(replace(context, period=period))
                if row is not None and row.get("rate") is not None:
                    return row
        return None

    def _rate_of_another(
        self, sentence: Sentence, context: Context, figure: Number
    ) -> Finding | None:
        """Find an area or indicator that the sentence names too and whose rate the figure is."""
        said = self._mentioned
        others = [replace(context, area=area) for area in said.areas]
        others += [replace(context, indicator=indicator) for indicator in said.indicators]
        for about in others:
            other = self._rows.row(about)
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
        if verdict != "confirmed" and off <= max(_ANOTHER_POPULATION * rate, 2 * figure.step):
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
        return Finding(sentence, verdict, "rate", claim, reason, right(row), query(row))


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
        # a quarter is not "about a third"
        verdict = "contradicted" if has_another_name(one.multiple, true) else "doubtful"
    reason = f"the change is {number(true, 1)}%"
    yield Finding(sentence, verdict, "multiple", one.multiple_text, reason, right(row), query(row))


def _of_wrong_year(sentence: Sentence, one: Comparison, figure: Number, row: Row) -> Finding:
    """Contradict "9,096 in the same six months of 2015" where these are those of 2016."""
    said = one.previous_period.text if one.previous_period is not None else ""
    first, last = row["previous_start"], row["previous_end"]
    return Finding(
        sentence, "contradicted", "year before", figure.text.strip(),
        f"{number(figure.value)} is the figure of {first:%B %Y} to {last:%B %Y}; "
        f"the text says {said}",
        right(row), query(row),
    )  # fmt: skip


def _with_its_sign(finding: Finding, figure: Number, true: float) -> Finding:
    """Contradict a figure whose written sign is not that of the change."""
    signed = figure.text.strip()[:1] in "+-\N{MINUS SIGN}"
    if signed and true and (figure.value > 0) != (true > 0):
        return replace(finding, verdict="contradicted", reason=f"it {moved(true)}")
    return finding


def _is_half_year(row: Row) -> bool:
    """Whether a row is of April to September."""
    return (row["period_start"].month, row["period_end"].month) == (4, 9)


def _in_the_quarter_meant(one: Comparison) -> Context:
    """Read "up 43% in the first quarter and down 5.5% in the second" as of the second quarter."""
    said, period = _IN_THE_SECOND.search(one.text), one.context.period
    if said is None or period is None or period.text in one.text:
        return one.context
    year = financial_year_of(period.last)
    quarter = financial_quarter_days(
        year, ("first", "second", "third", "fourth").index(said["which"].lower()) + 1
    )
    if (period.last - period.first).days > 92:
        return one.context
    return replace(one.context, period=replace(period, first=quarter[0], last=quarter[1]))
