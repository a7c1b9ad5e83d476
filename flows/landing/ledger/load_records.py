"""Load records and deliveries: the JSON that says which Parquet exists and from when it is."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flows.data_folder import DataFolder
from flows.landing.reader import Coverage
from flows.private_files import private_folder, write_privately


class LandingDamagedError(Exception):
    """A landed file that cannot be read: something other than a landing has written to it."""


@dataclass(frozen=True, slots=True)
class LoadRecord:
    """One load: the commit mark of its Parquet file. `rows_read` = loaded + rejected.

    `load_id` and `sha256` are the hash of the supplier's bytes; `file` is their label below
    the inbox (`archive.zip!member.csv` inside an archive). `named_for` is what the file's name
    itself says, `read_with` what else decided the reading (the hash of a mapping). `landed_at`
    is the time of landing in UTC and enters no figure. `synthetic` is true of made-up data.
    """

    load_id: str
    source: str
    dataset: str
    file: str
    extract_date: date
    scope: str
    coverage: tuple[Coverage, ...]
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    reader: str
    reader_version: str
    sha256: str
    bytes: int
    landed_at: str
    encoding: str
    named_for: str
    notes: tuple[str, ...] = ()
    read_with: str = ""
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """One arrival of a load's bytes under one extract date."""

    load_id: str
    extract_date: date
    source: str
    file: str


def write_record(folder: DataFolder, record: LoadRecord) -> None:
    """Write the commit mark; from here on the load exists."""
    path = private_folder(folder.landing / "loads") / f"{record.load_id}.json"
    write_privately(path, _as_json(asdict(record)))


def write_delivery(folder: DataFolder, delivery: DeliveryRecord) -> None:
    """Write down that a load's bytes came under this extract date."""
    private_folder(folder.landing / "deliveries")
    path = delivery_path(folder, delivery.load_id, delivery.extract_date)
    write_privately(path, _as_json(asdict(delivery)))
    withdrawn = withdrawn_path(folder, delivery.load_id, delivery.extract_date)
    if withdrawn.exists():
        withdrawn.unlink(missing_ok=True)


def delivery_name(load_id: str, extract_date: date) -> str:
    """Name what a load is under one extract date."""
    return f"{load_id}.{extract_date.isoformat()}"


def delivery_path(folder: DataFolder, load_id: str, extract_date: date) -> Path:
    """Name the file that says that a load's bytes came under an extract date."""
    return folder.landing / "deliveries" / f"{delivery_name(load_id, extract_date)}.json"


def withdrawn_path(folder: DataFolder, load_id: str, extract_date: date) -> Path:
    """Name the file that says that they came, and are refused since."""
    return folder.landing / "withdrawn" / f"{load_id}.{extract_date.isoformat()}.json"


def read_records(folder: DataFolder) -> dict[str, LoadRecord]:
    """Read all load records by load id.

    Raises LandingDamagedError naming a record that is broken.
    """
    records = {}
    for path in sorted((folder.landing / "loads").glob("[!.]*.json")):
        content = _content(path)
        try:
            coverage = tuple(
                Coverage(
                    part["scope"],
                    part["indicator_id"],
                    date.fromisoformat(part["period_start"]),
                    date.fromisoformat(part["period_end"]),
                )
                for part in content["coverage"]
            )
            record = LoadRecord(
                **{
                    **content,
                    "coverage": coverage,
                    "extract_date": date.fromisoformat(content["extract_date"]),
                    "notes": tuple(content["notes"]),
                }
            )
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged(path) from error
        records[record.load_id] = record
    return records


def read_deliveries(folder: DataFolder, place: str = "deliveries") -> list[DeliveryRecord]:
    """Read all deliveries, by load id and date; those that are withdrawn lie in a `place` apart."""
    deliveries = []
    for path in sorted((folder.landing / place).glob("[!.]*.json")):
        content = _content(path)
        try:
            extract_date = date.fromisoformat(content["extract_date"])
            deliveries.append(DeliveryRecord(**{**content, "extract_date": extract_date}))
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged(path) from error
    return deliveries


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except ValueError as error:
        raise _damaged(path) from error
    if not isinstance(content, dict):
        raise _damaged(path)
    return content


def _damaged(path: Path) -> LandingDamagedError:
    return LandingDamagedError(
        f"{path}: the landing record cannot be read. Expected: the JSON that landing wrote. "
        "Next: delete this record; its supplier's file is read again if it is still in the inbox"
    )


def _as_json(content: dict[str, Any]) -> bytes:
    def plain(value: object) -> str:
        if isinstance(value, date):
            return value.isoformat()
        raise TypeError(type(value).__name__)

    return json.dumps(content, indent=1, default=plain).encode()


def landed_path(folder: DataFolder, dataset: str, load_id: str) -> Path:
    """Name the Parquet file of a load's rows."""
    return folder.landing / dataset / f"{load_id}.parquet"
