"""The league of a force, by rate and by change."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from tests.exploring import tried

from .conftest import MadeUpWarehouse, Row, figure


def league(warehouse: MadeUpWarehouse, figures: list[Row]) -> dict[str, Row]:
    """Return the row of each partnership of force F."""
    codes = {row["area_code"] for row in figures}
    warehouse.fill(
        "areas",
        [{"area_code": code, "area_type": "csp", "force_code": "F"} for code in codes]
        + [{"area_code": "F", "area_type": "force", "force_code": "F"}],
    )
    warehouse.fill("int_indicator_values", figures)
    warehouse.build("int_force_ranks")
    return {row["area_code"]: row for row in warehouse.rows("select * from int_force_ranks")}


def test_fourth_lowest_increase_of_seven(warehouse: MadeUpWarehouse) -> None:
    """The lowest increase is 1st, a fall before it; 16.5 % is 4th here, as the report words it."""
    increases = {"a": -3.0, "b": 2.0, "c": 9.0, "w": 16.5, "d": 20.0, "e": 20.0, "f": 31.0}
    found = league(
        warehouse, [figure(n, 1, 1000.0, change_pct=change) for n, change in increases.items()]
    )
    assert found["w"]["change_rank"] == 4
    assert [found[n]["change_rank"] for n in "abcdef"] == [1, 2, 3, 5, 5, 7]
    assert {row["rate_rank"] for row in found.values()} == {1}
    assert found["w"]["areas_ranked"] == found["w"]["areas_ranked_by_change"] == 7


def test_highest_confidence_of_the_force_is_first(warehouse: MadeUpWarehouse) -> None:
    share: dict[str, Any] = {"value_kind": "proportion", "polarity": "higher_is_better"}
    found = league(
        warehouse,
        [figure("a", 61.0, change_pct=1.0, **share), figure("b", 64.0, change_pct=-2.0, **share)],
    )
    assert (found["b"]["rate_rank"], found["a"]["rate_rank"]) == (1, 2)
    assert (found["a"]["change_rank"], found["b"]["change_rank"]) == (1, 2)
    assert found["b"]["rank_basis"] == "highest is 1st, which is best"


def test_each_league_says_how_many_it_is_among(warehouse: MadeUpWarehouse) -> None:
    found = league(
        warehouse,
        [
            figure("a", 3, change_pct=5.0),
            figure("b", 1),
            figure("c", 5, 0.0, change_pct=9.0),
            {**figure("d", 2, change_pct=1.0), "is_complete": False},
        ],
    )
    assert set(found) == {"a", "b", "c"}
    assert [found[n]["rate_rank"] for n in "abc"] == [2, 1, None]
    assert [found[n]["change_rank"] for n in "abc"] == [1, None, 2]
    # three rates would be wrong for a and b: only two areas have one
    assert [found[n]["areas_ranked"] for n in "abc"] == [2, 2, 2]
    assert {row["areas_ranked_by_change"] for row in found.values()} == {2}
    assert {row["partnerships_in_force"] for row in found.values()} == {4}


def test_forces_and_unknown_places_are_in_no_league(warehouse: MadeUpWarehouse) -> None:
    found = league(
        warehouse,
        [
            figure("a", 3),
            figure("x", 1, area_type="force"),
            figure("y", 1, area_type="location_unknown"),
            figure("z", 1, force_code=None),
            figure("g", 1, force_code="G"),
        ],
    )
    # the force G of the areas is none, and the partnership z has no force
    assert found["a"]["rate_rank"] == 1
    assert set(found) == {"a"}


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5),
            st.sampled_from([None, 3.0, 1000.0]),
            st.sampled_from([None, -50.0, 0.0, 12.5, 12.6]),
        ),
        min_size=1,
        max_size=9,
    ),
    st.sampled_from(["lower_is_better", "higher_is_better", "neutral"]),
)
@settings(
    max_examples=tried(20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_league_against_scipy(
    warehouse: MadeUpWarehouse,
    drawn: list[tuple[int, float | None, float | None]],
    polarity: str,
) -> None:
    figures = [
        figure(f"a{n}", value, people, change_pct=change, polarity=polarity)
        for n, (value, people, change) in enumerate(drawn)
    ]
    found = league(warehouse, figures)
    turn = -1 if polarity == "higher_is_better" else 1
    for column, rank in (("rate", "rate_rank"), ("change_pct", "change_rank")):
        counted = [row for row in figures if row[column] is not None]
        expected = rankdata([turn * row[column] for row in counted], method="min")
        for row, place in zip(counted, expected, strict=True):
            assert found[row["area_code"]][rank] == place
        for row in found.values():
            if row[column] is None:
                assert row[rank] is None
    for row in found.values():
        assert row["areas_ranked"] == (
            sum(r["rate"] is not None for r in figures)
            if row["rate"] is not None
            else sum(r["change_pct"] is not None for r in figures)
        )
