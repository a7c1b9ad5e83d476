"""Small inboxes made by the tests; nothing here is real data."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from tests.conftest import PROJECT_ROOT

STREET_HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,"
    "LSOA code,LSOA name,Crime type,Last outcome category,Context"
)
STREET_ROW = (
    "abc123,2022-05,West Mercia Police,West Mercia Police,-2.08,52.51,On or near Mill Lane,"
    "E01009862,Dudley 012A,Burglary,Under investigation,"
)
ASB_ROW = ",2022-05,West Mercia Police,West Mercia Police,,,No Location,,,Anti-social behaviour,,"
STREET_NAME = "2022-05-west-mercia-street.csv"
RETURN_HEADER = (
    "area,indicator,period_start,period_end,numerator,denominator,source_document,value,note"
)
RETURN_ROW = "Dudley,hate_crime,2017-07-01,2017-09-30,70,,Report p. 4,,"


def street(*rows: str, end: str = "\r\n", header: str = STREET_HEADER) -> bytes:
    """Make a street file of these rows."""
    return "".join(line + end for line in (header, *rows)).encode()


def returned(*rows: str, header: str = RETURN_HEADER) -> bytes:
    """Make a partner return of these rows."""
    return "".join(line + "\n" for line in (header, *rows)).encode()


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """Make an archive as data.police.uk lays it out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


class Inbox:
    """One data folder with an inbox that a test fills."""

    def __init__(self, root: Path) -> None:
        self.folder = DataFolder(root)

    def put(self, place: str, data: bytes) -> Path:
        """Lay a file at `<source>/<date>/<name>`."""
        path = self.folder.raw / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "data")


@pytest.fixture(
    scope="session", params=["sample", pytest.param("whole", marks=pytest.mark.shared_data)]
)
def police_archives(request: pytest.FixtureRequest) -> list[Path]:
    """Real monthly archives: those of the committed inbox, and the shared ones where they are."""
    if request.param == "sample":
        return sorted((PROJECT_ROOT / "data" / "raw" / "police_uk").glob("*/*.zip"))
    archives = sorted((request.getfixturevalue("shared_data") / "police_uk").glob("*.zip"))
    assert archives, "no police_uk/*.zip in the shared data"
    return archives


def landed_files(inbox: Inbox) -> dict[str, bytes]:
    """Give the bytes of every landed file by its place."""
    landing = inbox.folder.landing
    return {
        str(path.relative_to(landing)): path.read_bytes()
        for path in landing.rglob("*")
        if path.is_file()
    }
