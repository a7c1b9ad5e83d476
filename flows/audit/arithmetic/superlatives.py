"""Judges "the most", "second lowest" and the like among the figures that a draft lists itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.audit.arithmetic.listed_figures import NAME, VALUE, Listed, listed_in
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.number_words import COUNT, small_number
from flows.audit.ranks import PLACE, place_of

_END = (
    r"(?P<end>highest|largest|biggest|greatest|most|worst|lowest|smallest|fewest|least|best|busiest|"
    r"quietest)"
)
_CLAIM = re.compile(
    rf"\b(?:{PLACE}[\s-]+)?{_END}\b(?!\s(?:likely|recent|similar|of\sthe\stime))", re.I
)
_HIGH = ("highest", "largest", "biggest", "greatest", "most", "busiest")
_LOW = ("lowest", "smallest", "fewest", "least", "quietest")
# The list may be of changes, or the place among others than those listed.
_OTHER = re.compile(
    r"\b(?:increases?|reductions?|decreases?|rises?|falls?|improvements?|changes?|growth|drops?|since|ever|"
    r"on\srecord|nationally|national|england|wales|region|county|force|family|similar|next\s(?:highest|lowest)|second-|"
    r"for\s(?:\w+\s)?years|one\sof|among\sthe(?!\s(?:two|three|four|five|six|\d))|at\sleast|at\smost|at\sbest|at\sworst)\b",
    re.IGNORECASE,
)
_OF_TWO = re.compile(
    r"\bthe\s(?:\w+\swith\sthe\s)?(?P<end>higher|larger|greater|lower|smaller)\s"
    r"(?:figure|number|total|count|share|of\sthe\stwo)\b|"
    r"\bthe\s(?P<more>more|fewer)\sof\sthe\stwo\b",
    re.I,
)
_MOST = re.compile(r"\b(?:most|highest|largest|biggest|greatest)\b", re.IGNORECASE)
# "South ward ranks first": of the most, where the list is of the most
_RANKS = re.compile(
    rf"\b(?:ranks?|ranked|is|was|comes|came|placed)\s(?:therefore\s)?{PLACE}(?=\s*(?:[.,;]|(?:of|among|is|was)\b|$))",
    re.I,
)
_PEAK = re.compile(
    r"\b(?:(?P<high>peak(?:ed)?|high\spoint)|(?P<low>low\spoint|trough))\b", re.IGNORECASE
)


# "Wisbech had the most with 1,310 visits, followed by March with 1,075": the first is not listed
_FOLLOWED = re.compile(r"\b(?:followed\sby|ahead\sof|then)\b", re.IGNORECASE)
_OF_SO_MANY = re.compile(
    rf"\b[Oo]f\s(?:the|these|those|all|its|our)\s(?P<many>{COUNT})\b", re.IGNORECASE
)


class Superlatives:
    """Judges a place against a list in the same sentence, in the one before, or in a table."""

    def __init__(self) -> None:
        self._table: dict[str, float] = {}

    def see_table(self, rows: Sequence[tuple[str, Sequence[float | None]]]) -> None:
        """Remember a table of one column of figures; it is spoken of in the passage after it."""
        one_each = all(len([v for v in values[1:] if v is not None]) == 1 for _, values in rows)
        self._table = {}
        if one_each and len(rows) >= 3:
            self._table = {
                label: next(v for v in values[1:] if v is not None) for label, values in rows
            }

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the one place that a sentence gives to one label of a list."""
        if claims.sentence.passage.kind == "row":
            return
        table, self._table = self._table, {}
        text = claims.text
        own = listed_in(text, 2)
        spoken = _without(text, own.spans) if own is not None else text
        spoken = _PEAK.sub(lambda one: "highest" if one["high"] else "lowest", spoken)
        found = list(_CLAIM.finditer(spoken))
        pair = list(_OF_TWO.finditer(spoken))
        if not found and len(pair) == 1:
            yield from _of_two(
                claims,
                own,
                spoken,
                (pair[0]["end"] or {"more": "higher"}.get(pair[0]["more"], "lower")).casefold(),
            )
        if len(found) == 2 and not _OTHER.search(spoken):
            yield from _two_claims(claims, own.values if own is not None else table, spoken)
        if not found and _of_most(claims):
            found = list(_RANKS.finditer(spoken))
        if len(found) != 1 or _OTHER.search(spoken[: found[0].end() + 30]):
            return
        values = own.values if own is not None else table
        if not values and claims.before is not None:
            before = listed_in(claims.before.text)
            follows = _FOLLOWED.search(claims.before.text)
            if before is not None and not (follows and follows.start() < before.spans[0][0]):
                values = before.values
        if own is not None:
            # what is ranked may stand beside the list: "A's 35.4 was the lowest (B 31.2, C 36.8)"
            values = values | _beside(spoken, values)
        named = [
            one for one in values if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", spoken, re.I)
        ] or [
            # "12 for suspected cuckooing … Cuckooing was the third"
            one
            for one in values
            if re.match(rf"(?:The\s)?{re.escape(one.split()[-1])}\b", spoken, re.I)
        ]
        if len(values) < 3 or len(named) != 1:
            return
        so_many = _OF_SO_MANY.search(spoken)
        if so_many is not None and small_number(so_many["many"]) != len(values):
            return  # the list names some of them only
        end = (found[0].groupdict().get("end") or "most").casefold()
        if end not in _HIGH + _LOW:
            return
        yield from _judged(claims, values, named[0], end, place_of(found[0]["place"]) or 1)


def _of_two(claims: Claims, own: Listed | None, spoken: str, end: str) -> Iterator[Finding]:
    """Judge "the higher figure was that of Dudley" where just two are listed."""
    if own is None and claims.before is not None:
        own = listed_in(claims.before.text, 2)
    if own is None or len(own.values) != 2 or _OTHER.search(spoken):
        return
    named = [one for one in own.values if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", spoken)]
    if len(named) == 1:
        highest = {"higher": "highest", "larger": "largest", "greater": "greatest"}.get(
            end, "lowest"
        )
        yield from _judged(claims, own.values, named[0], highest, 1)


def _of_most(claims: Claims) -> bool:
    """Whether the sentence before says that its list begins with the most."""
    return claims.before is not None and bool(_MOST.search(claims.before.text))


def _two_claims(claims: Claims, values: dict[str, float], spoken: str) -> Iterator[Finding]:
    """Judge "A has the highest rate and B the lowest", each half with one label."""
    if not values and claims.before is not None:
        listed = listed_in(claims.before.text)
        values = listed.values if listed is not None else {}
    halves = spoken.split(" and ")
    if len(values) < 3 or len(halves) != 2:
        return
    for half in halves:
        found = list(_CLAIM.finditer(half))
        named = [one for one in values if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", half)]
        if len(found) == 1 and len(named) == 1 and found[0]["end"].casefold() in _HIGH + _LOW:
            end = found[0]["end"].casefold()
            yield from _judged(claims, values, named[0], end, place_of(found[0]["place"]) or 1)


def _judged(
    claims: Claims, values: dict[str, float], label: str, end: str, place: int
) -> Iterator[Finding]:
    ahead = [
        v for v in values.values() if (v > values[label]) == (end in _HIGH) and v != values[label]
    ]
    verdict: Verdict = "confirmed" if len(ahead) + 1 == place else "contradicted"
    right = ", ".join(f"{one} {number(value)}" for one, value in values.items())
    yield Finding(
        claims.sentence, verdict, "place in a list", f"{label}: {end}",
        f"{label} is number {len(ahead) + 1} of {len(values)} from the "
        f"{'highest' if end in _HIGH else 'lowest'}",
        f"The list: {right}.",
    )  # fmt: skip


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_OWN = re.compile(
    rf"(?P<label>{NAME})'s\s(?:(?!own\b|survey\b|sample\b)\w+\s){{0,2}}(?:of|is|was)\s{VALUE}"
)


def _beside(text: str, listed: dict[str, float]) -> dict[str, float]:
    found = list(_OWN.finditer(text))
    if (
        len(found) != 1
        or found[0]["label"] in listed
        or not re.search(r"\bof\s\w+\s|\bthree|\bfour", text)
    ):
        return {}
    return {found[0]["label"]: float(found[0]["value"].replace(",", ""))}
