"""The subject of a commit: a line of at most 72 characters, and an empty one after it.

`python -m tests.prose.commit_subject FILE` reads the message that git is about to commit (the hook
commit-msg); `--log N` reads the last N commits. Ends with 1 where a subject is longer.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LONGEST = 72


def faults(message: str) -> list[str]:
    """Say what is wrong with a message, and what to write."""
    lines = [line for line in message.splitlines() if not line.startswith("#")]
    subject = lines[0] if lines else ""
    found = []
    if not subject.strip():
        found.append("the first line is empty; write what the commit does, as an order")
    if len(subject) > LONGEST:
        found.append(
            f"'{subject}' has {len(subject)} characters; write at most {LONGEST}, and the reason "
            "after an empty line"
        )
    if len(lines) > 1 and lines[1].strip():
        found.append("the second line is not empty; leave it empty, and write the reason below it")
    return found


def main(arguments: list[str]) -> int:
    """Print the faults of one message or of the last commits; give the exit code."""
    if arguments[0] == "--log":
        log = subprocess.run(
            ["git", "log", f"-{int(arguments[1])}", "--no-merges", "--format=%B%x00"],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        )
        messages = [one.strip() for one in log.stdout.split("\0") if one.strip()]
    else:
        messages = [Path(arguments[0]).read_text(encoding="utf-8")]
    found = [fault for message in messages for fault in faults(message)]
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
