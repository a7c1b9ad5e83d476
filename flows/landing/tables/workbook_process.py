"""The process that reads one workbook: its bytes come in, its sheets go out, a line of JSON each.

Run as `python -m flows.landing.tables.workbook_process MEGABYTES SECONDS` by its neighbour
`workbook`. The last line says whether all sheets were read (`{"done": true}`) or why not.
"""

from __future__ import annotations

import json
import sys

from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.workbook_sheets import sheets_of


def main(megabytes: int, seconds: int) -> None:
    """Read the workbook on the standard input within limits of memory and processor time."""
    _limit(megabytes, seconds)
    out = sys.stdout
    try:
        for name, rows in sheets_of(sys.stdin.buffer.read()):
            json.dump({"name": name, "rows": rows}, out, ensure_ascii=True)
            out.write("\n")
    except FileRefusedError as refusal:
        last = {
            "refused": {
                "problem": refusal.problem,
                "expected": refusal.expected,
                "next_step": refusal.next_step,
                "line": refusal.line,
                "column": refusal.column,
            }
        }
    else:
        last = {"done": {}}
    out.write(json.dumps(last) + "\n")
    out.flush()


def _limit(megabytes: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time is limited from outside
        return
    for limit, most in (
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        try:
            resource.setrlimit(limit, (most, hard))
        except (OSError, ValueError):
            continue  # a system that knows the limit and does not keep it


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
