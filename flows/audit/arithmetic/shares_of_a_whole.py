"""Judges shares whose whole stands before the part: "Of the 96 who began, 72 finished: three quarters"."""  # noqa: E501

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from flows.audit.agreement import agreement, share_finding
from flows.audit.arithmetic.shares_in_words import SaidShare, shares_in
from flows.audit.change_words import NOUN
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import HEDGED, Number

_ANAPHOR = (
    r"(?:these|those(?!\s(?:eligible|invited|asked|approached|entitled|contacted|present))|"
    r"them|whom|which|the\stotal|the\sresponses|th(?:at|is)\s(?:increase|rise|fall|reduction|total|growth))"
)
_OF_WHOLE = re.compile(r"\b[Oo]f\s(?:the\s|all\s|its\s|our\s|all\sthe\s|some\s|about\s)?$")
_OF_THESE = re.compile(rf"\bof\s{_ANAPHOR}\b", re.IGNORECASE)
# Between a part and its share: "(45%)", ", or 45%", ": two thirds", " - just under a quarter"
_JOINT = re.compile(
    r"[^;.!?\d£%]{0,70}?(?:\(|,\s(?:or\s|so\s|that\sis\s(?:to\ssay\s)?|which\sis\s|i\.e\.,?\s|(?:equal|equivalent|equating|amounting)\sto\s|a\s(?:\w+\s)?"
    r"(?:rate|share|proportion)\sof\s)?|:\s|\s(?:-|\N{EN DASH}|\N{EM DASH})\s|\sor\s|"
    r"\bwhich\s(?:is|was)\s|:\sa\s(?:\w+\s)?rate\sof\s|\brepresent(?:s|ing|ed)\s|\s(?:is|was|are|were)\s)"
    r"(?:(?:just|well)\s)?(?:over\s|under\s|more\sthan\s|less\sthan\s|fewer\sthan\s|nearly\s|almost\s|about\s|around\s|"
    r"roughly\s|some\s|approximately\s|only\s|or\s|exactly\s)*"
)
_RATE_OF = re.compile(
    r"(?::|,|\s-|\s\N{EN DASH}|\()\s?(?:giving\s|which\sis\s|or\s)?an?\s(?:\w+\s)?"
    r"(?:rate|share|proportion)\sof\s"
    r"(?:just\s|about\s|around\s|over\s|under\s|nearly\s)*$",
    re.IGNORECASE,
)
_FRACTION_FIRST = re.compile(
    rf"^\sof\sthe\s[a-z]+s(?:,\s|\s\()$|^\sof\s{_ANAPHOR}(?:\s\w+){{0,3}}?(?:,\s|\s\()$|^,\s$|^\s\((?:a\stotal\sof\s)?$",
    re.IGNORECASE,
)
_OF_THE = re.compile(r"\sof\s(?:the|all|our|its)\s")
_OF_THEM_BEFORE = re.compile(r"\bof\s(?:them|whom|which|these|those)\b", re.IGNORECASE)
_BEGINS_OF_THESE = re.compile(r"^[Oo]f\s(?:these|those|them|whom),?\s")
_THIS_IS = re.compile(r"^(?:This|That|It)\s(?:is|was|represents|means|amounts\sto)\b")
_BRACKETED = re.compile(r"\s[^;.()\d]{1,90}(?:\(|,\s)")
# "had a serious hazard: 152 in all"
_AFTER_COLON = re.compile(r"\s[^;:.()\d]{1,90}:\s")
_IN_ALL = re.compile(r"\s(?:in\s(?:all|total)|altogether)\b|[.]?$")
_CLOSED = re.compile(r"^(?:\s[a-z]+)?[),]")
_OF_THE_THINGS = re.compile(r"\sof\sthe\s(?P<things>[a-z]+s)(?:,\s|\s\()$")
_OF_SOME = re.compile(r"\sof\s[^;.()]{1,120}?(?:,|:|\()\s?")
_OUT_OF = re.compile(r"\s(?:out\s)?of\s(?:(?:the|all)\s)?")
_RESPONDENTS = re.compile(r"^\s(?:respondents|replies|responses)\b")
_HAS_RATE_OF = re.compile(r"\ban?\s(?:\w+\s)?(?:rate|share|proportion)\sof\s", re.IGNORECASE)
_OF_A_CHANGE = re.compile(
    rf"^\s(?:or\s(?:[^.;,]|,\d){{0,40}}?\s)?(?:{NOUN}|higher|lower|more|fewer|up|down|on)\b",
    re.I,
)
_APPOSITION = re.compile(
    r"(?:[^;.()\d]|20\d\d(?:/\d\d)?){0,90}?(?:,|:)\s?(?:(?:or|that\sis|which\sis)\s?)?"
)
_OF_ALL = re.compile(
    r"(?:\sof\s(?:the\stotal|them|all)\b(?:[^,;]*[.]?\s*$|[,;]))|[.,;]?\s*$|,\s(?:had|have|has|were|was|did)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\sof\s(?:them|these|those|whom)\b", re.IGNORECASE)
_DID = re.compile(r"\s(?:were|was|had|have|has|said|felt|completed|agreed|led|resulted)\b")
# A change or a difference is no share, and what is missing from a list is not its whole.
_NOT_A_SHARE = re.compile(
    rf"\b(?:{NOUN}|up|down|higher|lower|more\sthan\slast|fewer\sthan\slast|"
    r"compared|change)\b(?!\s(?:rate|was))",
    re.IGNORECASE,
)


_A_FURTHER = re.compile(r"\b(?:a\sfurther|another)\s$", re.IGNORECASE)


class SharesOfAWhole:
    """Judges a part and its share where the text says what the part is of."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge each pair of a part and a share; one whole that fits of several is enough."""
        counts = claims.mentioned.of_unit("count")
        yield from _more_than_all(claims, counts)
        yield from _whole_between(claims)
        yield from _words_behind(claims)
        yield from _said_twice(claims)
        yield from _of_before(claims, counts)
        yield from self._pairs(claims, counts)
        yield from self._pairs(claims, claims.mentioned.of_unit("pounds"))

    def _pairs(self, claims: Claims, counts: list[Number]) -> Iterator[Finding]:
        for part, share in pairs_of(claims.text, counts, list(claims.mentioned.numbers)):
            wholes = _wholes(claims, part, counts, share) if part.value else []
            judged = [(share.judge(100 * part.value / one.value), one) for one in wholes]
            fitting = [one for one in judged if one[0] == "confirmed"]
            if not fitting and len(judged) != 1:
                continue
            verdict, whole = (fitting or judged)[0]
            yield _finding(claims, verdict, f"{part.text.strip()} ({share.text})", part, whole)


def _finding(claims: Claims, verdict: Verdict, claim: str, part: Number, whole: Number) -> Finding:
    return share_finding(claims.sentence, verdict, claim, part.value, whole.value)


def _said_twice(claims: Claims) -> Iterator[Finding]:
    """Judge "some nine in ten visitors (91%)": the words against the per cent behind them."""
    shares = shares_in(claims.text, list(claims.mentioned.numbers))
    for said, exact in itertools.pairwise(shares):
        between = claims.text[said.end : exact.start]
        is_in_words = not re.search(r"\d\s?(?:%|per)", said.text)
        number_of_it = exact.number
        if not is_in_words or number_of_it is None or "%" not in number_of_it.text:
            continue
        if not re.fullmatch(r"\s(?:of\s)?[^;.()\d]{0,80}\(", between):
            continue
        if not claims.text[exact.end :].startswith(")"):
            continue
        verdict = said.judge(exact.value)
        yield Finding(
            claims.sentence,
            verdict,
            "share",
            said.text,
            agreement(verdict, "the share"),
            f"The draft gives {exact.text.strip()} beside it.",
        )


def _words_behind(claims: Claims) -> Iterator[Finding]:
    """Judge "143 of the 271 assaults in the centre, more than half of the total"."""
    for share in shares_in(claims.text, list(claims.mentioned.numbers)):
        if share.number is not None:
            continue
        counts = [one for one in claims.mentioned.of_unit("count") if one.end <= share.start]
        if len(counts) < 2:
            continue
        part, whole = counts[-2:]
        hedged = HEDGED.search(claims.text[: share.start])
        start = hedged.start() if hedged is not None else share.start
        between = claims.text[part.end : whole.start]
        behind = claims.text[whole.end : start]
        if not _OUT_OF.fullmatch(between) or not _APPOSITION.fullmatch(behind):
            continue
        if 0 < part.value <= whole.value and _OF_ALL.match(claims.text[share.end :]):
            verdict = share.judge(100 * part.value / whole.value)
            yield _finding(claims, verdict, share.text, part, whole)


def _whole_between(claims: Claims) -> Iterator[Finding]:
    """Judge "More than half of the 380 reports in the town (171)" and "two thirds, 46 of 95"."""
    for share in shares_in(claims.text, list(claims.mentioned.numbers)):
        after = [
            one
            for one in claims.mentioned.numbers
            if one.start >= share.end and one.unit in ("count", "pounds")
        ]
        if len(after) != 2 or after[0].unit != after[1].unit:
            continue
        gap = claims.text[share.end : after[0].start]
        between = claims.text[after[0].end : after[1].start]
        behind = claims.text[after[1].end :]
        is_behind = _BRACKETED.fullmatch(between) and _CLOSED.match(behind)
        is_behind = is_behind or (_AFTER_COLON.fullmatch(between) and _IN_ALL.match(behind))
        if _OF_THE.fullmatch(gap) and is_behind:
            whole, part = after
        elif _OF_SOME.fullmatch(gap) and _OUT_OF.fullmatch(between):
            part, whole = after
        else:
            continue
        if not 0 < part.value <= whole.value:
            continue
        verdict = share.judge(100 * part.value / whole.value)
        yield _finding(claims, verdict, share.text, part, whole)


def _of_before(claims: Claims, counts: list[Number]) -> Iterator[Finding]:
    """Judge "Of the 215 who began, 129 were men. This is more than two thirds of them"."""
    before = claims.before
    shares = shares_in(claims.text, list(claims.mentioned.numbers))
    if before is None or counts or len(shares) != 1 or not _THIS_IS.match(claims.text):
        return
    known = before.mentioned.of_unit("count")
    if len(known) != 2 or len(before.mentioned.numbers) != 2:
        return
    whole, part = known
    is_of_it = _OF_WHOLE.search(before.text[: whole.start]) or _OF_THESE.search(
        before.text[whole.end : part.start]
    )
    if not is_of_it or not 0 < part.value <= whole.value:
        return
    verdict = shares[0].judge(100 * part.value / whole.value)
    yield _finding(claims, verdict, shares[0].text, part, whole)


def _more_than_all(claims: Claims, counts: list[Number]) -> Iterator[Finding]:
    """Contradict "Of the 27 people arrested, 29 were charged"."""
    for whole, part in itertools.pairwise(counts):
        says_of = _OF_WHOLE.search(claims.text[: whole.start])
        between = claims.text[whole.end : part.start]
        if (
            says_of
            and part.value > whole.value
            and re.fullmatch(r"\s[a-z][^;.]{0,80},\s", between)
            and _DID.match(claims.text[part.end :])
        ):
            yield Finding(
                claims.sentence, "contradicted", "share", part.text.strip(),
                f"{number(part.value)} cannot be of {number(whole.value)}",
            )  # fmt: skip


def pairs_of(
    text: str, counts: list[Number], numbers: list[Number]
) -> Iterator[tuple[Number, SaidShare]]:
    """Pair each share with the part that stands at it."""
    for share in shares_in(text, numbers):
        before = [one for one in counts if one.end <= share.start]
        after = [one for one in counts if one.start >= share.end]
        between = text[before[-1].end : share.start] if before else ""
        refers = _OF_THESE.match(text[share.end :].lstrip())
        if before and _is_of_another(text, before[-1]) and not refers:
            continue
        if re.fullmatch(r"\s[a-z]+,\s", between) and _OF_THEM.match(text[share.end :]):
            continue  # "2,318 replies, 61% of them in favour": of these, not of what stands before
        if share.text[:1] in "+-\N{MINUS SIGN}":
            continue
        moves = _NOT_A_SHARE.search(between) or _OF_A_CHANGE.match(text[share.end :])
        if before and not moves and not _is_of_another(text, before[-1]):
            joined = _JOINT.fullmatch(between) or _RATE_OF.search(between)
            if joined and not any(before[-1].end <= one.start < share.start for one in numbers):
                yield before[-1], share
                continue
        if (
            after
            and _FRACTION_FIRST.match(text[share.end : after[0].start])
            and not _is_of_another(text, after[0])
        ):
            yield after[0], share


def _is_of_another(text: str, part: Number) -> bool:
    """Whether a number has its own whole behind it, is one itself, or is a change."""
    return bool(
        re.match(r"\s(?:out\s)?of\s(?:the\s|all\s)?[\d£]", text[part.end :])
        or re.search(
            r"\b(?:[Oo]ut\sof|(?<!total\s)of|by|from|(?<!made\s)(?<!makes\s)(?<!make\s)up|down)\s(?:the\s|all\s)?$",
            text[: part.start],
        )
    )


def _wholes(claims: Claims, part: Number, counts: list[Number], share: SaidShare) -> list[Number]:
    """Return what the part can be of: the number after "of the", or those of the text before."""
    text = claims.text
    if _BEGINS_OF_THESE.match(text) and claims.before is not None:
        # "64 were asked. Of these, 23 accepted (36%), 27 declined (42%)": each is of the 64
        known = claims.before.mentioned.of_unit("count")
        if len(known) == 1:
            return known if known[0].value >= part.value else []
    if _A_FURTHER.search(text[: share.start]) and claims.before is not None:
        # "34% of the 26,193 offences. Bradford accounted for a further 26% (6,839)"
        known = claims.before.mentioned.of_unit("count")
        known = [one for one in known if _OF_WHOLE.search(claims.before.text[: one.start])]
        return known if len(known) == 1 and known[0].value >= part.value else []
    refers = _OF_THESE.match(text[part.end :].lstrip())
    # "111 were deliberate, and nearly two thirds of those (72) were of refuse"
    refers = refers or _OF_THESE.search(text[share.end : max(share.end, part.start)])
    stated = [
        one for one in counts if one.end <= part.start and _OF_WHOLE.search(text[: one.start])
    ]
    if stated and not refers:
        later = [one for one in counts if stated[0].end <= one.start < part.start]
        return [stated[0]] if stated[0].value >= part.value and len(later) <= 2 else []
    earlier = [one for one in counts if one.end <= part.start]
    if earlier:
        # "visited 320 shops and 64 of them, one in four"
        # "visited 320 shops, of which 64", "288 staff, two thirds of whom (96)"
        refers_back = refers or _OF_THESE.search(text[part.end : part.end + 25])
        refers_back = refers_back or _OF_THEM_BEFORE.search(
            text[max(earlier[-1].end, part.start - 20) : part.start]
        )
        if refers_back or (_HAS_RATE_OF.search(text) and len(earlier) == 1):
            return [one for one in earlier if one.value >= part.value]
        return []
    refers_back = _OF_THESE.search(text) or _RESPONDENTS.match(text[part.end :])
    if not refers_back and claims.before is not None and _HAS_RATE_OF.search(text):
        all_before = claims.before.mentioned.of_unit("count")
        return all_before if len(all_before) == 1 and all_before[0].value >= part.value else []
    named = _OF_THE_THINGS.search(text[: part.start])
    if named is not None and claims.before is not None:
        # "225 reports of noise. One in four of the reports, 45, came from one block"
        return [
            one
            for one in claims.before.mentioned.of_unit("count")
            if re.match(
                rf"\s(?:[a-z]+\s){{0,2}}?{named['things']}\b", claims.before.text[one.end :]
            )
        ]
    is_fraction_first = re.search(r"\bhalf(?:\s\(|,\s)$", text[: part.start]) is not None
    if claims.before is None or not (refers_back or is_fraction_first):
        return []
    return [
        one
        for one in claims.before.mentioned.numbers
        if one.unit == "count" and one.value >= part.value
    ]
