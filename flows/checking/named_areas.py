"""Whether the areas that suppliers write are known: a row of any other would count nowhere.

The same reading of names as the warehouse's `int_area_spellings`, before anything is built.
"""

from __future__ import annotations

import duckdb

# Datasets that write an area in a column `area`; `*` stands for all areas.
_DATASETS = (
    "asb_records",
    "breaks",
    "force_counts",
    "grant_lines",
    "marac_cases",
    "marac_quarterly",
    "partner_returns",
    "targets",
)


def attach_named_areas(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `area_spellings` and `named_areas`, from the landed datasets that there are.

    `area_spellings`: an area's code for each way of writing it that means one area.
    `named_areas`: a row per load with its rows of an area that is unknown (areas_unknown) and of
    a name that other levels share (areas_of_two_levels). Needs the seed `areas` as a view.
    """
    connection.execute(
        """
        create table area_spellings as
        with written as (
            select area_code, lower(area_code) as spelling from areas
            union all
            select area_code, lower(lad_code) from areas
            where area_type = 'csp' and lad_code is not null
            union all
            select area_code, lower(area_name) from areas where area_type in ('csp', 'country')
            union all
            select area_code, lower(area_name) || ' (' || area_type || ')' from areas
        )
        select spelling, min(area_code) as area_code
        from written
        group by spelling
        having count(distinct area_code) = 1
        """
    )
    there = {
        name for (name,) in connection.execute("select view_name from duckdb_views()").fetchall()
    }
    rows = [_rows_of(name) for name in _DATASETS if name in there]
    rows.append("select null::varchar as load_id, null::varchar as spelling where false")
    connection.execute(
        f"""
        create table named_areas as
        with written as ({" union all ".join(rows)}),
        judged as (
            select
                written.load_id,
                written.spelling in (select lower(area_name) from areas) as is_a_name
            from written
            left join area_spellings on written.spelling = area_spellings.spelling
            where area_spellings.spelling is null and written.spelling <> '*'
        )
        select
            load_id,
            count(*) filter (where not is_a_name) as areas_unknown,
            count(*) filter (where is_a_name) as areas_of_two_levels
        from judged
        group by load_id
        """
    )


def _rows_of(dataset: str) -> str:
    level = "coalesce(' (' || area_type || ')', '')" if dataset == "partner_returns" else "''"
    return (
        f"select _load_id as load_id, lower(trim(area)) || {level} as spelling from {dataset} "
        "where area is not null"
    )
