"""Writers of a document in each format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from flows.papers.document import Document


def write(document: Document, paper: str, folder: Path, formats: Sequence[str]) -> list[Path]:
    """Write the document into `folder` in each format; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    words = "".join(one if one.isalnum() else "-" for one in document.area_name.lower())
    files = []
    for name in formats:
        file = folder / f"{paper}-{words}-{document.period_label}.{name}"
        file.write_bytes(_WRITERS[name](document))
        files.append(file)
    return files


def _html(document: Document) -> bytes:
    from flows.papers.writers.html import as_html

    return as_html(document).encode()


_WRITERS: dict[str, Callable[[Document], bytes]] = {
    "html": _html,
}
