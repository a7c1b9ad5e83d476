"""Judges which way the areas of a list went: "rose in Bradford, Kirklees and Leeds"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.area_words import AREAS
from flows.audit.change_words import FALLS, RISES
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, number
from flows.audit.marks import Word
from flows.audit.nearest_named import named_nearby
from flows.audit.number_words import COUNT, small_number
from flows.audit.other_comparisons import is_a_year_before
from flows.audit.published_rows import PublishedRows
from flows.audit.vocabulary import AREA

_WAYS = rf"(?:(?P<up>{RISES}|up|higher)|(?P<down>{FALLS}|down|lower))"
_IN = re.compile(rf"\b{_WAYS}\sin\s(?:the\s)?$", re.IGNORECASE)
# what somebody did there is no change of the figures: "patrols were increased in Leeds"
_WAS_DONE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|to|will)\s(?:(?:further|also|since|then|now|only)\s)?"
    r"(?:increased|reduced|dropped|decreased)\sin\b|\b(?:reductions?|cuts?)\s(?:\w+\s)*in\s(?:the\s)?$",
    re.IGNORECASE,
)
_JOINT = re.compile(r",\s(?:and\s)?(?:in\s)?|\s(?:and|&)\s(?:in\s)?")
_IN_THE_OTHERS = re.compile(
    rf"\b{_WAYS}\sin\s(?:the\s|all\s){{0,2}}(?:other|remaining)\s(?:(?P<many>{COUNT})\s)?(?:of\sthe\s)?(?:{AREAS})\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|neither|nor|hardly|rate|share|per|than)\b|n't\b", re.IGNORECASE
)


class DirectionsOfAreas:
    """Judges lists of two areas or more, of one indicator and one pair of years."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Yield a finding for each list whose areas all have a published change."""
        lists = [one for one in _lists(claims) if len(one[1]) >= 2]
        _, indicators, periods = named_nearby(claims)
        said = claims.mentioned
        if not lists or len(indicators) != 1 or not periods or _DENIED.search(claims.text):
            return
        if not said.names_what_is_counted:
            return
        if any(context.is_narrower for _, context in claims.clauses):
            return
        latest = max(periods, key=lambda one: one.last)
        if any(one.last < latest.first and not is_a_year_before(one, latest) for one in periods):
            return
        [indicator] = indicators
        others = _IN_THE_OTHERS.search(claims.text)
        if others is not None and len(lists) == 1:
            listed = lists[0][1]
            row = self._rows.row(Context(listed[0], indicator, latest))
            members = self._rows.members_of(row) if row is not None and row["force_code"] else []
            rest = [str(one["area_name"]) for one in members if one["area_name"] not in listed]
            if others["many"] is None or len(rest) == small_number(others["many"]):
                lists.append((others["up"] is not None, rest, others[0]))
        for is_up, areas, text in lists:
            rows = [self._rows.row(Context(area, indicator, latest)) for area in areas]
            changes = {
                area: float(row["change"])
                for area, row in zip(areas, rows, strict=True)
                if row is not None and row.get("change") is not None
            }
            if len(changes) != len(areas) or not changes:
                continue
            wrong = [area for area, one in changes.items() if one and (one > 0) != is_up]
            told = ", ".join(f"{area} {number(one)}" for area, one in changes.items())
            yield Finding(
                claims.sentence, "contradicted" if wrong else "confirmed", "direction", text,
                f"it {'fell' if is_up else 'rose'} in {', '.join(wrong)}" if wrong
                else "so it did in each of them",
                f"The changes: {told}.",
            )  # fmt: skip


def _lists(claims: Claims) -> Iterator[tuple[bool, list[str], str]]:
    """Give the way, the areas and the words of each list that stands behind "rose in"."""
    areas = [m for m in claims.marks if isinstance(m, Word) and m.mark == AREA]
    for at, first in enumerate(areas):
        way = _IN.search(claims.text[: first.start])
        if way is None or _WAS_DONE.search(claims.text[: first.start]):
            continue
        listed = [first]
        for one in areas[at + 1 :]:
            if not _JOINT.fullmatch(claims.text[listed[-1].end : one.start]):
                break
            listed.append(one)
        text = claims.text[way.start() : listed[-1].end]
        yield way["up"] is not None, [one.value for one in listed], text
