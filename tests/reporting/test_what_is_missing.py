"""`csp status` names what did not come: sources, forces, months at the end, folded where alike."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.command.application import application
from flows.command.terminal import NOT_THERE
from flows.data_folder import DataFolder
from flows.landing.inbox.quarantine import quarantine_name
from flows.landing.ledger.held_back import FailedCheck, HeldBackLoad, write_held_back
from flows.landing.ledger.load_records import LoadRecord, write_record
from flows.landing.reader import Coverage
from flows.reporting.status import read_status

FORCES = ("west-midlands", "gwent", "kent", "sussex")


def _load(folder: DataFolder, source: str, scope: str, year: int, *months: int) -> str:
    load_id = f"{source}{scope}{year}{months[0]}".encode().hex().ljust(64, "0")[:64]
    write_record(
        folder,
        LoadRecord(
            load_id=load_id, source=source, dataset=f"{source}_street", file=f"{scope}.csv",
            extract_date=date(year, 12, 28), scope=scope,
            coverage=tuple(
                Coverage(scope, "*", date(year, month, 1), date(year, month, 28))
                for month in months
            ),
            rows_read=10, rows_loaded=10, rows_rejected=0, reader="street", reader_version="1",
            sha256=load_id, bytes=100, landed_at="2018-05-01T00:00:00Z", encoding="utf-8",
            named_for="",
        ),
    )  # fmt: skip
    return load_id


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path)
    folder.raw.mkdir()
    folder.ensure()
    for force in FORCES:
        # Gwent's files stop in April, those of the others in September
        months = range(1, 5) if force == "gwent" else range(1, 10)
        _load(folder, "police_uk", force, 2018, *months)
    return folder


def _said(folder: DataFolder, **environment: str) -> str:
    done = CliRunner().invoke(
        application, ["status", "--data", str(folder.root)], env={"COLUMNS": "160", **environment}
    )
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def test_months_missing_at_the_end_are_named(folder: DataFolder) -> None:
    status = read_status(folder, nights=0)
    by_scope = {scope: part for part in status.coverage for scope in part.scopes}
    assert by_scope["gwent"].missing_at_end == ["2018-05", "2018-06", "2018-07", "2018-08",
                                                "2018-09"]  # fmt: skip
    assert by_scope["kent"].missing_at_end == []
    assert "2018-05 to 2018-09 at the end" in _said(folder)


def test_scopes_that_are_alike_stand_on_one_line(folder: DataFolder) -> None:
    alike = next(part for part in read_status(folder, nights=0).coverage if len(part.scopes) > 1)
    assert alike.scopes == ["kent", "sussex", "west-midlands"]
    assert "kent, sussex and 1 more" in _said(folder)


def test_the_force_of_a_home_area_that_supplied_nothing_is_named(folder: DataFolder) -> None:
    said = _said(folder, CSP_HOME_AREAS="Dudley,Leeds")
    assert "Supplied nothing West Yorkshire in police_uk" in said
    assert "West Midlands in police_uk" not in said


def test_where_most_forces_came_the_others_are_named(folder: DataFolder) -> None:
    from flows.reporting.supply_gaps import forces_without_supply, territorial_forces

    every = territorial_forces()
    assert len(every) == 43
    absent = {"greater-manchester", "gwent"}
    supplied = {"police_uk": every.keys() - absent}
    assert forces_without_supply(supplied, []) == {"police_uk": ["Greater Manchester", "Gwent"]}


def test_a_source_with_an_inbox_folder_and_no_load_is_expected(folder: DataFolder) -> None:
    (folder.raw / "marac").mkdir()
    (folder.raw / "asb" / "2018-10-01").mkdir(parents=True)
    aside = folder.quarantine / "asb" / "2018-10-01"
    aside.mkdir(parents=True)
    (aside / "asb.csv.reason.txt").write_text("asb.csv, line 1: headers are missing\n")
    said = _said(folder)
    assert f"asb {NOT_THERE} quarantined: 1 file" in said
    assert f"marac {NOT_THERE} expected: nothing supplied yet" in said


def test_files_quarantined_for_the_same_reason_stand_once(folder: DataFolder) -> None:
    aside = folder.quarantine / "police_uk" / "2018-10-01"
    aside.mkdir(parents=True)
    for force in ("kent", "surrey", "sussex"):
        name = f"2018-09-{force}-street.csv"
        (aside / f"{name}.reason.txt").write_text(
            f"{name}, line 1: the file is empty. Expected: rows. Next: ask for the file again.\n"
        )
    said = _said(folder)
    assert said.count("the file is empty") == 1
    assert "Quarantined 3 files" in said
    places = [
        f"police_uk/2018-10-01/2018-09-{one}-street.csv" for one in ("kent", "surrey", "sussex")
    ]
    assert f"{', '.join(places)}: line 1: the file is empty" in said


@pytest.mark.parametrize("name", ["a.zip!2018-09/kent-street.csv", "head\\u202eer.csv", "x" * 200])
def test_the_place_of_a_quarantined_file_stands_once(folder: DataFolder, name: str) -> None:
    aside = folder.quarantine / "police_uk" / "2018-10-01"
    aside.mkdir(parents=True)
    (aside / f"{quarantine_name(name)}.reason.txt").write_text(
        f"police_uk/2018-10-01/{name}, column 'Month': a header is missing. Next: ask again.\n"
    )
    said = _said(folder)
    place = f"police_uk/2018-10-01/{quarantine_name(name)}"
    assert f"{place}: column 'Month': a header is missing" in said


def test_what_lies_in_the_inbox_and_is_no_suppliers_file_is_named(folder: DataFolder) -> None:
    for place in ("stray.csv", "asb/loose.csv", "nonsense/2018-10-01/x.csv", "asb/2018-13-41/x.csv",
                  "README.md", "asb/README.md", "asb/2018-10-01/README.md",
                  "asb/2018-10-01/Licence.pdf", ".DS_Store"):  # fmt: skip
        (folder.raw / place).parent.mkdir(parents=True, exist_ok=True)
        (folder.raw / place).write_bytes(b"x")
    (folder.raw / "asb" / "2018-10-01" / "gone.csv").symlink_to(folder.raw / "nothing")
    said = _said(folder)
    assert "Not read 5 in the inbox" in said
    for words in ("stray.csv: the file lies outside any source folder", "asb/loose.csv: the file",
                  "nonsense/: no reader is known", "asb/2018-13-41/: the folder's name",
                  "asb/2018-10-01/gone.csv: the file cannot be read"):  # fmt: skip
        assert words in said, words
    # the guide that `csp init` wrote is no news
    assert (
        "No data by their names .DS_Store, asb/2018-10-01/Licence.pdf, asb/2018-10-01/README.md "
    ) in said


def test_a_month_that_only_a_held_back_load_covers_is_missing(folder: DataFolder) -> None:
    held = _load(folder, "police_uk", "kent", 2018, 10)
    failed = FailedCheck("c", "Rows are few.", "1", "0", "Ask for a corrected file.")
    write_held_back(
        folder, [HeldBackLoad(held, "police_uk", "kent.csv", "2018-12-28", (failed,), "Nothing")]
    )
    status = read_status(folder, nights=0)
    assert all(part.last <= "2018-09" for part in status.coverage)
    assert "Held back 1 load" in _said(folder)
