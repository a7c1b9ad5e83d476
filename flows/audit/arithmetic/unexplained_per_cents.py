"""Judges a per cent at its own figure that no other figures of the text explain: "£55,500 (35%)".

It may be of a whole that stands sentences before, or of no figure of the text at all. So it is
judged only where some whole of the text gives nearly as much, and nothing gives what is said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from flows.audit.agreement import fits, share_finding
from flows.audit.arithmetic.per_cents_of_two import per_cents_of
from flows.audit.claims import Claims
from flows.audit.findings import Finding, number
from flows.audit.marks import Number

_AT_ITS_FIGURE = re.compile(
    r"^(?:\s(?:[a-z]+\s){0,2})?(?:\s?\(|,?\s(?:or|which\sis|that\sis)\s)(?:(?:about|some|around|or)\s)?$",
    re.I,
)
_THAN = re.compile(
    r"\s(?P<way>higher|lower|more|fewer|above|below)\s(?:than|that\s(?:of|in)|in\s[^.;]{3,40}\sthan)\b",
    re.IGNORECASE,
)
# "151.8 compared with 117.8 in Dudley, so demand was 29% higher"
_SO_MUCH = re.compile(r"\s(?P<way>higher|lower)(?=\s*(?:[.;,)]|$))", re.IGNORECASE)
_SO = re.compile(r",\s(?:so|which\smakes|making|meaning|that\sis)\b[^.;\d]*$", re.IGNORECASE)
_OF_THE_WHOLE = re.compile(
    r"\sof\s(?:the|its|their|our)\s(?:\w+\s)?(?:allocation|grant|total|budget|award|funding)\b"
)
_WRITTEN = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d,.])\d+(?:\.\d+)?")
# A whole that gives so many times as much, or so few, is not the one that is meant.
_NEARLY = 1.7
# So many figures of the text before are looked at.
_MANY = 14


class UnexplainedPerCents:
    """Judges per cents of a sentence against all figures of its paragraph so far."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Yield a contradiction for each per cent that must be of a figure and is of none."""
        shares = claims.mentioned.of_unit("per cent")
        for said in shares:
            if not re.search(r"\d", said.text) or said.hedge == "under":
                continue
            part = _figure_before(claims, said)
            if part is not None:
                yield from _of_a_whole(claims, said, part, shares)
            elif len(shares) == 1:
                yield from _between_two(claims, said)


def _figure_before(claims: Claims, said: Number) -> Number | None:
    for one in claims.mentioned.of_unit("count", "pounds"):
        if one.end <= said.start and _AT_ITS_FIGURE.match(claims.text[one.end : said.start]):
            return one
    return None


def _of_a_whole(
    claims: Claims, said: Number, part: Number, shares: Sequence[Number]
) -> Iterator[Finding]:
    written = _figures(claims)
    # "188 offences, 21 more (12.6%)": of what there was before
    bases = [one + way * part.value for one in written for way in (-1, 1)]
    if _is_explained(said, written, shares) or any(
        fits(said, 100 * part.value / one) == "confirmed" for one in bases if one > 0
    ):
        return
    wholes = [one for one in written if one > part.value > 0]
    near = [
        one
        for one in wholes
        if 1 / _NEARLY <= (100 * part.value / one) / max(said.value, 1e-9) <= _NEARLY
    ]
    if not near or (len(set(near)) > 1 and not _OF_THE_WHOLE.match(claims.text[said.end :])):
        return
    if _is_beside_a_share_of_its_whole(claims, said, part, shares):
        return
    text = f"{part.text.strip()} ({said.text.strip()})"
    yield share_finding(claims.sentence, "contradicted", text, part.value, max(near))


def _is_beside_a_share_of_its_whole(
    claims: Claims, said: Number, part: Number, shares: Sequence[Number]
) -> bool:
    """Whether another figure and its share are of a whole of which this one is right too."""
    if not said.value:
        return True
    for share in shares:
        other = _figure_before(claims, share) if share is not said else None
        if other is not None and share.value:
            whole = 100 * other.value / share.value
            if abs(100 * part.value / whole - said.value) <= 2 * said.step:
                return True
    return False


def _between_two(claims: Claims, said: Number) -> Iterator[Finding]:
    """Judge "12.6 per 1,000 was 44% higher than that in Kirklees (8.8)"."""
    figures = [one for one in claims.mentioned.numbers if one.unit in ("count", "rate", "pounds")]
    rates = [one for one in figures if one.step < 1]
    if len(rates) == 2 and rates[0].start < said.start:
        figures = rates  # "3,794 offences, or 8.8 per 1,000, 22% below that of the force (11.3)"
    way = _THAN.match(claims.text[said.end :])
    if way is None and _SO.search(claims.text[: said.start]):
        way = _SO_MUCH.match(claims.text[said.end :])
    if way is None or len(figures) != 2 or min(one.value for one in figures) <= 0:
        return
    one, other = figures
    if (one.step < 1) != (other.step < 1) or _is_explained(said, _figures(claims), [said]):
        return
    less, more = sorted((one.value, other.value))
    is_up = way["way"].casefold() in ("higher", "more", "above")
    true = 100 * (more - less) / (less if is_up else more)
    if not 1 / _NEARLY**2 <= true / max(said.value, 1e-9) <= _NEARLY**2:
        return
    yield Finding(
        claims.sentence,
        "contradicted",
        "per cent",
        said.text.strip(),
        "the per cent does not agree with the two figures",
        f"Between {number(less, 1 if one.step < 1 else 0)} and "
        f"{number(more, 1 if one.step < 1 else 0)} lie {number(true, 1)}%.",
    )


def _figures(claims: Claims) -> list[float]:
    """Return every number that is written, whatever it counts: a whole may be of streets."""
    text = claims.text
    at = claims.before
    while at is not None:
        text = f"{at.text} {text}"
        at = at.before
    return [float(one.replace(",", "")) for one in _WRITTEN.findall(text)][-_MANY:] + [
        one.value for one in claims.mentioned.numbers if not one.text.strip().isdigit()
    ]


def _is_explained(said: Number, figures: Sequence[float], shares: Sequence[Number]) -> bool:
    possible = [
        true
        for one, other in itertools.permutations(figures, 2)
        for true in per_cents_of(one, other, is_change=True)
    ]
    others = [one.value for one in shares if one is not said]
    possible += [100 - sum(others), *(100 - one for one in others)]
    return any(fits(said, true) in ("confirmed", "doubtful") for true in possible)
