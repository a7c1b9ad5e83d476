"""Which checks a landing fails, by the limits of their expectations on the loads' own profiles.

Great Expectations takes a second for each landing; a limit takes none. That it fails a value beyond
a limit, and passes one within, is shown of every expectation in `tests/expectations`, and that its
results are those of `run_by_limits`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import duckdb
import pandas as pd

from expectations import checkpoint
from expectations.registry import Group, suite_of
from expectations.results import CheckResult
from flows.checking.frame import load_profile
from flows.checking.landing_tables import attach_landing
from flows.data_folder import DataFolder


def failed_by_source(folder: DataFolder, as_at: date | None = None) -> dict[str, set[str]]:
    """Give the checks of each source's suite that its loads in force fail, by their own names."""
    failed = {}
    with duckdb.connect() as connection:
        for source in attach_landing(connection, folder, as_at):
            profile = load_profile(connection, source)
            assert len(profile), source
            failed[source] = {
                expectation.meta["slug"]
                for expectation in suite_of("sources", source).expectations
                if _is_beyond(profile, expectation)
            }
    return failed


def _is_beyond(profile: pd.DataFrame, expectation: Any) -> bool:
    values = profile[expectation.column]
    assert not values.isna().any(), f"{expectation.column}: a value that is not there is an error"
    least, most = expectation.min_value, expectation.max_value
    return bool(
        (least is not None and (values < least).any())
        or (most is not None and (values > most).any())
    )


def run_by_limits(
    group: Group, frames: Mapping[str, pd.DataFrame], and_pages: Any = None
) -> list[CheckResult]:
    """Give the results of `expectations.checkpoint.run_checkpoint`, and write no pages.

    The verdicts are those of the limits; results are made of them as of the library's own.
    """
    results: list[CheckResult] = []
    for subject, frame in frames.items():
        suite = suite_of(group, subject)
        results += [
            checkpoint._result(group, suite, _verdict(group, frame, expectation))
            for expectation in suite.expectations
        ]
    return sorted(results, key=lambda result: result.check_id)


def _verdict(group: Group, frame: pd.DataFrame, expectation: Any) -> Any:
    """Say of a column what Great Expectations says of it, in the same fields."""
    column = expectation.column
    asked = SimpleNamespace(meta=expectation.meta, kwargs={"column": column})
    if column not in frame:
        missing = {
            "raised_exception": True,
            "exception_message": f'Error: The column "{column}" in BatchData does not exist.',
        }
        return SimpleNamespace(expectation_config=asked, result={}, exception_info=missing)
    values = frame[column]
    least, most = expectation.min_value, expectation.max_value
    beyond = pd.Series(False, index=frame.index)
    if least is not None:
        beyond |= (values < least).fillna(False)
    if most is not None:
        beyond |= (values > most).fillna(False)
    named = [
        *(checkpoint.ROW_LABEL[group], *checkpoint._words_columns(frame), column),
        *([checkpoint.LOAD_IDS] if group == "sources" else []),
    ]
    found = {
        "element_count": len(frame),
        "missing_count": int(values.isna().sum()),
        "unexpected_index_list": frame.loc[beyond.astype(bool), named].to_dict("records"),
    }
    return SimpleNamespace(
        expectation_config=asked, result=found, exception_info={}, success=not beyond.any()
    )
