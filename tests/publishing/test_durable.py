"""Small files are replaced whole, never rewritten."""

from __future__ import annotations

import stat
from pathlib import Path

from flows.publishing.durable import write_text


def test_a_reader_of_the_old_text_keeps_it_while_the_new_one_is_put_in_place(
    tmp_path: Path,
) -> None:
    path = tmp_path / "current.json"
    write_text(path, "old", 0o644)
    with path.open() as reader:
        write_text(path, "new and longer", 0o600)
        assert reader.read() == "old"
    assert path.read_text() == "new and longer"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["current.json"]


def test_what_a_killed_process_left_beside_is_no_obstacle(tmp_path: Path) -> None:
    beside = tmp_path / ".current.json.new"
    beside.write_text("half")
    beside.chmod(0o444)
    write_text(tmp_path / "current.json", "whole", 0o644)
    assert (tmp_path / "current.json").read_text() == "whole"
    assert not beside.exists()
