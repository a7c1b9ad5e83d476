"""How long `csp report` takes for each paper: as HTML, and in all four formats.

    python benchmarks/paper_times.py DATA AREA MONTH [PAPER…]

DATA is a data folder with a publication. Each paper is written by the real command in a process of
its own, so starting Python counts. Beside the seconds that passed stand those of computing, of the
browser that prints the PDF too: on a busy computer these say more. The limits are 10 seconds for a
paper and 20 for all formats.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time

from flows.papers.papers import INTERNAL_ONLY, PAPERS

FORMATS = ("html", "html,docx,xlsx,pdf")


def seconds(data: str, area: str, month: str, paper: str, formats: str) -> tuple[float, float]:
    """Write one paper; return the seconds that passed and those of computing."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            *(sys.executable, "-m", "flows.command", "report", paper, "--data", data),
            *("--area", area, "--period", month, "--format", formats, "--output", folder),
            *(["--edition", "internal"] if paper in INTERNAL_ONLY else []),
        ]
        started, computed = time.monotonic(), _computed()
        subprocess.run(command, check=True, capture_output=True)
        return time.monotonic() - started, _computed() - computed


def _computed() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(data: str, area: str, month: str, *papers: str) -> None:
    """Print a line of a table for each paper."""
    print("| paper | html | of it computing | all formats | of it computing |")
    print("|---|---|---|---|---|")
    for paper in papers or PAPERS:
        times = [one for formats in FORMATS for one in seconds(data, area, month, paper, formats)]
        print(f"| {paper} | {' | '.join(f'{one:.1f} s' for one in times)} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
