"""Writers of a document in each format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flows.papers.document import Document

FORMATS = ("html", "docx", "xlsx", "pdf")


def write(
    document: Document,
    paper: str,
    folder: Path,
    formats: Sequence[str],
    template: Path | None = None,
) -> list[Path]:
    """Write the document into `folder` in each format; returns the files.

    `template` is a Word document whose styles the DOCX takes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = "".join(one if one.isalnum() else "-" for one in document.area_name.lower())
    files = []
    for name in formats:
        file = folder / f"{paper}-{words}-{document.period_label}.{name}"
        file.write_bytes(_written(document, name, template))
        files.append(file)
    return files


def _written(document: Document, name: str, template: Path | None) -> bytes:
    # each writer's library is imported only where its format is asked for
    match name:
        case "html":
            from flows.papers.writers.html import as_html

            return as_html(document).encode()
        case "docx":
            from flows.papers.writers.docx import as_docx

            return as_docx(document, template)
        case "xlsx":
            from flows.papers.writers.xlsx import as_xlsx

            return as_xlsx(document)
        case "pdf":
            from flows.papers.writers.pdf import as_pdf

            return as_pdf(document)
    raise ValueError(f"there is no format {name}")
