"""Whatever an extract holds: rows and rejects are all its lines, or it is refused with a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.landing.reader import SupplierFile
from flows.landing.sources.force_extract import read_force_extract
from flows.landing.tables.refusal import FileRefusedError
from tests.exploring import tried
from tests.landing.lines import check_every_line_is_told

from .conftest import HEADINGS, MAPPING, row

DAYS = st.sampled_from(
    ["14/07/2025", "2025-08-01", "2025-10-02", "2026-01-01", "", "x", "1999-01-01"]
)
words = st.sampled_from(["", "Y", "?", "8N", "999Z", '"a,b"', '"', "\0", " ", "é", "-1", "1e999"])
good = st.builds(lambda day, word: row(Date_Recorded=day, HO_Code=word), DAYS, words)
lines = st.lists(good | st.lists(words, max_size=15).map(",".join), max_size=12)


@settings(max_examples=tried(50), deadline=None)
@given(lines=lines, noise=st.binary(max_size=8))
def test_rows_and_rejects_are_all_lines_or_the_file_is_refused(
    tmp_path_factory: object, lines: list[str], noise: bytes
) -> None:
    folder = Path(tmp_path_factory.getbasetemp()) / "mappings"  # type: ignore[attr-defined]
    folder.mkdir(exist_ok=True)
    (folder / "west-midlands.yml").write_text(MAPPING)
    data = "\n".join([HEADINGS, *lines]).encode() + b"\n" + noise
    file = SupplierFile("west-midlands.csv", data, "", date(2025, 10, 3), folder, lambda: b"k" * 32)
    try:
        reading = read_force_extract(file)
    except FileRefusedError as refusal:
        assert "Next: " in refusal.reason("x.csv")
        return
    rejected = [reject.line for reject in reading.rejects]
    check_every_line_is_told(data, [*reading.table["_row_number"].to_pylist(), *rejected])
    landed = repr(reading.table.to_pylist()) + repr(reading.rejects)
    assert "MADE/UP" not in landed
    assert all(len(key) == 64 for key in reading.table["reference_key"].to_pylist() if key)
