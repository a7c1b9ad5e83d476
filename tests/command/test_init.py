"""`csp init`: a data folder that settings and inbox scan accept, and that explains itself."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.command.application import application
from flows.data_folder import DataFolder
from flows.landing.inbox.files import scan_inbox
from flows.landing.sources import SOURCES
from flows.settings import Settings, load_settings

runner = CliRunner()


def _init(*arguments: str) -> tuple[int, str]:
    result = runner.invoke(application, ["init", *arguments])
    return result.exit_code, result.output


def test_it_names_the_home_areas_as_the_reference_table_writes_them(tmp_path: Path) -> None:
    exit_code, _ = _init(str(tmp_path / "new"), "--home", "leeds", "--home", "E06000018")

    assert exit_code == 0
    written = tomllib.loads((tmp_path / "new" / "csp.toml").read_text())
    assert written["home_areas"] == ["Leeds", "Nottingham"]


def test_every_setting_left_commented_keeps_its_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.settings.IS_CHECKOUT", False)
    _init(str(tmp_path / "new"))

    assert load_settings(tmp_path / "new") == Settings()


def test_every_setting_of_the_template_can_be_uncommented(tmp_path: Path) -> None:
    _init(str(tmp_path / "new"))
    text = (tmp_path / "new" / "csp.toml").read_text()
    settings = [
        line.removeprefix("# ")
        for line in text.splitlines()
        if line.startswith("[") or line.split(" = ")[0].removeprefix("# ") in _every_key()
    ]
    assert len(settings) > 20
    (tmp_path / "new" / "csp.toml").write_text("\n".join(settings))

    load_settings(tmp_path / "new")  # raises SettingsError for a key that is not known


def _every_key() -> set[str]:
    nested = {"cron", "timezone", "port", "command", "timeout_seconds"}
    return set(Settings.model_fields) | nested


def test_its_inbox_has_a_page_for_each_source_and_nothing_to_complain_of(tmp_path: Path) -> None:
    _init(str(tmp_path / "new"))

    scan = scan_inbox(DataFolder(tmp_path / "new"))
    assert (scan.files, scan.problems) == ([], [])
    for source in SOURCES:
        assert f"raw/{source}/" in (tmp_path / "new/raw" / source / "README.md").read_text()
    marac = (tmp_path / "new/raw/marac/README.md").read_text()
    assert "| victim key | in every row |" in marac


def test_a_misspelt_partnership_is_answered_with_the_near_one(tmp_path: Path) -> None:
    exit_code, output = _init(str(tmp_path / "new"), "--home", "Dudely")

    assert exit_code == 2
    assert "did you mean Dudley?" in output
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Bristol", "Bristol, City of"),
        ("St Helens", "St. Helens"),
        ("Telford & Wrekin", "Telford and Wrekin"),
        ("E08000027", "Dudley"),
    ],
)
def test_a_partnership_is_known_by_its_usual_spellings(
    tmp_path: Path, written: str, name: str
) -> None:
    exit_code, output = _init(str(tmp_path / "new"), "--home", written)

    assert exit_code == 0, output
    assert f'home_areas = ["{name}"]' in (tmp_path / "new" / "csp.toml").read_text()


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "csp.toml").write_text('home_areas = ["Leeds"]\n')

    exit_code, output = _init(str(folder), "--home", "Dudley")

    assert exit_code == 0
    assert (folder / "csp.toml").read_text() == 'home_areas = ["Leeds"]\n'
    assert "csp.toml" in output
