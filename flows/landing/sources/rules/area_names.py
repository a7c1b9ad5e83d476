"""The one rule of area names: which area a supplier's spelling means, and what is nearly one.

`folded` takes from a name what suppliers write differently: capitals, spaces of any kind, full
stops, commas, apostrophes and hyphens, `&` for `and`. dbt folds the columns that it joins with the
macro `folded_name`, whose characters are `NAME_DROPPED` (passed as a variable). `area_spellings`
lists every folded spelling that means exactly one area; the catalog of the landing carries it as
`area_spellings.parquet`, which checks and models read.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from flows.data_folder import PROJECT_ROOT
from flows.landing.sources import SOURCES

NAME_DROPPED = " \t\u00a0\u2007\u202f.,'\u2019\u2018`-\u2010\u2011\u2013"
"""Characters that make no difference between two names: dbt's variable `name_dropped`."""

_DROP = str.maketrans(dict.fromkeys(NAME_DROPPED))

_SCOPES_ARE_FORCES = frozenset(name for name, one in SOURCES.items() if one.scopes_are_forces)
# A name alone means a partnership or a country; a force or a region is written by its code, or with
# its level: "West Midlands (force)".
_BY_NAME_ALONE = ("csp", "country")
_COUNCIL_TITLES = ("London Borough of ", "Royal Borough of ", "Borough of ")
COUNCIL_ENDINGS = (
    *(" Council", " City Council", " Borough Council", " District Council", " MBC", " BC", " DC"),
    *(" Metropolitan Borough Council", " County Borough Council", " County Council"),
    *(" City", " Borough", " District", " Metropolitan Borough", " County Borough"),
    *(" CSP", " Community Safety Partnership"),
)
"""What councils and forces write behind a name: dbt's variable `council_endings`."""

_LOOKUP = PROJECT_ROOT / "data" / "seeds" / "reference" / "authority_partnerships.csv.gz"
_PART_OF_A_NAME = 4
_FORCE_ENDINGS = (" Police", " Constabulary", " Police Service")


def folded(name: str) -> str:
    """Give a name as it is compared with others."""
    return name.translate(_DROP).replace("&", "and").lower()


def spellings_of(areas: Sequence[Mapping[str, str | None]]) -> dict[str, str]:
    """Give the code of each folded spelling that means one of these areas alone.

    An area is a mapping with `area_code`, `area_name`, `area_type` and `lad_code`.
    """
    meant: dict[str, set[str]] = defaultdict(set)
    other_forms: dict[str, set[str]] = defaultdict(set)
    for area in areas:
        code, level = str(area["area_code"]), area["area_type"]
        codes = [code, area.get("lad_code") if level == "csp" else None]
        for written in filter(None, codes):
            meant[folded(written)].add(code)
        name = area.get("area_name") or ""
        for known, forms in ((meant, [name]), (other_forms, _other_forms(name, level))):
            for form in forms:
                known[folded(f"{form} ({level})")].add(code)
                if level in _BY_NAME_ALONE:
                    known[folded(form)].add(code)
    # "London" is a region's own name, so it is not short for City of London
    own_names = {folded(area["area_name"] or "") for area in areas}
    for spelling, areas_meant in other_forms.items():
        if spelling not in meant and spelling not in own_names:
            meant[spelling] = areas_meant
    return {spelling: min(codes) for spelling, codes in meant.items() if len(codes) == 1}


def _other_forms(name: str, level: str | None) -> list[str]:
    """Give what people write for a name: "Bristol" and "City of Bristol" for "Bristol, City of"."""
    forms = []
    for title in ("City of", "County of"):
        bare = name.removesuffix(f", {title}").removeprefix(f"{title} ")
        if bare != name:
            forms += [bare, f"{title} {bare}", f"{bare}, {title}"]
    if not forms:
        forms += [f"City of {name}", f"{name}, City of"]
    for short in ("St ", "St. "):
        if name.startswith(short):
            forms.append("Saint " + name.removeprefix(short))
    if level == "csp":
        # as councils sign: "London Borough of Camden", "Dudley MBC"; the name alone means the same
        names = (name, *forms)
        forms += [title + one for one in names for title in _COUNCIL_TITLES]
        forms += [one + ending for one in names for ending in COUNCIL_ENDINGS]
    if level == "force":
        bare = name
        for ending in _FORCE_ENDINGS:
            bare = bare.removesuffix(ending)
        forms += [bare, *(bare + ending for ending in _FORCE_ENDINGS)]
    return [form for form in forms if form != name]


@cache
def area_spellings() -> dict[str, str]:
    """Give the code of each folded spelling that means one area of data/seeds/areas.csv.

    Of local authorities, every name that stands for one whole partnership is a spelling too.
    """
    areas = _seed("areas")
    by_authority = {row["lad_code"]: row["area_code"] for row in areas if row["lad_code"]}
    found = spellings_of(areas)
    for row in _seed("local_authorities"):
        code = by_authority.get(row["lad_code"])
        if code is not None and code == row["csp_code"]:
            found.setdefault(folded(row["lad_name"]), code)
    return found


def area_code_of(written: str) -> str | None:
    """Give the code of the area that a supplier or a setting writes; None where it means none."""
    return area_spellings().get(folded(written))


def partnership_of_a_record(written: str) -> str | None:
    """Give the code of the partnership in which a single record happened; None where none is named.

    A record in a district, today's or a former one, lies in the partnership around it; a count of
    the district is not the partnership's, so that `area_code_of` does not know the name.
    """
    code = area_code_of(written)
    if code is not None and _areas_by_code()[code]["area_type"] == "csp":
        return code
    return _partnerships_by_district().get(folded(written))


@cache
def _partnerships_by_district() -> dict[str, str]:
    return {
        folded(form): row["csp_code"]
        for row in _seed("local_authorities")
        for form in (
            *(row["lad_name"] + ending for ending in ("", *COUNCIL_ENDINGS)),
            row["lad_code"],
        )
        if form
    }


def partnership_named(written: str) -> str | None:
    """Give the name of the partnership that is written by name or code; None where none is."""
    code = area_code_of(written)
    return next(
        (
            row["area_name"]
            for row in _seed("areas")
            if row["area_code"] == code and row["area_type"] == "csp"
        ),
        None,
    )


def similar_names(written: str, count: int = 3) -> list[str]:
    """Give the names of partnerships and countries that are nearly what was written, best first."""
    wanted = folded(written)
    names: dict[str, str] = {}
    partly: list[str] = []
    for row in _seed("areas"):
        if row["area_type"] in _BY_NAME_ALONE:
            name = row["area_name"]
            for form in (name, *_other_forms(name, row["area_type"])):
                names.setdefault(folded(form), name)
            starts = len(wanted) >= _PART_OF_A_NAME and folded(name).startswith(wanted)
            if starts or wanted in map(folded, name.split()):
                partly.append(folded(name))
    near = get_close_matches(wanted, names, n=2 * count, cutoff=0.75)
    # "Telford" is Telford and Wrekin rather than Watford; "West" says nothing
    near = [*(partly if len(partly) <= count else ()), *near]
    return list(dict.fromkeys(names[spelling] for spelling in near))[:count]


def partnerships_of_authority(written: str) -> list[str]:
    """Give the names of the partnerships that an authority, today's or a former one, lies in."""
    names = {row["area_code"]: row["area_name"] for row in _seed("areas")}
    codes = _partnerships_by_authority().get(folded(written), frozenset())
    return sorted(names[code] for code in codes)


@cache
def _partnerships_by_authority() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in (*_seed("local_authorities"), *_authorities_of_several()):
        # "Cumberland Council" is no less the authority
        for form in (row["lad_name"], *_other_forms(row["lad_name"], "csp")):
            found[folded(form)].add(row["csp_code"])
    return {name: frozenset(codes) for name, codes in found.items()}


def _authorities_of_several() -> list[dict[str, str]]:
    with gzip.open(_LOOKUP, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def did_you_mean(written: str) -> str:
    """Say what a name that means no area may stand for: empty where nothing is like it.

    "Cumberland lies in the partnerships Allerdale, Carlisle and Copeland" of an authority, "did you
    mean Dudley?" of a name that is nearly one.
    """
    within = partnerships_of_authority(written)
    if len(within) == 1:
        return f"{written} lies in the partnership {within[0]}"
    if within:
        named = f"{', '.join(within[:-1])} and {within[-1]}"
        return f"{written} lies in the partnerships {named}"
    names = similar_names(written)
    return f"did you mean {' or '.join(names)}?" if names else ""


def is_name_of_two_levels(written: str) -> bool:
    """Whether a name that means no one area is an area's all the same (a force's, a region's)."""
    return folded(written) in _names() and area_code_of(written) is None


@cache
def _names() -> frozenset[str]:
    return frozenset(folded(row["area_name"]) for row in _seed("areas"))


@cache
def _seed(name: str) -> tuple[dict[str, str], ...]:
    with (PROJECT_ROOT / "data" / "seeds" / f"{name}.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        return tuple(csv.DictReader(stream))


def canonical_scope(source: str, scope: str) -> str:
    """Give what a load speaks for under one name: of a partnership or country its name.

    Other areas have their code. What means no area, or several, stays as it is written.
    """
    if source in _SCOPES_ARE_FORCES:  # a force's slug can be a partnership's name (cumbria)
        return scope
    code = area_code_of(scope)
    return scope if code is None else _canonical_names()[code]


def area_of_scope(source: str, scope: str) -> str | None:
    """Give the code of the area or force that a load speaks for; None where it means none."""
    force = _forces_by_slug().get(scope) if source in _SCOPES_ARE_FORCES else None
    return force or area_code_of(scope)  # a force's extract may be of one partnership


def lies_in(code: str, wider: str) -> bool:
    """Say whether an area is another one, or a part of that force, region or country."""
    row = _areas_by_code().get(code)
    return code == wider or (
        row is not None and wider in (row["force_code"], row["region_code"], row["country_code"])
    )


@cache
def _forces_by_slug() -> dict[str, str]:
    return {row["force_slug"]: row["force_code"] for row in _seed("police_forces")}


@cache
def _areas_by_code() -> dict[str, dict[str, str]]:
    return {row["area_code"]: row for row in _seed("areas")}


def force_of(code: str) -> str | None:
    """Give the code of the force that an area lies in; None of a region or a country."""
    row = _areas_by_code().get(code)
    return (row["force_code"] or None) if row is not None else None


def folded_key(name: str, value: object) -> object:
    """Give a key column's value as it is compared: text without regard to case, areas by name."""
    if not isinstance(value, str):
        return value
    if name != "area":
        return value.casefold()
    return area_code_of(value) or folded(value)


@cache
def _canonical_names() -> dict[str, str]:
    return {
        row["area_code"]: row["area_name"]
        if row["area_type"] in _BY_NAME_ALONE
        else row["area_code"]
        for row in _seed("areas")
    }
