"""Judges "its rate was well above that of the force" where the publication has both rates.

The same for the average of the family, and for a gap to the country in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import fits
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, number
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row

_WAY = r"(?P<way>above|below|higher\sthan|lower\sthan)"
_FAMILY = (
    r"(?:the\s|its\s|our\s)?(?:(?:most\ssimilar\s)?family(?:\sof\s[\w\s]{3,30}?)?\s(?P<mean>average|mean)|"
    r"(?:average|mean)\s(?:rate\s)?(?:for|of|in|across)\s(?:its|the|our)\s(?:most\ssimilar\s)?family)\b"
)
_FORCE = r"(?:that\s(?:of|for|in)\s|the\srate\s(?:of|for|in)\s)?the\sforce\b"
_IS = r"\b(?:was|is|were|are|remains|remained|stood|stands|lies|lay|stays|stayed)\s(?:\w+\s){0,3}?"
_BESIDE = re.compile(
    rf"\brates?\b(?:[^.;,]|\.\d){{0,70}}?{_IS}{_WAY}\s(?:(?P<force>{_FORCE})|(?P<family>{_FAMILY}))"
    r"(?!\s(?:target|ceiling|mean|median)\b)(?!\S{0,2}\s?(?:of\s)?\(?\d)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|no\slonger|neither|nor)\b|n't\b", re.IGNORECASE)
# "six percentage points below the England figure"
_POINTS = re.compile(
    rf"\s?(?:{_WAY}|(?P<good>better|worse)\sthan)\s(?:that\s(?:of|for|in)\s|the\s(?:figure|average|rate)\s(?:of|for|in)\s)?(?:the\s)?"
    r"(?:England|English|national)(?:\s(?:figure|average|rate|mean))?\b",
    re.IGNORECASE,
)
# "26.8% on average across its family", "the family average of 26.8%"
_ACROSS = re.compile(
    r"(?:\sper\s[\d,]+(?:\s\w+)?)?\s(?:on\saverage\s)?(?:across|for|in)\s(?:its|the|our)\s(?:most\ssimilar\s)?"
    r"family(?:\sas\sa\swhole)?(?=\s*(?:[.,;)]|$))",
    re.IGNORECASE,
)
_OF_FAMILY = re.compile(
    r"\bfamily(?:'s)?\s(?:average|mean)\s?(?:of|was|is|at|stood\sat|\()\s?$", re.IGNORECASE
)
# Rates that are nearer than this, as a share, are neither above nor below for most readers.
_LEVEL = 0.01
# A figure that is further off than so many times is one of something else.
_ANOTHER_THING = 1.7


class RateBesideOthers:
    """Judges a clause of one area, indicator and period; without both figures, nothing."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge each clause that says so."""
        for text, context in claims.clauses:
            if context.is_narrower:
                continue
            yield from self._side(claims, text, context)
            yield from self._numbers(claims, text, context)

    def _side(self, claims: Claims, text: str, context: Context) -> Iterator[Finding]:
        said = _BESIDE.search(text)
        row = self._rows.row(context)
        if said is None or row is None or _DENIED.search(said[0]):
            return
        name = "force_rate" if said["force"] else "family_mean_rate"
        own, other = row.get("rate"), row.get(name)
        if not own or not other or row.get("area_type") != "csp" or abs(own / other - 1) < _LEVEL:
            return
        is_above = said["way"].casefold() in ("above", "higher than")
        whose = "the force" if said["force"] else "the family's mean"
        yield of_row(
            claims.sentence, "confirmed" if (own > other) == is_above else "contradicted",
            "level", said[0],
            f"{row['area_name']} has {number(own, 2)}, {whose} is {number(other, 2)}", row,
        )  # fmt: skip

    def _numbers(self, claims: Claims, text: str, context: Context) -> Iterator[Finding]:
        row = self._rows.row(context)
        if row is None or row.get("rate") is None:
            return
        for one in claims.mentioned.numbers:
            behind = claims.text[one.end :]
            gap = _POINTS.match(behind)
            if gap is not None and one.unit == "points" and row.get("country_rate"):
                true = float(row["rate"]) - float(row["country_rate"])
                is_above = _is_above(gap, str(row.get("polarity")))
                if gap["good"] and row.get("polarity") == "neutral":
                    continue
                if not true or not 1 / 3 <= one.value / abs(true) <= 3:
                    continue
                holds = fits(one, true) == "confirmed" and (true > 0) == is_above
                yield of_row(
                    claims.sentence, "confirmed" if holds else "contradicted", "points",
                    f"{one.text.strip()}{gap[0]}",
                    f"it is {number(abs(true), 1)} points {'above' if true > 0 else 'below'}", row,
                )  # fmt: skip
            is_mean = _ACROSS.match(behind) or _OF_FAMILY.search(claims.text[: one.start])
            mean = row.get("family_mean_rate")
            if is_mean is None or not mean or one.unit not in ("per cent", "rate") or not one.value:
                continue
            if max(one.value / float(mean), float(mean) / one.value) > _ANOTHER_THING:
                continue
            verdict = fits(one, float(mean))
            yield of_row(
                claims.sentence, verdict, "rate", one.text.strip(),
                f"the family's mean is {number(float(mean), 2)}", row,
            )  # fmt: skip


def _is_above(gap: re.Match[str], polarity: str) -> bool:
    """Whether a gap is said to lie above; "better than" lies where the indicator's better is."""
    if gap["good"] is None:
        return gap["way"].casefold() in ("above", "higher than")
    return (gap["good"].casefold() == "better") == (polarity == "higher_is_better")
