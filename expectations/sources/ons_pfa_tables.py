"""What is expected of each workbook of police force area tables: a row per load in force."""

from expectations.every_load import periods_over, source_suite
from expectations.suites import expect, expect_none

PARTNERSHIPS_MIN = 300
TABLES = 5

_LOOK = "Open the workbook beside the landed rows; if its layout has changed, fix the reader."
_NEW_SPELLING = "Add the header's new spelling to data/seeds/ons_pfa_offences.csv."

SUITE = source_suite(
    "ons_pfa_tables",
    [
        expect("tables", "tables", "All five tables have rows.", _LOOK, at_least=TABLES),
        expect(
            "partnerships",
            "partnerships",
            "The counts are of about as many partnerships as England and Wales has.",
            _LOOK,
            at_least=PARTNERSHIPS_MIN,
            severity="warning",
        ),
        expect_none(
            "partnerships_unknown",
            "Every partnership is one of data/seeds/areas.csv.",
            "Add the partnership to areas.csv, with its authority and force.",
            severity="warning",
        ),
        expect_none(
            "headers_unknown",
            "Every column is an indicator of data/seeds/ons_pfa_offences.csv.",
            _NEW_SPELLING,
            severity="warning",
        ),
        expect_none(
            "forces_not_summing",
            "The partnerships of a force and what it could not place sum to its total.",
            "Look at the force's rows; a partnership may be missing or stand under another force.",
            severity="warning",
        ),
        periods_over("Correct the date of the inbox folder: it is the day of publication."),
    ],
    _LOOK,
)
