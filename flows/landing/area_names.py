"""One name for an area, however a supplier spells it: two spellings are not two areas.

The same reading of names as the warehouse's `int_area_spellings`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache

from flows.data_folder import PROJECT_ROOT

# The scopes of these sources are forces, whose slugs can be partnerships' names too (cumbria).
_SCOPES_ARE_FORCES = ("police_uk", "force_extract")


def canonical_scope(source: str, scope: str) -> str:
    """Give what a load speaks for under one name: of a partnership or country its name.

    Other areas have their code. What means no area, or several, stays as it is written.
    """
    if source in _SCOPES_ARE_FORCES:
        return scope
    return _canonical_names().get(scope.strip().casefold(), scope)


def folded_key(name: str, value: object) -> object:
    """Give a key column's value as it is compared: text without regard to case, areas by name."""
    if not isinstance(value, str):
        return value
    written = value.strip().casefold()
    return _canonical_names().get(written, value).casefold() if name == "area" else value.casefold()


@cache
def _canonical_names() -> dict[str, str]:
    named: dict[str, set[str]] = defaultdict(set)
    with (PROJECT_ROOT / "data" / "seeds" / "areas.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        for row in csv.DictReader(stream):
            code, name, level = row["area_code"], row["area_name"], row["area_type"]
            by_name = level in ("csp", "country")
            spellings = [code, f"{name} ({level})"]
            spellings += [name] if by_name else []
            spellings += [row["lad_code"]] if level == "csp" and row["lad_code"] else []
            for spelling in spellings:
                named[spelling.casefold()].add(name if by_name else code)
    return {spelling: names.pop() for spelling, names in named.items() if len(names) == 1}
