"""Every malformed input gets what its table says, in words that its sender can act on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.landing.sources import SOURCES

from .case import Case
from .good_files import ROWS, place, rows, written
from .landed import Landed, check
from .page import PAGE, printed
from .table import CASES


def ids(case: Case) -> str:
    return case.id


def test_the_table_is_of_every_source_and_each_row_is_of_its_own() -> None:
    assert len(CASES) >= 45
    assert len({case.id for case in CASES}) == len(CASES)
    assert {case.source for case in CASES} == set(SOURCES)


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_a_malformed_input_gets_what_the_table_says(case: Case, landed: dict[str, Landed]) -> None:
    found = landed[case.id]
    assert found.rows == case.rows
    assert found.rows_read == found.rows + len(found.rejects) * bool(found.rows)
    words = (*found.refused, *(reason for _, _, reason in found.rejects), *found.notes)
    for part in case.says:
        assert part in " ".join(words)
    # nobody is shown the inside of a reader, or a record
    assert not re.search(r"the reader failed|Error\b|Traceback|MADE/UP|Bloggs", " ".join(words))
    if case.gets == "quarantined":
        _is_set_aside(case, found)
        return
    assert found.refused == ()
    if case.gets == "line rejected":
        assert found.rejects[0][:2] == (case.line, case.column)
        assert (f"{case.name}.rejects.csv", 0o600) in found.copies
    elif case.gets == "read":
        assert found.rejects == ()
    else:
        assert found.check is not None
        assert found.check.status == "failed"
        assert found.check.severity == ("critical" if case.gets == "held back" else "warning")
        assert found.check.next_step


def _is_set_aside(case: Case, found: Landed) -> None:
    (reason,) = found.refused
    assert reason.startswith(f"{case.source}/2025-10-03/{case.name}")
    assert " Expected: " in reason
    assert " Next: " in reason
    if case.line is not None:
        assert f", line {case.line}" in reason
    if case.column:
        assert f"column {case.column}" in reason
    about_persons = not SOURCES[case.source].copies_refused
    assert all(mode == 0o600 for _, mode in found.copies)
    names = [name for name, _ in found.copies]
    assert any(name.endswith(".reason.txt") for name in names)
    copied = [name for name in names if not name.endswith((".reason.txt", ".rejects.csv"))]
    assert len(copied) == (0 if about_persons else 1)


def test_no_sound_file_fails_a_check_that_the_table_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    named = {case.check for case in CASES if case.check}
    failed: list[str] = []
    seen: set[str] = set()
    waiting = [kind for kind in ROWS if place(kind)[0] in {case.source for case in CASES}]
    while waiting:
        together = {place(kind)[0]: kind for kind in waiting}
        sound = [
            Case(source, "nothing", place(kind)[1], written(rows(kind)), "read")
            for source, kind in together.items()
        ]
        results = check(sound, tmp_path / f"round-{len(waiting)}")
        seen |= results.keys()
        failed += [one for one in named & results.keys() if results[one].status != "passed"]
        waiting = [kind for kind in waiting if kind not in together.values()]
    assert failed == []
    assert {one for one in named if "ons_pfa" not in one} <= seen


def test_the_page_is_what_the_table_prints(landed: dict[str, Landed]) -> None:
    assert PAGE.read_text(encoding="utf-8") == printed(CASES, landed), (
        "docs/malformed-inputs.md is not what the table prints; print it again with "
        "python -m tests.landing.malformed.page > docs/malformed-inputs.md"
    )
