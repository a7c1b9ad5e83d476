"""Which sources and forces are expected and have supplied nothing."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping

from flows.data_folder import PROJECT_ROOT, DataFolder
from flows.landing.sources import SOURCES
from flows.landing.sources.rules.area_names import area_code_of

# British Transport Police are no territorial force: no partnership is theirs.
_NOT_TERRITORIAL = "btp"


def expected_sources(folder: DataFolder, supplied: Collection[str]) -> list[str]:
    """List the sources with a folder in the inbox of which no load is there."""
    if not folder.raw.is_dir():
        return []
    return sorted(
        place.name
        for place in folder.raw.iterdir()
        if place.is_dir() and place.name in SOURCES and place.name not in supplied
    )


def territorial_forces() -> dict[str, str]:
    """Give the name of each territorial force of England and Wales by its slug."""
    return {
        row["force_slug"]: row["force_name"]
        for row in _seed("police_forces")
        if row["force_slug"] != _NOT_TERRITORIAL and row["force_code"].startswith(("E23", "W15"))
    }


def forces_without_supply(
    supplied: Mapping[str, Collection[str]], home_areas: Iterable[str]
) -> dict[str, list[str]]:
    """Name, by source of one file a force, the forces that are expected and supplied nothing.

    `supplied` gives the slugs of the forces by source. Expected are the forces of the home areas,
    and all of them where a source has more than half: then a national file lacks the others.
    """
    forces = territorial_forces()
    codes = {row["force_slug"]: row["force_code"] for row in _seed("police_forces")}
    home = {area_code_of(area) for area in home_areas}
    home_codes = {row["force_code"] for row in _seed("areas") if row["area_code"] in home}
    found: dict[str, list[str]] = {}
    # of sources whose files are of one force each, a force can be missing
    for source in (name for name, one in SOURCES.items() if one.scopes_are_forces):
        there = set(supplied.get(source, ())) & forces.keys()
        if not there:
            continue
        national = 2 * len(there) > len(forces)
        missing = [
            name
            for slug, name in forces.items()
            if slug not in there and (national or codes[slug] in home_codes)
        ]
        if missing:
            found[source] = sorted(missing)
    return found


def _seed(name: str) -> list[dict[str, str]]:
    with (PROJECT_ROOT / "data" / "seeds" / f"{name}.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        return list(csv.DictReader(stream))
