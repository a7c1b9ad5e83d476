"""Any change to the bytes or the cells of any source's file: read, rejected or refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.landing.reader import Reading
from tests.exploring import tried

from ..malformed.damage import xlsx_of
from ..malformed.good_files import ROWS, grid, place, rows, written
from ..malformed.test_readers import read, reader_of
from ..sources.force.conftest import MAPPING
from .test_fuzz import changed

pytestmark = pytest.mark.long

LINES = 8
PIECES = st.sampled_from(
    [
        *(b'"', b'""', b'"\n', b",", b";", b"\t", b"\r", b"\n", b"\r\n", b"\n\n", b"\0", b"\xff"),
        *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"\x1a", b"\x1b[2J", b"\xe2\x80\xae", b" ", b""),
        *(b"=1+1", b"-1", b"1e999", b"nan", b"9" * 40, b"x" * 70_000, b"31/02/2017", b"0000-00"),
        *(b"9999-12-31", b"1 April 0001", b"2017/18 Q5", b"#REF!", b"[x]", b"," * 300),
    ]
)
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES), min_size=1, max_size=4)
CELLS = st.one_of(
    st.sampled_from(
        [
            *(
                None,
                "",
                " ",
                "x",
                "[x]",
                "#REF!",
                "=1+1",
                "Dudley",
                "E22000337",
                "2017-18",
                "Apr-17",
            ),
            *(True, -1, 0, 1.5, 1e300, 45_000, 2_958_466, "1e999", "x" * 32_000, "a\nb", "\u202e"),
        ]
    ),
    st.dates(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
)


@pytest.fixture(scope="module")
def mappings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mappings")
    (folder / "west-midlands.yml").write_text(MAPPING)
    return folder


def lines_are_known_once(kind: str, reading: Reading) -> None:
    """Each row and each rejected row has a line of its own, and each rejected row a reason.

    A wide table of populations has several figures a line, and rejects the cell alone.
    """
    loaded = reading.table["_row_number"].to_pylist()
    assert all(one.reason and one.line >= 1 for one in reading.rejects)
    if kind != "population":
        assert not set(loaded) & {one.line for one in reading.rejects}
    assert all(isinstance(number, int) and number >= 2 for number in loaded)


@pytest.mark.parametrize("kind", ROWS)
@settings(max_examples=tried(15), deadline=None)
@given(changes=CHANGES)
def test_any_change_to_the_bytes_of_a_csv(
    kind: str, mappings: Path, changes: list[tuple[float, int, bytes]]
) -> None:
    reader, name = reader_of(kind)
    reading = read(reader, name, changed(written(rows(kind, LINES)), changes), mappings)
    if reading is not None:
        lines_are_known_once(kind, reading)


def _takes_workbooks(kind: str) -> bool:
    reader, name = reader_of(kind)
    return reader.accepts(str(Path(name).with_suffix(".xlsx")))


@pytest.mark.parametrize("kind", [kind for kind in ROWS if _takes_workbooks(kind)])
@settings(max_examples=tried(4), deadline=None)
@given(data=st.data())
def test_any_cells_of_a_workbook(kind: str, mappings: Path, data: st.DataObject) -> None:
    cells = grid(kind, LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.integers(0, len(cells) - 1))
        column = data.draw(st.integers(0, len(cells[row]) - 1))
        cells[row][column] = data.draw(CELLS)
    reader, _ = reader_of(kind)
    name = str(Path(place(kind)[1]).with_suffix(".xlsx"))
    reading = read(reader, name, xlsx_of(cells), mappings)
    if reading is not None:
        lines_are_known_once(kind, reading)
