"""Judges what share of a force's figure areas have: "Leeds had 56% of the 303 thefts in the force"."""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import fits
from flows.audit.change_words import NOUN
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, Verdict, number
from flows.audit.fractions_of_change import fraction_bounds
from flows.audit.marks import HEDGED, Number, Word, find_fractions
from flows.audit.nearest_named import named_nearby
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import query
from flows.audit.vocabulary import AREA, INDICATOR, Vocabulary

_HAS = re.compile(
    r"\b(?:account(?:s|ed|ing)?\sfor|ma(?:de|kes?|king)\sup|contribut(?:ed|es|ing)|represent(?:ed|s|ing)?|had|has|"
    r"saw|recorded|took|with|generated|experienced)\s(?:[a-z]+\s){0,4}$",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"\)?\sof\s(?:all\s)?(?:the\s|that\s|its\s)?(?!\s?(?:these|those|them|this|that)\b)"
    rf"(?!(?:\w+\s)?(?:{NOUN}|growth|change|population|residents|reports?\b|force's\s(?:budget|officers)))",
    re.IGNORECASE,
)
_WERE_IN = re.compile(
    r"\b(?:were|was|happened|occurred|took\splace|(?:were\s|was\s)?(?:committed|recorded|reported))\s"
    r"(?:recorded\s|reported\s|committed\s)?(?:in|from)\s(?:the\s)?$",
    re.IGNORECASE,
)
_TOTAL_FOR = re.compile(r"\)?\sof\sthe\s(?:\w+\s)?total\s(?:for|in|across)\s(?:the\s)?(?-i:[A-Z])")
_THE_FORCE = re.compile(r"\bin\sthe\s(?:police\s)?force(?:\sarea)?\b", re.IGNORECASE)
_WHICH_IS = re.compile(
    r"^(?:The|This)\s(?:city|borough|district|town)\b[^.;]*?(?:\bwhich\s(?:is|was)|\bor)\s$|"
    r"^(?:The|This)\s(?:city|borough|district|town)\s(?:account\w*\sfor|made\sup)\s(?:\w+\s){0,2}$"
)
_ALL_OF_IT = re.compile(r"\bof\sall\s(?:the\s)?", re.IGNORECASE)
_JOINT = re.compile(r"(?:,\s|\s?(?:and|&)\s|,\sand\s)(?:in\s)?")


class SharesOfAForce:
    """Judges a share of one indicator in one period, whose areas and force the sentence names."""

    def __init__(self, rows: PublishedRows, vocabulary: Vocabulary) -> None:
        self._rows = rows
        self._vocabulary = vocabulary

    def _is_whole(self, claims: Claims) -> bool:
        """Whether "of all" is all that would make the indicator a part of itself."""
        said = _ALL_OF_IT.search(claims.text)
        named = [mark for mark in claims.marks if isinstance(mark, Word) and mark.mark == INDICATOR]
        own = next((mark for mark in named if said is not None and mark.start == said.end()), None)
        known = self._vocabulary
        return (
            own is not None
            and not known.narrowing.search(claims.text)
            and not known.after_indicator.match(claims.text[own.end :])
        )

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the one share of a sentence, where it says of which areas and of what."""
        named = [mark for mark in claims.marks if isinstance(mark, Word) and mark.mark == AREA]
        forces = {mark.value for mark in named if mark.value in self._rows.forces}
        if not forces and _THE_FORCE.search(claims.text):
            around = {self._rows.force_of.get(mark.value, "") for mark in named}
            around |= {self._rows.force_of.get(one.area, "") for _, one in claims.clauses}
            forces = around - {""}
        _, indicators, periods = named_nearby(claims)
        spans = {(one.first, one.last) for one in periods}
        if len(forces) != 1 or len(indicators) != 1 or len(spans) != 1:
            return
        if any(context.is_narrower for _, context in claims.clauses) and not self._is_whole(claims):
            return
        [force], [indicator] = forces, indicators
        said = _stated(claims)
        parts = [mark for mark in named if mark.value != force]
        if said is None:
            return
        start, end, what, low, high, figure = said
        areas = _whose(claims.text, start, end, parts)
        if not [mark for mark in parts if mark.end <= start] and _WHICH_IS.search(
            claims.text[:start]
        ):
            # "The city recorded 86,100 crimes, which is 38.7 per cent of all crime in the force"
            of_text = {one.area for text, one in claims.clauses if what in text}
            areas = sorted(of_text) if _OF_ALL.match(claims.text[end:]) else []
        if not areas or any(self._rows.force_of.get(area) != force for area in areas):
            return
        about = [Context(area, indicator, periods[0]) for area in (*areas, force)]
        rows = [self._rows.row(one) for one in about]
        values = [
            float(row["value"])
            for row in rows
            if row is not None and row["value"] is not None and row.get("unit") == "count"
        ]
        if len(values) != len(rows) or not values[-1]:
            return
        true = 100 * sum(values[:-1]) / values[-1]
        verdict: Verdict
        if figure is not None:
            verdict = fits(figure, true)
        else:
            is_near = 0.9 * low <= true <= 1.1 * high
            verdict = "doubtful" if is_near else "contradicted"
            verdict = "confirmed" if low <= true <= high else verdict
        whole = rows[-1]
        yield Finding(
            claims.sentence, verdict, "share of the force", what,
            f"the share is {number(true, 1)}%",
            f"{' + '.join(number(one) for one in values[:-1])} of {number(values[-1])} "
            f"is {number(true, 1)}%.",
            query(whole) if whole is not None else "",
        )  # fmt: skip


def _stated(claims: Claims) -> tuple[int, int, str, float, float, Number | None] | None:
    """Return the one share of a sentence: its place and words, its bounds or its number."""
    shares = claims.mentioned.of_unit("per cent")
    if len(shares) == 1:
        [one] = shares
        return one.start, one.end, one.text.strip(), 0.0, 0.0, one
    fractions = find_fractions(claims.text)
    if shares or len(fractions) != 1:
        return None
    [part] = fractions
    hedged = HEDGED.search(claims.text[: part.start])
    hedge = (hedged["hedge"] or "").lower() if hedged else ""
    bounds = fraction_bounds(hedge, part.value)
    return part.start, part.end, f"{hedge} {part.text}".strip(), *bounds, None


def _whose(text: str, start: int, end: int, named: list[Word]) -> list[str]:
    """Return the areas that have the share: those before "accounted for", or behind "were in"."""
    if _OF_ALL.match(text[end:]) is None:
        return []
    before = [mark for mark in named if mark.end <= start]
    after = [mark for mark in named if mark.start >= end]
    if _HAS.search(text[:start]) and before and not after:
        run = [mark.value for mark in _run(text, before[::-1])]
        # "Leeds, with 8,865, and Bradford, with 6,839, recorded 60%"
        return run if set(run) == {mark.value for mark in before} else []
    first = next((mark for mark in after if _WERE_IN.search(text[: mark.start])), None)
    if first is None or before:
        return []
    return [mark.value for mark in _run(text, after[after.index(first) :])]


def _run(text: str, marks: list[Word]) -> list[Word]:
    """Return the marks from the first on that "and" or a comma joins, in either order."""
    run = marks[:1]
    for mark in marks[1:]:
        one, other = sorted((run[-1], mark), key=lambda one: one.start)
        if not _JOINT.fullmatch(text[one.end : other.start]):
            break
        run.append(mark)
    return run
