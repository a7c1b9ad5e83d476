"""A month against its own history: the newest months beside what earlier years lead to expect."""

from __future__ import annotations

from typing import Any

from flows.papers.charts.style import (
    LIGHT_GREY,
    NARROW,
    WIDE,
    at_width,
    chart,
    figures_axis,
    months_axis,
    points_that_stand_out,
)
from flows.papers.document import Chart, Column, Table
from flows.papers.published import Row


def month_against_history(rows: list[Row], source_title: str) -> Chart:
    """Draw rows of `fct_seasonality` of one series, oldest first: figure and expected range."""
    last = rows[-1]
    words = {
        "above": "is above what earlier years lead to expect",
        "below": "is below what earlier years lead to expect",
        "within": "is within what earlier years lead to expect",
    }.get(str(last["against_expected"]), "has too short a history to say whether it is as expected")
    finding = f"{last['indicator_name']} in {last['area_name']}: {last['period_label']} {words}"
    values = [
        {
            "month": row["month"].isoformat(),
            "value": row["value"],
            "lower": row["expected_lower"],
            "upper": row["expected_upper"],
            "outside": row["against_expected"] in ("above", "below"),
        }
        for row in rows
    ]
    wide = at_width(_spec(values, narrow=False), WIDE, 260)
    narrow = at_width(_spec(values, narrow=True), NARROW, 240)
    return Chart(
        title=finding,
        subtitle="Points are the figures of the months, grey bars the range that earlier years "
        "lead to expect. A diamond marks a figure outside its range.",
        alternative=f"Chart of {len(rows)} months against their expected ranges. {finding}.",
        source=f"Source: {source_title}.",
        wide=wide,
        narrow=narrow,
        table=Table(
            f"{last['indicator_name']}: months and what was expected",
            (
                Column("Month"),
                Column("Figure", "number"),
                Column("Expected from", "number", 1),
                Column("Expected to", "number", 1),
            ),
            [
                (row["period_label"], row["value"], row["expected_lower"], row["expected_upper"])
                for row in rows
            ],
            sheet=f"{last['indicator_name']} expected",
        ),
    )


def _spec(values: list[dict[str, Any]], *, narrow: bool) -> dict[str, Any]:
    x = months_axis("month", narrow=narrow)
    y = figures_axis(from_zero=True)
    return chart(
        values,
        [
            {
                "mark": {"type": "rule", "color": LIGHT_GREY, "strokeWidth": 8 if narrow else 18},
                "encoding": {"x": x, "y": {**y, "field": "lower"}, "y2": {"field": "upper"}},
            },
            points_that_stand_out(x, {**y, "field": "value"}, "datum.outside"),
        ],
    )
