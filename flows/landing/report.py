"""What one landing did, for the command line and for the flow's summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from flows.landing.ledger.load_records import LoadRecord


@dataclass(frozen=True, slots=True)
class QuarantinedFile:
    """A file that did not land: its label below the inbox, why, and where its copy lies.

    `copy` is None where nothing was copied: a folder in the wrong place, or a file that was
    still growing and is left for the next run.
    """

    file: str
    reason: str
    copy: Path | None = None


@dataclass(slots=True)
class LandingReport:
    """One landing: loads made, loads known before, files refused, and rows either way.

    `still_quarantined` are files that an earlier run refused and that lie unchanged in the
    inbox; `notes` are things not read on purpose, such as files of a kind not read yet.
    """

    loaded: list[LoadRecord] = field(default_factory=list)
    already_known: int = 0
    redelivered: int = 0
    quarantined: list[QuarantinedFile] = field(default_factory=list)
    still_quarantined: list[QuarantinedFile] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def rows_loaded(self) -> int:
        """Rows of the loads that this landing made."""
        return sum(record.rows_loaded for record in self.loaded)

    @property
    def rows_rejected(self) -> int:
        """Lines that this landing's loads rejected."""
        return sum(record.rows_rejected for record in self.loaded)
