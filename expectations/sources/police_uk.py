"""What is expected of each data.police.uk file (street, outcomes, stop and search).

A row per load in force.

The limits are judged against real files: of eight in 2022 the largest share of rows without an
LSOA is 2.3 % for a territorial force and 5.0 % for British Transport Police.
"""

from expectations.every_load import source_suite
from expectations.suites import expect, expect_none

LOCATION_UNKNOWN_SHARE_MAX = 0.10

_NEW_EXTRACT = (
    "Read the rejects file in the quarantine folder, and put a corrected file into the inbox "
    "under a newer extract date."
)

SUITE = source_suite(
    "police_uk",
    [
        expect_none(
            "indicators_missing",
            "A street file has rows of every category that a whole file of its size has; an "
            "indicator of any other is not supplied.",
            "Fetch the whole file from data.police.uk, or ask its sender whether rows were taken "
            "out.",
            severity="warning",
        ),
        expect_none(
            "rows_of_unknown_outcome",
            "Every outcome is one of the seed outcome_types, which says whether it is positive.",
            "Add the outcome to data/seeds/outcome_types.csv; until then it is not counted as one.",
            severity="warning",
        ),
        expect(
            "location_unknown_share",
            "location_unknown_share",
            "Few rows lack an LSOA; such rows count as location unknown of their force.",
            "Nothing is lost, but figures by area are low: ask the publisher about this file.",
            at_most=LOCATION_UNKNOWN_SHARE_MAX,
            severity="warning",
        ),
    ],
    _NEW_EXTRACT,
)
