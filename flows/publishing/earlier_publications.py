"""The publications that are kept: list them, and go back to one of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flows.publishing.failures import PublishFailedError
from flows.publishing.fresh_process import verification_problems
from flows.publishing.layout import PublishedFolder
from flows.publishing.lock import publication_lock
from flows.publishing.publication import Publication, publication

if TYPE_CHECKING:
    from flows.data_folder import DataFolder

_SECONDS_TO_WAIT = 30.0


def current_publication(folder: DataFolder, *, as_at: date | None = None) -> Publication | None:
    """Return the publication that stands, or nothing before the first one."""
    published = PublishedFolder.of(folder, as_at)
    current = published.current_id()
    return publication(published, current) if current else None


def list_publications(folder: DataFolder, *, as_at: date | None = None) -> list[Publication]:
    """List the publications that are kept, newest first."""
    published = PublishedFolder.of(folder, as_at)
    return [publication(published, found) for found in reversed(published.ids())]


def rollback(
    folder: DataFolder, to: str | None = None, *, as_at: date | None = None
) -> Publication:
    """Make an earlier publication current again: `to`, else the one before the current one.

    `to` is its id or its number.

    Nothing is rebuilt and nothing is removed, so one can go forward again by naming the newer
    publication. The next run with new input publishes on top. The target is verified first.

    Raises `PublishFailedError` when there is nothing to go back to, or the target is damaged;
    `RunLockedError` when a publication is under way.
    """
    published = PublishedFolder.of(folder, as_at)
    with publication_lock(folder, _SECONDS_TO_WAIT, run_id="rollback"):
        published.clear_leftovers()
        target = _before_the_current_one(published) if to is None else published.named(to)
        if target is None:
            raise PublishFailedError(
                f"Publication {to} is not kept in {published.versions}. {_kept(published)}"
            )
        problems = verification_problems(published.version(target))
        if problems:
            reason = "\n".join(f"  {problem}" for problem in problems)
            raise PublishFailedError(
                f"Publication {target} is damaged and was not put back:\n{reason}\n"
                f"{_kept(published)}"
            )
        mode = "pointer" if published.pointer.exists() else "symlink"
        published.make_current(target, mode)
        return publication(published, target)


def _before_the_current_one(published: PublishedFolder) -> str:
    current = published.current_id()
    if current is None:
        raise PublishFailedError(f"Nothing is published in {published.root}. Run `csp nightly`.")
    previous = publication(published, current).manifest.previous_publication_id
    if previous is None:
        raise PublishFailedError(f"{current} is the first publication. {_kept(published)}")
    if previous not in published.ids():
        raise PublishFailedError(
            f"The publication before {current} is not kept (setting publications_kept). "
            f"{_kept(published)}"
        )
    return previous


def _kept(published: PublishedFolder) -> str:
    kept = ", ".join(reversed(published.ids())) or "none"
    return f"Kept are: {kept}. Name one of them: `csp publish --rollback ID`."
