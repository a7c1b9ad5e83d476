"""The corpus of hostile files, laid into an inbox beside whatever lies there."""

from __future__ import annotations

import os
from pathlib import Path

from ..conftest import RETURN_HEADER, RETURN_ROW, returned
from .workbook_files import READ, REFUSED, REJECTED

DATE = "2025-11-03"
COUNTS = "area,indicator,month,count\n"
POPULATION = "Area code,Area name,Year,Population\n"

REFUSED_TEXTS: dict[str, bytes] = {
    f"force_counts/{DATE}/endless-line.csv": COUNTS.encode() + b"x" * 400_000,
    f"force_counts/{DATE}/only-quotes.csv": COUNTS.encode() + b'"' * 300_001,
    f"asb/{DATE}/pdf.csv": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    f"ons_pfa_tables/{DATE}/tables.csv": b"a,b\n1,2\n",
    f"partner_returns/{DATE}/\x1b[31m\u202efdp.csv": b"x\n1\n",
    # a name of a byte that is no UTF-8, as Python holds it
    f"partner_returns/{DATE}/\udcff.csv": b"x\n1\n",
}
"""By place below the inbox: files that are refused whole."""

LINES: dict[str, tuple[bytes, int, list[int]]] = {
    "force_counts/2025-11-04/beyond-reason.csv": (
        f"{COUNTS}Dudley,knife_crime,2025-07,1e30\nDudley,robbery,2025-07,9\n".encode(),
        1,
        [2],
    ),
    "population/2025-11-04/residents-open-quote.csv": (
        (
            f'{POPULATION}E08000027,"Dudley,2023,320000\nE08000028,Sandwell,2023,340000\n'
            'E08000029,Solihull,2023,210000\nE08000030,Walsall",2023,280000\n'
            "E08000031,Wolverhampton,2023,260000\n"
        ).encode(),
        3,
        [2, 5],
    ),
    "partner_returns/2025-11-04/Licensed premises 2025.csv": (
        returned(f'{RETURN_ROW}"seen by\r\nJo, ""twice"""', header=RETURN_HEADER),
        1,
        [],
    ),
}
"""By place: the bytes, how many rows land, and which lines are rejected."""

NOT_READ = (f"partner_returns/{DATE}/README.txt", f"partner_returns/{DATE}/licence.pdf")
UNREADABLE = tuple(
    f"marac/{DATE}/{name}" for name in ("broken-disk.csv", "gone.csv", "round.csv", "pipe.csv")
)


def _place(name: str, number: int) -> str:
    # two extracts of one date may not disagree: each that lands has a date of its own
    return f"force_counts/2025-12-{number + 1:02}/{name}"


LANDED_BOOKS = {
    _place(name, at): name
    for at, name in enumerate([*READ, *REJECTED])
    if name.endswith(".xlsx")  # this source takes no ODS
}


def lay_corpus(raw: Path) -> None:
    """Lay every hostile file into the inbox `raw`."""
    books = {f"force_counts/{DATE}/{name}": data for name, (data, _) in REFUSED.items()}
    books |= {place: (READ | REJECTED)[name] for place, name in LANDED_BOOKS.items()}
    texts = REFUSED_TEXTS | {place: data for place, (data, _, _) in LINES.items()}
    for place, data in (books | texts | dict.fromkeys(NOT_READ, b"x")).items():
        path = raw / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    folder = raw / "marac" / DATE
    folder.mkdir(parents=True)
    # a file of the kernel's that gives an input/output error for its first byte
    (folder / "broken-disk.csv").symlink_to("/proc/self/mem")
    (folder / "gone.csv").symlink_to(folder / "nothing")
    (folder / "round.csv").symlink_to(folder / "round.csv")
    os.mkfifo(folder / "pipe.csv")


def refused_places() -> set[str]:
    """Give what must be named as refused, as it is shown."""
    spelt = str.maketrans({"\x1b": "\\x1b", "\u202e": "\\u202e", "\udcff": "\ufffd"})
    shown = {place.translate(spelt) for place in REFUSED_TEXTS}
    return {*(f"force_counts/{DATE}/{name}" for name in REFUSED), *shown, *UNREADABLE}
