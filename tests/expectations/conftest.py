from __future__ import annotations

import pandas as pd
import pytest


@pytest.fixture
def good_frame():
    """A frame that meets every expectation of a suite, taken from the suite's own columns."""
    from expectations.registry import suite_of

    def make(group: str, subject: str) -> pd.DataFrame:
        row = (
            {"file": "2018-07-west-yorkshire-street.csv", "load_ids": ""}
            if group == "sources"
            else {"profiled": subject}
        )
        for expectation in suite_of(group, subject).expectations:
            column = expectation.column
            row.setdefault(column, expectation.min_value or 0)
        return pd.DataFrame([row])

    return make
