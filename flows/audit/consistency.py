"""Checks the figures of a draft against each other: arithmetic, shares, totals, words of change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from flows.audit.agreement import (
    HEDGE,
    agreement,
    fits,
    fits_within,
    is_plausible,
    rounding,
    share_finding,
)
from flows.audit.claims import Claims, Comparison, Share, Total
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict, number
from flows.audit.fractions_of_change import has_another_name
from flows.audit.marks import Number
from flows.audit.of_something_else import is_change_of_something_else
from flows.audit.other_comparisons import is_of_all_but_one
from flows.audit.vocabulary import NO_LIMIT

_EACH = re.compile(r"\b(?:each\s(?:of|had|held|ran|gave|received)|every|apiece)\b", re.IGNORECASE)

# "a faster rate of reduction (32% for the police compared with 19% for the survey)"
_FOR_ANOTHER = re.compile(
    r"\bfor\s(?:the\s)?(?!same|year|years|previous|preceding|month|quarter|period|last|20)\w+[^.;]{0,60}"
    r"\b(?:compared\s(?:with|to)|against|versus)\s[^.;]{0,20}\bfor\s(?!the\s(?:same|year|previous)\b)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?<![\d/,])(?!20\d\d\b)\d[\d,]*\s(?:crimes|offences|incidents|cases|calls)\b"
)
# "by more than nine tenths" of what grew by 82% is wrong, where "by nine tenths" may be rounded
_MORE_THAN = re.compile(r"(?:well\s|just\s)?(?:over|more\sthan)\b", re.IGNORECASE)
_SEXES = re.compile(r"\b(?:fe)?males?\b|\b(?:wo)?men\b", re.IGNORECASE)
_AND = re.compile(r"\band\b", re.IGNORECASE)


class Consistency:
    """Judges sentences in their order; later ones may contradict earlier ones."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge all claims of a sentence that can be judged without a publication."""
        for comparison in claims.comparisons:
            yield from self._comparison(claims, comparison)
        for share in claims.shares:
            yield from self._share(claims.sentence, share)
        for total in claims.totals:
            if not _EACH.search(claims.text):  # "each of the 14 schools had three, so 42 in all"
                yield from self._total(claims, total)
        for rank in claims.ranks:
            if rank.of is not None and rank.place > rank.of:
                yield Finding(
                    claims.sentence,
                    "contradicted",
                    "rank",
                    rank.words,
                    f"place {rank.place} cannot be among {rank.of}",
                )

    def _comparison(self, claims: Claims, one: Comparison) -> Iterator[Finding]:
        if one.current is not None and one.previous is not None:
            if _are_in_two_brackets(one.text, one.current, one.previous):
                return
            yield from self._two_figures(claims.sentence, one, one.current, one.previous)
        elif one.change is not None and one.percent is not None and one.current is not None:
            yield from self._change_and_current(claims, one, one.current)

    def _two_figures(
        self, sentence: Sentence, one: Comparison, current: Number, previous: Number
    ) -> Iterator[Finding]:
        if current.unit != previous.unit:
            return
        difference = current.value - previous.value
        are_shares = current.unit == "per cent"
        both = f"{previous.text.strip()} to {current.text.strip()}"
        unit = " percentage points" if are_shares else ""
        right = f"From {both} is a change of {number(difference, 1 if are_shares else 0)}{unit}"
        if previous.value and not are_shares:
            right += f" ({number(100 * difference / previous.value, 1)}%)"
        right += "."

        def finding(verdict: Verdict, kind: str, claim: str, reason: str) -> Finding:
            return Finding(sentence, verdict, kind, claim, reason, right)

        if (
            one.change is not None
            and one.change.unit == current.unit
            and is_change_of_something_else(one.change, difference, one.text)
        ):
            return
        loose = 0.5 * (current.step + previous.step) if current.step > 1 or are_shares else 0.0
        if (
            one.change is not None
            and one.change.unit == current.unit
            and not _is_of_another_figure(one.text, one.change, current, previous)
        ):
            verdict = fits_within(one.change, difference, loose)
            yield finding(verdict, "change", one.change.text, agreement(verdict, "the change"))
        if one.points is not None and are_shares:
            verdict = fits_within(one.points, difference, loose)
            yield finding(verdict, "points", one.points.text, agreement(verdict, "the change"))
        if one.percent is not None and previous.value:
            relative = 100 * difference / previous.value
            if are_shares and fits(one.percent, relative) == "contradicted":
                if abs(abs(one.percent.value) - abs(difference)) <= loose + 0.05:
                    yield finding(
                        "contradicted",
                        "unit",
                        one.percent.text,
                        "two percentages differ in percentage points, not in per cent",
                    )
            elif not are_shares:
                loose = 100 * loose / abs(previous.value)
                verdict = fits_within(one.percent, relative, loose)
                others = [fits_within(other, relative, loose) for other in one.other_percents]
                if verdict != "confirmed" and "confirmed" in others:
                    return  # the per cent of another change stands first
                yield finding(
                    verdict, "per cent", one.percent.text, agreement(verdict, "the change")
                )
        yield from self._words(one, difference, previous.value, finding)

    def _words(
        self,
        one: Comparison,
        difference: float,
        previous: float,
        finding: Callable[[Verdict, str, str, str], Finding],
    ) -> Iterator[Finding]:
        relative = 100 * difference / previous if previous else None
        if one.direction in ("up", "down") and difference != 0 and not _are_of_two_things(one):
            agrees = (difference > 0) == (one.direction == "up")
            if not agrees:
                word = "a rise" if difference > 0 else "a fall"
                yield finding(
                    "contradicted", "direction", one.text.strip(), f"the figures are {word}"
                )
            elif one.multiple is None and one.percent is None and one.change is None:
                yield finding(
                    "confirmed", "direction", one.text.strip(), "the figures agree with the words"
                )
        if one.direction in ("up", "down") and difference == 0:
            is_rounded = one.current is not None and one.current.unit in ("per cent", "rate")
            yield finding(
                "doubtful" if is_rounded else "contradicted",
                "direction",
                one.text.strip(),
                "the two figures are the same",
            )
        if one.direction == "same" and relative is not None and abs(relative) >= 10:
            yield finding(
                "contradicted",
                "direction",
                one.text.strip(),
                f"a change of {number(relative, 1)}% is not 'unchanged'",
            )
        if one.multiple is not None and relative is not None:
            of_right_sign = one.multiple.direction == "any" or (
                (relative > 0) == (one.multiple.direction == "up")
            )
            holds = of_right_sign and one.multiple.low <= abs(relative) <= one.multiple.high
            least = one.multiple.low * (0.9 if one.multiple.high < NO_LIMIT else 1.0)
            if _MORE_THAN.match(one.multiple_text):
                least = 0.97 * one.multiple.low
            near = of_right_sign and least <= abs(relative) <= one.multiple.high * 1.1
            near = near and not has_another_name(one.multiple, relative)
            yield finding(
                "confirmed" if holds else "doubtful" if near else "contradicted",
                "multiple",
                one.multiple_text,
                f"the change is {number(relative, 1)}%",
            )

    def _change_and_current(
        self, claims: Claims, one: Comparison, current: Number
    ) -> Iterator[Finding]:
        change, percent = one.change, one.percent
        if change is None or percent is None or one.direction not in ("up", "down"):
            return
        if change.unit != current.unit or current.unit == "per cent":
            return
        first, second = sorted((change, percent), key=lambda number: number.start)
        if _AND.search(one.text[first.end : second.start]):
            return  # "a 10% increase and more than 10,000 above the last quarter": two changes
        sign = 1 if one.direction == "up" else -1
        previous = current.value - sign * abs(change.value)
        if previous <= 0:
            return
        relative = 100 * abs(change.value) / previous
        verdict = fits(percent, relative)
        may_be_of_it = claims.mentioned.looks_back and current.start < change.start
        if may_be_of_it and fits(percent, 100 * abs(change.value) / current.value) == "confirmed":
            return  # "there were 182 the year before, so it is 30 higher (16.5%)"
        yield Finding(
            claims.sentence,
            verdict,
            "per cent",
            percent.text,
            agreement(verdict, "the change"),
            f"A change of {number(sign * abs(change.value))} to {number(current.value)} is "
            f"{number(sign * relative, 1)}% of {number(previous)}.",
        )

    def _share(self, sentence: Sentence, share: Share) -> Iterator[Finding]:
        verdicts = [
            (fits(share.share, 100 * share.part.value / whole.value), whole)
            for whole in share.wholes
            if whole.value
        ]
        confirmed = [whole for verdict, whole in verdicts if verdict == "confirmed"]
        if confirmed and not (share.is_of_year_before and len(share.wholes) > 1):
            whole = confirmed[0]
            verdict: Verdict = "confirmed"
        elif len(verdicts) == 1:
            verdict, whole = verdicts[0]
        elif share.is_of_year_before and len(verdicts) > 1:
            # of two wholes in a sentence the year before's belongs to the year before's part
            verdict, whole = verdicts[-1]
        else:
            return
        if not is_plausible(share.share.value, 100 * share.part.value / whole.value):
            return
        claim = f"{share.part.text.strip()} ({share.share.text.strip()})"
        yield share_finding(sentence, verdict, claim, share.part.value, whole.value)

    def _total(self, claims: Claims, total: Total) -> Iterator[Finding]:
        sentence = claims.sentence
        true = sum(part.value for part in total.parts)
        all_of_them = true + total.total.value
        if any(one.value == all_of_them for one in claims.mentioned.of_unit(total.total.unit)):
            return  # "£84,000 split: £36,500 on gates, £29,750 on lights and £17,750": a part
        if not is_plausible(total.total.value, true):
            return  # "42 volunteers on 98 nights, giving 3,500 hours": another thing is counted
        loose = rounding(*total.parts)
        off = abs(true - total.total.value)
        holds = off <= 0.5 * total.total.step + loose + 1e-9
        may_be_short = _SEXES.search(total.text) and 0 < total.total.value - true <= 0.01 * true
        if not holds and any(one.hedge for one in total.parts):
            return  # "over 2,200 false alarms, nearly 1,700 fires": known roughly
        loosened = total.total.hedge and off <= HEDGE * true
        verdict: Verdict = "confirmed" if holds or loosened else "contradicted"
        if not holds and may_be_short:
            verdict = "doubtful"  # of a few the sex may not be recorded
        yield Finding(
            sentence,
            verdict,
            "total",
            total.total.text.strip(),
            agreement(verdict, "the total"),
            f"The parts sum to {'£' if total.total.unit == 'pounds' else ''}{number(true)}.",
        )


def _are_of_two_things(one: Comparison) -> bool:
    """Whether the words are of other things than the figures: of two things, or of all but one."""
    if is_of_all_but_one(one.text):
        return True
    is_share = one.current is not None and one.current.unit == "per cent"
    return is_share and _FOR_ANOTHER.search(one.text) is not None


def _are_in_two_brackets(text: str, one: Number, other: Number) -> bool:
    """Whether each has a bracket of its own: "in A (down by 11% to 1,834) and B (to 3,891)"."""
    brackets = [
        at
        for figure in (one, other)
        for at, match in enumerate(re.finditer(r"\([^()]*\)", text))
        if figure.text.strip() in match[0]
    ]
    return len(brackets) == 2 and brackets[0] != brackets[1]


def _is_of_another_figure(text: str, change: Number, *pair: Number) -> bool:
    """Whether a third figure stands before a change: "10,545 (9,096), with 5,231, 83 fewer"."""
    ends = [text.find(one.text) + len(one.text) for one in pair]
    between = text[max(ends) : text.find(change.text)]
    return _COUNTED.search(between) is not None
