"""Bars of areas in order, own bar dark: rates in a family, changes in a force."""

from __future__ import annotations

from typing import Any

from flows.papers.charts.style import (
    DARK_BLUE,
    DARK_PINK,
    INK,
    LIGHT_GREY,
    NARROW,
    SPLIT_LINES,
    WIDE,
    at_width,
    chart,
    wrapped,
)
from flows.papers.document import Chart, Column, Table, shown
from flows.papers.published import Row
from flows.rounding import rounded


def family_bars(rows: list[Row], own: Row, finding: str, source_title: str) -> Chart:
    """Draw the rates of a family's members with their intervals and the family's mean.

    `rows` are figures of the members that report; `own` is the area's row of `rpt_figures`.
    """
    bars = [_bar(row, row["rate"], row["area_code"] == own["area_code"]) for row in rows]
    for bar, row in zip(bars, rows, strict=True):
        bar |= {"lower": row["rate_lower"], "upper": row["rate_upper"]}
    mean = own["family_mean_rate"]
    is_in_per_cent = own["unit"] == "per cent"
    rate = "per cent" if is_in_per_cent else f"rate per {own['rate_per']:,}"
    decimals = 2 if any(row["rate"] < 1 for row in rows) else 1
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
    line = []
    if mean is not None:
        line = [_line(mean, f"family mean {rounded(mean, decimals):,.{decimals}f}")]
    return Chart(
        title=finding,
        subtitle=f"{own['indicator_name']}, {rate}, {own['period_label']}: areas of the most "
        "similar family that report, with 95% confidence intervals.",
        alternative=f"Bar chart of {len(rows)} areas by {rate}. {finding}",
        source=f"Source: {source_title}."
        + (" The family list is an illustration." if own["family_is_illustrative"] else ""),
        **_drawn(bars, [*interval, *line], decimals),
        table=Table(
            f"{own['indicator_name']}: rates in the most similar family, {own['period_label']}",
            (
                Column("Area"),
                Column("Figure, %" if is_in_per_cent else rate.capitalize(), "number", decimals),
                Column("Lower limit", "number", decimals),
                Column("Upper limit", "number", decimals),
            ),
            [(row["area_name"], row["rate"], row["rate_lower"], row["rate_upper"]) for row in rows],
        ),
    )


def force_league(rows: list[Row], own: Row, source_title: str) -> Chart:
    """Draw the per cent change of the partnerships of a force, lowest first."""
    finding = league_finding(own)
    bars = [
        _bar(row, row["change_pct"], row["area_code"] == own["area_code"]) | {"signed": True}
        for row in rows
    ]
    few = [row["area_name"] for row in rows if row["change_pct_is_unreliable"]]
    return Chart(
        title=finding,
        subtitle=f"{own['indicator_name']}, per cent change on the year before, "
        f"{own['period_label']}: partnerships in the {own['force_name']} police force area.",
        alternative=f"Bar chart of {len(rows)} partnerships by per cent change. {finding}",
        source=f"Source: {source_title}."
        + (f" Fewer than 50 in either year, so uncertain: {', '.join(few)}." if few else ""),
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


def league_finding(own: Row) -> str:
    """Say the change of an area and its place in its force, as the marts rank it.

    A change that is not given as per cent, or not comparable, has no place that means something.
    """
    series = f"{own['indicator_name']} in {own['area_name']}"
    rank, ranked = own["force_change_rank"], own["force_areas_ranked_by_change"]
    if own["verdict"] == "not comparable":
        return f"{series}: not comparable with the year before"
    if own["change_pct_is_unreliable"]:
        return f"{series}: too few for a per cent change"
    if own["change_pct"] is None or not rank:
        return f"{series}: its change has no rank in the force"
    first, last = ("highest", "lowest") if own["polarity"] == "higher_is_better" else _ENDS
    place = last if rank == ranked else f"{_NTH[rank]}{first}" if rank < len(_NTH) else ""
    change = shown(own["change_pct"], Column("", "number", 1, signed=True))
    return f"{series}: {change}% on the year before" + (
        f", the {place} change of {ranked} partnerships in its force"
        if place and ranked > 1
        else ""
    )


_ENDS = ("lowest", "highest")
_NTH = (
    "", "", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ", "ninth ",
)  # fmt: skip


def contributions(rows: list[Row], finding: str, source_title: str) -> Chart:
    """Draw what a change is made of, the largest contribution first."""
    first = rows[0]
    bars = [
        {"area": row["part_indicator_name"], "value": row["change"], "own": False, "signed": True}
        for row in rows
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
    return {"area": row["area_name"], "value": value, "own": is_own, "signed": False}


def _areas() -> dict[str, Any]:
    return {
        "field": "area",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {
            "ticks": False,
            "domain": False,
            "labelPadding": 6,
            "labelExpr": SPLIT_LINES,
            "labelLimit": 0,
        },
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
                "mark": {"type": "text", "align": "center", "baseline": "bottom", "dy": -3},
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
    return {
        "wide": _at(bars, more, decimals, narrow=False),
        "narrow": _at(bars, more, decimals, narrow=True),
    }


def _at(
    bars: list[dict[str, Any]], more: list[dict[str, Any]], decimals: int, *, narrow: bool
) -> dict[str, Any]:
    values = [
        {
            **bar,
            "area": wrapped(bar["area"], narrow=narrow),
            "most": max(bar["value"], bar.get("upper") or 0, 0),
            "label": shown(bar["value"], Column("", "number", decimals, signed=bar["signed"])),
        }
        for bar in bars
    ]
    has_own = any(bar["own"] for bar in bars)
    spec = chart(
        values,
        [
            {
                "mark": {"type": "bar", "height": {"band": 0.7}},
                "encoding": {
                    "y": _areas(),
                    "x": {
                        "field": "value",
                        "type": "quantitative",
                        "title": None,
                        "scale": {"zero": True},
                        "axis": {"tickCount": 3 if narrow else 5, "format": ",~r"},
                    },
                    "color": {
                        "condition": {"test": "datum.own", "value": DARK_BLUE},
                        "value": LIGHT_GREY if has_own else DARK_BLUE,
                    },
                },
            },
            *more,
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 12},
                "encoding": {
                    "y": _areas(),
                    "x": {"field": "most", "type": "quantitative"},
                    "text": {"field": "label"},
                },
            },
        ],
    )
    lines = max(bar["area"].count("|") + 1 for bar in values)
    height = (14 + 14 * lines) * len(bars) + 60
    return at_width(spec, NARROW if narrow else WIDE, height, right=56)
