"""What is expected of each file of severity weights: a row per load in force."""

from expectations.every_load import whole_load
from expectations.suites import expect_none, suite

_NEW_FILE = "Correct the file of weights, and put it into the inbox under a newer extract date."

SUITE = suite(
    "source",
    "severity_weights",
    [
        *whole_load(_NEW_FILE),
        expect_none(
            "codes_unknown",
            "Every offence code is one of data/seeds/offence_codes.csv; a weight of any other is "
            "never used.",
            "Write the code as the Home Office counting rules do, or add it to the seed.",
            severity="warning",
        ),
        expect_none(
            "indicators_unknown", "Every indicator is one of data/seeds/indicators.csv.", _NEW_FILE
        ),
        expect_none("validity_backwards", "No weight ends before it begins.", _NEW_FILE),
    ],
)
