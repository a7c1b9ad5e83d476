"""Which month or quarter of a year a draft calls the busiest or the quietest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from flows.audit.findings import Finding
from flows.audit.peaks import Peaks
from flows.calendar_months import add_months, end_of_month
from flows.papers.published import Row
from tests.audit.judged_alone import judged_alone

MONTHS = (640, 652, 660, 676, 655, 600, 560, 500, 430, 420, 398, 470)


def row(kind: str, first: date, last: date, value: int) -> Row:
    return {
        "period_type": kind, "period_start": first, "period_end": last, "value": float(value),
        "period_label": f"{last:%b %Y}", "sentence": "",
    }  # fmt: skip


class OneYear:
    """A publication of the months and quarters of one year in Dudley; July is the busiest."""

    forces = ("West Midlands",)

    def of(self, area: str, indicator: str) -> list[Row]:
        assert (area, indicator) == ("Dudley", "asb_incidents")
        firsts = [add_months(date(2017, 4, 1), month) for month in range(12)]
        months = [
            row("month", first, end_of_month(first.year, first.month), value)
            for first, value in zip(firsts, MONTHS, strict=True)
        ]
        quarters = [
            row("quarter", months[at]["period_start"], months[at + 2]["period_end"],
                sum(MONTHS[at : at + 3]))
            for at in range(0, 12, 3)
        ]  # fmt: skip
        return [*months, *quarters]


def found_in(text: str, folder: Path) -> Iterator[Finding]:
    return judged_alone(Peaks(OneYear()), text, "Dudley", folder)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("The busiest month of 2017/18 for ASB incidents in Dudley was July.", ["confirmed"]),
        ("The busiest month of 2017/18 for ASB incidents in Dudley was August.", ["contradicted"]),
        (
            "In 2017/18 ASB incidents in Dudley were most frequent in July (676) and least "
            "frequent in December.",
            ["confirmed", "contradicted"],
        ),
        (
            "Dudley had 6,661 ASB incidents in 2017/18. July was the busiest month, and February "
            "2018 the quietest.",
            ["confirmed", "confirmed"],
        ),
        ("ASB incidents in Dudley peaked in the first quarter of 2017/18.", []),
        (
            "Dudley had 6,661 ASB incidents in 2017/18. The busiest quarter was the second.",
            ["contradicted"],
        ),
        ("In July ASB incidents in Dudley were the highest since 2014.", []),
    ],
)
def test_a_peak_is_that_of_the_published_months(
    text: str, verdicts: list[str], tmp_path: Path
) -> None:
    assert [one.verdict for one in found_in(text, tmp_path)] == verdicts
