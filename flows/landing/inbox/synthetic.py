"""Synthetic data: how a made-up file is known, and that it never lies with real ones.

A file is synthetic if its extract date folder holds `SYNTHETIC.txt`, or if its own name, or that
of a folder or archive it lies in, says "synthetic": a file that is copied elsewhere takes its name
along. The same marker higher up is a word to people only, since a real file that is put into a
demo's inbox must be told from the demo's. Nothing here imports Arrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.landing.inbox.files import InboxFile
    from flows.landing.ledger.load_records import LoadRecord

MARKER = "SYNTHETIC.txt"
LABEL = "SYNTHETIC DATA"

_SAYS_SO = re.compile(r"(?i)(?<![a-z])synthetic(?![a-z])")


class SyntheticMixedWithRealError(Exception):
    """Made-up and real data in one data folder: no figure of it would be either."""


def says_synthetic(name: str) -> bool:
    """Tell whether a path below the inbox says that its file is synthetic."""
    return _SAYS_SO.search(name) is not None


def is_marked(folder: Path) -> bool:
    """Tell whether a folder of the inbox holds the marker."""
    return (folder / MARKER).is_file()


def refuse_mixture(files: Iterable[InboxFile], records: Iterable[LoadRecord]) -> None:
    """Raise SyntheticMixedWithRealError where inbox and loads together hold both kinds.

    Names one file of each. Loads count too: a figure is made of what has landed, whether or not
    its file is still in the inbox.
    """
    seen: dict[bool, str] = {}
    for file in files:
        seen.setdefault(file.is_synthetic, f"{file.key} (in the inbox)")
    for record in records:
        place = f"{record.source}/{record.extract_date.isoformat()}/{record.file} (landed)"
        seen.setdefault(record.synthetic, place)
    if len(seen) == 2:
        raise SyntheticMixedWithRealError(
            f"synthetic data, {seen[True]}, and real data, {seen[False]}, are in one data folder. "
            "Nothing was landed. Expected: either what suppliers sent, or what csp demo made. "
            "Next: give each a data folder of its own (csp demo --data demo), move the files of "
            "one kind out of this inbox, and if files of both kinds have landed before, start with "
            "a fresh folder"
        )
