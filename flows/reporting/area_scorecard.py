"""The scorecard of any area and period, from `rpt_figures`: no home area needs to be set."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flows.data_folder import PROJECT_ROOT
from flows.papers.published import Area, PaperError, Published, opened, period_end_of
from flows.reporting.scorecard import Scorecard, ScorecardUnavailableError

_PERIODS_SHOWN = 6

# What `rpt_scorecard` has beside `rpt_figures`, where periods are complete.
_OF_COMPLETE_PERIODS = {"is_complete": True, "value_so_far": None}


def read_area_scorecard(database: Path, area: str, period: str | None) -> Scorecard:
    """Read the headline figures of an area for the periods that end with the month `period`.

    `period` as 2017-09; None is the newest month with figures. Of indicators that count the same
    offences the first in headline order is shown. Raises `ScorecardUnavailableError` naming what
    there is where the area or the period has no figure.
    """
    try:
        with opened(database, database.with_name("manifest.json")) as published:
            found = published.area(area)
            known = published.period_ends(found)
            if not known:
                raise ScorecardUnavailableError(
                    f"nothing is published about {found.name}. Next: `csp status` says what was "
                    "supplied"
                )
            day = known[0] if period is None else period_end_of(period)
            rows = [dict(row) for row in published.figures(found, day) if row["is_headline"]]
            old = _over_an_old_population(published, found, day)
            if not rows:
                months = ", ".join(dict.fromkeys(f"{end:%Y-%m}" for end in known[:_PERIODS_SHOWN]))
                raise ScorecardUnavailableError(
                    f"{found.name} has no headline figure for a period that ends in {day:%B %Y}. "
                    f"Newest: {months}. Next: give one of these with --period"
                )
            synthetic = published.is_synthetic
    except PaperError as error:
        raise ScorecardUnavailableError(str(error)) from None
    for row in rows:
        row["is_population_out_of_date"] = _key(row) in old
        row["in_words"] = _in_words(row)
    return Scorecard(found.name, _one_line_each(rows), synthetic, found.code)


def _over_an_old_population(
    published: Published, area: Area, day: date
) -> set[tuple[object, object, object]]:
    """Say which figures' rates are over an estimate older than the policy asks for."""
    found = published.rows(
        "select source, indicator_id, period_type from fct_indicator_values "
        "where area_code = $area and period_end = $day and is_population_out_of_date",
        area=area.code,
        day=day,
    )
    return set(map(_key, found))


def _key(row: Mapping[str, Any]) -> tuple[object, object, object]:
    return row["source"], row["indicator_id"], row["period_type"]


def _in_words(row: dict[str, Any]) -> str:
    """Give the verdict, and why where there is none, as `rpt_scorecard` does."""
    verdict = str(row["verdict"])
    is_broken = verdict == "not comparable" and row["break_note"]
    return f"{verdict}: {row['break_note']}" if is_broken else verdict


def _one_line_each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the first of the indicators that share a line of the scorecard."""
    with (PROJECT_ROOT / "data" / "seeds" / "scorecard_lines.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        lines = {row["indicator_id"]: row["line_id"] for row in csv.DictReader(stream)}
    # the indicator that gives its line the name speaks before the others
    ordered = sorted(
        rows,
        key=lambda row: lines.get(row["indicator_id"], row["indicator_id"]) != row["indicator_id"],
    )
    chosen: dict[str, dict[str, Any]] = {}
    for row in ordered:
        chosen.setdefault(lines.get(row["indicator_id"], row["indicator_id"]), row)
    kept = {row["indicator_id"] for row in chosen.values()}
    return [{**_OF_COMPLETE_PERIODS, **row} for row in rows if row["indicator_id"] in kept]
