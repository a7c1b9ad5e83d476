"""A funnel: rates of many areas by population, inside limits that are wider for small areas."""

from __future__ import annotations

from typing import Any

from flows.papers.charts.style import (
    DARK_BLUE,
    DARK_PINK,
    GREY,
    INK,
    NARROW,
    POINT,
    WIDE,
    at_width,
    chart,
    diamond_where,
    figures_axis,
    larger_where,
)
from flows.papers.document import Chart, Column, table_of
from flows.papers.published import Row


def funnel_plot(rows: list[Row], own: Row, figure: Row, source_title: str) -> Chart:
    """Draw rows of `fct_funnel` of one benchmark, indicator and period, by population.

    `own` is the area's row among them, `figure` its row of `rpt_figures`.
    """
    name, area = figure["indicator_name"], own["area_name"]
    finding = f"{name}: the rate of {area} is {_POSITION[own['funnel_position']]}"
    unit = f"per {own['rate_per']:,}"
    values = [
        {
            "people": row["denominator"],
            "rate": row["rate"],
            "own": row["area_code"] == own["area_code"],
            "outside": bool(row["is_beyond_3_sigma"]),
            "label": area if row["area_code"] == own["area_code"] else "",
            "mean": row["benchmark_rate"],
            "lower": row["lower_3_sigma"],
            "upper": row["upper_3_sigma"],
        }
        for row in rows
    ]
    wide = at_width(_spec(values, narrow=False), WIDE, 320, right=70)
    narrow = at_width(_spec(values, narrow=True), NARROW, 280, right=44)
    return Chart(
        title=finding,
        subtitle=f"{name}, {own['period_label']}: rate {unit} of {len(rows)} areas by population, "
        "with the mean and limits of three standard deviations. A diamond marks an area outside.",
        alternative=f"Funnel plot of {len(rows)} areas, rate {unit} by population. {finding}.",
        source=f"Source: {source_title}."
        + (" The family list is an illustration." if own["is_illustrative"] else ""),
        wide=wide,
        narrow=narrow,
        table=table_of(
            f"{name}: rates and their limits, {own['period_label']}",
            (
                ("area_name", Column("Area")),
                ("denominator", Column("Population", "number")),
                ("rate", Column(f"Rate {unit}", "number", 1)),
                ("benchmark_rate", Column("Mean", "number", 1)),
                ("lower_3_sigma", Column("Lower limit", "number", 1)),
                ("upper_3_sigma", Column("Upper limit", "number", 1)),
            ),
            rows,
            sheet=f"{name} funnel",
        ),
    )


_POSITION = {
    "within limits": "within the limits of chance",
    "above 3 sigma": "above the limits of chance",
    "below 3 sigma": "below the limits of chance",
    "above 2 sigma": "near the upper limit of chance",
    "below 2 sigma": "near the lower limit of chance",
}


def _spec(values: list[dict[str, Any]], *, narrow: bool) -> dict[str, Any]:
    x = {
        "field": "people",
        "type": "quantitative",
        "title": "population",
        "scale": {"zero": False, "nice": False, "padding": 14},
        "axis": {"tickCount": 3 if narrow else 5, "format": ",~r", "grid": False},
    }
    y = figures_axis(from_zero=False)

    def line(field: str, dash: list[int]) -> dict[str, Any]:
        return {
            "mark": {"type": "line", "color": GREY, "strokeWidth": 1.5, "strokeDash": dash},
            "encoding": {"x": x, "y": {**y, "field": field}},
        }

    def label(field: str, text: str) -> dict[str, Any]:
        return {
            "data": {"values": [values[-1]]},
            "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 12, "text": text},
            "encoding": {"x": x, "y": {**y, "field": field}},
        }

    # the label stands on the side where there is space
    is_right = any(point["own"] for point in values[len(values) // 2 :])
    return chart(
        values,
        [
            line("mean", []),
            line("lower", [5, 4]),
            line("upper", [5, 4]),
            {
                "mark": POINT,
                "encoding": {
                    "x": x,
                    "y": {**y, "field": "rate"},
                    "shape": diamond_where("datum.outside"),
                    "size": larger_where("datum.own"),
                    "color": {
                        "condition": [
                            {"test": "datum.own", "value": DARK_BLUE},
                            {"test": "datum.outside", "value": DARK_PINK},
                        ],
                        "value": GREY,
                    },
                },
            },
            {
                "mark": {
                    "type": "text",
                    "fontWeight": "bold",
                    "color": INK,
                    "align": "right" if is_right else "left",
                    "dx": -12 if is_right else 12,
                },
                "encoding": {
                    "x": x,
                    "y": {**y, "field": "rate"},
                    "text": {"field": "label"},
                },
            },
            label("mean", "mean"),
            label("lower", "lower"),
            label("upper", "upper"),
        ],
    )
