"""From files to figures: MARAC, anti-social behaviour, partners, targets, breaks (synthetic)."""

from __future__ import annotations

from datetime import date

import pytest

from .conftest import Query


def test_a_repeat_is_within_twelve_months_of_the_last_referral(query: Query) -> None:
    """By hand from the definition: V-2 is within 12 months of its conference, not its referral."""
    rows = query(
        """
        select month, referral_date, is_repeat_any_abuse, is_repeat_potentially_criminal
        from intermediate.int_marac__repeats
        where is_repeat_any_abuse or is_repeat_potentially_criminal
        order by month
        """
    )
    assert [(str(r[1]), r[2], r[3]) for r in rows] == [
        ("2017-02-20", True, False),
        ("2017-06-01", True, True),
    ]


def true_values(query: Query, source: str, indicator: str, area: str) -> dict[str, float]:
    return {
        f"{kind} {end}": value
        for kind, end, value in query(
            """
            select period_type, period_end, value from intermediate.int_indicator_values
            where source = ? and indicator_id = ? and area_name = ? and is_complete
            """,
            source,
            indicator,
            area,
        )
    }


def test_repeats_are_known_only_with_the_year_before_them(query: Query) -> None:
    cases = true_values(query, "marac", "marac_cases", "Dudley")
    repeats = true_values(query, "marac", "marac_repeat_cases", "Dudley")
    criminal = true_values(query, "marac", "marac_repeat_cases_criminal", "Dudley")
    assert (cases["calendar_year 2016-12-31"], cases["calendar_year 2017-12-31"]) == (3, 6)
    assert cases["month 2016-04-30"] == 0  # covered, and nothing was discussed
    assert "calendar_year 2016-12-31" not in repeats
    assert repeats["month 2017-04-30"] == 0  # no cases, therefore no repeats
    assert repeats["quarter 2017-12-31"] == 0
    assert (repeats["calendar_year 2017-12-31"], criminal["calendar_year 2017-12-31"]) == (2, 1)
    rates = true_values(query, "marac", "marac_repeat_rate", "Dudley")
    assert rates["calendar_year 2017-12-31"] == pytest.approx(100 * 2 / 6)
    rates = true_values(query, "marac", "marac_repeat_rate_criminal", "Dudley")
    assert rates["calendar_year 2017-12-31"] == pytest.approx(100 * 1 / 6)


def test_a_rate_is_put_together_from_cases_and_repeats_given_apart(query: Query) -> None:
    """89 of 398 is 22.4 %, 80 of 329 is 24.3 %: down by 1.95 points, p 0.53 (published A12)."""
    ((value, numerator, denominator, previous, change_pp, p_value, significance),) = query(
        """
        select value, numerator, denominator, previous_value, change_pp, change_p_value,
            significance
        from intermediate.int_indicator_values
        where source = 'marac' and indicator_id = 'marac_repeat_rate'
            and area_name = 'Wolverhampton' and period_type = 'rolling_12'
            and period_end = date '2017-09-30'
        """
    )
    assert (round(value, 1), numerator, denominator) == (22.4, 89, 398)
    assert (round(previous, 1), round(change_pp, 2), round(p_value, 2)) == (24.3, -1.95, 0.53)
    assert significance == "no clear change"


def test_a_breakdown_with_a_small_count_is_withheld_whole(query: Query) -> None:
    rows = query("select measure, breakdown, counted, is_suppressed from fct_marac_breakdowns")
    assert sorted(rows, key=str) == sorted(
        [
            ("referrals", "Police", 60, False),
            ("referrals", "Health", 38, False),
            ("diversity", "Disabled", None, True),
            ("diversity", "Other", None, True),
        ],
        key=str,
    )


def test_incidents_youth_and_calls_are_counted_and_newer_months_win(query: Query) -> None:
    incidents = true_values(query, "asb", "asb_incidents", "Dudley")
    assert incidents["month 2017-04-30"] == 73
    assert incidents["month 2017-05-31"] == 0
    assert incidents["quarter 2017-06-30"] == 74
    assert true_values(query, "asb", "asb_youth", "Dudley")["month 2017-04-30"] == 27
    calls = true_values(query, "asb", "asb_calls_for_service", "Walsall")
    assert (calls["month 2017-04-30"], calls["month 2017-05-31"]) == (125, 140)


def test_a_winter_that_nobody_supplied_is_not_zero(query: Query) -> None:
    rows = query(
        """
        select period_label, value, value_so_far, previous_value, months_supplied, is_complete
        from intermediate.int_indicator_values
        where source = 'asb' and indicator_id = 'asb_incidents' and area_name = 'Coventry'
            and (
                period_type = 'financial_year'
                or period_label in ('2017/18 YTD to Sep', 'Sep 2017', 'Oct 2016', 'Oct 2017')
            )
        """
    )
    found = {label: tuple(rest) for label, *rest in rows}
    assert found["2016/17"] == (None, 360, None, 6, False)
    assert found["2017/18"] == (None, 300, None, 6, False)
    assert found["2017/18 YTD to Sep"] == (300, None, 360, 6, True)
    assert found["Sep 2017"] == (50, None, 60, 1, True)
    for month in ("Oct 2016", "Oct 2017"):  # not supplied, and not over on the extract date
        assert month not in found or found[month][0] is None
    missing = query(
        """
        select strftime(period_start, '%Y-%m') from rpt_coverage
        where source = 'asb' and scope = 'Coventry' and not is_supplied order by all
        """
    )
    assert [month for (month,) in missing] == [
        "2016-10", "2016-11", "2016-12", "2017-01", "2017-02", "2017-03",
    ]  # fmt: skip


def test_repeat_places_are_counts_without_keys_and_small_ones_cannot_be_had(query: Query) -> None:
    rows = query(
        """
        select place, records, callers, repeat_callers, locations, is_suppressed
        from fct_repeat_locations
        where area_name = 'Dudley' and month = date '2017-04-01' order by place
        """
    )
    # W3 has three records; W2 goes with it, or the area's 73 less 40 and 30 would be W3
    assert rows == [
        ("W1", 40, 8, 8, 6, False),
        ("W2", None, None, None, None, True),
        ("W3", None, None, None, None, True),
    ]
    in_full = query(
        """
        select records, callers, repeat_callers, records_of_repeat_callers, locations,
            repeat_locations
        from intermediate.int_asb__repeat_places where place = 'W3'
        """
    )
    assert in_full == [(3, 3, 3, 3, 3, 3)]  # their callers called from other wards too
    june = query(
        "select repeat_callers from intermediate.int_asb__repeat_places "
        "where month = date '2017-06-01' and place = 'W1'"
    )
    assert june == [(0,)]
    columns = query("select column_name from (describe fct_repeat_locations)")
    assert not [name for (name,) in columns if "key" in name or "reference" in name]


def partner_row(query: Query, indicator: str) -> dict[str, object]:
    columns = (
        "value, numerator, denominator, value_lower, value_upper, region_value, region_gap, "
        "people_behind_region, country_value, country_gap, people_behind_country, "
        "top_quartile_gap, people_behind_top_quartile"
    )
    ((*row,),) = query(
        f"""
        select {columns} from fct_partner_values
        where source = 'partner_returns' and indicator_id = ? and area_name = 'Wolverhampton'
            and period_type = 'financial_year' and period_end = date '2017-03-31'
        """,
        indicator,
    )
    return dict(zip(columns.split(", "), row, strict=True))


def test_a_gap_below_the_top_quartile_is_so_many_treatments(query: Query) -> None:
    """1.32 points below, about 15 treatments, of about 1,136 clients (published B8)."""
    row = partner_row(query, "opiate_completions")
    assert row["top_quartile_gap"] == pytest.approx(-1.32, abs=1e-9)
    assert row["people_behind_top_quartile"] == 15
    assert row["region_value"] == 7.0  # the region, not the force of the same name
    assert row["people_behind_region"] == 0  # ahead of it
    assert row["people_behind_country"] == 3  # 9.0 - 8.8028 points of 1,136 are 2.24


def test_wilson_limits_stand_beside_a_proportion(query: Query) -> None:
    """260 of 1,000: Wilson's formula by hand gives 23.38 to 28.81."""
    row = partner_row(query, "adult_reoffending")
    z = 1.959963984540054
    x, n = 260, 1000
    half = z * (z * z + 4 * x * (1 - x / n)) ** 0.5
    assert row["value_lower"] == pytest.approx(100 * (2 * x + z * z - half) / (2 * (n + z * z)))
    assert row["value_upper"] == pytest.approx(100 * (2 * x + z * z + half) / (2 * (n + z * z)))
    # reoffending is better low: one point above the country is ten people behind it
    assert (row["country_gap"], row["people_behind_country"]) == (1.0, 10)


def test_targets_of_quarters_and_years_give_green_amber_and_red(query: Query) -> None:
    rows = query(
        """
        select indicator_id, period_label, target_value, rag from fct_indicator_values
        where area_name = 'Wolverhampton' and target_value is not null order by 1, 2
        """
    )
    assert rows == [
        ("people_trained", "2017/18", 100.0, "amber"),  # 95 of 100, five per cent under
        ("robbery", "2017/18 Q1", 100.0, "amber"),  # 105: five per cent over is within
        ("robbery", "2017/18 Q2", 100.0, "red"),  # 106 against the newer plan, not the older 106
    ]


def test_a_delivered_break_stands_beside_the_comparison(query: Query) -> None:
    ((note, direction),) = query(
        """
        select break_note, direction_of_travel from fct_indicator_values
        where area_name = 'Wolverhampton' and indicator_id = 'robbery'
            and period_label = '2017/18 Q2'
        """
    )
    assert (note, direction) == ("A new system of the partner", None)


def test_seeds_of_breaks_still_stand(query: Query) -> None:
    dates = query(
        "select break_date from intermediate.int_breaks "
        "where indicator_id = 'residential_burglary' order by break_date"
    )
    # the Home Office's new burglary classes, and their split
    assert dates == [(date(2017, 4, 1),), (date(2023, 4, 1),)]
