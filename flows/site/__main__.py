"""`python -m flows.site PUBLICATION FOLDER`: write the site of one publication into a folder.

Without these it makes ready to draw, and waits until its starter names them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from flows.child_process import arguments_from_starter
from flows.papers.writers.drawing import start_drawing
from flows.publishing.layout import DATABASE_FILE
from flows.publishing.manifest import MANIFEST_FILE
from flows.site.write import write_site

# DuckDB would import them for any statement with a parameter: 0.4 s, and the site uses neither.
sys.modules["pandas"] = sys.modules["pyarrow"] = None  # type: ignore[assignment]


def main(arguments: list[str]) -> None:
    """Write the site of the publication in one folder into another, which must be empty."""
    if not arguments:
        start_drawing()
        arguments = arguments_from_starter()
    publication, folder = map(Path, arguments)
    write_site(publication / DATABASE_FILE, publication / MANIFEST_FILE, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
