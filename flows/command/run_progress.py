"""How far a run has come: a bar on a terminal, elsewhere a plain line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from flows.night import progress
from flows.night.progress import Progress
from flows.night.remaining_time import in_words, remaining_seconds
from flows.reporting.supplier_text import escape

# Output that goes into a file or a mail gets a line at most so often.
SECONDS_BETWEEN_LINES = 10.0
_LONGEST_SUBJECT = 30
_STEPS = {
    "prefect": "Starting Prefect",
    "land": "Landing",
    "check_sources": "Checking sources",
    "build": "Building figures (dbt)",
    "check_marts": "Checking marts",
    "publish": "Publishing",
    "retain": "Removing records past their time",
    "write_site": "Writing the scorecard site",
}
_COUNTED = {"land": "files", "build": "models and tests"}


class RunProgress:
    """What is shown of a run's progress, and the estimate of how long it will still take.

    `last` has the seconds of each step of the last run; `clock` counts seconds.
    """

    def __init__(
        self, last: Mapping[str, float], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._last = last
        self._clock = clock
        self._step = ""
        self._began = self._shown = clock()

    def words(self, found: Progress) -> str:
        """Say how far the run has come: step, files or models done, rows, time left."""
        if found.step != self._step:
            self._step, self._began = found.step, self._clock()
        said = [_STEPS.get(found.step, found.step)]
        if found.total:
            counted = _COUNTED.get(found.step, "")
            said.append(f"{found.done:,} of {found.total:,} {counted}".rstrip())
        if found.rows:
            said.append(f"{found.rows:,} rows")
        elapsed = self._clock() - self._began
        left = in_words(remaining_seconds(found.step, elapsed, found.done, found.total, self._last))
        return ", ".join([*said, *([left] if left else [])])

    def line_due(self) -> bool:
        """Say whether a plain line may be written now, and count it as written."""
        now = self._clock()
        if now - self._shown < SECONDS_BETWEEN_LINES:
            return False
        self._shown = now
        return True


@contextmanager
def progress_shown(out: Console, errors: Console, last: Mapping[str, float]) -> Iterator[None]:
    """Show a bar on the terminal `out`; where that is none, write plain lines to `errors`."""
    shown = RunProgress(last)
    if not out.is_terminal:

        def write_line(found: Progress) -> None:
            words = shown.words(found)
            if shown.line_due():
                errors.print(words, soft_wrap=True)

        with progress.listening(write_line):
            yield
        return
    bars = Bars(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[subject]}"),
        console=out,
        transient=True,
    )
    bar: dict[str, TaskID] = {}

    def update(found: Progress) -> None:
        if found.step not in bar:
            for task in bars.task_ids:
                bars.remove_task(task)
            bar[found.step] = bars.add_task(_STEPS.get(found.step, found.step), subject="")
        name = found.subject
        if len(name) > _LONGEST_SUBJECT:
            name = f"{name[: _LONGEST_SUBJECT - 1]}…"
        bars.update(
            bar[found.step],
            description=shown.words(found),
            completed=found.done,
            total=found.total or None,
            subject=escape(name),
        )

    with bars, progress.listening(update):
        yield
