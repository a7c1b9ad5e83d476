"""A control chart: months, mean, limits, and flagged points by shape as well as colour."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from flows.calendar_months import months_apart
from flows.papers.charts.months_drawing import MonthsDrawing
from flows.papers.charts.style import DARK_BLUE, DARK_PINK, GREY, NARROW, WIDE
from flows.papers.document import Chart, Column, Table
from flows.papers.published import Row

#: the columns of `fct_control_charts` that a chart is drawn from
DRAWN_COLUMNS = (
    "indicator_name",
    "area_name",
    "month",
    "period_label",
    "segment",
    "value",
    "mean",
    "lower_limit_from_zero",
    "upper_limit",
    "is_special_cause",
    "special_cause",
)
_FLAG = "a point that is unlikely to be chance"


def control_chart(rows: Sequence[Row], source_title: str) -> Chart:
    """Draw the rows of `fct_control_charts` of one series, oldest first."""
    last = rows[-1]
    flagged = [row for row in rows if row["is_special_cause"]]
    finding = f"{last['indicator_name']} in {last['area_name']}: {_last_words(last)}"
    return Chart(
        title=finding,
        subtitle=f"Monthly figures, {rows[0]['period_label']} to {last['period_label']}, with mean "
        f"and control limits. A diamond marks {_FLAG}.",
        alternative=f"Control chart of {len(rows)} months. {finding}. "
        f"Months marked: {', '.join(str(row['period_label']) for row in flagged) or 'none'}.",
        source=f"Source: {source_title}.",
        wide=_drawn(rows, narrow=False),
        narrow=_drawn(rows, narrow=True),
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


def _drawn(rows: Sequence[Row], *, narrow: bool) -> str:
    most = max(max(row["value"], row["upper_limit"] or 0) for row in rows)
    frame = MonthsDrawing(
        rows[0]["month"],
        rows[-1]["month"],
        most,
        *((NARROW, 280, 50, 3) if narrow else (WIDE, 320, 92, 6)),
    )
    lines = [
        frame.line([(row["month"], row[name]) for row in stretch if row[name] is not None], GREY, d)
        # limits begin again at a break: no line crosses it
        for _, of_segment in groupby(rows, key=lambda row: row["segment"])
        for stretch in [list(of_segment)]
        for name, d in (("mean", ""), ("lower_limit_from_zero", "5 4"), ("upper_limit", "5 4"))
    ]
    values = [
        frame.line([(row["month"], row["value"]) for row in run], DARK_BLUE)
        for run in _without_gaps(rows)
    ]
    marked = [(row["month"], row["value"]) for row in rows if row["is_special_cause"]]
    others = [(row["month"], row["value"]) for row in rows if not row["is_special_cause"]]
    last = rows[-1]
    names = ("upper", "lower") if narrow else ("upper limit", "lower limit")
    named = (
        (names[0], last["upper_limit"]),
        ("mean", last["mean"]),
        (names[1], last["lower_limit_from_zero"]),
    )
    return frame.svg(
        *lines,
        *values,
        frame.circles(others, DARK_BLUE),
        frame.diamonds(marked, DARK_PINK),
        frame.labels((text, value) for text, value in named if value is not None),
    )


def _without_gaps(rows: Sequence[Row]) -> list[list[Row]]:
    """Split months where one is missing, so that no line crosses the gap."""
    runs: list[list[Row]] = []
    for row in rows:
        if not runs or months_apart(runs[-1][-1]["month"], row["month"]) > 1:
            runs.append([])
        runs[-1].append(row)
    return runs
