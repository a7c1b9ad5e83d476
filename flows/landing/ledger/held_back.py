"""Loads that are held back: landed and on the record, and used in no figure until that changes.

A load is held back under one extract date, because it failed a critical check. It is left out of
the catalog that the build reads, so that the newest earlier extract of the same coverage stands.
Every run judges again; `DIR/warehouse/state/held_back.json` keeps what the last one held back.
Nothing heavy is imported here: `csp nightly` reads it before it knows whether there is work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from flows.data_folder import DataFolder
from flows.private_files import read_json, write_json


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """One critical check that a load failed; texts hold counts and file names only."""

    check_id: str
    description: str
    observed: str
    expected: str
    next_step: str


@dataclass(frozen=True, slots=True)
class HeldBackLoad:
    """One load held back under one extract date, why, and what stands instead of it.

    `stands` says in words which earlier extract is in force for what the load covers, if any.
    """

    load_id: str
    source: str
    file: str
    extract_date: str
    checks: tuple[FailedCheck, ...]
    stands: str

    @property
    def place(self) -> str:
        """Say where the file lies below the inbox."""
        return f"{self.source}/{self.extract_date}/{self.file}"

    @property
    def next_steps(self) -> str:
        """Say what to do: first a corrected file, then the switch for a file that is right."""
        steps = list(dict.fromkeys(check.next_step for check in self.checks))
        named = " ".join(f"--let-through {check.check_id}" for check in self.checks)
        return (
            f"{' '.join(steps)} If the file is right all the same: "
            f"csp nightly {named} --reason '…' (the reason is published)."
        )

    @property
    def delivery(self) -> tuple[str, date]:
        """The load's id and the extract date under which it is held back."""
        return self.load_id, date.fromisoformat(self.extract_date)


def held_back_from(content: Iterable[dict[str, object]]) -> list[HeldBackLoad]:
    """Read held back loads from JSON. Raises `TypeError` or `KeyError` where it is of no such."""
    return [
        HeldBackLoad(
            **{**one, "checks": tuple(FailedCheck(**check) for check in one["checks"])}  # type: ignore[arg-type, attr-defined]
        )
        for one in content
    ]


def write_held_back(folder: DataFolder, loads: Iterable[HeldBackLoad]) -> None:
    """Keep what this run held back, in place of what the one before did."""
    write_json(_file(folder), [asdict(load) for load in loads])


def read_held_back(folder: DataFolder) -> list[HeldBackLoad]:
    """Read what the last run held back; nothing where no run has written it, or not readably."""
    content = read_json(_file(folder))
    try:
        return held_back_from(content or [])
    except (KeyError, TypeError):
        return []


def _file(folder: DataFolder) -> Path:
    return folder.state / "held_back.json"
