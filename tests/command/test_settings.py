from __future__ import annotations

from pathlib import Path

import pytest

from flows.data_folder import PROJECT_ROOT
from flows.settings import Settings, SettingsError, load_settings


def _write(folder: Path, text: str) -> Path:
    file = folder / "csp.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_committed_file_says_what_the_defaults_are() -> None:
    """So that a partnership which deletes a line gets what the file said."""
    assert load_settings(None) == Settings()
    assert "schedule_cron" not in (PROJECT_ROOT / "csp.toml").read_text()


def test_variable_beats_data_folder_beats_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, 'family_scheme = "msf"\npublications_kept = 7\n')
    monkeypatch.setenv("CSP_PUBLICATIONS_KEPT", "9")
    settings = load_settings(tmp_path)
    assert (settings.family_scheme, settings.publications_kept) == ("msf", 9)
    assert settings.suppression_threshold == 5


def test_csp_settings_takes_the_place_of_the_data_folders_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, 'family_scheme = "msf"\n')
    other = tmp_path / "other.toml"
    other.write_text('family_scheme = "cipfa"\n')
    monkeypatch.setenv("CSP_SETTINGS", str(other))
    assert load_settings(tmp_path).family_scheme == "cipfa"
    monkeypatch.setenv("CSP_SETTINGS", str(tmp_path / "none.toml"))
    with pytest.raises(SettingsError, match=r"CSP_SETTINGS.*none\.toml.*exists"):
        load_settings(tmp_path)


def test_lists_in_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSP_HOME_AREAS", "Dudley, Leeds")
    monkeypatch.setenv("CSP_FAILURE_COMMAND", "mail -s 'night failed' me")
    settings = load_settings(None)
    assert settings.home_areas == ["Dudley", "Leeds"]
    assert settings.failure_command == ["mail", "-s", "night failed", "me"]


def test_a_table_and_a_long_name_are_the_same_setting(tmp_path: Path) -> None:
    _write(tmp_path, '[schedule]\ncron = "30 1 * * 1-5"\n')
    assert load_settings(tmp_path).schedule_cron == "30 1 * * 1-5"


@pytest.mark.parametrize(
    ("text", "key", "value", "expected"),
    [
        ("family_shceme = 'msf'", "family_shceme", "'msf'", "did you mean family_scheme"),
        ("[schedule]\ncorn = 'x'", "schedule.corn", "'x'", "schedule_cron"),
        ("suppression_threshold = 0", "suppression_threshold", "0", "greater than or equal to 1"),
        ("suppression_threshold = true", "suppression_threshold", "True", "a whole number"),
        ("publish_mode = 'copy'", "publish_mode", "'copy'", "'symlink' or 'pointer'"),
        ("denominator_policy = 'frozen'", "denominator_policy", "'frozen'", "frozen_year"),
        ("home_areas = []", "home_areas", "[]", "at least 1 item"),
        ("home_areas = ['Leeds', 'Leeds']", "home_areas", "['Leeds', 'Leeds']", "none twice"),
        ("home_areas = ['Dudely']", "home_areas", "['Dudely']", "did you mean Dudley?"),
        ("[schedule]\ncron = '0 2 *'", "schedule.cron", "'0 2 *'", "five cron fields"),
        ("[schedule]\ntimezone = 'Dudley'", "schedule.timezone", "'Dudley'", "Europe/London"),
        ("[schedule]\nport = 80", "schedule.port", "80", "greater than or equal to 1024"),
    ],
)
def test_a_wrong_value_names_file_key_value_and_what_was_expected(
    tmp_path: Path, text: str, key: str, value: str, expected: str
) -> None:
    file = _write(tmp_path, text)
    with pytest.raises(SettingsError) as wrong:
        load_settings(tmp_path)
    [problem] = wrong.value.problems
    assert (problem.file, problem.key, problem.value) == (str(file), key, value)
    assert expected in problem.expected


def test_a_wrong_variable_is_named_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSP_SUPPRESSION_THRESHOLD", "many")
    with pytest.raises(SettingsError, match=r"environment: CSP_SUPPRESSION_THRESHOLD = 'many'"):
        load_settings(None)


def test_a_misspelt_variable_is_refused_and_a_foreign_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CSP_DATABASE", "/somewhere/else.duckdb")
    load_settings(None)
    monkeypatch.setenv("CSP_HOME_AREA", "Leeds")
    with pytest.raises(SettingsError, match="did you mean CSP_HOME_AREAS"):
        load_settings(None)


def test_the_key_in_a_webhooks_address_is_not_repeated(tmp_path: Path) -> None:
    _write(tmp_path, "[failure]\nwebhook = 'hooks.example.org/secret-key'\n")
    with pytest.raises(SettingsError) as wrong:
        load_settings(tmp_path)
    assert "secret-key" not in str(wrong.value)


@pytest.mark.parametrize("content", [b"home_areas = [", b"\xff\xfe"])
def test_what_is_no_toml_is_named_by_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "csp.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"csp\.toml.*expected TOML in UTF-8"):
        load_settings(tmp_path)
