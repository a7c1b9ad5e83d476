"""The gate before publishing: the new figures against the publication that stands.

One row for the whole, one per area that would be lost and one per published month that would change
and is complete in both. A first run has nothing to be compared with, and passes.
"""

from expectations.suites import expect, expect_none, suite

# What is left of a published month, and what it may grow to, before somebody has to look.
KEPT_SHARE_MIN = 0.5
GROWTH_MAX = 2.0

_LET_THROUGH = (
    "Read the differences listed below. If they are right, publish them with "
    "csp nightly --let-through mart.last_publication.{slug} --reason '…'."
)

SUITE = suite(
    "mart",
    "last_publication",
    [
        expect_none(
            "areas_lost",
            "Every area with figures in the last publication has figures of the same source.",
            _LET_THROUGH.format(slug="areas_lost"),
        ),
        expect(
            "months_halved",
            "month_ratio",
            "No published month of 50 or more falls to less than half by a newer extract.",
            _LET_THROUGH.format(slug="months_halved"),
            at_least=KEPT_SHARE_MIN,
        ),
        expect(
            "months_doubled",
            "month_ratio",
            "No published month of 50 or more grows to more than double by a newer extract.",
            _LET_THROUGH.format(slug="months_doubled"),
            at_most=GROWTH_MAX,
            severity="warning",
        ),
    ],
)
