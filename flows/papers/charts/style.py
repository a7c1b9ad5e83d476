"""What all charts share: colours, sizes and axes, as the Analysis Function asks."""

from __future__ import annotations

import textwrap
from typing import Any

DARK_BLUE = "#12436D"
DARK_PINK = "#801650"
GREY = "#8C8C8C"
LIGHT_GREY = "#BFBFBF"
INK = "#0B0C0C"

WIDE, NARROW = 700, 300

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


def at_width(spec: dict[str, Any], width: int, height: int, *, right: int = 12) -> dict[str, Any]:
    """Return the chart at a width and height in pixels, axes and labels included.

    `right` pixels stay free beside the plot for direct labels.
    """
    return {
        **spec,
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 4, "top": 10, "right": right, "bottom": 4},
    }


def months_axis(field: str, *, narrow: bool) -> dict[str, Any]:
    """Describe an axis of months; fewer labels where there is less space."""
    return {
        "field": field,
        "type": "temporal",
        "title": None,
        "axis": {"format": "%b %Y", "tickCount": 3 if narrow else 6, "labelOverlap": True},
    }


def figures_axis(*, from_zero: bool) -> dict[str, Any]:
    """Describe an axis of figures; the field is given where it is used."""
    return {
        "type": "quantitative",
        "title": None,
        "scale": {"zero": from_zero},
        "axis": {"tickCount": 5, "format": ",~r"},
    }


POINT: dict[str, Any] = {"type": "point", "filled": True, "opacity": 1}


def diamond_where(test: str) -> dict[str, Any]:
    """Draw a point as a diamond where the test holds, so that it is seen without colour."""
    return {"condition": {"test": test, "value": "diamond"}, "value": "circle"}


def larger_where(test: str, size: int = 55) -> dict[str, Any]:
    """Draw a point larger where the test holds."""
    return {"condition": {"test": test, "value": 130}, "value": size}


def points_that_stand_out(
    x: dict[str, Any], y: dict[str, Any], test: str, size: int = 55
) -> dict[str, Any]:
    """Make a layer of points; those for which the test holds differ in shape, size and colour."""
    return {
        "mark": POINT,
        "encoding": {
            "x": x,
            "y": y,
            "shape": diamond_where(test),
            "size": larger_where(test, size),
            "color": {"condition": {"test": test, "value": DARK_PINK}, "value": DARK_BLUE},
        },
    }


def wrapped(text: str, *, narrow: bool) -> str:
    """Break the name of a bar into lines; `SPLIT_LINES` draws them."""
    return "|".join(textwrap.wrap(text, 15 if narrow else 30)) or text


SPLIT_LINES = "split(datum.label, '|')"
