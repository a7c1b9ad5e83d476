"""The parts that papers are put together from; each adds its blocks, or says what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from flows.landing.sources.rules.area_names import area_of_scope, force_of, lies_in
from flows.papers.charts.concentration import concentration_curve
from flows.papers.charts.control_chart import control_chart
from flows.papers.charts.funnel import funnel_plot
from flows.papers.charts.history import month_against_history
from flows.papers.charts.map import boundaries_of, neighbourhood_map
from flows.papers.charts.ranked_bars import contributions, family_bars, force_league
from flows.papers.document import (
    LICENCE,
    Bullets,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    day,
    table_of,
)
from flows.papers.published import Area, Published, Row
from flows.rounding import rounded

_SERIES = "source = $source and indicator_id = $indicator and area_code = $area"


# More parts than these make a chart that is longer than half a page.
_MOST_PARTS = 10
# Fewer months than these show no pattern.
_FEWEST_MONTHS = 6


def series_of(figure: Row) -> dict[str, Any]:
    """Name the series of a figure, as the queries below ask for it."""
    return {
        "source": figure["source"],
        "indicator": figure["indicator_id"],
        "area": figure["area_code"],
    }


def headline_table(figures: Sequence[Row]) -> Table:
    """Put the headline figures into one table."""
    return Table(
        "Headline figures",
        (
            Column("Indicator"),
            Column("Period"),
            Column("Figure", "number"),
            Column("Year before", "number"),
            Column("Change", "number", signed=True),
            Column("Change, %", "number", 1, signed=True),
            Column("What it means"),
        ),
        [
            (
                figure["indicator_name"],
                figure["period_label"],
                _as_shown(figure, "value"),
                _as_shown(figure, "previous_value"),
                _change(figure),
                None if figure["change_pct_is_unreliable"] else figure["change_pct"],
                figure["verdict"],
            )
            for figure in figures
        ],
        note="A per cent change is left out where either year has fewer than 50. Withheld: a small "
        "number, or one that would reveal a small number.",
        sheet="Headlines",
    )


def _as_shown(figure: Row, name: str) -> str | float | None:
    value = figure[name]
    if value is None:
        return "withheld" if figure["is_suppressed"] and name == "value" else None
    if figure["unit"] == "per cent":
        return f"{rounded(value, 1):.1f}%"
    return float(value)


def _change(figure: Row) -> str | float | None:
    if figure["change_pp"] is not None:
        points = rounded(figure["change_pp"], 1)
        return f"{points:+.1f} points".replace("-", "\N{MINUS SIGN}").replace("+0.0", "0.0")
    return None if figure["change"] is None else float(figure["change"])


def theme(
    document: Document, published: Published, area: Area, name: str, figures: Sequence[Row]
) -> None:
    """Add a theme: a sentence and a line of rates for each indicator, charts of the first."""
    document.add(Heading(name[:1].upper() + name[1:], 2))
    if len(figures) == 1:
        document.add(Paragraph(figures[0]["sentence"]))
    else:
        document.add(Bullets([figure["sentence"] for figure in figures]))
    document.add(*rates_table(name, figures))
    for chart in charts(published, figures[0]):
        document.add(chart)


_PEOPLE = {"adult_females": "women aged 16 and over", "aged_10_17": "residents aged 10 to 17"}


def rates_table(name: str, figures: Sequence[Row]) -> list[Table]:
    """Put rates and ranks of a theme into one table; columns that nobody fills are left out."""
    known = [figure for figure in figures if figure["rate"] is not None]
    if not known:
        return []
    finest = 2 if any(figure["rate"] < 1 for figure in known) else 1
    country = {"W92000004": "Wales"}.get(str(known[0].get("country_code")), "England")
    columns = (
        Column("Indicator"),
        Column("Period"),
        Column("Per"),
        Column("Rate", "number", finest),
        Column("95% interval from", "number", finest),
        Column("to", "number", finest),
        Column("Force", "number", finest),
        Column("Region", "number", finest),
        Column(country, "number", finest),
        Column("Family mean", "number", finest),
        Column("Rank in the family"),
        Column("Rank in the force"),
    )
    rows = [
        (
            figure["indicator_name"],
            figure["period_label"],
            f"{figure['rate_per']:,} "
            + str(_PEOPLE.get(figure["denominator_kind"], figure["denominator_kind"])),
            figure["rate"],
            figure["rate_lower"],
            figure["rate_upper"],
            figure["force_rate"],
            figure["region_rate"],
            figure["country_rate"],
            figure["family_mean_rate"],
            figure["family_rank_in_words"] if figure["family_sentence"] else None,
            f"{figure['force_rate_rank']} of {figure['force_areas_ranked']}"
            if figure["force_sentence"]
            else None,
        )
        for figure in known
    ]
    filled = [at for at in range(len(columns)) if any(row[at] is not None for row in rows)]
    # what all rows share stands in the caption, and leaves the space to the figures
    shared = [at for at in (1, 2) if len({row[at] for row in rows}) == 1]
    filled = [at for at in filled if at not in shared]
    caption = f"{name[:1].upper() + name[1:]}: rates"
    caption += f" per {rows[0][2]}" if 2 in shared else ""
    caption += f", {rows[0][1]}" if 1 in shared else ""
    notes = []
    if any(row[10] or row[11] for row in rows):
        notes.append(_first_rank(known))
    if any(figure["family_is_illustrative"] and figure["family_sentence"] for figure in known):
        notes.append("The list of the family is an illustration, so ranks in it are no finding.")
    return [
        Table(
            caption,
            [columns[at] for at in filled],
            [[row[at] for at in filled] for row in rows],
            note=" ".join(notes),
            sheet=f"{name} rates",
        )
    ]


def _first_rank(figures: Sequence[Row]) -> str:
    highest = {figure["polarity"] == "higher_is_better" for figure in figures}
    if highest == {True}:
        return "Rank 1 is the highest rate, which is best."
    neutral = sorted(f["indicator_name"] for f in figures if f["polarity"] == "neutral")
    words = "Rank 1 is the lowest rate" + (
        ", the highest where a high rate is better." if len(highest) > 1 else "."
    )
    if neutral:
        words += f" A low rate is neither good nor bad by itself for: {', '.join(neutral)}."
    return words


def charts(published: Published, figure: Row) -> list[Chart]:
    """Draw what the publication has of one figure: its months, its family, its force."""
    found: list[Chart] = []
    source = str(figure["source_title"] or figure["source"])
    months = published.rows(
        f"select * from fct_control_charts where {_SERIES} and value is not null "
        "and period_end <= $until order by month desc limit 36",
        **series_of(figure),
        until=figure["period_end"],
    )
    found += control_charts(months[::-1], source)
    history = published.rows(
        f"select * from fct_seasonality where {_SERIES} and expected_lower is not null "
        "and period_end <= $until order by month desc limit 13",
        **series_of(figure),
        until=figure["period_end"],
    )
    if len(history) >= 3:
        found.append(month_against_history(history[::-1], source))
    family = published.rows(
        "select members.* from fct_indicator_values as members "
        "where members.source = $source and members.indicator_id = $indicator "
        "and members.period_type = $period_type and members.period_end = $period_end "
        "and members.rate is not null and members.area_code in ("
        "  select neighbour_code from dim_families where area_code = $area and scheme = $scheme) "
        "order by members.rate",
        **series_of(figure) | {"source": figure["family_source"] or figure["source"]},
        period_type=figure["period_type"],
        period_end=figure["period_end"],
        scheme=figure["family_scheme"],
    )
    if figure["family_sentence"] and len(family) > 1:
        finding = f"{figure['indicator_name']}: {figure['family_sentence'].split(';')[0]}"
        found.append(family_bars(family, figure, finding.replace(": The ", ": the "), source))
    league = published.rows(
        "select * from fct_force_ranks where source = $source and indicator_id = $indicator "
        "and force_code = $force and period_type = $period_type and period_end = $period_end "
        "and change_pct is not null order by change_pct",
        source=figure["source"],
        indicator=figure["indicator_id"],
        force=figure["force_code"],
        period_type=figure["period_type"],
        period_end=figure["period_end"],
    )
    if len(league) > 1:
        found.append(force_league(league, figure, source))
    return found


def control_charts(months: list[Row], source_title: str) -> list[Chart]:
    """Draw the control chart of a series, oldest month first; fewer than six months are none."""
    return [control_chart(months, source_title)] if len(months) >= _FEWEST_MONTHS else []


def funnel(published: Published, figure: Row) -> list[Chart]:
    """Draw a figure's rate against the limits of its family or force, whichever has more areas."""
    rows = published.rows(
        "select * from fct_funnel where source = $source and indicator_id = $indicator "
        "and period_type = $period_type and period_end = $period_end and rate is not null "
        "and upper_3_sigma is not null and benchmark = ("
        "  select benchmark from fct_funnel where source = $source and indicator_id = $indicator "
        "  and period_type = $period_type and period_end = $period_end and rate is not null "
        "  and area_code = $area order by areas_pooled desc, benchmark limit 1) "
        "and benchmark_code in ("
        "  select benchmark_code from fct_funnel where area_code = $area) "
        "order by denominator, area_code",
        **series_of(figure),
        period_type=figure["period_type"],
        period_end=figure["period_end"],
    )
    own = [row for row in rows if row["area_code"] == figure["area_code"]]
    if len(rows) < 5 or not own:
        return []
    return [funnel_plot(rows, own[0], figure, str(figure["source_title"] or figure["source"]))]


def what_the_change_is_made_of(document: Document, published: Published, figure: Row) -> None:
    """Add the parts of a change, largest first, where the source gives them."""
    rows = published.rows(
        # one breakdown: parts of two of them overlap, so they never stand side by side
        f"select * from fct_contributions where {_SERIES} and period_type = $period_type "
        "and period_end = $period_end and change is not null and breakdown <> 'groups' "
        # the Home Office's subgroups where there are some, else the categories of data.police.uk
        "qualify breakdown = max(breakdown) over () "
        "order by contribution_rank, part_indicator_name",
        **series_of(figure),
        period_type=figure["period_type"],
        period_end=figure["period_end"],
    )
    if not rows:
        return
    direction = "rise" if figure["change"] > 0 else "fall"
    finding = f"{rows[0]['part_indicator_name']} contributed most to the {direction}"
    largest = sorted(rows, key=lambda row: -abs(row["change"]))[:_MOST_PARTS]
    shown_parts = [row for row in rows if row in largest]
    document.add(contributions(shown_parts, finding, str(figure["source_title"])))
    if len(shown_parts) < len(rows):
        document.add(
            Paragraph(f"The {len(shown_parts)} parts that changed most, of {len(rows)}.", "note")
        )
    if not rows[0]["parts_are_the_whole"]:
        document.add(
            Paragraph(
                "The parts shown do not sum to the whole: some are withheld, not given by the "
                "source, or have a code that is not known.",
                "note",
            )
        )


def activity(document: Document, published: Published, area: Area, period_end: date) -> None:
    """Add what the partnership wrote of its work, by priority, or a marked gap."""
    document.add(Heading("What the partnership did"))
    rows = published.rows(
        "select * from rpt_commentary where area_code = $area and period_end = $period_end "
        "order by priority, heading",
        area=area.code,
        period_end=period_end,
    )
    if not rows:
        document.add(
            Paragraph(
                f"no text about the work in {area.name} up to {day(period_end)} was supplied. "
                "Put it into raw/commentary, or write it here.",
                "gap",
            )
        )
    for priority in dict.fromkeys(row["priority"] for row in rows):
        document.add(Heading(priority, 2))
        for row in rows:
            if row["priority"] == priority:
                document.add(Paragraph(row["heading"], "lead"))
                lines = (line.strip() for line in row["commentary_text"].splitlines())
                document.add(*(Paragraph(line) for line in lines if line))
                document.add(Paragraph(f"Written by: {row['author_role']}.", "note"))


def neighbourhoods(
    document: Document, published: Published, area: Area, period_end: date, boundaries: Path
) -> None:
    """Add the ten neighbourhoods with most crime, and a map where boundaries are at hand."""
    document.add(Heading("Neighbourhoods"))
    rows = published.rows(
        "select * from fct_neighbourhoods where area_code = $area "
        "and indicator_id = 'total_recorded_crime' and neighbourhood_type = 'lsoa' and is_complete "
        "and period_end = (select max(period_end) from fct_neighbourhoods where area_code = $area "
        "and indicator_id = 'total_recorded_crime' and is_complete and period_end <= $until) "
        "order by period_type = 'month', rank_in_csp",
        area=area.code,
        until=period_end,
    )
    if not rows:
        document.add(
            Paragraph(
                f"There are no figures for neighbourhoods of {area.name} up to {day(period_end)}. "
                "They come from data.police.uk street files (`csp fetch police-uk`).",
                "gap",
            )
        )
        return
    rows = [row for row in rows if row["period_type"] == rows[0]["period_type"]]
    worst = rows[0]
    shapes = boundaries_of(boundaries, {row["neighbourhood_code"] for row in rows})
    finding = f"{worst['neighbourhood_name']} recorded most crime of all neighbourhoods"
    if shapes and all(row["rate"] is None for row in rows):
        document.add(
            Paragraph(
                "a map shows rates, and there is no population of these neighbourhoods. Put "
                "estimates by small area into raw/population.",
                "gap",
            )
        )
    elif shapes:
        document.add(
            neighbourhood_map(rows, shapes, finding, "Street-level crime of data.police.uk")
        )
    if worst["csp_top_5pct_share_pct"] is not None and len(rows) >= 20:
        document.add(concentration_curve(rows, "Street-level crime of data.police.uk"))
    document.add(
        table_of(
            f"Ten neighbourhoods with most crime, {worst['period_label']}",
            (
                ("neighbourhood_name", Column("Neighbourhood (LSOA)")),
                ("value", Column("Offences", "number")),
                ("rate", Column("Rate per 1,000", "number", 1)),
                ("share_of_csp_pct", Column("Share of the partnership, %", "number", 1)),
                ("rank_in_csp", Column("Rank", "number")),
            ),
            rows[:10],
            note="data.police.uk moves crimes to points on a map, so a crime near a boundary may "
            "count next door.",
            sheet="Neighbourhoods",
        )
    )


def partners(document: Document, published: Published, area: Area, period_end: date) -> None:
    """Add partners' indicators with their gaps to region, country and top quartile."""
    document.add(Heading("Partners\N{RIGHT SINGLE QUOTATION MARK} indicators"))
    rows = published.rows(
        "select * from fct_partner_values where area_code = $area and unit = 'per cent' "
        "and is_complete and period_end <= $until and period_type in ('financial_year', "
        "'rolling_12') qualify row_number() over (partition by indicator_id "
        "order by period_end desc, period_type) = 1 order by indicator_name",
        area=area.code,
        until=period_end,
    )
    if not rows:
        document.add(Paragraph("No partner has supplied figures for this period.", "gap"))
        return
    document.add(
        table_of(
            "Partners\N{RIGHT SINGLE QUOTATION MARK} indicators beside region and country",
            (
                ("indicator_name", Column("Indicator")),
                ("period_label", Column("Period")),
                ("value", Column("Figure, %", "number", 1)),
                ("region_value", Column("Region, %", "number", 1)),
                ("country_value", Column("Country, %", "number", 1)),
                ("country_gap", Column("Gap to country, points", "number", 1, signed=True)),
                ("people_behind_country", Column("People behind the country", "number")),
            ),
            rows,
            note="Two percentages differ in percentage points.",
            sheet="Partners",
        )
    )


def money(document: Document, published: Published, area: Area, period_end: date) -> None:
    """Add the grant over the years, and its lines of the newest year."""
    document.add(Heading("Money"))
    rows = published.rows(
        "select * from fct_grant_lines where area_code = $area and is_whole_year and is_total "
        "and period_start <= $until order by period_end, grant_name",
        area=area.code,
        until=period_end,
    )
    if not rows:
        document.add(Paragraph("No grant lines have been supplied.", "gap"))
        return
    document.add(
        table_of(
            "Grant by year, pounds",
            (
                ("period_label", Column("Year")),
                ("grant_name", Column("Grant")),
                ("allocation", Column("Allocation", "number")),
                ("carry_forward_in", Column("Carried forward", "number")),
                ("available", Column("Available", "number")),
                (
                    "allocation_change_pct",
                    Column("Change of the allocation, %", "number", 1, signed=True),
                ),
                ("spend_to_date", Column("Spent", "number")),
            ),
            rows,
            sheet="Grant",
        )
    )
    for row in rows:
        if row["sum_differs"]:
            document.add(
                Paragraph(
                    f"The lines of {row['grant_name']}, {row['period_label']}, sum to "
                    f"£{row['lines_sum']:,.0f}, the stated total is £{row['stated_total']:,.0f}.",
                    "caution",
                )
            )


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


def missing(document: Document, published: Published, area: Area, figures: Sequence[Row]) -> None:
    """Add what is missing or uncertain: gaps in supply, provisional figures and breaks."""
    document.add(Heading("What is missing or uncertain"))
    points = [_gap(row) for row in published.rows(_GAPS) if _is_of(area, row)]
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


def definitions(document: Document, published: Published, figures: Sequence[Row]) -> None:
    """Add what each indicator counts, where it is from, and the licence."""
    document.add(Heading("Definitions and sources"))
    document.add(
        Table(
            "What each indicator counts",
            (Column("Indicator"), Column("Definition"), Column("Source"), Column("Extract date")),
            [
                (
                    row["indicator_name"],
                    row["definition"],
                    row["source_title"] or row["source"],
                    row["extract_date"],
                )
                for row in figures
            ],
            sheet="Definitions",
        ),
        Paragraph(
            "A change is called statistically clear where it is larger than chance and the "
            "series\N{RIGHT SINGLE QUOTATION MARK} own variation would make it in 19 of 20 cases. "
            "Rates are over the period itself, not per year.",
            "note",
        ),
        Paragraph(LICENCE, "note"),
        Paragraph(
            f"Made from publication {document.publication_id}. Extracts: {document.extract_dates}.",
            "note",
        ),
    )
