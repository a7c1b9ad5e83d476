"""dbt's log on a full disk: what does not fit is left out, and ends no thread of the build.

A thread that its own log ended would never say what came of its model, and dbt would wait for it:
three of four builds on a full disk hung until the limit of silence.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.dbt_process.log import write_events, write_what_fits


class Info:
    level = "error"
    msg = "13 of 466 ERROR loading seed file"

    class ts:  # noqa: N801
        @staticmethod
        def ToJsonString() -> str:  # noqa: N802
            return "2026-11-22T22:33:05Z"


class Event:
    info = Info


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_event_that_the_disk_has_no_space_for_raises_nothing() -> None:
    with Path("/dev/full").open("wb", buffering=0) as full:
        with pytest.raises(OSError, match="No space left"):
            full.write(b"x")
        write_events(write_what_fits(full))(Event)


def test_an_event_that_fits_is_a_line_of_the_log(tmp_path: Path) -> None:
    with (tmp_path / "dbt.log").open("wb", buffering=0) as lines:
        write_events(write_what_fits(lines))(Event)
        # it stands there before the log is closed: progress is read from it
        text = (tmp_path / "dbt.log").read_text("utf-8")
    assert text == "2026-11-22T22:33:05Z error 13 of 466 ERROR loading seed file\n"
