"""Synthetic and real data never land in one data folder."""

from __future__ import annotations

from collections.abc import Iterable

from flows.landing.inbox.files import InboxFile
from flows.landing.ledger.load_records import LoadRecord


class SyntheticMixedWithRealError(Exception):
    """Made-up and real data in one data folder: no figure of it would be either."""


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
