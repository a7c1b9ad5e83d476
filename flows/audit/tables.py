"""Checks the tables of a draft: a row is an area or indicator, a column a period or a comparison."""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.against_publication import AgainstPublication
from flows.audit.agreement import fits, rounding
from flows.audit.context import Context
from flows.audit.draft import Passage, Sentence
from flows.audit.findings import Finding, number
from flows.audit.marks import Number
from flows.audit.number_words import COUNT, small_number
from flows.audit.periods import FULL_MONTH, MONTHS, find_periods, periods_in
from flows.audit.reader import Reader
from flows.calendar_months import add_months, end_of_month

_PER_CENT_CHANGE = re.compile(
    r"(?:%|per\s?cent)[^|]*(?:change|difference)|change[^|]*%|^[+/-]*\s?%$", re.I
)
_CHANGE = re.compile(r"\b(?:change|difference)\b|\+/-", re.IGNORECASE)
_PREVIOUS = re.compile(
    r"\b(?:last|previous|prior|preceding)\s+(?:year|period)|\byear before\b", re.I
)
_OTHER = re.compile(
    r"\b(?:rates?|rank|ranking|average|target|share|population|forecast)\b|%|per cent", re.I
)
# A column of figures says no more than this, or names a period, an area or an indicator.
_VALUES = re.compile(
    r"(?:number|no\.?|count|figure|value|offences|crimes|incidents|cases|calls|recorded|total|"
    r"this year|current year|number of (?:offences|crimes|incidents|cases|calls))",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"\b(?:rates?|rank|ranking|average|target|share|limit|interval|index|score|projected)\b", re.I
)
# A caption that makes every figure of a table a rate.
_RATE_PER = re.compile(r"\bper\s(?P<base>1,?000|10,?000|100,?000)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:grand |overall )?total(?:,\s[\w\s]+|\sof\s[\w\s]+)?|all(?:\s\w+)?|"
    r"(?:whole |full )?year|sum",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"^(?:all|(?:full |whole )?year)$|\b(?:total|available|overall|sum|altogether|combined)\b",
    re.IGNORECASE,
)
_ALL_OF = re.compile(rf"(?:all\s)?(?:the\s)?(?P<many>{COUNT})\s[a-z]+(?:\s[a-z]+)?", re.IGNORECASE)
_ALL = re.compile(r"(?:grand |overall )?total|all(?:\s\w+)?", re.IGNORECASE)
_SHARE = (
    r"(?:share|proportion|percentage|per cent|percent|%)(?:\s(?:of\s(?:total|all|the total)|%))?"
)
# Rows that sum to less of their total than this are some of those that it counts.
_OF_SOME = 0.75
_A_MONTH = re.compile(rf"\b{FULL_MONTH}\b")
_PARTIAL = re.compile(r"\b(?:of which|of whom|including|sub-?total)\b", re.IGNORECASE)


class Tables:
    """Reads the rows of a draft in their order; rows with the same columns are one table."""

    def __init__(self, reader: Reader, against: AgainstPublication | None) -> None:
        self._reader = reader
        self._against = against
        self._caption = ""
        self._rows: list[tuple[str, list[Number | None]]] = []
        self._last: Passage | None = None

    def see(self, passage: Passage) -> None:
        """Remember a short line above a table, which says what the table is about."""
        text = passage.text
        is_caption = passage.kind == "paragraph" and len(text) <= 120 and not text.endswith(".")
        self._caption = text if is_caption else ""
        self._last = None

    def judge(self, sentence: Sentence) -> Iterator[Finding]:
        """Judge one row: against the publication, its changes and the total of the rows before."""
        passage = sentence.passage
        if self._last is None or self._last.columns != passage.columns:
            self._rows = []
        self._last = passage
        if len(passage.cells) != len(passage.columns) or len(passage.cells) < 2:
            return
        numbers = [self._reader.only_number(cell) for cell in passage.cells]
        yield from self._changes(sentence, numbers)
        yield from self._total(sentence, numbers)
        yield from self._shares(sentence, numbers)
        yield from self._shares_of_their_sum(sentence, numbers)
        yield from self._across(sentence, numbers)
        self._rows.append((passage.cells[0], numbers))
        if self._against is not None:
            yield from self._published(sentence, numbers, self._against)

    def _published(
        self, sentence: Sentence, numbers: list[Number | None], against: AgainstPublication
    ) -> Iterator[Finding]:
        columns, cells = sentence.passage.columns, sentence.passage.cells
        base = self._reader.under_heading
        for text in (self._caption, columns[0]):
            base = self._reader.said(text, base)
        if not self._reader.is_name(cells[0]) or base.is_narrower:
            return
        headed = {one for column in columns[1:] if (one := self._header(column).indicator)}
        if not base.indicator and len(headed) == 1:
            base = replace(base, indicator=headed.pop())
        row_context = self._reader.said(cells[0], base)
        own = self._header(cells[0]).indicator
        last = max(
            (c.period.last for c in map(self._header, columns[1:]) if c.period is not None),
            default=None,
        )
        per = _RATE_PER.search(self._caption) or _RATE_PER.search(columns[0])
        for column, figure in zip(columns[1:], numbers[1:], strict=True):
            header = self._header(column)
            if per is not None and figure is not None:
                rate = replace(figure, unit="rate", base=int(per["base"].replace(",", "")))
                context = self._reader.said(column, row_context)
                if figure.unit == "count" and self._is_plain(column) and not context.is_narrower:
                    yield from against.rate_cell(sentence, context, rate)
                continue
            context = _same_months(self._reader.said(column, row_context), row_context)
            context = _in_month(context, self._caption)
            if any(period.is_vague for period in periods_in(cells[0], None)):
                # "Calls, April to September" in a column headed 2017/18
                context = self._reader.said(cells[0], context)
            if figure is None or context.is_narrower or _RANKED.search(column):
                continue
            if own and header.indicator and header.indicator != own:
                continue  # a row of a part below the name of the whole
            role = "value"
            if _PER_CENT_CHANGE.search(column):
                role = "change_pct"
            elif _CHANGE.search(column):
                role = "change"
            elif header.period is None and _PREVIOUS.search(column):
                role = "previous_value"
            elif (_OTHER.search(column) and figure.unit != "per cent") or not (
                header.period or _VALUES.fullmatch(column.strip()) or self._reader.is_name(column)
            ):
                continue
            if role == "change" and figure.unit == "per cent":
                role = "change_pct"
            if role in ("change", "change_pct") and last is not None and header.period is None:
                latest = replace(context, period=self._latest(columns))
                context = _same_months(latest, row_context)
            yield from against.cell(sentence, context, role, figure)

    def _is_plain(self, column: str) -> bool:
        """Whether a column is headed by a period or the name of an indicator alone."""
        if _CHANGE.search(column) or _OTHER.search(column) or _PREVIOUS.search(column):
            return False
        return self._reader.is_name(column) or self._header(column).period is not None

    def _header(self, column: str) -> Context:
        return self._reader.said(column, Context())

    def _latest(self, columns: tuple[str, ...]):  # type: ignore[no-untyped-def]
        periods = [c.period for c in map(self._header, columns[1:]) if c.period is not None]
        return max(periods, key=lambda one: one.last)

    def _changes(self, sentence: Sentence, numbers: list[Number | None]) -> Iterator[Finding]:
        columns = sentence.passage.columns
        values: list[Number] = []
        previous: Number | None = None
        for column, figure in zip(columns[1:], numbers[1:], strict=True):
            if figure is None or figure.unit not in ("count", "pounds"):
                continue
            if _CHANGE.search(column) or _OTHER.search(column) or _RANKED.search(column):
                continue
            if _PREVIOUS.search(column) and self._header(column).period is None:
                previous = figure
            else:
                values.append(figure)
        periods = [self._header(column).period for column in columns[1:]]
        dated = [period.last for period in periods if period is not None]
        if previous is None and len(values) == 2 and len(dated) == 2 and dated[0] < dated[1]:
            previous = values.pop(0)
        if previous is None or len(values) != 1:
            return
        difference = values[0].value - previous.value
        for column, figure in zip(columns[1:], numbers[1:], strict=True):
            if figure is None or not _CHANGE.search(column) or _RANKED.search(column):
                continue
            true = difference
            if _PER_CENT_CHANGE.search(column) or figure.unit == "per cent":
                if not previous.value:
                    continue
                true = 100 * difference / previous.value
            signed = figure.text.strip()[:1] in "+-\N{MINUS SIGN}"
            verdict = fits(figure, true)
            if signed and true and (figure.value > 0) != (true > 0):
                verdict = "contradicted"
            if verdict == "doubtful":
                continue
            yield Finding(
                sentence, verdict, "change", figure.text.strip(),
                "the change agrees with the row" if verdict == "confirmed"
                else "the change does not agree with the figures of its row",
                f"From {number(previous.value)} to {number(values[0].value)} is a change of "
                f"{number(true, 0 if true == difference else 1)}.",
            )  # fmt: skip

    def _across(self, sentence: Sentence, numbers: list[Number | None]) -> Iterator[Finding]:
        """Judge a last column that is the sum of the others in every row above, or the year's."""
        columns = sentence.passage.columns
        are_quarters = [column.strip()[:2].upper() for column in columns[-5:-1]] == [
            "Q1", "Q2", "Q3", "Q4",
        ]  # fmt: skip
        if not _WHOLE.search(columns[-1]) or (len(self._rows) < 2 and not are_quarters):
            return
        if are_quarters and len(columns) == 6:
            are_quarters = numbers[0] is None
        sums = [_sum_across(row) for _, row in self._rows]
        above = [row[-1] for _, row in self._rows]
        if any(
            one is None or total is None or abs(one - total.value) > 1e-9
            for one, total in zip(sums, above, strict=True)
        ):
            return
        true, total = _sum_across([None, *numbers] if are_quarters else numbers), numbers[-1]
        if true is None or total is None:
            return
        holds = abs(true - total.value) <= 1e-9
        yield Finding(
            sentence, "confirmed" if holds else "contradicted", "total", total.text.strip(),
            "the columns sum to the total" if holds else "the columns do not sum to the total",
            f"The columns sum to {'£' if total.unit == 'pounds' else ''}{number(true)}.",
        )  # fmt: skip

    def _shares(self, sentence: Sentence, numbers: list[Number | None]) -> Iterator[Finding]:
        """Judge a column of shares where the last row has the total of the column before it."""
        passage = sentence.passage
        if not _ALL.fullmatch(passage.cells[0].strip()) or len(self._rows) < 2:
            return
        for at in range(2, len(numbers)):
            total, whole = numbers[at - 1], numbers[at]
            is_share = re.fullmatch(_SHARE, passage.columns[at].strip(), re.IGNORECASE)
            if total is None or total.unit != "count" or not total.value or is_share is None:
                continue
            if whole is not None and abs(whole.value - 100) > 0.5:
                continue
            for label, row in self._rows:
                part, share = row[at - 1], row[at]
                if part is None or share is None or share.unit not in ("per cent", "count"):
                    continue
                true = 100 * part.value / total.value
                verdict = fits(replace(share, unit="per cent"), true)
                if verdict == "contradicted":
                    yield Finding(
                        sentence, verdict, "share", f"{label}: {share.text.strip()}",
                        "the share does not agree with the figures of its row",
                        f"{number(part.value)} of {number(total.value)} is {number(true, 1)}%.",
                    )  # fmt: skip

    def _shares_of_their_sum(
        self, sentence: Sentence, numbers: list[Number | None]
    ) -> Iterator[Finding]:
        """Contradict the one share of a whole table without a total that is not of its row."""
        passage = sentence.passage
        rows = [*self._rows, (passage.cells[0], numbers)]
        if len(rows) < 3 or any(_ALL.fullmatch(label.strip()) for label, _ in rows):
            return
        for at in range(2, len(numbers)):
            if not re.fullmatch(_SHARE, passage.columns[at].strip(), re.IGNORECASE):
                continue
            parts = [row[at - 1] for _, row in rows]
            shares = [row[at] for _, row in rows]
            total = sum(part.value for part in parts if part is not None and part.unit == "count")
            if None in (*parts, *shares) or not total:
                continue
            judged = [
                (
                    label,
                    part,
                    share,
                    fits(replace(share, unit="per cent"), 100 * part.value / total),
                )
                for (label, _), part, share in zip(rows, parts, shares, strict=True)
                if part is not None and share is not None
            ]
            wrong = [one for one in judged if one[3] != "confirmed"]
            if len(wrong) != 1 or wrong[0][3] != "contradicted":
                continue
            [(label, part, share, verdict)] = wrong
            true = 100 * part.value / total
            yield Finding(
                sentence, verdict, "share", f"{label}: {share.text.strip()}",
                "the share does not agree with the figures of its row",
                f"{number(part.value)} of {number(total)} is {number(true, 1)}%.",
            )  # fmt: skip

    def figures(self) -> list[tuple[str, list[float | None]]]:
        """Return the labels and figures of the table read last, without its totals."""
        return [
            (label, [one.value if one is not None else None for one in row])
            for label, row in self._rows
            if not _ALL.fullmatch(label.strip())
        ]

    def _total(self, sentence: Sentence, numbers: list[Number | None]) -> Iterator[Finding]:
        passage = sentence.passage
        label = passage.cells[0].strip()
        counted = _ALL_OF.fullmatch(label)  # "Five districts" below five rows
        is_all = counted is not None and small_number(counted["many"]) == len(self._rows)
        if not (_TOTAL.fullmatch(label) or is_all) or len(self._rows) < 2:
            return
        if any(_PARTIAL.search(label) or _TOTAL.fullmatch(label) for label, _ in self._rows):
            return
        for at, total in enumerate(numbers):
            parts = [row[at] for _, row in self._rows]
            known = [part for part in parts if part is not None]
            if total is None or len(known) < len(parts) or _OTHER.search(passage.columns[at]):
                continue
            if total.unit not in ("count", "pounds") or any(p.unit != total.unit for p in known):
                continue
            if _has_subtotal([part.value for part in known]):
                continue
            true = sum(part.value for part in known)
            loose = rounding(*known) + 0.5 * total.step
            holds = abs(true - total.value) <= loose + 1e-9
            if true < _OF_SOME * total.value:
                continue  # a table of some areas, below which all of them stand
            yield Finding(
                sentence, "confirmed" if holds else "contradicted", "total", total.text.strip(),
                "the rows sum to the total" if holds else "the rows do not sum to the total",
                f"The rows sum to {'£' if total.unit == 'pounds' else ''}{number(true)}.",
            )  # fmt: skip


def _sum_across(row: list[Number | None]) -> float | None:
    """Sum a row but for its last cell; nothing where fewer than two cells could be parts."""
    total = row[-1]
    parts = [one for one in row[1:-1] if one is not None]
    if total is None or len(row) < 4 or any(one.unit != total.unit for one in parts):
        return None
    return sum(one.value for one in parts) if parts else None


def _same_months(context: Context, above: Context) -> Context:
    """Read a column that is headed by a year alone as the months that the table is about."""
    year, months = context.period, above.period
    if year is None or months is None or not year.text.strip().isdigit() or year == months:
        return context
    if months.is_vague or months.first.year != months.last.year:
        return context
    first = months.first.replace(year=year.first.year)
    last = end_of_month(first.year, months.last.month)
    return replace(context, period=replace(year, first=first, last=last))


def _in_month(context: Context, caption: str) -> Context:
    """Read a column headed 2017 below "recorded in July" as July 2017."""
    named = _A_MONTH.findall(caption)
    year = context.period
    if len(named) != 1 or year is None or not year.text.strip().isdigit():
        return context
    if find_periods(caption) or (year.first.month, year.last.month) != (1, 12):
        return context
    month = MONTHS[named[0][:3].lower()]
    if re.search(
        rf"\b(?:years?|12\smonths|twelve\smonths)\s(?:to|ending|ended)\s(?:\d+\s)?{named[0]}",
        caption,
        re.I,
    ):
        last = end_of_month(year.first.year, month)
        start = add_months(last.replace(day=1), -11)
        return replace(context, period=replace(year, first=start, last=last))
    first = year.first.replace(month=month)
    return replace(context, period=replace(year, first=first, last=end_of_month(first.year, month)))


def _has_subtotal(values: list[float]) -> bool:
    """Whether a row is the sum of two or more rows that stand right above it, or below."""
    return any(
        abs(sum(values[first:at]) - values[at]) <= 1e-9
        for at in range(2, len(values))
        for first in range(at - 1)
    ) or any(
        values[at] > 0 and abs(sum(values[at + 1 : last]) - values[at]) <= 1e-9
        for at in range(len(values) - 2)
        for last in range(at + 3, len(values) + 1)
    )
