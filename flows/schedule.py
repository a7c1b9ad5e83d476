"""The schedule: a local Prefect server, and the nightly deployment that it starts by cron.

Prefect is imported by `serve_nightly` only, after its surroundings are set.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flows.data_folder import PROJECT_ROOT, DataFolder
from flows.prefect_environment import prepare_prefect
from flows.prefect_server import ServerNotStarted, answers, stop_server, wait_for_server
from flows.settings import Settings


@dataclass(frozen=True, slots=True)
class NightlySchedule:
    """What the deployment is made of; one object, so that a test can look at all of it."""

    name: str
    cron: str
    timezone: str
    concurrency_limit: int
    collision_strategy: str
    pause_on_shutdown: bool
    parameters: dict[str, Any]

    @classmethod
    def of(cls, folder: DataFolder, settings: Settings) -> NightlySchedule:
        """Make the schedule that the settings ask for.

        One night at a time: a run that is due while another goes on is cancelled, since the next
        one takes up whatever it would have found. The file lock is the truth behind this.
        """
        return cls(
            name="nightly",
            cron=settings.schedule_cron,
            timezone=settings.schedule_timezone,
            concurrency_limit=1,
            collision_strategy="CANCEL_NEW",
            # True, Prefect's default, would leave the schedule paused after every restart.
            pause_on_shutdown=False,
            parameters={"data": str(folder.root)},
        )


@contextmanager
def prefect_server(folder: DataFolder, settings: Settings) -> Iterator[tuple[str, bool]]:
    """Yield the address of a Prefect API, and whether it was started here.

    A server that answers at `PREFECT_API_URL` is used and left alone; otherwise one is started on
    localhost, with its database in the data folder, and stopped at the end.
    """
    given = os.environ.get("PREFECT_API_URL", "")
    if given:
        if not answers(given):
            raise ServerNotStarted(
                f"PREFECT_API_URL names {given}, where no Prefect server answers. Next: start it, "
                "or unset PREFECT_API_URL to have one started here"
            )
        prepare_prefect(folder, quiet=False)
        yield given, False
        return
    address = f"http://127.0.0.1:{settings.schedule_port}/api"
    if answers(address):
        raise ServerNotStarted(
            f"a Prefect server answers at {address} already. Next: end the other `csp schedule`, "
            f"set PREFECT_API_URL={address} to use it, or choose another port in [schedule]"
        )
    prepare_prefect(folder, quiet=False)
    log = folder.logs / "prefect.log"
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as words:
        server = subprocess.Popen(
            [sys.executable, "-m", "flows.prefect_server", "start",
             "--host", "127.0.0.1", "--port", str(settings.schedule_port)],
            stdin=subprocess.PIPE, stdout=words, stderr=subprocess.STDOUT,
            # Ctrl-C is for the runner, which still needs the server to close its runs properly.
            start_new_session=True, cwd=PROJECT_ROOT,
        )  # fmt: skip
        try:
            wait_for_server(address, server, str(log))
            os.environ["PREFECT_API_URL"] = address
            yield address, True
        finally:
            os.environ.pop("PREFECT_API_URL", None)
            stop_server(server)


def serve_nightly(schedule: NightlySchedule) -> None:
    """Serve the nightly deployment until interrupted; raises `KeyboardInterrupt` then."""
    import asyncio

    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.runner import Runner
    from prefect.schedules import Cron

    from flows.nightly import nightly

    class NightRunner(Runner):
        """Ends on SIGTERM as it does on Ctrl-C, its runs closed properly.

        Prefect's own way leaves in the middle of its event loop, with a warning about it. This
        cancels what the loop waits for, as asyncio does on Ctrl-C; a raised SIGINT would do
        nothing in a background job of a shell, which ignores it.
        """

        def handle_sigterm(self, *args: Any, **kwargs: Any) -> None:
            serving.get_loop().call_soon_threadsafe(serving.cancel)

    runner = NightRunner(
        name=schedule.name,
        limit=schedule.concurrency_limit,
        pause_on_shutdown=schedule.pause_on_shutdown,
    )
    runner.add_flow(
        nightly,
        name=schedule.name,
        schedule=Cron(schedule.cron, timezone=schedule.timezone),
        parameters=schedule.parameters,
        concurrency_limit=ConcurrencyLimitConfig(
            limit=schedule.concurrency_limit,
            collision_strategy=ConcurrencyLimitStrategy(schedule.collision_strategy),
        ),
    )
    serving: asyncio.Task[Any]

    async def serve() -> None:
        nonlocal serving
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a coroutine that runs has one
        serving = task
        await runner.start()

    try:
        asyncio.run(serve())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
