"""The gate before publishing: what the marts would say otherwise than the publication that stands.

A first night has nothing to be compared with, and passes. Months count here where both say that
they are complete and the publication said 50 or more; the limits, half and double, are in the
frame beside the join that they belong to.
"""

from expectations.suites import expect_none, suite

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
        expect_none(
            "months_halved",
            "No published month of 50 or more falls to less than half by a newer extract.",
            _LET_THROUGH.format(slug="months_halved"),
        ),
        expect_none(
            "months_doubled",
            "No published month of 50 or more grows to more than double by a newer extract.",
            _LET_THROUGH.format(slug="months_doubled"),
            severity="warning",
        ),
        expect_none(
            "negative_months",
            "No figure of a month is negative.",
            "Find the source's rows below zero, and ask the supplier for corrected figures.",
        ),
    ],
)
