"""The landing as views that the frames of the sources read by name."""

from __future__ import annotations

from datetime import date

import duckdb

from expectations.rejected_rows import FEW_REJECTED_ROWS
from flows.checking.coverage_gaps import attach_coverage_gaps
from flows.checking.named_areas import attach_named_areas
from flows.checking.named_indicators import attach_named_indicators
from flows.checking.unplaced_records import attach_unplaced_records
from flows.data_folder import PROJECT_ROOT, DataFolder
from flows.landing.ledger.landed_files import COUNTS_ARCHIVE, is_archived
from flows.landing.ledger.load_records import landed_path
from flows.sql_text import literal


class CatalogMissingError(RuntimeError):
    """The landing has no catalog of its loads yet."""


def attach_landing(
    connection: duckdb.DuckDBPyConnection, folder: DataFolder, as_at: date | None
) -> set[str]:
    """Create the views, and return the sources that have a load in force.

    `loads_in_force`: a row per load that is the newest extract of one of its periods, as at a
    date, and whose rows are kept (what retention removed was checked while it was there);
    `profiles`, `rejects` and each dataset by its name: rows of loads in force only; `landed_rows`:
    how many of each load;
    `rejected_share(rejected, read)`: the share of a load's rows, 0 where only a few are rejected;
    `coverage`: what these cover; `areas`, `indicators`, `offence_codes`,
    `ons_pfa_offences` and `outcome_types`: what values are compared with; `area_spellings` and
    `named_areas`: what the areas that suppliers write mean, if anything; `named_indicators`: the
    words of indicators that are unknown; `unplaced_records`: records of a force whose partnership
    means none; `coverage_gaps`: months and indicators that loads lack.
    Raises `CatalogMissingError` before the first catalog.
    """
    catalog = folder.landing / "catalog"
    for name in ("loads", "coverage"):
        if not (catalog / f"{name}.parquet").exists():
            raise CatalogMissingError(
                f"{catalog / name}.parquet: expected the catalog of the landing, found no file. "
                "Next step: run csp nightly, which writes it after landing."
            )
    limit = as_at or date.max
    connection.execute(
        f"""
        create table loads_in_force as
        with in_time as (
            select * from read_parquet({literal(catalog / "coverage.parquet")})
            where extract_date <= cast({literal(limit.isoformat())} as date)
        ),
        newest as (
            select load_id
            from in_time
            qualify extract_date = max(extract_date) over (
                partition by source, dataset, scope, indicator_id, period_start, period_end
            )
        )
        select * from read_parquet({literal(catalog / "loads.parquet")})
        where
            extract_date <= cast({literal(limit.isoformat())} as date)
            -- a load that covers nothing still is to be judged: it may be why nothing is covered
            and (
                load_id in (select load_id from newest)
                or load_id not in (select load_id from in_time)
            )
        """
    )
    in_force = connection.execute("select load_id, dataset from loads_in_force").fetchall()
    removed = [
        [load_id]
        for load_id, dataset in in_force
        if is_archived(folder, load_id) and not landed_path(folder, dataset, load_id).exists()
    ]
    if removed:
        connection.executemany("delete from loads_in_force where load_id = ?", removed)
    datasets = []
    for schema in sorted(folder.landing.glob("*/_schema.parquet")):
        name = schema.parent.name
        if name == COUNTS_ARCHIVE:
            continue  # what is counted for ever is not judged again
        if name not in ("profiles", "rejects"):
            datasets.append(name)
        files = literal(folder.landing / name / "*.parquet")
        connection.execute(
            f"create view {name} as select * from read_parquet({files}, union_by_name = true) "
            "where _load_id in (select load_id from loads_in_force)"
        )
    counts = " union all ".join(f"select _load_id from {name}" for name in datasets)
    connection.execute(
        "create view landed_rows as select _load_id as load_id, count(*) as rows "
        f"from ({counts or 'select null as _load_id where false'}) group by _load_id"
    )
    connection.execute(
        "create macro rejected_share(rejected, read) as case "
        f"when rejected > {FEW_REJECTED_ROWS} then rejected / greatest(read, 1) else 0.0 end"
    )
    for name in ("areas", "indicators", "offence_codes", "ons_pfa_offences", "outcome_types"):
        seed = literal(PROJECT_ROOT / "data" / "seeds" / f"{name}.csv")
        view = f"seeded_{name}" if name in ("offence_codes", "indicators") else name
        # a table: as a view each source's profile would read the file again
        connection.execute(
            f"create table {view} as select * from read_csv({seed}, header = true, "
            "all_varchar = true)"
        )
    _attach_offence_codes(connection)
    _attach_indicators(connection)
    covered = literal(catalog / "coverage.parquet")
    connection.execute(
        f"create view coverage as select * from read_parquet({covered}) "
        "where load_id in (select load_id from loads_in_force)"
    )
    attach_named_areas(connection)
    attach_unplaced_records(connection)
    attach_coverage_gaps(connection)
    attach_named_indicators(connection)
    rows = connection.execute("select distinct source from loads_in_force").fetchall()
    return {source for (source,) in rows}


def _attach_offence_codes(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `offence_codes`: the seed's, and those of the newest landed reference table beside.

    The same list as the warehouse's `int_offence_codes`.
    """
    there = connection.execute(
        "select 1 from duckdb_views() where view_name = 'offence_reference'"
    ).fetchone()
    landed = """
        union all by name
        select offence_code, cast(valid_from as varchar) as valid_from,
            cast(valid_to as varchar) as valid_to
        from offence_reference
        where
            _load_id = (
                select load_id from loads_in_force where source = 'offence_reference'
                order by extract_date desc, load_id desc limit 1
            )
            and offence_code not in (select offence_code from seeded_offence_codes)
    """
    connection.execute(
        "create view offence_codes as select * from seeded_offence_codes"
        + (landed if there else "")
    )


def _attach_indicators(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `indicators`: the seed's, and the own ones of the partnership in force beside.

    The same list as the warehouse's `int_indicators`, with what the checks ask of it.
    """
    there = connection.execute(
        "select 1 from duckdb_views() where view_name = 'own_indicators'"
    ).fetchone()
    own = """
        union all by name
        select
            own_indicator_id as indicator_id,
            indicator_name,
            case unit when 'per cent' then 'proportion' when 'pounds' then 'value' else 'count' end
                as value_kind
        from (
            select own_indicators.*
            from own_indicators
            inner join loads_in_force on own_indicators._load_id = loads_in_force.load_id
            qualify row_number() over (
                partition by own_indicators.own_indicator_id
                order by
                    loads_in_force.extract_date desc,
                    loads_in_force.load_id desc,
                    own_indicators._row_number desc
            ) = 1
        ) as newest
        where
            coalesce(is_withdrawn, 'no') <> 'yes'
            and own_indicator_id not in (select indicator_id from seeded_indicators)
    """
    connection.execute(
        "create view indicators as select * from seeded_indicators" + (own if there else "")
    )
