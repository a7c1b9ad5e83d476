"""Judges shares that leave a remainder: with it they are the whole, 100%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Number

_REMAINING = re.compile(
    r"(?<!most of the )(?<!some of the )(?<!many of the )"
    r"\b(?:remaining|remainder|the\srest|the\sothers|the\sother(?=\s\d))\b",
    re.IGNORECASE,
)
_IN_ALL = re.compile(
    r"^[^%]{0,40}\b(?:making|totalling|giving|together)\s[^%]{0,10}$|^[^%]{0,40}100\s?%\sin\sall"
)
_THE_REMAINING = re.compile(r"^(?:The\s(?:remaining|other)\s)")
_ONE_EACH = re.compile(
    r"\b(?:all\b[^.;]*\bone\sanswer|breaks?\sdown|broke\sdown|breakdown|were\s(?:split|divided)|split\s\w+\sways)\b",
    re.IGNORECASE,
)
_NOT_SHARES = re.compile(
    r"\b(?:increas\w+|decreas\w+|ris(?:e|es|en)|rose|fell|fall(?:s|en)?|reduc\w+|compared|"
    r"percentage\spoints?|than|(?<!made\s)(?<!make\s)(?<!makes\s)up|down)\b",
    re.IGNORECASE,
)


class Remainders:
    """Judges a sentence whose last share is that of "the remaining"."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the sum of all shares of a sentence, as far as they were rounded."""
        shares = claims.mentioned.of_unit("per cent")
        before = claims.before.mentioned.of_unit("per cent") if claims.before is not None else []
        if len(shares) == len(before) == 1 and _THE_REMAINING.match(claims.text):
            yield from _judged(claims, [*before, *shares])
            return
        if len(shares) < 2 or _NOT_SHARES.search(claims.text):
            return
        if (
            shares[-1].value == 100
            and len(shares) > 2
            and _IN_ALL.search(claims.text[shares[-2].end :])
        ):
            yield from _judged(claims, shares[:-1])
            return
        rest = _REMAINING.search(claims.text)
        last = shares[-1]
        is_rest = rest is not None and shares[-2].end <= rest.start() < last.end + 30
        if not is_rest and not _ONE_EACH.search(claims.text[: shares[0].start]):
            return
        if any(one.hedge for one in shares) or _are_of_each_other(claims.text):
            return
        yield from _judged(claims, shares)


def _judged(claims: Claims, shares: list[Number]) -> Iterator[Finding]:
    last = shares[-1]
    total = sum(one.value for one in shares)
    loose = 0.5 * sum(one.step for one in shares)
    verdict: Verdict = "confirmed" if abs(total - 100) <= loose + 1e-9 else "contradicted"
    if verdict == "contradicted" and abs(total - 100) <= 1.5 * loose + 0.1:
        verdict = "doubtful"
    yield Finding(
        claims.sentence,
        verdict,
        "total",
        last.text.strip(),
        "the shares are the whole"
        if verdict == "confirmed"
        else "the shares and the remaining one are not 100%",
        f"The shares sum to {number(total, 1)}%; "
        f"without the last, {number(100 - total + last.value, 1)}% remain.",
    )


def _are_of_each_other(text: str) -> bool:
    """Whether a share is of another one: "of these, 40% ..."."""
    return re.search(r"\bof\s(?:these|those|whom|which)\b", text, re.IGNORECASE) is not None
