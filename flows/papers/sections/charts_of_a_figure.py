"""The charts that the publication has rows for, of one figure."""

from __future__ import annotations

from typing import Any

from flows.papers.charts.control_chart import control_chart
from flows.papers.charts.funnel import funnel_plot
from flows.papers.charts.history import month_against_history
from flows.papers.charts.ranked_bars import family_bars, force_league
from flows.papers.document import Chart
from flows.papers.published import Published, Row

OF_THE_SERIES = "source = $source and indicator_id = $indicator and area_code = $area"
"""What a query has to say to ask for the series that `series_of` names."""

# Fewer months than these show no pattern.
_FEWEST_MONTHS = 6


def series_of(figure: Row) -> dict[str, Any]:
    """Name the series of a figure, as the queries below ask for it."""
    return {
        "source": figure["source"],
        "indicator": figure["indicator_id"],
        "area": figure["area_code"],
    }


def charts(published: Published, figure: Row) -> list[Chart]:
    """Draw what the publication has of one figure: its months, its family, its force."""
    found: list[Chart] = []
    source = str(figure["source_title"] or figure["source"])
    months = published.rows(
        f"select * from fct_control_charts where {OF_THE_SERIES} and value is not null "
        "and period_end <= $until order by month desc limit 36",
        **series_of(figure),
        until=figure["period_end"],
    )
    found += control_charts(months[::-1], source)
    history = published.rows(
        f"select * from fct_seasonality where {OF_THE_SERIES} and expected_lower is not null "
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
