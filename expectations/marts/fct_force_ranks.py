"""What is expected of `fct_force_ranks`: a row per force, source, indicator, area, period."""

from expectations.column_types import COLUMN_TYPES
from expectations.suites import expect, expect_listed, expect_none, suite

ROWS_MIN = 1

_MODEL = "Query the rows in the warehouse, and fix the model that makes them."

SUITE = suite(
    "mart",
    "fct_force_ranks",
    [
        expect(
            "rows",
            "rows",
            "At least one area is ranked in its force.",
            "See csp status: is any period complete for the partnerships of a force?",
            at_least=ROWS_MIN,
            severity="warning",
        ),
        expect_none("duplicate_keys", "Force, source, indicator, area and period are one.", _MODEL),
        expect_none("null_keys", "No part of a row's key is empty.", _MODEL),
        expect_none(
            "rate_ranks_out_of_range", "A rate rank lies between 1 and the areas ranked.", _MODEL
        ),
        expect_none(
            "change_ranks_out_of_range",
            "A change rank lies between 1 and the areas ranked.",
            _MODEL,
        ),
        expect_none("ranks_without_figure", "Who has a rank has the figure it is of.", _MODEL),
        expect_none("leagues_without_first", "Every league has a first place.", _MODEL),
        expect_none("areas_ranked_wrong", "No more areas are ranked than have a row.", _MODEL),
        expect_listed(
            "column_types", COLUMN_TYPES, "Columns are of the types that are published.", _MODEL
        ),
    ],
)
