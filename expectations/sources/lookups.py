"""What is expected of each area lookup: a row per load in force."""

from expectations.every_load import source_suite
from expectations.suites import expect_none

_FETCH = "Fetch the lookup again from the ONS Open Geography Portal."

SUITE = source_suite(
    "lookups",
    [
        expect_none(
            "lsoas_in_two_authorities",
            "An LSOA of 2021 lies in one authority.",
            _FETCH,
        ),
        expect_none(
            "partnerships_unknown",
            "Every partnership is one of data/seeds/areas.csv.",
            "Add the partnership to areas.csv, with its authority and force.",
            severity="warning",
        ),
    ],
    _FETCH,
)
