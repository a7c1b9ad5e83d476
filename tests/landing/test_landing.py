"""What landing promises over several runs: nothing twice, nothing lost."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import duckdb
import pyarrow.csv

from flows.landing import anything_new, land_inbox
from flows.landing.inbox.state import state_path
from tests.landing.conftest import (
    ASB_ROW,
    RETURN_ROW,
    STREET_NAME,
    STREET_ROW,
    Inbox,
    landed_files,
    returned,
    street,
)

PLACE = f"police_uk/2022-07-01/{STREET_NAME}"


def test_second_landing_changes_no_byte(inbox: Inbox) -> None:
    inbox.put(PLACE, street(STREET_ROW, ASB_ROW))
    inbox.put("partner_returns/2017-11-01/return.csv", returned(RETURN_ROW))
    first = land_inbox(inbox.folder)
    before = landed_files(inbox)
    second = land_inbox(inbox.folder)
    assert (len(first.loaded), len(second.loaded), second.already_known) == (2, 0, 2)
    assert landed_files(inbox) == before
    state_path(inbox.folder).unlink()  # without the cache the bytes themselves are known
    third = land_inbox(inbox.folder)
    assert (len(third.loaded), third.already_known) == (0, 2)
    assert landed_files(inbox) == before


def test_real_archives_land_every_row(inbox: Inbox, police_archives: list[Path]) -> None:
    target = inbox.folder.raw / "police_uk" / "2023-01-01"
    target.mkdir(parents=True)
    archives = {path.name: path for path in police_archives}
    # four forces of May 2022, or one of July 2018
    name, files = ("2022-05.zip", 4) if "2022-05.zip" in archives else ("2018-07.zip", 1)
    (target / name).symlink_to(archives[name])
    report = land_inbox(inbox.folder)
    assert len(report.loaded) == files
    assert (report.rows_rejected, report.quarantined) == (0, [])
    landed = duckdb.sql(
        f"select crime_type, count(*) from '{inbox.folder.landing}/police_uk_street/*.parquet' "
        "group by all order by all"
    ).fetchall()
    counted: dict[str, int] = {}
    with zipfile.ZipFile(target / name) as archive:
        for name in archive.namelist():
            table = pyarrow.csv.read_csv(io.BytesIO(archive.read(name)))
            for word in table["Crime type"].to_pylist():
                counted[word] = counted.get(word, 0) + 1
    assert dict(landed) == counted


def test_what_an_older_reader_landed_is_read_again(inbox: Inbox) -> None:
    """A rule that changes what a file covers holds for the files that lie there already."""
    inbox.put(PLACE, street(*[STREET_ROW] * 30))
    (first,) = land_inbox(inbox.folder).loaded
    assert {part.indicator_id for part in first.coverage} == {"burglary"}
    record = inbox.folder.landing / "loads" / f"{first.load_id}.json"
    old = json.loads(record.read_text())
    everything = [part | {"indicator_id": "*"} for part in old["coverage"]]
    record.write_text(json.dumps(old | {"reader_version": "0", "coverage": everything}))
    state = json.loads(state_path(inbox.folder).read_text())
    for file in state["files"].values():
        file["reader_version"] = "0"
    state_path(inbox.folder).write_text(json.dumps(state))
    assert anything_new(inbox.folder)
    (again,) = land_inbox(inbox.folder).loaded
    assert again.load_id == first.load_id
    assert again.coverage == first.coverage
    assert not anything_new(inbox.folder)
    assert land_inbox(inbox.folder).loaded == []
