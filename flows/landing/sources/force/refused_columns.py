"""Columns of an extract that look like personal data: unmapped, reported; mapped, an error."""

from __future__ import annotations

from datetime import date

from flows.landing.sources.force.extract_table import ExtractTable
from flows.landing.sources.force.mapping import Mapping
from flows.landing.sources.force.personal_data import kind_by_heading, kind_by_values
from flows.landing.tables.contract import normalised_header
from flows.landing.tables.refusal import FileRefusedError

# These are dates by contract; old ones are old crimes, not births.
_DATES = ("recorded_date", "committed_from", "committed_to")


def refused_columns(table: ExtractTable, mapping: Mapping, extract_date: date) -> dict[str, str]:
    """Give the headings that look like personal data, each with its kind.

    Raises FileRefusedError where the mapping names one of them. Headings under `not_personal` are
    taken at the analyst's word.
    """
    cleared = {normalised_header(heading) for heading in mapping.not_personal}
    names = {normalised_header(c.heading): name for name, c in mapping.columns.items()}
    refused: dict[str, str] = {}
    for heading in table.headings:
        folded = normalised_header(heading)
        if not folded or folded in cleared:
            continue
        kind = kind_by_heading(heading)
        if kind is None:
            kind = kind_by_values(table.sample.get(heading, []), extract_date)
            if kind == "a date of birth" and names.get(folded) in _DATES:
                kind = None
        if kind is None:
            continue
        if folded in names:
            raise FileRefusedError(
                f"the mapping takes {names[folded]} from a column that looks like {kind}",
                column=f"'{heading}'",
                expected="columns without personal data",
                next_step="take it out of the mapping; if the column holds nothing personal, name "
                "it under not_personal in the mapping",
            )
        refused[heading] = kind
    return refused
