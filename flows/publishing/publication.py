"""Publish what the marts hold: copy, describe, verify, then move into place in one step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.landing.inbox.synthetic import MARKER
from flows.publishing.candidate import (
    STORAGE_VERSION,
    SYNTHETIC_COMMENT,
    copy_marts,
    described_tables,
    warehouse_and_candidate,
    write_parquet,
)
from flows.publishing.durable import flush_tree, write_text
from flows.publishing.failures import PublishFailedError
from flows.publishing.fresh_process import verification_problems
from flows.publishing.layout import PUBLIC_FILE, PublishedFolder, remove_tree
from flows.publishing.lock import publication_lock
from flows.publishing.manifest import (
    MANIFEST_FILE,
    GateRecord,
    HeldBack,
    LetThrough,
    Manifest,
    loads_in,
    package_version,
    read_manifest,
    tool_versions,
)
from flows.publishing.standing_tables import StandingTables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flows.data_folder import DataFolder
    from flows.settings import Settings

# A rollback takes a moment: a night waits for it instead of failing.
_SECONDS_TO_WAIT = 30.0


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication as it lies in `published/`.

    `folder` holds its files and never changes; `database` is the path to give to readers.
    `unchanged` is True when a run found nothing to publish again and this one stands.
    """

    publication_id: str
    folder: Path
    database: Path
    manifest: Manifest
    is_current: bool
    unchanged: bool = False

    @property
    def rows(self) -> int:
        """Rows over all tables."""
        return sum(table.rows for table in self.manifest.tables)


def publish(
    folder: DataFolder,
    settings: Settings,
    *,
    as_at: date | None = None,
    run_id: str,
    let_through: Iterable[LetThrough] = (),
    held_back: Iterable[HeldBack] = (),
    on_new: Callable[[], object] = lambda: None,
) -> Publication:
    """Publish the marts of the warehouse and return the publication that then stands.

    The warehouse has to be at rest: the caller holds `night_lock`. When tables, loads, settings
    and tool versions equal those of the current publication, that one stays and is returned with
    `unchanged`. With `as_at` the publication goes to `published/as_at/<date>/`. `let_through`
    names the failed checks that a person let pass, `held_back` the loads that were left out because
    they failed one; the manifest says so. `on_new` is called once it is known that there is
    something to publish, before it is written.

    Raises `PublishFailedError`; what was published before then stands untouched.
    """
    published = PublishedFolder.of(folder, as_at)
    gates = GateRecord(
        tuple(sorted(let_through, key=lambda one: one.check_id)),
        tuple(sorted(held_back, key=lambda one: (one.source, one.extract_date, one.file))),
    )
    with publication_lock(folder, _SECONDS_TO_WAIT, run_id=run_id):
        try:
            return _published(folder, published, settings, as_at, run_id, gates, on_new)
        except OSError as error:
            reason = error.strerror or "the system gave no reason"
            raise PublishFailedError(
                f"{error.filename or published.root}: {reason}. The last publication stands. "
                "Look at free space and permissions there, then run `csp nightly` again."
            ) from error


def publication(published: PublishedFolder, publication_id: str) -> Publication:
    """Describe one publication that is kept.

    Raises `PublishFailedError` if its manifest is broken.
    """
    return Publication(
        publication_id,
        published.version(publication_id),
        published.database(publication_id),
        read_manifest(published.version(publication_id)),
        is_current=published.current_id() == publication_id,
    )


def _published(
    folder: DataFolder,
    published: PublishedFolder,
    settings: Settings,
    as_at: date | None,
    run_id: str,
    gates: GateRecord,
    on_new: Callable[[], object],
) -> Publication:
    published.clear_leftovers()
    now = datetime.now(UTC)
    publication_id = published.new_id(now)
    candidate = published.begin(publication_id)
    try:
        manifest = _written(
            folder, published, candidate, settings, as_at, run_id, now, gates, on_new
        )
        if manifest is None:
            remove_tree(candidate)
            published.fix_stable_names()
            return _standing(published)
        write_text(candidate / MANIFEST_FILE, manifest.to_json(), PUBLIC_FILE)
        if manifest.synthetic:
            write_text(candidate / MARKER, f"{SYNTHETIC_COMMENT}\n", PUBLIC_FILE)
        flush_tree(candidate)
    except BaseException:
        # A full disk is the likeliest cause: give the space back before saying so.
        if candidate.is_dir():
            remove_tree(candidate)
        raise
    problems = verification_problems(candidate, folder.database)
    if problems:
        reason = "\n".join(f"  {problem}" for problem in problems)
        aside = published.set_aside(candidate, reason)
        raise PublishFailedError(
            f"A fresh process did not find what was written:\n{reason}\n"
            f"The last publication stands; the refused one lies in {aside} until the next run."
        )
    try:
        published.put_in_place(candidate, publication_id, settings.publish_mode)
    except BaseException:
        published.clear_leftovers()
        raise
    published.keep_newest(settings.publications_kept)
    return publication(published, publication_id)


def _written(
    folder: DataFolder,
    published: PublishedFolder,
    candidate: Path,
    settings: Settings,
    as_at: date | None,
    run_id: str,
    now: datetime,
    gates: GateRecord,
    on_new: Callable[[], object],
) -> Manifest | None:
    """Write database and Parquet; nothing when the current publication already says the same."""
    import duckdb

    previous = published.current_id()
    try:
        with warehouse_and_candidate(folder.database, candidate) as connection:
            loads = loads_in(connection, folder)
            synthetic = any(load.is_synthetic for load in loads)
            standing = (
                StandingTables.opened(connection, published.version(previous)) if previous else None
            )
            tables = described_tables(connection, standing, synthetic=synthetic)
            manifest = Manifest(
                publication_id=candidate.stem,
                previous_publication_id=previous,
                run_id=run_id,
                published_at=now.isoformat(timespec="seconds"),
                as_at=as_at.isoformat() if as_at else None,
                storage_version=STORAGE_VERSION,
                package_version=package_version(),
                tools=tool_versions(),
                settings=settings.shaping_publication(),
                loads=loads,
                tables=tuple(tables),
                synthetic=synthetic,
                let_through=gates.let_through,
                held_back=gates.held_back,
            )
            if (
                previous
                and standing
                and standing.manifest.says_the_same_as(manifest)
                # a damaged one is replaced
                and not verification_problems(published.version(previous), folder.database)
            ):
                return None
            on_new()
            copy_marts(connection, tables)
            write_parquet(connection, tables, candidate, manifest, standing)
    except duckdb.Error as error:
        raise PublishFailedError(
            f"DuckDB could not copy the marts of {folder.database}: {_without_values(error)}. "
            "The last publication stands. Look at free space and at what dbt reported, then run "
            "`csp nightly` again."
        ) from None
    return manifest


def _standing(published: PublishedFolder) -> Publication:
    current = published.current_id()
    if current is None:
        raise AssertionError("an unchanged run has a current publication")
    found = publication(published, current)
    return Publication(
        found.publication_id,
        found.folder,
        found.database,
        found.manifest,
        is_current=True,
        unchanged=True,
    )


def _without_values(error: Exception) -> str:
    """Keep what DuckDB says, without the values it quotes: they may come from a row."""
    first = str(error).splitlines()[0] if str(error) else type(error).__name__
    return re.sub(r"'[^']*'", "'…'", first)
