"""The schedule: what the nightly deployment is made of, and the process that serves it.

Run as `python -m flows.schedule SCHEDULE` (JSON) by `flows.scheduling.supervisor`, which keeps it
and its Prefect server going. Prefect is imported by `serve_nightly` only, after its surroundings
are set.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

from flows.child_process import end_with_starter
from flows.data_folder import DataFolder
from flows.settings import Settings

# Prefect's runner asks for due runs every 10 s. One that has not for so long is broken.
_SECONDS_WITHOUT_POLL = 180.0
_SECONDS_TO_END = 60.0
RUNNER_BROKEN = 3


@dataclass(frozen=True, slots=True)
class NightlySchedule:
    """What the deployment is made of; one object, so that a test can look at all of it."""

    name: str
    cron: str
    timezone: str
    concurrency_limit: int
    pause_on_shutdown: bool
    parameters: dict[str, Any]

    @classmethod
    def of(cls, folder: DataFolder, settings: Settings) -> NightlySchedule:
        """Make the schedule that the settings ask for.

        One run at a time: a run that is due while another goes on starts after it, and mostly finds
        nothing new. The runner sees to that, and the file lock is the truth behind it. The
        deployment has no limit on the server: a run whose process was killed would hold its place
        there, and every later run would be cancelled.
        """
        return cls(
            name="nightly",
            cron=settings.schedule_cron,
            timezone=settings.schedule_timezone,
            concurrency_limit=1,
            # True, Prefect's default, would leave the schedule paused after every restart.
            pause_on_shutdown=False,
            parameters={"data": str(folder.root)},
        )


def serve_nightly(schedule: NightlySchedule) -> None:
    """Serve the nightly deployment until interrupted; raises `KeyboardInterrupt` then."""
    from prefect.runner import Runner
    from prefect.schedules import Cron

    from flows.nightly import nightly

    class NightRunner(Runner):
        """Ends on SIGTERM once a run under way has ended, its runs closed properly.

        Prefect's own way leaves in the middle of its event loop, with a warning about it, and
        cancels its runs. This stops what looks for runs; what Prefect does then waits for them.
        """

        def handle_sigterm(self, *args: Any, **kwargs: Any) -> None:
            ending.set()
            serving.get_loop().call_soon_threadsafe(self.end_after_runs)

        def end_after_runs(self) -> None:
            poller = getattr(self, "_scheduled_run_poller", None)
            loops = getattr(self, "_loops_task_group", None)
            if poller is None or loops is None:  # it has not begun
                serving.cancel()
                return
            poller.stopping = True
            loops.cancel_scope.cancel()

    ending = threading.Event()
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
        concurrency_limit=None,
    )
    serving: asyncio.Task[Any]

    async def serve() -> None:
        nonlocal serving
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a coroutine that runs has one
        serving = task
        await runner.start()

    _say_shortly_that_the_server_is_away()
    served = threading.Event()
    watch = (runner, ending, served)
    threading.Thread(target=_end_when_broken, args=watch, daemon=True).start()
    try:
        asyncio.run(serve())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        served.set()
    if ending.is_set():
        raise KeyboardInterrupt


class _WithoutTraceback(logging.Filter):
    """Keeps the line of a message and drops its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None
        return True


def _say_shortly_that_the_server_is_away() -> None:
    """Keep tracebacks out of the log for a server that is only being started again."""
    for name in (
        "prefect.FlowRunCancellingObserver",
        "prefect.FlowRunSuspendingObserver",
        "asyncio",
    ):
        logging.getLogger(name).addFilter(_WithoutTraceback())


def _end_when_broken(runner: Any, ending: threading.Event, served: threading.Event) -> None:
    """End this process once its runner no longer does anything, so that it is started again.

    A runner whose server went away can lose its loops one by one and stay; one that was asked to
    end can wait for ever for a server that is gone. One that has ended needs no watch.
    """
    seen, since = None, time.monotonic()
    while not served.wait(5):
        poller = getattr(runner, "_scheduled_run_poller", None)
        if ending.is_set() and getattr(poller, "_submitting_flow_run_ids", None):
            state: object = time.monotonic()  # a run goes on, and it has the time it needs
        else:
            state = (ending.is_set(), runner.last_polled)
        if state != seen:
            seen, since = state, time.monotonic()
        elif time.monotonic() - since > (
            _SECONDS_TO_END if ending.is_set() else _SECONDS_WITHOUT_POLL
        ):
            os._exit(0 if ending.is_set() else RUNNER_BROKEN)


def _main(planned: str) -> None:
    """Serve until standard input closes or SIGTERM; never stay behind half dead."""
    end_with_starter(lambda: os.kill(os.getpid(), signal.SIGTERM))
    code = 0
    try:
        serve_nightly(NightlySchedule(**json.loads(planned)))
        code = RUNNER_BROKEN  # a runner that ends by itself has lost its server
    except KeyboardInterrupt:
        pass
    except BaseException as error:
        print(f"The runner ended: {type(error).__name__}", file=sys.stderr)
        code = RUNNER_BROKEN
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads of Prefect's clients can wait for ever for a server that is gone.
    os._exit(code)


def as_argument(schedule: NightlySchedule) -> str:
    """Return the schedule as the one argument of this module's process."""
    return json.dumps(dataclasses.asdict(schedule))


if __name__ == "__main__":
    _main(sys.argv[1])
