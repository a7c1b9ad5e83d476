"""A control chart: months, mean, limits, and flagged points by shape as well as colour."""

from __future__ import annotations

from flows.papers.charts.style import DARK_BLUE, DARK_PINK, GREY, INK, both_widths, chart
from flows.papers.document import Chart, Column, Table
from flows.papers.published import Row

_FLAG = "a point that is unlikely to be chance"


def control_chart(rows: list[Row], source_title: str) -> Chart:
    """Draw the rows of `fct_control_charts` of one series, oldest first."""
    last = rows[-1]
    flagged = [row for row in rows if row["is_special_cause"]]
    finding = f"{last['indicator_name']} in {last['area_name']}: {_last_words(last)}"
    values = [
        {
            "month": row["month"].isoformat(),
            "value": row["value"],
            "mean": row["mean"],
            "lower": row["lower_limit_from_zero"],
            "upper": row["upper_limit"],
            "flag": bool(row["is_special_cause"]),
            "segment": row["segment"],
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

    def line(field: str, dash: list[int] | None, colour: str) -> dict[str, object]:
        return {
            "mark": {"type": "line", "color": colour, "strokeWidth": 1.5, "strokeDash": dash or []},
            "encoding": {"x": x, "y": {**y, "field": field}, "detail": {"field": "segment"}},
        }

    end = [values[-1]]
    spec = chart(
        values,
        [
            line("mean", None, GREY),
            line("lower", [5, 4], GREY),
            line("upper", [5, 4], GREY),
            {
                "mark": {"type": "line", "color": DARK_BLUE, "strokeWidth": 2},
                "encoding": {"x": x, "y": {**y, "field": "value"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": {**y, "field": "value"},
                    "shape": {
                        "condition": {"test": "datum.flag", "value": "diamond"},
                        "value": "circle",
                    },
                    "size": {"condition": {"test": "datum.flag", "value": 150}, "value": 45},
                    "color": {
                        "condition": {"test": "datum.flag", "value": DARK_PINK},
                        "value": DARK_BLUE,
                    },
                },
            },
            *(
                {
                    "data": {"values": end},
                    "mark": {"type": "text", "align": "left", "dx": 8, "color": INK},
                    "encoding": {"x": x, "y": {**y, "field": field}, "text": {"value": label}},
                }
                for field, label in (
                    ("mean", "mean"),
                    ("lower", "lower limit"),
                    ("upper", "upper limit"),
                )
            ),
        ],
    )
    wide, narrow = both_widths(spec, 300)
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
