"""`python -m flows.site PUBLICATION FOLDER`: write the site of one publication into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from flows.publishing.layout import DATABASE_FILE
from flows.publishing.manifest import MANIFEST_FILE
from flows.site.write import write_site


def main(publication: str, folder: str) -> None:
    """Write the site of the publication in one folder into another, which must be empty."""
    source = Path(publication)
    write_site(source / DATABASE_FILE, source / MANIFEST_FILE, Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:3])
