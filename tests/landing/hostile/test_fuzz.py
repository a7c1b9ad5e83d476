"""Any change to a workbook or an archive: it is read, or refused with a reason to act on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.data_folder import DataFolder
from flows.landing import land_inbox
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.workbook import read_workbook
from tests.exploring import tried

from ..conftest import STREET_NAME, STREET_ROW, street
from ..malformed.damage import zipped
from .workbook_files import READ, SHEET, book, with_part

pytestmark = pytest.mark.long

PARTS = st.sampled_from(
    [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]
)
WORDS = st.sampled_from(
    [
        *(b"<", b">", b"</c>", b"<c>", b"<row>", b'"', b"&", b"&#0;", b"\0", b"", b"<v>", b"<f>"),
        *(
            b'r="XFD1048576"',
            b'r="A0"',
            b't="e"',
            b't="s"',
            b"99999999999999999999",
            b"-1",
            b"\xff",
        ),
        *(b"<!DOCTYPE a>", b"]]>", b"<![CDATA[", b'xmlns="x"', b"1e999", b"A1:XFD1048576"),
    ]
)
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), WORDS), min_size=1, max_size=4)


def changed(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Put words in the place of some bytes."""
    for where, length, word in changes:
        at = int(where * len(data))
        data = data[:at] + word + data[at + length :]
    return data


def is_read_or_refused(data: bytes) -> None:
    try:
        sheets = read_workbook(data)
    except FileRefusedError as refusal:
        reason = refusal.reason("x.xlsx")
        assert " Expected: " in reason
        assert " Next: " in reason
        return
    assert all(isinstance(cell, str) for sheet in sheets for row in sheet.rows for cell in row)


@settings(max_examples=tried(12), deadline=None)
@given(part=PARTS, changes=CHANGES)
def test_any_change_to_a_part_of_a_workbook(
    part: str, changes: list[tuple[float, int, bytes]]
) -> None:
    is_read_or_refused(with_part(book(), part, lambda xml: changed(xml, changes)))


@settings(max_examples=tried(12), deadline=None)
@given(changes=CHANGES)
def test_any_change_to_an_ods(changes: list[tuple[float, int, bytes]]) -> None:
    data = READ["sound.ods"]
    is_read_or_refused(with_part(data, "content.xml", lambda xml: changed(xml, changes)))


@settings(max_examples=tried(12), deadline=None)
@given(changes=CHANGES)
def test_any_change_to_the_bytes_of_a_workbook(changes: list[tuple[float, int, bytes]]) -> None:
    is_read_or_refused(changed(book(), changes))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return DataFolder(tmp_path_factory.mktemp("fuzz"))


@settings(max_examples=tried(12), deadline=None)
@given(changes=CHANGES)
def test_any_change_to_an_archive(
    folder: DataFolder, changes: list[tuple[float, int, bytes]]
) -> None:
    place = Path("police_uk/2022-07-01/2022-05.zip")
    path = folder.raw / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(changed(zipped({STREET_NAME: street(STREET_ROW)}), changes))
    report = land_inbox(folder)
    for refused in (*report.quarantined, *report.still_quarantined):
        assert refused.file.startswith(str(place))
        assert " Expected: " in refused.reason
        assert " Next: " in refused.reason
        assert "the reader failed" not in refused.reason
