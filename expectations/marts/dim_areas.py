"""What is expected of `dim_areas`: one row per area."""

from expectations.column_types import COLUMN_TYPES
from expectations.marts.fct_indicator_values import AREA_TYPES
from expectations.suites import expect, expect_listed, expect_none, suite

ROWS_MIN = 1

_SEED = "Correct data/seeds/areas.csv."

SUITE = suite(
    "mart",
    "dim_areas",
    [
        expect("rows", "rows", "There are areas.", _SEED, at_least=ROWS_MIN),
        expect_none("duplicate_keys", "An area code names one area.", _SEED),
        expect_none("null_keys", "Every area has a code, a name and a level.", _SEED),
        expect_none("partnerships_without_force", "Every partnership names its force.", _SEED),
        expect_none("forces_unknown", "Every force that an area names is an area itself.", _SEED),
        expect_none(
            "names_in_conflict",
            "A name stands for one area within its level.",
            _SEED,
            severity="warning",
        ),
        expect(
            "home_areas",
            "home_areas",
            "At least one home area is among the areas.",
            "Correct home_areas in csp.toml: a code or a name of data/seeds/areas.csv.",
            at_least=1,
            severity="warning",
        ),
        expect_listed("area_types", AREA_TYPES, "Area types are the levels defined.", _SEED),
        expect_listed(
            "column_types", COLUMN_TYPES, "Columns are of the types that are published.", _SEED
        ),
    ],
)
