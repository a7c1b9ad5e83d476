"""A control chart: months, mean, limits, and flagged points by shape as well as colour."""

from __future__ import annotations

from typing import Any

from flows.calendar_months import months_apart
from flows.papers.charts.style import (
    DARK_BLUE,
    GREY,
    INK,
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

_FLAG = "a point that is unlikely to be chance"


def control_chart(rows: list[Row], source_title: str) -> Chart:
    """Draw the rows of `fct_control_charts` of one series, oldest first."""
    last = rows[-1]
    flagged = [row for row in rows if row["is_special_cause"]]
    finding = f"{last['indicator_name']} in {last['area_name']}: {_last_words(last)}"
    values = _points(rows)
    wide = at_width(_spec(values, narrow=False), WIDE, 320, right=92)
    narrow = at_width(_spec(values, narrow=True), NARROW, 280, right=44)
    return Chart(
        title=finding,
        subtitle=f"Monthly figures, {rows[0]['period_label']} to {last['period_label']}, with mean "
        f"and control limits. A diamond marks {_FLAG}.",
        alternative=f"Control chart of {len(rows)} months. {finding}. "
        f"Months marked: {', '.join(str(row['period_label']) for row in flagged) or 'none'}.",
        source=f"Source: {source_title}.",
        wide=wide,
        narrow=narrow,
        table=Table(
            f"{last['indicator_name']} by month",
            (
                Column("Month"),
                Column("Figure", "number"),
                Column("Mean", "number", 1),
                Column("Lower limit", "number", 1),
                Column("Upper limit", "number", 1),
                Column("Marked because"),
            ),
            [
                (
                    row["period_label"],
                    row["value"],
                    row["mean"],
                    row["lower_limit_from_zero"],
                    row["upper_limit"],
                    row["special_cause"],
                )
                for row in rows
            ],
            sheet=f"{last['indicator_name']} by month",
        ),
    )


def _last_words(last: Row) -> str:
    if last["is_special_cause"]:
        return f"{last['period_label']} is unlikely to be chance ({last['special_cause']})"
    return f"{last['period_label']} is within the expected range"


def _points(rows: list[Row]) -> list[dict[str, Any]]:
    """One point a month; `run` numbers stretches without a gap, so that no line crosses one."""
    points: list[dict[str, Any]] = []
    run, before = 0, None
    for row in rows:
        month = row["month"]
        if before is not None and months_apart(before, month) > 1:
            run += 1
        before = month
        points.append(
            {
                "month": month.isoformat(),
                "value": row["value"],
                "mean": row["mean"],
                "lower": row["lower_limit_from_zero"],
                "upper": row["upper_limit"],
                "flag": bool(row["is_special_cause"]),
                "segment": row["segment"],
                "run": run,
            }
        )
    return points


def _spec(values: list[dict[str, Any]], *, narrow: bool) -> dict[str, Any]:
    x = months_axis("month", narrow=narrow)
    y = figures_axis(from_zero=True)

    def line(field: str, part: str, colour: str, dash: list[int]) -> dict[str, Any]:
        return {
            "mark": {"type": "line", "color": colour, "strokeWidth": 1.5, "strokeDash": dash},
            "encoding": {"x": x, "y": {**y, "field": field}, "detail": {"field": part}},
        }

    def label(field: str, text: list[str]) -> dict[str, Any]:
        return {
            "data": {"values": [values[-1]]},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "middle",
                "dx": 10,
                "fontSize": 12,
                "color": INK,
                "text": text,
            },
            "encoding": {"x": x, "y": {**y, "field": field}},
        }

    names = ("upper", "lower") if narrow else ("upper limit", "lower limit")
    return chart(
        values,
        [
            line("mean", "segment", GREY, []),
            line("lower", "segment", GREY, [5, 4]),
            line("upper", "segment", GREY, [5, 4]),
            line("value", "run", DARK_BLUE, []),
            points_that_stand_out(x, {**y, "field": "value"}, "datum.flag", size=40),
            label("mean", ["mean"]),
            label("upper", [names[0]]),
            label("lower", [names[1]]),
        ],
    )
