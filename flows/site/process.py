"""Writes the site in a process of its own, beside the publication that it shows.

The drawing of charts holds a JavaScript engine: what it uses, and how it may end, is not the run's.
It takes a second to be ready, so a run starts the process while its publication is verified.
"""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flows.child_process import ReadyModule
from flows.publishing.layout import SITE_FOLDER, PublishedFolder, remove_tree

if TYPE_CHECKING:
    from datetime import date

    from flows.data_folder import DataFolder
    from flows.publishing import Publication

# A national publication takes under a minute; this only ends a process that hangs.
_SECONDS_TO_WRITE = 900


class SiteError(RuntimeError):
    """The site could not be written: why, and what to do next. The publication stands."""


class ReadySite:
    """The process that writes one site; it is there from `start` on, or once it is needed."""

    def __init__(self) -> None:
        self._process: ReadyModule | None = None

    def start(self) -> None:
        """Have it import and make ready to draw; who starts it may go on."""
        # one that cannot be started now says why when it is to write
        with contextlib.suppress(OSError):
            self._process = self._process or ReadyModule("flows.site")

    def write(self, publication: Path, target: Path) -> subprocess.CompletedProcess[str]:
        """Have the site of one folder written into another, and wait for it."""
        process, self._process = self._process or ReadyModule("flows.site"), None
        return process.run(str(publication), str(target), seconds=_SECONDS_TO_WRITE)

    def end(self) -> None:
        """End a process that was not needed."""
        if self._process is not None:
            self._process.end()


@contextlib.contextmanager
def ready_site() -> Iterator[ReadySite]:
    """Give the process that writes a site, and leave none behind."""
    site = ReadySite()
    try:
        yield site
    finally:
        site.end()


def publish_site(
    folder: DataFolder,
    publication: Publication,
    as_at: date | None = None,
    site: ReadySite | None = None,
) -> Path:
    """Write the site of a publication and put it in place in one step; returns its folder.

    `site` is a process that was started for this. A site that the publication already has is left
    as it is: a publication never changes. Raises `SiteError`; no site is then linked as current,
    and the publication stands.
    """
    place = publication.folder / SITE_FOLDER
    if place.is_dir():
        return place
    unfinished = publication.folder.parent / f"{publication.publication_id}.site.tmp"
    try:
        if unfinished.exists():
            remove_tree(unfinished)
        unfinished.mkdir(mode=0o700)
        _write_apart(publication.folder, unfinished, site or ReadySite())
        PublishedFolder.of(folder, as_at).add_site(unfinished, publication.publication_id)
    except OSError as error:
        raise SiteError(
            f"{error.filename or unfinished}: the scorecard site cannot be written there "
            f"({error.strerror}). Next: look at free space and permissions, then run "
            "`csp nightly --force`"
        ) from error
    finally:
        if unfinished.is_dir():
            remove_tree(unfinished)
    return place


def _write_apart(publication: Path, target: Path, site: ReadySite) -> None:
    try:
        done = site.write(publication, target)
    except subprocess.TimeoutExpired:
        raise SiteError(
            f"the scorecard site was not written within {_SECONDS_TO_WRITE} seconds. "
            "Next: run `csp nightly --force` when the machine is less busy"
        ) from None
    if done.returncode != 0:
        last = next((line for line in reversed(done.stderr.splitlines()) if line.strip()), "")
        raise SiteError(
            f"the scorecard site was not written (code {done.returncode}): {last[:300]}. "
            f"Next: `python -m flows.site {publication} FOLDER` shows the whole error"
        )
