"""Checks the claims of a draft against the publication: figures, changes, ranks and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.agreement import fits
from flows.audit.area_words import AREAS
from flows.audit.areas_together import is_said_together
from flows.audit.claims import Claims, Comparison, Mentioned
from flows.audit.context import Context
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, number
from flows.audit.marks import Number
from flows.audit.moved_in_words import OF_A_SHARE, SOME_AREAS, MovedInWords
from flows.audit.near_misses import NearMisses
from flows.audit.number_words import COUNT
from flows.audit.of_something_else import (
    counts_something_else,
    is_change_of_something_else,
    is_of_another_noun,
    is_of_another_year,
    rate_of_something_else,
    same_unit,
)
from flows.audit.other_comparisons import compares_with_something_else
from flows.audit.periods import Period
from flows.audit.published_multiples import PublishedMultiples
from flows.audit.published_proportions import PublishedProportions
from flows.audit.published_rates import PublishedRates, rate_finding
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import moved, of_row, query, right
from flows.audit.spoken_of import (
    SpokenOf,
    quotes_an_earlier_paper,
    speaks_of_outcomes,
    spoken_of,
)
from flows.audit.vocabulary import Vocabulary
from flows.calendar_months import (
    financial_quarter_days,
    financial_year_of,
)
from flows.papers.published import Row

# A sentence goes on with what was spoken of: "It fell", "The figure was", "82 fewer offences".
_SAME_SUBJECT = re.compile(
    r"^(?:(?:and|but|so|by\scontrast|however)\b,?\s)?(?:(?:for|in)\s20\d\d(?:/\d\d)?,?\s)?(?:it|this|that|these|those|they|there|of\s(?:these|those|"
    r"them|which)|(?:the|its|their)\s(?:\w+\s)?(?:figure|number|rate|total|level|volume|rise|fall|increase|"
    r"decrease|reduction|change|count|proportion|share|equivalent|comparable|corresponding|previous|same)s?)\b|"
    r"\b(?:offences?|crimes?|incidents?|cases?|calls?|reports?|repeats?|recorded|referrals?)\b|"
    r"^[A-Z][^,\d]{3,40},\s(?:it|this|that)\s(?:is|was|equates|represents|amounts)\b|"
    r"\bthere\s(?:were|was|had\sbeen)\s\d[\d,]*(?=[,.;]|\s(?:in|compared|against)\s)|^\W*[£\d]",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"^(?:(?:taken\s)?together|combined)\b|\bbetween\sthem\b|\btogether\s(?:recorded|had|saw|accounted)\b|"
    rf"\b(?:two|three|four|five|six)\s(?:{AREAS})\s(?:together|combined|had)\b",
    re.IGNORECASE,
)
# "above the 70% which the plan had set as its target"
_OF_A_TARGET = re.compile(r"\s(?:target\b|(?:which|that)\s[^.;]{0,50}\btarget\b)", re.IGNORECASE)
_SPENDING = re.compile(
    r"\b(?:spend|spending|spent|expenditure|outturn|payments?|claims?)\b[^£;.]*$", re.IGNORECASE
)
_CHILDREN = re.compile(r"\d\s(?:\w+\s)?children\b", re.IGNORECASE)
_IN_THE_SECOND = re.compile(
    r"\bin\sthe\s(?P<which>first|second|third|fourth)\b(?!\s(?:\w+\s)?(?:quarter|half|month|week|year|three|six))",
    re.IGNORECASE,
)
_IN_EACH = re.compile(
    r"\b(?:both|each)\s(?:of\sthe\s)?(?:\w+\s)?(?:quarters?|halves|half|years?|months?)\b[^;.]*?"
    r"\bby\s[£\d,.]+%?(?:\sper\scent)?(?:\sin\s[\w\s]+?)?\sand\s(?:by\s)?[£\d]",
    re.IGNORECASE,
)
_TWELVE_MONTHS = re.compile(r"(?:12|twelve)[\s-]|(?:the\s)?year\s(?:ending|ended)\b", re.IGNORECASE)
_SO_MANY_OF = re.compile(
    rf"\b{COUNT}\s(?:out\s)?of\s(?:the\s|its\s)?{COUNT}\s(?:[\w-]+\s){{0,3}}?(?:{AREAS})\b",
    re.IGNORECASE,
)
_OTHER_AREAS = re.compile(rf"\b(?:other|remaining)\s(?:\w+\s)?(?:{AREAS})\b", re.IGNORECASE)


class AgainstPublication:
    """Judges claims whose area, indicator and period are known to the publication."""

    def __init__(self, rows: PublishedRows, vocabulary: Vocabulary) -> None:
        self._rows = rows
        self._vocabulary = vocabulary
        self._now(SpokenOf("", Mentioned(), Mentioned(), ()))

    def _now(self, said: SpokenOf) -> None:
        """Judge by what a sentence and those before it speak of from here on."""
        self._said = said
        self._near = NearMisses(self._rows, said)
        self._rates = PublishedRates(self._rows, said)
        self._moved = MovedInWords(said, self._vocabulary)
        self._multiples = PublishedMultiples(self._rows, said)
        self._proportions = PublishedProportions(self._rows, said, self._near)

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the claims of a sentence; what cannot be found is left out."""
        self._now(spoken_of(claims))
        is_of_others = speaks_of_outcomes(claims) or quotes_an_earlier_paper(claims)
        for comparison in claims.comparisons:
            found = list(self._comparison(claims.sentence, comparison))
            if self._is_of_several(comparison) or is_of_others:
                found = [one for one in found if one.verdict != "contradicted"]
            is_known = any(finding.verdict == "confirmed" for finding in found)
            if comparison.context.is_guess and not is_known:
                continue  # "victims of crime": nothing shows that it is about the crimes recorded
            yield from found
        for share in claims.shares:
            yield from self._proportions.judge(claims.sentence, share)
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
        finding = self._near.finding(sentence, context, row, kind, figure, true)
        yield _with_its_sign(finding, figure, true)

    def rate_cell(self, sentence: Sentence, context: Context, figure: Number) -> Iterator[Finding]:
        """Judge a cell of a table of rates."""
        row = self._rows.row(context)
        if row is not None and row.get("rate") is not None:
            yield rate_finding(sentence, row, figure)

    def _comparison(self, sentence: Sentence, one: Comparison) -> Iterator[Finding]:
        if one.context.is_narrower or self._is_of_something_else(one):
            return  # a part of an area or of an indicator: the publication has only the whole
        one.context = _in_the_quarter_meant(one, self._said.text)
        if OF_A_SHARE.search(one.text) and not one.numbers:
            one.context = self._proportions.context_of(one.context)
        row = self._rows.row(one.context)
        if row is None:
            row = self._row_by_value(one)
            if (
                row is not None
                and one.current is not None
                and _says_a_year(one.context.period, row)
            ):
                yield of_row(
                    sentence, "contradicted", "period", one.current.text.strip(),
                    f"{one.current.text.strip()} is of {row['period_label']}, not of twelve months",
                    row,
                )  # fmt: skip
                return
            if row is not None and one.context.period is not None:
                its_own = Period(0, 0, "", row["period_start"], row["period_end"])
                one.context = replace(one.context, period=its_own)
        if row is None or row["value"] is None:
            return
        rate = one.current if one.current is not None and one.current.unit == "rate" else None
        if rate is not None and not rate_of_something_else(rate, row):
            own = self._rates.own_period(rate)
            of_rate = row if own is None else self._rows.row(replace(one.context, period=own))
            if of_rate is None or of_rate.get("rate") is None:
                return  # "65.7 per 1,000 in 2015/16", of which nothing is published
            finding = rate_finding(sentence, of_rate, rate)
            if finding.verdict == "contradicted":
                finding = self._rates.of_another(sentence, one.context, rate) or finding
            yield finding
        said_here = self._said.mentioned
        if one.is_listed:  # "by 11.2% in Q1 and 3.6% in Q2": neither is compared with the other
            said_here = replace(said_here, periods=())
        is_other = compares_with_something_else(one.text, one.context, said_here, self._vocabulary)
        yield from self._rates.before(sentence, one, row, is_other=is_other)
        is_other = is_other or self._is_from_another_period(one, row)
        areas = {area for area in self._said.mentioned.areas if area in one.text}
        of_one = len(areas - set(self._rows.forces)) <= 1  # not "twice as many in A as in B"
        if (
            one.multiple is not None
            and row.get("change_pct") is not None
            and not is_other
            and of_one
        ):
            yield from self._multiples.judge(sentence, one, row)
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
                beside = self._rows.beside(one)
                if beside is not None:
                    if figure.unit == "rate" and beside.get("rate") is not None:
                        if not rate_of_something_else(figure, beside):
                            found = rate_finding(sentence, beside, figure)
                            yield replace(found, kind="rate before")
                    elif beside["value"] is not None and same_unit(figure, "figure", beside):
                        said_period = one.previous_period
                        yield self._near.finding(
                            sentence, one.context, beside, "figure", figure, float(beside["value"]),
                            # "598 two years earlier" is of no other year
                            is_listed=said_period is not None and "years" in said_period.text,
                            is_at_its_period=said_period is not None
                            and not said_period.is_vague,
                        )  # fmt: skip
                    continue
            if kind == "per cent" and one.points is not None and row.get("unit") != "per cent":
                continue  # "the share came down by 2.0 percentage points, to 22.4%"
            if kind == "per cent" and figure is not None and _is_points(figure, row):
                yield of_row(
                    sentence, "contradicted", "unit", figure.text.strip(),
                    "two percentages differ in percentage points, not in per cent", row,
                )  # fmt: skip
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
            is_of_parts = row.get("area_type") == "force" and SOME_AREAS.search(one.text)
            if kind == "figure" and is_said_together(one.text, figure):
                continue
            if is_of_parts and kind == "figure" and fits(figure, float(true)) != "confirmed":
                continue  # districts together are not the force: crimes without a place are in none
            if (
                kind == "figure"
                and figure.unit != "per cent"
                and counts_something_else(
                    figure, float(true), one, is_named=self._said.mentioned.names_what_is_counted
                )
                and not self._is_another_ones(figure, one, row)
            ):
                return  # nor are its change and its year before those of the publication
            if kind == "figure" and is_of_another_noun(figure, one, row):
                return
            if (
                _OF_A_TARGET.match(self._said.text[figure.end :])
                and fits(figure, float(true)) != "confirmed"
            ):
                continue
            if row["indicator_id"] == "grant" and _SPENDING.search(
                one.text[: max(one.text.find(figure.text), 0)]
            ):
                continue  # "Total spend came to £263,135 against a grant of £267,857"
            if kind in ("change", "per cent") and _IN_EACH.search(one.text):
                continue  # "up in both quarters, by 935 and by 324 calls"
            if kind == "change" and is_change_of_something_else(figure, float(true), one.text):
                return  # "upwards of 55,000 students", "down four": of something else
            judged += 1
            finding = self._near.finding(
                sentence, one.context, row, kind, figure, float(true), is_listed=one.is_listed
            )
            if kind in ("change", "per cent", "points") and finding.verdict == "confirmed":
                finding = _with_its_sign(finding, figure, float(true))
            yield finding
        if not is_other:
            yield from self._moved.judge(sentence, one, row, judged)

    def _is_of_several(self, one: Comparison) -> bool:
        """Whether areas are counted together that the sentence does not name."""
        if _OTHER_AREAS.search(one.text):
            return True
        named = set(self._said.mentioned.areas) - set(self._rows.forces)
        names_none = not any(area in one.text for area in named)
        if names_none and _SO_MANY_OF.search(one.text):
            return True  # "four of the five districts saw a fall"
        return (len(named) < 2 or names_none) and _TOGETHER.search(one.text) is not None

    def _is_of_something_else(self, one: Comparison) -> bool:
        """Whether a clause that names no indicator has turned to a subject of its own."""
        if one.context.indicator == "marac_cases" and _CHILDREN.search(one.text):
            return True
        said = self._said.mentioned
        if said.names_what_is_counted or not one.numbers:
            return False
        names_area = any(area in one.text for area in said.areas)
        same = _SAME_SUBJECT.search(one.text)
        if same is not None and re.fullmatch("calls?", same[0], re.IGNORECASE):
            return not names_area and not one.context.indicator.startswith("asb")
        return not names_area and same is None

    def _is_from_another_period(self, one: Comparison, row: Row) -> bool:
        """Whether a figure moved from that of another period: quarter on quarter, for one."""
        if one.previous is None or one.current is None or self._said.mentioned.names_year_before:
            return False
        if one.previous_period is not None or len(self._said.mentioned.periods) > 1:
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
        if one.current is not None or self._said.mentioned.indicators:
            return True
        said = (*self._said.before.numbers, *self._said.mentioned.numbers)
        return any(fits(figure, float(row["value"])) == "confirmed" for figure in said)

    def _is_another_ones(self, figure: Number, one: Comparison, row: Row) -> bool:
        """Whether a figure is that of another area, indicator or period, and so a mistake here."""
        if abs(figure.value) < (20 if one.is_at_its_indicator else 100):
            return False
        is_unsaid = (
            one.context.indicator == "total_recorded_crime" and not self._said.mentioned.indicators
        )
        if is_unsaid and self._said.earlier:
            return False  # "with 2,715 offences it has the most": of which kind is not said
        return self._rows.has_figure_beside(row, abs(figure.value))

    def _row_by_value(self, one: Comparison) -> Row | None:
        """Without a published period in the text, the one row whose figures are those of the text.

        "The half-year return for 2017/18 shows 10,545": of a part of the year, where that is known.
        """
        if one.current is None or one.current.value < (100 if one.context.period else 20):
            return None
        period = one.context.period
        rows = [
            row
            for row in self._rows.series(one.context)
            if row["value"] is not None
            and (
                period is None
                or (period.first <= row["period_start"] and row["period_end"] <= period.last)
            )
            and same_unit(one.current, "figure", row)
            and fits(one.current, float(row["value"])) == "confirmed"
        ]
        said = {(one.first, one.last) for before in self._said.earlier for one in before.periods}
        # "Of the 651 cases in 2017/18, 165 were repeats. That puts the rate at 25.3%"
        of_before = [row for row in rows if (row["period_start"], row["period_end"]) in said]
        return next(iter(of_before or rows), None)

    def _figure(self, sentence: Sentence, context: Context, figure: Number) -> Iterator[Finding]:
        """Confirm a figure of which nothing more is said; leave it alone where it is not found."""
        row = self._rows.row(context)
        if row is None:
            return
        if figure.unit == "rate" and row.get("rate") is not None and not context.is_narrower:
            own = self._rates.own_period(figure)
            row = row if own is None else self._rows.row(replace(context, period=own))
            if row is None or row.get("rate") is None:
                return
            finding = rate_finding(sentence, row, figure)
            if finding.verdict == "contradicted":
                finding = self._rates.of_another(sentence, context, figure) or finding
            if finding.verdict != "contradicted" or not rate_of_something_else(figure, row):
                yield finding
            return
        for name in ("value", "previous_value", "rate", "available"):
            true = row.get(name)
            if true is not None and fits(figure, float(true)) == "confirmed":
                if name == "previous_value" and self._near.stands_at(figure, row):
                    yield of_row(
                        sentence, "contradicted", "period", figure.text.strip(),
                        f"{figure.text.strip()} is the figure of {row['previous_start']:%B %Y} to "
                        f"{row['previous_end']:%B %Y}", row,
                    )  # fmt: skip
                    return
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


def _says_a_year(said: Period | None, row: Row) -> bool:
    """Whether twelve months are said of a figure of fewer that end on the same day."""
    return (
        said is not None
        and _TWELVE_MONTHS.match(said.text) is not None
        and row["period_start"] > said.first
        and row["period_end"] == said.last
    )


def _is_points(figure: Number, row: Row) -> bool:
    """Whether "two per cent lower" gives the difference of two percentages in points."""
    points, share = row.get("change_pp"), row.get("value")
    if row.get("unit") != "per cent" or figure.unit != "per cent" or not points or not share:
        return False
    before = float(share) - float(points)
    if not before or fits(figure, 100 * float(points) / before) != "contradicted":
        return False
    return fits(figure, float(points)) == "confirmed"


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


def _in_the_quarter_meant(one: Comparison, sentence: str) -> Context:
    """Read "up 43% in the first quarter and down 5.5% in the second" as of the second quarter."""
    said, period = _IN_THE_SECOND.search(one.text), one.context.period
    if said is None and one.text.startswith("when "):
        # "than in the second, when it went up by 408"
        before = sentence[: max(sentence.find(one.text), 0)]
        said = re.search(rf"{_IN_THE_SECOND.pattern}[,\s]*$", before, re.IGNORECASE)
    if said is None or period is None or period.text in one.text:
        return one.context
    year = financial_year_of(period.last)
    quarter = financial_quarter_days(
        year, ("first", "second", "third", "fourth").index(said["which"].lower()) + 1
    )
    if (period.last - period.first).days > 92:
        return one.context
    return replace(one.context, period=replace(period, first=quarter[0], last=quarter[1]))
