"""`fct_monthly_counts`: whatever is summed in it, no crime is counted twice."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.dbt_project.model_sql import compiled

SUBGROUPS_AND_GROUPS = """
    ('subgroups', 'total_recorded_crime', 'violence_with_injury', true),
    ('subgroups', 'total_recorded_crime', 'shoplifting', true),
    ('groups', 'total_recorded_crime', 'violence_against_the_person', true),
    ('groups', 'total_recorded_crime', 'theft_offences', true),
    ('data.police.uk categories', 'total_recorded_crime', 'violent_crime', true),
    ('data.police.uk categories', 'total_recorded_crime', 'shoplifting', true)
"""


def _counts(rows: list[tuple[str, str, str, str, str, float | None]]) -> list[tuple[object, ...]]:
    """Run the model on rows of source, indicator, area, area type, period type and value."""
    with duckdb.connect() as connection:
        connection.execute(
            "create table indicator_parts as select * from (values "
            f"{SUBGROUPS_AND_GROUPS}) as parts "
            "(breakdown, whole_indicator_id, part_indicator_id, may_be_more)"
        )
        connection.execute(
            "create table fct_indicator_values (source varchar, indicator_id varchar, "
            "indicator_name varchar, area_code varchar, area_name varchar, area_type varchar, "
            "force_code varchar, period_type varchar, period_label varchar, period_start date, "
            "period_end date, value double, is_complete boolean, is_headline_source boolean, "
            "is_provisional boolean, is_suppressed boolean, extract_date date)"
        )
        for source, indicator, area, area_type, period_type, value in rows:
            connection.execute(
                "insert into fct_indicator_values values ($source, $indicator, $indicator, $area, "
                "$area, $area_type, 'F', $period_type, 'Jul 2018', '2018-07-01', '2018-07-31', "
                "$value, true, $headline, false, $value is null, '2018-09-01')",
                {
                    "source": source,
                    "indicator": indicator,
                    "area": area,
                    "area_type": area_type,
                    "period_type": period_type,
                    "value": value,
                    "headline": source == "extract" or area == "B",
                },
            )
        return connection.execute(
            "select area_code, source, breakdown, indicator_id, value from ("
            + compiled("fct_monthly_counts")
            + ") order by all"
        ).fetchall()


def _whole(source: str, area: str, values: dict[str, float | None]) -> list[tuple[object, ...]]:
    return [(source, name, area, "csp", "month", value) for name, value in values.items()]


def test_of_two_sources_and_two_breakdowns_one_counts() -> None:
    rows = [
        *_whole("extract", "A", {"total_recorded_crime": 100.0, "violence_with_injury": 60.0,
                                 "shoplifting": 40.0, "violence_against_the_person": 60.0,
                                 "theft_offences": 40.0}),
        *_whole("street", "A", {"total_recorded_crime": 98.0, "violent_crime": 60.0,
                                "shoplifting": 38.0}),
    ]  # fmt: skip
    rows += [("extract", "total_recorded_crime", "F", "force", "month", 100.0)]
    rows += [("extract", "total_recorded_crime", "A", "csp", "quarter", 300.0)]
    assert _counts(rows) == [  # type: ignore[arg-type]
        ("A", "extract", "subgroups", "shoplifting", 40),
        ("A", "extract", "subgroups", "violence_with_injury", 60),
    ]


def test_a_withheld_part_is_empty_and_the_breakdown_stays() -> None:
    rows = _whole("extract", "A", {"total_recorded_crime": 43.0, "violence_with_injury": None,
                                   "shoplifting": 40.0})  # fmt: skip
    assert _counts(rows) == [  # type: ignore[arg-type]
        ("A", "extract", "subgroups", "shoplifting", 40),
        ("A", "extract", "subgroups", "violence_with_injury", None),
    ]


def test_a_source_without_every_part_has_its_total_alone() -> None:
    rows = _whole("returns", "B", {"total_recorded_crime": 50.0, "shoplifting": 20.0})
    assert _counts(rows) == [  # type: ignore[arg-type]
        ("B", "returns", "none", "total_recorded_crime", 50)
    ]


def test_the_sum_of_the_sample_is_what_the_suppliers_files_hold(published_database: Path) -> None:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        sums = dict(
            connection.execute(
                "select area_name, sum(value)::bigint from fct_monthly_counts "
                "where period_label = 'Jul 2018' group by all"
            ).fetchall()
        )
        types = connection.execute(
            "select data_type from duckdb_columns() where table_name = 'fct_monthly_counts' "
            "and column_name = 'value'"
        ).fetchall()
    # counted in the street file of July 2018
    assert sums["Leeds"] == 8865
    assert types == [("BIGINT",)]


def test_every_other_table_of_figures_says_that_it_must_not_be_summed(
    published_database: Path,
) -> None:
    with duckdb.connect(str(published_database), read_only=True) as connection:
        comments = dict(
            connection.execute(
                "select table_name, comment from duckdb_tables() where table_name like 'fct_%' "
                "or table_name in ('rpt_figures', 'rpt_scorecard')"
            ).fetchall()
        )
    assert "may be summed over anything" in comments.pop("fct_monthly_counts")
    assert len(comments) > 20
    assert [table for table, comment in comments.items() if "Do not sum" not in comment] == []
