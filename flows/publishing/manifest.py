"""The manifest of a publication: what is in it, what went in, and what made it."""

from __future__ import annotations

import importlib.metadata
import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.landing.sources import public_sources
from flows.publishing.contract import Column
from flows.publishing.failures import PublishFailedError
from flows.publishing.logical_hash import METHOD

if TYPE_CHECKING:
    import duckdb

    from flows.data_folder import DataFolder

MANIFEST_FILE = "manifest.json"
MANIFEST_VERSION = 1
PACKAGE = "community-safety-warehouse"
# Whatever may change a figure or the file: a new version of one of these is a new publication.
TOOLS = ("duckdb", "dbt-core", "dbt-duckdb", "prefect", "great-expectations", "scipy")


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """One load that went into the figures; `rows` counts the rows that were landed.

    Of a restricted source both `load_id` and `rows` are None: a list of cases has as many rows as
    cases, and who knows all but one number of a return could try which one gives its hash.
    `is_synthetic` is true of a file that `csp demo` made.
    """

    load_id: str | None
    source: str
    file: str
    extract_date: str
    rows: int | None
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One table as published: rows, logical hash, columns in order and the columns of its key."""

    name: str
    comment: str
    rows: int
    logical_hash: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetThrough:
    """One critical check that failed and was let through by a person, for the reason given.

    `observed` is what the check saw: the same sight is let through by later runs, no other.
    """

    check_id: str
    observed: str
    reason: str


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One load that was left out because it failed the critical checks named."""

    source: str
    file: str
    extract_date: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateRecord:
    """What the gates left out of a publication, and what a person let through them."""

    let_through: tuple[LetThrough, ...] = ()
    held_back: tuple[HeldBack, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that `manifest.json` says. Times are UTC in ISO 8601, dates are ISO."""

    publication_id: str
    previous_publication_id: str | None
    run_id: str
    published_at: str
    as_at: str | None
    storage_version: str
    package_version: str
    tools: dict[str, str]
    settings: dict[str, Any]
    loads: tuple[LoadedFile, ...]
    tables: tuple[PublishedTable, ...]
    synthetic: bool = False
    """Whether any load is made up: then no figure of the publication is real."""
    let_through: tuple[LetThrough, ...] = ()
    held_back: tuple[HeldBack, ...] = ()

    @property
    def logical_hashes(self) -> dict[str, str]:
        """Logical hash by table."""
        return {table.name: table.logical_hash for table in self.tables}

    def says_the_same_as(self, other: Manifest) -> bool:
        """Say whether the two differ in nothing but id, run and time."""
        return self._contents() == other._contents()

    def _contents(self) -> tuple[object, ...]:
        return (
            self.as_at,
            self.storage_version,
            self.package_version,
            self.tools,
            self.settings,
            self.loads,
            self.tables,
            self.let_through,
            self.held_back,
        )

    def to_json(self) -> str:
        """Write the manifest as JSON, tables by name."""
        document = {
            "manifest_version": MANIFEST_VERSION,
            "logical_hash_method": METHOD,
            **asdict(self),
        }
        document["tables"] = {
            table["name"]: {key: value for key, value in table.items() if key != "name"}
            for table in document["tables"]
        }
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of one publication folder.

    Raises `PublishFailedError` if it is not whole.
    """
    path = folder / MANIFEST_FILE
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        version = document.pop("manifest_version")
        method = document.pop("logical_hash_method")
        if (version, method) != (MANIFEST_VERSION, METHOD):
            raise ValueError(f"version {version} with hashes by {method} is unknown here")
        document["loads"] = tuple(LoadedFile(**load) for load in document["loads"])
        document["tables"] = tuple(
            PublishedTable(
                name=name,
                **{
                    **table,
                    "columns": tuple(Column(**column) for column in table["columns"]),
                    # Publications from before keys were declared have none.
                    "key": tuple(table.get("key", ())),
                },
            )
            for name, table in document["tables"].items()
        )
        # Publications from before there were gates have none.
        document["let_through"] = tuple(
            LetThrough(**one) for one in document.get("let_through", ())
        )
        document["held_back"] = tuple(
            HeldBack(**{**one, "checks": tuple(one["checks"])})
            for one in document.get("held_back", ())
        )
        return Manifest(**document)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PublishFailedError(
            f"{path}: expected a manifest of version {MANIFEST_VERSION} ({error}). "
            "Publish again with `csp nightly --force`, or go back with `csp publish --rollback`."
        ) from error


def loads_in(connection: duckdb.DuckDBPyConnection, folder: DataFolder) -> tuple[LoadedFile, ...]:
    """List the loads of the landing catalogue, the one that the build has just read."""
    catalogue = folder.landing / "catalog" / "loads.parquet"
    if not catalogue.is_file():
        raise PublishFailedError(
            f"{catalogue}: expected the catalogue of loads, without which a figure cannot be "
            "traced to its file. Run `csp nightly`, which writes it."
        )
    return tuple(
        LoadedFile(*row)
        for row in connection.execute(
            """
            select
                case when list_contains($public, source) then load_id end,
                source,
                file,
                cast(extract_date as varchar),
                case when list_contains($public, source) then rows_loaded end,
                is_synthetic
            from read_parquet($catalogue)
            order by source, file, extract_date, load_id
            """,
            {"catalogue": str(catalogue), "public": sorted(public_sources())},
        ).fetchall()
    )


def tool_versions() -> dict[str, str]:
    """Return the installed version of every tool that shapes a publication."""
    return {"python": platform.python_version(), **{tool: _version(tool) for tool in TOOLS}}


def package_version() -> str:
    """Return the version of this package."""
    return _version(PACKAGE)


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
