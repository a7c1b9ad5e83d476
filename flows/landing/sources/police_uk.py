"""data.police.uk: street-level crime, one CSV per force and month.

Licence of the data: Open Government Licence v3.0. Each row is one crime or incident, already
anonymised by the publisher: places are snapped to points on a map, nobody is named.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from flows.landing.contract import Column, Contract
from flows.landing.reader import Coverage, Reader, Reading, Source, SupplierFile
from flows.landing.refusal import FileRefused

if TYPE_CHECKING:
    import pyarrow as pa

    from flows.landing.typed_columns import Fault

CRIME_TYPES = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)

STREET = Contract(
    "police_uk_street",
    (
        Column(
            "crime_id",
            "Crime ID",
            "text",
            "The publisher's reference, 64 hexadecimal characters. Empty for all anti-social "
            "behaviour and all British Transport Police rows; the same one can come again.",
            "a3f1… (64 characters), or empty",
            repeats=False,
        ),
        Column(
            "month",
            "Month",
            "month",
            "Month of the crime; the same in the whole file and in its name.",
            "2022-05",
            required=True,
        ),
        Column(
            "reported_by",
            "Reported by",
            "text",
            "Force that supplied the row.",
            "West Mercia Police",
            required=True,
        ),
        Column(
            "falls_within",
            "Falls within",
            "text",
            "Force in whose area it is taken to lie; at present always the supplying force.",
            "West Mercia Police",
        ),
        Column(
            "longitude",
            "Longitude",
            "number",
            "Degrees east of the anonymous map point (WGS 84); empty for 'No Location'.",
            "-2.087433",
            minimum=-180,
            maximum=180,
            repeats=False,
        ),
        Column(
            "latitude",
            "Latitude",
            "number",
            "Degrees north of the anonymous map point (WGS 84); empty for 'No Location'.",
            "52.512255",
            minimum=-90,
            maximum=90,
            repeats=False,
        ),
        Column(
            "location",
            "Location",
            "text",
            "Name of the anonymous map point.",
            "On or near High Street",
        ),
        Column(
            "lsoa_code",
            "LSOA code",
            "text",
            "Lower layer super output area of the map point, 2011 or 2021 vintage; empty where "
            "the place is unknown.",
            "E01009862",
            pattern=r"[EW]01\d{6}",
            pattern_in_words="an LSOA code: E01 or W01 and six digits",
        ),
        Column(
            "lsoa_name",
            "LSOA name",
            "text",
            "Name of that LSOA: its local authority and four characters.",
            "Dudley 012A",
        ),
        Column(
            "crime_type",
            "Crime type",
            "text",
            "One of the publisher's fourteen categories.",
            "Vehicle crime",
            required=True,
            allowed=CRIME_TYPES,
        ),
        Column(
            "last_outcome_category",
            "Last outcome category",
            "text",
            "What has become of the case up to the extract; empty for anti-social behaviour.",
            "Under investigation",
        ),
        Column(
            "context",
            "Context",
            "text",
            "Free remark of the publisher; nearly always empty.",
            "",
            in_header=False,
            max_length=2_000,
        ),
    ),
)

_STREET_NAME = re.compile(r"(?i)(\d{4})-(\d{2})-([a-z0-9-]+)-street\.csv")
_LATER_NAME = re.compile(r"(?i)\d{4}-\d{2}-([a-z0-9-]+)-(outcomes|stop-and-search)\.csv")


def month_and_force(name: str) -> tuple[date, str] | None:
    """Read the month (its first day) and the force from a street file's name, if it is one."""
    found = _STREET_NAME.fullmatch(name)
    if found is None or not 1 <= int(found.group(2)) <= 12 or int(found.group(1)) < 1:
        return None
    return date(int(found.group(1)), int(found.group(2)), 1), found.group(3).lower()


def _named_for(name: str) -> str:
    found = month_and_force(name)
    return "" if found is None else f"{found[1]} {found[0]:%Y-%m}"


def _left_aside(name: str) -> str | None:
    found = _LATER_NAME.fullmatch(name)
    return f"no reader for {found.group(2).lower()} files yet" if found else None


def read_street(file: SupplierFile) -> Reading:
    """Read one street file; a row of another month than the name says is rejected."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from flows.landing.csv_text import read_csv
    from flows.landing.typed_columns import Fault, typed_rows

    found = month_and_force(file.name)
    if found is None:
        raise FileRefused(
            "the name does not say which month and force the file is",
            expected="a name such as 2022-05-west-mercia-street.csv",
            next_step="give the file the name under which data.police.uk publishes it",
        )
    month, force = found

    def month_of_the_name(table: pa.Table, lines: pa.Array) -> list[Fault]:
        other = pc.not_equal(table.column("month"), pa.scalar(month, pa.date32()))
        if not pc.any(other).as_py():
            return []
        reason = f"expected the month of the file's name, {month:%Y-%m}"
        return [Fault("Month", reason, other)]

    text = read_csv(file.data, STREET)
    table, rejects = typed_rows(text, STREET, [month_of_the_name])
    slug = pa.DictionaryArray.from_arrays(
        pa.nulls(table.num_rows, pa.int32()).fill_null(0), pa.array([force])
    )
    table = table.add_column(table.num_columns - 1, "_force_slug", slug)
    last = date(month.year, month.month, monthrange(month.year, month.month)[1])
    return Reading(
        table,
        sorted([*text.rejects, *rejects], key=lambda reject: reject.line),
        force,
        [Coverage(force, "*", month, last)],
        text.encoding,
        [f"columns not in the contract, not read: {', '.join(text.unknown_headers)}"]
        if text.unknown_headers
        else [],
    )


SOURCE = Source(
    "police_uk",
    (
        Reader(
            dataset="police_uk_street",
            contract=STREET,
            version="1",
            accepts=lambda name: month_and_force(name) is not None,
            read=read_street,
            named_for=_named_for,
            month_column="month",
            extra_columns=("_force_slug",),
        ),
    ),
    "street files such as 2022-05-west-mercia-street.csv, or a ZIP of them",
    _left_aside,
)
