"""What csp demo writes: labelled, the same bytes for a seed, never over other people's files."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.command.application import application
from flows.data_folder import DataFolder
from flows.demo.fill_inbox import fill_inbox
from flows.demo.inbox_writer import LIST, InboxNotOursError
from flows.demo.plan import DemoPlan
from flows.landing.inbox.files import scan_inbox
from flows.landing.inbox.synthetic import MARKER
from flows.landing.sources import SOURCES

SMALL = DemoPlan(seed=5, months=15, share=0.01)
# official workbooks of the ONS are real tables or nothing
NOT_MADE = {"ons_pfa_tables", "offence_reference", "commentary", "indicators"}


def hashes(raw: Path) -> dict[str, str]:
    return {
        path.relative_to(raw).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(raw.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    raw = tmp_path_factory.mktemp("demo") / "raw"
    fill_inbox(raw, SMALL)
    return raw


def test_the_same_seed_gives_the_same_bytes(raw: Path, tmp_path: Path) -> None:
    fill_inbox(tmp_path / "raw", SMALL)
    assert hashes(tmp_path / "raw") == hashes(raw)


def test_another_seed_gives_other_bytes(raw: Path, tmp_path: Path) -> None:
    fill_inbox(tmp_path / "raw", DemoPlan(seed=6, months=15, share=0.01))
    one, other = hashes(raw), hashes(tmp_path / "raw")
    assert one.keys() == other.keys()
    extracts = [name for name in one if name.endswith("-q1.csv")]
    assert extracts
    assert all(one[name] != other[name] for name in extracts)


def test_every_source_but_official_workbooks_is_there(raw: Path) -> None:
    made = {path.name for path in raw.iterdir() if path.is_dir()}
    assert made == set(SOURCES) - NOT_MADE


def test_every_file_is_labelled_by_marker_and_by_name(raw: Path) -> None:
    scan = scan_inbox(DataFolder(raw.parent))
    assert scan.problems == []
    assert len(scan.files) > 40
    for file in scan.files:
        assert file.is_synthetic
        assert "synthetic" in file.name
        assert (raw / file.source / file.extract_date.isoformat() / MARKER).is_file()
    for mapping in (raw / "force_extract" / "mappings").iterdir():
        assert "SYNTHETIC" in mapping.read_text()


def test_every_location_of_a_street_file_says_that_it_is_synthetic(raw: Path) -> None:
    archives = sorted((raw / "police_uk").rglob("*.zip"))
    assert len(archives) == 12
    for archive in archives:
        with zipfile.ZipFile(archive) as members:
            names = [name for name in members.namelist() if name.endswith("street.csv")]
            assert len(names) == 3
            for name in names:
                for line in members.read(name).decode().splitlines()[1:]:
                    assert line.split(",")[6].startswith(("On or near Synthetic", "No Location"))


def test_the_dirt_is_there(raw: Path) -> None:
    extracts = sorted((raw / "force_extract").glob("20*/*.csv"))
    data = {path.name: path.read_bytes() for path in extracts}
    assert any(content.startswith(b"\xef\xbb\xbf") for content in data.values())
    assert any(b"\r\n" in content for content in data.values())
    headers = {content.decode("utf-8-sig").splitlines()[0] for content in data.values()}
    assert len(headers) == 2  # another order, another name
    text = "".join(content.decode("utf-8-sig") for content in data.values())
    assert ",Victim Name," in text
    assert list((raw / "force_extract").rglob("*.xlsx"))


def test_nobody_is_named_anywhere(raw: Path) -> None:
    """The one column of names holds one word; keys are numbers with a prefix of their own."""
    import csv

    for path in sorted((raw / "force_extract").glob("20*/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        whole = [row for row in rows if row["Beat"] is not None]
        assert {row["Victim Name"] for row in whole} == {"(synthetic)"}
        assert all(row["Crime Number"].startswith("SYN/") for row in rows)
    for path in sorted((raw / "marac").rglob("*case-list*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                assert row["Victim Key"].startswith("SYN-")
                keys = [key.strip() for key in row["Perpetrator Keys"].split(";") if key.strip()]
                assert all(key.startswith("SYN-") for key in keys)
    for path in sorted((raw / "asb").rglob("*incidents*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for column in ("Reference", "Caller Key", "Location Key"):
                    assert row[column] in ("", None) or row[column].startswith("SYN-")


@pytest.mark.parametrize("other", ["targets/2020-01-01/ours.csv", "README.md"])
def test_an_inbox_with_other_files_is_left_alone(tmp_path: Path, other: str) -> None:
    raw = tmp_path / "raw"
    (raw / other).parent.mkdir(parents=True)
    (raw / other).write_text("ours\n")
    with pytest.raises(InboxNotOursError, match=r"1 files that csp demo did not make"):
        fill_inbox(raw, SMALL)
    assert hashes(raw).keys() == {other}
    fill_inbox(raw, SMALL, force=True)
    assert (raw / other).read_text() == "ours\n"
    assert (raw / LIST).is_file()


def test_a_demo_of_another_plan_is_replaced_only_where_it_is_forced(tmp_path: Path) -> None:
    raw, other = tmp_path / "raw", DemoPlan(seed=9, months=1, share=0.01)
    fill_inbox(raw, DemoPlan(seed=5, months=4, share=0.01))
    with pytest.raises(InboxNotOursError, match="a demo of another plan"):
        fill_inbox(raw, other)
    fill_inbox(raw, other, force=True)
    fill_inbox(tmp_path / "fresh", other)
    assert hashes(raw) == hashes(tmp_path / "fresh")


def test_year_by_year_ends_where_all_at_once_does(raw: Path, tmp_path: Path) -> None:
    first = fill_inbox(tmp_path / "raw", SMALL, year_by_year=True)
    assert (first.years, first.remaining) == (("2016-17",), 1)
    assert not (tmp_path / "raw" / "asb" / "2018-04-09").exists()
    second = fill_inbox(tmp_path / "raw", SMALL, year_by_year=True)
    assert (second.years, second.remaining) == (("2017-18",), 0)
    assert hashes(tmp_path / "raw") == hashes(raw)
    assert fill_inbox(tmp_path / "raw", SMALL, year_by_year=True).years == ()


def test_deliveries_follow_financial_years_and_revise_three_months() -> None:
    one, two, three = DemoPlan(months=36).deliveries
    assert [len(delivery.months) for delivery in (one, two, three)] == [12, 12, 12]
    assert one.revised == ()
    assert two.revised == one.will_be_revised == tuple(date(2016, m, 1) for m in (1, 2, 3))
    assert three.will_be_revised == ()


@pytest.mark.parametrize("months", [0, 37])
def test_months_that_the_demo_does_not_know_are_refused(months: int) -> None:
    with pytest.raises(ValueError, match="expected 1 to 36"):
        DemoPlan(months=months)


def test_the_command_says_what_it_made_and_what_comes_next(tmp_path: Path) -> None:
    arguments = ["demo", "--data", str(tmp_path), "--months", "1"]
    result = CliRunner().invoke(application, arguments)
    assert result.exit_code == 0, result.output
    assert "SYNTHETIC DATA for 2017-18" in result.output
    assert "Next: csp nightly --data" in result.output
    assert 'home_areas = ["Dudley", "Wolverhampton"]' in (tmp_path / "csp.toml").read_text()
    (tmp_path / "raw" / "targets" / "2018-04-09" / "real.csv").write_text("x\n")
    refused = CliRunner().invoke(application, arguments)
    assert refused.exit_code == 2
    assert "targets/2018-04-09/real.csv" in refused.output
