"""`csp schedule`: a Prefect server and the nightly deployment, until interrupted."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flows.command.terminal import STEP_FAILED, DataOption, console, fail, settings_of
from flows.command.termination import ended_by_signals
from flows.data_folder import DataFolder
from flows.publishing.lock import RunLockedError
from flows.scheduling.due_times import next_due


def schedule(data: DataOption = None) -> None:
    """Start a run at the time set in csp.toml, every day, until Ctrl-C or SIGTERM.

    Starts a Prefect server on this machine and serves the deployment nightly/nightly, one run at
    a time, on this data folder only. Where PREFECT_API_URL names a server that answers, that one is
    used. A server or runner that ends is started again; runs that were missed are reported by the
    failure hooks, and shown by `csp status`. On Ctrl-C a run under way ends first; a second Ctrl-C
    interrupts it.

    Exit codes: 0 it was ended; 1 there is no Prefect server, it could not be kept going, or the
    folder is served already; 2 wrong usage or settings.

    [bold]Examples[/]

      csp schedule

      CSP_SCHEDULE_CRON="30 1 * * 1-5" csp schedule --data /srv/csp

      PREFECT_API_URL=http://127.0.0.1:4200/api csp schedule
    """
    from flows.night.disk import why_not_ready
    from flows.night.memory import too_little_allowed
    from flows.prefect_secret import secret_file
    from flows.prefect_server import ServerNotStartedError
    from flows.scheduling.supervisor import ScheduleLostError, Supervisor, scheduled

    folder = DataFolder.chosen(data)
    settings = settings_of(folder)
    not_ready = why_not_ready(folder) or too_little_allowed()
    if not_ready:
        fail(not_ready, STEP_FAILED)
    out = console()

    def say(words: str) -> None:
        out.print(words, soft_wrap=True, markup=False)

    def describe(supervisor: Supervisor) -> None:
        due = next_due(settings.schedule_cron, settings.schedule_timezone, datetime.now(UTC))
        local = due.astimezone(ZoneInfo(settings.schedule_timezone))
        api, secret = supervisor.address, secret_file(folder)
        page = api.removesuffix("/api")
        say(
            f"Prefect server: {page}"
            + (
                f" (its page asks for the line in {secret})"
                if supervisor.is_own_server
                else " (not started here, stays)"
            )
            + f"\nDeployment nightly/nightly: cron {settings.schedule_cron}, "
            f"{settings.schedule_timezone}, on {folder.root}"
            f"\nNext run due: {local:%Y-%m-%d %H:%M} ({settings.schedule_timezone})"
            f"\nA run now: PREFECT_API_URL={api} "
            + (f'PREFECT_API_AUTH_STRING="$(cat {secret})" ' if supervisor.is_own_server else "")
            + "prefect deployment run nightly/nightly\nCtrl-C ends it."
        )

    try:
        say("Starting the Prefect server (some 10 s the first time)…")
        with ended_by_signals(), scheduled(folder, settings, say) as supervisor:
            describe(supervisor)
            supervisor.run()
    except (ServerNotStartedError, ScheduleLostError, RunLockedError) as error:
        fail(str(error), STEP_FAILED)
    except KeyboardInterrupt:
        pass
    say("Stopped. The schedule goes on when `csp schedule` is started again.")
