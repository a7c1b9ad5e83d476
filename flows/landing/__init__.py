"""Landing: supplier files become immutable Parquet, one file per load, each with its record.

Names are resolved on first use, so that asking whether the inbox holds anything new
(`flows.landing.inbox.files.anything_new`) never pays for importing Arrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.lazy_names import names_on_first_use

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

__getattr__ = names_on_first_use(
    __name__,
    {
        "LandingReport": "flows.landing.report",
        "LoadRecord": "flows.landing.ledger.load_records",
        "QuarantinedFile": "flows.landing.report",
        "anything_new": "flows.landing.inbox.files",
        "land_inbox": "flows.landing.land",
        "write_catalog": "flows.landing.ledger.catalog",
    },
)
