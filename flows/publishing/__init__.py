"""Publishing: the marts leave the private warehouse as files that anybody may read.

`publish` copies the marts into a database file of its own with the same tables as Parquet,
has a fresh process verify it and moves it into place in one step; `rollback` puts an earlier
publication back; `diff` compares two of them. Readers are never blocked and never see half a
run, and a run that fails, or is killed, leaves the last publication as it was.
"""

from flows.publishing.differences import (
    FigureDifference,
    PublicationDifference,
    TableDifference,
    diff,
)
from flows.publishing.earlier_publications import (
    current_publication,
    list_publications,
    rollback,
)
from flows.publishing.failures import PublishFailedError
from flows.publishing.lock import Holder, RunLockedError, night_lock
from flows.publishing.manifest import LoadedFile, Manifest, PublishedTable
from flows.publishing.publication import Publication, publish

__all__ = [
    "FigureDifference",
    "Holder",
    "LoadedFile",
    "Manifest",
    "Publication",
    "PublicationDifference",
    "PublishFailedError",
    "PublishedTable",
    "RunLockedError",
    "TableDifference",
    "current_publication",
    "diff",
    "list_publications",
    "night_lock",
    "publish",
    "rollback",
]
