"""Judges figures of wards and small areas against the publication: "City ward had 26 robberies"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from flows.audit.agreement import are_swapped, fits
from flows.audit.claims import Claims
from flows.audit.findings import Finding, number
from flows.audit.marks import Number
from flows.audit.nearest_named import nearest_named
from flows.audit.periods import Period
from flows.audit.published_rows import PublishedRows
from flows.papers.published import Row

_OF_A_CSP = """
select distinct neighbourhood_name as name from fct_neighbourhoods
where area_name = $area and is_current_boundary order by name
"""
_FIGURES = """
select neighbourhood_name as name, value, previous_value, rank_in_csp, neighbourhoods_in_csp
from fct_neighbourhoods
where area_name = $area and indicator_id = $indicator
  and period_start = $first and period_end = $last and value is not null
  and neighbourhood_type = (
    select any_value(neighbourhood_type) from fct_neighbourhoods
    where area_name = $area and neighbourhood_name = $name
  )
order by rank_in_csp, name
"""
# A name of one word is a word like others: City, Tong, Central.
_ONE_WORD = (
    r"(?<=\bward of ){name}\b|(?<=\bward, ){name}(?=,)|\b{name}(?=\sward\b)|"
    r"\b{name}(?=\sthan\sin\sany\sother\s(?:[A-Z]\w+\s)?ward\b)"
)
_MANY_WORDS = r"\b{name}\b"
# How far behind a name its figure may stand.
_NEAR = 60
_FIRST = re.compile(
    r"\b(?:more|higher)\b[^.;]{0,60}\bthan\s(?:in\s)?any\sother\s(?:[A-Z]\w+\s)?(?:ward|area|neighbourhood)|"
    r"\bno\sother\s(?:ward|area|neighbourhood)\b|\bthe\s(?:most|highest|largest)\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"\bthe\s(?:fewest|lowest|smallest)\b", re.IGNORECASE)
_PART_OF = re.compile(r"\s(?:out\s)?of\s[^.;\d]{0,40}$")


class Neighbourhoods:
    """Judges the neighbourhoods of the one partnership that the text speaks of."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Yield a finding for each figure that stands at the name of a neighbourhood."""
        about = nearest_named(claims)
        if about is None:
            return
        area, indicator, period = about
        pattern = _names_in(self._rows, area)
        if pattern is None:
            return
        names = list(pattern.finditer(claims.text))
        for at, match in enumerate(names):
            until = names[at + 1].start() if at + 1 < len(names) else len(claims.text)
            rows = self._rows.rows(
                _FIGURES, area=area, indicator=indicator, name=match[0],
                first=period.first, last=period.last,
            )  # fmt: skip
            row = next((one for one in rows if one["name"] == match[0]), None)
            if row is None:
                continue
            said = _figure_at(claims, match, until, is_first=at == 0)
            if said is not None:
                yield from _judged(claims, row, rows, said, area, period)
            if len(names) == 1:
                yield from _ranked(claims, row, area)


@lru_cache(maxsize=32)
def _names_in(rows: PublishedRows, area: str) -> re.Pattern[str] | None:
    """Return a pattern of an area's neighbourhoods: made once, however many drafts there are."""
    found = [str(row["name"]) for row in rows.rows(_OF_A_CSP, area=area)]
    found.sort(key=len, reverse=True)
    patterns = [
        (_MANY_WORDS if " " in name else _ONE_WORD).format(name=re.escape(name)) for name in found
    ]
    return re.compile("|".join(patterns)) if patterns else None


def _figure_at(claims: Claims, name: re.Match[str], until: int, *, is_first: bool) -> Number | None:
    counts = claims.mentioned.of_unit("count")
    for one in counts:
        if name.end() <= one.start < min(until, name.end() + _NEAR):
            return one
    before = [one for one in counts if one.end <= name.start()] if is_first else []
    # "152 of the 544 offences of July 2018 in Little London & Woodhouse"
    if len(before) >= 2 and _PART_OF.search(claims.text[before[-2].end : before[-1].start]):
        return before[-2]
    return None


def _judged(
    claims: Claims, row: Row, rows: list[Row], said: Number, area: str, period: Period
) -> Iterator[Finding]:
    true = float(row["value"])
    looks_back = claims.mentioned.names_year_before or len(claims.mentioned.periods) > 1
    known = [
        true,
        *([float(row["previous_value"])] if looks_back and row["previous_value"] else []),
    ]
    if looks_back and row["previous_value"] is not None:
        known.append(true - float(row["previous_value"]))
    verdicts = [fits(said, one) for one in known]
    others = [str(one["name"]) for one in rows if one is not row and one["value"] == said.value]
    right = (
        f"{row['name']} in {area} had {number(true)} ({period.first:%B %Y} to {period.last:%B %Y})."
    )
    query = (
        "select neighbourhood_name, value, rank_in_csp from fct_neighbourhoods "
        f"where area_name = '{area}' and neighbourhood_name = '{row['name']}'"
    )
    if "confirmed" in verdicts:
        yield Finding(
            claims.sentence, "confirmed", "neighbourhood", said.text.strip(),
            "the publication has the same figure", right, query,
        )  # fmt: skip
        return
    reason = ""
    if len(others) == 1 and said.value >= 20:
        reason = f"{number(said.value)} is {others[0]}'s"
    elif are_swapped(said, true):
        reason = f"two digits are swapped: {number(true)}"
    if reason and not looks_back:
        yield Finding(
            claims.sentence,
            "contradicted",
            "neighbourhood",
            said.text.strip(),
            reason,
            right,
            query,
        )


def _ranked(claims: Claims, row: Row, area: str) -> Iterator[Finding]:
    place, among = int(row["rank_in_csp"]), int(row["neighbourhoods_in_csp"])
    first, last = _FIRST.search(claims.text), _LAST.search(claims.text)
    if (first is None) == (last is None) or claims.mentioned.of_unit("rate"):
        return
    match = first or last
    holds = place == 1 if first else place > among // 2
    if holds or match is None:
        return
    yield Finding(
        claims.sentence, "contradicted", "neighbourhood", match[0],
        f"{row['name']} is number {place} of {among} in {area} by number", "",
    )  # fmt: skip
