"""A process of its own verifies what was written, before any reader can see it."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.child_process import run_module
from flows.data_folder import DataFolder
from flows.publishing import PublishFailedError, publish
from flows.publishing import publication as publication_module
from flows.publishing.durable import flush_tree
from flows.publishing.fresh_process import verification_problems
from flows.settings import Settings
from tests.publishing.small_warehouse import everything_below


def test_a_fresh_process_finds_a_publication_whole(
    folder: DataFolder, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = publish(folder, settings, run_id="night-1")
    # another folder named flows, where the user happens to stand, is not taken for this one
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "__init__.py").write_text("raise ImportError('not this one')")
    monkeypatch.chdir(tmp_path)
    assert verification_problems(published.folder) == []
    assert "expected a manifest" in verification_problems(tmp_path)[0]


def test_a_process_that_compares_rows_loads_nothing_heavy(
    folder: DataFolder, settings: Settings
) -> None:
    published = publish(folder, settings, run_id="night-1")
    asked = run_module(
        "tests.publishing.loaded_by_verify",
        *(str(published.folder), str(folder.database)),
        seconds=120,
    )
    code, *loaded = asked.stdout.split()
    assert code == "0", asked.stderr
    assert not {"numpy", "pandas", "pyarrow", "prefect"} & set(loaded)


def test_what_a_fresh_process_refuses_is_set_aside_with_its_reason(
    folder: DataFolder,
    settings: Settings,
    rebuild: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = publish(folder, settings, run_id="night-1")
    before = everything_below(folder.published)
    rebuild(7)
    real = flush_tree

    def damage_then_flush(candidate: Path) -> None:
        file = candidate / "parquet" / "dim_areas.parquet"
        duckdb.execute(
            f"copy (select value + 1 as value, area_code from read_parquet('{file}')) "
            f"to '{file}.new' (format parquet)"
        )
        file.with_name(f"{file.name}.new").replace(file)
        real(candidate)

    monkeypatch.setattr(publication_module, "flush_tree", damage_then_flush)
    with pytest.raises(
        PublishFailedError, match=r"parquet/dim_areas.parquet: expected logical hash"
    ):
        publish(folder, settings, run_id="night-2")
    (aside,) = (folder.published / "versions").glob("*.failed")
    assert "dim_areas.parquet" in (aside / "reason.txt").read_text()
    assert stat.S_IMODE(aside.stat().st_mode) == 0o700
    monkeypatch.undo()
    after = everything_below(folder.published)
    assert {name: after[name] for name in before} == before
    second = publish(folder, settings, run_id="night-3")
    assert second.manifest.previous_publication_id == first.publication_id
    assert not list((folder.published / "versions").glob("*.failed"))
