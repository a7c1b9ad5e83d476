"""One run from its first step to its last line of history."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows.checking.standing_let_through import remember_let_through
from flows.landing.ledger.held_back import read_held_back
from flows.landing.ledger.withdrawn import nothing_stands
from flows.night import history, progress
from flows.night.disk import full_disk
from flows.night.end_guard import run_ended
from flows.night.failure_hook import report_failure
from flows.night.failures import (
    CriticalChecksFailedError,
    RunFailedError,
    StepFailedError,
    may_pass,
    shown_message,
)
from flows.night.fingerprint import (
    remember_publication,
    shape_fingerprint,
)
from flows.night.log import NightLog
from flows.night.meanwhile import Meanwhile
from flows.night.memory import out_of_memory
from flows.night.rejects import count_rejects
from flows.night.start import StartedRun
from flows.night.summary import (
    CheckOutcome,
    LoadedFile,
    NightSummary,
    Outcome,
    RefusedFile,
    StepTime,
)
from flows.publishing.manifest import HeldBack

if TYPE_CHECKING:
    from flows.checking import CheckReport, JudgedLoads
    from flows.landing import LandingReport
    from flows.publishing import Publication
    from flows.publishing.manifest import LetThrough
    from flows.warehouse.retention import Retention


class Night:
    """What the steps of one run share: its folder, settings, run id and summary."""

    def __init__(
        self, start: StartedRun, report: Callable[[NightSummary], object] | None = None
    ) -> None:
        self._start = start
        self.started = start.started
        self.folder = start.folder
        self.settings = start.settings
        self.as_at = start.as_at
        self._report = report
        self.may_pass = dict(start.let_through)
        self._passed: list[LetThrough] = []
        self._passed_loads: dict[tuple[str, str], str] = {}
        self.run_id = start.run_id
        self.shape = shape_fingerprint(start.settings)
        self._held_back_before = read_held_back(start.folder)
        self.log = NightLog(start.folder, start.run_id)
        self.meanwhile = Meanwhile()
        self.summary = NightSummary(
            run_id=start.run_id,
            pid=os.getpid(),
            started=start.started.isoformat(timespec="seconds"),
            as_at=start.as_at.isoformat() if start.as_at else None,
        )

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step and turn whatever stops it into a `RunFailedError` with showable words."""
        progress.report(name)
        self.log.write("step started", step=name)
        began = time.perf_counter()
        try:
            yield
        except RunFailedError as failed:
            self._ended(name, began, "failed")
            raise failed from None
        except Exception as error:
            self._ended(name, began, "failed")
            # `from None`: a traceback with the library's error would carry its words along.
            raise StepFailedError(name, shown_message(error), passing=may_pass(error)) from None
        except BaseException:
            self._ended(name, began, "failed")
            raise
        self._ended(name, began, "done")

    @contextlib.contextmanager
    def beside(self, name: str) -> Iterator[None]:
        """Time a step after publishing whose failure is noted and ends nothing."""
        progress.report(name)
        self.log.write("step started", step=name)
        began = time.perf_counter()
        try:
            yield
        except Exception as error:
            self._not_written(name, error)
            seconds = round(time.perf_counter() - began, 3)
            self.summary.steps.append(StepTime(name=name, seconds=seconds, outcome="failed"))
            return
        self._ended(name, began, "done")

    def wait_for_pages(self) -> None:
        """Wait for the pages of the checks so far; a failure is noted and ends nothing."""
        for error in self.meanwhile.wait():
            self._not_written("check_pages", error)

    def _not_written(self, name: str, error: BaseException) -> None:
        message = shown_message(error)
        self.summary.not_written.append(message)
        self.log.write("step failed beside the publication", step=name, problem=message)

    def landed(self, report: LandingReport) -> None:
        """Note what was landed; raise `StepFailedError` where there is nothing to build from."""
        summary = self.summary
        summary.already_known = report.already_known
        summary.rows_loaded = report.rows_loaded
        summary.rows_rejected = report.rows_rejected
        summary.loaded = [
            LoadedFile(
                load_id=load.load_id,
                source=load.source,
                file=load.file,
                extract_date=str(load.extract_date),
                rows_loaded=load.rows_loaded,
                rows_rejected=load.rows_rejected,
            )
            for load in report.loaded
        ]
        summary.refused = [
            RefusedFile(file=str(refused.file), reason=refused.reason)
            for refused in report.quarantined
        ]
        summary.rejected = count_rejects(self.folder, report.loaded)
        summary.still_quarantined = [
            RefusedFile(file=str(refused.file), reason=refused.reason)
            for refused in report.still_quarantined
        ]
        summary.notes = list(report.notes)
        self.log.write(
            "landed",
            files=len(report.loaded),
            already_known=report.already_known,
            rows=report.rows_loaded,
            rows_rejected=report.rows_rejected,
            files_refused=len(report.quarantined),
            files_still_refused=len(report.still_quarantined),
            notes=len(report.notes),
        )
        if not any((self.folder.landing / "loads").glob("*.json")) or nothing_stands(self.folder):
            raise StepFailedError(
                "land",
                f"nothing in {self.folder.raw} could be loaded, and no earlier load stands. "
                "Next: ask the suppliers of the files named above for corrected ones"
                if report.quarantined
                else f"{self.folder.raw} holds no file to load, and nothing was loaded before. "
                "Expected: files as raw/<source>/<extract date>/<file>. Next: put files there "
                "(`csp init` makes a folder that explains itself), or try `csp demo`",
            )

    def judged(self, judged: JudgedLoads) -> None:
        """Note which loads are held back, and why; raise where nothing is left to publish.

        `CriticalChecksFailedError` also where a check could not be made: nothing is known then.
        """
        known = {load.delivery for load in self._held_back_before}
        self.summary.held_back = judged.held_back
        self.summary.newly_held_back = [
            load.place for load in judged.held_back if load.delivery not in known
        ]
        for load in judged.held_back:
            self.log.write(
                "load held back",
                place=load.place,
                checks=", ".join(check.check_id for check in load.checks),
            )
        self._passed += judged.let_through
        self._passed_loads = judged.let_through_loads
        for one in judged.let_through:
            self.summary.let_through[one.check_id] = one.reason
            self.log.write(
                "let through", step="check_sources", check_id=one.check_id, reason=one.reason
            )
        self._note_checks("check_sources", judged.report, critical=len(judged.stops))
        if judged.stops:
            raise CriticalChecksFailedError("check_sources", self._stopped_by("", judged.stops))
        if judged.held_back and not judged.loads_in_force:
            failed = sorted({one.check_id for load in judged.held_back for one in load.checks})
            raise CriticalChecksFailedError(
                "check_sources",
                "every load is held back, so there is nothing to publish\n"
                + self._stopped_by("", failed),
            )

    def checked(self, step: str, report: CheckReport) -> None:
        """Note the outcome of checks; raise `CriticalChecksFailedError` if a critical one failed.

        One that is let through by name stays on the record as failed, with the reason.
        """
        if report.critical_failures:
            from flows.checking.let_through import let_through

            report, passed = let_through(self.folder, report, self.may_pass)
            self._passed += passed
            for one in passed:
                self.summary.let_through[one.check_id] = one.reason
                self.log.write("let through", step=step, check_id=one.check_id, reason=one.reason)
        critical = [
            result.check_id
            for result in report.critical_failures
            if result.check_id not in self.summary.let_through
        ]
        self._note_checks(step, report, critical=len(critical))
        if critical:
            raise CriticalChecksFailedError(step, self._stopped_by(step, critical))

    def _note_checks(self, step: str, report: CheckReport, *, critical: int) -> None:
        held_back = {check.check_id for load in self.summary.held_back for check in load.checks}
        not_passed = [
            CheckOutcome(
                check_id=result.check_id,
                subject=result.subject,
                description=result.description,
                severity=result.severity,
                status=result.status,
                observed=str(result.observed or ""),
                expected=str(result.expected or ""),
                held_back=result.check_id in held_back,
            )
            for result in report.results
            if result.status != "passed"
        ]
        self.summary.checks_passed += len(report.results) - len(not_passed)
        self.summary.checks_not_passed += not_passed
        self.log.write(
            "checked",
            step=step,
            checks=len(report.results),
            not_passed=len(not_passed),
            critical=critical,
        )

    def _stopped_by(self, step: str, critical: list[str]) -> str:
        """Name the checks, what would have changed, and how to let the run through."""
        words = [f"critical: {', '.join(critical)}"]
        if step == "check_marts":
            from flows.checking.last_publication import largest_changes

            changes = largest_changes(self.folder)
            if changes:
                words.append("Largest changes from the last publication (`csp diff` for two kept):")
                words += [f"  {change}" for change in changes]
        words.append(
            "If the figures are right: "
            + " ".join(["csp nightly", *(f"--let-through {one}" for one in critical)])
            + " --reason '…' (the reason is published)"
        )
        return "\n".join(words)

    @property
    def let_through(self) -> tuple[LetThrough, ...]:
        """What failed today and was let through, for the manifest."""
        return tuple(self._passed)

    @property
    def held_back(self) -> tuple[HeldBack, ...]:
        """Which loads the publication leaves out because they are held back, for the manifest."""
        return tuple(
            HeldBack(
                load.source,
                load.file,
                load.extract_date,
                tuple(check.check_id for check in load.checks),
            )
            for load in self.summary.held_back
        )

    def published(self, publication: Publication) -> None:
        """Note that a publication stands, and what it was made from."""
        self.summary.publication_id = publication.publication_id
        self.summary.publication_unchanged = publication.unchanged
        self.log.write("published", publication_id=publication.publication_id)
        if self.as_at is None:
            # Without the note the next night builds again, and finds that this one stands.
            with contextlib.suppress(OSError):
                remember_let_through(self.folder, publication.publication_id, self._passed_loads)
                remember_publication(
                    self.folder,
                    shape=self.shape,
                    publication_id=publication.publication_id,
                    run_id=self.run_id,
                )

    def retained(self, done: Retention) -> None:
        """Note which record-level rows were removed because their time was over."""
        self.summary.retention = str(done)
        self.summary.records_removed = done.rows
        self.log.write(
            "retained",
            loads_superseded=done.superseded,
            loads_expired=done.expired,
            rows_removed=done.rows,
        )

    def end(self, outcome: Outcome, message: str = "") -> None:
        """Close the run: summary, history, log and, where it failed, the hooks."""
        self.wait_for_pages()
        summary = self.summary
        summary.outcome = outcome
        summary.message = message
        summary.ended = datetime.now(UTC).isoformat(timespec="seconds")
        summary.not_needed = sorted(self.may_pass.keys() - summary.let_through.keys())
        self._start.summary = summary
        # A full disk is one reason why a night fails: it must still be able to say so.
        with contextlib.suppress(OSError):
            summary.write(self.folder)
            history.remember(self.folder, summary)
        self.log.write("run ended", outcome=outcome, exit_code=summary.exit_code)
        left_out = summary.newly_held_back or summary.refused
        if outcome in ("failed", "checks_failed") or (outcome == "published" and left_out):
            for problem in report_failure(self.settings, summary):
                self.log.write("failure hook", problem=problem)
        if self._report is not None and outcome != "interrupted":
            try:
                self._report(summary)
            except Exception as error:
                # What stands is published: a summary that could not be sent takes nothing back.
                self.log.write("report failed", problem=shown_message(error))
        run_ended(summary.exit_code)

    def _ended(self, name: str, began: float, outcome: str) -> None:
        seconds = round(time.perf_counter() - began, 3)
        self.summary.steps.append(
            StepTime(name=name, seconds=seconds, outcome="done" if outcome == "done" else "failed")
        )
        if outcome == "failed":
            self.summary.failed_step = name
        self.log.write("step ended", step=name, seconds=seconds, outcome=outcome)


@contextlib.contextmanager
def night(
    start: StartedRun, *, report: Callable[[NightSummary], object] | None = None
) -> Iterator[Night]:
    """See that a run that has started is reported, however it ends.

    `report` is called with the summary once the run has ended, well or badly.
    """
    this_run = Night(start, report)
    folder = start.folder
    this_run.log.write("run started", as_at=this_run.summary.as_at)
    try:
        yield this_run
    except CriticalChecksFailedError as failed:
        this_run.end("checks_failed", failed.message)
        raise
    except Exception as error:
        if isinstance(error, RunFailedError):
            this_run.summary.failed_step = error.step
        message = getattr(error, "message", "") or shown_message(error)
        cause = full_disk(folder, message) or out_of_memory(message)
        this_run.end("failed", f"{message}\n{cause}" if cause else message)
        raise
    except BaseException:
        this_run.end("interrupted")
        raise
    this_run.end("published")
