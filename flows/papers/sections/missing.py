"""What is missing or uncertain."""

from __future__ import annotations

from collections.abc import Sequence

from flows.landing.sources.rules.area_names import area_of_scope, force_of, lies_in
from flows.papers.document import Bullets, Document, Heading, Paragraph, day
from flows.papers.published import Area, Published, Row

# A month is missing once, however many indicators lack it; those that lack the same are one row.
_GAPS = """
with of_an_indicator as (
    select source, scope, indicator_id, min(period_start) as first_month,
        max(period_end) as last_month, count(distinct period_start) as months
    from rpt_coverage
    where not is_supplied
    group by source, scope, indicator_id
),
known as (
    select source, scope, count(distinct indicator_id) as indicators
    from rpt_coverage
    group by source, scope
)
select source, scope, first_month, last_month, months,
    count(*) = any_value(known.indicators) as is_of_all,
    list(coalesce(dim_indicators.indicator_name, indicator_id) order by indicator_id) as indicators
from of_an_indicator
join known using (source, scope)
left join dim_indicators using (indicator_id)
group by source, scope, first_month, last_month, months
order by source, scope, first_month, last_month, months
"""
_INDICATORS_NAMED = 4
_HEADLINES = """
select indicator_id, indicator_name, parent_indicator_id, theme
from dim_indicators
where is_headline
order by headline_order
"""


def _gap(row: Row) -> str:
    of = ""
    if not row["is_of_all"]:
        names = row["indicators"]
        more = len(names) - _INDICATORS_NAMED
        of = ", " + ", ".join(names[:_INDICATORS_NAMED]) + (f" and {more} more" if more > 0 else "")
    where = f"{row['source']}, {row['scope']}{of}"
    if row["months"] == 1:
        return f"{where}: {row['first_month']:%B %Y} is not supplied."
    return (
        f"{where}: {row['months']} months are not supplied between {day(row['first_month'])} and "
        f"{day(row['last_month'])}."
    )


def _is_of(area: Area, row: Row) -> bool:
    """Whether a gap touches an area: it is its own, a part's of it, or its force's."""
    code = area_of_scope(row["source"], row["scope"])
    return code is not None and (lies_in(code, area.code) or code == force_of(area.code))


def _without_figures(published: Published, figures: Sequence[Row], theme: str | None) -> list[str]:
    """Name the headline indicators that have no figure, nor has what they are a part of."""
    shown = {row["indicator_id"] for row in figures}
    headlines = published.rows(_HEADLINES)
    parent = {row["indicator_id"]: row["parent_indicator_id"] for row in headlines}

    def wider(indicator: str) -> str:
        # "Burglary" of street files stands for "Residential burglary", all crime for nothing else
        found = parent.get(indicator)
        return found if found and parent.get(found) else indicator

    known = shown | {wider(indicator) for indicator in shown}
    listed = "; ".join(
        row["indicator_name"]
        for row in headlines
        if row["indicator_id"] not in known
        and wider(row["indicator_id"]) not in shown
        and theme in (None, row["theme"])
    )
    return [f"There is no figure for this period of: {listed}."] if listed else []


def missing(
    document: Document,
    published: Published,
    area: Area,
    figures: Sequence[Row],
    theme: str | None = None,
) -> None:
    """Add what is missing or uncertain: gaps in supply, provisional figures and breaks.

    `theme` is the one that a paper is about, where it is not about all.
    """
    document.add(Heading("What is missing or uncertain"))
    points = _without_figures(published, figures, theme)
    points += [_gap(row) for row in published.rows(_GAPS) if _is_of(area, row)]
    points += _provisional(figures)
    withheld = sorted(row["indicator_name"] for row in figures if row["is_suppressed"])
    if withheld:
        points.append(f"Withheld as small numbers: {', '.join(withheld)}.")
    not_compared = [row for row in figures if row["verdict"] == "not comparable"]
    for note in sorted({str(row["break_note"]) for row in not_compared}):
        points.append(f"Not comparable with the year before: {note}")
    no_rate = sorted(
        {
            f"{row['indicator_name']} has no rate: {row['rate_missing_because']}."
            for row in figures
            if row["rate_missing_because"] and not row["is_suppressed"]
        }
    )
    document.add(Bullets([*points, *no_rate]) if points or no_rate else Paragraph("Nothing known."))


def _provisional(figures: Sequence[Row]) -> list[str]:
    names = sorted(row["indicator_name"] for row in figures if row["is_provisional"])
    others = sorted(row["indicator_name"] for row in figures if not row["is_provisional"])
    if not names:
        return []
    if not others:
        return ["All figures are provisional and will be revised."]
    if len(others) < len(names):
        return [f"Provisional, and will be revised: all figures but {', '.join(others)}."]
    return [f"Provisional, and will be revised: {', '.join(names)}."]
