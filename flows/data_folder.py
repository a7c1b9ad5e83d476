"""The data folder: the one root of everything that a run reads and makes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
CODE_ROOT = _PACKAGE.parent
"""Holds the packages `flows` and `expectations`."""

IS_CHECKOUT = (CODE_ROOT / "dbt_project").is_dir() and (CODE_ROOT / "pyproject.toml").is_file()
"""Whether the code runs from a checkout (or an editable install of one), not from a wheel."""

PROJECT_ROOT = CODE_ROOT if IS_CHECKOUT else _PACKAGE / "project"
"""Holds `dbt_project/` and `data/seeds/`; a wheel carries them inside the package."""

APPLICATION = "community-safety-warehouse"

PRIVATE_MODE = 0o700
PUBLIC_MODE = 0o755


def default_data() -> Path:
    """Return `data` in a checkout, else the platform's usual folder for a user's data."""
    if IS_CHECKOUT:
        return PROJECT_ROOT / "data"
    from platformdirs import user_data_path

    return user_data_path(APPLICATION, appauthor=False)


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Names every place below one data folder (`--data DIR` or `CSP_DATA`).

    `raw` is the inbox and is only ever read. `warehouse`, `landing`, `checks`, `state`, `logs`
    and `quarantine` hold or may quote record-level data and are private to the owner.
    `published` and `reports` hold only what may be read by others.
    """

    root: Path
    as_at: date | None = None
    """For a run as at an earlier date, which builds and checks in a warehouse of its own."""

    is_internal: bool = False
    """For the marts of the internal edition, which withhold nothing: a warehouse of their own."""

    @classmethod
    def chosen(cls, option: Path | str | None = None) -> DataFolder:
        """Find a command's folder: its `--data`, else `CSP_DATA`, else the default."""
        named = str(option) if option else os.environ.get("CSP_DATA", "")
        return cls((Path(named).expanduser() if named else default_data()).absolute())

    @property
    def raw(self) -> Path:
        """The inbox: `raw/<source>/<extract date>/<file>`, as suppliers sent it."""
        return self.root / "raw"

    @property
    def warehouse(self) -> Path:
        """Private: landing, the dbt database, check results, state and logs."""
        return self.root / "warehouse"

    @property
    def internal(self) -> Path:
        """Private: the marts of the internal edition and its papers."""
        return self.warehouse / "internal"

    @property
    def landing(self) -> Path:
        """Private: one Parquet file per load, with its load record."""
        return self.warehouse / "landing"

    @property
    def database(self) -> Path:
        """Private: the DuckDB file that dbt builds; nobody but a run opens it."""
        return self._night_warehouse / "warehouse.duckdb"

    @property
    def checks(self) -> Path:
        """Private: `sources.parquet`, `marts.parquet` and `dbt.parquet`, one row per check."""
        return self._night_warehouse / "checks"

    @property
    def dbt(self) -> Path:
        """Private: what dbt leaves behind (compiled models, run results, logs)."""
        return self._night_warehouse / "dbt"

    @property
    def _night_warehouse(self) -> Path:
        if self.is_internal:
            return self.internal
        if self.as_at is None:
            return self.warehouse
        return self.warehouse / "as_at" / self.as_at.isoformat()

    @property
    def state(self) -> Path:
        """Private: what runs remember of each other (lock, last run, history)."""
        return self.warehouse / "state"

    @property
    def logs(self) -> Path:
        """Private: structured logs, one JSON object per line."""
        return self.warehouse / "logs"

    @property
    def prefect(self) -> Path:
        """Private: Prefect's own database, so that its migrations run once per folder."""
        return self.warehouse / "prefect"

    @property
    def published(self) -> Path:
        """What readers open: `community_safety.duckdb`, `parquet/`, `manifest.json`."""
        return self.root / "published"

    @property
    def quarantine(self) -> Path:
        """Private: copies of files that could not be read, each with its reason."""
        return self.root / "quarantine"

    @property
    def reports(self) -> Path:
        """Reports made from what is published, for reading; the pages of the checks are private."""
        return self.root / "reports"

    @property
    def check_pages(self) -> Path:
        """Private: the checks as web pages, which count the rows of restricted files."""
        return self.reports / "checks"

    def ensure(self) -> None:
        """Create the folders that a run writes to, private ones 0700 and the others 0755.

        Modes are set afterwards too, since `mkdir` is subject to the umask and a folder may
        have been made by hand. The inbox is the user's own and is left alone.
        """
        for folder, mode in (
            (self.warehouse, PRIVATE_MODE),
            (self.landing, PRIVATE_MODE),
            # on its own: parents made on the way to a folder get the umask's mode
            *([(self.warehouse / "as_at", PRIVATE_MODE)] if self.as_at else []),
            (self._night_warehouse, PRIVATE_MODE),
            (self.checks, PRIVATE_MODE),
            (self.state, PRIVATE_MODE),
            (self.logs, PRIVATE_MODE),
            (self.quarantine, PRIVATE_MODE),
            (self.published, PUBLIC_MODE),
            (self.reports, PUBLIC_MODE),
            (self.check_pages, PRIVATE_MODE),
        ):
            folder.mkdir(parents=True, exist_ok=True)
            if folder.stat().st_mode & 0o777 != mode:
                folder.chmod(mode)
