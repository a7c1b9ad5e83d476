"""The gate on what came in: a load that fails a critical check is held back, the others go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import duckdb

from expectations.results import CheckResult
from flows.checking.let_through import words_of_reason
from flows.checking.pages import at_once, write_pages
from flows.checking.report import CheckReport
from flows.checking.results_file import write_results
from flows.checking.sources import check_sources
from flows.checking.standing_let_through import standing_let_through
from flows.checking.what_stands import Slot, covered_slots, what_stands
from flows.data_folder import DataFolder
from flows.landing.ledger.catalog import write_catalog
from flows.landing.ledger.held_back import FailedCheck, HeldBackLoad, write_held_back
from flows.landing.sources import public_sources
from flows.publishing.manifest import LetThrough
from flows.sql_text import literal

# A load under one extract date: the same bytes may have come under an earlier one too.
_Delivery = tuple[str, date]


@dataclass(frozen=True, slots=True)
class JudgedLoads:
    """What the checks of the sources said, and what came of it.

    `held_back`: loads that the catalog now leaves out. `let_through`: the checks that passed by a
    person's word, for the manifest; `let_through_loads`: the reason by check id and load id.
    `stops`: ids of checks that could not be made, or that failed of no load in particular.
    """

    report: CheckReport
    held_back: list[HeldBackLoad]
    let_through: list[LetThrough]
    let_through_loads: dict[tuple[str, str], str]
    stops: list[str]
    loads_in_force: int


def judge_loads(
    folder: DataFolder,
    as_at: date | None = None,
    reasons: Mapping[str, str] | None = None,
    meanwhile: Callable[[Callable[[], None]], None] = at_once,
) -> JudgedLoads:
    """Check every load in force, and hold back those that fail a critical check.

    Where a load is held back, an earlier extract of the same coverage comes into force and is
    judged in its turn, until every load in force passes. `reasons` (by check id) let the loads
    through that fail this check today; what the standing publication let through passes again.
    Leaves the catalog without the loads held back, and the last judgement in
    `checks/sources.parquet`, where a failed check says which loads were held back for it. Writes
    the pages of the checks (Great Expectations' own are of all loads, before any is held back),
    which `meanwhile` may have done by somebody else.
    """
    standing = standing_let_through(folder)
    held: dict[_Delivery, list[CheckResult]] = {}
    described: dict[_Delivery, tuple[str, str]] = {}
    slots: dict[_Delivery, set[Slot]] = {}
    passed: dict[tuple[str, str], str] = {}
    failed: dict[str, CheckResult] = {}
    contexts: list[Any] = []
    while True:
        report = check_sources(
            folder, as_at, held_back=held, and_pages=None if held else contexts.append
        )
        in_force = _loads(folder)
        fresh: dict[_Delivery, list[CheckResult]] = {}
        for result in report.critical_failures:
            if result.status == "error":
                continue
            for load_id in result.loads:
                if load_id not in in_force:
                    continue
                why = (reasons or {}).get(result.check_id) or standing.get(
                    (result.check_id, load_id)
                )
                if why:
                    passed[result.check_id, load_id] = why
                    failed.setdefault(result.check_id, result)
                    continue
                delivery = load_id, in_force[load_id][0]
                fresh.setdefault(delivery, []).append(result)
        if not fresh:
            break
        for delivery, results in fresh.items():
            held[delivery] = results
            described[delivery] = in_force[delivery[0]][1:]
            for result in results:
                failed.setdefault(result.check_id, result)
        slots |= covered_slots(folder, fresh)
        write_catalog(folder, as_at, held_back=held)
    if held:
        stand = what_stands(folder, slots)
        loads = [
            HeldBackLoad(
                delivery[0],
                *described[delivery],
                delivery[1].isoformat(),
                tuple(_failed_check(result) for result in results),
                stand[delivery],
            )
            for delivery, results in sorted(held.items(), key=lambda one: described[one[0]])
        ]
    else:
        loads = []
    if as_at is None:
        write_held_back(folder, loads)
    results = _with_reasons(report.results, failed, loads, passed)
    write_results(
        folder.checks / "sources.parquet", [one for one in results if one.stage == "source"]
    )
    meanwhile(partial(write_pages, folder, "sources", contexts))
    kept = {check_id for check_id, _ in passed}
    return JudgedLoads(
        report=CheckReport(results),
        held_back=loads,
        let_through=[
            LetThrough(
                check_id,
                # the count of a restricted file's rows can be a number of people
                failed[check_id].observed
                if failed[check_id].subject in public_sources()
                else "kept private",
                next(why for (one, _), why in sorted(passed.items()) if one == check_id),
            )
            for check_id in sorted(kept)
        ],
        let_through_loads=passed,
        stops=[
            result.check_id
            for result in report.critical_failures
            if result.status == "error" or not result.loads
        ],
        loads_in_force=len(in_force),
    )


def _loads(folder: DataFolder) -> dict[str, tuple[date, str, str]]:
    """Extract date, source and file by id of the loads that the catalog lists."""
    file = literal(folder.landing / "catalog" / "loads.parquet")
    rows = duckdb.sql(
        f"select load_id, extract_date, source, file from read_parquet({file})"
    ).fetchall()
    return {load_id: (day, source, name) for load_id, day, source, name in rows}


def _failed_check(result: CheckResult) -> FailedCheck:
    return FailedCheck(
        result.check_id, result.description, result.observed, result.expected, result.next_step
    )


def _with_reasons(
    results: list[CheckResult],
    failed: Mapping[str, CheckResult],
    held_back: list[HeldBackLoad],
    passed: Mapping[tuple[str, str], str],
) -> list[CheckResult]:
    """Put each check that a load failed back among the results, with what came of it."""
    merged = {result.check_id: result for result in results} | dict(failed)
    for check_id in failed:
        places = [
            load.place
            for load in held_back
            if any(check.check_id == check_id for check in load.checks)
        ]
        words = [f"Held back: {', '.join(places)}."] if places else []
        reasons = sorted({why for (one, _), why in passed.items() if one == check_id})
        words += [words_of_reason(why) for why in reasons]
        result = merged[check_id]
        merged[check_id] = replace(result, description=" ".join([result.description, *words]))
    return sorted(merged.values(), key=lambda result: result.check_id)
