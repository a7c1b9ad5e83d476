"""The published file as papers read it: rows of marts, chosen and never calculated with."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from flows.calendar_months import end_of_month
from flows.landing.sources.rules.area_names import area_code_of, did_you_mean

Row = Mapping[str, Any]

# The first that a figure has is shown: the year so far before its last quarter or month. In March
# the year to date is the financial year. MARAC figures are read over twelve months.
_PERIOD_TYPES = ("financial_year", "ytd", "rolling_12", "calendar_year", "quarter", "month")
_PERIOD_TYPES_MARAC = ("rolling_12", "financial_year", "ytd", "quarter", "month", "calendar_year")


TABLES = (
    "dim_areas",
    "dim_families",
    "dim_indicators",
    "fct_contributions",
    "fct_control_charts",
    "fct_force_ranks",
    "fct_funnel",
    "fct_grant_lines",
    "fct_indicator_values",
    "fct_neighbourhoods",
    "fct_partner_values",
    "fct_repeat_locations",
    "fct_seasonality",
    "rpt_commentary",
    "rpt_coverage",
    "rpt_figures",
)
"""The tables that papers read. The internal edition has these and no others."""


class PaperError(LookupError):
    """A paper cannot be written: names what is missing, what was expected and what to do next."""


@dataclass(frozen=True, slots=True)
class Area:
    """A row of `dim_areas`."""

    code: str
    name: str
    kind: str
    lad_code: str | None


class Published:
    """One published file, open for reading; or the marts of the internal edition beside it."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        publication: Mapping[str, Any],
        *,
        is_internal: bool = False,
    ) -> None:
        self._connection = connection
        self.is_internal = is_internal
        self.publication_id = str(publication.get("publication_id", ""))
        self.is_synthetic = bool(publication.get("synthetic", False))

    def rows(self, sql: str, **values: object) -> list[Row]:
        """Run a query and return its rows by column name.

        Raises `PaperError` where the publication is of an older version and lacks a table.
        """
        try:
            found = self._connection.execute(sql, values or None)
        except duckdb.CatalogException:
            raise PaperError(
                f"the publication {self.publication_id} was made by an older version and lacks a "
                "table that this paper reads. Next: run `csp nightly --force`, or name a newer "
                "publication"
            ) from None
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def area(self, wanted: str) -> Area:
        """Find an area by name, ONS code or local authority code; partnerships come first.

        Else by what suppliers may write for it: "Rugby Borough".
        """
        rows = self.rows(
            "select * from dim_areas where lower(area_name) = lower($wanted) "
            "or lower(area_code) = lower($wanted) or lower(lad_code) = lower($wanted) "
            "or area_code = $meant "
            "order by area_type <> 'csp', area_type",
            wanted=wanted.strip(),
            meant=area_code_of(wanted),
        )
        if not rows:
            names = [str(row["area_name"]) for row in self.rows("select area_name from dim_areas")]
            near = difflib.get_close_matches(wanted, names, n=1)
            hint = did_you_mean(wanted) or (f"did you mean {near[0]}?" if near else "")
            if not hint.endswith("?"):  # it lies in a partnership, or nothing is like it
                hint = f"{hint}. " * bool(hint) + "Next: give its name or its E22 code."
            raise PaperError(f"there is no area '{wanted}'. {hint[:1].upper()}{hint[1:]}")
        row = rows[0]
        return Area(*(row[name] for name in ("area_code", "area_name", "area_type", "lad_code")))

    def figures(self, area: Area, period_end: date) -> list[Row]:
        """Return one row of `rpt_figures` per indicator, of the longest period that ends then."""
        rows = self.rows(
            "select figures.*, indicators.headline_order, indicators.definition, "
            "indicators.is_headline from rpt_figures as figures "
            "join dim_indicators as indicators using (indicator_id) "
            "where area_code = $area and period_end = $period_end "
            "order by indicators.headline_order nulls last, figures.indicator_name",
            area=area.code,
            period_end=period_end,
        )
        chosen: dict[str, Row] = {}
        for row in rows:
            order = _PERIOD_TYPES_MARAC if row["theme"] == "MARAC" else _PERIOD_TYPES
            known = chosen.get(row["indicator_id"])
            if known is None or order.index(row["period_type"]) < order.index(known["period_type"]):
                chosen[row["indicator_id"]] = row
        return list(chosen.values())

    def period_ends(self, area: Area) -> list[date]:
        """Return the last days of the periods for which the area has figures, newest first."""
        return [
            row["period_end"]
            for row in self.rows(
                "select distinct period_end from rpt_figures where area_code = $area "
                "order by period_end desc",
                area=area.code,
            )
        ]


def period_end_of(period: str) -> date:
    """Read `2017-09` as the last day of September 2017."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", period.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        raise PaperError(f"the period '{period}' is no month. Expected: a month such as 2017-09")
    return end_of_month(int(found[1]), int(found[2]))


@contextmanager
def opened(database: Path, manifest: Path, *, is_internal: bool = False) -> Iterator[Published]:
    """Open a published file, read-only; or the internal marts that belong to its manifest."""
    if not database.exists():
        raise PaperError(f"nothing is published at {database}. Next: run `csp nightly`")
    facts = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
    with duckdb.connect(str(database), read_only=True) as connection:
        yield Published(connection, facts, is_internal=is_internal)
