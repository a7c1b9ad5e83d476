"""What is expected of `rpt_coverage`: one row per source, scope, indicator and period."""

from expectations.column_types import COLUMN_TYPES
from expectations.suites import expect, expect_listed, expect_none, suite

ROWS_MIN = 1

_MODEL = "Compare with the load records in the landing, and fix the model."

SUITE = suite(
    "mart",
    "rpt_coverage",
    [
        expect("rows", "rows", "Something was supplied.", "See csp status.", at_least=ROWS_MIN),
        expect_none("duplicate_keys", "Source, scope, indicator and period are one row.", _MODEL),
        expect_none("null_keys", "No part of a row's key is empty.", _MODEL),
        expect_none("periods_backwards", "No period ends before it starts.", _MODEL),
        expect_none(
            "supplied_without_extract", "What was supplied names its extract and vintages.", _MODEL
        ),
        expect_none(
            "rows_unaccounted", "Rows read are the rows loaded and the rows rejected.", _MODEL
        ),
        expect_none(
            "sources_missing",
            "Every source that has figures says what it supplied.",
            _MODEL,
        ),
        expect_none(
            "months_missing",
            "No month is missing between the first and the last of a source and scope.",
            "Ask the supplier for the months that csp status names as missing.",
            severity="warning",
        ),
        expect_listed(
            "column_types", COLUMN_TYPES, "Columns are of the types that are published.", _MODEL
        ),
    ],
)
