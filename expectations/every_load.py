"""What is expected of a load of any source: that nothing got lost, and little is rejected."""

from great_expectations.expectations.expectation import Expectation

from expectations.rejected_rows import REJECTED_SHARE_MAX, RULE
from expectations.suites import expect, expect_none


def whole_load(next_step: str) -> list[Expectation]:
    """Expect a load to be whole; `next_step` says what to do about a bad file of the source.

    The frame gives rows_loaded, rows_unaccounted, rows_not_landed, rejected_share, rows_rejected.
    `rejected_share` is 0 where only a few rows are rejected (`expectations.rejected_rows`).
    """
    return [
        expect("rows_loaded", "rows_loaded", "Every file brought a row.", next_step, at_least=1),
        expect_none(
            "rows_unaccounted",
            "Every row read was either loaded or rejected.",
            "Compare the file with its load record; if both are right, fix the reader.",
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
            next_step,
            at_most=REJECTED_SHARE_MAX,
        ),
        expect(
            "rows_rejected",
            "rows_rejected",
            "Nothing of the file is rejected.",
            next_step,
            at_most=0,
            severity="warning",
        ),
    ]


def areas_named(next_step: str) -> list[Expectation]:
    """Expect the areas of a load to be known; a row of any other counts nowhere.

    The frame gives areas_unknown and areas_of_two_levels.
    """
    return [
        expect_none(
            "areas_unknown",
            "Every area is one of data/seeds/areas.csv, by name or code; a row of any other "
            "counts nowhere.",
            next_step,
            severity="warning",
        ),
        expect_none(
            "areas_of_two_levels",
            "Every name means one area: a force or a region is written by its code, since a "
            "partnership or another level can have its name.",
            "Write the area's code, or in a partner return its level in area_type.",
            severity="warning",
        ),
    ]


def months_supplied(next_step: str) -> Expectation:
    """Expect a load to cover every month from its first to its last; others are not zero.

    The frame gives months_missing, and their names as months_missing_words.
    """
    return expect_none(
        "months_missing",
        "Every month between the first and the last has a row; one without is not supplied.",
        next_step,
        severity="warning",
    )
