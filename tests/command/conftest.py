"""Nights with steps made up by the test: everything around the steps is real, Prefect is left out.

The tasks' own functions are called directly, so that lock, summary, exit codes and messages are
those of a real night, without the seconds that a Prefect server takes.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from expectations.results import CheckResult
from flows.checking.report import CheckReport
from flows.data_folder import DataFolder
from flows.landing.ledger.held_back import FailedCheck, HeldBackLoad
from tests.run_in_process import leave_out_prefect


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith(("CSP_", "PREFECT_"))]:
        if name != "CSP_SHARED_DATA":
            monkeypatch.delenv(name)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    return DataFolder(tmp_path / "data")


@pytest.fixture
def csp(folder: DataFolder) -> Callable[..., Result]:
    from flows.command.application import application

    def run(*words: str, data: Path | None = folder.root) -> Result:
        options = ["--data", str(data)] if data is not None else []
        return CliRunner().invoke(application, [*words, *options], env={"COLUMNS": "100"})

    return run


def held_back_load() -> HeldBackLoad:
    """A load as the gate holds it back."""
    failed = FailedCheck(
        "source.partner_returns.rejected_share", "Few rows are rejected.", "0.75 in dudley.csv",
        "rejected_share at most 0.01", "Ask the partner for a corrected return.",
    )  # fmt: skip
    return HeldBackLoad(
        "0" * 64, "partner_returns", "dudley.csv", "2017-11-08", (failed,), "Nothing stands"
    )


@dataclasses.dataclass
class MadeUpSteps:
    """What each step answers, or the error it raises; `calls` is the order they were called in."""

    folder: DataFolder
    calls: list[str] = dataclasses.field(default_factory=list)
    errors: dict[str, BaseException] = dataclasses.field(default_factory=dict)
    refused: list[Any] = dataclasses.field(default_factory=list)
    still_refused: list[Any] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    removed: Any = None
    failing_checks: list[Any] = dataclasses.field(default_factory=list)
    failing_source_checks: list[Any] = dataclasses.field(default_factory=list)
    held_back: list[Any] = dataclasses.field(default_factory=list)
    loads: int = 1
    standing: str | None = None
    let_through: Any = ()
    # what each of the two steps of checks writes of its pages
    pages: list[Callable[[], None]] = dataclasses.field(default_factory=list)

    def _called(self, step: str) -> None:
        self.calls.append(step)
        if step in self.errors:
            raise self.errors[step]

    def land_inbox(
        self, folder: DataFolder, *, on_progress: Any = None, quiet_seconds: float = 0.0
    ) -> Any:
        self._called("land")
        from flows.landing.ledger.load_records import LoadRecord, write_record

        loads = [
            LoadRecord(
                load_id=f"{number:064d}", source="police_uk", dataset="police_uk_street",
                file=f"{number}.csv", extract_date=date(2018, 9, 1), scope="west-yorkshire",
                coverage=(), rows_read=10, rows_loaded=10, rows_rejected=0, reader="street",
                reader_version="1", sha256=f"{number:064d}", bytes=100,
                landed_at="2018-09-01T00:00:00Z", encoding="utf-8", named_for="",
            )
            for number in range(self.loads)
        ]  # fmt: skip
        for load in loads:
            write_record(folder, load)
            on_progress(load.file, 1, len(loads), load.rows_loaded)
        return SimpleNamespace(
            loaded=loads,
            already_known=0,
            quarantined=self.refused,
            still_quarantined=self.still_refused,
            notes=self.notes,
            rows_loaded=10 * len(loads),
            rows_rejected=0,
        )

    def _begin_pages(self, meanwhile: Any) -> None:
        for pages in self.pages:
            meanwhile(pages)

    def write_catalog(self, folder: DataFolder, as_at: date | None) -> None:
        self._called("catalog")

    def _checks(self, failing: list[Any]) -> Any:
        passed = SimpleNamespace(
            check_id="passes", subject="all", description="", severity="critical",
            status="passed", observed="", expected="",
        )  # fmt: skip
        if any(isinstance(check, CheckResult) for check in failing):
            return CheckReport(failing)
        return SimpleNamespace(
            results=[passed, *failing],
            critical_failures=[check for check in failing if check.severity == "critical"],
        )

    def judge_loads(
        self, folder: DataFolder, as_at: date | None, reasons: Any, meanwhile: Any
    ) -> Any:
        self._called("check_sources")
        self._begin_pages(meanwhile)
        from flows.checking import JudgedLoads

        report = self._checks(self.failing_source_checks)
        stops = [check.check_id for check in self.failing_source_checks]
        return JudgedLoads(report, self.held_back, [], {}, stops, self.loads - len(self.held_back))

    @contextlib.contextmanager
    def ready_dbt(self, folder: DataFolder, settings: Any) -> Iterator[Any]:
        yield SimpleNamespace()

    def build_warehouse(self, folder: DataFolder, settings: Any, *, dbt: Any) -> Any:
        self._called("build")
        return SimpleNamespace()

    def check_marts(self, folder: DataFolder, settings: Any, build: Any, meanwhile: Any) -> Any:
        self._called("check_marts")
        self._begin_pages(meanwhile)
        return self._checks(self.failing_checks)

    def publish(
        self, folder: DataFolder, settings: Any, *, as_at: Any, run_id: str, let_through: Any,
        held_back: Any, on_new: Any,
    ) -> Any:  # fmt: skip
        self._called("publish")
        self.let_through = let_through
        self.standing = "000001-20180901T020000Z"
        return self.current_publication(folder)

    def apply_retention(self, folder: DataFolder, settings: Any, today: date) -> Any:
        self._called("retain")
        from flows.warehouse.retention import Retention

        return self.removed or Retention()

    def publish_site(
        self, folder: DataFolder, publication: Any, as_at: Any = None, site: Any = None
    ) -> Any:
        self._called("write_site")

    def current_publication(self, folder: DataFolder) -> Any:
        if self.standing is None:
            return None
        return SimpleNamespace(
            publication_id=self.standing,
            database=folder.published / "community_safety.duckdb",
            unchanged=False,
            rows=0,
            manifest=SimpleNamespace(
                synthetic=False, published_at="2018-09-01T02:00:00Z", tables={}, loads=()
            ),
        )


@pytest.fixture
def steps_under_prefect(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> MadeUpSteps:
    """Replace what the tasks call; the flow and its tasks stay Prefect's."""
    from flows import checking, landing, publishing, warehouse
    from flows.site import process
    from flows.warehouse import retention

    made_up = MadeUpSteps(folder)
    for module, names in (
        (landing, ["land_inbox", "write_catalog"]),
        (checking, ["judge_loads", "check_marts"]),
        (warehouse, ["ready_dbt", "build_warehouse"]),
        (publishing, ["publish", "current_publication"]),
        (retention, ["apply_retention"]),
        (process, ["publish_site"]),
    ):
        for name in names:
            monkeypatch.setattr(module, name, getattr(made_up, name))
    return made_up


@pytest.fixture
def steps(steps_under_prefect: MadeUpSteps, monkeypatch: pytest.MonkeyPatch) -> MadeUpSteps:
    """Call the functions of the flow and its tasks directly, without Prefect."""
    from flows import nightly

    leave_out_prefect(monkeypatch)
    made_up = steps_under_prefect
    monkeypatch.setattr(nightly, "report", lambda summary: made_up.calls.append("report"))
    return made_up
