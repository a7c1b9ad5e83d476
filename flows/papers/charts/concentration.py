"""How much of the crime the neighbourhoods with most of it hold."""

from __future__ import annotations

from typing import Any

from flows.papers.charts.style import DARK_BLUE, GREY, INK, NARROW, WIDE, at_width, chart
from flows.papers.document import Chart
from flows.papers.published import Row
from flows.rounding import rounded


def concentration_curve(rows: list[Row], source_title: str) -> Chart:
    """Draw the shares of `fct_neighbourhoods` one upon the other, the largest first.

    The title's figure is the mart's own; the curve only stacks the published shares.
    """
    first = rows[0]
    share = f"{rounded(first['csp_top_5pct_share_pct'], 1):.1f}%"
    finding = f"One neighbourhood in twenty holds {share} of recorded crime"
    values = [
        {"rank": row["rank_in_csp"], "code": row["neighbourhood_code"], "share": share_of}
        for row in rows
        if (share_of := row["share_of_csp_pct"]) is not None
    ]
    return Chart(
        title=finding,
        subtitle=f"{first['indicator_name']} in {first['area_name']}, {first['period_label']}: "
        "share of the partnership\N{RIGHT SINGLE QUOTATION MARK}s offences in its neighbourhoods, "
        "those with most first. The dashed line is an even spread.",
        alternative=f"Concentration curve of {len(values)} neighbourhoods. {finding}.",
        source=f"Source: {source_title}.",
        wide=at_width(_spec(values, narrow=False), WIDE, 320, right=30),
        narrow=at_width(_spec(values, narrow=True), NARROW, 280, right=24),
    )


def _spec(values: list[dict[str, Any]], *, narrow: bool) -> dict[str, Any]:
    axis = {"format": ".0f", "labelExpr": "datum.label + '%'", "tickCount": 4 if narrow else 5}
    full = {"domain": [0, 100]}
    even = [{"areas": 0, "offences": 0}, {"areas": 100, "offences": 100}]

    def line(colour: str, dash: list[int]) -> dict[str, Any]:
        return {
            "mark": {"type": "line", "color": colour, "strokeWidth": 2, "strokeDash": dash},
            "encoding": {
                "x": {
                    "field": "areas",
                    "type": "quantitative",
                    "title": "share of neighbourhoods",
                    "scale": full,
                    "axis": axis,
                },
                "y": {
                    "field": "offences",
                    "type": "quantitative",
                    "title": "share of offences",
                    "scale": full,
                    "axis": axis,
                },
            },
        }

    stacked = {
        "transform": [
            {
                "window": [
                    {"op": "sum", "field": "share", "as": "offences"},
                    {"op": "cume_dist", "as": "place"},
                ],
                "sort": [{"field": "rank"}, {"field": "code"}],
            },
            {"calculate": "100 * datum.place", "as": "areas"},
        ],
        **line(DARK_BLUE, []),
    }
    note = {
        "data": {"values": [{"areas": 62, "offences": 55}]},
        "mark": {"type": "text", "align": "left", "color": INK, "text": "even spread"},
        "encoding": {
            "x": {"field": "areas", "type": "quantitative"},
            "y": {"field": "offences", "type": "quantitative"},
        },
    }
    return chart(values, [{"data": {"values": even}, **line(GREY, [5, 4])}, stacked, note])
