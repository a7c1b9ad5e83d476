"""Places in a family, against textbook ranks, SciPy and counting by hand."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from tests.exploring import tried

from .conftest import FAMILY_MODELS, MadeUpWarehouse, Row, family, figure


def ranks(warehouse: MadeUpWarehouse, families: list[Row], figures: list[Row]) -> dict[str, Row]:
    """Return the row of each area, of the one scheme and indicator of the figures."""
    warehouse.fill("int_family_lists", families)
    warehouse.fill("int_indicator_values", figures)
    warehouse.build(*FAMILY_MODELS)
    found = warehouse.rows("select * from int_family_ranks")
    assert len({row["area_code"] for row in found}) == len(found)
    return {row["area_code"]: row for row in found}


def everybodys(names: list[str], scheme: str = "msf") -> list[Row]:
    return [row for name in names for row in family(name, *names, scheme=scheme)]


def test_ties_share_the_better_rank_and_the_next_is_pushed_back(warehouse: MadeUpWarehouse) -> None:
    """Standard competition ranking: 1, 2, 2, 2, 5."""
    names = ["a", "b", "c", "d", "e"]
    figures = [figure(n, v) for n, v in zip(names, [1, 2, 2, 2, 3], strict=True)]
    found = ranks(warehouse, everybodys(names), figures)
    assert [found[n]["rank"] for n in names] == [1, 2, 2, 2, 5]
    assert [found[n]["offences_to_next_place"] for n in names] == [None, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("size", "held"), [(15, [4, 4, 4, 3]), (16, [4, 4, 4, 4]), (4, [1, 1, 1, 1])]
)
def test_quartiles_hold_as_many_as_they_should(
    warehouse: MadeUpWarehouse, size: int, held: list[int]
) -> None:
    names = [f"a{n:02}" for n in range(size)]
    found = ranks(warehouse, everybodys(names), [figure(n, v) for v, n in enumerate(names)])
    quartiles = [found[n]["quartile"] for n in names]
    assert [quartiles.count(q) for q in (1, 2, 3, 4)] == held
    assert quartiles == sorted(quartiles)


def test_quartile_formula_of_the_field_at_every_size(warehouse: MadeUpWarehouse) -> None:
    for size in range(1, 21):
        names = [f"a{n:02}" for n in range(size)]
        warehouse.fill("int_family_lists", everybodys(names[:1]) + family(names[0], *names))
        for place in (1, (size + 1) // 2, size):
            # the first area stands at `place`
            values = [place - 0.5, *(v for v in range(1, size + 1) if v != place)]
            warehouse.fill(
                "int_indicator_values",
                [figure(n, v) for n, v in zip(names, values, strict=True)],
            )
            warehouse.build(*FAMILY_MODELS)
            row = warehouse.row("select rank, quartile from int_family_ranks")
            share = Fraction(size, 4)
            assert row["rank"] == place
            assert row["quartile"] == math.floor(5 - math.ceil((size + 1 - place) / share))


def test_highest_confidence_is_first(warehouse: MadeUpWarehouse) -> None:
    """56 % is better than 55 %: 1 of 100 more people, of a denominator of 100."""
    share = {"value_kind": "proportion", "polarity": "higher_is_better", "rate_per": 100}
    figures = [
        figure("a", 56.0, 50.0, numerator=28.0, **share),
        figure("b", 55.0, 100.0, numerator=55.0, **share),
        figure("c", 40.0, 200.0, numerator=80.0, **share),
    ]
    found = ranks(warehouse, everybodys(["a", "b", "c"]), figures)
    assert [found[n]["rank"] for n in "abc"] == [1, 2, 3]
    # 28 + 55 + 80 of 350 people, not the mean of the per cents
    assert found["a"]["family_pooled_rate"] == pytest.approx(100 * 163 / 350)
    assert found["a"]["family_mean_rate"] == pytest.approx((56 + 55 + 40) / 3)
    # people, not per cents: from 40 % to 55 % of 200 are 30
    assert [found[n]["offences_to_next_place"] for n in "abc"] == [None, 1, 30]
    assert found["c"]["offences_above_mean"] == pytest.approx((40 - 151 / 3) * 2)
    assert found["a"]["rank_basis"] == "highest is 1st, which is best"


def test_neutral_ranks_lowest_first_and_says_that_it_is_no_praise(
    warehouse: MadeUpWarehouse,
) -> None:
    figures = [figure("a", 9, polarity="neutral"), figure("b", 4, polarity="neutral")]
    found = ranks(warehouse, everybodys(["a", "b"]), figures)
    assert (found["a"]["rank"], found["b"]["rank"]) == (2, 1)
    assert "neither" in found["b"]["rank_basis"]


def test_a_missing_member_is_counted_and_never_ranked_among(warehouse: MadeUpWarehouse) -> None:
    names = ["a", "b", "c", "d"]
    figures = [
        figure("a", 2),
        figure("b", 1),
        {**figure("c", 0), "is_complete": False},
        figure("d", 0, 0.0),  # no residents: no rate
    ]
    found = ranks(warehouse, everybodys(names), figures)
    assert set(found) == {"a", "b"}
    row = found["a"]
    assert (row["rank"], row["members_reporting"], row["family_size"]) == (2, 2, 4)
    assert row["is_whole_family"] is False
    assert row["rank_in_words"] == "2nd of 2 that report, 2 missing"
    assert row["family_mean_rate"] == pytest.approx(1.5)


def test_rank_in_words_of_a_whole_family(warehouse: MadeUpWarehouse) -> None:
    names = [f"a{n:02}" for n in range(15)]
    # each interval overlaps with those of the two next on either side
    figures = [
        {**figure(n, v), "rate_lower": v - 1.2, "rate_upper": v + 1.2} for v, n in enumerate(names)
    ]
    found = ranks(warehouse, everybodys(names), figures)
    assert found["a01"]["rank_in_words"] == "2nd of 15 (1st to 4th)"
    assert found["a11"]["rank_in_words"] == "12th of 15 (10th to 14th)"
    assert found["a00"]["rank_in_words"] == "1st of 15 (1st to 3rd)"
    assert found["a14"]["is_whole_family"] is True


def test_schemes_stand_side_by_side(warehouse: MadeUpWarehouse) -> None:
    """MSF: 15 with the area itself in the list. CIPFA: 15 neighbours and the area itself, 16."""
    names = [f"a{n:02}" for n in range(16)]
    msf = family(names[0], *names[:15])
    cipfa = family(names[0], *names[1:], scheme="cipfa")
    warehouse.fill("int_family_lists", msf + cipfa)
    warehouse.fill("int_indicator_values", [figure(n, v) for v, n in enumerate(names)])
    warehouse.build(*FAMILY_MODELS)
    found = warehouse.rows("select * from int_family_ranks order by scheme")
    assert [(r["scheme"], r["family_size"], r["rank"]) for r in found] == [
        ("cipfa", 16, 1),
        ("msf", 15, 1),
    ]
    assert [r["family_mean_rate"] for r in found] == [pytest.approx(7.5), pytest.approx(7.0)]


def test_a_family_need_not_be_mutual(warehouse: MadeUpWarehouse) -> None:
    families = family("a", "a", "b") + family("b", "b", "c")
    found = ranks(warehouse, families, [figure("a", 1), figure("b", 2), figure("c", 3)])
    assert set(found) == {"a", "b"}
    assert found["a"]["family_mean_rate"] == pytest.approx(1.5)
    assert found["b"]["family_mean_rate"] == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("last_day", "members"),
    [
        (date(2017, 3, 31), ["a", "b"]),  # the last day belongs to the old list
        (date(2017, 4, 30), ["a", "c"]),
        (date(2017, 5, 31), ["a", "d"]),  # a list that begins on the last day counts
    ],
)
def test_the_list_of_the_last_day_of_the_period_counts(
    warehouse: MadeUpWarehouse, last_day: date, members: list[str]
) -> None:
    families = [
        *family("a", "a", "b", valid_to=date(2017, 3, 31)),
        *family("a", "a", "c", valid_from=date(2017, 4, 1), valid_to=date(2017, 5, 30)),
        *family("a", "d", valid_from=date(2017, 5, 31)),
    ]
    rate = {"a": 1.0, "b": 2.0, "c": 6.0, "d": 9.0}
    figures = [figure(n, v, period_end=last_day) for n, v in rate.items()]
    found = ranks(warehouse, families, figures)
    assert found["a"]["family_size"] == 2
    assert found["a"]["family_mean_rate"] == pytest.approx(sum(rate[m] for m in members) / 2)


def test_a_membership_listed_twice_is_one_member(warehouse: MadeUpWarehouse) -> None:
    families = [
        *family("a", "a", "b", "b", valid_from=date(2015, 4, 1)),
        *family("a", "b", valid_from=date(2016, 4, 1), valid_to=date(2030, 3, 31)),
    ]
    found = ranks(warehouse, families, [figure("a", 5), figure("b", 1)])
    row = found["a"]
    assert (row["family_size"], row["members_reporting"], row["rank"]) == (2, 2, 2)
    assert row["family_mean_rate"] == pytest.approx(3.0)


def test_of_two_ends_of_one_membership_the_open_one_holds(warehouse: MadeUpWarehouse) -> None:
    began = date(2015, 4, 1)
    families = [
        *family("a", "a", "b", valid_from=began, valid_to=date(2016, 3, 31)),
        *family("a", "b", valid_from=began),
    ]
    found = ranks(warehouse, families, [figure("a", 5), figure("b", 1)])
    assert found["a"]["members_reporting"] == 2


@pytest.mark.parametrize(
    "named",
    [
        {"valid_from": date(2019, 1, 1)},  # names itself from after the period on
        {"valid_to": date(2018, 1, 1)},  # until before it
    ],
)
def test_an_area_that_names_itself_for_part_of_the_time_is_always_a_member(
    warehouse: MadeUpWarehouse, named: dict[str, date]
) -> None:
    lasting: dict[str, Any] = {"valid_from": date(2015, 4, 1), "valid_to": date(2030, 3, 31)}
    families = [*family("a", "b", **lasting), *family("a", "a", **{**lasting, **named})]
    found = ranks(warehouse, families, [figure("a", 5), figure("b", 1)])
    assert (found["a"]["family_size"], found["a"]["rank"]) == (2, 2)


def test_intervals_that_touch_set_no_places_apart(warehouse: MadeUpWarehouse) -> None:
    figures = [
        {**figure("a", 1), "rate_lower": 0.0, "rate_upper": 2.0},
        {**figure("b", 3), "rate_lower": 2.0, "rate_upper": 4.0},
    ]
    found = ranks(warehouse, everybodys(["a", "b"]), figures)
    assert [(found[n]["rank_best"], found[n]["rank_worst"]) for n in "ab"] == [(1, 2), (1, 2)]


def test_a_list_may_name_areas_by_local_authority(warehouse: MadeUpWarehouse) -> None:
    warehouse.fill(
        "areas",
        [
            {"area_code": "E22000335", "area_name": "Here", "area_type": "csp", "lad_code": "E08"},
            {"area_code": "E22000336", "area_name": "There", "area_type": "csp"},
        ],
    )
    found = ranks(
        warehouse, family(" E08 ", "there"), [figure("E22000335", 1), figure("E22000336", 2)]
    )
    assert found["E22000335"]["family_size"] == 2


def test_other_sources_and_periods_are_no_peers(warehouse: MadeUpWarehouse) -> None:
    figures = [
        figure("a", 5),
        figure("b", 1, source="other"),
        figure("b", 1, period_type="quarter"),
        figure("b", 1, indicator_id="j"),
        figure("b", 1, period_end=date(2018, 8, 31)),
    ]
    warehouse.fill("int_family_lists", family("a", "a", "b"))
    warehouse.fill("int_indicator_values", figures)
    warehouse.build(*FAMILY_MODELS)
    row = warehouse.row("select * from int_family_ranks")
    assert (row["rank"], row["members_reporting"]) == (1, 1)


@pytest.mark.parametrize(("denominator", "numerator"), [(None, None), (10.0, None), (None, 6.0)])
def test_a_per_cent_without_both_its_figures_pools_nothing(
    warehouse: MadeUpWarehouse, denominator: float | None, numerator: float | None
) -> None:
    share = {"value_kind": "proportion", "polarity": "higher_is_better", "rate_per": 100}
    figures = [
        figure("a", 50.0, 10.0, numerator=5.0, **share),
        figure("b", 60.0, denominator, numerator=numerator, **share),
    ]
    found = ranks(warehouse, everybodys(["a", "b"]), figures)
    assert found["b"]["rank"] == 1
    assert found["a"]["family_pooled_rate"] is None
    assert (found["b"]["offences_above_mean"] is None) == (denominator is None)
    assert found["a"]["offences_to_next_place"] == 1


def test_a_family_where_nothing_happens_has_no_gap_in_per_cent(warehouse: MadeUpWarehouse) -> None:
    found = ranks(warehouse, everybodys(["a", "b"]), [figure("a", 0), figure("b", 0)])
    assert [found[n]["rank"] for n in "ab"] == [1, 1]
    assert found["a"]["gap_to_mean_pct"] is None
    assert found["a"]["offences_above_mean"] == 0


@st.composite
def made_up_families(draw: st.DrawFn) -> tuple[str, list[Row]]:
    polarity = draw(st.sampled_from(["lower_is_better", "higher_is_better", "neutral"]))
    size = draw(st.integers(1, 17))
    figures = []
    for place in range(size):
        # few distinct values and denominators, so that ties and near ties are common
        value = draw(st.one_of(st.integers(0, 6), st.integers(0, 200_000)))
        denominator = draw(st.sampled_from([0, 7, 500, 1000, 333_333, 1_141_374]))
        row = figure(f"a{place:02}", value, float(denominator), polarity=polarity)
        if row["rate"] is not None:
            row["rate_lower"] = row["rate"] * draw(st.floats(0, 1))
            row["rate_upper"] = row["rate"] * draw(st.floats(1, 3)) + 0.1
        row["is_complete"] = draw(st.integers(0, 5)) > 0
        figures.append(row)
    return polarity, figures


@given(made_up_families())
@settings(
    max_examples=tried(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_family_against_scipy_and_exact_fractions(
    warehouse: MadeUpWarehouse, made_up: tuple[str, list[Row]]
) -> None:
    polarity, figures = made_up
    found = ranks(warehouse, everybodys([row["area_code"] for row in figures]), figures)
    reporting = [row for row in figures if row["is_complete"] and row["denominator"]]
    assert set(found) == {row["area_code"] for row in reporting}
    if not reporting:
        return
    turn = -1 if polarity == "higher_is_better" else 1
    shares = [turn * Fraction(int(r["value"]), int(r["denominator"])) for r in reporting]
    # SciPy has no fractions: it ranks the places that the exact shares take among each other
    places = sorted(set(shares))
    expected = rankdata([places.index(share) for share in shares], method="min")
    mean = math.fsum(row["rate"] for row in reporting) / len(reporting)
    pooled = sum(r["value"] for r in reporting) * 1000 / sum(r["denominator"] for r in reporting)
    for row, share, rank in zip(reporting, shares, expected, strict=True):
        got = found[row["area_code"]]
        assert got["rank"] == rank
        assert got["members_reporting"] == len(reporting)
        assert got["family_size"] == len(figures)
        assert got["family_mean_rate"] == pytest.approx(mean, rel=1e-12)
        assert got["family_pooled_rate"] == pytest.approx(pooled, rel=1e-12)
        assert (got["rank_best"], got["rank_worst"]) == _interval(row, reporting, turn)
        assert got["rank_best"] <= got["rank"] <= got["rank_worst"]
        better = [other for other in shares if other < share]
        if not better:
            assert got["offences_to_next_place"] is None
        else:
            gap = math.ceil((share - max(better)) * int(row["denominator"]))
            assert got["offences_to_next_place"] == gap
            # that many fewer (or more) reach the next place, one less does not
            denominator = int(row["denominator"])
            assert share - Fraction(gap, denominator) <= max(better)
            assert share - Fraction(gap - 1, denominator) > max(better)
        above = row["value"] - mean * row["denominator"] / 1000
        assert got["offences_above_mean"] == pytest.approx(above, rel=1e-9, abs=1e-6)
        if mean:
            gap_pct = 100 * (row["rate"] / mean - 1)
            assert got["gap_to_mean_pct"] == pytest.approx(gap_pct, rel=1e-9, abs=1e-9)


def _interval(row: Row, reporting: list[Row], turn: int) -> tuple[int, int]:
    """Count, one by one, the members that are surely better and those that are surely worse."""

    def surely_better(one: Row, other: Row) -> bool:
        if turn == 1:
            return bool(one["rate_upper"] < other["rate_lower"])
        return bool(one["rate_lower"] > other["rate_upper"])

    best = 1 + sum(surely_better(other, row) for other in reporting)
    worst = len(reporting) - sum(surely_better(row, other) for other in reporting)
    return best, worst
