"""Judges what is left between two amounts: "leaving an underspend of £14,550"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import agreement, fits, fits_within, rounding
from flows.audit.change_words import NOUN
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Number, Unit

_LEFT = re.compile(
    r"\b(?:leaving|which\sleaves|leaves)\s(?:just\s|about\s)?$|"
    r"\b(?:under-?spend|over-?spend|difference|shortfall|surplus|deficit|balance|gap|saving|"
    r"variance|carry[\s-]forward|unspent)(?::\s|\s(?:of|was|is|stood\sat)\s)(?:just\s|about\s|around\s)?$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom\s£?\d[^.;]*?\sto\s£?\d")
_OF_WHICH = re.compile(r"\bof\s(?:which|this|these|that)\s$", re.IGNORECASE)
_IS_LEFT = re.compile(
    r"^\s(?:(?:is|was|are|were|remains?|remained)\s)?(?:(?:now\s)?expected\sto\sbe\s|to\sbe\s)?"
    r"(?:left\b(?!\sto\b)|unspent\b|underspent\b|remain(?:s|ed|ing)?\b)",
    re.IGNORECASE,
)
_SPEND = re.compile(r"\b(?:(?P<over>over)|under)-?spend\b", re.IGNORECASE)
_BUDGET = re.compile(r"\bagainst\s(?:an?|the|its)\s(?:[a-z]+\s)?budget\sof\s$", re.IGNORECASE)
# "had a budget of £125,000 and closed the year on spending of £118,400"
_A_BUDGET = re.compile(r"\bbudget\s(?:of|was|stood\sat)\s$", re.IGNORECASE)
_SPENT = re.compile(r"\b(?:spen[dt]\w*|expenditure|outturn)\b", re.IGNORECASE)
_POINTS_LEFT = re.compile(
    r"^\s(?:short\sof|below|under|above|over|ahead\sof|higher\sthan|lower\sthan|better\sthan|worse\sthan)\b",
    re.IGNORECASE,
)
_CHANGE_OF = re.compile(
    rf"\b(?:{NOUN}|improvement|gain)\sof\s(?:just\s|about\s)?$|"
    r"\b(?:up|down)\s(?:by\s)?$",
    re.IGNORECASE,
)
_ABOUT_IT = re.compile(
    rf"(?:This|That|It)\s(?:is|was)\b|(?:This|That|The)\s(?:{NOUN}|improvement|change|gain)\sof\b"
)
_THE_RATE = re.compile(r"(?:The|This|That|Its)\s(?:\w+\s)?(?:rate|share|proportion|percentage)\b")
_ABOVE_IT = re.compile(r"^\s(?:above|below|higher\sthan|lower\sthan)\s(?:it|that|this|the)\b")
_ABOVE_TARGET = re.compile(
    r"^\s(?:[a-z]+\s){0,2}?(?:above|below|over|under|short\sof|ahead\sof)\s(?:the\s|its\s|their\s|our\s)?target\b"
)
GAP = re.compile(
    r"\b(?:gap|difference|margin|spread|range)\s(?:of|was|is)\s"
    r"(?:just\s|about\s|around\s|some\s|over\s|under\s)*$",
    re.IGNORECASE,
)
# "286 per 100,000 above the England rate of 526"
_APART = re.compile(
    r"\s?(?:per\s[\d,]+\s)?(?P<way>above|below|higher\sthan|lower\sthan|more\sthan|fewer\sthan)\s(?:the|its|our)\s"
    r"(?:[\w-]+\s){0,4}?(?:rate|figure|average|mean|total|level)\sof\s",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    r"\s(?:(?P<more>more|higher|above)|fewer|less|lower|below)\s(?:than\s)?(?:the\s)?(?:figure\sof\s)?",
    re.I,
)
_COMPARED = re.compile(r"\s(?:compared|against|versus)\b", re.IGNORECASE)
_THAN_BEFORE = re.compile(
    r"\s(?:(?:in|the|at|it\swas|a|one|last|previous|same)\s)*(?:year|time|quarter|month|period|survey|wave|"
    r"20\d\d)\b",
    re.IGNORECASE,
)
_LOW = re.compile(r"\b(?:short|below|under|lower|worse)\b", re.IGNORECASE)


class Differences:
    """Judges a third figure that says how far two others are apart."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge a sentence with just two figures and their difference."""
        yield from self._left(claims)
        yield from self._unit(claims)
        yield from self._points(claims)
        yield from _apart(claims)
        yield from _more_than_before(claims)
        yield from _points_of_counts(claims)

    def _left(self, claims: Claims) -> Iterator[Finding]:
        for unit in ("pounds", "count"):
            figures = claims.mentioned.of_unit(unit)
            before = claims.before
            while before is not None and len(figures) < 3:
                earlier = before.mentioned.of_unit(unit)
                figures = [*earlier, *figures]
                before = before.before
            own = [one for one in figures if one in claims.mentioned.numbers]
            left = [
                one
                for one in own
                if _LEFT.search(claims.text[: one.start])
                or _ABOVE_TARGET.match(claims.text[one.end :])
                or (
                    own == figures
                    and _IS_LEFT.match(claims.text[one.end :])
                    and not _OF_WHICH.search(claims.text[: one.start])
                )
            ]
            if len(figures) != 3 or left != figures[2:]:
                continue
            first, second, said = figures
            if len(own) == 1 and claims.before is not None and _FROM_TO.search(claims.before.text):
                continue  # "cut from £493,000 to £369,000. A carry-forward of £38,000"
            if said.value > max(first.value, second.value):
                continue  # "96 joined and 71 left, leaving 1,239": of what stood before them
            true = abs(first.value - second.value)
            verdict = fits_within(said, true, rounding(first, second))
            over = _SPEND.search(claims.text[second.end : said.start])
            is_budget = _BUDGET.search(claims.text[: second.start]) is not None
            if over is not None and own == figures and true:
                is_over = first.value > second.value
                if not is_budget and _A_BUDGET.search(claims.text[: first.start]):
                    spent = _SPENT.search(claims.text[first.end : second.start])
                    is_budget, is_over = spent is not None, not is_over
                if is_budget and is_over != bool(over["over"]):
                    verdict = "contradicted"
            yield _finding(claims, verdict, said, first, second)

    def _unit(self, claims: Claims) -> Iterator[Finding]:
        """Contradict "71% and then 76%, an improvement of five per cent": these are points."""
        shares = claims.mentioned.of_unit("per cent")
        before = claims.before
        is_of_before = (
            _ABOUT_IT.match(claims.text)
            or _THE_RATE.match(claims.text)
            or any(_ABOVE_IT.match(claims.text[one.end :]) for one in shares)
        )
        while is_of_before and before is not None and len(shares) < 3:
            shares = [*before.mentioned.of_unit("per cent"), *shares]
            before = before.before
        changes = [
            one
            for one in shares
            if one in claims.mentioned.numbers
            and (
                _CHANGE_OF.search(claims.text[: one.start])
                or _ABOVE_IT.match(claims.text[one.end :])
            )
        ]
        if len(shares) != 3 or len(changes) != 1:
            return
        if _COMPARED.match(claims.text[changes[0].end :]):
            return  # "up 5% compared with 13% nationally and 8% regionally"
        [said] = changes
        one, other = (share for share in shares if share is not said)
        if claims.text[said.end :].lstrip().startswith("from"):
            one, other = other, one  # "81.5%, up 4.5% from 77.0%"
        points = abs(other.value - one.value)
        relative = 100 * points / one.value if one.value else 0.0
        if abs(said.value - points) <= 0.051 and fits(said, relative) != "confirmed":
            yield Finding(
                claims.sentence, "contradicted", "unit", said.text.strip(),
                "two percentages differ in percentage points, not in per cent",
                f"{one.text.strip()} and {other.text.strip()} differ by "
                f"{number(points, 1)} points.",
            )  # fmt: skip

    def _points(self, claims: Claims) -> Iterator[Finding]:
        """Judge "4.6 percentage points short of the 85% target" of the share just stated."""
        points = claims.mentioned.of_unit("points")
        shares = claims.mentioned.of_unit("per cent")
        is_about_it = _ABOUT_IT.match(claims.text)
        if len(shares) == 1 and claims.before is not None:
            known = claims.before.mentioned.of_unit("per cent")
            if len(known) != 1:
                return
            shares = [*known, *shares]
        if len(points) != 1 or len(shares) != 2:
            return
        [said], (own, other) = points, shares
        way = _POINTS_LEFT.match(claims.text[said.end :])
        before = claims.text[: said.start]
        if way is None and GAP.search(before) is None:
            return
        if way is not None and _THAN_BEFORE.match(claims.text[said.end + way.end() :]):
            return  # "four points lower than the year before": of one share, not of two
        stands_last = other not in claims.mentioned.numbers or other.start > said.end
        says_which = way is not None and (is_about_it is not None or own.start > said.end)
        if own in claims.mentioned.numbers and not stands_last and own.start > said.start:
            return
        true = own.value - other.value
        verdict = fits_within(said, true, 0.5 * (own.step + other.step))
        if says_which and way is not None and true and (true < 0) != bool(_LOW.search(way[0])):
            verdict = "contradicted"
        yield Finding(
            claims.sentence,
            verdict,
            "points",
            said.text.strip(),
            agreement(verdict, "the difference"),
            f"{own.text.strip()} is {number(abs(true), 1)} percentage points "
            f"{'below' if true < 0 else 'above'} {other.text.strip()}.",
        )


def _more_than_before(claims: Claims) -> Iterator[Finding]:
    """Judge "There were 18,603 calls. That is 1,259 more than the 17,344 before"."""
    unit: Unit = "pounds" if claims.mentioned.of_unit("pounds") else "count"
    counts = claims.mentioned.of_unit(unit)
    known = claims.before.mentioned.of_unit(unit) if claims.before is not None else []
    if len(counts) != 2 or len(known) != 1 or not _ABOUT_IT.match(claims.text):
        return
    (said, other), [own] = counts, known
    way = _MORE_THAN.fullmatch(claims.text[said.end : other.start])
    if way is None:
        return
    true = own.value - other.value
    verdict = fits_within(said, true, rounding(own, other))
    if true and (true > 0) != bool(way["more"]):
        verdict = "contradicted"
    yield _finding(claims, verdict, said, own, other)


def _points_of_counts(claims: Claims) -> Iterator[Finding]:
    """Contradict "from 189 offences to 247, an increase of 30.7 percentage points"."""
    counts, points = claims.mentioned.of_unit("count"), claims.mentioned.of_unit("points")
    if len(counts) != 2 or len(points) != 1 or claims.mentioned.of_unit("per cent", "rate"):
        return
    [one, other], [said] = counts, points
    relative = 100 * abs(other.value - one.value) / one.value if one.value else 0.0
    if (
        other.end <= said.start
        and _CHANGE_OF.search(claims.text[: said.start])
        and relative
        and fits(said, relative) == "confirmed"
    ):
        yield Finding(
            claims.sentence, "contradicted", "unit", said.text.strip(),
            "two numbers differ in per cent, only two percentages in percentage points",
            f"From {number(one.value)} to {number(other.value)} is {number(relative, 1)}%.",
        )  # fmt: skip


def _apart(claims: Claims) -> Iterator[Finding]:
    """Judge "812 admissions were 286 above the England rate of 526"."""
    figures = claims.mentioned.of_unit("count", "rate")
    if len(figures) != 3:
        return
    own, said, other = figures
    way = _APART.fullmatch(claims.text[said.end : other.start])
    if way is None or own.base not in (None, other.base, said.base):
        return
    true = own.value - other.value
    verdict = fits_within(said, true, 0.5 * (own.step + other.step) if true % 1 else 0.0)
    low = way["way"].casefold() in ("below", "lower than", "fewer than")
    if verdict == "confirmed" and true and (true < 0) != low:
        verdict = "contradicted"
    yield _finding(claims, verdict, said, own, other)


def _finding(claims: Claims, verdict: Verdict, said: Number, one: Number, other: Number) -> Finding:
    sign = "£" if said.unit == "pounds" else ""
    apart = number(abs(one.value - other.value))
    return Finding(
        claims.sentence,
        verdict,
        "difference",
        said.text.strip(),
        agreement(verdict, "the difference"),
        f"{sign}{number(one.value)} and {sign}{number(other.value)} differ by {sign}{apart}.",
    )
