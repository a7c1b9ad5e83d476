"""Landing: supplier files become immutable Parquet, one file per load, each with its record.

Names are resolved on first use, so that asking whether the inbox holds anything new
(`flows.landing.inbox.files.anything_new`) never pays for importing Arrow.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.landing.inbox.files import anything_new
    from flows.landing.land import land_inbox
    from flows.landing.ledger.catalog import write_catalog
    from flows.landing.ledger.load_records import LoadRecord
    from flows.landing.report import LandingReport, QuarantinedFile

__all__ = [
    "LandingReport",
    "LoadRecord",
    "QuarantinedFile",
    "anything_new",
    "land_inbox",
    "write_catalog",
]

_HOME = {
    "LandingReport": "flows.landing.report",
    "LoadRecord": "flows.landing.ledger.load_records",
    "QuarantinedFile": "flows.landing.report",
    "anything_new": "flows.landing.inbox.files",
    "land_inbox": "flows.landing.land",
    "write_catalog": "flows.landing.ledger.catalog",
}


def __getattr__(name: str) -> object:
    """Import the module that holds `name` the first time that it is asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
