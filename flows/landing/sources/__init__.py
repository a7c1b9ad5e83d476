"""The register of sources: one line here and one module make a source known to landing.

A module exposes `SOURCE`, a `flows.landing.reader.Source`. It is imported only when a file of
that source is to be read. `version` is raised whenever a reader would judge a file otherwise
than before: every file of the source is then read again, and its load replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.landing.reader import Source


@dataclass(frozen=True, slots=True)
class Registered:
    """Where a source's module is, and which version its readers have.

    `companions` names a folder beside the extract dates that holds no data but what the reader
    reads it by (mappings): where anything in it changes, the source's files are judged again.
    """

    module: str
    version: str
    companions: str = ""


REGISTRY: dict[str, Registered] = {
    "asb": Registered("flows.landing.sources.asb", "2"),
    "breaks": Registered("flows.landing.sources.breaks", "2"),
    "commentary": Registered("flows.landing.sources.commentary", "1"),
    "grant": Registered("flows.landing.sources.grant", "2"),
    "marac": Registered("flows.landing.sources.marac", "2"),
    "targets": Registered("flows.landing.sources.targets", "2"),
    "recorded_crime_open_data": Registered("flows.landing.sources.recorded_crime_open_data", "3"),
    "population": Registered("flows.landing.sources.population", "3"),
    "lookups": Registered("flows.landing.sources.lookups", "3"),
    "families": Registered("flows.landing.sources.families", "2"),
    "force_counts": Registered("flows.landing.sources.force_counts", "2"),
    "force_extract": Registered("flows.landing.sources.force_extract", "3", "mappings"),
    "offence_reference": Registered("flows.landing.sources.offence_reference", "1"),
    "ons_pfa_tables": Registered("flows.landing.sources.ons_pfa_tables", "2"),
    "partner_returns": Registered("flows.landing.sources.partner_returns", "3"),
    "police_uk": Registered("flows.landing.sources.police_uk", "3"),
    "severity_weights": Registered("flows.landing.sources.severity_weights", "2"),
}


def source_named(name: str) -> Source:
    """Import the source of this name; a name outside the register is a KeyError."""
    source: Source = import_module(REGISTRY[name].module).SOURCE
    return source
