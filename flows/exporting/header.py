"""What every file of figures says first: what it holds, from which source, and whose licence."""

from __future__ import annotations

from collections.abc import Sequence

from flows.papers.document import LICENCE, day
from flows.papers.published import Row

SYNTHETIC = "SYNTHETIC DATA: no figure here is real"
WITHHELD = (
    "An empty value with is_suppressed true is withheld: it is a small number or would "
    "reveal one. Do not sum periods or areas of this file: they overlap."
)

# more of them are counted: each row names its own
_NAMED = 4


def header_of(
    title: str, rows: Sequence[Row], publication_id: str, *, is_synthetic: bool
) -> list[tuple[str, str]]:
    """Describe rows of `rpt_figures` as pairs of name and text, for the head of a file."""
    sources = sorted({str(row["source_title"] or row["source"]) for row in rows})
    periods = list(dict.fromkeys(str(row["period_label"]) for row in rows))
    if len(periods) > _NAMED:
        first, last = (
            min(row["period_start"] for row in rows),
            max(row["period_end"] for row in rows),
        )
        periods = [f"{len(periods)} periods from {day(first)} to {day(last)} (column period_label)"]
    extracts = [day(one) for one in sorted({row["extract_date"] for row in rows})]
    if len(extracts) > _NAMED:
        extracts = [f"{len(extracts)} from {extracts[0]} to {extracts[-1]} (column extract_date)"]
    return [
        *([("Warning", SYNTHETIC)] if is_synthetic else []),
        ("Title", title),
        ("Source", "; ".join(sources)),
        ("Period", "; ".join(periods)),
        ("Extract date", "; ".join(extracts)),
        ("Publication", publication_id),
        ("Licence", LICENCE),
        ("Note", WITHHELD),
    ]
