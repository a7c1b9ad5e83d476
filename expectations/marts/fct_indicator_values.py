"""What is expected of `fct_indicator_values`: one row per source, indicator, area and period."""

from expectations.column_types import COLUMN_TYPES
from expectations.suites import expect, expect_listed, expect_none, suite

ROWS_MIN = 1
PERIOD_TYPES = (
    "month",
    "quarter",
    "ytd",
    "rolling_12",
    "financial_year",
    "calendar_year",
)
AREA_TYPES = (
    "lsoa",
    "ward",
    "csp",
    "force",
    "region",
    "country",
    "location_unknown",
)
POLARITIES = ("lower_is_better", "higher_is_better", "neutral")

_MODEL = "Query the rows in the warehouse, and fix the model that makes them."
_SEED = "Correct the row in data/seeds, or add the new name to this suite."

SUITE = suite(
    "mart",
    "fct_indicator_values",
    [
        expect(
            "rows",
            "rows",
            "The mart has figures.",
            "See csp status: was anything loaded, and do its areas and indicators stand in "
            "data/seeds?",
            at_least=ROWS_MIN,
        ),
        expect_none("duplicate_keys", "Source, indicator, area and period name one row.", _MODEL),
        expect_none("null_keys", "No part of a row's key is empty.", _MODEL),
        expect_none(
            "negative_values",
            "No value, denominator or rate is negative.",
            _MODEL,
        ),
        expect_none(
            "changes_not_a_difference",
            "Change is the value less the previous value.",
            _MODEL,
        ),
        expect_none(
            "changes_pct_wrong",
            "Per cent change is 100 x change / previous value, and none where that is 0.",
            _MODEL,
        ),
        expect_none(
            "complete_without_months",
            "A complete period has all its months supplied.",
            _MODEL,
        ),
        expect_none(
            "incomplete_with_comparison",
            "An incomplete period has no value, change, rate or significance.",
            _MODEL,
        ),
        expect_none("rates_outside_interval", "A rate lies within its own interval.", _MODEL),
        expect_none(
            "suppressed_with_figure",
            "What is withheld is empty, and so is what would give it back.",
            "Publish nothing by hand: fix the model that withholds small numbers.",
        ),
        expect_none(
            "complete_after_extract",
            "No complete period ends after the extract that it comes from.",
            "Check the extract date of the inbox folder.",
        ),
        expect_none(
            "force_months_not_adding_up",
            "Where a source counts by recording force, partnerships and location unknown together "
            "are at most the forces together, in each indicator and month, and equal to them "
            "where every partnership is supplied.",
            "A record was lost or counted twice between staging and the mart: compare "
            "the two sums for that month.",
        ),
        expect_none(
            "areas_missing",
            "Every partnership of a force that supplied a month has a row for it.",
            "See csp status and data/seeds/areas.csv for the missing partnership.",
            severity="warning",
        ),
        expect_none(
            "headlines_in_conflict",
            "One source at most speaks for an indicator, area and period.",
            "Correct the source rule in data/seeds/indicators.csv.",
        ),
        expect_listed(
            "populations_out_of_date",
            (),
            "No rate is over a population estimate more than two years older than the policy of "
            "denominators asks for.",
            "Deliver newer mid-year estimates in raw/population, or name the year to freeze at in "
            "csp.toml.",
            severity="warning",
        ),
        expect_listed("period_types", PERIOD_TYPES, "Period types are the six defined.", _SEED),
        expect_listed("area_types", AREA_TYPES, "Area types are the levels defined.", _SEED),
        expect_listed("polarities", POLARITIES, "Polarities are the three defined.", _SEED),
        expect_listed(
            "column_types", COLUMN_TYPES, "Columns are of the types that are published.", _MODEL
        ),
    ],
)
