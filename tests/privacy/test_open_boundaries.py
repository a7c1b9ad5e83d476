"""The rule of withholding against an attacker who knows the rule itself.

Every possible short series is published by the rule. Two series that publish the same tables cannot
be told apart, so a withheld count is safe exactly when the series that look alike differ in it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest
from open_boundaries import Openness, State, Stretch, is_safe, openness

THRESHOLD = 3
APRIL = 2024 * 12 + 4


def monthly(values: tuple[int, ...], source: str = "returns") -> State:
    start = APRIL - 1
    return State(
        source, tuple(Stretch(start + i, start + i + 1, float(v)) for i, v in enumerate(values))
    )


def windows(months: int) -> list[tuple[int, int]]:
    """Every stretch of consecutive months: more than the six period types ever show."""
    ends = range(APRIL - 1, APRIL + months)
    return list(itertools.combinations(ends, 2))


def published(values: tuple[int, ...], rule: Openness) -> tuple[tuple[int, int, int], ...]:
    return tuple(
        (start, end, sum(values[start - APRIL + 1 : end - APRIL + 1]))
        for start, end in windows(len(values))
        if rule.shows(start, end)
    )


def test_no_month_can_be_told_by_who_knows_the_rule_and_both_of_two_publications() -> None:
    alike = defaultdict(list)
    # Up to 8 are tried and up to 6 are judged: a neighbour of one more has to be in the list.
    for values in itertools.product(range(9), repeat=4):
        before = openness([monthly(values[:3])], THRESHOLD)
        now = openness([monthly(values[:3]), monthly(values)], THRESHOLD)
        alike[published(values[:3], before), published(values, now)].append(values)
    told = [
        (values, month)
        for (_, now), series in alike.items()
        for values in series
        for month in range(4)
        if max(values) <= 6
        if 0 < values[month] < THRESHOLD and len({other[month] for other in series}) == 1
    ]
    assert told == []


def quarters(values: tuple[int, ...], source: str = "open data") -> State:
    start = APRIL - 1
    return State(
        source,
        tuple(
            Stretch(start + at, start + at + 3, float(sum(values[at : at + 3])))
            for at in range(0, len(values) - 2, 3)
        ),
        is_public=True,
    )


@pytest.mark.parametrize("is_landed", [True, False], ids=["landed", "not landed"])
def test_no_month_can_be_told_by_who_knows_the_quarters(is_landed: bool) -> None:
    """Everybody knows the quarter: what he then cannot tell, the restricted months do not tell."""
    alike, known = defaultdict(list), defaultdict(list)
    for values in itertools.product(range(8), repeat=4):
        states = [quarters(values)] if is_landed else []
        rule = openness([*states, monthly(values)], THRESHOLD, has_public_quarters=True)
        public = sum(values[:3])
        alike[public, published(values, rule)].append(values)
        known[public].append(values)
    told = [
        (values, month)
        for (public, _), series in alike.items()
        for values in series
        for month in range(4)
        if max(values) <= 5
        if 0 < values[month] < THRESHOLD and len({other[month] for other in series}) == 1
        if len({other[month] for other in known[public]}) > 1
    ]
    assert told == []


def test_a_small_public_quarter_is_a_boundary_that_everybody_knows() -> None:
    """Year to date to July, 7, less the public 3 to June would be a July of 4."""
    before, running = (6,) * 12, (1, 0, 2, 4, 9, 9)
    july = (APRIL + 11, APRIL + 15)
    alone = openness([monthly(before + running)], 5)
    assert alone.shows(*july)
    rule = openness([quarters(before + running), monthly(before + running)], 5)
    assert not rule.shows(*july)
    # and the quarter itself, with the year to it, is as public as before
    assert rule.shows(APRIL + 11, APRIL + 14)
    assert rule.shows(APRIL - 1, APRIL + 14)


def test_a_small_quarter_that_the_public_source_says_otherwise_is_protected() -> None:
    """Public 9, revised to 3 in the restricted source: its year must not give the 3 back."""
    old, new = (9, 9, 9, 3, 3, 3, 9, 9, 9, 9, 9, 9), (9, 9, 9, 1, 1, 1, 9, 9, 9, 9, 9, 9)
    rule = openness([quarters(old), monthly(new)], 5)
    assert not rule.shows(APRIL + 2, APRIL + 5)
    assert rule.shows(APRIL - 1, APRIL + 2)
    assert not rule.shows(APRIL - 1, APRIL + 5)


def test_a_month_of_a_running_quarter_waits_where_the_public_quarter_could_tell_the_rest() -> None:
    """June and July would be shown, and the public quarter to come less both is September."""
    small, large = (6,) * 14, (40,) * 14
    for values, is_shown in ((small, False), (large, True)):
        rule = openness([monthly(values)], 5, has_public_quarters=True)
        assert rule.shows(APRIL + 11, APRIL + 12) is is_shown
        # a count that no public source gives does not wait
        assert openness([monthly(values)], 5).shows(APRIL + 11, APRIL + 12)


def test_the_months_before_the_first_public_quarter_are_not_left_over() -> None:
    """The series begins in May: May to September less the public July to September is 2."""
    start = APRIL
    values = (1, 1, 9, 9, 9)
    state = State(
        "force",
        tuple(Stretch(start + at, start + at + 1, float(n)) for at, n in enumerate(values)),
    )
    rule = openness([state], 5, has_public_quarters=True)
    assert not rule.shows(start, start + 5)
    assert not rule.shows(start - 1, start + 5)


def test_no_combination_of_publications_has_a_small_piece() -> None:
    """Boundaries of all nights together, be they revised or not, part the year into safe pieces."""
    for first in itertools.product((0, 1, 4), repeat=3):
        for second in itertools.product((0, 2, 4), repeat=4):
            one = openness([monthly(first)], THRESHOLD)
            two = openness([monthly(first), monthly(second)], THRESHOLD)
            assert set(one.boundaries) <= set(two.boundaries)
            shown = {e for s, e in windows(4) if two.shows(s, e)}
            for start, end in windows(4):
                if two.shows(start, end):
                    count = sum(second[start - APRIL + 1 : end - APRIL + 1])
                    assert is_safe(count, THRESHOLD), (first, second, start, end)
            for start, end in itertools.pairwise(sorted(shown)):
                if two.shows(start, end) and end <= max(one.boundaries):
                    count = sum(first[start - APRIL + 1 : end - APRIL + 1])
                    assert is_safe(count, THRESHOLD), (first, second, start, end)


@pytest.mark.parametrize("values", [(9, 8, 7, 12, 5, 30) * 4, (0, 0, 6, 0, 5, 9) * 4])
def test_a_series_without_small_numbers_loses_nothing(values: tuple[int, ...]) -> None:
    rule = openness([monthly(values[: 12 + n]) for n in range(1, 13)], 5)
    assert all(rule.shows(start, end) for start, end in windows(len(values)))


def test_a_small_month_takes_a_neighbour_with_it_and_leaves_quarter_and_year() -> None:
    rule = openness([monthly((9, 3, 8, 20, 20, 20, 20, 20, 20, 20, 20, 20))], 5)
    assert not rule.shows(APRIL, APRIL + 1)  # May: 3
    assert not rule.shows(APRIL - 1, APRIL + 1)  # year to date to May: less April it is May
    assert rule.shows(APRIL - 1, APRIL + 2)  # the quarter
    assert rule.shows(APRIL - 1, APRIL + 11)  # the year
    hidden = [rule.shows(APRIL - 2 + n, APRIL - 1 + n) for n in range(2, 4)]
    assert hidden.count(False) == 2  # May and one more: the quarter less the others would be May


def test_a_month_that_was_published_and_becomes_small_is_cut_out_of_every_period() -> None:
    rule = openness([monthly((9, 9, 9, 9)), monthly((9, 2, 9, 9))], 5)
    assert rule.shows(APRIL - 1, APRIL)
    assert rule.shows(APRIL + 1, APRIL + 3)
    assert not rule.shows(APRIL, APRIL + 1)
    # 29 less the other three months as they were published last time would be 2
    assert not rule.shows(APRIL - 1, APRIL + 3)


def test_what_was_hidden_is_not_opened_by_a_revision_of_its_neighbour() -> None:
    """July to September were published as 12, September as 9: July alone would now give August."""
    first, second = (9, 9, 9, 2, 3, 9), (9, 9, 9, 6, 3, 9)
    rule = openness([monthly(first), monthly(second)], 5)
    august = (APRIL + 3, APRIL + 4)
    assert not rule.shows(*august)
    assert not rule.shows(APRIL + 2, APRIL + 3)


def test_quarters_under_a_year_to_date_are_one_series() -> None:
    start = APRIL - 1
    returned = State(
        "returns",
        (
            Stretch(start, start + 3, 20.0),
            Stretch(start + 3, start + 6, 3.0),
            Stretch(start, start + 6, 23.0),
        ),
    )
    rule = openness([returned], 5)
    assert rule.shows(start, start + 3)
    assert not rule.shows(start + 3, start + 6)
    assert not rule.shows(start, start + 6)


def test_stretches_that_overlap_are_withheld_whole_where_a_difference_is_small() -> None:
    start = APRIL - 1
    one = State("returns", (Stretch(start, start + 3, 20.0), Stretch(start, start + 12, 23.0)))
    assert openness([one], 5).is_withheld
    two = State("returns", (Stretch(start, start + 3, 20.0), Stretch(start, start + 12, 90.0)))
    assert openness([two], 5) == Openness(is_whole=True)


def test_what_is_left_of_a_year_by_quarters_that_do_not_touch_is_seen() -> None:
    start = APRIL - 1
    returned = (
        Stretch(start, start + 12, 42.0),
        Stretch(start, start + 3, 20.0),
        Stretch(start + 6, start + 9, 20.0),
    )
    assert openness([State("returns", returned)], 5).is_withheld


def test_another_source_of_the_same_series_does_not_open_it() -> None:
    rule = openness([monthly((9, 9, 9), "force"), monthly((9, 3, 9), "returns")], 5)
    assert not rule.shows(APRIL, APRIL + 1)


def test_a_count_that_is_not_known_withholds_the_series() -> None:
    assert openness([State("returns", (Stretch(0, 12, None),))], 5).is_withheld


def test_a_running_year_is_not_opened_early_where_the_year_before_was_not() -> None:
    """A first quarter of 6 shown in June would cost the year: what is left of it is 4."""
    before, running = (1,) * 12, (2, 2, 2, 1, 0, 0, 1, 0, 0, 1, 0, 1)
    rule = openness([monthly(before + running[:3]), monthly(before + running)], 5)
    assert not rule.shows(APRIL + 11, APRIL + 14)
    assert rule.shows(APRIL + 11, APRIL + 23)
