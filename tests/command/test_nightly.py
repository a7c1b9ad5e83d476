from __future__ import annotations

import errno
import json
import os
import signal
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import Result

from flows.data_folder import DataFolder
from flows.landing.ledger.held_back import write_held_back
from flows.night.history import last_nights
from flows.publishing import PublishFailedError
from flows.warehouse import BuildFailedError
from tests.command.conftest import held_back_load
from tests.needs import needs_signals

Csp = Callable[..., Result]


def _check(severity: str) -> SimpleNamespace:
    return SimpleNamespace(
        check_id="rows_per_month", subject="fct_indicator_values", description="rows of a month",
        severity=severity, status="failed", observed="3", expected="at least 10",
    )  # fmt: skip


def test_a_good_night_publishes_and_tells_it(csp: Csp, steps: Any, folder: DataFolder) -> None:
    done = csp("nightly")
    assert done.exit_code == 0, done.output
    assert steps.calls == [
        "land", "catalog", "check_sources", "build", "check_marts", "publish", "retain",
        "write_site", "report",
    ]  # fmt: skip
    assert "1 files, 10 rows" in done.output
    assert "2 passed" in done.output
    assert "community_safety.duckdb" in done.output
    [night] = last_nights(folder, 5)
    assert night["outcome"] == "published"
    assert list(night["step_seconds"]) == [
        "land", "check_sources", "build", "check_marts", "publish", "retain", "write_site",
    ]  # fmt: skip


def test_the_second_night_finds_nothing_new(csp: Csp, steps: Any) -> None:
    csp("nightly")
    steps.calls.clear()
    done = csp("nightly")
    assert done.exit_code == 0
    assert "Nothing new" in done.output
    assert steps.standing in done.output
    assert steps.calls == []


def test_force_and_a_changed_setting_build_again(
    csp: Csp, steps: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    csp("nightly")
    steps.calls.clear()
    assert csp("nightly", "--force").exit_code == 0
    assert "build" in steps.calls
    steps.calls.clear()
    monkeypatch.setenv("CSP_SUPPRESSION_THRESHOLD", "10")
    assert csp("nightly").exit_code == 0
    assert "build" in steps.calls


def test_a_changed_hour_of_the_schedule_is_no_reason_to_build(
    csp: Csp, steps: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    csp("nightly")
    monkeypatch.setenv("CSP_SCHEDULE_CRON", "0 5 * * *")
    assert "Nothing new" in csp("nightly").output


def test_a_lost_publication_is_made_again(csp: Csp, steps: Any) -> None:
    csp("nightly")
    steps.standing = None
    steps.calls.clear()
    csp("nightly")
    assert "publish" in steps.calls


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("build", BuildFailedError("model x: no such column")),
        ("publish", PublishFailedError("disk full")),
    ],
)
def test_a_failed_step_is_exit_1_and_the_last_publication_stands(
    csp: Csp, steps: Any, step: str, error: Exception
) -> None:
    steps.standing = "000001-20180801T020000Z"
    steps.errors[step] = error
    done = csp("nightly")
    assert done.exit_code == 1
    assert str(error) in done.output
    assert "000001-20180801T020000Z stands" in done.output
    # What failed is tried again: a night without a publication is never "nothing new".
    steps.errors.clear()
    steps.calls.clear()
    assert csp("nightly").exit_code == 0
    assert "publish" in steps.calls


def test_a_critical_check_is_exit_3_and_nothing_is_published(csp: Csp, steps: Any) -> None:
    steps.failing_checks = [_check("critical")]
    done = csp("nightly")
    assert done.exit_code == 3
    assert "rows_per_month" in done.output
    assert "Nothing has been published yet." in done.output
    assert "publish" not in steps.calls


def test_every_load_held_back_is_exit_3_with_the_next_step(csp: Csp, steps: Any) -> None:
    steps.held_back = [held_back_load()]
    done = csp("nightly")
    assert done.exit_code == 3
    said = " ".join(done.output.split())
    assert "every load is held back, so there is nothing to publish" in said
    assert "Next: Ask the partner for a corrected return." in said
    assert "build" not in steps.calls


def test_a_source_check_that_could_not_be_made_is_exit_3(csp: Csp, steps: Any) -> None:
    steps.failing_source_checks = [_check("critical")]
    assert csp("nightly").exit_code == 3
    assert "build" not in steps.calls


def test_with_nothing_new_what_is_still_held_back_is_told(
    csp: Csp, steps: Any, folder: DataFolder
) -> None:
    steps.loads = 2
    assert csp("nightly").exit_code == 0
    write_held_back(folder, [held_back_load()])
    done = csp("nightly")
    assert "Nothing new" in done.output
    assert "1 load is held back: see `csp status`" in done.output


def test_a_word_that_lets_a_load_through_is_news_and_a_wrong_one_is_told(
    csp: Csp, steps: Any
) -> None:
    assert csp("nightly").exit_code == 0
    steps.calls.clear()
    done = csp("nightly", "--let-through", "source.none", "--reason", "because")
    assert "publish" in steps.calls
    assert "Nothing to let through  source.none did not fail" in done.output


def test_a_warning_is_shown_and_the_night_is_published(csp: Csp, steps: Any) -> None:
    steps.failing_checks = [_check("warning")]
    done = csp("nightly")
    assert done.exit_code == 0
    assert "1 warned" in done.output
    assert "rows_per_month" in done.output
    assert "seen 3, expected at least 10" in done.output.replace("\n", " ")


def test_a_refused_file_beside_good_ones_is_exit_0_and_loud(csp: Csp, steps: Any) -> None:
    steps.refused = [SimpleNamespace(file="police_uk/2018-09-01/bad.csv", reason="no header")]
    done = csp("nightly")
    assert done.exit_code == 0
    assert "bad.csv: no header" in done.output
    assert "quarantine" in done.output


def test_nothing_loadable_at_all_is_exit_1(csp: Csp, steps: Any) -> None:
    steps.loads = 0
    steps.refused = [SimpleNamespace(file="bad.csv", reason="no header")]
    done = csp("nightly")
    assert done.exit_code == 1
    assert "could be loaded" in done.output
    assert "build" not in steps.calls


def test_a_librarys_words_about_a_cell_are_shown_nowhere(
    csp: Csp, steps: Any, folder: DataFolder
) -> None:
    steps.errors["check_sources"] = ValueError("could not convert 'Secret Person' to a date")
    done = csp("nightly")
    assert done.exit_code == 1
    assert "ValueError" in done.output
    written = [file.read_text() for file in folder.warehouse.rglob("*.json*")]
    assert not any("Secret Person" in text for text in [done.output, *written])


def test_ctrl_c_is_exit_130_and_noted(csp: Csp, steps: Any, folder: DataFolder) -> None:
    steps.errors["build"] = KeyboardInterrupt()
    done = csp("nightly")
    assert done.exit_code == 130
    assert "interrupted" in done.output
    assert last_nights(folder, 1)[0]["outcome"] == "interrupted"


@needs_signals
def test_sigterm_ends_a_night_as_ctrl_c_does(
    csp: Csp, steps: Any, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import warehouse
    from flows.publishing.lock import night_lock

    def asked_to_end(*arguments: Any, **named: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10)

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(warehouse, "build_warehouse", asked_to_end)
    done = csp("nightly")
    assert done.exit_code == 130
    assert "interrupted by SIGTERM. Nothing has been published yet." in done.output
    assert "publish" not in steps.calls
    assert last_nights(folder, 1)[0]["outcome"] == "interrupted"
    with night_lock(folder):
        pass
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_missing_inbox_is_exit_2_with_the_next_step(csp: Csp, tmp_path: Path) -> None:
    done = csp("nightly", data=tmp_path / "nowhere")
    assert done.exit_code == 2
    assert "no inbox" in done.output
    assert "<source>/<extract date>" in done.output
    assert not (tmp_path / "nowhere").exists()


def test_wrong_settings_are_exit_2_before_anything_is_made(csp: Csp, folder: DataFolder) -> None:
    (folder.root / "csp.toml").write_text("suppression_threshold = 0\n")
    done = csp("nightly")
    assert done.exit_code == 2
    assert "suppression_threshold" in done.output
    assert not folder.warehouse.exists()


@pytest.mark.parametrize("words", [["--as-at", "01/02/2018"], ["--no-such"], ["surplus"]])
def test_wrong_usage_is_exit_2(csp: Csp, words: list[str]) -> None:
    assert csp("nightly", *words).exit_code == 2


def test_a_night_already_under_way_is_named(csp: Csp, steps: Any, folder: DataFolder) -> None:
    from flows.publishing.lock import night_lock

    folder.ensure()
    with night_lock(folder):
        done = csp("nightly")
    assert done.exit_code == 1
    assert str(os.getpid()) in done.output
    assert steps.calls == []


def test_an_as_at_night_leaves_the_last_night_as_it_was(
    csp: Csp, steps: Any, folder: DataFolder
) -> None:
    csp("nightly")
    before = (folder.state / "last_night.json").read_bytes()
    done = csp("nightly", "--as-at", "2018-08-31")
    assert done.exit_code == 0
    assert "as_at/2018-08-31" in done.output.replace("\n", "")
    assert (folder.state / "last_night.json").read_bytes() == before


def test_state_and_logs_are_private(csp: Csp, steps: Any, folder: DataFolder) -> None:
    csp("nightly")
    for name in ("state/last_night.json", "state/last_run.json", "state/nights.jsonl",
                 "logs/night.jsonl"):  # fmt: skip
        assert stat.S_IMODE((folder.warehouse / name).stat().st_mode) == 0o600, name
    assert stat.S_IMODE(folder.warehouse.stat().st_mode) == 0o700


def test_the_log_gives_every_step_with_the_run_id(csp: Csp, steps: Any, folder: DataFolder) -> None:
    csp("nightly")
    lines = [json.loads(line) for line in (folder.logs / "night.jsonl").read_text().splitlines()]
    assert len({line["run_id"] for line in lines}) == 1
    assert [line["step"] for line in lines if line["event"] == "step ended"] == [
        "land", "check_sources", "build", "check_marts", "publish", "retain", "write_site",
    ]  # fmt: skip
    assert lines[-1]["event"] == "run ended"


def test_a_failure_command_gets_json_and_a_good_night_none(
    csp: Csp, steps: Any, folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told.json"
    monkeypatch.setenv("CSP_FAILURE_COMMAND", f"sh -c 'cat > {told}'")
    csp("nightly")
    assert not told.exists()
    steps.failing_checks = [_check("critical")]
    csp("nightly", "--force")
    body = json.loads(told.read_text())
    assert body["exit_code"] == 3
    assert body["critical_checks"] == ["rows_per_month"]


def test_old_records_go_after_publishing_and_the_night_says_so(csp: Csp, steps: Any) -> None:
    from flows.warehouse.retention import Retention

    steps.removed = Retention(superseded=2, expired=1, rows=1234)
    done = csp("nightly")
    assert done.exit_code == 0, done.output
    assert steps.calls.index("publish") < steps.calls.index("retain")
    said = " ".join(done.output.split())
    assert "1234 record-level rows removed: 2 loads replaced by newer extracts, 1 past" in said
    log = (steps.folder.logs / "night.jsonl").read_text()
    assert '"rows_removed": 1234' in log
    told = csp("status")
    assert told.exit_code == 0, told.exception
    status = " ".join(told.output.split())
    assert "1234 record-level rows removed" in status
    # A night as at an earlier date publishes beside, and removes nothing.
    steps.calls.clear()
    assert csp("nightly", "--as-at", "2018-08-31").exit_code == 0
    assert "retain" not in steps.calls


def test_a_site_that_could_not_be_written_takes_no_publication_back(csp: Csp, steps: Any) -> None:
    from flows.site.process import SiteError

    steps.errors["write_site"] = SiteError("the scorecard site was not written. Next: free space")
    done = csp("nightly")
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.split())
    assert "Not written the scorecard site was not written. Next: free space" in said
    assert "community_safety.duckdb" in said
    [night] = last_nights(steps.folder, 5)
    assert night["outcome"] == "published"


def test_pages_of_checks_are_written_beside_and_take_no_publication_back(
    csp: Csp, steps: Any
) -> None:
    built, at_marts = threading.Event(), []

    def written_while_the_run_goes_on() -> None:
        if "check_marts" not in steps.calls:
            built.wait(60)
        at_marts.append("build" in steps.calls)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "checks/index.html")

    def build_warehouse(*_: Any, **__: Any) -> Any:
        steps.calls.append("build")
        built.set()
        return SimpleNamespace()

    steps.pages = [written_while_the_run_goes_on]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.warehouse.build_warehouse", build_warehouse)
        done = csp("nightly")
    assert done.exit_code == 0, done.output
    assert at_marts == [True, True]
    said = " ".join(done.output.split())
    assert said.count("Not written No space left on device: checks/index.html") == 2
    # the index of the pages is one file: those of the marts follow those of the sources
    log = (steps.folder.logs / "night.jsonl").read_text().splitlines()
    noted = [json.loads(line)["event"] for line in log]
    assert noted.index("step failed beside the publication") < noted.index("published")


def test_a_run_that_checks_stop_leaves_its_pages_whole(csp: Csp, steps: Any) -> None:
    written = []

    def written_slowly() -> None:
        time.sleep(0.3)
        written.append(True)

    steps.pages = [written_slowly]
    steps.failing_source_checks = [_check("critical")]
    assert csp("nightly").exit_code == 3
    assert written == [True]


def test_records_that_could_not_be_removed_fail_a_night_whose_publication_stands(
    csp: Csp, steps: Any
) -> None:
    from flows.warehouse.counts_archive import CountsMissingError

    steps.errors["retain"] = CountsMissingError("x.csv: expected its monthly counts, found none.")
    done = csp("nightly")
    assert done.exit_code == 1
    said = " ".join(done.output.split())
    assert "Published, and then failed retain: x.csv: expected its monthly counts" in said
    assert "000001-20180901T020000Z stands" in said


def test_what_lies_refused_and_what_was_left_aside_is_told_every_night(
    csp: Csp, steps: Any
) -> None:
    steps.still_refused = [SimpleNamespace(file="marac/2018-08-01/old.csv", reason="no header")]
    steps.notes = [
        f"police_uk/2018-09-01/{name}: a kind of file that is not read"
        for name in ("outlook.pst", "old.pst", "map.shp", "d.shp", "e.shp", "f.shp", "g.shp")
    ]
    done = csp("nightly")
    assert done.exit_code == 0
    said = " ".join(done.output.split())
    assert "Still refused 1 files" in said
    assert "marac/2018-08-01/old.csv: no header" in said
    once = "police_uk/2018-09-01/e.shp: a kind of file that is not read (and 2 files more)"
    assert "Notes on files 7 police_uk/2018-09-01/outlook.pst, police_uk/2018-09-01/old" in said
    assert once in said
    from flows.night.summary import read_last_run

    kept = read_last_run(steps.folder)
    assert kept is not None
    assert [refused.file for refused in kept.still_quarantined] == ["marac/2018-08-01/old.csv"]
    assert kept.notes == steps.notes
