"""A month against its own history: the newest months beside what earlier years lead to expect."""

from __future__ import annotations

from flows.papers.charts.style import DARK_BLUE, DARK_PINK, LIGHT_GREY, both_widths, chart
from flows.papers.document import Chart
from flows.papers.published import Row


def month_against_history(rows: list[Row], source_title: str) -> Chart:
    """Draw rows of `fct_seasonality` of one series, oldest first: figure and expected range."""
    last = rows[-1]
    words = {
        "above": "is above what earlier years lead to expect",
        "below": "is below what earlier years lead to expect",
    }.get(str(last["against_expected"]), "is within what earlier years lead to expect")
    finding = f"{last['indicator_name']} in {last['area_name']}: {last['period_label']} {words}"
    values = [
        {
            "month": row["month"].isoformat(),
            "value": row["value"],
            "lower": row["expected_lower"],
            "upper": row["expected_upper"],
        }
        for row in rows
    ]
    x = {
        "field": "month",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%b %Y", "labelAngle": -45, "tickCount": 8},
    }
    y = {"type": "quantitative", "title": None, "scale": {"zero": True}}
    spec = chart(
        values,
        [
            {
                "mark": {
                    "type": "bar",
                    "color": LIGHT_GREY,
                    "width": {"band": 0.6},
                    "opacity": 0.7,
                },
                "encoding": {
                    "x": {**x, "timeUnit": "yearmonth"},
                    "y": {**y, "field": "lower"},
                    "y2": {"field": "upper"},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
                "encoding": {
                    "x": {**x, "timeUnit": "yearmonth"},
                    "y": {**y, "field": "value"},
                    "color": {
                        "condition": {
                            "test": "datum.lower != null && (datum.value < datum.lower || "
                            "datum.value > datum.upper)",
                            "value": DARK_PINK,
                        },
                        "value": DARK_BLUE,
                    },
                },
            },
        ],
    )
    wide, narrow = both_widths(spec, 260)
    return Chart(
        title=finding,
        subtitle="Points are the months' figures, grey bars the range that the same month of "
        "earlier years leads to expect.",
        alternative=f"Chart of {len(rows)} months against their expected ranges. {finding}.",
        source=f"Source: {source_title}.",
        wide=wide,
        narrow=narrow,
    )
