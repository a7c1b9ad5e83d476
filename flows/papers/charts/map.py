"""A map of neighbourhoods: rates by quantile class, no data hatched in words and left white."""

from __future__ import annotations

import json
from bisect import bisect_left
from pathlib import Path
from statistics import quantiles
from typing import Any

from flows.papers.charts.style import NARROW, WIDE, at_width
from flows.papers.document import Chart
from flows.papers.published import Row
from flows.rounding import rounded

# One hue from light to dark: read in grey print, and with any colour vision.
_COLOURS = ["#E6EEF5", "#B5CBE0", "#7FA4C7", "#45759F", "#12436D"]


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
    classes = _classes([row["rate"] for row in rows if row["rate"] is not None])
    features = []
    for shape in shapes:
        row = by_code[shape["properties"]["code"]]
        own = _class_of(row["rate"], classes)
        features.append({**shape, "class": own, "name": row["neighbourhood_name"]})
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
                    "test": "isValid(datum['class'])",
                    "field": "class",
                    "type": "nominal",
                    "scale": {
                        "domain": [_range(one) for one in classes],
                        "range": _COLOURS[-len(classes) :],
                    },
                    "legend": {
                        "title": f"per {first['rate_per']:,} residents",
                        "symbolType": "square",
                        "symbolSize": 220,
                        "symbolOpacity": 1,
                        "symbolStrokeColor": "#8C8C8C",
                        "orient": "bottom",
                        "columns": 3,
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


def _classes(rates: list[float]) -> list[list[float]]:
    """Sort rates into classes of equal number, lowest first; equal rates stay together."""
    count = min(len(_COLOURS), len(rates))
    edges = quantiles(rates, n=count, method="inclusive") if count > 1 else []
    found: list[list[float]] = [[] for _ in range(count)]
    for rate in sorted(rates):
        found[bisect_left(edges, rate)].append(rate)
    return [one for one in found if one]


def _class_of(rate: float | None, classes: list[list[float]]) -> str | None:
    if rate is None:
        return None
    return next(_range(one) for one in classes if one[0] <= rate <= one[-1])


def _range(rates: list[float]) -> str:
    return f"{rounded(rates[0], 1):,.1f} to {rounded(rates[-1], 1):,.1f}"
