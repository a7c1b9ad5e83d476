"""is_suppressed speaks of the row's own figure: where it is true, that figure is NULL."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

END = date(2025, 6, 30)
KEY = (
    "source varchar, indicator_id varchar, area_code varchar, period_type varchar, period_end date"
)
FLAGS = (
    "is_withheld", "is_previous_withheld", "is_baseline_withheld", "is_family_withheld",
    "is_previous_family_withheld", "is_force_withheld", "is_previous_force_withheld",
)  # fmt: skip


def withhold(models: Any, *flags: str) -> None:
    models.fill(
        "int_withheld_rows",
        f"{KEY}, " + ", ".join(f"{flag} boolean" for flag in FLAGS),
        [("x", "i", "A", "month", END, *(flag in flags for flag in FLAGS))] if flags else [],
    )


def only_row(models: Any, mart: str) -> dict[str, Any]:
    models.build(mart)
    (row,) = models.rows(f"from {mart}")
    return dict(row)


@pytest.mark.parametrize(
    ("flags", "own", "rank"),
    [((), False, False), (("is_withheld",), True, True), (("is_force_withheld",), False, True)],
)
def test_a_rank_in_the_force(models: Any, flags: tuple[str, ...], own: bool, rank: bool) -> None:
    models.fill(
        "int_force_ranks",
        f"force_code varchar, {KEY}, area_name varchar, period_label varchar, rate double,"
        " rate_rank bigint, change_pct double, change_rank bigint, areas_ranked bigint,"
        " areas_ranked_by_change bigint, partnerships_in_force bigint,"
        " change_pct_is_unreliable boolean, break_note varchar, rank_basis varchar",
        [("F", "x", "i", "A", "month", END, "A", "June", 2.5, 1, 9.0, 2, 7, 7, 7, False, None,
          "b")],
    )  # fmt: skip
    withhold(models, *flags)
    row = only_row(models, "fct_force_ranks")
    assert (row["is_suppressed"], row["rate"] is None) == (own, own)
    assert (row["is_rank_suppressed"], row["rate_rank"] is None) == (rank, rank)


@pytest.mark.parametrize(
    ("flags", "own", "rank"),
    [((), False, False), (("is_withheld",), True, True), (("is_family_withheld",), False, True)],
)
def test_a_rank_in_the_family(models: Any, flags: tuple[str, ...], own: bool, rank: bool) -> None:
    models.fill(
        "int_family_ranks",
        f"scheme varchar, {KEY}, area_name varchar, period_label varchar, rate double,"
        " rank bigint, rank_best bigint, rank_worst bigint, members_reporting bigint,"
        " family_size bigint, quartile bigint, family_mean_rate double,"
        " family_pooled_rate double, gap_to_mean_pct double, offences_above_mean double,"
        " offences_to_next_place double, is_illustrative boolean, is_whole_family boolean,"
        " rank_basis varchar, rank_in_words varchar",
        [("s", "x", "i", "A", "month", END, "A", "June", 2.5, 2, 1, 4, 15, 15, 1, 3.0, 3.1, -9.0,
          -4.0, 2.0, False, True, "b", "2nd of 15")],
    )  # fmt: skip
    models.fill("int_headline_ranks", f"scheme varchar, {KEY}", [])
    withhold(models, *flags)
    row = only_row(models, "fct_family_ranks")
    assert (row["is_suppressed"], row["rate"] is None) == (own, own)
    assert (row["is_rank_suppressed"], row["rank"] is None) == (rank, rank)


@pytest.mark.parametrize(
    ("flags", "own"),
    [
        ((), False),
        (("is_withheld",), True),
        (("is_severity_withheld",), False),
        (("is_withheld", "is_severity_withheld"), True),
    ],
)
def test_a_count_stands_beside_a_severity_that_is_withheld(
    models: Any, flags: tuple[str, ...], own: bool
) -> None:
    models.fill(
        "int_harm_figures",
        f"scheme varchar, {KEY}, indicator_name varchar, polarity varchar, area_name varchar,"
        " area_type varchar, force_code varchar, period_label varchar, period_start date,"
        " months_expected bigint, months_supplied bigint, is_complete boolean, records bigint,"
        " weighted_records bigint, severity double, denominator double, denominator_kind varchar,"
        " population_year bigint, rate_per bigint, previous_severity double,"
        " previous_records bigint, break_note varchar, is_severity_withheld boolean,"
        " is_previous_severity_withheld boolean, severity_per_offence double,"
        " weighted_share_pct double, severity_rate double, severity_change double,"
        " severity_change_pct double, count_change_pct double",
        [("s", "x", "i", "A", "month", END, "I", "neutral", "A", "csp", "F", "June", END, 1, 1,
          True, 8, 8, 80.0, 1e5, "residents", 2023, 1000, 70.0, 7, None,
          "is_severity_withheld" in flags, False, 10.0, 100.0, 0.8, 10.0, 14.3, 14.3)],
    )  # fmt: skip
    withhold(models, *(flag for flag in flags if flag in FLAGS))
    row = only_row(models, "fct_harm")
    assert (row["is_suppressed"], row["value"] is None) == (own, own)
    assert (row["is_severity_suppressed"], row["severity"] is None) == (bool(flags),) * 2


@pytest.mark.parametrize(
    ("flags", "own", "rank"),
    [
        ((), False, False),
        (("is_withheld",), True, True),
        (("is_previous_withheld",), False, True),
        (("is_family_withheld",), False, True),
    ],
)
def test_a_rate_stands_beside_a_change_of_rank_that_is_withheld(
    models: Any, flags: tuple[str, ...], own: bool, rank: bool
) -> None:
    models.fill(
        "int_rank_changes",
        f"scheme varchar, {KEY}, area_name varchar, period_label varchar, rate double,"
        " previous_rate double, previous_rank bigint, rank bigint, rank_change bigint,"
        " own_rate_effect bigint, peers_rates_effect bigint, membership_effect bigint,"
        " rank_if_only_own_changed bigint, rank_if_only_peers_changed bigint,"
        " members_in_both bigint, previous_members_reporting bigint, members_reporting bigint,"
        " break_note varchar, is_illustrative boolean",
        [("s", "x", "i", "A", "month", END, "A", "June", 2.5, 2.4, 1, 2, 1, 1, 0, 0, 2, 1, 15, 15,
          15, None, False)],
    )  # fmt: skip
    withhold(models, *flags)
    row = only_row(models, "fct_rank_changes")
    assert (row["is_suppressed"], row["rate"] is None) == (own, own)
    assert (row["is_rank_suppressed"], row["rank"] is None) == (rank, rank)


@pytest.mark.parametrize(
    ("flags", "own", "comparison"),
    [
        ((), False, False),
        (("is_withheld",), True, True),
        (("is_previous_withheld",), False, True),
        (("is_force_withheld",), False, True),
    ],
)
def test_a_figure_stands_beside_a_choice_whose_comparison_is_withheld(
    models: Any, flags: tuple[str, ...], own: bool, comparison: bool
) -> None:
    models.fill(
        "int_headline_sensitivity",
        f"{KEY}, area_name varchar, indicator_name varchar, period_label varchar,"
        " denominator_policy varchar, is_base boolean, value double, rate double,"
        " previous_value double, previous_rate double, change double, change_pct double,"
        " change_pp double, rate_change double, family_rank bigint, force_rank bigint,"
        " sign_flips boolean, family_rank_flips boolean, force_rank_flips boolean,"
        " headline_is_sensitive boolean, population_year bigint,"
        " family_members_reporting bigint, force_areas_ranked bigint",
        [("x", "i", "A", "month", END, "A", "I", "June", "own_year", True, 8.0, 2.5, 7.0, 2.4, 1.0,
          14.3, None, 0.1, 1, 2, False, False, False, False, 2023, 15, 7)],
    )  # fmt: skip
    withhold(models, *flags)
    row = only_row(models, "fct_headline_sensitivity")
    assert (row["is_suppressed"], row["value"] is None) == (own, own)
    assert (row["is_comparison_suppressed"], row["sign_flips"] is None) == (comparison, comparison)
