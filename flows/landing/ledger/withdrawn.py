"""Withdrawn loads: rows of a file that the reader of today refuses, used in no figure.

A load counts by its deliveries. One that is withdrawn keeps its record and its rows, and its
delivery moves to `landing/withdrawn`, so that the newest other extract of what it covers stands.
Once a reader takes the file again, its delivery is written again. What a person takes back
(`csp withdraw`) keeps neither: it should not have come.
"""

from __future__ import annotations

from datetime import date

from flows.data_folder import DataFolder
from flows.landing.ledger.load_records import delivery_path, withdrawn_path
from flows.private_files import private_folder, sync_folder


def withdraw(folder: DataFolder, load_id: str, extract_date: date) -> bool:
    """Withdraw a load on one extract date; says whether it is withdrawn there, now or before."""
    delivery = delivery_path(folder, load_id, extract_date)
    withdrawn = withdrawn_path(folder, load_id, extract_date)
    if delivery.exists():
        private_folder(withdrawn.parent)
        delivery.replace(withdrawn)
        sync_folder(withdrawn.parent)
        sync_folder(delivery.parent)
    return withdrawn.exists()


def take_back(folder: DataFolder, load_id: str, extract_date: date) -> bool:
    """Take a load back on one extract date; says whether its rows are gone, as no other has it.

    The delivery goes first, so that what is killed on the way counts nowhere, and can be taken back
    again. Then the record, which makes the bytes new where they come once more, and the rows.
    """
    withdraw(folder, load_id, extract_date)
    if any((folder.landing / "deliveries").glob(f"{load_id}.*.json")):
        return False
    record = folder.landing / "loads" / f"{load_id}.json"
    record.unlink(missing_ok=True)
    if record.parent.is_dir():
        sync_folder(record.parent)
    for file in folder.landing.glob(f"*/{load_id}.*"):
        if file.parent.name != "withdrawn":
            file.unlink(missing_ok=True)
    return True


def withdrawn_loads(folder: DataFolder) -> frozenset[str]:
    """Give the ids of the loads that are withdrawn on every date on which they came."""

    def ids(place: str) -> frozenset[str]:
        found = (folder.landing / place).glob("[!.]*.json")
        return frozenset(path.name.split(".", 1)[0] for path in found)

    return ids("withdrawn") - ids("deliveries")


def nothing_stands(folder: DataFolder) -> bool:
    """Say whether every load there is has been withdrawn."""
    return any((folder.landing / "withdrawn").glob("[!.]*.json")) and not any(
        (folder.landing / "deliveries").glob("[!.]*.json")
    )
