"""`csp scorecard` of any area and period, from `rpt_figures`, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from flows.command import terminal

FIGURES = """
create table rpt_figures as
select
    area_code, area_name, 'csp' as area_type, 'E23000014' as force_code, indicator_id,
    indicator_name, 'theme' as theme, 'count' as unit, 'lower_is_better' as polarity, period_type,
    period_label, period_end, 'police_uk' as source, value, previous_value,
    value - previous_value as change,
    100.0 * (value - previous_value) / previous_value as change_pct,
    null::double as change_pp, false as change_pct_is_unreliable, 'higher' as significance,
    'worse' as direction_of_travel,
    if(indicator_id = 'burglary', 'not comparable', 'higher (worse)') as verdict, 9.4 as rate,
    1000.0 as rate_per, if(indicator_id = 'burglary', 2011, 2017) as population_year,
    if(indicator_id = 'burglary', 'households', 'residents') as denominator_kind,
    1 as force_rate_rank, 2 as force_change_rank,
    7 as force_areas_ranked, 'illustrative' as family_scheme, 'police_uk' as family_source,
    2 as family_rank, 1 as family_rank_best, 4 as family_rank_worst, 15 as family_size,
    15 as family_members_reporting, true as family_is_illustrative, null::double as target_value,
    null::varchar as rag,
    if(indicator_id = 'burglary', 'New classes of April 2018', null) as break_note,
    false as is_provisional,
    false as is_suppressed, false as is_comparison_suppressed, date '2018-09-01' as extract_date
from (values
    ('E22000340', 'Walsall', 'robbery', 'Robbery', 'month', 'Jul 2018', date '2018-07-31', 40, 30),
    ('E22000340', 'Walsall', 'robbery', 'Robbery', 'ytd', '2018/19 YTD to Jul', date '2018-07-31',
     140, 130),
    ('E22000340', 'Walsall', 'vehicle_crime', 'Vehicle crime', 'ytd', '2018/19 YTD to Jul',
     date '2018-07-31', 500, 400),
    ('E22000340', 'Walsall', 'vehicle_offences', 'Vehicle offences', 'ytd', '2018/19 YTD to Jul',
     date '2018-07-31', 501, 401),
    ('E22000340', 'Walsall', 'robbery', 'Robbery', 'month', 'Jun 2018', date '2018-06-30', 35, 25),
    ('E22000340', 'Walsall', 'robbery', 'Robbery', 'month', 'May 2018', date '2018-05-31', 36, 26),
    ('E22000340', 'Walsall', 'vehicle_crime', 'Vehicle crime', 'month', 'May 2018',
     date '2018-05-31', 50, 40),
    ('E22000340', 'Walsall', 'burglary', 'Burglary', 'month', 'May 2018', date '2018-05-31', 61, 70)
) figures (area_code, area_name, indicator_id, indicator_name, period_type, period_label,
    period_end, value, previous_value);
create table dim_indicators as
select *, 'residents' as denominator_kind
from (values ('robbery', 'd', true, 9), ('vehicle_crime', 'd', true, 13),
    ('vehicle_offences', 'd', true, 12), ('burglary', 'd', true, 11)) i (
    indicator_id, definition, is_headline, headline_order);
create table fct_indicator_values as
select *, indicator_id = 'burglary' as is_population_out_of_date from rpt_figures;
create table dim_areas as
select 'E22000340' as area_code, 'Walsall' as area_name, 'csp' as area_type,
    'E08000030' as lad_code, 'E23000014' as force_code, 'West Midlands' as force_name;
create table rpt_scorecard (area_code varchar, area_name varchar, home_order bigint,
    headline_order bigint, source varchar, period_type varchar, indicator_id varchar);
create table rpt_coverage as select false as is_synthetic;
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose publication has no home area of these."""
    database = tmp_path / "community_safety.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(FIGURES)

    class Standing:
        def __init__(self) -> None:
            self.database = database

    monkeypatch.setattr(terminal, "current_publication", lambda folder: Standing())
    return tmp_path


def _run(data: Path, *words: str) -> Result:
    from flows.command.application import application

    return CliRunner().invoke(
        application, ["scorecard", *words, "--data", str(data)], env={"COLUMNS": "100"}
    )


@pytest.mark.parametrize("area", ["Walsall", "E22000340", "e08000030"])
def test_an_area_that_is_no_home_area_has_its_newest_figures(data: Path, area: str) -> None:
    done = _run(data, "--area", area)
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.split())
    assert "Walsall · 2018/19 YTD to Jul" in said
    assert "Robbery 140 130 +10 +7.7 9.4 1 of 7 2 of 15" in said


def test_one_line_stands_for_what_counts_the_same_offences(data: Path) -> None:
    said = _run(data, "--area", "Walsall").output
    assert "Vehicle offences" in said
    assert "Vehicle crime" not in said


def test_a_period_is_chosen_by_its_last_month(data: Path) -> None:
    said = " ".join(_run(data, "--area", "Walsall", "--period", "2018-06").output.split())
    assert "Walsall · Jun 2018" in said
    assert "Robbery 35 25" in said


def test_a_break_and_an_old_population_are_told_as_for_a_home_area(data: Path) -> None:
    said = " ".join(_run(data, "--area", "Walsall", "--period", "2018-05").output.split())
    assert "not comparable, see Break" in said
    assert "Break: New classes of April 2018" in said
    assert "Rate: per 1,000, population of 2017." in said
    assert (
        "Rate of Burglary: per 1,000, households of 2011: more than two years older than the "
        "policy asks for." in said
    )


def test_json_has_every_figure_and_nothing_else_on_standard_output(data: Path) -> None:
    found = json.loads(_run(data, "--area", "Walsall", "--period", "2018-07", "--json").stdout)
    assert (found["area_code"], found["area_name"], found["is_synthetic"]) == (
        "E22000340", "Walsall", False,
    )  # fmt: skip
    assert [(row["indicator_id"], row["value"], row["period_end"]) for row in found["figures"]] == [
        ("robbery", 140, "2018-07-31"), ("vehicle_offences", 501, "2018-07-31"),
    ]  # fmt: skip


@pytest.mark.parametrize("wanted", ["Walsall Borough", "Walsall MBC", "WALSALL", "E08000030"])
def test_an_area_is_found_as_suppliers_write_it(data: Path, wanted: str) -> None:
    """'Rugby Borough' was answered with Harborough."""
    done = _run(data, "--area", wanted, "--period", "2018-07", "--json")
    assert json.loads(done.stdout)["area_code"] == "E22000340"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            "Warwick District Council",
            "Warwick District Council lies in the partnership South Warwickshire. Next: give its",
        ),
        ("Nowhere at all", "there is no area 'Nowhere at all'. Next: give its name"),
    ],
)
def test_a_district_is_answered_with_its_partnership(data: Path, wanted: str, said: str) -> None:
    done = _run(data, "--area", wanted)
    assert done.exit_code == 1
    assert said in " ".join(done.output.split())


def test_what_is_not_there_is_told_with_what_is(data: Path) -> None:
    done = _run(data, "--area", "Walsal")
    assert done.exit_code == 1
    assert "Did you mean Walsall?" in done.output
    done = _run(data, "--area", "Walsall", "--period", "2017-01")
    assert done.exit_code == 1
    assert "Newest: 2018-07, 2018-06" in " ".join(done.output.split())
    assert _run(data, "--area", "Walsall", "--period", "July").exit_code == 1
