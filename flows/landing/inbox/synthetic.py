"""Synthetic data: how a made-up file is known.

A file is synthetic if its extract date folder holds `SYNTHETIC.txt`, or if its own name, or that
of a folder or archive it lies in, says "synthetic": a file that is copied elsewhere takes its name
along. The same marker higher up is a word to people only, since a real file that is put into a
demo's inbox must be distinguished from the demo's. Nothing here imports Arrow.
"""

from __future__ import annotations

import re
from pathlib import Path

MARKER = "SYNTHETIC.txt"
LABEL = "SYNTHETIC DATA"

_SAYS_SO = re.compile(r"(?i)(?<![a-z])synthetic(?![a-z])")


def says_synthetic(name: str) -> bool:
    """Say whether a path below the inbox says that its file is synthetic."""
    return _SAYS_SO.search(name) is not None


def is_marked(folder: Path) -> bool:
    """Say whether a folder of the inbox holds the marker.

    By its name alone: a marker that the disk does not give still marks what lies beside it. A
    folder that cannot be listed gives nothing to mark.
    """
    try:
        return any(entry.name == MARKER for entry in folder.iterdir())
    except OSError:
        return False
