"""Which offences a file leaves out: one of selected offences says nothing of any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from flows.landing.sources.force.reference import seed_rows
from flows.landing.sources.rules.crime_categories import categories_left_out

# An extract of violence alone is usual, and sexual offences are of the same category. Of the crimes
# that partnerships recorded in the year to December 2024 they were 1.6% at least (ONS).
_SEXUAL, _SEXUAL_SHARE_MIN = "Sexual offences", 1 / 100


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The categories of which a file has no offence, and the indicators that it cannot give."""

    categories: tuple[str, ...] = ()
    indicators: frozenset[str] = frozenset()

    @property
    def notes(self) -> list[str]:
        """Say what is not supplied, and what to do."""
        if not self.categories:
            return []
        return [
            f"no offence is of {', '.join(self.categories)}, which a whole file of its size has: "
            "these offences are not supplied, nor is any total that they are a part of. Expected: "
            "offences of every usual category of crime. Next: where the file is of selected "
            "offences, nothing; otherwise ask for all of them, or see that its codes are the Home "
            "Office's (in a force's extract by its mapping)"
        ]


def left_out(rows: pa.Table) -> LeftOut:
    """Judge by the offence codes of an extract's typed rows whether it is of selected offences."""
    entries = pc.value_counts(rows.column("offence_code")).to_pylist()
    return left_out_of({entry["values"]: entry["counts"] for entry in entries})


def left_out_of(offences: Mapping[str | None, int]) -> LeftOut:
    """Judge by the offences of each code whether these are selected ones.

    An indicator of offence codes is left out with the first of its categories; what markers give is
    not, as an extract can be of what is marked.
    """
    category = {row["offence_code"]: _category(row) for row in seed_rows("offence_codes")}
    records: dict[str, int] = {}
    for code, counted in offences.items():
        name = category.get(code or "", "")
        records[name] = records.get(name, 0) + counted
    # a code that is newer than the project's table may be of any category
    unknown = records.pop("", 0)
    missing = categories_left_out(records, {_SEXUAL: _SEXUAL_SHARE_MIN}, unknown)
    indicators = {
        row["indicator_id"]
        for row in seed_rows("offence_indicators")
        if category.get(row["offence_code"]) in missing
    }
    return LeftOut(missing, frozenset(indicators))


def _category(code: dict[str, str]) -> str:
    return _SEXUAL if code["offence_group"] == _SEXUAL else code["police_uk_category"]
