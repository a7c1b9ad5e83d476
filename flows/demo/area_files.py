"""Which neighbourhood lies in which ward and authority, and a second scheme of families."""

from __future__ import annotations

from flows.demo.inbox_writer import InboxWriter
from flows.demo.places import FORCE, FORCE_CODE, Partnership
from flows.demo.plan import Delivery
from flows.demo.spreadsheet import Cell
from flows.demo.tables import csv_text

LOOKUPS, FAMILIES = "lookups", "families"
SCHEME = "synthetic_force"


def write_lookup(inbox: InboxWriter, delivery: Delivery, places: list[Partnership]) -> None:
    """Write the lookup of the made-up neighbourhoods, the same in both vintages."""
    rows: list[list[Cell]] = [
        [
            "lsoa11_code", "lsoa11_name", "lsoa21_code", "lsoa21_name", "change_code",
            "ward17_code", "ward17_name", "lad17_code", "lad17_name", "csp17_code", "csp17_name",
            "pfa17_code", "pfa17_name",
        ]
    ]  # fmt: skip
    for place in places:
        for one in place.neighbourhoods:
            rows.append(
                [
                    one.lsoa_code, one.lsoa_name, one.lsoa_code, one.lsoa_name, "U",
                    one.ward_code, one.ward_name, place.lad_code, place.name,
                    place.csp_code, place.name, FORCE_CODE, FORCE,
                ]
            )  # fmt: skip
    inbox.write(LOOKUPS, delivery.extract_date, "areas-synthetic.csv", csv_text(rows))


def write_families(inbox: InboxWriter, delivery: Delivery, places: list[Partnership]) -> None:
    """Write a family list in which the seven partnerships of the force are each other's."""
    rows: list[list[Cell]] = [["scheme", "area", "neighbour", "valid_from", "valid_to", "source"]]
    rows += [
        [SCHEME, one.name, other.name, "2015-04-01", "", "SYNTHETIC: made by csp demo"]
        for one in places
        for other in places
    ]
    inbox.write(FAMILIES, delivery.extract_date, "families-synthetic.csv", csv_text(rows))
