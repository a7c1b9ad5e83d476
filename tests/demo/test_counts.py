"""The synthetic records add up to what was printed, before any warehouse has seen them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from flows.calendar_months import months_from
from flows.demo.crimes import MarkedCounts, crimes_of
from flows.demo.marac_files import LISTED, cases_of
from flows.demo.monthly_counts import monthly_counts, spread
from flows.demo.places import partnerships
from flows.demo.plan import DemoPlan
from flows.demo.published_counts import PRINTED


@pytest.mark.parametrize(
    ("total", "weights"), [(10, [1, 1, 1]), (0, [2, 3]), (7, [0.1, 100, 0.1]), (1, [1] * 12)]
)
def test_parts_are_whole_and_add_up(total: int, weights: list[float]) -> None:
    parts = spread(total, weights)
    assert sum(parts) == total
    assert all(abs(p - total * w / sum(weights)) < 1 for p, w in zip(parts, weights, strict=True))


@pytest.mark.parametrize("seed", [1, 2017])
@pytest.mark.parametrize("key", PRINTED, ids=" ".join)
def test_months_add_up_to_the_printed_sums(key: tuple[str, str], seed: int) -> None:
    counts = monthly_counts(DemoPlan(seed), *key)
    assert list(counts) != []
    for first, last, total in PRINTED[key]:
        assert sum(counts[month] for month in months_from(first, last)) == total
    assert set(counts) == set(months_from(date(2014, 4, 1), date(2018, 3, 1)))


def test_records_of_a_month_are_as_many_as_its_counts_say() -> None:
    plan = DemoPlan()
    dudley = next(place for place in partnerships(plan) if place.name == "Dudley")
    counts, month = MarkedCounts.of(plan, "Dudley"), date(2017, 8, 1)
    crimes = [one for one in crimes_of(plan, dudley, counts, month) if not one.is_cancelled]
    wanted = {name: by_month[month] for name, by_month in counts.by_indicator.items()}
    assert len(crimes) == wanted.pop("total_recorded_crime")
    marked = Counter(marker for one in crimes for marker in one.markers)
    assert {name: marked[name] for name in wanted} == wanted
    assert all(one.offence.is_violence for one in crimes if "public_place_violence" in one.markers)
    assert {one.recorded.month for one in crimes} == {8}


def test_few_neighbourhoods_hold_much_of_the_crime() -> None:
    plan = DemoPlan()
    dudley = next(place for place in partnerships(plan) if place.name == "Dudley")
    weights = sorted((one.weight for one in dudley.neighbourhoods), reverse=True)
    assert sum(weights[: len(weights) // 10]) / sum(weights) > 0.25


def test_repeats_of_the_case_list_are_those_that_were_printed() -> None:
    """By the definition: the same victim and perpetrator within 12 months of the last referral."""
    cases = cases_of(DemoPlan())
    found: Counter[date] = Counter()
    for case in cases:
        assert case.discussed is not None
        earlier = any(
            other.victim == case.victim
            and timedelta(0) < case.referred - other.referred <= timedelta(days=365)
            for other in cases
        )
        found[case.discussed.replace(day=1)] += earlier
    for first, last, total in PRINTED[LISTED, "marac_repeat_cases"]:
        assert sum(found[month] for month in months_from(first, last)) == total
