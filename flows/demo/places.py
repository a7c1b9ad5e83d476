"""The seven partnerships and their made-up neighbourhoods.

Partnerships and authorities are those of the seeds, residents those of the reference tables. LSOA
and ward codes are taken from ranges that the ONS does not use, and their names say that they are
synthetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from flows.demo.plan import DemoPlan
from flows.demo.yearly_levels import AREAS
from flows.landing.sources.force.reference import reference_rows, seed_rows

FORCE, FORCE_SLUG, FORCE_CODE = "West Midlands", "west-midlands", "E23000014"
_RESIDENTS_OF_LSOA = 1_650
_LSOAS_OF_WARD = 9
# a corner of each partnership on the National Grid, in metres
_CORNER = {
    "Birmingham": (403_000, 281_000),
    "Coventry": (429_000, 275_000),
    "Dudley": (388_000, 284_000),
    "Sandwell": (395_000, 287_000),
    "Solihull": (413_000, 276_000),
    "Walsall": (398_000, 296_000),
    "Wolverhampton": (388_000, 295_000),
}


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One LSOA; `weight` is its share of crime, so that few hold much."""

    lsoa_code: str
    lsoa_name: str
    ward_code: str
    ward_name: str
    easting: int
    northing: int
    longitude: str
    latitude: str
    weight: float


@dataclass(frozen=True, slots=True)
class Partnership:
    """One partnership, its residents by year, and its neighbourhoods with summed weights."""

    name: str
    csp_code: str
    lad_code: str
    residents: dict[int, int]
    neighbourhoods: tuple[Neighbourhood, ...]
    summed_weights: tuple[float, ...]


def residents_of(partnership_code: str) -> dict[int, int]:
    """Give a partnership's residents by year: its own row, else the sum of its authorities."""
    residents = _residents_by_place()
    if partnership_code in residents:
        return residents[partnership_code]
    authorities = [
        residents[row["lad_code"]]
        for row in reference_rows("authority_partnerships")
        if row["csp_code"] == partnership_code and row["lad_code"] in residents
    ]
    years = set[int]().union(*authorities)
    return {
        year: sum(people[year] for people in authorities)
        for year in sorted(years)
        if all(year in people for people in authorities)
    }


@cache
def _residents_by_place() -> dict[str, dict[int, int]]:
    residents: dict[str, dict[int, int]] = {}
    for row in reference_rows("population"):
        if row["population_kind"] == "residents":
            of_place = residents.setdefault(row["place_code"], {})
            of_place[int(row["year"])] = int(row["population"])
    return residents


def partnerships(plan: DemoPlan) -> list[Partnership]:
    """Make the seven partnerships, in the order of their names."""
    rows = {row["area_name"]: row for row in seed_rows("areas") if row["area_type"] == "csp"}
    made = []
    for number, name in enumerate(AREAS):
        row = rows[name]
        residents = residents_of(row["area_code"])
        neighbourhoods = _neighbourhoods(plan, name, number, residents[2016])
        made.append(
            Partnership(
                name,
                row["area_code"],
                row["lad_code"],
                residents,
                neighbourhoods,
                tuple(accumulate(one.weight for one in neighbourhoods)),
            )
        )
    return made


def _neighbourhoods(
    plan: DemoPlan, name: str, number: int, residents: int
) -> tuple[Neighbourhood, ...]:
    chance = plan.random("places", name)
    east, north = _CORNER[name]
    made = []
    for at in range(max(4, residents // _RESIDENTS_OF_LSOA)):
        ward = at // _LSOAS_OF_WARD
        easting = east + (at % 12) * 900 + chance.randrange(900)
        northing = north + (at // 12) * 700 % 11_000 + chance.randrange(700)
        # a heavy tail: a few hot spots, such as town centres, hold a large part
        weight = min(chance.paretovariate(1.6), 25.0)
        made.append(
            Neighbourhood(
                f"E0199{number}{at:03d}",
                f"{name} 9{at // 26:02d}{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[at % 26]}",
                f"E0599{number}{ward:03d}",
                f"{name} Synthetic Ward {ward + 1}",
                easting,
                northing,
                f"{-2.0 + (easting - 400_000) / 68_000:.6f}",
                f"{52.5 + (northing - 290_000) / 111_000:.6f}",
                weight,
            )
        )
    return tuple(made)
