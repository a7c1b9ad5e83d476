"""What reports say in words of a figure, from files: ranks, per cent alone, gaps.

Where a report prints no count, the counts here are made up so that its words are true of them
(conftest.py says which); what is tested is that the warehouse says the same of such counts.
"""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Query


def only(rows: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    (row,) = rows
    return row


def test_a13_dudley_has_the_lowest_rate_of_the_force(query: Query) -> None:
    rows = query(
        """
        select area_name, rate_rank, areas_ranked from fct_force_ranks
        where force_code = 'E23000014' and indicator_id = 'total_recorded_crime'
            and source = 'partner_returns' and period_label = '2017/18 YTD to Sep'
            and period_type = 'ytd'
        order by rate_rank
        """
    )
    assert len(rows) == 7
    assert rows[0] == ("Dudley", 1, 7)


def test_a14_dudley_is_second_of_fifteen_in_its_family(query: Query) -> None:
    row = only(
        query(
            """
            select rank, family_size, members_reporting, is_whole_family from fct_family_ranks
            where area_name = 'Dudley' and indicator_id = 'total_recorded_crime'
                and scheme = 'made_up' and period_type = 'ytd'
                and period_label = '2017/18 YTD to Sep' and source = 'partner_returns'
            """
        )
    )
    assert row == (2, 15, 15, True)


def test_a_family_in_which_one_area_reports_has_no_mean(query: Query) -> None:
    rows = query("select family_mean_rate from rpt_figures where family_members_reporting = 1")
    assert rows, "a partnership reports what no other of its family does"
    assert {mean for (mean,) in rows} == {None}


CHANGES = [
    # id, indicator, financial year, change, per cent as printed, place among the seven by change
    ("B1", "total_recorded_crime", "2017/18", 2541, 13.6, 2),
    ("B2", "knife_crime", "2017/18", 30, 16.5, 4),
    ("B4", "total_recorded_crime", "2015/16", 509, 3, 2),
]


@pytest.mark.parametrize(
    ("indicator", "year", "change", "percent", "place"),
    [case[1:] for case in CHANGES],
    ids=[case[0] for case in CHANGES],
)
def test_an_increase_has_its_place_among_the_forces_increases(
    query: Query, indicator: str, year: str, change: int, percent: float, place: int
) -> None:
    row = only(
        query(
            """
            select figures.change, figures.change_pct, change_rank, areas_ranked_by_change
            from fct_indicator_values as figures
            inner join fct_force_ranks as ranks using
                (source, indicator_id, area_code, period_type, period_end)
            where figures.area_name = 'Wolverhampton' and source = 'partner_returns'
                and indicator_id = ? and period_type = 'financial_year'
                and figures.period_label = ?
            """,
            indicator,
            year,
        )
    )
    found, found_pct, found_place, areas = row
    places = len(str(percent).partition(".")[2])
    assert (found, round(found_pct, places)) == (change, percent)
    assert (found_place, areas) == (place, 7)


@pytest.mark.parametrize(
    ("indicator", "percent"), [("asb_youth", -13), ("residential_burglary", -3)], ids=["B6a", "B6b"]
)
def test_a_fall_in_per_cent_alone(query: Query, indicator: str, percent: int) -> None:
    row = only(
        query(
            """
            select round(change_pct, 9), change_pct_is_unreliable from fct_indicator_values
            where area_name = 'Wolverhampton' and indicator_id = ?
                and period_type = 'financial_year' and period_label = '2015/16'
            """,
            indicator,
        )
    )
    assert row == (percent, False)


def test_b7_confidence_is_the_highest_of_the_force(query: Query) -> None:
    rows = query(
        """
        select area_name, rate_rank, areas_ranked from fct_force_ranks
        where indicator_id = 'public_confidence' and force_code = 'E23000014'
            and period_type = 'financial_year' and period_label = '2015/16'
        order by rate_rank
        """
    )
    assert rows[0] == ("Wolverhampton", 1, 7)
    assert rows[1][0] == "Solihull"  # 70.9 of 71.0: higher is better
    assert rows[-1][0] == "Sandwell"


def test_b9_six_points_above_the_country(query: Query) -> None:
    row = only(
        query(
            """
            select value, country_value, round(country_gap, 9) from fct_partner_values
            where area_name = 'Wolverhampton' and indicator_id = 'alcohol_completions'
                and period_type = 'financial_year' and period_label = '2015/16'
            """
        )
    )
    assert row == (45.2, 39.2, 6.0)
