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

    def label(field: str, text: str, baseline: str) -> dict[str, Any]:
        # the limits lie close to the mean where the largest area is
        drawn = {"align": "left", "dx": 6, "fontSize": 12, "text": text, "baseline": baseline}
        return {
            "data": {"values": [values[-1]]},
            "mark": {"type": "text", **drawn},
            "encoding": {"x": x, "y": {**y, "field": field}},
        }

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
                    **_where_there_is_space(values, NARROW if narrow else WIDE),
                },
                "encoding": {
                    "x": x,
                    "y": {**y, "field": "rate"},
                    "text": {"field": "label"},
                },
            },
            label("mean", "mean", "middle"),
            label("lower", "lower", "top"),
            label("upper", "upper", "bottom"),
        ],
    )


# of a bold letter, and of a line, in a chart of text of 12 to 13 pixels
_LETTER, _LINE = 7.5, 16.0
_HEIGHT = 260.0


def _where_there_is_space(values: list[dict[str, Any]], width: float) -> dict[str, Any]:
    """Place the own area's name beside its point, where it covers the fewest other points."""
    people = [point["people"] for point in values]
    rates = [point[name] for point in values for name in ("rate", "lower", "upper")]

    def at(point: dict[str, Any]) -> tuple[float, float]:
        across = (point["people"] - min(people)) / ((max(people) - min(people)) or 1)
        down = (max(rates) - point["rate"]) / ((max(rates) - min(rates)) or 1)
        return 0.8 * width * across, _HEIGHT * down

    own = next((point for point in values if point["own"]), None)
    if own is None:
        return {"align": "left"}
    x, y = at(own)
    length = _LETTER * len(own["label"])
    others = [at(point) for point in values if not point["own"]]

    def covered(place: dict[str, Any]) -> tuple[int, float]:
        left = x + place["dx"] - (length if place["align"] == "right" else 0)
        middle = y + place.get("dy", 0)
        points = sum(
            left - 6 <= across <= left + length + 6 and abs(down - middle) <= _LINE / 2 + 4
            for across, down in others
        )
        return points, max(0.0, -left) + max(0.0, left + length - 0.8 * width)

    places = [
        {"align": align, "dx": sign * dx, "dy": dy}
        for dy, dx in ((0, 12), (-15, 0), (15, 0))
        for align, sign in (("left", 1), ("right", -1))
    ]
    return min(places, key=lambda place: (covered(place)[1] > 0, *covered(place)))
