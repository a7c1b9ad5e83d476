"""A small inbox, so that a night costs little: made-up street rows and one real partner return."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import PROJECT_ROOT

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
CRIME_TYPES = ("Robbery", "Burglary", "Vehicle crime", "Drugs", "Anti-social behaviour")
NEWS = (
    "police_uk/2018-05-01/2018-02-west-midlands-street.csv",
    "police_uk/2018-05-01/2018-03-west-midlands-street.csv",
    "partner_returns/2018-04-01/wolverhampton-2017-18.csv",
)


def street_file(month: str, rows: int = 60) -> bytes:
    """A data.police.uk street file of made-up rows in Dudley: the same bytes every time."""
    lines = [HEADER]
    for number in range(rows):
        crime_type = CRIME_TYPES[number % len(CRIME_TYPES)]
        crime_id = "" if crime_type == "Anti-social behaviour" else f"{month}-{number:056d}"
        lines.append(
            f"{crime_id},{month},West Midlands Police,West Midlands Police,-2.08,52.51,"
            f"On or near High Street,E01009851,Dudley 012A,{crime_type},,"
        )
    return ("\r\n".join(lines) + "\r\n").encode()


def first_inbox(data: Path) -> Path:
    """What the first night finds: one month of street rows and one return."""
    _write(data, "police_uk/2018-05-01/2018-01-west-midlands-street.csv", street_file("2018-01"))
    _copy(data, "partner_returns/2017-10-01/dudley-2017-18-q2.csv")
    return data


def add_news(data: Path) -> Path:
    """What has come by the second night: two more months, and another return (`NEWS`)."""
    for number, place in enumerate(NEWS[:2], 2):
        _write(data, place, street_file(f"2018-{number:02d}", 50 + 10 * number))
    _copy(data, NEWS[2])
    return data


def _write(data: Path, place: str, content: bytes) -> None:
    path = data / "raw" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _copy(data: Path, place: str) -> None:
    path = data / "raw" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(PROJECT_ROOT / "data" / "raw" / place, path)
