"""What is expected of `fct_family_ranks`: a row per scheme, source, indicator, area, period."""

from expectations.column_types import COLUMN_TYPES
from expectations.suites import expect, expect_listed, expect_none, suite

ROWS_MIN = 1

_MODEL = "Query the rows in the warehouse, and fix the model that makes them."

SUITE = suite(
    "mart",
    "fct_family_ranks",
    [
        expect(
            "rows",
            "rows",
            "At least one area is ranked in its family.",
            "Check that data/seeds holds a family list for the home areas.",
            at_least=ROWS_MIN,
            severity="warning",
        ),
        expect_none(
            "duplicate_keys", "Scheme, source, indicator, area and period are one.", _MODEL
        ),
        expect_none("null_keys", "No part of a row's key is empty.", _MODEL),
        expect_none(
            "ranks_out_of_range", "A rank lies between 1 and the members that report.", _MODEL
        ),
        expect_none(
            "ranks_outside_interval", "A rank lies between its best and its worst rank.", _MODEL
        ),
        expect_none("ranks_without_rate", "Who has a rank has a rate.", _MODEL),
        expect_none("members_above_family", "No more members report than the family has.", _MODEL),
        expect_none("quartiles_out_of_range", "A quartile is 1, 2, 3 or 4.", _MODEL),
        expect_none("rates_negative", "No rate or family mean is negative.", _MODEL),
        expect_listed(
            "column_types", COLUMN_TYPES, "Columns are of the types that are published.", _MODEL
        ),
    ],
)
