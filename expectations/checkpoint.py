"""Runs suites over frames, and says in plain results what came of each expectation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

# First: it imports Great Expectations as the project uses it.
from expectations.library import gx  # isort: skip

import pandas as pd
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)

from expectations.registry import Group, suite_of
from expectations.results import WORDS_ENDING, CheckResult, Severity, Status
from expectations.suites import SuiteMalformedError

TOOL = "great_expectations"

# A message names this many failing rows; all of them are counted.
EXAMPLES_SHOWN = 3

# The column that names a row of a frame in messages, by group.
ROW_LABEL: dict[Group, str] = {"sources": "file", "marts": "profiled"}

# Ids of the loads that a row of a source's frame judges, several of them separated by `|`.
LOAD_IDS = "load_ids"


def run_checkpoint(
    group: Group,
    frames: Mapping[str, pd.DataFrame],
    and_pages: Callable[[Any], None] | None = None,
) -> list[CheckResult]:
    """Run the suite of each frame's subject; a result per expectation, ordered by check id.

    `frames` maps a subject of `group` to its frame. `and_pages` gets the library's context, from
    which `expectations.data_docs` writes its pages.
    Raises `SuiteMalformedError` for a subject without a suite.
    """
    context = gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False),
        ),
    )
    datasource = context.data_sources.add_pandas(group)
    label = ROW_LABEL[group]
    results: list[CheckResult] = []
    for subject in sorted(frames):
        suite = context.suites.add(_fresh(suite_of(group, subject)))
        batch = datasource.add_dataframe_asset(subject).add_batch_definition_whole_dataframe("all")
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(name=suite.name, data=batch, suite=suite)
        )
        outcome = definition.run(
            batch_parameters={"dataframe": frames[subject]},
            result_format={
                "result_format": "COMPLETE",
                "unexpected_index_column_names": [
                    label,
                    *_words_columns(frames[subject]),
                    *([LOAD_IDS] if group == "sources" else []),
                ],
            },
            run_id=gx.RunIdentifier(run_name=group),
        )
        answered = [_result(group, suite, found) for found in outcome.results]
        _require_all(suite, answered)
        results += answered
    if and_pages is not None:
        and_pages(context)
    return sorted(results, key=lambda result: result.check_id)


def _fresh(suite: gx.ExpectationSuite) -> gx.ExpectationSuite:
    """Copy a suite, since a context gives the suite and its expectations ids of its own."""
    return gx.ExpectationSuite(
        name=suite.name,
        meta=dict(suite.meta or {}),
        expectations=[found.copy(deep=True) for found in suite.expectations],
    )


def _require_all(suite: gx.ExpectationSuite, answered: list[CheckResult]) -> None:
    """Refuse an expectation that the library passed over silently: that must not be a pass."""
    asked = {(found.meta or {})["check_id"] for found in suite.expectations}
    lost = sorted(asked - {result.check_id for result in answered})
    if lost:
        raise SuiteMalformedError(
            f"suite {suite.name}: expected a result for every expectation, none came for "
            f"{', '.join(lost)}. Next step: run the suite's test in tests/expectations."
        )


def _result(group: Group, suite: gx.ExpectationSuite, found: Any) -> CheckResult:
    config = found.expectation_config
    meta = config.meta
    label = ROW_LABEL[group]
    outcome: dict[str, Any] = found.result or {}
    raised = _raised(found.exception_info)
    elements = int(outcome.get("element_count") or 0)
    missing = int(outcome.get("missing_count") or 0)
    next_step: str = meta["next_step"]
    status: Status
    severity: Severity
    loads: tuple[str, ...] = ()
    if raised or not elements or missing:
        # Whatever the library calls it: with no value seen, nothing is known, so no pass.
        status, severity, unexpected = "error", "critical", 0
        observed = (
            f"the check could not be made: {raised}"
            if raised
            else f"{missing} of {elements} rows give no value to check"
            if elements
            else "the frame has no row to check"
        )
        next_step = (
            f"Compare the suite with the frame of {suite.meta['subject']} in flows/checking/frames."
        )
    else:
        column = config.kwargs["column"]
        unexpected_rows = outcome.get("unexpected_index_list") or []
        words = column + WORDS_ENDING
        failing = [
            (row[label], _with_words(row[column], row.get(words))) for row in unexpected_rows
        ]
        named = [one for row in unexpected_rows for one in str(row.get(LOAD_IDS, "")).split("|")]
        loads = tuple(sorted({one for one in named if one}))
        status = "passed" if found.success else "failed"
        severity = meta["severity"]
        observed, unexpected = _observed(failing, elements), len(failing)
    return CheckResult(
        check_id=meta["check_id"],
        stage=suite.meta["stage"],
        tool=TOOL,
        subject=suite.meta["subject"],
        description=meta["description"],
        severity=severity,
        status=status,
        observed=observed,
        expected=meta["expected"],
        unexpected_count=unexpected,
        next_step=next_step,
        loads=loads,
    )


def _observed(failing: list[tuple[str, Any]], elements: int) -> str:
    """Name the first failing rows with their values, and how many rows fail."""
    if not failing:
        return f"all of {elements} as expected"
    shown = "; ".join(f"{_plain(value)} in {name}" for name, value in failing[:EXAMPLES_SHOWN])
    more = f"; and {len(failing) - EXAMPLES_SHOWN} more" if len(failing) > EXAMPLES_SHOWN else ""
    return f"{shown}{more} ({len(failing)} of {elements})"


def _words_columns(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame.columns if str(name).endswith(WORDS_ENDING)]


def _with_words(value: Any, words: Any) -> Any:
    """Give a value with its words in brackets, where the frame has any."""
    return f"{_plain(value)} ({words})" if isinstance(words, str) and words else value


def _plain(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _raised(info: Mapping[str, Any] | None) -> str:
    """Give the message of an exception inside an expectation, empty where none was raised.

    Great Expectations gives one record, or one per metric under the metric's name.
    """
    if not info:
        return ""
    if "raised_exception" in info:
        return str(info.get("exception_message") or "exception") if info["raised_exception"] else ""
    messages = [_raised(inner) for inner in info.values() if isinstance(inner, Mapping)]
    return next((message for message in messages if message), "")
