"""Writes the site in a process of its own, beside the publication that it shows.

The drawing of charts holds a JavaScript engine: what it uses, and how it may end, is not the run's.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from flows.child_process import run_module
from flows.publishing.layout import SITE_FOLDER, PublishedFolder, remove_tree

if TYPE_CHECKING:
    from datetime import date

    from flows.data_folder import DataFolder
    from flows.publishing import Publication

# A national publication takes under a minute; this only ends a process that hangs.
_SECONDS_TO_WRITE = 900


class SiteError(RuntimeError):
    """The site could not be written: why, and what to do next. The publication stands."""


def publish_site(folder: DataFolder, publication: Publication, as_at: date | None = None) -> Path:
    """Write the site of a publication and put it in place in one step; returns its folder.

    One that the publication already has is left as it is: a publication never changes.
    Raises `SiteError`; no site is then linked as current, and the publication stands.
    """
    place = publication.folder / SITE_FOLDER
    if place.is_dir():
        return place
    unfinished = publication.folder.parent / f"{publication.publication_id}.site.tmp"
    try:
        if unfinished.exists():
            remove_tree(unfinished)
        unfinished.mkdir(mode=0o700)
        _write_apart(publication.folder, unfinished)
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


def _write_apart(publication: Path, target: Path) -> None:
    try:
        done = run_module("flows.site", str(publication), str(target), seconds=_SECONDS_TO_WRITE)
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
