"""Made-up extracts: no force, crime or person in them exists."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from flows.data_folder import DataFolder
from flows.landing.sources.rules.hash_key import forget_keys

HEADINGS = (
    "Crime Number,HO Code,Date Recorded,Local Authority,LSOA Code,Easting,Northing,Status,"
    "DA Flag,Knife,Public Place,Hate Strand,Victim Age Band,Team"
)
# of each category of data.police.uk an offence: an extract without one is of selected offences
CODE_OF_EACH_CATEGORY = (
    *("8N", "17A", "28E", "45", "46", "39", "44", "49", "34B", "58B", "92A", "10D", "66", "54"),
)
ROW = "MADE/UP/1,8N,14/07/2025 13:05,Dudley,E01009862,394123,290456,Open,N,Y,Y,,10-17,Blue"
# What a force's extract holds of each crime, whatever else it marks.
MAPPED_CRIMES = """\
force: west-midlands
columns:
  crime_reference: Crime Number
  offence_code: HO Code
  recorded_date: Date Recorded
  csp: Local Authority
  lsoa_code: LSOA Code
  easting: Easting
  northing: Northing
"""
MAPPING = (
    MAPPED_CRIMES
    + """\
  outcome: {column: Status, cancelled: [No crime, Transferred]}
  domestic_abuse: {column: DA Flag, yes: [Y], no: [N]}
  knife: {column: Knife, yes: [Y], no: [N, ""]}
  public_place: {column: Public Place, yes: [Y], no: [N]}
  hate_race: {column: Hate Strand, yes: [Race], otherwise: no}
  victim_age_band: {column: Victim Age Band, youth: [10-17]}
"""
)
PLACE = "force_extract/2025-10-03/west-midlands-2025-09.csv"


def row(**changes: str) -> str:
    """Make a row, with fields changed by their heading (spaces as underscores)."""
    fields = dict(zip(HEADINGS.split(","), ROW.split(","), strict=True))
    for heading, value in changes.items():
        name = heading.replace("_", " ")
        assert name in fields
        fields[name] = value
    return ",".join(fields.values())


def extract(*rows: str, headings: str = HEADINGS) -> bytes:
    """Make a CSV extract of these rows."""
    return "".join(line + "\r\n" for line in (headings, *rows)).encode()


def workbook(sheets: dict[str, Sequence[Sequence[object]]], merged: str = "") -> bytes:
    """Make an XLSX; `merged` names cells to be merged on every sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(list(cells))
        if merged:
            sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class ForceInbox:
    """A data folder with a mapping in place and a key folder of its own."""

    def __init__(self, root: Path, config: Path) -> None:
        self.folder = DataFolder(root)
        self.key_file = config / "community-safety-warehouse" / "hash.key"

    def put(self, place: str, data: bytes | str) -> Path:
        path = self.folder.raw / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def map(self, text: str = MAPPING, name: str = "west-midlands.yml") -> Path:
        return self.put(f"force_extract/mappings/{name}", text)

    def rows(self, dataset: str = "force_extract") -> list[dict[str, object]]:
        found = []
        for path in sorted((self.folder.landing / dataset).glob("[!_]*.parquet")):
            found.extend(pq.read_table(path, partitioning=None).to_pylist())
        return found


@pytest.fixture
def force_inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ForceInbox]:
    config = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    forget_keys()
    inbox = ForceInbox(tmp_path / "data", config)
    inbox.map()
    yield inbox
    forget_keys()
