"""A dbt that was started before there is anything to build."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.data_folder import DataFolder
from flows.settings import Settings
from flows.warehouse import ReadyDbt, ready_dbt
from flows.warehouse.dbt_process import LOG_NAME


def test_a_run_that_ends_before_its_build_ends_its_dbt(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    started: list[ReadyDbt] = []

    def run_that_fails_while_it_lands() -> None:
        with ready_dbt(folder, Settings()) as dbt:
            started.append(dbt)
            raise OSError("the inbox is gone")

    with pytest.raises(OSError, match="the inbox is gone"):
        run_that_fails_while_it_lands()
    assert started[0].has_ended
    assert not folder.database.exists()
    assert not (folder.dbt / "logs" / LOG_NAME).exists()
