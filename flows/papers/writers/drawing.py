"""Draws charts as SVG and PNG; nothing is fetched and no script is left in the drawing."""

from __future__ import annotations

import json
import re
from functools import cache

from flows.papers.document import Drawing

_PRINT_PPI = 200


def as_svg(drawing: Drawing) -> str:
    """Draw a chart as SVG that scales with its column; HTML and PDF share the drawing."""
    svg = drawing if isinstance(drawing, str) else _drawn_once(json.dumps(drawing))
    # read out once, by the alternative text around it
    return re.sub(r"<svg ", '<svg aria-hidden="true" focusable="false" ', svg, count=1)


def start_drawing() -> None:
    """Start what draws, which takes half a second with the first chart."""
    bars = {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b", "type": "nominal"}}
    layers = [{"mark": "bar", "encoding": bars}, {"mark": "text", "encoding": bars}]
    rows = [{"a": number, "b": f"row {number}"} for number in range(15)]
    _drawn_once(json.dumps({"data": {"values": rows}, "layer": layers}))


@cache
def _drawn_once(spec: str) -> str:
    import vl_convert  # a JavaScript engine, which charts of months do without

    return str(vl_convert.vegalite_to_svg(spec))


def as_png(drawing: Drawing) -> bytes:
    """Draw a chart as PNG at print resolution."""
    import vl_convert

    if isinstance(drawing, str):
        return bytes(vl_convert.svg_to_png(drawing, ppi=_PRINT_PPI))
    return bytes(vl_convert.vegalite_to_png(drawing, ppi=_PRINT_PPI))
