"""Checks a change over several years whose two ends are published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, Verdict, number
from flows.audit.number_words import SMALL
from flows.audit.periods import Period
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row

_LEVEL = re.compile(
    r"\b(?:still|remains?|remained|stays?|stayed|stands?|stood|is|are|was|were)\s(?:\w+\s)?"
    r"(?P<way>below|above|lower\sthan|higher\sthan)\s(?:(?:the|its|their)\s)?"
    r"(?:(?:level|figure|number|volume|total|count)s?\s)?(?:(?:of|in|for|seen\sin|recorded\sin|it\swas\sin)\s)"
    r"(?:the\s)?$",
    re.IGNORECASE,
)
# "763 fewer than in July 2016", "up 12.5% on July 2015"
_WRITTEN = rf"\d+(?:,\d{{3}})*(?:\.\d+)?|{'|'.join(SMALL)}"
_SO_FAR = re.compile(
    rf"(?<![\w,./])(?P<said>{_WRITTEN})(?P<unit>%|\sper\scent)?\s(?:[a-z]+\s)?"
    r"(?P<way>fewer|more|less|higher|lower|up|down)\s"
    r"(?:than|on)\s(?:(?:it\swas\s)?(?:in|for|at)\s)?(?:the\s)?$|"
    rf"\b(?P<way2>up|down)\s(?:by\s)?(?P<said2>{_WRITTEN})(?P<unit2>%|\sper\scent)?\s"
    r"(?:on|since|from)\s(?:the\s)?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|over|under|some|roughly|more\sthan|less\sthan)\s\S*$",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(r"\b(?:more\sthan|over|well\sover)\s$", re.IGNORECASE)
_NEAR = re.compile(r"\b(?:nearly|almost|just\sunder|about|around|roughly|not)\s(?:\w+\s)?$", re.I)
_TIMES = {"doubled": 2.0, "trebled": 3.0, "tripled": 3.0, "quadrupled": 4.0, "quintupled": 5.0}
_TIMES_MORE = re.compile(rf"\b(?P<times>{'|'.join(_TIMES)})\b", re.IGNORECASE)


class OverYears:
    """Judges levels and multiples against an earlier period that the sentence names."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge a sentence of one area and one indicator; others are left out."""
        said = claims.mentioned
        if len(set(said.areas)) > 1 or len(set(said.indicators)) > 1:
            return
        latest = max((one.last for one in said.periods if not one.is_vague), default=None)
        now = next((one for one in said.periods if one.last == latest), None)
        if now is None:
            return
        for text, context in claims.clauses:
            if context.is_narrower or not context.indicator:
                continue
            of_clause: list[Finding] = []
            for period in said.periods:
                if period.is_vague or period.last >= now.first:
                    continue
                if _months(now) != _months(period):
                    continue
                rows = [
                    self._rows.row(Context(context.area, context.indicator, one))
                    for one in (now, period)
                ]
                current, previous = rows
                if current is None or previous is None:
                    continue
                if current["value"] is None or not previous["value"]:
                    continue
                now_and_then = float(current["value"]), float(previous["value"])
                before = text.partition(period.text)[0] if period.text in text else ""
                holds = self._holds(text, before, *now_and_then)
                if holds is None and now.text in text:
                    holds = _moved_so_far(before, *now_and_then)
                if holds is None or current.get("break_note"):
                    continue
                verdict: Verdict = "confirmed" if holds else "contradicted"
                reason = (
                    f"{number(float(previous['value']))} in {previous['period_label']}, "
                    f"{number(float(current['value']))} in {current['period_label']}"
                )
                of_clause.append(
                    of_row(claims.sentence, verdict, "over years", text.strip(), reason, current)
                )
            holding = [one for one in of_clause if one.verdict == "confirmed"]
            # "doubled over the two years": since the first of three periods, not since the second
            yield from holding if _TIMES_MORE.search(text) and holding else of_clause

    def _holds(self, text: str, before: str, current: float, previous: float) -> bool | None:
        level = _LEVEL.search(before)
        if level is not None and current != previous:
            return (current > previous) == level["way"].casefold().startswith(("above", "higher"))
        times = _TIMES_MORE.search(text)
        if times is None:
            return None
        least = _TIMES[times["times"].casefold()]
        if _NEAR.search(text[: times.start()]):
            return None
        if _MORE_THAN.search(text[: times.start()]):
            return current > least * previous
        return current >= 0.9 * least * previous


def _months(period: Period) -> int:
    return 12 * (period.last.year - period.first.year) + period.last.month - period.first.month


def _moved_so_far(before: str, current: float, previous: float) -> bool | None:
    """Whether a figure moved as far as the words before an earlier period say."""
    match = _SO_FAR.search(before)
    if match is None:
        return None
    written = (match["said"] or match["said2"]).replace(",", "")
    if _ABOUT.search(before[: match.start("said") if match["said"] else match.start("said2")]):
        return None
    written = str(SMALL.get(written.casefold(), written))
    is_per_cent = bool(match["unit"] or match["unit2"])
    true = abs(current - previous) * (100 / previous if is_per_cent else 1)
    is_up = (match["way"] or match["way2"]).casefold() in ("more", "higher", "up")
    step = 10.0 ** -len(written.partition(".")[2]) if is_per_cent else 0.0
    if true and not 1 / 4 <= float(written) / true <= 4:
        return None  # of another thing
    if abs(float(written) - true) > (1.05 * step if is_per_cent else 0.5):
        return False
    return (current > previous) == is_up
