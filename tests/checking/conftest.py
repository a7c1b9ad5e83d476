"""A small built warehouse, right in every row, to be made wrong one statement at a time."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

TABLES = """
create table dim_areas (
    area_code varchar, area_name varchar, area_type varchar, force_code varchar,
    is_home_area boolean
);
insert into dim_areas values
    ('E22000001', 'Northham', 'csp', 'E23000001', true),
    ('E22000002', 'Southham', 'csp', 'E23000001', false),
    ('E23000001', 'Hamshire', 'force', 'E23000001', false),
    ('E23000001_unknown', 'Hamshire, location unknown', 'location_unknown', 'E23000001', false);

create table areas as select area_code, area_type from dim_areas;

-- a neighbouring force's few crimes here, in a file that is not its whole month
insert into areas values ('E23000002', 'force');
create table int_counted_observations (
    source varchar, indicator_id varchar, area_code varchar, period_end date, numerator double,
    is_supplied boolean
);
insert into int_counted_observations values
    ('police_uk', 'robbery', 'E23000002', '2018-07-31', 2, false),
    ('police_uk', 'robbery', 'E23000001', '2018-07-31', 8, true);

create table dim_indicators (
    indicator_id varchar, indicator_name varchar, definition varchar, unit varchar,
    polarity varchar, rate_per bigint, parent_indicator_id varchar
);
insert into dim_indicators values
    ('robbery', 'Robbery', 'Robberies recorded.', 'count', 'lower_is_better', 1000, null);

create table fct_indicator_values (
    source varchar, indicator_id varchar, polarity varchar, area_code varchar, area_type varchar,
    force_code varchar, period_type varchar, period_start date, period_end date,
    months_expected bigint, months_supplied bigint, is_complete boolean,
    is_headline_source boolean, value double, denominator double, rate double, rate_lower double,
    rate_upper double, annualised_rate double, previous_value double, change double,
    change_pct double, change_pp double, change_ratio double, change_p_value double,
    significance varchar, is_suppressed boolean, extract_date date, previous_rate double,
    baseline_3yr_value double, value_so_far double, is_comparison_suppressed boolean,
    denominator_kind varchar, population_year bigint, is_population_out_of_date boolean
);
insert into fct_indicator_values
select
    'police_uk', 'robbery', 'lower_is_better', area_code, area_type, force_code, 'month',
    date '2018-07-01', date '2018-07-31', 1, 1, true, true, value, 1000, value, value * 0.9,
    value * 1.1, value * 12, 4, value - 4, 25 * (value - 4), null, value / 4, 0.5,
    'no clear change', false, date '2018-09-01', 4, null, null, false,
    'residents', 2017, false
from (values
    ('E22000001', 'csp', 'E23000001', 6.0), ('E22000002', 'csp', 'E23000001', 3.0),
    ('E23000001', 'force', 'E23000001', 8.0),
    ('E23000001_unknown', 'location_unknown', 'E23000001', 1.0)
) as areas (area_code, area_type, force_code, value);

create table fct_family_ranks (
    scheme varchar, source varchar, indicator_id varchar, area_code varchar, period_type varchar,
    period_end date, rate double, rank bigint, rank_best bigint, rank_worst bigint,
    members_reporting bigint, family_size bigint, quartile bigint, family_mean_rate double,
    family_pooled_rate double
);
insert into fct_family_ranks values
    ('illustrative', 'police_uk', 'robbery', 'E22000001', 'month', '2018-07-31', 6, 2, 1, 2,
     2, 2, 4, 4.5, 4.5);

create table fct_force_ranks (
    force_code varchar, source varchar, indicator_id varchar, area_code varchar,
    period_type varchar, period_end date, rate double, rate_rank bigint, change_pct double,
    change_rank bigint, areas_ranked bigint
);
insert into fct_force_ranks values
    ('E23000001', 'police_uk', 'robbery', 'E22000001', 'month', '2018-07-31', 6, 2, 50, 2, 2),
    ('E23000001', 'police_uk', 'robbery', 'E22000002', 'month', '2018-07-31', 3, 1, -25, 1, 2);

create table rpt_scorecard as
select
    area_code, indicator_id, source, period_type, period_end, is_complete, value, previous_value,
    change, change_pct, change_pp, rate, significance, is_suppressed,
    is_comparison_suppressed, value_so_far
from fct_indicator_values
where area_code = 'E22000001';

create table rpt_coverage (
    source varchar, dataset varchar, scope varchar, indicator_id varchar, period_start date,
    period_end date, is_supplied boolean, vintages bigint, extract_date date, rows_read bigint,
    rows_loaded bigint, rows_rejected bigint, areas_not_in_file varchar
);
insert into rpt_coverage values
    ('police_uk', 'police_uk_street', 'hamshire', '*', '2018-07-01', '2018-07-31', true, 1,
     '2018-09-01', 10, 10, 0, null);
"""


# The other marts with rules, a right row each: only the columns that the rules read.
MARTS = {
    "fct_control_charts": "false as is_suppressed, 5.0 as value, 5.0 as mean, "
    "2.0 as mean_moving_range, 0.0 as lower_limit, 10.0 as upper_limit",
    "fct_seasonality": "false as is_suppressed, 5.0 as value, 5.0 as history_mean, "
    "4.0 as history_min, 6.0 as history_max, 3.0 as expected_lower, 7.0 as expected_upper, "
    "1 as rank_from_highest, 3 as years_ranked",
    "fct_trends": "false as is_suppressed, 5.0 as first_value, 6.0 as last_value, 0.2 as slope, "
    "0.5 as p_value, 1.0 as chi_square",
    "fct_forecasts": "false as is_suppressed, 5.0 as value_so_far, 9.0 as forecast, "
    "8.0 as forecast_lower, 10.0 as forecast_upper, 0.1 as mean_error",
    "fct_funnel": "false as is_suppressed, false as is_benchmark_suppressed, "
    "5.0 as value, 5.0 as rate, 5.0 as benchmark_rate, "
    "3.0 as lower_2_sigma, 7.0 as upper_2_sigma, 2.0 as lower_3_sigma, 8.0 as upper_3_sigma, "
    "7 as areas_pooled, 7 as areas_in_benchmark",
    "fct_harm": "false as is_suppressed, false as is_severity_suppressed, "
    "5.0 as value, 50.0 as severity, 5.0 as severity_rate, "
    "100.0 as weighted_share_pct",
    "fct_outcomes": "false as is_suppressed, 10 as crimes, 8 as decided_outcomes, "
    "2 as positive_outcomes, 25.0 as positive_outcome_rate, 7.0 as rate_lower, "
    "60.0 as rate_upper, 20.0 as undecided_pct",
    "fct_marac_breakdowns": "false as is_suppressed, 8 as counted",
    "fct_repeat_locations": "false as is_suppressed, 9 as records, 5 as callers, "
    "1 as repeat_callers, 6 as locations, 2 as repeat_locations",
    "fct_stop_and_search": "9 as searches, 3 as searches_with_linked_outcome",
    "fct_partner_values": "false as is_suppressed, 8.0 as value, 8.0 as numerator, "
    "100.0 as denominator, 4.0 as value_lower, 15.0 as value_upper",
    "fct_rank_changes": "false as is_suppressed, false as is_rank_suppressed, 2 as rank, "
    "1 as previous_rank, "
    "5.0 as rate, 4.0 as previous_rate, 15 as members_reporting, 15 as previous_members_reporting, "
    "1 as own_rate_effect, 0 as peers_rates_effect, 0 as membership_effect, 1 as rank_change",
    "fct_headline_sensitivity": "false as is_suppressed, "
    "false as is_comparison_suppressed, 5.0 as value, 5.0 as rate, "
    "2 as family_rank, 15 as family_members_reporting, 1 as force_rank, 7 as force_areas_ranked",
    "fct_neighbourhoods": "5.0 as value, 5.0 as rate, 2.0 as share_of_csp_pct, "
    "20.0 as csp_top_5pct_share_pct, 3 as rank_in_csp, 200 as neighbourhoods_in_csp",
    "fct_revisions": "false as is_suppressed, 5.0 as figure, 4.0 as first_figure, "
    "5.0 as current_figure, 2 as vintage_number, true as is_current",
    "fct_reporting_or_harm": "false as is_suppressed, false as is_severity_suppressed, "
    "9.0 as value, 50.0 as severity, "
    "25.0 as positive_outcome_rate, 7.0 as positive_outcome_rate_lower, "
    "60.0 as positive_outcome_rate_upper, 20.0 as undecided_pct, 100.0 as weighted_share_pct",
    "fct_grant_lines": "1000.0 as available, 300.0 as spend_to_date, 700.0 as underspend, "
    "900.0 as forecast, 100.0 as forecast_underspend",
}


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of the small warehouse."""
    connection.execute(TABLES)
    for mart, row in MARTS.items():
        doubles = row.replace(".0 as", ".0::double as")
        connection.execute(f"create table {mart} as select {doubles}")


@pytest.fixture(scope="session")
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    """The small warehouse in memory: a test that changes it rolls its change back."""
    with duckdb.connect() as connection:
        fill(connection)
        yield connection


@pytest.fixture
def warehouse(tmp_path):
    """Path of the small warehouse, closed."""
    path = tmp_path / "warehouse" / "warehouse.duckdb"
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as connection:
        fill(connection)
    return path


@pytest.fixture
def spoil(warehouse):
    """Run a statement that makes the warehouse wrong."""

    def run(statement: str) -> None:
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute(statement)

    return run
