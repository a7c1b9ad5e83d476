from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from flows.data_folder import DataFolder
from flows.fetching.download import Patience
from flows.fetching.police_uk import FetchReport, Wanted, fetch, month_named
from tests.fetching.archive_server import Site, running

QUICK = Patience(attempts=3, timeout_seconds=2.0, backoff_seconds=0.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with running(Site()) as one:
        yield one


@pytest.fixture
def folder(tmp_path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.ensure()
    return made


@pytest.fixture
def bring(site, folder):
    def run(
        *forces: str,
        first: str = "2026-02",
        last: str = "2026-03",
        patience: Patience = QUICK,
        extract_date: date | None = None,
        on_archive=None,
    ) -> FetchReport:
        return fetch(
            folder,
            Wanted(forces, month_named(first), month_named(last)),
            base_url=site.url,
            patience=patience,
            extract_date=extract_date,
            on_archive=on_archive,
        )

    return run
