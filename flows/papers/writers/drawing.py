"""Draws charts as SVG and PNG; nothing is fetched and no script is left in the drawing."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import vl_convert

_PRINT_PPI = 200


def as_svg(spec: dict[str, Any]) -> str:
    """Draw a chart as SVG that scales with its column; HTML and PDF share the drawing."""
    return _drawn_once(json.dumps(spec))


@cache
def _drawn_once(spec: str) -> str:
    svg = str(vl_convert.vegalite_to_svg(spec))
    # read out once, by the alternative text around it
    return re.sub(r"<svg ", '<svg aria-hidden="true" focusable="false" ', svg, count=1)


def as_png(spec: dict[str, Any]) -> bytes:
    """Draw a chart as PNG at print resolution."""
    return bytes(vl_convert.vegalite_to_png(spec, ppi=_PRINT_PPI))
