"""What each indicator counts, where it is from, and the licence."""

from __future__ import annotations

from collections.abc import Sequence

from flows.papers.document import LICENCE, Column, Document, Heading, Paragraph, Table
from flows.papers.published import Published, Row


def definitions(document: Document, published: Published, figures: Sequence[Row]) -> None:
    """Add what each indicator counts, where it is from, and the licence."""
    document.add(Heading("Definitions and sources"))
    counted = Table(
        "What each indicator counts",
        (Column("Indicator"), Column("Definition"), Column("Source"), Column("Extract date")),
        [
            (
                row["indicator_name"],
                row["definition"],
                row["source_title"] or row["source"],
                row["extract_date"],
            )
            for row in figures
        ],
        sheet="Definitions",
    )
    document.add(
        *([counted] if figures else []),
        Paragraph(
            "A change is called statistically clear where it is larger than chance and the "
            "series\N{RIGHT SINGLE QUOTATION MARK} own variation would make it in 19 of 20 cases. "
            "Rates are over the period itself, not per year.",
            "note",
        ),
        Paragraph(LICENCE, "note"),
        Paragraph(
            f"Made from publication {document.publication_id}. Extracts: {document.extract_dates}.",
            "note",
        ),
    )
