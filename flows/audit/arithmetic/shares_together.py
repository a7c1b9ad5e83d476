"""Judges "These two districts account for 59% of it" against the figures of the sentence before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import is_plausible, share_finding
from flows.audit.arithmetic.shares_in_words import shares_in
from flows.audit.change_words import NOUN
from flows.audit.claims import Claims
from flows.audit.findings import Finding
from flows.audit.number_words import small_number

_TOGETHER = re.compile(
    r"\b(?:(?:these|those|the)\s(?P<many>two|three|four|five)\s(?:\w+\s){1,2}?|(?:together|combined|between\sthem),?\s"
    r"(?:they\s|these\s)?)(?:(?:together|combined|between\sthem|thus|therefore|now|alone),?\s){0,2}"
    r"(?:account(?:s|ed)?\sfor|explain(?:s|ed)?|ma(?:ke|de)\sup|represent(?:s|ed)?|contribute[sd]?)\s"
    r"(?:[a-z]+\s){0,3}$",
    re.IGNORECASE,
)
_OF_THE_WHOLE = re.compile(
    rf"\sof\s(?:the\s|that\s|this\s|its\s|all\s)*(?:\w+\s)?(?:total|whole|force|county|{NOUN}|crimes?|offences|"
    r"it|them|figure|number|cases|calls|incidents)\b",
    re.IGNORECASE,
)


class SharesTogether:
    """Judges the share that the last figures of the sentence before have of a larger one."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the share that stands at once behind "these two account for"."""
        for share in shares_in(claims.text, list(claims.mentioned.numbers)):
            said = _TOGETHER.search(claims.text[: share.start])
            if said is None or _OF_THE_WHOLE.match(claims.text[share.end :]) is None:
                continue
            many = small_number(said["many"]) if said["many"] else 2
            figures = [
                one.value
                for before in reversed(list(claims.earlier())[:2])
                for one in before.of_unit("count")
            ]
            if many is None or len(figures) < many + 1:
                return
            part = sum(figures[-many:])
            wholes = [one for one in figures[:-many] if one > part]
            # of two wholes nothing says which is meant
            if len(wholes) == 1 and is_plausible(share.value, 100 * part / wholes[0]):
                verdict = share.judge(100 * part / wholes[0])
                yield share_finding(claims.sentence, verdict, share.text, part, wholes[0])
