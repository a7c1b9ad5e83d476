"""What is expected of each data.police.uk file (street, outcomes, stop and search).

A row per load in force.

The limits are judged against real files: of eight in 2022 the largest share of rows without an
LSOA is 2.3 % for a territorial force and 5.0 % for British Transport Police.
"""

from expectations.rejected_rows import REJECTED_SHARE_MAX, RULE
from expectations.suites import expect, expect_none, suite

ROWS_LOADED_MIN = 1
LOCATION_UNKNOWN_SHARE_MAX = 0.10

_NEW_EXTRACT = (
    "Read the rejects file in the quarantine folder, and put a corrected file into the inbox "
    "under a newer extract date."
)
_READER = "Compare the file with its load record; if both are right, fix the police_uk reader."

SUITE = suite(
    "source",
    "police_uk",
    [
        expect(
            "rows_loaded",
            "rows_loaded_if_street",
            "Every street file brought at least one row (a force may have no stops).",
            _NEW_EXTRACT,
            at_least=ROWS_LOADED_MIN,
        ),
        expect_none(
            "rows_unaccounted",
            "Every row read was either loaded or rejected.",
            _READER,
        ),
        expect_none(
            "rows_not_landed",
            "The landed Parquet file holds as many rows as its load record says.",
            "Remove the load's record and its Parquet file from the landing, and run again.",
        ),
        expect(
            "rejected_share",
            "rejected_share",
            RULE,
            _NEW_EXTRACT,
            at_most=REJECTED_SHARE_MAX,
        ),
        expect(
            "rows_rejected",
            "rows_rejected",
            "No row of the file is rejected.",
            _NEW_EXTRACT,
            at_most=0,
            severity="warning",
        ),
        expect_none(
            "rows_of_other_months",
            "All rows of a file are of the month in its name.",
            "Ask where the file comes from: its name and its rows disagree.",
        ),
        expect_none(
            "rows_after_extract",
            "No row is of a month after the file's extract date.",
            "Correct the extract date of the inbox folder, or the file.",
        ),
        expect_none(
            "rows_without_crime_type",
            "Every row has a crime type, an outcome type or a type of search.",
            _NEW_EXTRACT,
        ),
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
)
