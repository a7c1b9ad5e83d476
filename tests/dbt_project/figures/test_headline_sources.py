"""Which source speaks for a figure (definitions 6), and from which source a family rank is (5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

KEY = "source varchar, indicator_id varchar, area_code varchar, period_type varchar"
MONTH_ENDS = {m: date(2025 + (m - 1) // 12, (m - 1) % 12 + 1, 28) for m in range(-30, 25)}


def speaking(
    models: Any,
    figures: list[tuple[str, int, bool]],
    rule: str,
    withheld: tuple[tuple[str, int], ...] = (),
) -> dict[int, str]:
    """The source that speaks, by month; figures are source, month and whether it is complete."""
    rows = [(s, "i", "A", "month", MONTH_ENDS[m], ok) for s, m, ok in figures]
    rows += [("other", "i", "B", "month", MONTH_ENDS[24], True)]
    rows += [("other", "j", "A", "month", MONTH_ENDS[24], True)]
    models.fill("int_indicator_values", f"{KEY}, period_end date, is_complete boolean", rows)
    models.fill(
        "int_withheld_cells",
        f"{KEY}, period_end date",
        [(s, "i", "A", "month", MONTH_ENDS[m]) for s, m in withheld],
    )
    models.fill(
        "int_indicators",
        "indicator_id varchar, source_rule varchar",
        [("i", rule), ("j", ">".join(reversed(rule.split(">"))))],
    )
    models.build("int_source_order", "int_headline_figures", "int_headline_sources")
    others = models.rows("from int_headline_sources where indicator_id = 'j' or area_code = 'B'")
    assert {row["source"] for row in others} == {"other"}
    months = {end: month for month, end in MONTH_ENDS.items()}
    found = models.rows("from int_headline_figures where indicator_id = 'i' and area_code = 'A'")
    assert len({row["period_end"] for row in found}) == len(found)
    return {months[row["period_end"]]: row["source"] for row in found}


@pytest.mark.parametrize(
    ("newest", "rule", "expected"),
    [
        ({"s": 9, "t": 9}, "t>s", "t"),
        ({"s": 9, "t": 9}, "s>t", "s"),
        ({"s": 9, "t": 6}, "t>s", "t"),  # three months behind is still up to date
        ({"s": 9, "t": 5}, "t>s", "s"),
        ({"s": 9, "t": -11}, "t>s", "s"),  # twenty months
        ({"s": 9, "t": 9}, "t", "t"),  # a source that the rule does not name comes last
        ({"b": 9, "a": 9}, "t", "a"),  # of two that it does not name, the first by name
        ({"s": 5, "a": 9}, "s", "a"),
    ],
)
def test_the_first_source_of_the_rule_that_is_up_to_date_speaks(
    models: Any, newest: dict[str, int], rule: str, expected: str
) -> None:
    figures = [(s, m, True) for s, last in newest.items() for m in (-20, last)]
    found = speaking(models, figures, rule)
    assert found[-20] == expected
    assert set(found.values()) == {expected}


def test_incomplete_periods_make_no_source_up_to_date(models: Any) -> None:
    """t has a part of September, and its last complete month is April: s, to August, speaks."""
    figures = [("t", 4, True), ("t", 9, False), ("s", 4, True), ("s", 8, True), ("s", 9, False)]
    assert speaking(models, figures, "t>s") == {4: "s", 8: "s", 9: "s"}


def test_a_source_without_a_complete_period_speaks_only_where_no_other_has_one(
    models: Any,
) -> None:
    assert speaking(models, [("t", 9, False), ("s", 2, True)], "t>s") == {2: "s"}
    assert speaking(models, [("t", 9, False), ("s", 2, False)], "t>s") == {9: "t"}


def test_where_the_first_source_is_withheld_the_public_one_speaks(models: Any) -> None:
    figures = [(s, m, True) for s in ("force", "public") for m in (7, 8, 9)]
    found = speaking(models, figures, "force>public", withheld=(("force", 8),))
    assert found == {7: "force", 8: "public", 9: "force"}


@pytest.mark.parametrize(("month", "expected"), [(8, "force"), (9, "public")])
def test_the_source_of_the_newest_complete_figure_speaks_for_the_area(
    models: Any, month: int, expected: str
) -> None:
    figures = [(s, m, True) for s in ("force", "public") for m in (7, 8, 9)]
    figures += [("force", 10, False)]
    speaking(models, figures, "force>public", withheld=(("force", month),))
    found = models.rows(
        "select source from int_headline_sources where (indicator_id, area_code) = ('i', 'A')"
    )
    assert found == [{"source": expected}]


def test_a_withheld_figure_stands_where_no_other_source_has_it_whole(models: Any) -> None:
    figures = [("force", 8, True), ("public", 8, False), ("force", 7, True)]
    found = speaking(models, figures, "force>public", withheld=(("force", 8), ("force", 7)))
    assert found == {7: "force", 8: "force"}


def ranks(
    models: Any, *rows: tuple[Any, ...], headline: str, withheld: tuple[str, ...] = ()
) -> Any:
    end = MONTH_ENDS[9]
    models.fill(
        "int_family_ranks",
        f"scheme varchar, {KEY}, period_end date, members_reporting bigint",
        [("msf", s, "i", "A", "month", end, members) for s, members in rows],
    )
    models.fill(
        "int_headline_figures", f"{KEY}, period_end date", [(headline, "i", "A", "month", end)]
    )
    models.fill(
        "int_withheld_rows",
        f"{KEY}, period_end date, is_withheld boolean, is_family_withheld boolean",
        [(s, "i", "A", "month", end, False, True) for s in withheld],
    )
    models.build("int_headline_ranks")
    (found,) = models.rows("from int_headline_ranks")
    return found["source"]


def test_the_source_in_which_more_of_the_family_report_ranks(models: Any) -> None:
    """5 of 15 members by the force's extract, all 15 by data.police.uk."""
    assert ranks(models, ("force", 5), ("public", 15), headline="force") == "public"
    assert ranks(models, ("force", 15), ("public", 15), headline="force") == "force"
    assert ranks(models, ("force", 15), ("public", 14), headline="public") == "force"


def test_a_rank_that_is_withheld_leaves_its_place_to_another(models: Any) -> None:
    found = ranks(models, ("force", 15), ("public", 9), headline="force", withheld=("force",))
    assert found == "public"
