"""What is expected of each file of own indicators: a row per load in force."""

from expectations.every_load import source_suite
from expectations.suites import expect_none

_NEW_FILE = "Correct the file, and put it into the inbox under a newer extract date."

SUITE = source_suite(
    "indicators",
    [
        expect_none(
            "codes_unknown",
            "Every offence code is one of data/seeds/offence_codes.csv or of a landed reference "
            "table; by any other no record is counted.",
            "Correct the code, or land the Home Office's reference table that has it "
            "(raw/offence_reference).",
            severity="warning",
        ),
    ],
    _NEW_FILE,
)
