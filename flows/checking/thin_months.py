"""The lines of months of which a load holds few records: their dates may be mistyped."""

from __future__ import annotations

import duckdb

from flows.landing.sources import SOURCES

#: Of months with more records than this no lines are named.
FEW_RECORDS = 100
LINES_SHOWN = 5


def attach_thin_months(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `thin_months`: a row per load and month of few records, with the lines they are on.

    `lines`: "line 201", or "lines 5, 9, 12, 14, 20 and 7 more"; of a workbook with several sheets
    rows are numbered on. Reads `all_loads`, `all_profiles` and the datasets of records.
    """
    connection.execute("create table thin_months (load_id varchar, month varchar, lines varchar)")
    there = {
        name for (name,) in connection.execute("select view_name from duckdb_views()").fetchall()
    }
    for dataset, dated in _month_columns().items():
        if dataset not in there:
            continue
        connection.execute(
            f"""
            insert into thin_months
            with

            thin as (
                select
                    all_loads.load_id,
                    all_profiles.month
                from all_loads
                inner join all_profiles on all_loads.load_id = all_profiles._load_id
                where all_loads.dataset = $dataset and all_profiles.month <> ''
                group by all
                having max(all_profiles.row_count) <= $few
            ),

            numbered as (
                select
                    records._load_id as load_id,
                    thin.month,
                    count(*) as rows,
                    list(records._row_number order by records._row_number)[:$shown] as first_lines
                from {dataset} as records
                inner join thin
                    on
                        records._load_id = thin.load_id
                        and strftime(records.{dated}, '%Y-%m') = thin.month
                group by all
            )

            select
                load_id,
                month,
                case when rows = 1 then 'line ' else 'lines ' end
                || array_to_string(first_lines, ', ')
                || case when rows > $shown then ' and ' || (rows - $shown) || ' more' else '' end
            from numbered
            """,
            {"dataset": dataset, "few": FEW_RECORDS, "shown": LINES_SHOWN},
        )


def _month_columns() -> dict[str, str]:
    return {
        reader.dataset: reader.month_column
        for source in SOURCES.values()
        for reader in source.readers
        for dataset in source.datasets
        if dataset.name == reader.dataset
        and dataset.grain == "records"
        and reader.month_column is not None
    }
