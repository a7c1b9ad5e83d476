"""One malformed input: what is wrong with it, and what it is to get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Gets = Literal["quarantined", "line rejected", "read", "warned", "held back"]

IN_WORDS: dict[Gets, str] = {
    "quarantined": "the whole file is quarantined",
    "line rejected": "the line alone is rejected",
    "read": "it is read all the same",
    "warned": "it is read, and a check warns",
    "held back": "it is read, and a check holds the load back",
}
EXIT_BESIDE_GOOD = 0
"""Whatever is wrong with a file costs a run with good ones nothing."""
EXIT_ALONE: dict[Gets, int] = {
    "quarantined": 1,
    "line rejected": 0,
    "read": 0,
    "warned": 0,
    "held back": 3,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A file under the name `name` in the inbox of `source`.

    `line` and `column` are where the message must point (None and '' where no place is to be
    named), `says` are words that it must hold. `check` is the check that tells of a file that is
    read. `beside` are files that lie in the same inbox folder and that land.
    `rows` is how many rows land of the file. `mapping` is the force's mapping, where the sound one
    is not meant.
    """

    source: str
    wrong: str
    name: str
    data: bytes
    gets: Gets
    rows: int = 0
    line: int | None = None
    column: str = ""
    says: tuple[str, ...] = ()
    check: str = ""
    beside: tuple[tuple[str, bytes], ...] = ()
    mapping: str = ""

    @property
    def id(self) -> str:
        """Name it in the output of pytest."""
        return f"{self.source}: {self.wrong}"
