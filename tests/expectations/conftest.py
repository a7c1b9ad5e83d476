from __future__ import annotations

import pandas as pd
import pytest

MART_COUNTS_OF_WRONG = {
    "fct_indicator_values": {
        "period_types": "month|ytd",
        "area_types": "csp|force",
        "polarities": "neutral",
    },
    "fct_family_ranks": {},
    "fct_force_ranks": {},
    "dim_areas": {"area_types": "csp|force", "home_areas": 1},
    "dim_indicators": {"polarities": "neutral"},
    "rpt_scorecard": {},
    "rpt_coverage": {},
}


@pytest.fixture
def good_frame():
    """A frame that meets every expectation of a suite, taken from the suite's own columns."""
    from expectations.registry import suite_of

    def make(room: str, subject: str) -> pd.DataFrame:
        row = (
            {"file": "2018-07-west-yorkshire-street.csv", "load_ids": ""}
            if room == "sources"
            else {"mart": subject}
        )
        for expectation in suite_of(room, subject).expectations:
            column = expectation.column
            if hasattr(expectation, "regex"):
                row[column] = "BIGINT|VARCHAR" if column == "column_types" else ""
            else:
                row[column] = expectation.min_value or 0
        row.update(MART_COUNTS_OF_WRONG.get(subject, {}))
        return pd.DataFrame([row])

    return make
