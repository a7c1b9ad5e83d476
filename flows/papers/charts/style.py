"""What all charts share: colours, sizes and axes, as the Analysis Function asks."""

from __future__ import annotations

from typing import Any

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
GREY = "#8C8C8C"
LIGHT_GREY = "#BFBFBF"
INK = "#0B0C0C"

WIDE, NARROW = 640, 300

_CONFIG: dict[str, Any] = {
    "background": "white",
    "font": "Liberation Sans, Arial, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#E5E6E7",
        "domainColor": GREY,
        "tickColor": GREY,
        "labelLimit": 260,
    },
    "text": {"fontSize": 13, "color": INK},
    "legend": {"labelFontSize": 13, "titleFontSize": 13, "orient": "top", "title": None},
}


def chart(
    values: list[dict[str, Any]], layers: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    """Put layers over one list of values; sizes are given by `at_width`."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "config": _CONFIG,
        "layer": layers,
        **more,
    }


def at_width(spec: dict[str, Any], width: int, height: int) -> dict[str, Any]:
    """Return the chart at a width and height in pixels."""
    return {**spec, "width": width, "height": height}


def both_widths(
    spec: dict[str, Any], height: int, narrow: dict[str, Any] | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the chart for a page and, narrower, for a phone."""
    return at_width(spec, WIDE, height), at_width(narrow or spec, NARROW, height)
