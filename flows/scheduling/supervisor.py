"""Keeps the schedule going: a Prefect server and the runner of its deployment, each a process.

Whichever of the two ends, hangs or loses the other is started again; where that fails again and
again, `csp schedule` ends with an exit code that a service manager sees. Nothing here imports
Prefect: what watches must not share the troubles of what it watches.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from flows.data_folder import CODE_ROOT, DataFolder
from flows.prefect_environment import prepare_prefect
from flows.prefect_secret import CLIENT_VARIABLE, chosen_by_user, kept_secret
from flows.prefect_server import (
    ServerNotStartedError,
    answers,
    api_address,
    server_log,
    start_server,
    stop_server,
    wait_for_server,
)
from flows.publishing.lock import schedule_lock
from flows.schedule import NightlySchedule, as_argument
from flows.scheduling.due_times import next_due
from flows.scheduling.known_schedule import KnownSchedule, read_known_schedule
from flows.scheduling.missed_runs import GRACE, DueWatch
from flows.settings import Settings

_LOOK_EVERY_SECONDS = 1.0
_ASK_EVERY_SECONDS = 15.0
# A server that is busy with a run on a small machine can be silent for a while.
_SECONDS_OF_SILENCE = 90.0
# Somebody else's server may be restarted by somebody else: longer patience, then the exit code.
_SECONDS_OF_SILENCE_ELSEWHERE = 300.0
_CLOCK_MOVED_SECONDS = 30.0
# A new runner imports Prefect and registers the deployment within this time, on a busy machine too.
_TO_REGISTER = timedelta(seconds=45)
_MOST_STARTS = 5
_WITHIN_SECONDS = 600.0
_SECONDS_FOR_AN_INTERRUPTED_RUN = 60.0

Say = Callable[[str], None]


class ScheduleLostError(RuntimeError):
    """The schedule cannot be kept going: its server or its runner ended again and again."""


@contextlib.contextmanager
def scheduled(
    folder: DataFolder,
    settings: Settings,
    say: Say,
    *,
    grace: timedelta = GRACE,
) -> Iterator[Supervisor]:
    """Start the server and the runner of a folder's schedule; end both on leaving.

    A server that answers at `PREFECT_API_URL` is used and left alone; otherwise one is started on
    localhost, with its database in the data folder. On leaving, a run under way ends first; a
    second interrupt ends it. Raises `ServerNotStartedError`, or `RunLockedError` where another
    process serves this folder already.
    """
    with schedule_lock(folder, wait_seconds=2.0):
        supervisor = Supervisor(folder, settings, say, grace=grace)
        try:
            supervisor.start()
            yield supervisor
        finally:
            supervisor.stop()


class Supervisor:
    """The processes of one schedule, and what is known of them."""

    def __init__(
        self, folder: DataFolder, settings: Settings, say: Say, *, grace: timedelta = GRACE
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._say = say
        self._server: subprocess.Popen[bytes] | None = None
        self._runner: subprocess.Popen[bytes] | None = None
        self._ending: subprocess.Popen[bytes] | None = None
        self._starts: list[float] = []
        self._answered = time.monotonic()
        self._clock = _clock_against_monotonic()
        self._asked = 0.0
        given = os.environ.get("PREFECT_API_URL", "")
        self.is_own_server = not given
        self.address = given or api_address(settings.schedule_port)
        self._secret = ""
        known = read_known_schedule(folder)
        # A schedule that was changed meanwhile asks nothing of the time before.
        self._known = (
            known
            if known is not None
            and known.cron == settings.schedule_cron
            and known.timezone == settings.schedule_timezone
            else None
        )
        self._watch = DueWatch(
            folder,
            settings,
            checked_until=self._known.checked_until if self._known else datetime.now(UTC),
            grace=grace,
        )

    def start(self) -> None:
        """Start the server, unless the user named one, and the runner; wait for the server."""
        if self.is_own_server:
            if answers(self.address):
                raise ServerNotStartedError(
                    f"a Prefect server answers at {self.address} already. Next: end the other "
                    f"`csp schedule`, set PREFECT_API_URL={self.address} to use it, or choose "
                    "another port in [schedule]"
                )
            prepare_prefect(self._folder, quiet=False)
            self._secret = chosen_by_user() or kept_secret(self._folder)
            self._start_server()
        else:
            if not answers(self.address):
                raise ServerNotStartedError(
                    f"PREFECT_API_URL names {self.address}, where no Prefect server answers. "
                    "Next: start it, or unset PREFECT_API_URL to have one started here"
                )
            prepare_prefect(self._folder, quiet=False)
            self._secret = os.environ.get(CLIENT_VARIABLE, "")
        self._start_runner()
        self._watch.serving_begins(datetime.now(UTC), is_known=self._known is not None)
        self._keep_known()

    def run(self) -> None:
        """Watch until interrupted. Raises `ScheduleLostError` where restarting does not help."""
        while True:
            self.look()
            time.sleep(_LOOK_EVERY_SECONDS)

    def look(self) -> None:
        """Look once at server, runner, clock and due times, and restart what has to be."""
        self._look_at_clock()
        self._look_at_server()
        self._look_at_runner()
        if time.monotonic() - self._asked >= _ASK_EVERY_SECONDS:
            self._asked = time.monotonic()
            self._watch.paused = self._is_paused()
            for missed in self._watch.look(datetime.now(UTC)):
                self._say(f"The run due {missed.due:%Y-%m-%d %H:%M} UTC was missed: "
                          f"{missed.reason}.")  # fmt: skip
            self._keep_known()

    def stop(self) -> None:
        """End the runner, once a run under way has ended, and then the server started here."""
        try:
            for process in (self._runner, self._ending):
                if process is not None:
                    self._end_runner(process)
        finally:
            if self._server is not None:
                stop_server(self._server)

    def _start_server(self) -> None:
        while True:
            self._count_start("Prefect server")
            port = self._settings.schedule_port
            self._server = start_server(self._folder, port, self._secret, kind="lasting")
            try:
                wait_for_server(self.address, self._server, str(server_log(self._folder)))
            except ServerNotStartedError as error:
                stop_server(self._server)
                if len(self._starts) == 1:
                    raise
                self._say(f"The Prefect server did not start: {error}.")
                time.sleep(min(2.0 ** len(self._starts), 30.0))
                continue
            self._answered = time.monotonic()
            return

    def _start_runner(self) -> None:
        environment = os.environ | {
            "PREFECT_API_URL": self.address,
            # A run that the server starts has this folder and no other.
            "CSP_DATA": str(self._folder.root),
        }
        if self._secret:
            environment[CLIENT_VARIABLE] = self._secret
        self._runner = subprocess.Popen(
            runner_command(NightlySchedule.of(self._folder, self._settings)),
            env=environment,
            stdin=subprocess.PIPE,
            # Ctrl-C is for this process: a run under way ends before its runner does.
            start_new_session=True,
            cwd=CODE_ROOT,  # Prefect names the flow by its path from here
        )

    def _look_at_clock(self) -> None:
        """Have everything planned again by a clock that was set, or a machine that slept.

        Prefect's services wait for times of the clock: after one that went back they would wait
        until it has come forward again.
        """
        clock = _clock_against_monotonic()
        moved = clock - self._clock
        self._clock = clock
        if abs(moved) < _CLOCK_MOVED_SECONDS:
            return
        self._say(f"The clock moved by {moved:+,.0f} s: planning again.")
        if self._server is not None:
            stop_server(self._server)
            self._starts.clear()  # no fault of the server's
            self._start_server()
        self._renew_runner()

    def _look_at_server(self) -> None:
        server = self._server
        if server is not None and server.poll() is not None:
            self._say(
                f"The Prefect server ended (exit code {server.returncode}): starting it again."
            )
        elif time.monotonic() - self._asked < _ASK_EVERY_SECONDS:
            return
        elif answers(self.address):
            self._answered = time.monotonic()
            return
        else:
            silence = _SECONDS_OF_SILENCE_ELSEWHERE if server is None else _SECONDS_OF_SILENCE
            if time.monotonic() - self._answered < silence:
                return
            if server is None:
                raise ScheduleLostError(
                    f"no Prefect server has answered at {self.address} for {silence:.0f} s. Next: "
                    "start it, then `csp schedule` again; a service manager does the second by "
                    "itself"
                )
            self._say(f"The Prefect server is silent for {silence:.0f} s: starting it again.")
        stop_server(server)
        self._start_server()
        self._say("The Prefect server answers again.")
        self._renew_runner()

    def _renew_runner(self) -> None:
        """Have the runner end after a run under way, and a new one register the deployment.

        A runner that lost its server goes on, but no longer hears of runs that are cancelled.
        """
        if self._runner is not None and self._ending is None:
            self._ending, self._runner = self._runner, None
            _ask_to_end(self._ending)

    def _look_at_runner(self) -> None:
        if self._ending is not None:
            if self._ending.poll() is None or self._is_about_to_be_due():
                return
            self._ending = None  # as it was asked to
        elif self._runner is not None:
            if self._runner.poll() is None:
                return
            self._say(f"The runner ended (exit code {self._runner.returncode}): starting it again.")
            self._count_start("runner")
        self._start_runner()

    def _is_about_to_be_due(self) -> bool:
        """Say whether a runner that starts now might lose a run that is due in a moment.

        Registering the deployment removes its planned runs and plans them again from then on.
        A run whose time has come is not removed, and starts late.
        """
        now = datetime.now(UTC)
        due = next_due(self._settings.schedule_cron, self._settings.schedule_timezone, now)
        return due - now < _TO_REGISTER

    def _count_start(self, what: str) -> None:
        now = time.monotonic()
        self._starts = [start for start in self._starts if now - start < _WITHIN_SECONDS]
        if len(self._starts) >= _MOST_STARTS:
            raise ScheduleLostError(
                f"the {what} ended {_MOST_STARTS} times within {_WITHIN_SECONDS / 60:.0f} "
                f"minutes. Next: read {server_log(self._folder)}, then start `csp schedule` "
                "again; a service manager does the second by itself"
            )
        self._starts.append(now)

    def _is_paused(self) -> bool:
        """Say whether somebody paused the schedule on the server; not known counts as no."""
        name = "nightly/nightly"
        request = urllib.request.Request(  # noqa: S310  # an address of http
            f"{self.address.rstrip('/')}/deployments/name/{name}"
        )
        if self._secret:
            token = base64.b64encode(self._secret.encode()).decode()
            request.add_header("Authorization", f"Basic {token}")
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
                deployment = json.loads(answer.read())
            schedules = deployment.get("schedules") or []
            return bool(deployment.get("paused")) or not any(one["active"] for one in schedules)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return False

    def _keep_known(self) -> None:
        with contextlib.suppress(OSError):  # a full disk: the schedule itself goes on
            KnownSchedule(
                cron=self._settings.schedule_cron,
                timezone=self._settings.schedule_timezone,
                address=self.address,
                checked_until=self._watch.checked_until,
                paused=self._watch.paused,
            ).write(self._folder)

    def _end_runner(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for a runner to end, and with it a run under way; an interrupt ends that too."""
        _ask_to_end(process)
        try:
            process.wait()
        except KeyboardInterrupt:
            _end_group(process)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_SECONDS_FOR_AN_INTERRUPTED_RUN)
            process.kill()
            process.wait()


def runner_command(planned: NightlySchedule) -> list[str]:
    """Return the command of the process that serves the deployment."""
    return [sys.executable, "-m", "flows.schedule", as_argument(planned)]


def _ask_to_end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":  # pragma: no cover
        process.terminate()
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)


def _clock_against_monotonic() -> float:
    return time.time() - time.monotonic()
