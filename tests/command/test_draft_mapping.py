"""`csp check-mapping` on an extract without a mapping drafts one from the headings and words."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.landing.sources.force.mapping import read_mapping

ROWS = """\
Crime Ref No,HO Offence Code,Date Recorded,Committed From,CSP,LSOA,Beat,Outcome Status,DA Flag,\
Hate Strand,Knife Used,Victim Age Band,Surname,Shift
M1,8N,01/07/2025,30/06/2025,Dudley,E01009862,B1,Charged,Y,Race,No,10-17,Doe,early
M2,34B,02/07/2025,30/06/2025,Walsall,E01010242,B2,No crime,N,Faith,Yes,18-24,Roe,late
M3,28E,03/07/2025,01/07/2025,Dudley,E01009862,B1,Under investigation,N,,No,25-34,Poe,late
"""


@pytest.fixture
def extract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    file = tmp_path / "data" / "raw" / "force_extract" / "2025-10-03" / "west-midlands-2025.csv"
    file.parent.mkdir(parents=True)
    file.write_text(ROWS)
    return file


def _run(file: Path, *options: str) -> Result:
    from flows.command.application import application

    return CliRunner().invoke(
        application, ["check-mapping", str(file), "--data", str(file.parents[3]), *options]
    )


def _mapping(file: Path) -> Path:
    return file.parents[1] / "mappings" / "west-midlands.yml"


def test_a_draft_is_shown_and_not_saved_until_asked(extract: Path) -> None:
    done = _run(extract)
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.split())
    assert "no mapping says what its columns are: a draft from its headings" in said
    assert "offence_code: HO Offence Code" in said
    assert f"csp check-mapping {extract} --write saves it as {_mapping(extract)}" in said
    assert "3 would load" in said
    assert not _mapping(extract).exists()
    for secret in ("Doe", "Roe", "M1"):
        assert secret not in done.output


def test_write_saves_a_mapping_that_landing_reads(extract: Path) -> None:
    done = _run(extract, "--write")
    assert done.exit_code == 0, done.output
    assert f"Saved {_mapping(extract)}" in " ".join(done.output.split())
    mapping = read_mapping(_mapping(extract))
    assert mapping.force == "west-midlands"
    headings = {name: column.heading for name, column in mapping.columns.items()}
    assert headings == {
        "crime_reference": "Crime Ref No", "offence_code": "HO Offence Code",
        "recorded_date": "Date Recorded", "committed_from": "Committed From", "csp": "CSP",
        "lsoa_code": "LSOA", "outcome": "Outcome Status", "domestic_abuse": "DA Flag",
        "hate_race": "Hate Strand", "hate_religion": "Hate Strand", "knife": "Knife Used",
        "hate_sexual_orientation": "Hate Strand", "hate_disability": "Hate Strand",
        "hate_transgender": "Hate Strand", "victim_age_band": "Victim Age Band",
    }  # fmt: skip
    # strands that are too rare for a sample: hate crime is counted with all five
    assert mapping.columns["hate_disability"].yes == ("disability",)
    assert mapping.columns["domestic_abuse"].yes == ("y",)
    assert mapping.columns["knife"].no == ("no",)
    assert (mapping.columns["hate_race"].yes, mapping.columns["hate_race"].otherwise) == (
        ("race",), "no",
    )  # fmt: skip
    assert mapping.columns["victim_age_band"].youth == ("10-17",)
    assert mapping.columns["outcome"].cancelled == ("no crime",)
    text = _mapping(extract).read_text(encoding="utf-8")
    assert "Surname: looks like a person's name" in text
    assert "not mapped: Beat, Shift" in text
    # and from here on the file is checked with the mapping that is there
    assert "a draft from its headings" not in _run(extract).output


def test_a_draft_leaves_out_what_nobody_fills_and_what_is_never_kept(extract: Path) -> None:
    extract.write_text(
        ROWS.replace("Shift", "Gang Flag").replace(",early", ",").replace(",late", ",")
        .replace("Beat", "Ward")
    )  # fmt: skip
    done = _run(extract, "--write")
    assert done.exit_code == 0, done.output
    text = _mapping(extract).read_text(encoding="utf-8")
    assert not {"gang", "ward"} & set(read_mapping(_mapping(extract)).columns)
    assert "# Gang Flag: empty in every row that was looked at" in text
    assert "# not mapped: Ward" in text
    # a mapping of older days that names it is still read
    _mapping(extract).write_text(text + "  ward: Ward\n")
    done = _run(extract)
    assert done.exit_code == 0, done.output
    assert "Never kept ward: no figure needs it" in " ".join(done.output.split())


def test_a_mapping_that_is_there_is_never_written_over(extract: Path) -> None:
    _run(extract, "--write")
    _mapping(extract).write_text(_mapping(extract).read_text() + "# mine\n")
    done = _run(extract, "--write")
    assert done.exit_code == 2
    assert "there is a mapping already" in done.output
    assert _mapping(extract).read_text().endswith("# mine\n")


def test_a_draft_that_lacks_what_is_required_says_so_and_saves_it_for_completion(
    extract: Path,
) -> None:
    extract.write_text(ROWS.replace("Date Recorded", "When").replace("/07/2025", "th of July"))
    done = _run(extract, "--write")
    assert done.exit_code == 1
    said = " ".join(done.output.split())
    assert "no heading was found for recorded_date" in said
    assert "recorded_date: ???" in _mapping(extract).with_suffix(".draft").read_text()


def test_a_file_that_names_no_force_is_told_how_to_name_one(extract: Path) -> None:
    other = extract.with_name("crimes.csv")
    other.write_text(ROWS)
    done = _run(other)
    assert done.exit_code == 1
    assert "begins with its force" in " ".join(done.output.split())
