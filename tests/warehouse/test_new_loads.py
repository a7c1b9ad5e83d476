"""A build that fails names the loads that the last publication had not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.landing import land_inbox
from flows.landing.ledger.load_records import read_records
from flows.settings import Settings
from flows.warehouse import BuildFailedError, build_warehouse
from tests.landing.conftest import RETURN_ROW, Inbox, inbox, returned

__all__ = ["inbox"]


def _failing_dbt(target: Path, message: str) -> None:
    result = {"unique_id": "model.csp.int_one", "status": "error", "message": message}
    (target / "run_results.json").write_text(json.dumps({"results": [result]}))


def test_a_failed_build_names_the_loads_that_came_since(inbox: Inbox) -> None:
    folder = inbox.folder
    inbox.put("partner_returns/2017-11-01/old.csv", returned(RETURN_ROW))
    land_inbox(folder)
    loads = [
        {"source": one.source, "file": one.file, "extract_date": one.extract_date.isoformat()}
        for one in read_records(folder).values()
    ]
    folder.published.mkdir(parents=True, exist_ok=True)
    (folder.published / "manifest.json").write_text(json.dumps({"loads": loads}))
    inbox.put(
        "partner_returns/2017-12-01/new.csv", returned(RETURN_ROW.replace("Dudley", "Walsall"))
    )
    land_inbox(folder)

    class FailingDbt:
        def build(self) -> None:
            target = folder.dbt / "target"
            target.mkdir(parents=True)
            _failing_dbt(target, "Conversion Error: value '1e30' is out of range")

    with pytest.raises(BuildFailedError) as failed:
        build_warehouse(folder, Settings(), dbt=FailingDbt())  # type: ignore[arg-type]
    said = str(failed.value)
    assert "- partner_returns/2017-12-01/new.csv" in said
    assert "old.csv" not in said
    assert "1e30" not in said
