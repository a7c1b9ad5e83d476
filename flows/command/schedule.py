"""`csp schedule`: a Prefect server and the nightly deployment, until interrupted."""

from __future__ import annotations

from flows.command.terminal import STEP_FAILED, DataOption, console, fail, settings_of
from flows.command.termination import ended_by_signals
from flows.data_folder import DataFolder


def schedule(data: DataOption = None) -> None:
    """Start a night at the time set in csp.toml, every day, until Ctrl-C or SIGTERM.

    Starts a Prefect server on this machine and serves the deployment nightly/nightly, one run at
    a time. Where PREFECT_API_URL names a server that answers, that one is used.

    Exit codes: 0 it was ended; 1 there is no Prefect server; 2 wrong usage or settings.

    [bold]Examples[/]

      csp schedule

      CSP_SCHEDULE_CRON="30 1 * * 1-5" csp schedule --data /srv/csp

      PREFECT_API_URL=http://127.0.0.1:4200/api csp schedule
    """
    from flows.prefect_server import ServerNotStarted
    from flows.schedule import NightlySchedule, prefect_server, serve_nightly

    folder = DataFolder.chosen(data)
    settings = settings_of(folder)
    folder.ensure()
    planned = NightlySchedule.of(folder, settings)
    out = console()
    try:
        out.print("Starting the Prefect server (some 10 s the first time)…")
        with ended_by_signals(), prefect_server(folder, settings) as (address, started_here):
            out.print(
                f"Prefect server: {address.removesuffix('/api')}"
                + ("" if started_here else " (not started here, stays)")
                + f"\nDeployment nightly/nightly: cron {planned.cron}, {planned.timezone}, "
                f"on {folder.root}\nA night now: PREFECT_API_URL={address} "
                "prefect deployment run nightly/nightly\nCtrl-C ends it.",
                soft_wrap=True,
            )
            serve_nightly(planned)
    except ServerNotStarted as error:
        fail(str(error), STEP_FAILED)
    except KeyboardInterrupt:
        pass
    out.print("Stopped. The schedule goes on when `csp schedule` is started again.")
