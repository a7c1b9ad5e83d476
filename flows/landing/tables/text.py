"""The stage between a file's bytes and its typed rows: every format becomes a text table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Reject:
    """One line that does not land: where, why, and its text as the supplier sent it.

    `line` counts from 1 (the header). `column` is a header, or empty for the whole line.
    `reason` says what was expected and quotes nothing; `raw_text` is private.
    """

    line: int
    column: str
    reason: str
    raw_text: str


@dataclass(slots=True)
class TextTable:
    """A file's rows as text, by the contract's column names, with the lines they stand on.

    Grain: one row per line that has as many fields as the header. Columns that the file does
    not have are absent. Columns that the contract calls repeating are dictionary-encoded.
    `rejects` are the lines without the right number of fields; blank lines are neither.
    `raw_line` gives the text of a line again, for those that fail a later check. `notes` say
    what was not read on the way, such as sheets without the header.
    """

    columns: dict[str, pa.Array]
    lines: pa.Array
    encoding: str
    raw_line: Callable[[int], str]
    rejects: list[Reject] = field(default_factory=list)
    unknown_headers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
