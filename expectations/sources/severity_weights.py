"""What is expected of each file of severity weights: a row per load in force."""

from expectations.every_load import indicators_named, source_suite
from expectations.suites import expect_none

_NEW_FILE = "Correct the file of weights, and put it into the inbox under a newer extract date."

SUITE = source_suite(
    "severity_weights",
    [
        indicators_named(_NEW_FILE, severity="critical"),
        expect_none(
            "codes_unknown",
            "Every offence code is one of data/seeds/offence_codes.csv; a weight of any other is "
            "never used.",
            "Write the code as the Home Office counting rules do, or add it to the seed.",
            severity="warning",
        ),
        expect_none("validity_backwards", "No weight ends before it begins.", _NEW_FILE),
    ],
    _NEW_FILE,
)
