"""How far a build has come is read from dbt's lines."""

from __future__ import annotations

from pathlib import Path

from flows.warehouse.dbt_log import DbtLog, NodesDone

BEGUN = "2026-11-22T08:21:12Z info 1 of 461 START sql view model staging.stg_loads ..... [RUN]\n"
DONE = "2026-11-22T08:21:12Z info 1 of 461 OK created sql view model staging.stg_loads . [OK]\n"
FAILED = "2026-11-22T08:21:13Z error 2 of 461 FAIL 3 rows_are_unique .... [FAIL 3 in 0.06s]\n"


def test_it_follows_the_lines_as_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "dbt.log"
    log = DbtLog(file)
    assert log.nodes_done() == NodesDone("", 0, 0)
    with file.open("w", encoding="utf-8") as lines:
        lines.write("2026-11-22T08:21:11Z info Found 201 models, 236 data tests\n" + BEGUN)
        lines.flush()
        assert log.nodes_done() == NodesDone("stg_loads", 0, 461)
        lines.write(DONE[:30])
        lines.flush()
        assert log.nodes_done() == NodesDone("stg_loads", 0, 461)  # half a line says nothing
        lines.write(DONE[30:] + FAILED)
        lines.flush()
        assert log.nodes_done() == NodesDone("rows_are_unique", 2, 461)


def test_what_an_earlier_build_wrote_does_not_count(tmp_path: Path) -> None:
    file = tmp_path / "dbt.log"
    file.write_text(BEGUN + DONE + FAILED, encoding="utf-8")
    log = DbtLog(file)
    assert log.nodes_done() == NodesDone("", 0, 0)
    file.write_text(BEGUN + DONE, encoding="utf-8")
    assert log.nodes_done() == NodesDone("stg_loads", 1, 461)
