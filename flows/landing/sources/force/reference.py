"""What the seeds say about offences, for coverage and for trying a mapping; figures are dbt's."""

from __future__ import annotations

import csv
import gzip
from functools import cache

from flows.data_folder import PROJECT_ROOT
from flows.landing.sources.force.columns import HATE_STRANDS


@cache
def seed_rows(name: str) -> tuple[dict[str, str], ...]:
    """Read a seed's rows, every value as text."""
    file = PROJECT_ROOT / "data" / "seeds" / f"{name}.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def reference_rows(name: str) -> tuple[dict[str, str], ...]:
    """Read the rows of a compressed reference table, every value as text."""
    file = PROJECT_ROOT / "data" / "seeds" / "reference" / f"{name}.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def known_codes() -> dict[str, str]:
    """Give the offence codes that the seed knows, with their descriptions."""
    return {row["offence_code"]: row["offence_description"] for row in seed_rows("offence_codes")}


@cache
def indicators_of_markers(markers: frozenset[str]) -> tuple[str, ...]:
    """Give the indicators that an extract with these markers can count.

    Those that offence codes give, and those of the markers that it has. An extract without a
    knife marker does not say that there was no knife crime, and one without a strand of hate crime
    does not say how many hate crimes there were.
    """
    if markers.issuperset(HATE_STRANDS):
        markers |= {"hate_crime"}
    found = {row["indicator_id"] for row in seed_rows("offence_indicators")}
    found |= {
        row["indicator_id"] for row in seed_rows("marker_indicators") if row["marker"] in markers
    }
    return tuple(sorted(found))
