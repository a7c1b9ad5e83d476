"""How long a run will still take, roughly: from the times of the last run, else from counts."""

from __future__ import annotations

from collections.abc import Mapping

from flows.data_folder import DataFolder
from flows.night.history import last_nights

#: The steps of a run in their order, as the history names them.
STEPS = ("land", "check_sources", "build", "check_marts", "publish", "retain", "write_site")
# Below this share of a step its first files or models say little about the others.
_ENOUGH_DONE = 0.1
_RUNS_LOOKED_AT = 10


def last_step_seconds(folder: DataFolder) -> dict[str, float]:
    """Return the seconds of each step of the last run that published; empty where there is none."""
    for run in last_nights(folder, _RUNS_LOOKED_AT):
        if run.get("outcome") == "published" and isinstance(run.get("step_seconds"), dict):
            return {str(name): float(taken) for name, taken in run["step_seconds"].items()}
    return {}


def remaining_seconds(
    step: str, elapsed: float, done: int, total: int, last: Mapping[str, float]
) -> float | None:
    """Estimate the seconds until the end of the run; None where nothing says so.

    `step` has gone on for `elapsed` seconds and has done so much of `total`; `last` has the seconds
    of each step of the last run. What this step takes is its time in the last run, or that which
    its counts point to where it takes longer than then, or where there was no last run.
    """
    if step not in STEPS:
        return None
    share = done / total if total else 0.0
    by_counts = elapsed / share - elapsed if share >= _ENOUGH_DONE else None
    here = last.get(step)
    if here is not None and elapsed < here:
        left: float | None = here - elapsed
        # twice as slow as in the last run, as far as counts tell: then they are nearer
        if by_counts is not None and share >= 0.5 and by_counts > 2 * (here - elapsed):
            left = by_counts
    else:
        left = by_counts
        if left is None and here is not None:
            left = 0.0
    if left is None:
        return None
    after = STEPS[STEPS.index(step) + 1 :]
    return left + sum(last.get(name, 0.0) for name in after)


def in_words(seconds: float | None) -> str:
    """Write an estimate as `about 2 minutes left`; nothing where there is none."""
    if seconds is None:
        return ""
    if seconds < 10:
        return "a few seconds left"
    if seconds < 55:
        return f"about {round(seconds / 10) * 10} seconds left"
    minutes = max(1, round(seconds / 60))
    return f"about {minutes} minute{'' if minutes == 1 else 's'} left"
