"""What is expected of a load of any source, on the profile that all of them share.

`flows/checking/frames/every_load.sql` is that profile. A source without a suite of its own is held
to `whole_load`, `areas_named` and `indicators_named`.
"""

from collections.abc import Sequence

# First: it imports Great Expectations as the project uses it.
from expectations.library import gx  # isort: skip

from great_expectations.expectations.expectation import Expectation

from expectations.rejected_rows import REJECTED_SHARE_MAX, RULE
from expectations.results import Severity
from expectations.suites import expect, expect_none, suite

# What a sender is asked for, where a source has no better word.
NEW_FILE = (
    "Ask the sender for a corrected file, and put it into the inbox under a newer extract date."
)
# The same for lists that cover months.
MISSING_MONTHS = (
    "Ask the sender for a file with these months. If nothing happened in them, state the file's "
    "months in its name, as in 2017-04_to_2017-09."
)


def source_suite(
    source: str, own: Sequence[Expectation] = (), next_step: str = NEW_FILE
) -> gx.ExpectationSuite:
    """Make the suite of a source: a whole load, and what is expected of this source alone."""
    return suite("source", source, [*whole_load(next_step), *own])


def whole_load(next_step: str) -> list[Expectation]:
    """Expect a load to be whole; `next_step` says what to do about a bad file of the source.

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


def areas_named(next_step: str = NEW_FILE) -> list[Expectation]:
    """Expect the areas of a load to be known; a row of any other counts nowhere."""
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


def indicators_named(next_step: str = NEW_FILE, severity: Severity = "warning") -> Expectation:
    """Expect the indicators of a load to be known; a row of any other is not used."""
    return expect_none(
        "indicators_unknown",
        "Every indicator is one of dim_indicators, the project's or your own; a row of any "
        "other is not used.",
        next_step,
        severity=severity,
    )


def months_supplied(next_step: str = MISSING_MONTHS) -> Expectation:
    """Expect a load to cover every month from its first to its last; others are not zero."""
    return expect_none(
        "months_missing",
        "Every month between the first and the last has a row; one without is not supplied.",
        next_step,
        severity="warning",
    )


def periods_over(next_step: str) -> Expectation:
    """Expect every period that a load covers to have ended by its extract date."""
    return expect_none(
        "periods_after_extract", "Every period was over on the extract date.", next_step
    )
