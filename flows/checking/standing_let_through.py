"""Which loads the standing publication let through, although they failed a critical check.

By check and load, so that a load that was let through stays in force when another one fails the
same check. It is tied to the publication: after a rollback, what only the later one let through is
held back again. Private, because the hash of a restricted file can give its rows away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from flows.data_folder import DataFolder
from flows.private_files import read_json, write_json
from flows.publishing.layout import PublishedFolder

# Reason by check id and load id.
LetThroughLoads = Mapping[tuple[str, str], str]


def standing_let_through(folder: DataFolder) -> dict[tuple[str, str], str]:
    """Give the reason by check and load of what the standing publication let through."""
    current = PublishedFolder.of(replace(folder, as_at=None), None).current_id()
    content = read_json(_file(folder))
    listed = content.get(current, []) if isinstance(content, dict) and current else []
    return {
        (one["check_id"], one["load_id"]): one["reason"]
        for one in listed
        if {"check_id", "load_id", "reason"} <= one.keys()
    }


def remember_let_through(folder: DataFolder, publication_id: str, loads: LetThroughLoads) -> None:
    """Note what a publication let through; publications that are no longer kept are forgotten."""
    published = PublishedFolder.of(replace(folder, as_at=None), None)
    content = read_json(_file(folder))
    kept = {
        known: listed
        for known, listed in (content if isinstance(content, dict) else {}).items()
        if published.version(known).is_dir()
    }
    kept[publication_id] = [
        {"check_id": check_id, "load_id": load_id, "reason": reason}
        for (check_id, load_id), reason in sorted(loads.items())
    ]
    write_json(_file(folder), kept)


def _file(folder: DataFolder) -> Path:
    return folder.state / "let_through.json"
