"""The published folder: versions side by side, and one name that says which one stands.

    published/versions/<publication id>/community_safety.duckdb, parquet/, manifest.json
    published/current                    relative link to versions/<publication id>
    published/community_safety.duckdb    relative links through `current`: the names that
    published/parquet                    readers know
    published/manifest.json
    published/site                       the scorecard site of the current publication

In mode `pointer`, for systems where links are not allowed or an open file cannot be replaced,
there are no links: `published/current.json` names the folder of the current publication. Where
both are found the pointer counts, since a change of mode takes the other one away last.

Nothing inside a version is ever changed, so a reader that opened it keeps what it saw.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.publishing.durable import flush_folder, write_text
from flows.publishing.failures import PublishFailedError
from flows.publishing.manifest import MANIFEST_FILE, read_manifest

if TYPE_CHECKING:
    from flows.data_folder import DataFolder

DATABASE_FILE = "community_safety.duckdb"
PARQUET_FOLDER = "parquet"
STABLE_NAMES = (DATABASE_FILE, PARQUET_FOLDER, MANIFEST_FILE)
# Written after a publication stands, so a publication may be without one.
SITE_FOLDER = "site"

PUBLIC_FILE = 0o644
PUBLIC_FOLDER = 0o755
# A published file opened for writing would lock every other reader out, so nobody may write it.
SEALED_FILE = 0o444

_PUBLICATION_ID = re.compile(r"^(\d{6,})-\d{8}T\d{6}Z$")
_NUMBER = re.compile(r"^(\d{6,})-")
_UNFINISHED, _REFUSED, _REMOVED = ".tmp", ".failed", ".removing"
_TRIES_ON_WINDOWS = 50


@dataclass(frozen=True, slots=True)
class PublishedFolder:
    """One published folder: that of the runs, or that of one as-at date."""

    root: Path

    @classmethod
    def of(cls, folder: DataFolder, as_at: date | None = None) -> PublishedFolder:
        """Find the runs' folder, or `published/as_at/<date>` of a run as at an earlier date."""
        if as_at is None:
            return cls(folder.published)
        return cls(folder.published / "as_at" / as_at.isoformat())

    @property
    def versions(self) -> Path:
        """Holds one folder per publication."""
        return self.root / "versions"

    @property
    def link(self) -> Path:
        """The link that names the current publication in mode `symlink`."""
        return self.root / "current"

    @property
    def pointer(self) -> Path:
        """The file that names the current publication in mode `pointer`."""
        return self.root / "current.json"

    @property
    def intent(self) -> Path:
        """Names the publication being put in place, so that a killed run can be cleared up."""
        return self.root / ".publishing"

    def version(self, publication_id: str) -> Path:
        """Return the folder of one publication, there or not."""
        return self.versions / publication_id

    def database(self, publication_id: str) -> Path:
        """Return the database that readers of one publication open, by its stable name if any."""
        if not self.pointer.exists() and self.current_id() == publication_id:
            return self.root / DATABASE_FILE
        return self.version(publication_id) / DATABASE_FILE

    def ids(self) -> list[str]:
        """List the publications that are kept, oldest first (by number: clocks may jump)."""
        if not self.versions.is_dir():
            return []
        found = [path.name for path in self.versions.iterdir() if _PUBLICATION_ID.match(path.name)]
        return sorted(found, key=_number)

    def named(self, wanted: str) -> str | None:
        """Return the kept publication that has this id, or this number (`000003`), if any."""
        for kept in self.ids():
            if wanted in (kept, kept.partition("-")[0]):
                return kept
        return None

    def current_id(self) -> str | None:
        """Return the publication that stands, or nothing before the first run."""
        try:
            named = str(json.loads(self.pointer.read_text(encoding="utf-8"))["publication_id"])
        except FileNotFoundError:
            try:
                named = self.link.readlink().name
            except FileNotFoundError:
                return None
            except OSError as error:
                raise PublishFailedError(_in_the_way(self.link)) from error
        except (ValueError, KeyError, TypeError) as error:
            raise PublishFailedError(
                f'{self.pointer}: expected {{"publication_id": …}}. '
                "Name a publication with `csp publish --rollback ID`."
            ) from error
        return named if self.version(named).is_dir() else None

    def new_id(self, now: datetime) -> str:
        """Return the next number, one above all that were begun here, with the time in UTC."""
        begun = [path.name for path in self.versions.iterdir()] if self.versions.is_dir() else []
        last = max((_number(name) for name in begun if _NUMBER.match(name)), default=0)
        return f"{last + 1:06d}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"

    def begin(self, publication_id: str) -> Path:
        """Make the candidate's folder; only its owner may look into it until it is checked."""
        for folder in (self.root.parent, self.root, self.versions):
            if not folder.is_dir():
                folder.mkdir(parents=True)
                folder.chmod(PUBLIC_FOLDER)
        candidate = self.versions / f"{publication_id}{_UNFINISHED}"
        candidate.mkdir(mode=0o700)
        return candidate

    def put_in_place(self, candidate: Path, publication_id: str, mode: str) -> None:
        """Make a finished candidate the current publication, in one step for every reader."""
        write_text(self.intent, publication_id, PUBLIC_FILE)
        _open_to_readers(candidate)
        os.rename(candidate, self.version(publication_id))  # noqa: PTH104
        flush_folder(self.versions)
        self.make_current(publication_id, mode)
        self.intent.unlink()

    def make_current(self, publication_id: str, mode: str) -> None:
        """Point every reader to a publication that is in `versions/`."""
        if mode == "pointer":
            text = json.dumps(
                {"publication_id": publication_id, "folder": f"versions/{publication_id}"}
            )
            _retried(lambda: write_text(self.pointer, text + "\n", PUBLIC_FILE))
        else:
            self._refuse_what_is_in_the_way()
            _point(self.link, Path("versions") / publication_id)
            self.pointer.unlink(missing_ok=True)
        self.fix_stable_names()
        flush_folder(self.root)

    def fix_stable_names(self) -> None:
        """Make the stable names fit the mode; a killed run may have left some out or behind."""
        if self.pointer.exists():
            for name in (*STABLE_NAMES, SITE_FOLDER, self.link.name):
                if (self.root / name).is_symlink():
                    (self.root / name).unlink()
        elif self.link.is_symlink():
            for name in STABLE_NAMES:
                _point(self.root / name, Path(self.link.name) / name)
            self._link_site()

    def _link_site(self) -> None:
        """Link the site of the current publication; without one the name goes.

        An older site under the name would show what the publication no longer does.
        """
        site = self.root / SITE_FOLDER
        if (self.link / SITE_FOLDER).is_dir():
            _point(site, Path(self.link.name) / SITE_FOLDER)
        elif site.is_symlink():
            site.unlink()

    def add_site(self, written: Path, publication_id: str) -> None:
        """Put a finished site beside the publication that it was written from, and link it.

        Raises `OSError` or `PublishFailedError` where it cannot; the publication stands as it was.
        """
        place = self.version(publication_id) / SITE_FOLDER
        _open_to_readers(written)
        if place.is_dir():
            remove_tree(place)
        os.rename(written, place)  # noqa: PTH104
        if not self.pointer.exists() and self.current_id() == publication_id:
            self._link_site()

    def _refuse_what_is_in_the_way(self) -> None:
        for name in (self.link.name, *STABLE_NAMES):
            path = self.root / name
            if path.exists() and not path.is_symlink():
                raise PublishFailedError(_in_the_way(path))

    def set_aside(self, candidate: Path, reason: str) -> Path:
        """Keep a refused candidate for a look, private, with its reason, until the next run."""
        write_text(candidate / "reason.txt", reason + "\n", 0o600)
        aside = candidate.with_suffix(_REFUSED)
        os.rename(candidate, aside)  # noqa: PTH104
        return aside

    def clear_leftovers(self) -> None:
        """Remove what a killed or refused run left.

        A version that was in place but never current was never published, so it goes too.
        """
        if not self.versions.is_dir():
            return
        if self.intent.is_file():
            begun = self.intent.read_text(encoding="utf-8").strip()
            if _PUBLICATION_ID.match(begun) and begun != self.current_id():
                self.remove(begun)
            self.intent.unlink()
        for path in self.versions.iterdir():
            if path.name.endswith((_UNFINISHED, _REFUSED, _REMOVED)):
                remove_tree(path)
        for path in self.root.glob(".*.new"):
            path.unlink()

    def remove(self, publication_id: str) -> bool:
        """Remove one publication; False when an open file keeps it (Windows): next time, then."""
        going = self.versions / f"{publication_id}{_REMOVED}"
        try:
            os.rename(self.version(publication_id), going)  # noqa: PTH104
            remove_tree(going)
        except OSError:
            return False
        return True

    def keep_newest(self, kept: int) -> list[str]:
        """Remove all but `kept` publications and return the removed ids.

        The current one always stays, and so does the one that a rollback would go to when two
        or more are kept: after a rollback it need not be among the newest.
        """
        current = self.current_id()
        newest_first = list(reversed(self.ids()))
        wanted = [current] if current else []
        if current and kept > 1:
            previous = read_manifest(self.version(current)).previous_publication_id
            wanted += [previous] if previous in newest_first else []
        wanted += [name for name in newest_first if name not in wanted]
        staying = wanted[: max(kept, 1)]
        return [name for name in newest_first if name not in staying and self.remove(name)]


def remove_tree(path: Path) -> None:
    """Remove a folder whose files are sealed. Raises `OSError` when one of them is held open."""
    if os.name == "nt":  # pragma: no cover  # Windows does not remove read-only files
        for file in path.rglob("*"):
            file.chmod(stat.S_IWRITE)
    shutil.rmtree(path)


def _number(name: str) -> int:
    found = _NUMBER.match(name)
    return int(found[1]) if found else 0


def _open_to_readers(candidate: Path) -> None:
    for path in candidate.rglob("*"):
        path.chmod(PUBLIC_FOLDER if path.is_dir() else SEALED_FILE)
    candidate.chmod(PUBLIC_FOLDER)


def _point(link: Path, target: Path) -> None:
    """Make `link` point to the relative `target`, in one step."""
    if link.is_symlink() and link.readlink() == target:
        return
    if link.exists() and not link.is_symlink():
        raise PublishFailedError(_in_the_way(link))
    beside = link.with_name(f".{link.name}.new")
    beside.unlink(missing_ok=True)
    try:
        beside.symlink_to(target, target_is_directory=not target.suffix)
    except OSError as error:
        raise PublishFailedError(
            f"{link}: this system or disk does not allow links ({error.strerror}). "
            'Set publish_mode = "pointer" in csp.toml; readers then look into current.json.'
        ) from error
    os.replace(beside, link)  # noqa: PTH105


def _in_the_way(path: Path) -> str:
    return (
        f"{path}: expected a link that `csp nightly` makes, found something else. "
        "Move it away and run `csp nightly` again; nothing was replaced."
    )


def _retried(step: Callable[[], None]) -> None:
    """Run a step again while a reader on Windows holds the file that it replaces."""
    for attempt in range(_TRIES_ON_WINDOWS):
        try:
            step()
        except PermissionError:
            if os.name != "nt" or attempt == _TRIES_ON_WINDOWS - 1:
                raise
            time.sleep(0.1)
        else:
            return
