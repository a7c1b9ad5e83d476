"""What a run shows of its progress: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from flows.command import run_progress
from flows.command.run_progress import RunProgress, progress_shown
from flows.night import progress
from flows.night.progress import Progress

LAST = {"land": 10.0, "build": 30.0, "publish": 20.0}


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time that passes only when the test says so."""
    made = Clock()
    monkeypatch.setattr(run_progress, "RunProgress", lambda last: RunProgress(last, made))
    return made


def consoles(*, terminal: bool) -> tuple[Console, Console, io.StringIO, io.StringIO]:
    out, errors = io.StringIO(), io.StringIO()
    return (
        Console(file=out, force_terminal=terminal, width=120),
        Console(file=errors, force_terminal=False, width=120),
        out,
        errors,
    )


def test_it_names_step_counts_rows_and_the_time_left() -> None:
    clock = Clock()
    shown = RunProgress(LAST, clock)
    words = shown.words(Progress("land", "a.csv", 12, 444, 1_203_000))
    assert words == "Landing, 12 of 444 files, 1,203,000 rows, about 1 minute left"
    assert shown.words(Progress("build")) == "Building figures (dbt), about 50 seconds left"
    clock.now += 20
    words = shown.words(Progress("build", "int_periods", 300, 461))
    assert words == "Building figures (dbt), 300 of 461 models and tests, about 30 seconds left"


def test_without_a_terminal_a_line_is_written_at_most_every_ten_seconds(clock: Clock) -> None:
    out, errors, printed, written = consoles(terminal=False)
    with progress_shown(out, errors, LAST):
        progress.report("prefect")
        for second in range(60):
            clock.now = float(second)
            progress.report("build", "int_x", second + 1, 60)
    assert printed.getvalue() == ""
    lines = written.getvalue().splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("Building figures (dbt), 11 of 60 models and tests, about ")
    # a short run writes none, so that a mail about it holds what it did
    out, errors, _, written = consoles(terminal=False)
    with progress_shown(out, errors, {}):
        progress.report("land")
    assert written.getvalue() == ""


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        # a supplier's name is no markup
        (
            Progress("land", "[red]a.csv", 1, 2, 30),
            ("Landing, 1 of 2 files, 30 rows", "[red]a.csv"),
        ),
        (
            Progress("build", "int_periods", 200, 461),
            ("200 of 461 models and tests", "int_periods"),
        ),
    ],
)
def test_on_a_terminal_one_line_is_kept_up_to_date(found: Progress, shown: tuple[str, ...]) -> None:
    out, errors, printed, written = consoles(terminal=True)
    with progress_shown(out, errors, {}):
        progress.report("prefect")
        progress.report(found.step, found.subject, found.done, found.total, found.rows)
    for words in shown:
        assert words in printed.getvalue()
    assert written.getvalue() == ""
