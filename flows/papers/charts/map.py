"""A map of neighbourhoods: rates by quantile class, no data hatched in words and left white."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flows.papers.charts.style import NARROW, WIDE, at_width
from flows.papers.document import Chart
from flows.papers.published import Row

# One hue from light to dark: read in grey print, and with any colour vision.
_CLASSES = ["#E6EEF5", "#B5CBE0", "#7FA4C7", "#45759F", "#12436D"]


def boundaries_of(folder: Path, codes: set[str]) -> list[dict[str, Any]]:
    """Return the shapes of these neighbourhoods from the GeoJSON files of a folder.

    A shape is known by any of its properties that holds one of the codes (LSOA11CD, LSOA21CD, …).
    """
    shapes: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.rglob("*.geojson")) if folder.is_dir() else ():
        for feature in json.loads(file.read_text(encoding="utf-8")).get("features", []):
            for value in feature.get("properties", {}).values():
                if isinstance(value, str) and value in codes:
                    shapes[value] = feature
    return [{**shape, "properties": {"code": code}} for code, shape in sorted(shapes.items())]


def neighbourhood_map(
    rows: list[Row], shapes: list[dict[str, Any]], finding: str, source_title: str
) -> Chart:
    """Draw rows of `fct_neighbourhoods` of one partnership, indicator and period by rate."""
    by_code = {row["neighbourhood_code"]: row for row in rows}
    features = []
    for shape in shapes:
        row = by_code[shape["properties"]["code"]]
        features.append({**shape, "rate": row["rate"], "name": row["neighbourhood_name"]})
    first = rows[0]
    spec: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": features},
        "projection": {"type": "mercator"},
        "config": {
            "background": "white",
            "view": {"stroke": None},
            "font": "Liberation Sans, Arial, sans-serif",
        },
        "mark": {"type": "geoshape", "stroke": "white", "strokeWidth": 0.4},
        "encoding": {
            "color": {
                "condition": {
                    "test": "isValid(datum.rate)",
                    "field": "rate",
                    "type": "quantitative",
                    "scale": {"type": "quantile", "range": _CLASSES},
                    "legend": {
                        "title": f"per {first['rate_per']:,} residents",
                        "orient": "bottom",
                        "format": ",.0f",
                        "labelFontSize": 13,
                        "titleFontSize": 13,
                    },
                },
                "value": "#F3F2F1",
            }
        },
    }
    kind = {"lsoa": "small areas (LSOA)", "ward": "wards"}[first["neighbourhood_type"]]
    return Chart(
        title=finding,
        subtitle=f"{first['indicator_name']}, {first['period_label']}: rate per "
        f"{first['rate_per']:,} residents by {kind}, in five classes of equal number.",
        alternative=f"Map of {len(features)} {kind}, darker where the rate is higher. {finding}",
        source=f"Source: {source_title}. Boundaries: Office for National Statistics, Ordnance "
        "Survey data \N{COPYRIGHT SIGN} Crown copyright and database right.",
        wide=at_width(spec, WIDE, 460),
        narrow=at_width(spec, NARROW, 300),
    )
