"""The nouns of several areas, as they stand in patterns: four of the five districts."""

from __future__ import annotations

AREAS = "districts|boroughs|partnerships|authorities|areas"
