"""What is expected of `rpt_scorecard`: one line per home area and headline indicator."""

from expectations.column_types import COLUMN_TYPES
from expectations.suites import expect, expect_listed, expect_none, suite

ROWS_MIN = 1

_MODEL = "Query the lines in the warehouse, and fix the model that makes them."

SUITE = suite(
    "mart",
    "rpt_scorecard",
    [
        expect(
            "rows",
            "rows",
            "The scorecard has lines.",
            "Check home_areas in csp.toml, and with csp status that they were supplied.",
            at_least=ROWS_MIN,
            severity="warning",
        ),
        expect_none("duplicate_keys", "A home area and indicator have one line.", _MODEL),
        expect_none("null_keys", "Every line names its area and its indicator.", _MODEL),
        expect_none(
            "lines_not_in_values",
            "Every line's figure is the one in fct_indicator_values.",
            _MODEL,
        ),
        expect_none(
            "incomplete_with_comparison",
            "An incomplete period has no value, change, rate or significance.",
            _MODEL,
        ),
        expect_none(
            "suppressed_with_figure",
            "A withheld figure is empty, and so are its rate and change.",
            "Publish nothing by hand: fix the model that withholds small numbers.",
        ),
        expect_listed(
            "column_types", COLUMN_TYPES, "Columns are of the types that are published.", _MODEL
        ),
    ],
)
