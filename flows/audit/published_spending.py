"""Judges what of a grant was spent or left: "By the end of September Dudley had spent £126,305"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import are_swapped, fits
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Number
from flows.audit.nearest_named import named_nearby
from flows.audit.published_rows import PublishedRows
from flows.sql_text import literal

_SPENT = re.compile(
    r"\b(?:spent|(?:spending|spend|expenditure|outturn)(?:\s(?:in|for|by)\s\S+)?\s(?:came\sto|of|was|reached|stood\sat))\s"
    r"(?:[a-z]+\s){0,2}$",
    re.IGNORECASE,
)
_WAS_SPENT = re.compile(r"\s(?:had\sbeen|was|has\sbeen|were)\sspent\b", re.IGNORECASE)
_LEFT = re.compile(
    r"\b(?:underspen[dt]\s(?:of|was|by)|leaving|left)\s(?:[a-z]+\s){0,3}$", re.IGNORECASE
)
_WAS_LEFT = re.compile(
    r"\s(?:(?:was|were|is)\s(?:left\s)?|of\sits\s\S+\s(?:grant|allocation)\s)?unspent\b",
    re.IGNORECASE,
)
_ON_SOMETHING = re.compile(r"\s(?:\w+\s){0,4}?(?:on|for)\s(?!(?:the\s)?(?:year|quarter)|20\d\d)")
_GRANT = re.compile(r"\b(?:grant|fund|funding|allocation|commissioner|claim)\b", re.IGNORECASE)
# what the Commissioner's return does not hold
_ANOTHER_FUND = re.compile(
    r"\b(?:safer\sstreets|home\soffice|lottery|violence\sreduction|prevent|public\shealth|nhs|ministry|project|scheme|"
    r"bid|charity|trust)\b",
    re.IGNORECASE,
)
# what is further off is the spending of something else
_NEAR = 1.5
_QUERY = """
select *
from fct_grant_lines
where area_name = $area and spend_to_date is not null
order by period_end, is_whole_year
"""


class PublishedSpending:
    """Judges amounts of one area and period: of the whole grant, or of a line that is named."""

    def __init__(self, rows: PublishedRows) -> None:
        self._rows = rows

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge each amount of a sentence that is said to be spent or left."""
        amounts = claims.mentioned.of_unit("pounds")
        areas, _, periods = named_nearby(claims)
        spoken = " ".join(one.text for one in (claims, *_before(claims)))
        if _ANOTHER_FUND.search(claims.text):
            return
        if not amounts or len(areas) != 1 or not periods or not _GRANT.search(spoken):
            return
        [area] = areas
        last = max(periods, key=lambda one: one.last).last
        rows = [one for one in self._rows.rows(_QUERY, area=area) if one["period_end"] == last]
        named = {
            str(row["budget_line"])
            for row in rows
            if not row["is_total"] and str(row["budget_line"]).casefold() in claims.text.casefold()
        }
        if len(named) > 1:
            return
        rows = [
            row
            for row in rows
            if (str(row["budget_line"]) in named if named else bool(row["is_total"]))
        ]
        for said in amounts:
            names = _role(claims.text, said, is_named=bool(named))
            known = {float(row[name]) for row in rows for name in names if row[name] is not None}
            if known:
                yield from _judged(claims, said, known, area)


def _role(text: str, said: Number, *, is_named: bool) -> tuple[str, ...]:
    """Return the columns that an amount may be of; none where it is neither spent nor left."""
    before, after = text[: said.start], text[said.end :]
    if not is_named and _ON_SOMETHING.match(after):
        return ()
    if _LEFT.search(before) or _WAS_LEFT.match(after):
        return ("underspend", "forecast_underspend")
    if _SPENT.search(before) or _WAS_SPENT.match(after):
        return ("spend", "spend_to_date")
    return ()


def _judged(claims: Claims, said: Number, known: set[float], area: str) -> Iterator[Finding]:
    verdicts: list[Verdict] = [fits(said, true) for true in known]
    verdict: Verdict = "doubtful" if "doubtful" in verdicts else "contradicted"
    if "confirmed" in verdicts:
        verdict = "confirmed"
    elif not any(_is_near(said, true) for true in known):
        return
    told = ", ".join(f"£{number(true)}" for true in sorted(known))
    yield Finding(
        claims.sentence, verdict, "grant", said.text.strip(),
        "the publication has the same" if verdict == "confirmed" else f"the publication has {told}",
        f"Grant lines of {area}: {told}.",
        "select budget_line, period_label, spend, spend_to_date, underspend from fct_grant_lines "
        f"where area_name = {literal(area)}",
    )  # fmt: skip


def _is_near(said: Number, true: float) -> bool:
    is_alike = true != 0 and 1 / _NEAR <= said.value / true <= _NEAR
    return is_alike or are_swapped(said, true)


def _before(claims: Claims) -> Iterator[Claims]:
    at = claims.before
    while at is not None:
        yield at
        at = at.before
