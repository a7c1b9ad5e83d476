"""How long `csp report` takes for each paper: one format, and all four.

    python benchmarks/paper_times.py DATA AREA MONTH [PAPER…]

DATA is a data folder with a publication. Each paper is written by the real command in a process of
its own, so starting Python counts. The limits are 10 seconds for a paper and 20 for all formats.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time

from flows.papers.papers import INTERNAL_ONLY, PAPERS

ALL_FORMATS = "html,docx,xlsx,pdf"


def seconds(data: str, area: str, month: str, paper: str, formats: str) -> float:
    """Write one paper and return the seconds that the command took."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            *(sys.executable, "-m", "flows.command", "report", paper, "--data", data),
            *("--area", area, "--period", month, "--format", formats, "--output", folder),
            *(["--edition", "internal"] if paper in INTERNAL_ONLY else []),
        ]
        started = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        return time.monotonic() - started


def main(data: str, area: str, month: str, *papers: str) -> None:
    """Print a line of a table for each paper."""
    print("| paper | html | docx | xlsx | pdf | all formats |")
    print("|---|---|---|---|---|---|")
    for paper in papers or PAPERS:
        times = [
            seconds(data, area, month, paper, formats)
            for formats in (*ALL_FORMATS.split(","), ALL_FORMATS)
        ]
        print(f"| {paper} | {' | '.join(f'{one:.1f} s' for one in times)} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
