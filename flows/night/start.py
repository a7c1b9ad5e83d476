"""The start of a run: whether the folder is ready and free, and whether there is anything to do.

Asked once, by what starts the run: the command, or the flow that a server starts. What they get
goes from hand to hand as an argument, and brings the run's summary back. Nothing heavy is imported
here (no Prefect, dbt, Great Expectations, pandas, PyArrow or SciPy): a run with nothing to do ends
within a second.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from flows import publishing, warehouse
from flows.data_folder import DataFolder
from flows.landing.inbox.files import anything_new
from flows.night.disk import full_disk, why_not_ready
from flows.night.failures import StepFailedError, shown_message
from flows.night.fingerprint import shape_fingerprint, unchanged_since_last_night
from flows.night.memory import too_little_allowed
from flows.night.summary import NightSummary
from flows.publishing.lock import night_lock
from flows.settings import Settings
from flows.warehouse.due_records import due_records

if TYPE_CHECKING:
    from flows.warehouse import ReadyDbt


@dataclass(slots=True)
class StartedRun:
    """A run that holds its folder's lock.

    `let_through` gives a reason by id of critical checks that may fail. `dbt` reads its project
    while files land. `summary` is what the run did, once it has ended: on a full disk no file says
    so.
    """

    folder: DataFolder
    settings: Settings
    let_through: Mapping[str, str]
    started: datetime
    run_id: str
    dbt: ReadyDbt
    summary: NightSummary | None = None

    @property
    def as_at(self) -> date | None:
        """The date as at which figures are rebuilt, if it is not today's publication."""
        return self.folder.as_at


@contextlib.contextmanager
def start_run(
    folder: DataFolder,
    settings: Settings,
    *,
    as_at: date | None = None,
    force: bool = False,
    let_through: Mapping[str, str] | None = None,
) -> Iterator[StartedRun | None]:
    """Hold the folder's lock for a run and start its dbt; yields None where there is nothing to do.

    Raises `StepFailedError` where the folder is not ready, memory is limited to less than any run
    needs, or dbt cannot be started, and `flows.publishing.lock.RunLockedError` at once where
    another run holds the lock.
    """
    not_ready = why_not_ready(replace(folder, as_at=as_at)) or too_little_allowed()
    if not_ready:
        raise StepFailedError("start", not_ready)
    started = datetime.now(UTC)
    run_id = f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    with night_lock(folder, run_id=run_id):
        # a word on what is held back is news enough
        asked_for = as_at is not None or force or bool(let_through)
        if not asked_for and nothing_to_do(folder, settings):
            yield None
            return
        of_run = replace(folder, as_at=as_at)
        with contextlib.ExitStack() as until_the_end:
            try:
                dbt = until_the_end.enter_context(warehouse.ready_dbt(of_run, settings))
            except OSError as error:
                said = shown_message(error)
                cause = full_disk(of_run, said) or f"dbt could not be started: {said}"
                raise StepFailedError("start", cause) from error
            yield StartedRun(of_run, settings, dict(let_through or {}), started, run_id, dbt)


def nothing_to_do(folder: DataFolder, settings: Settings) -> bool:
    """Whether a run would only publish again what already stands, and remove no records.

    The inbox holds nothing unknown, nothing that shapes figures changed, the publication is in
    place, and no record-level rows have come to the end of their time.
    """
    return (
        unchanged_since_last_night(folder, shape_fingerprint(settings))
        and publishing.current_publication(folder) is not None
        and not anything_new(folder)
        and not due_records(folder, settings, datetime.now().astimezone().date()).load_ids
    )
