"""The run as a Prefect flow: land, check, build, check marts, publish, retain, site, report.

Everything that a step does lives in a folder that knows no Prefect; this reads like the table of
contents of the run. Tasks hand each other small reports and ids, never data frames.
"""

# No `from __future__ import annotations` here: Prefect loads this file under another name when it
# runs a deployment, and then cannot find `date` behind a parameter's annotation kept as text.
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from prefect import State, Task, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.runtime import deployment, flow_run
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows import checking, landing, publishing, warehouse
from flows.checking import CheckReport
from flows.data_folder import DataFolder
from flows.landing import LandingReport
from flows.night import progress
from flows.night.end_guard import guard_this_process
from flows.night.failures import StepFailedError, shown_message
from flows.night.night import Night, night
from flows.night.start import StartedRun, start_run
from flows.night.summary import NightSummary
from flows.publishing import Publication
from flows.reporting.night_summary import as_markdown
from flows.scheduling.scheduled_runs import noted
from flows.settings import load_settings
from flows.site import process as site_process
from flows.site.process import ReadySite
from flows.warehouse import BuildReport, ReadyDbt, retention
from flows.warehouse.retention import Retention

# So long must a file of the inbox have been left alone: programs that copy write more often.
_QUIET_SECONDS = 3.0


def _may_pass(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> bool:
    failure = state.result(raise_on_failure=False)
    return isinstance(failure, StepFailedError) and failure.passing


@task(
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=5,
    retry_condition_fn=_may_pass,
)
def land(this_run: Night) -> LandingReport:
    """Land what is new in the inbox: the one step that reads from outside, hence its retries."""
    with this_run.step("land"):
        report = landing.land_inbox(
            this_run.folder, on_progress=_progress_of("land"), quiet_seconds=_QUIET_SECONDS
        )
        this_run.landed(report)
        landing.write_catalog(this_run.folder, this_run.as_at)
    return report


@task(cache_policy=NO_CACHE)
def check_sources(this_run: Night, landed: LandingReport) -> CheckReport:
    """Judge every load before anything is built from it; one that fails is held back."""
    with this_run.step("check_sources"):
        judged = checking.judge_loads(
            this_run.folder,
            as_at=this_run.as_at,
            reasons=this_run.may_pass,
            meanwhile=this_run.meanwhile.begin,
        )
        this_run.judged(judged)
    return judged.report


@task(cache_policy=NO_CACHE)
def build(this_run: Night, dbt: ReadyDbt, sources: CheckReport) -> BuildReport:
    """Have dbt build every figure."""
    with this_run.step("build"):
        return warehouse.build_warehouse(this_run.folder, this_run.settings, dbt=dbt)


@task(cache_policy=NO_CACHE)
def check_marts(this_run: Night, built: BuildReport) -> CheckReport:
    """Check the marts, and judge dbt's own tests by their severity."""
    with this_run.step("check_marts"):
        this_run.wait_for_pages()
        report = checking.check_marts(
            this_run.folder, this_run.settings, built, meanwhile=this_run.meanwhile.begin
        )
        this_run.checked("check_marts", report)
    return report


@task(cache_policy=NO_CACHE)
def publish(this_run: Night, marts: CheckReport, site: ReadySite) -> Publication:
    """Publish the checked marts in one step; what writes their site makes ready meanwhile."""
    with this_run.step("publish"):
        publication = publishing.publish(
            this_run.folder,
            this_run.settings,
            as_at=this_run.as_at,
            run_id=this_run.run_id,
            let_through=this_run.let_through,
            held_back=this_run.held_back,
            on_new=site.start,
        )
        this_run.published(publication)
    return publication


@task(cache_policy=NO_CACHE)
def retain(this_run: Night, publication: Publication) -> Retention:
    """Remove record-level rows whose time is over, now that their counts are published."""
    with this_run.step("retain"):
        done = retention.apply_retention(
            this_run.folder, this_run.settings, this_run.started.astimezone().date()
        )
        this_run.retained(done)
    return done


@task(cache_policy=NO_CACHE)
def write_site(this_run: Night, publication: Publication, site: ReadySite) -> None:
    """Write the scorecard site of what now stands; a failure is noted and takes nothing back."""
    with this_run.beside("write_site"):
        site_process.publish_site(this_run.folder, publication, this_run.as_at, site)


@task(cache_policy=NO_CACHE)
def report(summary: NightSummary) -> None:
    """Leave a summary of the run in Prefect: counts and names, no record content."""
    create_markdown_artifact(
        key="nightly-summary", markdown=as_markdown(summary), description="What the run did"
    )


def _run_name() -> str:
    as_at = flow_run.parameters.get("as_at")
    started = flow_run.scheduled_start_time
    return f"run of {started:%Y-%m-%d %H:%M}" + (f" as at {as_at}" if as_at else "")


@flow(name="nightly", flow_run_name=_run_name, validate_parameters=True)
def nightly(
    data: str | None = None,
    as_at: date | None = None,
    force: bool = False,
    let_through: dict[str, str] | None = None,
) -> NightSummary | str:
    """Run one run on the data folder `data` (default: `CSP_DATA`, else the project's own).

    `as_at` rebuilds the figures as they stood on that date into a folder of their own; `force`
    builds even where nothing is new; `let_through` gives a reason by id of critical checks that may
    fail today without stopping it or holding a load back. A run that a server starts has the folder
    of the process that serves it, and no other. Returns the run's summary. Raises
    `StepFailedError`, `CriticalChecksFailedError` or `RunLockedError`, which end the run in a
    Failed state.
    """
    folder = _own_folder(data)
    if deployment.id:
        guard_this_process()  # one that a server starts has a process of its own
    start: StartedRun | None = None
    with noted(folder, flow_run.scheduled_start_time if deployment.id else None) as note:
        try:
            with start_run(
                folder,
                load_settings(folder.root),
                as_at=as_at,
                force=force,
                let_through=let_through,
            ) as start:
                if start is None:
                    note.outcome = "nothing_new"
                    return "nothing new"
                summary = run_steps(start)
                note.outcome = summary.outcome
                return summary
        except BaseException as error:
            if start is not None and start.summary is not None:
                note.outcome = start.summary.outcome
            else:
                note.reason = shown_message(error)
            raise


def nightly_here(start: StartedRun, *, heartbeats: bool) -> State[NightSummary]:
    """Run the flow for a run that this process has started; returns its final state.

    The run is no parameter of the flow: Prefect keeps parameters in its database. Its heartbeats
    are for a server that watches over runs; who sends them waits up to a second to end.
    """
    as_at = f" as at {start.as_at}" if start.as_at else ""

    @flow(name="nightly", flow_run_name=f"run of {start.started:%Y-%m-%d %H:%M}{as_at}")
    def run() -> NightSummary:
        return run_steps(start)

    with temporary_settings({} if heartbeats else {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return run(return_state=True)


def run_steps(start: StartedRun) -> NightSummary:
    """Take the steps of a run one after another, each handing on what the next one needs."""
    with night(start, report=report) as this_run, site_process.ready_site() as site:
        landed = land(this_run)
        sources = check_sources(this_run, landed)
        built = build(this_run, start.dbt, sources)
        marts = check_marts(this_run, built)
        published = publish(this_run, marts, site)
        if start.as_at is None:
            retain(this_run, published)
        write_site(this_run, published, site)
    return this_run.summary


def _own_folder(data: str | None) -> DataFolder:
    """Find the folder of a run; one that a server starts has the folder of its process only.

    Those who may start a run through a server may otherwise point it at any folder of the account.
    """
    folder = DataFolder.chosen(data)
    own = DataFolder.chosen()
    if deployment.id and folder.root.resolve() != own.root.resolve():
        raise StepFailedError(
            "start",
            f"this deployment runs on {own.root} only, not on {folder.root}. Nothing was read. "
            "Next: leave out the parameter data, or start `csp schedule` on the other folder",
        )
    return folder


def _progress_of(step: str) -> Callable[[str, int, int, int], None]:
    return lambda subject, done, total, rows: progress.report(
        step, Path(subject).name, done, total, rows
    )
