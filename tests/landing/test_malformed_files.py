"""Broken files beside a good one, and lines among good ones: what the published table leaves out.

The kinds that suppliers must know are in `malformed/table.py`, for every source.
"""

from __future__ import annotations

import csv
from collections.abc import Callable

import pyarrow.parquet as pq
import pytest

from flows.landing import LandingReport, land_inbox

from .conftest import (
    ASB_ROW,
    RETURN_ROW,
    STREET_NAME,
    STREET_ROW,
    Inbox,
    returned,
    street,
)
from .malformed.damage import zipped

STREET_PLACE = f"police_uk/2022-07-01/{STREET_NAME}"
RETURN_PLACE = "partner_returns/2017-11-01/return.csv"
GOOD_PLACE = "police_uk/2022-07-01/2022-05-staffordshire-street.csv"
STAFFORDSHIRE = ("West Mercia Police", "Staffordshire Police")


def replaced(row: str, old: str, new: str) -> str:
    assert old in row
    return row.replace(old, new)


# name -> place in the inbox, bytes, and what its reason must say
REFUSED: dict[str, tuple[str, bytes, list[str]]] = {
    "only a byte order mark": (STREET_PLACE, b"\xef\xbb\xbf", ["line 1", "missing"]),
    "gzip": (RETURN_PLACE, b"\x1f\x8b\x08\x00", ["gzip"]),
    "random bytes": (RETURN_PLACE, bytes(range(256)) * 4, ["line 2", "encoding"]),
    "utf-16 cut off": (
        RETURN_PLACE,
        returned(RETURN_ROW).decode().encode("utf-16")[:-1],
        ["UTF-16", "breaks off"],
    ),
    "line too long": (STREET_PLACE, street(STREET_ROW, "x" * 200_000), ["line 3", "longer"]),
    "endless header": (STREET_PLACE, b"x" * 200_000, ["line 1", "no header"]),
    "month 13 in the name": (
        "police_uk/2022-07-01/2022-13-west-mercia-street.csv",
        street(STREET_ROW),
        ["name"],
    ),
    "no zip at all": ("police_uk/2022-07-01/a.zip", b"hello", ["cut off or damaged"]),
    "absolute path": (
        "police_uk/2022-07-01/a.zip",
        zipped({f"/etc/{STREET_NAME}": street(STREET_ROW)}),
        ["outside its folder"],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_broken_file_is_quarantined_with_its_reason_and_the_good_one_lands(
    inbox: Inbox, case: str
) -> None:
    place, data, said = REFUSED[case]
    inbox.put(place, data)
    inbox.put(GOOD_PLACE, street(*(row.replace(*STAFFORDSHIRE) for row in (STREET_ROW, ASB_ROW))))

    report = land_inbox(inbox.folder)

    assert [record.rows_loaded for record in report.loaded] == [2]
    assert len(report.quarantined) == 1
    refused = report.quarantined[0]
    assert refused.file.startswith(place)
    for words in [place, "Expected: ", "Next: ", *said]:
        assert words in refused.reason
    assert refused.copy is not None
    assert refused.copy.stat().st_mode & 0o777 == 0o600
    reasons = list(inbox.folder.quarantine.glob("*/*/*.reason.txt"))
    assert [path.read_text() for path in reasons] == [refused.reason + "\n"]
    assert (inbox.folder.raw / place).read_bytes() == data  # the inbox is never edited


# name -> the third line of a file whose second and fourth are good, column and reason
STREET_LINES: dict[str, tuple[str, str, str]] = {
    "quote inside a field": (replaced(STREET_ROW, "Mill", 'M"ll'), "", "quote"),
    "text after a closing quote": (replaced(STREET_ROW, "abc123", '"abc"123'), "", "quote"),
    "empty fields only": ("," * 11, "Month", "a value is missing"),
    "month no date": (replaced(STREET_ROW, "2022-05", "2022-15"), "Month", "YYYY-MM"),
    "month missing": (replaced(STREET_ROW, "2022-05", ""), "Month", "a value is missing"),
    "crime type missing": (replaced(STREET_ROW, "Burglary", ""), "Crime type", "missing"),
    "longitude no number": (replaced(STREET_ROW, "-2.08", "west"), "Longitude", "a number"),
    "latitude infinite": (replaced(STREET_ROW, "52.51", "inf"), "Latitude", "a number"),
}
RETURN_LINES: dict[str, tuple[str, str, str]] = {
    "area missing": (replaced(RETURN_ROW, "Dudley", ""), "area", "a value is missing"),
    "numerator negative": (replaced(RETURN_ROW, ",70,", ",-70,"), "numerator", "0 or more"),
    "numerator not a number": (replaced(RETURN_ROW, ",70,", ",nan,"), "numerator", "a number"),
    "quote left open in a note": (RETURN_ROW + '"two', "", "quote"),
}


def land_one_bad_line(inbox: Inbox, place: str, data: bytes) -> LandingReport:
    inbox.put(place, data)
    report = land_inbox(inbox.folder)
    assert report.quarantined == []
    return report


@pytest.mark.parametrize("case", STREET_LINES)
def test_bad_street_line_is_rejected_and_its_neighbours_land(inbox: Inbox, case: str) -> None:
    line, column, reason = STREET_LINES[case]
    check_rejects(inbox, STREET_PLACE, street(STREET_ROW, line, ASB_ROW), line, column, reason)


@pytest.mark.parametrize("case", RETURN_LINES)
def test_bad_return_line_is_rejected_and_its_neighbours_land(inbox: Inbox, case: str) -> None:
    line, column, reason = RETURN_LINES[case]
    other, third = (replaced(RETURN_ROW, "Dudley", area) for area in ("Walsall", "Solihull"))
    check_rejects(inbox, RETURN_PLACE, returned(other, line, third), line, column, reason)


def test_a_line_break_inside_quotes_is_part_of_its_field(inbox: Inbox) -> None:
    other, third = (replaced(RETURN_ROW, "Dudley", area) for area in ("Walsall", "Solihull"))
    lines = (other, RETURN_ROW + '"two\nlines, ""quoted"""', third)
    (record,) = land_one_bad_line(inbox, RETURN_PLACE, returned(*lines)).loaded
    assert (record.rows_loaded, record.rows_rejected) == (3, 0)
    path = inbox.folder.landing / record.dataset / f"{record.load_id}.parquet"
    assert pq.read_table(path, partitioning=None)["_row_number"].to_pylist() == [2, 3, 5]


def check_rejects(
    inbox: Inbox, place: str, data: bytes, line: str, column: str, reason: str
) -> None:
    report = land_one_bad_line(inbox, place, data)
    (record,) = report.loaded
    assert (record.rows_loaded, record.rows_rejected) == (2, 1)
    assert record.rows_read == record.rows_loaded + record.rows_rejected
    path = inbox.folder.landing / "rejects" / f"{record.load_id}.parquet"
    rejects = pq.read_table(path).to_pylist()
    assert [reject["line"] for reject in rejects] == [3]
    assert [reject["raw_text"] for reject in rejects] == [line]
    assert rejects[0]["column_name"] == column
    assert reason in rejects[0]["reason"]
    rows = pq.read_table(
        inbox.folder.landing / record.dataset / f"{record.load_id}.parquet", partitioning=None
    )
    assert rows["_row_number"].to_pylist() == [2, 4]
    copy = inbox.folder.quarantine / f"{place}.rejects.csv"
    assert copy.stat().st_mode & 0o777 == 0o600
    with copy.open(newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 1


def test_figures_that_contradict_each_other_in_one_return_do_not_land(inbox: Inbox) -> None:
    other = replaced(RETURN_ROW, ",70,", ",71,")
    good = replaced(RETURN_ROW, "Dudley", "Walsall")
    report = land_one_bad_line(inbox, RETURN_PLACE, returned(RETURN_ROW, good, good, other))
    (record,) = report.loaded
    path = inbox.folder.landing / "rejects" / f"{record.load_id}.parquet"
    rejects = pq.read_table(path).to_pylist()
    assert [(reject["line"], "different" in reject["reason"]) for reject in rejects] == [
        (2, True),
        (4, False),  # the repeat of line 3, which stays
        (5, True),
    ]


def test_identical_street_rows_are_all_kept(inbox: Inbox) -> None:
    report = land_one_bad_line(inbox, STREET_PLACE, street(*[ASB_ROW] * 5))
    assert report.rows_loaded == 5


@pytest.mark.parametrize(
    ("change", "encoding"),
    [
        (lambda text: text.encode(), "utf-8"),
        (lambda text: text.encode("utf-8-sig"), "utf-8"),
        (lambda text: text.encode("utf-16"), "utf-16"),
        (lambda text: text.replace("\r\n", "\n").encode(), "utf-8"),
        (lambda text: text.replace("\r\n", "\r").encode(), "utf-8"),
        (lambda text: text.removesuffix("\r\n").encode(), "utf-8"),
        (lambda text: text.replace("\r\n", "\r\n\r\n").encode(), "utf-8"),
        (lambda text: text.encode("cp1252"), "utf-8+cp1252"),
        (lambda text: text.replace("Mïll", '"Mïll, ""old"""').encode(), "utf-8"),
    ],
    ids=["utf-8", "bom", "utf-16", "lf", "cr", "no last end", "blank lines", "cp1252", "quoted"],
)
def test_same_rows_whatever_the_encoding_and_line_ends(
    inbox: Inbox, change: Callable[[str], bytes], encoding: str
) -> None:
    text = street(replaced(STREET_ROW, "On or near Mill Lane", "Mïll"), ASB_ROW).decode()
    (record,) = land_one_bad_line(inbox, STREET_PLACE, change(text)).loaded
    assert (record.rows_loaded, record.rows_rejected, record.encoding) == (2, 0, encoding)
    path = inbox.folder.landing / record.dataset / f"{record.load_id}.parquet"
    location = pq.read_table(path, partitioning=None)["location"].to_pylist()
    assert location[0] in ("Mïll", 'Mïll, "old"')
    assert location[1] == "No Location"


def test_columns_are_found_by_name_in_any_order_and_unknown_ones_are_told(inbox: Inbox) -> None:
    header = "note,Victim name,value,denominator,numerator,PERIOD END,period start,Indicator,Area"
    header += ",source document"
    row = "n,Somebody,,100,70,30/09/2017,1/7/2017,hate_crime,Dudley,p. 4"
    (record,) = land_one_bad_line(inbox, RETURN_PLACE, returned(row, header=header)).loaded
    path = inbox.folder.landing / record.dataset / f"{record.load_id}.parquet"
    table = pq.read_table(path, partitioning=None)
    assert "note" not in table.column_names
    (landed,) = table.to_pylist()
    assert (landed["area"], landed["numerator"], str(landed["period_end"])) == (
        "Dudley",
        70.0,
        "2017-09-30",
    )
    assert "Victim name" in record.notes[0]
    assert "Somebody" not in str(landed)


def test_header_only_street_file_lands_no_rows_and_says_so_in_its_profile(inbox: Inbox) -> None:
    (record,) = land_one_bad_line(inbox, STREET_PLACE, street()).loaded
    assert record.rows_loaded == 0
    profile = pq.read_table(inbox.folder.landing / "profiles" / f"{record.load_id}.parquet")
    assert set(profile["month"].to_pylist()) == {"2022-05"}
    assert set(profile["row_count"].to_pylist()) == {0}
    assert profile.num_rows == 12


def test_formula_in_a_rejected_line_is_no_formula_in_the_csv_of_rejects(inbox: Inbox) -> None:
    land_one_bad_line(inbox, STREET_PLACE, street(STREET_ROW, "=1+1"))
    text = (inbox.folder.quarantine / f"{STREET_PLACE}.rejects.csv").read_text()
    assert "'=1+1" in text


def test_misplaced_things_are_named_and_the_others_land(inbox: Inbox) -> None:
    inbox.put("loose.csv", b"x")
    inbox.put("unknown_source/2022-01-01/x.csv", b"x")
    inbox.put(f"police_uk/{STREET_NAME}", street(STREET_ROW))
    inbox.put(f"police_uk/2022-02-30/{STREET_NAME}", street(STREET_ROW))
    inbox.put(f"police_uk/July 2022/{STREET_NAME}", street(STREET_ROW))
    inbox.put("police_uk/README.md", b"x")
    inbox.put("police_uk/2022-07-01/.DS_Store", b"x")
    inbox.put("police_uk/2022-07-01/LICENCE.txt", b"x")
    inbox.put(GOOD_PLACE, street(STREET_ROW.replace(*STAFFORDSHIRE)))
    report = land_inbox(inbox.folder)
    assert report.rows_loaded == 1
    assert {problem.file for problem in report.quarantined} == {
        "loose.csv",
        "unknown_source/",
        f"police_uk/{STREET_NAME}",
        "police_uk/2022-02-30/",
        "police_uk/July 2022/",
    }
    assert all("Next: " in problem.reason for problem in report.quarantined)
