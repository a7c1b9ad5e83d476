"""Two nights on made-up supplies, and a third as at the date of the first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.publishing import publish
from flows.settings import Settings
from tests.built_without_dbt import build_without_dbt

from . import made_up_records as records
from .made_up_returns import (
    FIRST_EXTRACT,
    FORCE,
    MONTHS,
    SECOND_EXTRACT,
    UNKNOWN,
    counts,
    revised,
    write_inbox,
)
from .published_facts import Publication

SENSITIVE = ("hate_crime", "modern_slavery", "sexual_offences")


@dataclass(frozen=True, eq=False)
class Nights:
    """What was published, oldest first and then as at an earlier date, and the true figures."""

    folder: DataFolder
    publications: tuple[Publication, ...]
    as_at: Publication
    truth: list[dict[str, Any]]
    codes: dict[str, str]

    @property
    def last(self) -> Publication:
        """The newest publication."""
        return self.publications[-1]

    @property
    def everything(self) -> tuple[Publication, ...]:
        """All that a reader can lay side by side."""
        return (*self.publications, self.as_at)


def made_up_nights(root: Path) -> Nights:
    """Run the nights in `root`: every mart, each publication kept."""
    folder = DataFolder(root / "data")
    settings = Settings(home_areas=["Dudley", "Walsall", "Leeds"], hash_key_file=root / "hash.key")
    first = counts(20260101)
    second = revised(first)
    changed = {key for key in first if first[key] != second[key]}
    recorded = records.recorded(MONTHS)
    later = recorded | {
        ("17A", "Leeds", date(2017, 9, 1)): (26, 3),  # few were charged after all
        ("106", "Bradford", date(2017, 8, 1)): (9, 0),
    }
    places, returned = records.places(), records.marac_return()
    records.write_weights(folder.raw, FIRST_EXTRACT)
    records.write_comparators(folder.raw, FIRST_EXTRACT)
    made: list[tuple[Path, date]] = []
    for extract, figures, crimes, wards, marac, until in (
        (FIRST_EXTRACT, first, recorded, places, returned, MONTHS[-2]),
        (
            *(SECOND_EXTRACT, second, later, records.revised_places(places)),
            *(records.revised_marac_return(returned), MONTHS[-1]),
        ),
    ):
        write_inbox(folder.raw, figures, extract, until)
        records.write_force_extract(folder.raw, extract, crimes, until)
        records.write_incidents(folder.raw, extract, wards)
        records.write_marac_return(folder.raw, extract, marac)
        folder.ensure()
        landed = land_inbox(folder)
        assert not landed.quarantined, landed.quarantined
        assert not landed.rows_rejected
        write_catalog(folder, None)
        build_without_dbt(folder, settings)
        published = publish(folder, settings, run_id=f"attack-{extract}")
        version = folder.published / "versions" / published.publication_id
        made.append((version / "parquet", until))
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        found = connection.execute("from intermediate.int_indicator_values")
        columns = [column[0] for column in found.description or []]
        truth = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        codes = dict(
            connection.execute(
                "select area_name, area_code from seeds.areas where area_type = 'csp'"
            ).fetchall()
        )
    names = {code: name for name, code in codes.items()} | {FORCE: FORCE, UNKNOWN: UNKNOWN}

    def is_revised(indicator: str, area: str, month: date) -> bool:
        return (indicator, names.get(area, area), month) in changed

    day = date.fromisoformat(FIRST_EXTRACT)
    earlier = replace(folder, as_at=day)
    earlier.ensure()
    write_catalog(earlier, day)
    build_without_dbt(earlier, settings)
    publish(earlier, settings, as_at=day, run_id="attack-as-at")
    extracts = (date.fromisoformat(FIRST_EXTRACT), date.fromisoformat(SECOND_EXTRACT))
    told = [
        Publication(parquet, number, MONTHS[0], until, is_revised, extracts)
        for number, (parquet, until) in enumerate(
            [*made, (folder.published / "as_at" / FIRST_EXTRACT / "parquet", MONTHS[-2])]
        )
    ]
    return Nights(folder, tuple(told[:2]), replace(told[2], number=0), truth, codes)
