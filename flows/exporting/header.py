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


def header_of(
    title: str, rows: Sequence[Row], publication_id: str, *, is_synthetic: bool
) -> list[tuple[str, str]]:
    """Describe rows of `rpt_figures` as pairs of name and text, for the head of a file."""
    sources = sorted({str(row["source_title"] or row["source"]) for row in rows})
    periods = list(dict.fromkeys(str(row["period_label"]) for row in rows))
    extracts = sorted({row["extract_date"] for row in rows})
    return [
        *([("Warning", SYNTHETIC)] if is_synthetic else []),
        ("Title", title),
        ("Source", "; ".join(sources)),
        ("Period", "; ".join(periods)),
        ("Extract date", "; ".join(day(one) for one in extracts)),
        ("Publication", publication_id),
        ("Licence", LICENCE),
        ("Note", WITHHELD),
    ]
