"""Soak of the schedule: runs every few minutes on a changing inbox, with kills and a moved clock.

    python benchmarks/soak_schedule.py --folder DIR --minutes 60 --every 2

Starts the real `csp schedule` on a new data folder, and meanwhile puts good and broken files into
the inbox, reads what is published without a pause, kills the Prefect server twice and moves the
clock of all its processes ahead and back (where there is a C compiler). At the end
every due run must be accounted for, every good file published, every broken one named, every
reader content and memory flat. Prints a table; exit code 1 where something does not hold.

One at a time on a machine; it needs Linux (`/proc`).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flows.scheduling.due_times import due_between
from tests.night.crash.small_inbox import CRIME_TYPES, HEADER, first_inbox, street_file
from tests.scheduling.served import Served, children_of, csp_schedule

EXTRACT = "2018-05-01"
ROWS = 60
CLOCK_AHEAD_SECONDS = 600


@dataclass
class Soak:
    """What was done to the schedule, and what was seen meanwhile."""

    data: Path
    clock: Path
    good: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)
    moves: list[int] = field(default_factory=list)
    reads: int = 0
    reader_problems: list[str] = field(default_factory=list)
    memory: dict[str, list[int]] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)


def good_month(number: int) -> str:
    """Name the month of the good file `number`, going back from December 2017."""
    year, month = divmod(2017 * 12 + 11 - number, 12)
    return f"{year}-{month + 1:02d}"


def put(soak: Soak, name: str, content: bytes) -> str:
    """Put a file into the inbox in one step, as a careful supplier does."""
    place = f"police_uk/{EXTRACT}/{name}"
    path = soak.data / "raw" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = soak.data.parent / f"{soak.data.name}.coming"
    beside.write_bytes(content)
    beside.rename(path)
    return place


def broken_files() -> list[tuple[str, bytes]]:
    """Return files that cannot be read, each in its own way, by the end of their name."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("2018-04/2018-04-west-midlands-street.csv", street_file("2018-04"))
    half = archive.getvalue()[: len(archive.getvalue()) // 2]
    month = "2018-04"
    return [
        ("half.zip", half),
        ("west-midlands-street.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 20),
        ("west-midlands-street.csv", HEADER.replace("Month", "When").encode() + b"\r\nx\r\n"),
        ("west-midlands-street.csv", b""),
        ("west-midlands-street.csv", f"{HEADER}\r\n".encode() + b"\x00" * 4096),
        ("west-midlands-street.csv", f'{HEADER}\r\n"{month},'.encode() + b"never closed\r\n" * 50),
    ]


def keep_changing(soak: Soak, every: float, until: float) -> None:
    """Put a good and a broken file into the inbox in turn."""
    kinds = broken_files()
    while time.monotonic() < until and not soak.over.wait(every):
        number = len(soak.good)
        if number < 60:
            month = good_month(number)
            soak.good.append(month)
            put(soak, f"{month}-west-midlands-street.csv", street_file(month, ROWS))
        ending, content = kinds[len(soak.broken) % len(kinds)]
        name = f"broken-{len(soak.broken):03d}-{ending}"
        soak.broken.append(put(soak, name, content))


def keep_reading(soak: Soak) -> None:
    """Open what is published again and again; each state must be whole."""
    database = soak.data / "published" / "community_safety.duckdb"
    expected = ROWS // len(CRIME_TYPES)
    while not soak.over.wait(1.0):
        if not database.exists():
            continue
        try:
            with duckdb.connect(str(database), read_only=True) as connection:
                values = connection.execute(
                    "select value from fct_indicator_values where area_name = 'Dudley' and "
                    "indicator_id = 'robbery' and period_type = 'month' and value is not null"
                ).fetchall()
            soak.reads += 1
            wrong = {value for (value,) in values if value != expected}
            if wrong:
                soak.reader_problems.append(f"robberies of a month: {wrong}, not {expected}")
        except duckdb.Error as error:
            soak.reader_problems.append(type(error).__name__)


def keep_measuring(soak: Soak, served: Served) -> None:
    """Note the resident memory (MiB) of the processes that stay."""
    names = {"flows.prefect_server": "Prefect server", "flows.schedule": "runner"}
    while not soak.over.wait(10.0):
        soak.memory.setdefault("csp schedule", []).append(_resident(served.process.pid))
        for pid, words in children_of(served.process.pid):
            for part, name in names.items():
                if f"-m {part} " in words:
                    soak.memory.setdefault(name, []).append(_resident(pid))


def _resident(pid: int) -> int:
    with contextlib.suppress(OSError, IndexError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") >> 20
    return 0


def kill_server(soak: Soak, served: Served) -> None:
    """Kill the server and wait until it answers again."""
    pid = served.server_pid()
    os.kill(pid, signal.SIGKILL)
    began = time.monotonic()

    def is_back() -> bool:
        return served.server_pid() != pid and served.ask("/api/health")[0] == 200

    served.wait_until(is_back, 300, "the server did not come back")
    soak.kills.append(time.monotonic() - began)


def move_clock(soak: Soak, seconds: int) -> None:
    """Move the clock of all processes of the schedule."""
    soak.moves.append(seconds)
    soak.clock.write_text(f"{sum(soak.moves)}\n")


def moved_clock(folder: Path) -> Path | None:
    """Build the library that moves a process's clock; None where there is no C compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    library = folder.absolute() / "moved_clock.so"
    source = Path(__file__).with_name("moved_clock.c")
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(source), "-ldl"], check=True
    )
    return library


def run(folder: Path, minutes: float, every: int) -> int:
    """Soak for so long; print the table and return the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    data = first_inbox(folder / f"data-{os.getpid()}")
    soak = Soak(data=data, clock=folder / f"clock-{os.getpid()}")
    soak.clock.write_text("0\n")
    library = moved_clock(folder)
    surroundings = (
        {"LD_PRELOAD": str(library), "CSP_SOAK_CLOCK": str(soak.clock)} if library else {}
    )
    told = data / "told.jsonl"
    hook = f"sh -c 'cat >> {told}; echo >> {told}'"
    length = minutes * 60
    with csp_schedule(data, f"*/{every} * * * *", surroundings, failure_command=hook) as served:
        served.wait_until(lambda: "Ctrl-C ends it." in served.words(), 240, "it did not start")
        began, start = datetime.now(UTC), time.monotonic()
        threads = [
            threading.Thread(target=keep_changing, args=(soak, 30.0, start + length)),
            threading.Thread(target=keep_reading, args=(soak,)),
            threading.Thread(target=keep_measuring, args=(soak, served)),
        ]
        for thread in threads:
            thread.start()
        steps: list[tuple[float, Callable[[], None]]] = [
            (0.25, lambda: kill_server(soak, served)),
            (0.6, lambda: kill_server(soak, served)),
        ]
        if library:
            steps += [
                (0.45, lambda: move_clock(soak, CLOCK_AHEAD_SECONDS)),
                (0.8, lambda: move_clock(soak, -CLOCK_AHEAD_SECONDS)),
            ]
        try:
            for share, step in sorted(steps, key=lambda pair: pair[0]):
                time.sleep(max(0.0, start + share * length - time.monotonic()))
                print(f"{time.monotonic() - start:.0f} s: a step of the soak", flush=True)
                step()
            time.sleep(max(0.0, start + length - time.monotonic()))
            threads[0].join()
            # What came last is published by a run that begins after it.
            served.wait_until(lambda: _missing(soak) == [], 1200, "a good file is not published")
            # A run that was due is told as missed some minutes after.
            time.sleep(6 * 60 + every * 60)
        finally:
            soak.over.set()
            for thread in threads:
                thread.join()
        ended = datetime.now(UTC)
    return report(soak, served, began, ended, every, told)


def _missing(soak: Soak) -> list[str]:
    manifest = json.loads((soak.data / "published" / "manifest.json").read_text())
    names = json.dumps(manifest["loads"])
    return [month for month in soak.good if f"{month}-west-midlands-street.csv" not in names]


def report(
    soak: Soak, served: Served, began: datetime, ended: datetime, every: int, told: Path
) -> int:
    """Print what was seen as a table; 0 where all of it holds."""
    last = ended - timedelta(minutes=6)
    due = due_between(f"*/{every} * * * *", "Europe/London", began, last)
    events = served.events()
    outcomes: dict[datetime, str] = {}
    reasons: Counter[str] = Counter()
    for event in events:
        time_due = datetime.fromisoformat(event["due"])
        if event["event"] == "started":
            outcomes.setdefault(time_due, "under way")
        else:
            outcomes[time_due] = event["outcome"]
            if event["outcome"] in ("missed", "not_begun"):
                reasons[_kind_of(event["reason"])] += 1
    unaccounted = [
        time_due for time_due in due if outcomes.get(time_due, "under way") == "under way"
    ]
    counts = Counter(outcomes.values())
    hooks = [json.loads(line) for line in told.read_text().splitlines()] if told.exists() else []
    told_missed = sum(body.get("runs_missed", 0) for body in hooks)
    quarantined = {
        path.relative_to(soak.data / "quarantine").as_posix().removesuffix(".reason.txt")
        for path in (soak.data / "quarantine").rglob("*.reason.txt")
    }
    unnamed = [place for place in soak.broken if place not in quarantined]
    rows = [
        ("length", f"{(ended - began).total_seconds() / 60:.0f} minutes, a run every {every}"),
        ("due runs", f"{len(due):,} by the true clock, {len(unaccounted):,} unaccounted for"),
        (
            "runs",
            ", ".join(f"{name.replace('_', ' ')} {n:,}" for name, n in sorted(counts.items())),
        ),
        ("missed, by reason", "; ".join(f"{why} {n:,}" for why, n in reasons.items()) or "none"),
        ("missed runs reported by the hook", f"{told_missed:,} of {sum(reasons.values()):,}"),
        ("good files", f"{len(soak.good):,}, {len(_missing(soak)):,} not published"),
        ("broken files", f"{len(soak.broken):,}, {len(unnamed):,} not named in quarantine"),
        ("server killed", ", ".join(f"answers again after {s:.0f} s" for s in soak.kills)),
        ("clock moved", ", ".join(f"{move:+,d} s" for move in soak.moves) or "not tried"),
        ("reads of the publication", f"{soak.reads:,}, {len(soak.reader_problems):,} failed"),
    ]
    growth = []
    for name, samples in soak.memory.items():
        quarter = max(1, len(samples) // 4)
        early, late = max(samples[:quarter]), max(samples[-quarter:])
        growth.append(late / max(early, 1))
        rows.append((f"memory of {name}", f"{early:,} MiB at first, {late:,} MiB at the end"))
    print("\n| | |\n|---|---|")
    for name, words in rows:
        print(f"| {name} | {words} |")
    holds = (
        not unaccounted
        and not unnamed
        and not _missing(soak)
        and not soak.reader_problems
        and told_missed == sum(reasons.values())
        and max(growth) < 1.25
    )
    print("\nAll of it holds." if holds else f"\nNot all of it holds: {unaccounted} {unnamed} "
          f"{_missing(soak)} {soak.reader_problems[:5]} {growth}")  # fmt: skip
    return 0 if holds else 1


def _kind_of(reason: str) -> str:
    """Take the due time out of a reason, so that equal ones are counted together."""
    if reason.startswith("the run due"):
        return "the run before was still under way"
    return reason


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, required=True, help="a folder for data and logs")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--every", type=int, default=2, help="minutes between due runs")
    chosen = parser.parse_args()
    sys.exit(run(chosen.folder, chosen.minutes, chosen.every))
