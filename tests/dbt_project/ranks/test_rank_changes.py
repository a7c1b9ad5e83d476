"""What a rank change is made of, by counting the ranks that never were by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exploring import tried

from .conftest import FAMILY_MODELS, MadeUpWarehouse, Row, family, figure

BEFORE, NOW = date(2023, 2, 28), date(2024, 2, 29)


def changes(warehouse: MadeUpWarehouse, families: list[Row], figures: list[Row]) -> list[Row]:
    """Return the rows of home area "a"."""
    warehouse.settings = {"home_areas": ["a"]}
    warehouse.fill("areas", [{"area_code": "a", "area_name": "a", "area_type": "csp"}])
    warehouse.fill("int_family_lists", families)
    warehouse.fill("int_indicator_values", figures)
    warehouse.build(*FAMILY_MODELS, "int_home_areas", "int_rank_changes")
    return warehouse.rows("select * from int_rank_changes")


def year(last_day: date, **values: float) -> list[Row]:
    return [figure(area, value, period_end=last_day) for area, value in values.items()]


def effects(row: Row) -> tuple[Any, ...]:
    names = ("rank_change", "own_rate_effect", "peers_rates_effect", "membership_effect")
    return tuple(row[name] for name in names)


def test_only_the_own_rate_moved_across_a_leap_day(warehouse: MadeUpWarehouse) -> None:
    figures = year(BEFORE, a=1, b=2, c=3) + year(NOW, a=4, b=2, c=3)
    (row,) = changes(warehouse, family("a", "a", "b", "c"), figures)
    assert (row["previous_rank"], row["rank"]) == (1, 3)
    assert effects(row) == (2, 2, 0, 0)


def test_only_the_peers_moved(warehouse: MadeUpWarehouse) -> None:
    figures = year(BEFORE, a=2, b=3, c=3) + year(NOW, a=2, b=1, c=3)
    (row,) = changes(warehouse, family("a", "b", "c"), figures)
    assert effects(row) == (1, 0, 1, 0)


def test_both_moved_the_same_way_and_nobody_overtook(warehouse: MadeUpWarehouse) -> None:
    """Own rate up by 2 alone would cost a place; the peer's rise alone would win none back."""
    figures = year(BEFORE, a=1, b=2) + year(NOW, a=3, b=4)
    (row,) = changes(warehouse, family("a", "b"), figures)
    # first: own 1 place down, then peers 1 up; last: peers 0, own 0; the mean is a half each
    assert effects(row) == (0, 0.5, -0.5, 0)
    assert (row["rank_if_only_own_changed"], row["rank_if_only_peers_changed"]) == (2, 1)


def test_only_the_list_changed(warehouse: MadeUpWarehouse) -> None:
    families = [
        *family("a", "b", "c", valid_to=date(2023, 12, 31)),
        *family("a", "b", "d", valid_from=date(2024, 1, 1)),
    ]
    steady = {"a": 2, "b": 1, "c": 1, "d": 5}
    (row,) = changes(warehouse, families, year(BEFORE, **steady) + year(NOW, **steady))
    assert (row["previous_rank"], row["rank"]) == (3, 2)
    assert effects(row) == (-1, 0, 0, -1)
    assert row["members_in_both"] == 2


def test_a_member_that_stops_reporting_is_a_change_of_membership(
    warehouse: MadeUpWarehouse,
) -> None:
    figures = year(BEFORE, a=2, b=1) + year(NOW, a=2)
    (row,) = changes(warehouse, family("a", "a", "b"), figures)
    assert effects(row) == (-1, 0, 0, -1)


def test_without_the_year_before_there_is_no_row(warehouse: MadeUpWarehouse) -> None:
    assert changes(warehouse, family("a", "a", "b"), year(NOW, a=2, b=1)) == []


def test_areas_that_are_no_home_have_none(warehouse: MadeUpWarehouse) -> None:
    figures = year(BEFORE, a=1, b=2) + year(NOW, a=1, b=2)
    rows = changes(warehouse, family("a", "b") + family("b", "a"), figures)
    assert [row["area_code"] for row in rows] == ["a"]


rates = st.dictionaries(st.sampled_from("bcdefg"), st.integers(0, 4), max_size=6)


@given(st.integers(0, 4), st.integers(0, 4), rates, rates, st.booleans())
@settings(
    max_examples=tried(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_effects_always_sum_and_match_ranks_counted_one_by_one(
    warehouse: MadeUpWarehouse,
    own_before: int,
    own_now: int,
    before: dict[str, int],
    now: dict[str, int],
    higher_is_better: bool,
) -> None:
    polarity = "higher_is_better" if higher_is_better else "lower_is_better"
    figures = [
        {**row, "polarity": polarity}
        for row in year(BEFORE, a=own_before, **before) + year(NOW, a=own_now, **now)
    ]
    (row,) = changes(warehouse, family("a", *"bcdefg"), figures)
    both = sorted(set(before) & set(now))

    def place(own: int, peers: list[int]) -> int:
        return 1 + sum(peer > own if higher_is_better else peer < own for peer in peers)

    start, end = place(own_before, list(before.values())), place(own_now, list(now.values()))
    old, new = [before[m] for m in both], [now[m] for m in both]
    corner = {
        (first, second): place(own, peers)
        for first, own in enumerate((own_before, own_now))
        for second, peers in enumerate((old, new))
    }
    own_effect = (corner[1, 0] - corner[0, 0] + corner[1, 1] - corner[0, 1]) / 2
    peers_effect = (corner[0, 1] - corner[0, 0] + corner[1, 1] - corner[1, 0]) / 2
    membership = (corner[0, 0] - start) + (end - corner[1, 1])
    assert effects(row) == (end - start, own_effect, peers_effect, membership)
    assert own_effect + peers_effect + membership == end - start
