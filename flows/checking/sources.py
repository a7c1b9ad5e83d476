"""Checks before the build: whether what was landed is fit to be counted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from expectations.checkpoint import run_checkpoint
from expectations.results import CheckResult
from flows.checking.frame import build_frame, frame_error, load_profile
from flows.checking.landing_tables import attach_landing
from flows.checking.rejected_and_quarantined import rejected_and_quarantined
from flows.checking.report import CheckReport
from flows.checking.results_file import write_results
from flows.checking.supply_tables import attach_supply
from flows.data_folder import DataFolder

if TYPE_CHECKING:
    import pandas as pd

# Suites on the supply of all sources together; they look only at what is new, which may be nothing.
SUPPLY = ("supply_extracts", "supply_months")


def check_sources(
    folder: DataFolder,
    as_at: date | None = None,
    *,
    held_back: Collection[tuple[str, date]] = (),
    and_pages: Callable[[Any], None] | None = None,
) -> CheckReport:
    """Check each source's loads in force, and list what landing could not load.

    A load in force is the newest extract of at least one of its periods: a corrected file under a
    newer extract date takes the place of a bad one here too. The landing's catalog must have been
    written for the same `as_at` and without `held_back` (load ids with extract dates). Writes
    `checks/sources.parquet` and `checks/landing.parquet`, and empties the results of the marts,
    which the coming build makes again. `and_pages` is that of `run_checkpoint`.
    """
    frames: dict[str, pd.DataFrame] = {}
    results: list[CheckResult] = []
    # records are read here: what does not fit into memory is spilled beside the results, privately
    with duckdb.connect(config={"temp_directory": str(folder.checks / "spill")}) as connection:
        supplied = attach_landing(connection, folder, as_at)
        for source in sorted(supplied):
            try:
                frames[source] = load_profile(connection, source)
            except duckdb.Error as error:
                results.append(frame_error("sources", source, error))
        attach_supply(connection, folder, as_at, held_back)
        for subject in SUPPLY:
            try:
                frame = build_frame(connection, "sources", subject)
            except (duckdb.Error, FileNotFoundError) as error:
                results.append(frame_error("sources", subject, error))
                continue
            if len(frame):
                frames[subject] = frame
        not_loaded = rejected_and_quarantined(connection, folder)
    results += run_checkpoint("sources", frames, and_pages)

    write_results(folder.checks / "sources.parquet", results)
    write_results(folder.checks / "landing.parquet", not_loaded)
    for later in ("marts", "dbt"):
        write_results(folder.checks / f"{later}.parquet", [])
    return CheckReport(sorted(results + not_loaded, key=lambda result: result.check_id))
