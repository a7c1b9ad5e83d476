"""A commit's subject is short, and stands alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prose.commit_subject import main


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("x" * 72, 0),
        ("x" * 73, 1),
        ("Add a check\n\nBecause.\n# a comment of git\n", 0),
        ("Add a check\nBecause.\n", 1),
        ("\nBecause.\n", 1),
    ],
)
def test_a_long_subject_is_refused(tmp_path: Path, message: str, code: int) -> None:
    file = tmp_path / "COMMIT_EDITMSG"
    file.write_text(message, encoding="utf-8")
    assert main([str(file)]) == code
