"""Checks shares of all crime: "a third of all crime in Leeds was violence"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.agreement import fits
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, Verdict, number
from flows.audit.fractions_of_change import fraction_bounds
from flows.audit.marks import HEDGED, Number, Word, find_fractions
from flows.audit.periods import Period
from flows.audit.published_rows import PublishedRows
from flows.audit.subjects import is_comparator
from flows.audit.vocabulary import INDICATOR, Vocabulary
from flows.papers.published import Row

_ALL = "total_recorded_crime"
_OF_ALL = re.compile(
    r"\s(?:of\s(?:all\s|the\s|total\s|overall\s|every\s)*)(?:recorded\s|notifiable\s|"
    r"police[\s-]recorded\s|reported\s)?(?:crimes?|offences|offending|trc)\b(?!\stypes?)"
    r"|^\s(?:recorded\s)?(?:crimes|offences)\b",
    re.IGNORECASE,
)
# "a third of crimes were", "made up a third of crime": not "a third of the rise in crime"
_IS_A_SHARE = re.compile(
    r"\b(?:ma[dk]es?\sup|made\sup|making\sup|account(?:s|ed|ing)?\sfor|represent(?:s|ed|ing)?|"
    r"constitut\w+|compris\w+|were|was|is|are|formed|forms|share|took\splace|happened|occurred)\b",
    re.IGNORECASE,
)
_TOOK_PLACE = re.compile(r"\btook\splace(?=\sin\s(?:the\s)?(?-i:[A-Z]))", re.IGNORECASE)


class SharesOfAll:
    """Judges shares of all crime, by an indicator of one area or by an area of its force."""

    def __init__(self, rows: PublishedRows, vocabulary: Vocabulary) -> None:
        self._rows = rows
        self._vocabulary = vocabulary

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the clauses of a sentence that state one share of all crime."""
        for text, context in claims.clauses:
            without = _TOOK_PLACE.sub("", text)
            if not _IS_A_SHARE.search(text) or self._vocabulary.narrowing.search(without):
                continue
            said = _stated(text, claims)
            parts = self._parts(claims, context, said[0]) if said is not None else None
            if said is None or parts is None:
                continue
            part, whole = parts
            if not part["value"] or not whole["value"]:
                continue
            true = 100 * float(part["value"]) / float(whole["value"])
            what, verdict = _judged(*said, true)
            yield Finding(
                claims.sentence,
                verdict,
                "share of all crime",
                what,
                f"the share is {number(true, 1)}%",
                f"{number(part['value'])} of {number(whole['value'])} is {number(true, 1)}%.",
            )

    def _parts(self, claims: Claims, context: Context, what: str) -> tuple[Row, Row] | None:
        """Return the rows of the part and of the whole, where the sentence names just one pair."""
        named = claims.mentioned
        areas = list(dict.fromkeys(named.areas)) or [context.area]
        indicators = [one for one in dict.fromkeys(named.indicators) if one != _ALL]
        if len(indicators) > 1:  # what stands before the share is the part
            behind = claims.text.find(what)
            before = [m for m in claims.marks if isinstance(m, Word) and m.start < behind]
            of_part = dict.fromkeys(m.value for m in before if m.mark == INDICATOR)
            indicators = [one for one in of_part if one != _ALL]
        if len({period.last for period in named.periods}) > 1:
            # "45.9% in July 2018, compared with 30.4% in July 2016": the first share is judged
            own = [one for one in named.periods if not is_comparator(claims.text, one)]
            if len(own) != 1:
                own = _behind(claims, what)
            if len(own) != 1:
                return None
            context = replace(context, period=own[0])
        if len(indicators) == 1 and len(areas) == 1:
            about = replace(context, area=areas[0])
            return self._pair(
                replace(about, indicator=indicators[0]), replace(about, indicator=_ALL)
            )
        if not indicators and len(areas) == 2:
            about = replace(context, indicator=_ALL)
            one, other = (replace(about, area=area) for area in areas)
            pair = self._pair(one, other) or self._pair(other, one)
            if pair is not None and pair[1].get("area_type") != "force":
                pair = pair[1], pair[0]
            if pair is None or pair[0].get("force_name") != pair[1]["force_name"]:
                return None
            is_part_of_force = (pair[0]["area_type"], pair[1]["area_type"]) == ("csp", "force")
            return pair if is_part_of_force else None
        return None

    def _pair(self, part: Context, whole: Context) -> tuple[Row, Row] | None:
        rows = self._rows.row(part), self._rows.row(whole)
        return None if rows[0] is None or rows[1] is None else (rows[0], rows[1])


def _stated(text: str, claims: Claims) -> tuple[str, float, float, Number | None] | None:
    """Return the words of the one share stated, its bounds, and its number where it has one."""
    found: list[tuple[str, float, float, Number | None]] = []
    compared = [one.current for one in claims.comparisons if one.current is not None]
    for figure in (*(figure for _, figure in claims.figures), *compared):
        at = text.find(figure.text)
        if figure.unit == "per cent" and at >= 0 and _OF_ALL.match(text[at + len(figure.text) :]):
            found.append((figure.text.strip(), 0.0, 0.0, figure))
    if not found:
        for part in find_fractions(text):
            if _OF_ALL.match(text[part.end :]):
                hedged = HEDGED.search(text[: part.start])
                hedge = (hedged["hedge"] or "").lower() if hedged else ""
                found.append(
                    (f"{hedge} {part.text}".strip(), *fraction_bounds(hedge, part.value), None)
                )
    return found[0] if len(found) == 1 else None


def _behind(claims: Claims, what: str) -> list[Period]:
    """Return the period between a share and the number after it."""
    start = claims.text.find(what)
    after = [one.start for one in claims.mentioned.numbers if one.start > start]
    until = min(after, default=len(claims.text))
    return [one for one in claims.mentioned.periods if start <= one.start < until]


def _judged(
    what: str, low: float, high: float, figure: Number | None, true: float
) -> tuple[str, Verdict]:
    if figure is not None:
        return what, fits(figure, true)
    if low <= true <= high:
        return what, "confirmed"
    return what, "doubtful" if 0.9 * low <= true <= 1.1 * high else "contradicted"
