"""Bars of areas in order, own bar dark: rates in a family, changes in a force."""

from __future__ import annotations

from typing import Any

from flows.papers.charts.style import (
    DARK_BLUE,
    DARK_PINK,
    INK,
    LIGHT_GREY,
    NARROW,
    WIDE,
    at_width,
    chart,
)
from flows.papers.document import Chart, Column, Table
from flows.papers.published import Row


def family_bars(rows: list[Row], own: Row, finding: str, source_title: str) -> Chart:
    """Draw the rates of a family's members with their intervals and the family's mean.

    `rows` are figures of the members that report; `own` is the area's row of `rpt_figures`.
    """
    bars = [_bar(row, row["rate"], row["area_code"] == own["area_code"]) for row in rows]
    for bar, row in zip(bars, rows, strict=True):
        bar |= {"lower": row["rate_lower"], "upper": row["rate_upper"]}
    mean = own["family_mean_rate"]
    unit = f"per {own['rate_per']:,}"
    interval: list[dict[str, Any]] = [
        {
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1},
            "encoding": {
                "y": _areas(),
                "x": {"field": "lower", "type": "quantitative"},
                "x2": {"field": "upper"},
            },
        }
    ]
    line = [] if mean is None else [_line(mean, f"family mean {mean:,.1f}")]
    return Chart(
        title=finding,
        subtitle=f"{own['indicator_name']}, rate {unit}, {own['period_label']}: areas of the most "
        "similar family that report, with 95% confidence intervals.",
        alternative=f"Bar chart of {len(rows)} areas by rate {unit}. {finding}",
        source=f"Source: {source_title}."
        + (" The family list is an illustration." if own["family_is_illustrative"] else ""),
        **_drawn(bars, [*interval, *line]),
        table=Table(
            f"{own['indicator_name']}: rates in the most similar family, {own['period_label']}",
            (
                Column("Area"),
                Column(f"Rate {unit}", "number", 1),
                Column("Lower limit", "number", 1),
                Column("Upper limit", "number", 1),
            ),
            [(row["area_name"], row["rate"], row["rate_lower"], row["rate_upper"]) for row in rows],
        ),
    )


def force_league(rows: list[Row], own: Row, finding: str, source_title: str) -> Chart:
    """Draw the per cent change of the partnerships of a force, lowest first."""
    bars = [_bar(row, row["change_pct"], row["area_code"] == own["area_code"]) for row in rows]
    return Chart(
        title=finding,
        subtitle=f"{own['indicator_name']}, per cent change on the year before, "
        f"{own['period_label']}: partnerships in the {own['force_name']} police force area.",
        alternative=f"Bar chart of {len(rows)} partnerships by per cent change. {finding}",
        source=f"Source: {source_title}.",
        **_drawn(bars, []),
        table=Table(
            f"{own['indicator_name']}: change in the force, {own['period_label']}",
            (
                Column("Partnership"),
                Column("Change, %", "number", 1, signed=True),
                Column("Rank by change", "number"),
                Column("Rank by rate", "number"),
            ),
            [
                (row["area_name"], row["change_pct"], row["change_rank"], row["rate_rank"])
                for row in rows
            ],
        ),
    )


def contributions(rows: list[Row], finding: str, source_title: str) -> Chart:
    """Draw what a change is made of, the largest contribution first."""
    first = rows[0]
    bars = [
        {"area": row["part_indicator_name"], "value": row["change"], "own": False} for row in rows
    ]
    return Chart(
        title=finding,
        subtitle=f"{first['indicator_name']} in {first['area_name']}, {first['period_label']}: "
        "change on the year before, by the parts that make it.",
        alternative=f"Bar chart of {len(rows)} parts by change in number. {finding}",
        source=f"Source: {source_title}.",
        **_drawn(bars, [], decimals=0),
        table=Table(
            f"What the change in {first['indicator_name'].lower()} is made of",
            (
                Column("Part"),
                Column("Figure", "number"),
                Column("Year before", "number"),
                Column("Change", "number", signed=True),
                Column("Share of the change, %", "number", 1, signed=True),
            ),
            [
                (
                    row["part_indicator_name"],
                    row["value"],
                    row["previous_value"],
                    row["change"],
                    row["share_of_change_pct"],
                )
                for row in rows
            ],
        ),
    )


def _bar(row: Row, value: float, is_own: bool) -> dict[str, Any]:
    return {"area": row["area_name"], "value": value, "own": is_own}


def _areas() -> dict[str, Any]:
    return {
        "field": "area",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"ticks": False, "domain": False, "labelPadding": 6},
    }


def _line(at: float, label: str) -> dict[str, Any]:
    return {
        "data": {"values": [{"at": at, "label": label}]},
        "layer": [
            {
                "mark": {"type": "rule", "color": DARK_PINK, "strokeDash": [5, 4]},
                "encoding": {"x": {"field": "at", "type": "quantitative"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "baseline": "bottom"},
                "encoding": {
                    "x": {"field": "at", "type": "quantitative"},
                    "y": {"value": 0},
                    "text": {"field": "label"},
                },
            },
        ],
    }


def _drawn(
    bars: list[dict[str, Any]], more: list[dict[str, Any]], decimals: int = 1
) -> dict[str, Any]:
    x = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "scale": {"zero": True},
        "axis": {"tickCount": 5},
    }
    label = {
        "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 12},
        "encoding": {
            "y": _areas(),
            "x": {"field": "most", "type": "quantitative"},
            "text": {"field": "value", "type": "quantitative", "format": f",.{decimals}f"},
        },
    }
    values = [{**bar, "most": max(bar["value"], bar.get("upper") or 0, 0)} for bar in bars]
    spec = chart(
        values,
        [
            {
                "mark": {"type": "bar", "height": {"band": 0.7}},
                "encoding": {
                    "y": _areas(),
                    "x": x,
                    "color": {
                        "condition": {"test": "datum.own", "value": DARK_BLUE},
                        "value": LIGHT_GREY if any(bar["own"] for bar in bars) else DARK_BLUE,
                    },
                },
            },
            *more,
            label,
        ],
    )
    height = 24 * len(bars) + 20
    return {
        "wide": at_width(spec, WIDE - 200, height),
        "narrow": at_width(spec, NARROW - 130, height),
    }
