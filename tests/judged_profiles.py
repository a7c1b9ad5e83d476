"""Which checks a landing fails, by the limits of their expectations on the loads' own profiles.

Great Expectations takes a second for each landing; a limit takes none. That it fails a value beyond
a limit, and passes one within, is shown of every expectation in `tests/expectations`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pandas as pd

from expectations.registry import suite_of
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
