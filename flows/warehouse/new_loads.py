"""Which loads a build has that the last publication had not: one of them broke what was whole."""

from __future__ import annotations

from flows.data_folder import DataFolder
from flows.landing.ledger.load_records import read_records
from flows.private_files import read_json
from flows.visible_text import visible

_SHOWN = 10


def new_loads(folder: DataFolder) -> list[str]:
    """List loads by place (source, extract date, file), the newest landed first.

    All of them where there is no publication yet, or none that can be read.
    """
    manifest = read_json(folder.published / "manifest.json")
    known = set()
    if isinstance(manifest, dict):
        known = {
            (load.get("source"), load.get("file"), str(load.get("extract_date")))
            for load in manifest.get("loads", [])
        }
    new = [
        record
        for record in read_records(folder).values()
        if (record.source, record.file, record.extract_date.isoformat()) not in known
    ]
    new.sort(key=lambda record: (record.landed_at, record.source, record.file), reverse=True)
    return [f"{one.source}/{one.extract_date.isoformat()}/{one.file}" for one in new]


def words_about_new_loads(folder: DataFolder) -> str:
    """Say which loads to look at first when a model fails on what they hold; '' for none."""
    places = new_loads(folder)
    if not places:
        return ""
    more = f"\n… and {len(places) - _SHOWN:,} more" if len(places) > _SHOWN else ""
    listed = "\n".join(f"- {visible(place, one_line=True)}" for place in places[:_SHOWN])
    return (
        "The value that is the cause is in a load that the last publication had not:\n"
        f"{listed}{more}\nAsk its supplier for a corrected file and put it into the inbox with its "
        "own extract date.\n"
    )
