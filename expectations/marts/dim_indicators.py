"""What is expected of `dim_indicators`: one row per indicator."""

from expectations.column_types import COLUMN_TYPES
from expectations.marts.fct_indicator_values import POLARITIES
from expectations.suites import expect, expect_listed, expect_none, suite

ROWS_MIN = 1

_SEED = "Correct data/seeds/indicators.csv."

SUITE = suite(
    "mart",
    "dim_indicators",
    [
        expect("rows", "rows", "There are indicators.", _SEED, at_least=ROWS_MIN),
        expect_none("duplicate_keys", "An id names one indicator.", _SEED),
        expect_none("null_keys", "Every indicator has an id, a name, a unit, a polarity.", _SEED),
        expect_none("rates_per_nothing", "What a rate is per is above 0.", _SEED),
        expect_none("parents_unknown", "A parent indicator is an indicator itself.", _SEED),
        expect_none(
            "indicators_undefined",
            "Every indicator says what it counts.",
            _SEED,
            severity="warning",
        ),
        expect_listed("polarities", POLARITIES, "Polarities are the three defined.", _SEED),
        expect_listed(
            "column_types", COLUMN_TYPES, "Columns are of the types that are published.", _SEED
        ),
    ],
)
