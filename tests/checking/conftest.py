"""A small built warehouse, right in every row, to be made wrong one statement at a time."""

from __future__ import annotations

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
    baseline_3yr_value double
);
insert into fct_indicator_values
select
    'police_uk', 'robbery', 'lower_is_better', area_code, area_type, force_code, 'month',
    date '2018-07-01', date '2018-07-31', 1, 1, true, true, value, 1000, value, value * 0.9,
    value * 1.1, value * 12, 4, value - 4, 25 * (value - 4), null, value / 4, 0.5,
    'no clear change', false, date '2018-09-01', 4, null
from (values
    ('E22000001', 'csp', 'E23000001', 6.0), ('E22000002', 'csp', 'E23000001', 3.0),
    ('E23000001', 'force', 'E23000001', 10.0),
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
    change, change_pct, change_pp, rate, significance, is_suppressed
from fct_indicator_values
where area_code = 'E22000001';

create table rpt_coverage (
    source varchar, dataset varchar, scope varchar, indicator_id varchar, period_start date,
    period_end date, is_supplied boolean, vintages bigint, extract_date date, rows_read bigint,
    rows_loaded bigint, rows_rejected bigint
);
insert into rpt_coverage values
    ('police_uk', 'police_uk_street', 'hamshire', '*', '2018-07-01', '2018-07-31', true, 1,
     '2018-09-01', 10, 10, 0);
"""


@pytest.fixture
def warehouse(tmp_path):
    """Path of the small warehouse, closed."""
    path = tmp_path / "warehouse" / "warehouse.duckdb"
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES)
    return path


@pytest.fixture
def spoil(warehouse):
    """Run a statement that makes the warehouse wrong."""

    def run(statement: str) -> None:
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute(statement)

    return run
