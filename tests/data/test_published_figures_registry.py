"""Every figure of the printed reports names the tests that reproduce it, and those tests exist.

published_figures.csv holds what real reports print, a row a figure, with the mistakes that their
authors made (A12, C1, C4) and what follows from each by arithmetic.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT_ROOT

FIGURES = Path(__file__).with_name("published_figures.csv")

NIGHT = "tests/night/test_published_figures.py"
PRINTED = NIGHT + "::test_a_printed_figure_comes_out[{}]"
IMPLIED = NIGHT + "::test_what_dudleys_figures_imply[{}]"
WORDS = "tests/night/partnership/test_printed_words.py::"
INCREASE = WORDS + "test_an_increase_has_its_place_among_the_forces_increases[{}]"
GRANTS = "tests/night/partnership/test_grants.py::"
PARTNERSHIP = "tests/night/partnership/test_partnership_figures.py::"


def printed(figure: str, *others: str) -> tuple[str, ...]:
    return (PRINTED.format(figure), *others)


#: The tests, from files to published figures, that a row stands or falls with.
REPRODUCED_BY: dict[str, tuple[str, ...]] = {
    "A1": printed(
        "A1", IMPLIED.format("A1"), f"{NIGHT}::test_the_rise_in_total_crime_is_beyond_doubt"
    ),
    "A2": printed(
        "A2",
        IMPLIED.format("A2"),
        f"{NIGHT}::test_quarter_one_follows_by_subtraction[total_recorded_crime-4273-5314]",
    ),
    "A4": printed("A4", IMPLIED.format("A4")),
    "A5": printed("A5", IMPLIED.format("A5")),
    "A6": printed(
        "A6",
        IMPLIED.format("A6"),
        f"{NIGHT}::test_quarter_one_follows_by_subtraction[hate_crime-60-86]",
    ),
    "A7": printed("A7", IMPLIED.format("A7")),
    "A8": printed(
        "A8",
        IMPLIED.format("A8"),
        f"{NIGHT}::test_quarter_one_follows_by_subtraction[asb_calls_for_service-8324-9259]",
    ),
    "A9": printed("A9", IMPLIED.format("A9")),
    "A10": printed(
        "A10",
        IMPLIED.format("A10"),
        f"{NIGHT}::test_quarter_one_follows_by_subtraction[public_place_violence-627-742]",
    ),
    "A11": printed("A11", IMPLIED.format("A11")),
    # a mistake of the report: 80 of 329 is 24.3 %, and the rate fell
    "A12": printed(
        "A12",
        IMPLIED.format("A12"),
        f"{PARTNERSHIP}test_a_rate_is_put_together_from_cases_and_repeats_given_apart",
    ),
    "A13": (f"{WORDS}test_a13_dudley_has_the_lowest_rate_of_the_force",),
    "A14": (f"{WORDS}test_a14_dudley_is_second_of_fifteen_in_its_family",),
    "B1": printed("B1", INCREASE.format("B1")),
    "B2": printed(
        "B2",
        INCREASE.format("B2"),
        f"{NIGHT}::test_wolverhamptons_knife_crime_rose_within_normal_variation",
    ),
    "B3": printed("B3"),
    "B4": (INCREASE.format("B4"),),
    "B5": printed("B5"),
    "B6a": (f"{WORDS}test_a_fall_in_per_cent_alone[B6a]",),
    "B6b": (f"{WORDS}test_a_fall_in_per_cent_alone[B6b]",),
    "B7": (f"{WORDS}test_b7_confidence_is_the_highest_of_the_force",),
    "B8": (f"{PARTNERSHIP}test_a_gap_below_the_top_quartile_is_so_many_treatments",),
    "B9": printed("B9", f"{WORDS}test_b9_six_points_above_the_country"),
    # mistakes of the report: the lines sum to 492,500; two years had the same grant
    "C1": (f"{GRANTS}test_c1_the_lines_do_not_sum_to_the_stated_total",),
    "C2": (f"{GRANTS}test_c2_a_quarter_less_is_25_15_per_cent",),
    "C3": (f"{GRANTS}test_c3_what_is_available_includes_the_carry_forward",),
    "C4": (f"{GRANTS}test_c4_not_reduced_for_the_third_year_running",),
    "C5": (f"{GRANTS}test_c5_and_c6",),
    "C6": (f"{GRANTS}test_c5_and_c6",),
}


def figures(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


def test_no_figure_is_without_a_test_and_no_test_without_a_figure() -> None:
    assert list(figures(FIGURES)) == list(REPRODUCED_BY)


def test_every_figure_says_where_it_was_printed() -> None:
    for name, row in figures(FIGURES).items():
        assert "partnership report" in row["source"], name
        assert row["area"] in row["source"], name


@pytest.mark.shared_data
def test_the_figures_are_those_that_were_given(shared_data: Path) -> None:
    given = figures(shared_data.parent / "published_figures.csv")
    ours = {
        name: {column: cell for column, cell in row.items() if column != "source"}
        for name, row in figures(FIGURES).items()
    }
    assert ours == given


def test_every_named_test_exists() -> None:
    """As pytest collects them, with the parameters that the names carry."""
    named = {test for tests in REPRODUCED_BY.values() for test in tests}
    files = sorted({test.partition("::")[0] for test in named})
    collected = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *files],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert collected.returncode == 0, collected.stdout[-2000:]
    there = set(collected.stdout.splitlines())
    assert sorted(named - there) == []
