"""What one run did, in numbers and names, never in record content."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from flows.data_folder import DataFolder
from flows.landing.ledger.held_back import HeldBackLoad, held_back_from
from flows.private_files import read_json, write_json

Outcome = Literal[
    "running", "published", "nothing_new", "failed", "checks_failed", "interrupted"
]  # fmt: skip

EXIT_CODES: Mapping[Outcome, int] = {
    "published": 0,
    "nothing_new": 0,
    "failed": 1,
    "checks_failed": 3,
    "interrupted": 130,
}


@dataclass(slots=True)
class StepTime:
    """One step of a run and its wall-clock seconds."""

    name: str
    seconds: float
    outcome: Literal["done", "failed"]


@dataclass(slots=True)
class LoadedFile:
    """One file that this run landed."""

    load_id: str
    source: str
    file: str
    extract_date: str
    rows_loaded: int
    rows_rejected: int


@dataclass(slots=True)
class RejectedRows:
    """Rows of one file left out for one reason in one column; `first_line` is 1-based."""

    source: str
    extract_date: str
    file: str
    column: str
    reason: str
    rows: int
    first_line: int

    @property
    def place(self) -> str:
        """Say where the file lies below the inbox."""
        return f"{self.source}/{self.extract_date}/{self.file}"


def rows_from_line(rows: int, first_line: int) -> str:
    """Say how many rows it is, and where the first one stands."""
    if rows == 1:
        return f"1 row, on line {first_line}"
    return f"{rows:,} rows from line {first_line} on"


@dataclass(slots=True)
class RefusedFile:
    """A file that could not be read at all; a copy lies in quarantine beside its reason."""

    file: str
    reason: str


@dataclass(slots=True)
class CheckOutcome:
    """One check that did not pass."""

    check_id: str
    subject: str
    description: str
    severity: str
    status: str
    observed: str
    expected: str
    # loads were held back for it, so that it stops nothing else
    held_back: bool = False


@dataclass(slots=True)
class NightSummary:
    """One run, from its start until its last step; times are ISO 8601 in UTC."""

    run_id: str
    pid: int
    started: str
    as_at: str | None = None
    ended: str | None = None
    outcome: Outcome = "running"
    message: str = ""
    failed_step: str | None = None
    next_step: str = ""
    steps: list[StepTime] = field(default_factory=list)
    loaded: list[LoadedFile] = field(default_factory=list)
    already_known: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    rejected: list[RejectedRows] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    # refused on an earlier night, and lying unchanged in the inbox
    still_quarantined: list[RefusedFile] = field(default_factory=list)
    # what landing left aside on purpose
    notes: list[str] = field(default_factory=list)
    checks_passed: int = 0
    checks_not_passed: list[CheckOutcome] = field(default_factory=list)
    # loads that failed a critical check, and which of them the run before did not hold back
    held_back: list[HeldBackLoad] = field(default_factory=list)
    newly_held_back: list[str] = field(default_factory=list)
    let_through: dict[str, str] = field(default_factory=dict)
    # checks that were to be let through and did not fail
    not_needed: list[str] = field(default_factory=list)
    publication_id: str | None = None
    publication_unchanged: bool = False
    # why what is written from the publication, such as its site, is missing; it stands without
    not_written: list[str] = field(default_factory=list)
    retention: str = ""
    records_removed: int = 0

    @property
    def exit_code(self) -> int:
        """The exit code of a command that ran this run (a run cut off counts as failed)."""
        return EXIT_CODES.get(self.outcome, 1)

    def write(self, folder: DataFolder) -> None:
        """Keep this as the last run of the folder."""
        write_json(_last_run(folder), dataclasses.asdict(self))

    def history_line(self) -> dict[str, Any]:
        """Return the line that `nights.jsonl` keeps: run id, times, outcome, seconds by step."""
        return {
            "run_id": self.run_id,
            "started": self.started,
            "ended": self.ended,
            "outcome": self.outcome,
            "as_at": self.as_at,
            "failed_step": self.failed_step,
            "publication_id": self.publication_id,
            "rows_loaded": self.rows_loaded,
            "rows_rejected": self.rows_rejected,
            "files_refused": len(self.refused),
            "files_still_refused": len(self.still_quarantined),
            "loads_held_back": len(self.held_back),
            "retention": self.retention,
            "records_removed": self.records_removed,
            "let_through": self.let_through,
            "step_seconds": {step.name: step.seconds for step in self.steps},
        }


def read_last_run(folder: DataFolder) -> NightSummary | None:
    """Read the summary of the last run; None where there was none (or it is not readable)."""
    content = read_json(_last_run(folder))
    if not isinstance(content, dict):
        return None
    try:
        return NightSummary(
            **{
                **content,
                "steps": [StepTime(**item) for item in content["steps"]],
                "loaded": [LoadedFile(**item) for item in content["loaded"]],
                "rejected": [RejectedRows(**item) for item in content["rejected"]],
                "refused": [RefusedFile(**item) for item in content["refused"]],
                "still_quarantined": [RefusedFile(**item) for item in content["still_quarantined"]],
                "held_back": held_back_from(content["held_back"]),
                "checks_not_passed": [
                    CheckOutcome(**item) for item in content["checks_not_passed"]
                ],
            }
        )
    except (KeyError, TypeError):
        # Written by another version of the project: it says nothing that this one can rely on.
        return None


def _last_run(folder: DataFolder) -> Path:
    return folder.state / "last_run.json"
