"""A withheld figure is called that in the tables of the site, and has no number beside it."""

from __future__ import annotations

from typing import Any

from flows.site.periods import by_period, opening
from flows.site.tables import area_table, indicator_table
