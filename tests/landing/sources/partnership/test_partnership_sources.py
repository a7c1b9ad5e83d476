"""What the partnership's own files land as, cover and are refused for (all files synthetic)."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.landing import land_inbox
from flows.landing.sources.rules.stated_once import stated_once
from flows.landing.tables.financial_periods import days_of
from tests.landing.conftest import Inbox

from .conftest import GOOD, HEADERS, table

CASE_LIST = "marac/2017-10-05/case-list.csv"
QUARTERLY = "marac/2017-10-05/return.csv"
ASB = "asb/2017-10-05/asb.csv"
GRANT = "grant/2017-10-05/grant.csv"
TARGETS = "targets/2017-10-05/targets.csv"
BREAKS = "breaks/2017-10-05/breaks.csv"


@pytest.mark.parametrize("place", HEADERS)
def test_a_good_file_lands_and_covers(private_inbox: Inbox, place: str) -> None:
    private_inbox.put(place, table(place, GOOD[place]))
    report = land_inbox(private_inbox.folder)
    assert not report.quarantined
    (record,) = report.loaded
    assert (record.rows_loaded, record.rows_rejected) == (1, 0)
    assert record.coverage


@pytest.mark.parametrize("place", HEADERS)
def test_a_workbook_lands_like_a_csv(private_inbox: Inbox, place: str) -> None:
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(table(place, GOOD[place]).decode())):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    private_inbox.put(place.replace(".csv", ".xlsx"), stream.getvalue())
    (record,) = land_inbox(private_inbox.folder).loaded
    assert record.rows_loaded == 1


# place, the bad line, the column of its reject, words of its reason; more of them stand in
# tests/landing/malformed/table.py
BAD_LINES = {
    "victim missing": (CASE_LIST, ",".join(["Dudley", "", "P-1", "2017-05-04", "", "", "", ""]),
                       "victim key", "missing"),
    "marker neither yes nor no": (
        CASE_LIST, "Dudley,V-2,P-1,2017-05-04,2017-05-18,Police,perhaps,no", "any abuse", "one of"),
    "referral on no day": (
        CASE_LIST, "Dudley,V-2,P-1,2017-02-30,,Police,yes,no", "referral date", "a date"),
    "referrals without an agency": (
        QUARTERLY, "Dudley,2017/18 Q1,referrals,,20", "breakdown", "agency"),
    "cases with a breakdown": (
        QUARTERLY, "Dudley,2017/18 Q1,cases,Police,20", "breakdown", "no breakdown"),
    "figure twice": (QUARTERLY, GOOD[QUARTERLY], "measure", "repeats line 2"),
    "unknown measure": (QUARTERLY, "Dudley,2017/18 Q1,guesses,,20", "measure", "one of"),
    "record type unknown": (
        ASB, "rumour,Dudley,2017-07-14,nuisance,,,W1,,L-3,,", "record type", "one of"),
    "no LSOA code": (
        ASB, "incident,Dudley,2017-07-14,nuisance,,,W1,Dudley 012A,L-3,,", "lsoa", "LSOA code"),
    "no amount": (GRANT, "Dudley,2017/18 Q1,line,Other,,,,,,", "allocation", "at least one"),
    "target of an unknown kind of period": (
        TARGETS, "Dudley,robbery,fortnight,2017-09-30,100", "period_type", "one of"),
    "break without words": (BREAKS, "*,robbery,Dudley,2019-04-01,", "break_note", "missing"),
    "break of no source": (
        BREAKS, "The police!,robbery,Dudley,2019-04-01,New", "source", "inbox folder"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_is_rejected_by_itself(private_inbox: Inbox, name: str) -> None:
    place, line, column, words = BAD_LINES[name]
    more = ["Dudley,2018/19 Q1,line,Other,5,,,,,"] if place == GRANT else []
    private_inbox.put(place, table(place, GOOD[place], line, *more))
    (record,) = land_inbox(private_inbox.folder).loaded
    rejects = pq.read_table(
        private_inbox.folder.landing / "rejects" / f"{record.load_id}.parquet", partitioning=None
    ).to_pylist()
    assert [reject["line"] for reject in rejects] == [3]
    assert record.rows_loaded == (2 if place == GRANT else 1)
    assert rejects[0]["column_name"] == column
    assert words in rejects[0]["reason"]
    if place in (CASE_LIST, ASB):
        assert all("not kept" in reject["raw_text"] for reject in rejects)


@pytest.mark.parametrize("place", HEADERS)
@pytest.mark.parametrize("broken", ["header", "no good row"])
def test_a_broken_file_is_refused_by_name(private_inbox: Inbox, place: str, broken: str) -> None:
    header = HEADERS[place].split(",")
    data = {
        "header": ",".join(header[1:]).encode() + b"\n",
        "no good row": table(place, ",".join(["?"] * len(header))),
    }[broken]
    private_inbox.put(place, data)
    report = land_inbox(private_inbox.folder)
    assert not report.loaded
    (refused,) = report.quarantined
    assert refused.reason.startswith(place)
    assert "Expected: " in refused.reason
    assert "Next: " in refused.reason
    copies = list(private_inbox.folder.quarantine.rglob("*.csv"))
    if place.startswith(("marac", "asb")):  # what may hold personal data is not copied
        assert not [path for path in copies if not path.name.endswith(".rejects.csv")]


def landed(inbox: Inbox, dataset: str) -> list[dict[str, object]]:
    paths = [p for p in (inbox.folder.landing / dataset).glob("*.parquet") if p.name[0] != "_"]
    return [row for path in paths for row in pq.read_table(path, partitioning=None).to_pylist()]


def test_keys_land_as_hmac_sha256_and_nowhere_in_the_clear(
    private_inbox: Inbox, own_key: Path
) -> None:
    private_inbox.put(CASE_LIST, table(CASE_LIST, GOOD[CASE_LIST], "Dudley,,P-9,?,,,,"))
    private_inbox.put(ASB, table(ASB, GOOD[ASB]))
    land_inbox(private_inbox.folder)
    key = bytes.fromhex(own_key.read_text())

    def hashed(text: str) -> str:
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    (case,) = landed(private_inbox, "marac_cases")
    assert case["victim_key"] == hashed("v-1")
    assert case["perpetrator_keys"] == ";".join(sorted([hashed("p-1"), hashed("p-2")]))
    (record,) = landed(private_inbox, "asb_records")
    assert [record[name] for name in ("reference", "caller_key", "location_key")] == [
        hashed("l-1"), hashed("c-1"), hashed("u-1"),
    ]  # fmt: skip
    for path in private_inbox.folder.root.rglob("*"):
        if path.is_file() and not path.is_relative_to(private_inbox.folder.raw):
            data = path.read_bytes()
            assert not any(clear in data for clear in (b"V-1", b"P-1", b"P-9", b"L-1", b"U-1"))
            assert own_key.read_bytes().strip() not in data
    assert own_key.stat().st_mode & 0o777 == 0o600


def test_a_list_covers_the_months_of_its_conferences(private_inbox: Inbox) -> None:
    later = "Dudley,V-2,P-9,2017-07-04,2017-08-18,Police,yes,no"
    private_inbox.put(CASE_LIST, table(CASE_LIST, GOOD[CASE_LIST], later))
    (record,) = land_inbox(private_inbox.folder).loaded
    assert [part.period_start for part in record.coverage] == [
        date(2017, month, 1) for month in (5, 8)
    ]


def test_months_in_the_name_are_covered_and_others_rejected(private_inbox: Inbox) -> None:
    place = "marac/2017-10-05/case-list-2017-04_to_2017-06.csv"
    rows = [GOOD[CASE_LIST], "Dudley,V-2,P-9,2017-07-04,2017-08-18,Police,yes,no"]
    private_inbox.put(place, ("\n".join([HEADERS[CASE_LIST], *rows]) + "\n").encode())
    (record,) = land_inbox(private_inbox.folder).loaded
    assert (record.rows_loaded, record.rows_rejected) == (1, 1)
    assert [part.period_start.month for part in record.coverage] == [4, 5, 6]


def test_a_file_without_the_youth_column_says_nothing_about_youth(private_inbox: Inbox) -> None:
    private_inbox.put(
        "asb/2017-10-05/counts.csv",
        b"record type,area,month,category,count\nincident,Dudley,2017-07-01,nuisance,40\n",
    )
    (record,) = land_inbox(private_inbox.folder).loaded
    assert {part.indicator_id for part in record.coverage} == {"asb_incidents"}


def test_a_return_may_carry_comparators_and_an_older_load_has_none(private_inbox: Inbox) -> None:
    old = b"area,indicator,period_start,period_end,numerator,denominator,source_document\n"
    row = b"Dudley,robbery,2017-07-01,2017-09-30,%d,,Report\n"
    private_inbox.put("partner_returns/2017-11-01/a.csv", old + row % 70)
    land_inbox(private_inbox.folder)
    (landing,) = [
        path
        for path in (private_inbox.folder.landing / "partner_returns").glob("*.parquet")
        if path.name[0] != "_"
    ]
    table_of_old = pq.read_table(landing, partitioning=None)
    kept = [name for name in table_of_old.column_names if name not in ("comparator", "area_type")]
    pq.write_table(table_of_old.select(kept), landing)  # as the reader before this one wrote it
    private_inbox.put("partner_returns/2017-11-01/b.csv", old + row % 70 + row.replace(
        b"2017-07-01,2017-09-30", b"2017-04-01,2017-06-30") % 60)  # fmt: skip
    agreeing = land_inbox(private_inbox.folder)
    assert [record.rows_loaded for record in agreeing.loaded] == [2]
    private_inbox.put("partner_returns/2017-11-01/c.csv", old + row % 71)
    disagreeing = land_inbox(private_inbox.folder)
    assert "a.csv" in disagreeing.quarantined[0].reason


@given(st.dates(date(1900, 4, 1), date(2100, 3, 31)))
def test_every_day_is_in_one_quarter_of_its_year(day: date) -> None:
    year = day.year if day.month >= 4 else day.year - 1
    label = f"{year}/{(year + 1) % 100:02d}"
    first, last = days_of(label) or pytest.fail(label)
    assert first <= day <= last
    quarters = [days_of(f"{label} Q{number}") for number in (1, 2, 3, 4)]
    assert sum(q is not None and q[0] <= day <= q[1] for q in quarters) == 1
    ends = [q[1] for q in quarters if q]
    starts = [q[0] for q in quarters if q]
    assert starts[1:] == [end + timedelta(1) for end in ends[:-1]]
    assert (starts[0], ends[-1]) == (first, last)


@given(st.lists(st.tuples(st.sampled_from("abAB"), st.integers(0, 2)), max_size=12))
def test_what_is_left_of_repeated_figures_stands_once_and_uncontradicted(
    rows: list[tuple[str, int]],
) -> None:
    made = pa.table({"k": [k for k, _ in rows], "f": [f for _, f in rows]})
    made = made.cast(pa.schema([("k", pa.string()), ("f", pa.int64())]))
    lines = pa.array(range(2, len(rows) + 2), pa.int64())
    faults = stated_once(("k",), ("f",), "f", "key")(made, lines)
    bad = {at for fault in faults for at, wrong in enumerate(fault.rows.to_pylist()) if wrong}
    left = [rows[at] for at in range(len(rows)) if at not in bad]
    said: dict[str, set[int | None]] = {}
    for key, figure in rows:
        said.setdefault(key.casefold(), set()).add(figure)
    assert sorted(key.casefold() for key, _ in left) == sorted(
        key for key, figures in said.items() if len(figures) == 1
    )
