"""What earlier runs made of each inbox file, so that an unchanged file is not read again.

The state is a cache: losing it costs one reading of the inbox and loses nothing, because
loads are known by the hash of their bytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from flows.data_folder import DataFolder
from flows.private_files import private_folder, write_privately

_FORMAT = 2


@dataclass(frozen=True, slots=True)
class FileState:
    """One inbox file as it was when last read: size, time, hash and what became of it.

    `outcome` is `loaded`, `skipped` or `quarantined`. `reader_version` is what judged it, the
    version of the source's readers and the state of their companions: a newer one judges a
    quarantined file again. `disagrees_with` names the deliveries (`delivery_name`) that it may not
    stand beside: once one of them is taken back, the file is judged again.
    """

    size: int
    mtime_ns: int
    sha256: str
    outcome: str
    reader_version: str
    load_ids: list[str] = field(default_factory=list)
    reason: str = ""
    disagrees_with: list[str] = field(default_factory=list)


@dataclass(slots=True)
class InboxState:
    """Every inbox file by `<source>/<date>/<name>`, and the problems shown last time."""

    files: dict[str, FileState] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def state_path(folder: DataFolder) -> Path:
    """Name the file that holds the state."""
    return folder.state / "inbox.json"


def read_state(folder: DataFolder) -> InboxState:
    """Read the state; one that is missing, damaged or of another format counts as empty."""
    try:
        content = json.loads(state_path(folder).read_bytes())
        if content["format"] != _FORMAT:
            return InboxState()
        files = {key: FileState(**entry) for key, entry in content["files"].items()}
        return InboxState(files, list(content["problems"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return InboxState()


def write_state(folder: DataFolder, state: InboxState) -> None:
    """Write the state in one step."""
    content = {
        "format": _FORMAT,
        "problems": state.problems,
        "files": {key: asdict(entry) for key, entry in sorted(state.files.items())},
    }
    path = state_path(folder)
    private_folder(path.parent)
    write_privately(path, json.dumps(content, indent=1).encode())
