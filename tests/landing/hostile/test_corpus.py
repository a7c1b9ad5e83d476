"""The whole corpus in one landing: each file is named, and what is sound lands to the last cell."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from flows.data_folder import DataFolder
from flows.landing import LandingReport, land_inbox

from .corpus import LANDED_BOOKS, LINES, NOT_READ, lay_corpus, refused_places
from .workbook_files import READ

# tests/night lays the same corpus into the inbox of a whole run
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolder, LandingReport]:
    folder = DataFolder(tmp_path_factory.mktemp("corpus") / "data")
    lay_corpus(folder.raw)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        return folder, land_inbox(folder)


def test_every_hostile_file_is_refused_by_its_name(
    landed: tuple[DataFolder, LandingReport],
) -> None:
    _, report = landed
    assert {one.file for one in report.quarantined} == refused_places()
    for one in report.quarantined:
        assert " Expected: " in one.reason
        assert " Next: " in one.reason
        assert "the reader failed" not in one.reason


def test_what_is_sound_lands_to_the_last_cell(landed: tuple[DataFolder, LandingReport]) -> None:
    folder, report = landed
    loads = {f"{one.source}/{one.extract_date}/{one.file}": one for one in report.loaded}
    assert set(loads) == {*LANDED_BOOKS, *LINES}
    for place, name in LANDED_BOOKS.items():
        assert loads[place].rows_read == 4
        assert loads[place].rows_loaded == (4 if name in READ else 3)
    for place, (_, rows, lines) in LINES.items():
        assert loads[place].rows_loaded == rows
        path = folder.landing / "rejects" / f"{loads[place].load_id}.parquet"
        assert (pq.read_table(path)["line"].to_pylist() if path.exists() else []) == lines


def test_documents_are_listed_as_not_read(landed: tuple[DataFolder, LandingReport]) -> None:
    told = "\n".join(landed[1].notes)
    assert [place for place in NOT_READ if f"{place}: " not in told] == []
