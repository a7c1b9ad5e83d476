"""Funnels of a force and of a family, against SciPy's Poisson distribution."""

from __future__ import annotations

import pytest
from scipy.stats import norm, poisson

from .conftest import FAMILY_MODELS, MadeUpWarehouse, Row, family, figure


def funnel(warehouse: MadeUpWarehouse, figures: list[Row], **chosen: object) -> list[Row]:
    warehouse.settings = {"home_areas": ["a"], "family_scheme": "msf", **chosen}
    warehouse.fill(
        "areas",
        [
            {"area_code": code, "area_name": code, "area_type": "csp", "force_code": force}
            for code, force in [("a", "F"), ("b", "F"), ("c", "G"), ("d", "G")]
        ],
    )
    warehouse.fill(
        "int_family_lists",
        [*family("a", "a", "c"), *family("d", "d", "c"), *family("a", "d", scheme="cipfa")],
    )
    warehouse.fill("int_indicator_values", figures)
    warehouse.build(*FAMILY_MODELS, "int_home_areas", "int_funnel")
    return warehouse.rows("select * from int_funnel order by benchmark, benchmark_code, area_code")


FIGURES = [
    figure("a", 30, 10_000.0),
    figure("b", 90, 20_000.0),
    figure("c", 12, 3_000.0, force_code="G"),
    figure("d", 7, 9_000.0, force_code="G"),
]


def test_benchmarks_are_pooled_over_the_force_and_over_the_family(
    warehouse: MadeUpWarehouse,
) -> None:
    rows = funnel(warehouse, FIGURES)
    assert [(r["benchmark"], r["benchmark_code"], r["area_code"]) for r in rows] == [
        ("force", "F", "a"),
        ("force", "F", "b"),
        ("msf", "a", "a"),
        ("msf", "a", "c"),
    ]
    # 120 of 30,000 and 42 of 13,000, per 1,000: not the means 3.75 and 3.5 of the rates
    assert [r["benchmark_rate"] for r in rows[1:3]] == [
        pytest.approx(4.0),
        pytest.approx(42 / 13),
    ]
    assert {(r["areas_pooled"], r["areas_in_benchmark"]) for r in rows} == {(2, 2)}
    # chi-square of the force by hand: (30 - 40)^2 / 40 + (90 - 80)^2 / 80, one degree of freedom
    assert rows[0]["dispersion"] == pytest.approx(3.75)


def test_limits_hold_the_tails_of_the_poisson_distribution(warehouse: MadeUpWarehouse) -> None:
    for row in funnel(warehouse, FIGURES):
        expected = row["benchmark_rate"] * row["denominator"] / 1000
        for sigma in (2, 3):
            tail = norm.sf(sigma)
            upper = row[f"upper_{sigma}_sigma"] * row["denominator"] / 1000
            lower = row[f"lower_{sigma}_sigma"] * row["denominator"] / 1000
            # the whole counts on either side of a limit enclose the tail
            assert poisson.sf(int(upper), expected) <= tail <= poisson.sf(int(upper) - 2, expected)
            if lower > 0:
                assert poisson.cdf(int(lower) - 1, expected) <= tail
                assert poisson.cdf(int(lower) + 1, expected) >= tail
            assert lower < expected < upper


@pytest.mark.parametrize(
    ("value", "position", "beyond_2", "beyond_3"),
    [
        (100, "within limits", False, False),
        (124, "above 2 sigma", True, False),
        (140, "above 3 sigma", True, True),
        (78, "below 2 sigma", True, False),
        (65, "below 3 sigma", True, True),
    ],
)
def test_position_among_a_hundred_expected(
    warehouse: MadeUpWarehouse, value: int, position: str, beyond_2: bool, beyond_3: bool
) -> None:
    """The peer is so large that the benchmark stays at 100 expected, of a deviation of 10."""
    figures = [figure("a", value, 1_000.0), figure("b", 10_000_000, 100_000_000.0)]
    row = funnel(warehouse, figures)[0]
    assert row["area_code"] == "a"
    assert row["funnel_position"] == position
    assert (row["is_beyond_2_sigma"], row["is_beyond_3_sigma"]) == (beyond_2, beyond_3)


def test_what_is_not_complete_or_no_count_is_in_no_funnel(warehouse: MadeUpWarehouse) -> None:
    figures = [
        figure("a", 30, 10_000.0),
        {**figure("b", 90, 20_000.0), "is_complete": False},
        figure("a", 40.0, 100.0, indicator_id="p", value_kind="proportion", numerator=40.0),
    ]
    rows = funnel(warehouse, figures)
    assert [(r["benchmark"], r["indicator_id"], r["areas_pooled"]) for r in rows] == [
        ("force", "i", 1),
        ("msf", "i", 1),
    ]
    assert [r["areas_in_benchmark"] for r in rows] == [2, 2]


def test_a_benchmark_of_zero_sets_no_limits(warehouse: MadeUpWarehouse) -> None:
    for row in funnel(warehouse, [figure("a", 0), figure("b", 0)]):
        assert row["upper_2_sigma"] is None
        assert row["funnel_position"] is None
        assert row["is_beyond_2_sigma"] is None


def test_the_scheme_of_the_settings_is_the_one_drawn(warehouse: MadeUpWarehouse) -> None:
    rows = funnel(warehouse, FIGURES, family_scheme="cipfa")
    assert [r["area_code"] for r in rows if r["benchmark"] == "cipfa"] == ["a", "d"]
