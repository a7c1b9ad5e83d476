"""What is expected of each offence reference table: a row per load in force."""

from expectations.every_load import source_suite
from expectations.suites import expect_none

_NEW_FILE = (
    "Take the reference table of the newest recorded crime open data, and put it into the inbox "
    "under a newer extract date."
)

SUITE = source_suite(
    "offence_reference",
    [
        expect_none("validity_backwards", "No code ends before it begins.", _NEW_FILE),
        expect_none(
            "subgroups_unknown",
            "Every code is of a subgroup or group that data/seeds/offence_codes.csv has; one of "
            "any other counts in the total only.",
            "Add a code of the subgroup to offence_codes.csv and offence_indicators.csv.",
            severity="warning",
        ),
    ],
    _NEW_FILE,
)
