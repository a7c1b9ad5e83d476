"""What a draft says of a target that the publication has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from flows.audit.context import Context
from flows.audit.findings import Finding
from flows.audit.published_targets import PublishedTargets
from flows.papers.published import Row
from tests.audit.judged_alone import judged_alone

ROW: Row = {
    "area_name": "Wolverhampton",
    "indicator_id": "knife_crime",
    "indicator_name": "Knife crime",
    "period_label": "2017/18",
    "period_start": date(2017, 4, 1),
    "period_end": date(2018, 3, 31),
    "value": 212.0,
    "target_value": 205.0,
    "rag": "amber",
    "polarity": "lower_is_better",
    "sentence": "Wolverhampton recorded 212 knife crime offences in 2017/18.",
}


class OneRow:
    """A publication with the one row."""

    def row(self, context: Context) -> Row | None:
        is_it = (context.area, context.indicator) == ("Wolverhampton", "knife_crime")
        return ROW if is_it and context.period is not None else None


def found_in(text: str, folder: Path) -> Iterator[Finding]:
    return judged_alone(PublishedTargets(OneRow()), text, "Wolverhampton", folder)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (
            "Against a target of no more than 205 knife crimes in 2017/18, Wolverhampton recorded "
            "212, seven over.",
            "confirmed",
        ),
        (
            "Against a target of no more than 205 knife crimes in 2017/18, Wolverhampton recorded "
            "212, seventeen over.",
            "contradicted",
        ),
        (
            "Knife crime in Wolverhampton stood at 212 offences in 2017/18. That is seven below "
            "the target of 205.",
            "contradicted",
        ),
        (
            "Knife crime in Wolverhampton stood at 212 offences in 2017/18, against a target of "
            "205, and so was met.",
            "contradicted",
        ),
        (
            "The target for knife crime in Wolverhampton in 2017/18 was 205, and it was missed.",
            "confirmed",
        ),
        (
            "The target for knife crime in Wolverhampton in 2017/18 was 205. The measure is "
            "therefore rated amber.",
            "confirmed",
        ),
        (
            "The target for knife crime in Wolverhampton in 2017/18 was 205. The measure is "
            "therefore rated green.",
            "contradicted",
        ),
    ],
)
def test_a_target_is_held_against_the_published_one(
    text: str, verdict: str, tmp_path: Path
) -> None:
    assert [one.verdict for one in found_in(text, tmp_path)] == [verdict]


def test_what_is_not_of_the_target_is_left_alone(tmp_path: Path) -> None:
    text = (
        "The target for knife crime in Wolverhampton in 2017/18 was 205. The lights were green on "
        "all 40 crossings, and Dudley was seven below its own."
    )
    assert list(found_in(text, tmp_path)) == []
