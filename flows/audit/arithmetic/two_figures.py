"""Judges what a sentence with just two figures says of them: how far apart, and together.

"742 in Q1 and 662 in Q2, 80 lower than the first"; "72.6% … 46.5%, 26 percentage points fewer";
"about a quarter higher than Dudley's"; "taken together, 131 and 150 made 281".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.audit.agreement import agreement, fits, fits_within, rounding, share_finding
from flows.audit.arithmetic.differences import GAP
from flows.audit.change_words import NOUN
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.fractions_of_change import fraction_bounds
from flows.audit.marks import HEDGED, Number, find_fractions

_APART_FROM = re.compile(
    r"\s(?:[a-z]+\s){0,2}?(?:lower|higher|more|fewer|less|smaller|larger|greater)\s(?:[a-z]+\s)?than\s"
    r"(?:(?:in|that\sof)\s)?the\s(?:first|second|third|fourth|former|latter|other)\b",
    re.IGNORECASE,
)
_MISSED_BY = re.compile(
    r"\b(?:overshot|undershot|missed|missing|exceeded|exceeding|beat|beating|surpassed)\s"
    r"(?:it\s|(?:its|the|this|that|their)\s(?:\w+\s)?)?by\s(?:just\s|some\s)?$",
    re.IGNORECASE,
)
_THAT_IS = re.compile(
    r",?\s(?:that\sis\sto\ssay|that\sis|in\sother\swords|namely|i\.e\.),?\s$", re.IGNORECASE
)
_MORE_AT_THE_END = re.compile(
    r"\s(?:more|fewer|less|higher|lower)(?=\s*(?:[,.;)]|$)|\s(?:and|but|while)\s)"
)
_SHORT_OF = re.compile(
    r"\s(?:short\sof|(?:below|above|over|under)(?=\sthe\s(?:\w+\s)?(?:total|sum)))\s(?:the|its|this|a)\s(?:[a-z]+\s){1,3}£?\d",
    re.IGNORECASE,
)
_POINTS_APART = re.compile(
    r"\s(?:fewer|less|more|lower|higher|worse|better|apart|down|up)\b|"
    r"\s?(?:[.;,)]|$)|\s(?:between|from)\b",
    re.IGNORECASE,
)
# "79.3%, compared with 71.7% last year, a gain of 7.6 percentage points which"
_A_MOVE_OF = re.compile(
    rf",\s(?:an?|the)\s(?:{NOUN}|gain|improvement|loss|gap)\sof\s$", re.IGNORECASE
)
_OVER_A_LIMIT = re.compile(
    r"\s(?P<way>over|above|below|under)\s(?:the|its|a|an)\s(?:\w+\s)?(?:ceiling|target|limit|budget|plan)\sof\s£?",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"\s(?P<way>higher|more|greater|lower|fewer|less)\s(?:[a-z]+\s)?than\s(?!in\s(?:\w+\s)?20|the\syear|a\syear)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\b(?:together|combined|between\sthem|adding\sup\sto|added\sup)\b", re.I)
_OF_ITS_WHOLE = re.compile(r"\sof\s(?:the|its|their|our|a)\s[^.;\d]{0,40}?£?$", re.IGNORECASE)
_PART_OF = re.compile(r"\sof\s(?:the|its|their|all)\s[^.;,\d£]{0,40}£?$", re.IGNORECASE)
_WHICH_IS = re.compile(r",\s(?:which\sis|or|that\sis|i\.e\.)\s(?:about\s|some\s)?$", re.IGNORECASE)
# "222,658 crimes, and Birmingham, with 86,100, accounted for 38.7% of them"
_OF_THEM = re.compile(r"\sof\s(?:them|these|those|the\stotal)(?=\s*(?:[.;,)]|$))", re.IGNORECASE)
_HAS = re.compile(
    r"\bwith\s[\d,]+,\s(?:accounted\sfor|made\sup|had|represented|recorded)\s$", re.IGNORECASE
)
# What is further off than so many times is not said of the two figures.
_NEARLY = 1.7


class TwoFigures:
    """Judges each kind of statement where no third figure of the sentence can be meant."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Yield a finding for each statement that two figures settle."""
        yield from _apart(claims)
        yield from _points(claims)
        yield from _over_a_limit(claims)
        yield from _part_higher(claims)
        yield from _together(claims)
        yield from _share(claims)


def _apart(claims: Claims) -> Iterator[Finding]:
    counts = claims.mentioned.of_unit("count", "pounds", "rate")
    for said in counts:
        before = claims.text[: said.start]
        is_apart = (
            _APART_FROM.match(claims.text[said.end :])
            or GAP.search(before)
            or _MISSED_BY.search(before)
            or _SHORT_OF.match(claims.text[said.end :])
            or (_THAT_IS.search(before) and _MORE_AT_THE_END.match(claims.text[said.end :]))
        )
        are_pounds = said.unit == "pounds"
        others = [one for one in counts if one is not said and (one.unit == "pounds") == are_pounds]
        if _THAT_IS.search(before):  # of what stands before it, whatever is counted after
            others = [one for one in others if one.end <= said.start]
        if not is_apart or len(others) != 2 or (others[0].step < 1) != (others[1].step < 1):
            continue
        true = abs(others[0].value - others[1].value)
        if true and 1 / 4 <= said.value / true <= 4:
            verdict = fits_within(said, true, rounding(*others))
            yield _difference(claims, said, others, true, verdict)


def _over_a_limit(claims: Claims) -> Iterator[Finding]:
    """Judge "20,843 crimes, 6.9 per cent over the ceiling of 19,500"."""
    for said in claims.mentioned.of_unit("per cent"):
        of_limit = _OVER_A_LIMIT.match(claims.text[said.end :])
        figures = claims.mentioned.of_unit("count", "pounds")
        before = [one for one in figures if one.end <= said.start]
        after = [one for one in figures if one.start >= said.end]
        if of_limit is None or not before or not after or not after[0].value:
            continue
        if after[0].start > said.end + of_limit.end() or before[-1].unit != after[0].unit:
            continue
        own, limit = before[-1], after[0]
        true = 100 * (own.value - limit.value) / limit.value
        is_over = of_limit["way"].casefold() in ("over", "above")
        if not true or not 1 / 4 <= said.value / abs(true) <= 4:
            continue
        verdict = fits(said, abs(true))
        if (true > 0) != is_over:
            verdict = "contradicted"
        yield Finding(
            claims.sentence, verdict, "per cent", said.text.strip(),
            agreement(verdict, "the difference"),
            f"{own.text.strip()} is {number(abs(true), 1)}% "
            f"{'above' if true > 0 else 'below'} {limit.text.strip()}.",
        )  # fmt: skip


def _points(claims: Claims) -> Iterator[Finding]:
    points = claims.mentioned.of_unit("points")
    shares = claims.mentioned.of_unit("per cent")
    if len(points) != 1 or len(shares) != 2:
        return
    said = points[0]
    true = abs(shares[0].value - shares[1].value)
    is_apart = _POINTS_APART.match(claims.text[said.end :]) or _A_MOVE_OF.search(
        claims.text[shares[1].end : said.start]
    )
    if not is_apart or said.start < shares[1].start or not true:
        return
    if 1 / 4 <= said.value / true <= 4:
        loose = sum(one.step for one in shares) / 2
        yield _difference(claims, said, shares, true, fits_within(said, true, loose))


def _difference(
    claims: Claims, said: Number, others: Sequence[Number], true: float, verdict: Verdict
) -> Finding:
    decimals = 1 if min(one.step for one in others) < 1 else 0
    return Finding(
        claims.sentence, verdict, "difference", said.text.strip(),
        agreement(verdict, "the difference"),
        f"{others[0].text.strip()} and {others[1].text.strip()} "
        f"are {number(true, decimals)} apart.",
    )  # fmt: skip


def _part_higher(claims: Claims) -> Iterator[Finding]:
    figures = claims.mentioned.of_unit("count", "pounds", "rate")
    decimals = [one for one in figures if one.step < 1]
    pair = decimals if len(decimals) == 2 else figures
    parts = find_fractions(claims.text)
    if len(pair) != 2 or len(parts) != 1 or min(one.value for one in pair) <= 0:
        return
    [part] = parts
    way = _HIGHER.match(claims.text[part.end :])
    if way is None or (pair[0].step < 1) != (pair[1].step < 1):
        return
    hedged = HEDGED.search(claims.text[: part.start])
    low, high = fraction_bounds((hedged["hedge"] or "").lower() if hedged else "", part.value)
    less, more = sorted(one.value for one in pair)
    is_up = way["way"].casefold() in ("higher", "more", "greater")
    true = 100 * (more - less) / (less if is_up else more)
    verdict: Verdict = "confirmed" if low <= true <= high else "doubtful"
    if not 0.85 * low <= true <= 1.15 * high:
        verdict = "contradicted"
    yield Finding(
        claims.sentence, verdict, "multiple", part.text, agreement(verdict, "the part"),
        f"Between {pair[0].text.strip()} and {pair[1].text.strip()} lie {number(true, 1)}%.",
    )  # fmt: skip


def _together(claims: Claims) -> Iterator[Finding]:
    for unit in ("count", "pounds"):
        figures = claims.mentioned.of_unit(unit)
        if len(figures) != 3 or not _TOGETHER.search(claims.text):
            continue
        total = max(figures, key=lambda one: one.value)
        parts = [one for one in figures if one is not total]
        true = sum(one.value for one in parts)
        if total is not figures[2] or not 1 / _NEARLY <= total.value / true <= _NEARLY:
            continue
        if any(abs(total.value - one.value) < 0.3 * total.value for one in parts):
            continue  # "together 1,415, 81 fewer than 1,496": two totals
        verdict = fits(total, true)
        yield Finding(
            claims.sentence, verdict, "total", total.text.strip(),
            agreement(verdict, "the total"), f"Together they are {number(true)}.",
        )  # fmt: skip


def _share(claims: Claims) -> Iterator[Finding]:
    shares = claims.mentioned.of_unit("per cent")
    figures = claims.mentioned.of_unit("count", "pounds")
    if len(shares) != 1 or len(figures) != 2 or not re.search(r"\d", shares[0].text):
        return
    said, (part, whole) = shares[0], figures
    is_of_first = _OF_THEM.match(claims.text[said.end :]) and _HAS.search(claims.text[: said.start])
    if is_of_first and part.value > whole.value and whole.end <= said.start:
        true = 100 * whole.value / part.value
        if 1 / _NEARLY <= true / max(said.value, 1e-9) <= _NEARLY:
            yield share_finding(
                claims.sentence, fits(said, true), said.text.strip(), whole.value, part.value
            )
        return
    if part.unit != whole.unit or part.value >= whole.value:
        return
    text = claims.text
    is_behind = _PART_OF.search(text[said.end : whole.start]) and part.end <= said.start
    is_of_pair = _OF_ITS_WHOLE.search(text[part.end : whole.start]) and _WHICH_IS.search(
        text[whole.end : said.start]
    )
    if not is_behind and not is_of_pair:
        return
    true = 100 * part.value / whole.value
    if 1 / _NEARLY <= true / max(said.value, 1e-9) <= _NEARLY:
        yield share_finding(
            claims.sentence, fits(said, true), said.text.strip(), part.value, whole.value
        )
