"""Labelled synthetic street-level files of England and Wales, the same on every machine.

Every force, every authority in it and 105 made-up LSOAs in each; rows by `hash()`, so that a size
is all that has to be said. No figure made from them is about any place.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

SEEDS = Path(__file__).resolve().parents[1] / "data" / "seeds"
EXTRACT = "2026-10-31"

# One row per synthetic crime of a force and month.
_STREET = """
select
    md5(concat('{month}', '{slug}', i)) as "Crime ID",
    '{month}' as "Month",
    '{name}' as "Reported by",
    '{name}' as "Falls within",
    round(-1.5 + (hash(i, '{month}') % 100000) / 1e6, 6) as "Longitude",
    round(52.5 + (hash(i, '{slug}') % 100000) / 1e6, 6) as "Latitude",
    concat('On or near Synthetic Street ', hash(i, 3) % 5000) as "Location",
    concat('E01', lpad(cast(900000 + place.number * 110 + lsoa as varchar), 6, '0')) as "LSOA code",
    concat(place.lad_name, ' ', lpad(cast(1 + lsoa // 4 as varchar), 3, '0'),
        substr('ABCD', 1 + cast(lsoa % 4 as integer), 1)) as "LSOA name",
    ['Violence and sexual offences', 'Anti-social behaviour', 'Criminal damage and arson',
        'Public order', 'Other theft', 'Shoplifting', 'Vehicle crime', 'Burglary', 'Drugs',
        'Other crime', 'Robbery', 'Bicycle theft', 'Theft from the person',
        'Possession of weapons'][1 + cast(sqrt(hash(i, '{month}{slug}', 7) % 196) as integer) % 14]
        as "Crime type",
    'Status update unavailable' as "Last outcome category",
    null as "Context"
from (
    select i, hash(i, '{slug}{month}', 1) % {places} + 1 as place_number,
        cast(hash(i, '{month}', 2) % 105 as bigint) as lsoa
    from range({rows}) as made (i)
)
inner join places as place on place_number = place.number_in_force and place.slug = '{slug}'
"""

_PLACES = f"""
create table places as
select
    forces.force_slug as slug,
    forces.reported_by as force_name,
    lads.lad_name,
    row_number() over (order by lads.lad_code) as number,
    row_number() over (partition by slug order by lads.lad_code) as number_in_force
from (
    select distinct on (lad_code) * from '{SEEDS}/local_authorities.csv'
    where valid_to is null order by lad_code, csp_code
) as lads
inner join '{SEEDS}/areas.csv' as areas on lads.csp_code = areas.area_code
inner join '{SEEDS}/police_forces.csv' as forces
    on areas.force_code = forces.force_code
"""


def make_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table `places`: a row per authority of today, with its force's names and slug."""
    connection.execute(_PLACES)


def months_up_to(last: date, count: int) -> list[str]:
    """`count` months as YYYY-MM, the last one last."""
    numbers = range(last.year * 12 + last.month - count, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in numbers]


def write_month(
    connection: duckdb.DuckDBPyConnection, inbox: Path, month: str, forces: int, rows: int
) -> None:
    """Write one file per force for a month, of `rows` rows together; one in three with quotes."""
    listed = connection.execute(
        "select slug, any_value(force_name), count(*) from places group by slug order by slug"
    ).fetchall()[:forces]
    folder = inbox / EXTRACT / f"synthetic-{month}" / month
    folder.mkdir(parents=True)
    for number, (slug, name, places) in enumerate(listed):
        sql = _STREET.format(
            month=month, slug=slug, name=name, places=places, rows=rows // len(listed)
        )
        file = folder / f"{month}-{slug}-street.csv"
        quotes = ', force_quote ("Location")' if number % 3 == 0 else ""
        connection.execute(f"copy ({sql}) to '{file}' (header, delimiter ','{quotes})")
