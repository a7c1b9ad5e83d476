"""`csp check-mapping`: says what would land, masks references, and loads nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

MAPPING = """\
force: west-midlands
columns:
  crime_reference: Ref
  offence_code: Code
  recorded_date: Recorded
  csp: Area
  knife: {column: Knife, yes: [Y], no: [N]}
"""
ROWS = """\
Ref,Code,Recorded,Area,Knife,Surname
MADE1,8N,2025-07-01,Dudley,Y,Doe
MADE2,999Z,2025-07-02,,?,Roe
"""


@pytest.fixture
def extract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    source = tmp_path / "data" / "raw" / "force_extract"
    (source / "mappings").mkdir(parents=True)
    (source / "mappings" / "west-midlands.yml").write_text(MAPPING)
    file = source / "2025-10-03" / "west-midlands.csv"
    file.parent.mkdir()
    file.write_text(ROWS)
    return file


def run(file: Path, *options: str) -> tuple[int, str]:
    from flows.command.application import application

    data = file.parents[3]
    done = CliRunner().invoke(
        application, ["check-mapping", str(file), "--data", str(data), *options]
    )
    return done.exit_code, done.output


def test_it_shows_what_would_land_and_loads_nothing(extract: Path) -> None:
    code, said = run(extract)
    assert code == 0
    for words in ("Y → yes", "? → (unknown)", "999Z (1)", "Surname: looks like a person's name",
                  "2 would load", "2025-07 to 2025-07", "knife_crime"):  # fmt: skip
        assert words in said
    for secret in ("MADE1", "Doe", "Roe"):
        assert secret not in said
    assert sorted(path.name for path in extract.parents[3].iterdir()) == ["raw"]
    assert not (extract.parents[4] / "config").exists()


def test_partnerships_that_nobody_knows_are_named_with_what_they_may_mean(extract: Path) -> None:
    areas = ("Dudly", "Dudly", "Mendip", "Unknown", "John Doe")
    rows = "".join(f"MADE{n},8N,2025-07-03,{area},N,\n" for n, area in enumerate(areas, 3))
    extract.write_text(ROWS + rows)
    code, said = run(extract)
    assert code == 0
    assert (
        "Unknown partnerships  'Dudly' 2 times, did you mean Dudley?; 1 more word not shown: "
        "location unknown\n" in said
    )
    extract.write_text(ROWS)
    assert "Unknown partnerships" not in run(extract)[1]


def test_a_mapping_that_cannot_be_used_ends_with_1(extract: Path) -> None:
    draft = extract.parents[3].parent / "draft.yml"
    draft.write_text(MAPPING + "  ward: Surname\n")
    code, said = run(extract, "--mapping", str(draft))
    assert code == 1
    assert "looks like a person's name" in said


def test_wrong_usage_ends_with_2(extract: Path) -> None:
    assert run(extract.with_name("none.csv"))[0] == 2
    assert run(extract, "--mapping", "none.yml")[0] == 2


def test_offences_that_an_extract_leaves_out_are_named_apart(extract: Path) -> None:
    extract.write_text(ROWS + "".join(f"MADE{n},8N,2025-07-03,Dudley,N,\n" for n in range(3, 403)))
    _, said = run(extract)
    (left_out,) = [line for line in said.splitlines() if line.startswith("Left out")]
    (no_column,) = [line for line in said.splitlines() if line.startswith("Not counted")]
    assert "robbery" in left_out
    assert left_out.endswith("the extract is of selected offences")
    assert "robbery" not in no_column.replace("youth_victim_robbery", "")
    extract.write_text(ROWS)
    assert "Left out" not in run(extract)[1]
