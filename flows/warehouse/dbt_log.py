"""How far a build has come, read from the lines that dbt's process writes for every node."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

# `12 of 461 OK created sql table model staging.stg_x ...... [OK in 0.06s]`: dbt numbers its models,
# seeds and tests as it begins them, and writes START first.
_NODE = re.compile(
    rb"^\S+ \w+ (?P<number>\d+) of (?P<total>\d+) (?P<what>[A-Z]+) (?P<words>.*?) ?\.*( \[|$)"
)


class NodesDone(NamedTuple):
    """How many models, seeds and tests are done of all, and the name of the last one named."""

    name: str
    done: int
    total: int


class DbtLog:
    """The log of one build, read as it grows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # an earlier build's lines do not count: this one empties the file first
        self._read = path.stat().st_size if path.exists() else 0
        self._so_far = NodesDone("", 0, 0)

    def nodes_done(self) -> NodesDone:
        """Return how far the build has come; zero of zero where there is no log yet."""
        try:
            with self._path.open("rb") as log:
                if log.seek(0, os.SEEK_END) < self._read:
                    self._read = 0
                log.seek(self._read)
                text = log.read()
        except OSError:
            return self._so_far
        whole = text[: text.rfind(b"\n") + 1]
        self._read += len(whole)
        for line in whole.splitlines():
            found = _NODE.match(line)
            if found:
                words = found["words"].decode("utf-8", errors="replace").split()
                self._so_far = NodesDone(
                    words[-1].rpartition(".")[2] if words else "",
                    int(found["number"]) - (found["what"] == b"START"),
                    int(found["total"]),
                )
        return self._so_far
