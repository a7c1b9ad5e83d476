"""What a source is to landing: what is known of it, and its readers with their contracts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.text import Reject

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class SupplierFile:
    """One file as a reader gets it: its bytes, and its own name without folders.

    `path` is its label below the extract date, folders and archive included. `companions` is
    the folder of what the source's files are read by, and `hash_key` gives the key for hashing
    references (made at first use); both are for sources that need them.
    """

    name: str
    data: bytes
    path: str = ""
    extract_date: date = date.max
    companions: Path | None = None
    hash_key: Callable[[], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a load supplies: an area or force (`scope`), an indicator ('*' for all), days.

    A covered month without rows counts as zero; what nothing covers is not supplied.
    """

    scope: str
    indicator_id: str
    period_start: date
    period_end: date


@dataclass(slots=True)
class Reading:
    """What a reader made of one file: rows with `_row_number`, rejects, and what is covered.

    `table` has the columns of the reader's `schema` without `_load_id`. Rows and rejects
    together are the file's data lines.
    """

    table: pa.Table
    rejects: list[Reject]
    scope: str
    coverage: list[Coverage]
    encoding: str
    notes: list[str] = field(default_factory=list)

    @property
    def rows_read(self) -> int:
        """Count the data lines: those loaded and those rejected."""
        return int(self.table.num_rows) + len(self.rejects)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one kind of file into one dataset.

    `accepts` judges by the file's name alone. `named_for` gives what the name itself says
    (force and month), or '': equal bytes that are named for something else are an error.
    `month_column` is the date column whose months the profile is made for; None is no month.
    `clash` is `coverage` where two files of one extract date may not cover the same scope,
    indicator and period at all, and `values` where they may if they agree on `key` columns'
    `compared` columns. `extra_columns` are landed beside the contract's. `landed_as`
    is the contract of the dataset where rows are brought into another form than the file's own.
    `read_with` stands for
    what else than the bytes decides the reading (a mapping): bytes that have landed are read
    again, and their load replaced, where it has changed.
    """

    dataset: str
    contract: Contract
    accepts: Callable[[str], bool]
    read: Callable[[SupplierFile], Reading]
    named_for: Callable[[str], str] = lambda name: ""
    month_column: str | None = None
    clash: Literal["coverage", "values"] = "coverage"
    key: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    extra_columns: tuple[str, ...] = ()
    landed_as: Contract | None = None
    read_with: Callable[[SupplierFile], str] = lambda file: ""

    def landed_columns(self) -> tuple[Column, ...]:
        """Give the contract's columns of the dataset that the rows land in."""
        return (self.landed_as or self.contract).landed_columns()


Grain = Literal["records", "stated", "reference"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One landed table of a source, and what a row of it is.

    `grain`: `records` are rows of one event each, which the warehouse counts; `stated` are figures
    for an area, indicator and period as their supplier gives them; `reference` is what figures are
    read with (targets, lists, populations). `area_columns` hold an area as its supplier writes it,
    `names_indicators` says that `indicator_id` holds an indicator so. `counts_are_kept`: the
    monthly counts of every load outlive its rows. `covers_whole_months`: all months between the
    first and the last of a load are covered.
    """

    name: str
    grain: Grain
    area_columns: tuple[str, ...] = ()
    names_indicators: bool = False
    counts_are_kept: bool = False
    covers_whole_months: bool = False


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """Which files of a source are read and by which reader, as its module says in `FILES`.

    `why_skipped` gives, for a name that no reader accepts, a note why it is skipped, or None
    if it is an error.
    """

    readers: tuple[Reader, ...]
    why_skipped: Callable[[str], str | None] = lambda name: None


@dataclass(frozen=True, slots=True)
class Source:
    """One source folder of the inbox: all that the project knows of it before a file is read.

    `expected_names` says in words what the readers accept. `version` is raised whenever a reader
    would judge a file otherwise than before: every file of the source is then read again, and its
    load replaced. `companions` names a folder beside the extract dates that holds no data but what
    files are read by (mappings): where anything in it changes, they are judged again.
    `copies_refused` is False where a refused file may hold personal data: only the reason goes to
    quarantine. `scopes_are_forces` says that each file is of one force, named by its slug.
    """

    name: str
    title: str
    is_public: bool
    licence: str
    expected_names: str
    version: str
    datasets: tuple[Dataset, ...]
    companions: str = ""
    copies_refused: bool = True
    scopes_are_forces: bool = False

    @property
    def files(self) -> SourceFiles:
        """Import the source's module, which is needed only where a file of it is to be read."""
        files: SourceFiles = import_module(f"flows.landing.sources.{self.name}").FILES
        return files

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Give the readers, one a kind of file."""
        return self.files.readers

    def reader_for(self, name: str) -> Reader | None:
        """Find the reader of a file by its name."""
        return next((reader for reader in self.readers if reader.accepts(name)), None)
