"""What is expected of each file of anti-social behaviour: a row per load in force."""

from expectations.every_load import NEW_FILE, areas_named, months_supplied, source_suite
from expectations.suites import expect_none

SUITE = source_suite(
    "asb",
    [
        *areas_named(),
        months_supplied(),
        expect_none("unhashed_keys", "Every key of a person or place is a keyed hash.", NEW_FILE),
        expect_none(
            "rows_without_place", "Every row names its ward or LSOA.", NEW_FILE, severity="warning"
        ),
    ],
)
