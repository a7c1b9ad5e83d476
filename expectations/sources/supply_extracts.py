"""The gate on deliveries: whether a new extract is new, and of a day that has been.

A row per dataset and scope: its newest extract.
"""

from expectations.suites import expect_none, suite

SUITE = suite(
    "source",
    "supply_extracts",
    [
        expect_none(
            "bytes_repeated",
            "An extract under a new date holds a file that was not supplied before.",
            "Ask the supplier for the extract of this date: this is the former one again.",
            severity="warning",
        ),
        expect_none(
            "counts_repeated",
            "An extract under a new date differs from the one before in some month's records.",
            "Ask the supplier whether this is the former extract, written out once more.",
            severity="warning",
        ),
        expect_none(
            "extract_in_future",
            "No extract is dated in the future, where it would outlive every later one.",
            "Correct the date of the inbox folder: put the file under its true extract date, and "
            "take the deliveries of the wrong date out of the landing. If the folder's date is "
            "right, set the clock of this machine.",
        ),
    ],
)
