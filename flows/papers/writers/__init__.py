"""Writers of a document in each format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flows.papers.document import OFFICIAL_SENSITIVE, Document

FORMATS = ("html", "docx", "xlsx", "pdf")


def write(
    document: Document,
    paper: str,
    folder: Path,
    formats: Sequence[str],
    template: Path | None = None,
) -> list[Path]:
    """Write the document into `folder` in each format; returns the files.

    `template` is a Word document whose styles the DOCX takes. Files of the internal edition carry
    the marking in their names and are readable by their owner alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    is_internal = document.edition == "internal"
    words = "".join(one if one.isalnum() else "-" for one in document.area_name.lower())
    files = []
    for name in formats:
        marked = f"-{OFFICIAL_SENSITIVE}" if is_internal else ""
        file = folder / f"{paper}-{words}-{document.period_label}{marked}.{name}"
        content = _written(document, name, template)
        if is_internal:
            # nobody else reads it, not even between its creation and its first byte
            file.unlink(missing_ok=True)
            file.touch(mode=0o600)
        file.write_bytes(content)
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
