"""The inbox: what lies in `raw/<source>/<extract date>/`, and whether any of it is new.

Nothing here imports Arrow: a run with nothing new must end at once.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flows.data_folder import DataFolder
from flows.landing.inbox.state import FileState, read_state
from flows.landing.inbox.synthetic import MARKER, is_marked, says_synthetic
from flows.landing.sources import SOURCES
from flows.visible_text import visible

GUIDE = "README.md"
"""The name of the pages that `csp init` writes into an inbox and its source folders."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# What lies beside data and is none: what is hidden, what macOS puts into archives, and documents
# by their whole names ("Licensed premises 2025.csv" is data, and so is what a folder "licence"
# holds).
_HIDDEN = re.compile(r"(?i)\..*|__macosx")
_DOCUMENT = re.compile(
    r"(?i).*\.md|"
    r"(?:readme|licen[cs]e|attribution)(?:\.(?:txt|html?|pdf|docx?|rtf))?|"
    r"readme-.*\.zip\.json|"  # where `csp fetch` notes what an archive is
    rf"{re.escape(MARKER)}"
)


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One supplier's file; `name` is its path below the extract date, with `/`.

    `judged_by` stands for what would judge it today: the version of the source's readers, and
    the content of its companions, which lie in the folder `companions` if the source has any.
    `is_synthetic` is true of files that `csp demo` made (`flows.landing.inbox.synthetic`).
    """

    source: str
    extract_date: date
    name: str
    path: Path
    size: int
    mtime_ns: int
    judged_by: str = ""
    companions: Path | None = None
    is_synthetic: bool = False

    @property
    def key(self) -> str:
        """Its path below the inbox, by which the state knows it."""
        return f"{self.source}/{self.extract_date.isoformat()}/{self.name}"


@dataclass(frozen=True, slots=True)
class InboxProblem:
    """Something in the inbox that cannot be taken for a supplier's file, and why."""

    file: str
    reason: str


@dataclass(slots=True)
class InboxScan:
    """Everything that lies in the inbox, in the order of its names.

    `not_read` are documents and hidden files beside the data, by their paths below the inbox.
    """

    files: list[InboxFile] = field(default_factory=list)
    problems: list[InboxProblem] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)


def is_aside(name: str, *, is_folder: bool = False) -> bool:
    """Say by its name whether a file is no data (README, licence, attribution), or is hidden.

    Such a file is listed as not read; of folders only hidden ones are.
    """
    if _HIDDEN.fullmatch(name) is not None:
        return True
    return not is_folder and _DOCUMENT.fullmatch(name) is not None


def is_guide(name: str) -> bool:
    """Say whether a path below the inbox is a page that `csp init` writes there."""
    folder, _, file = name.rpartition("/")
    return file == GUIDE and (not folder or folder in SOURCES)


def printable(name: str) -> str:
    """Give a file name as text that any file format and terminal can hold (it may be any bytes)."""
    return visible(os.fsencode(name).decode("utf-8", "replace"), one_line=True)


def scan_inbox(folder: DataFolder) -> InboxScan:
    """List the inbox: files by source and extract date, and what is in the wrong place.

    A file or folder that cannot be read is a problem by its name, and the rest is listed.
    """
    scan = InboxScan()
    if not os.path.lexists(folder.raw):
        return scan
    for source in _entries(folder.raw, "", scan):
        name = printable(source.name)
        facts = _facts(source, name, scan)
        if facts is None:
            continue
        if not stat.S_ISDIR(facts.st_mode):
            scan.problems.append(
                InboxProblem(name, "the file lies outside any source folder. " + _expected_place())
            )
        elif name not in SOURCES:
            scan.problems.append(
                InboxProblem(
                    f"{name}/",
                    f"no reader is known for the source folder '{name}'. Expected: one of "
                    f"{', '.join(sorted(SOURCES))}. Next: rename the folder, or add a reader "
                    "(see CONTRIBUTING.md)",
                )
            )
        else:
            _scan_source(name, source, scan)
    return scan


def _expected_place() -> str:
    return "Expected: raw/<source>/<extract date>/<file>. Next: move it there"


def _entries(folder: Path, label: str, scan: InboxScan) -> list[Path]:
    """List a folder, `label` being its name and a slash; documents are only written down."""
    entries = []
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        scan.problems.append(_unreadable(label or "raw/", "folder", error))
        return []
    for name in names:
        path = folder / name
        # `os.path.isdir` is false of what the disk does not give, where `Path.is_dir` may raise
        if not is_aside(name) or not is_aside(name, is_folder=os.path.isdir(path)):  # noqa: PTH112
            entries.append(path)
        elif name != MARKER:
            scan.not_read.append(f"{label}{printable(name)}")
    return entries


def _facts(path: Path, label: str, scan: InboxScan) -> os.stat_result | None:
    """Ask what a path is, through links; None where even that cannot be read, which is noted."""
    try:
        return path.stat()
    except OSError as error:
        scan.problems.append(_unreadable(label, "file", error))
        return None


def _unreadable(label: str, what: str, error: OSError) -> InboxProblem:
    return InboxProblem(
        label,
        f"the {what} cannot be read ({error.strerror or type(error).__name__}). Expected: a "
        f"{what} that this user may read, on a disk that answers. Next: check its permissions, "
        "the link's target and the disk; the next run reads it",
    )


def _companions(source: str, folder: Path, scan: InboxScan) -> tuple[str, Path | None]:
    """Give the state of what judges a source's files, and the folder of its companions."""
    declared = SOURCES[source]
    if not declared.companions:
        return declared.version, None
    companions = folder / declared.companions
    digest = hashlib.sha256()
    if os.path.lexists(companions):
        label = f"{source}/{declared.companions}/"
        for path, name, _ in _files_below(companions, label, "", frozenset(), scan):
            try:
                content = path.read_bytes()
            except OSError:
                content = b""  # its reader says what is wrong with it
            digest.update(f"{name}\n{hashlib.sha256(content).hexdigest()}\n".encode())
    return f"{declared.version}+{digest.hexdigest()[:16]}", companions


def _scan_source(source: str, folder: Path, scan: InboxScan) -> None:
    judged_by, companions = _companions(source, folder, scan)
    for entry in _entries(folder, f"{source}/", scan):
        label = f"{source}/{printable(entry.name)}"
        if companions is not None and entry.name == companions.name:
            continue
        facts = _facts(entry, label, scan)
        if facts is None:
            continue
        if not stat.S_ISDIR(facts.st_mode):
            reason = "the file lies outside any extract date folder. " + _expected_place()
            scan.problems.append(InboxProblem(label, reason))
            continue
        extract_date = _as_date(entry.name)
        if extract_date is None:
            scan.problems.append(
                InboxProblem(
                    f"{label}/",
                    "the folder's name is not the date of an extract. Expected: a day of the "
                    "calendar as YYYY-MM-DD, the date that the supplier gives. Next: rename it",
                )
            )
            continue
        is_marked_here = is_marked(entry)
        for path, name, facts in _files_below(entry, f"{label}/", "", frozenset(), scan):
            if not stat.S_ISREG(facts.st_mode):
                reason = "this is no ordinary file. Expected: a file. Next: remove it"
                scan.problems.append(InboxProblem(f"{label}/{name}", reason))
                continue
            scan.files.append(
                InboxFile(
                    source,
                    extract_date,
                    name,
                    path,
                    facts.st_size,
                    facts.st_mtime_ns,
                    judged_by,
                    companions,
                    is_marked_here or says_synthetic(name),
                )
            )


def _as_date(name: str) -> date | None:
    if _DATE.fullmatch(name) is None:
        return None
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def _files_below(
    folder: Path, label: str, prefix: str, above: frozenset[str], scan: InboxScan
) -> Iterator[tuple[Path, str, os.stat_result]]:
    real = os.path.realpath(folder)
    if real in above:  # a link to a folder that holds it would never end
        return
    for entry in _entries(folder, f"{label}{prefix}", scan):
        name = f"{prefix}{printable(entry.name)}"
        facts = _facts(entry, f"{label}{name}", scan)
        if facts is None:
            continue
        if stat.S_ISDIR(facts.st_mode):
            yield from _files_below(entry, label, f"{name}/", above | {real}, scan)
        else:
            yield entry, name, facts


def committed_loads(folder: DataFolder) -> set[str]:
    """Give the ids of all loads that have a record, by the names of the records alone."""
    loads = folder.landing / "loads"
    if not loads.is_dir():
        return set()
    return {path.name.removesuffix(".json") for path in loads.glob("[!.]*.json")}


def standing_deliveries(folder: DataFolder) -> set[str]:
    """Give the names of all deliveries that stand, by their files alone."""
    deliveries = (folder.landing / "deliveries").glob("[!.]*.json")
    return {path.name.removesuffix(".json") for path in deliveries}


def is_settled(file: InboxFile, known: FileState | None, standing: set[str]) -> bool:
    """Say whether an earlier run has dealt with this very file.

    It has if size and time are unchanged and its loads still stand, as do the deliveries that it
    disagrees with; every file is open again once its source has a newer reader, or its companions
    change. `standing` holds the ids of loads and the names of deliveries.
    """
    if known is None or (known.size, known.mtime_ns) != (file.size, file.mtime_ns):
        return False
    if known.reader_version != file.judged_by:
        return False
    return standing.issuperset([*known.load_ids, *known.disagrees_with])


def anything_new(folder: DataFolder) -> bool:
    """Say whether the inbox holds anything that the last landing has not dealt with."""
    scan = scan_inbox(folder)
    state = read_state(folder)
    if not {f"{problem.file}: {problem.reason}" for problem in scan.problems} <= set(
        state.problems
    ):
        return True
    standing = committed_loads(folder) | standing_deliveries(folder)
    return not all(is_settled(file, state.files.get(file.key), standing) for file in scan.files)
