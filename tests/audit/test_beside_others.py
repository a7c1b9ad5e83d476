"""What a draft says of a rate beside the family's mean, and of years and quarters one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from flows.audit.claims_in_words import ClaimsInWords
from flows.audit.context import Context
from flows.audit.rate_beside_others import RateBesideOthers
from flows.audit.years_in_a_row import YearsInARow
from flows.papers.published import Row
from tests.audit.judged_alone import judged_alone


def _row(kind: str, label: str, first: date, last: date, value: float, change: float) -> Row:
    return {
        "area_name": "Dudley", "indicator_id": "burglary", "indicator_name": "Burglary",
        "area_type": "csp", "unit": "count", "period_type": kind, "period_label": label,
        "period_start": first, "period_end": last, "value": value, "change": change,
        "rate": 6.3, "family_mean_rate": 7.1, "force_rate": 8.9, "country_rate": None,
        "sentence": "Dudley recorded burglaries.",
    }  # fmt: skip


class _Rows:
    """Two years and the quarters of the second of burglaries in Dudley."""

    def __init__(self, quarters: Sequence[float] = (520, 510, 490, 484)) -> None:
        starts = (date(2017, 4, 1), date(2017, 7, 1), date(2017, 10, 1), date(2018, 1, 1))
        ends = (date(2017, 6, 30), date(2017, 9, 30), date(2017, 12, 31), date(2018, 3, 31))
        self._rows = [
            _row("financial_year", "2016/17", date(2016, 4, 1), date(2017, 3, 31), 2100, 150),
            _row("financial_year", "2017/18", date(2017, 4, 1), date(2018, 3, 31), 2004, -96),
            *(
                _row("quarter", f"2017/18 Q{at}", first, last, value, 0)
                for at, (first, last, value) in enumerate(
                    zip(starts, ends, quarters, strict=True), 1
                )
            ),
        ]

    def series(self, context: Context) -> list[Row]:
        return self._rows if context.indicator == "burglary" else []

    def row(self, context: Context) -> Row | None:
        period = context.period
        if period is None:
            return None
        return next(
            (
                one
                for one in self.series(context)
                if (one["period_start"], one["period_end"]) == (period.first, period.last)
            ),
            None,
        )


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("In 2017/18 the rate of burglary in Dudley remains {} the average for its family.",
         ("below", "above")),
        ("The burglary rate in Dudley in 2017/18 was {} that of the force.", ("below", "above")),
        ("Burglary in Dudley ran at 6.3 per 1,000 residents in 2017/18, against a family mean of "
         "{} per 1,000.", ("7.1", "5.9")),
    ],
)  # fmt: skip
def test_a_rate_beside_the_family_or_the_force(
    text: str, verdicts: tuple[str, str], tmp_path: Path
) -> None:
    judge = RateBesideOthers(_Rows())  # type: ignore[arg-type]
    for words, verdict in zip(verdicts, ("confirmed", "contradicted"), strict=True):
        found = list(judged_alone(judge, text.format(words), "Dudley", tmp_path))
        assert [one.verdict for one in found] == [verdict]


def test_a_rate_that_is_not_said_to_be_above_is_left_alone(tmp_path: Path) -> None:
    judge = RateBesideOthers(_Rows())  # type: ignore[arg-type]
    text = "The burglary rate in Dudley in 2017/18 was no longer above that of the force."
    assert list(judged_alone(judge, text, "Dudley", tmp_path)) == []


def test_reductions_in_both_years_are_held_against_each(tmp_path: Path) -> None:
    judge = YearsInARow(_Rows())  # type: ignore[arg-type]
    text = "Burglary in Dudley saw reductions in both 2016/17 and 2017/18."
    [found] = judged_alone(judge, text, "Dudley", tmp_path)
    assert found.verdict == "contradicted"
    assert "150" in found.reason


@pytest.mark.parametrize(
    ("quarters", "verdict"),
    [((520, 510, 490, 484), "confirmed"), ((520, 510, 515, 459), "contradicted")],
)
def test_a_fall_from_quarter_to_quarter_holds_in_each(
    quarters: tuple[float, ...], verdict: str, tmp_path: Path
) -> None:
    judge = ClaimsInWords(_Rows(quarters))  # type: ignore[arg-type]
    text = "Burglary in Dudley fell from one quarter to the next in 2017/18."
    found = [one for one in judged_alone(judge, text, "Dudley", tmp_path) if one.kind == "trend"]
    assert [one.verdict for one in found] == [verdict]
