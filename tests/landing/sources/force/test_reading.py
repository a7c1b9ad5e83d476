"""What a crime extract becomes: canonical columns, hashed references, nobody's data."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Sequence
from datetime import date, datetime

import pytest

from flows.checking import check_sources
from flows.landing import anything_new, land_inbox, write_catalog
from flows.landing.ledger.load_records import read_records

from .conftest import HEADINGS, MAPPING, PLACE, ForceInbox, extract, row, workbook


def test_a_row_becomes_canonical_and_its_reference_a_keyed_hash(force_inbox: ForceInbox) -> None:
    force_inbox.put(PLACE, extract(row()))
    report = land_inbox(force_inbox.folder)
    assert report.quarantined == []
    (landed,) = force_inbox.rows()
    key = bytes.fromhex(force_inbox.key_file.read_text())
    expected = {
        "reference_key": hmac.new(key, b"west-midlands|MADE/UP/1", hashlib.sha256).hexdigest(),
        "offence_code": "8N",
        "recorded_date": date(2025, 7, 14),
        "csp": "Dudley",
        "lsoa_code": "E01009862",
        "outcome": "Open",
        "cancelled": "no",
        "domestic_abuse": "no",
        "knife": "yes",
        "public_place": "yes",
        "hate_race": "no",
        "youth_victim": "yes",
        "gang": None,
        "_force_slug": "west-midlands",
        "_row_number": 2,
    }
    assert {name: landed[name] for name in expected} == expected
    # of ages and places only what a figure needs is kept
    not_kept = {"victim_age_band", "offender_age_band", "committed_to"}
    assert not (not_kept | {"ward", "easting", "northing"}) & set(landed)


def test_doubtful_details_become_unknown_and_the_crime_still_counts(
    force_inbox: ForceInbox,
) -> None:
    force_inbox.put(
        PLACE,
        extract(
            row(HO_Code="999Z", LSOA_Code="nowhere", Easting="394.1x", DA_Flag="?", Knife=""),
            row(HO_Code=" 008n", Status="no crime", Hate_Strand="RACE", Victim_Age_Band=""),
            row(HO_Code=""),
        ),
    )
    report = land_inbox(force_inbox.folder)
    assert (report.rows_loaded, report.rows_rejected) == (3, 0)
    first, second, third = force_inbox.rows()
    unknown = ("lsoa_code", "domestic_abuse")
    assert {first[name] for name in unknown} == {None}
    assert (first["offence_code"], first["knife"]) == ("999Z", "no")
    assert (second["offence_code"], second["cancelled"]) == ("8N", "yes")
    assert (second["hate_race"], second["youth_victim"]) == ("yes", None)
    assert third["offence_code"] is None
    said = " ".join(report.notes)
    assert "2 records have offence codes" in said
    assert "(none), 999Z" in said
    assert "1 values of domestic_abuse could not be read" in said
    assert "easting" not in said


def test_an_open_case_without_an_outcome_is_not_cancelled(force_inbox: ForceInbox) -> None:
    """A third of an ordinary extract has no outcome yet, and was warned of as unread words."""
    rows = [row(), row(Status=""), row(Status="Transferred")]
    force_inbox.put(PLACE, extract(*rows))
    report = land_inbox(force_inbox.folder)
    assert [one["cancelled"] for one in force_inbox.rows()] == ["no", "no", "yes"]
    assert "cancelled" not in " ".join(report.notes)
    write_catalog(force_inbox.folder)
    [unread] = [
        result
        for result in check_sources(force_inbox.folder).results
        if result.check_id.endswith("marker_words_unread")
    ]
    assert unread.status == "passed"


def test_an_extract_covers_only_what_its_columns_can_tell(force_inbox: ForceInbox) -> None:
    force_inbox.put(PLACE, extract(row(), row(Date_Recorded="2025-08-01")))
    (record,) = land_inbox(force_inbox.folder).loaded
    covered = {part.indicator_id for part in record.coverage}
    assert {"knife_crime", "hate_crime_race", "domestic_abuse"} <= covered
    assert "youth_victim_robbery" in covered
    # one strand alone does not say how many hate crimes there were
    assert "hate_crime" not in covered
    assert {"total_recorded_crime", "public_place_violence"} <= covered
    assert not {"business_crime", "female_genital_mutilation", "asb_incidents"} & covered
    assert {part.period_start for part in record.coverage} == {date(2025, 7, 1), date(2025, 8, 1)}
    assert {part.scope for part in record.coverage} == {"west-midlands"}


@pytest.mark.parametrize(
    ("window", "months"),
    [
        ("window: {months: 2}", ["2025-08", "2025-09"]),
        ("window: {from: 2025-06, to: 2025-07}", ["2025-06", "2025-07"]),
        ("window: {from: 2025-08}", ["2025-08", "2025-09"]),
        ("", ["2025-07", "2025-08"]),
    ],
)
def test_the_window_is_the_mappings_or_that_of_the_recorded_dates(
    force_inbox: ForceInbox, window: str, months: list[str]
) -> None:
    force_inbox.map(MAPPING + window)
    # October has begun on the extract date and is not over: it is never covered
    rows = [row(Date_Recorded=day) for day in ("2025-07-14", "2025-08-31", "2025-10-02")]
    force_inbox.put(PLACE, extract(*rows))
    report = land_inbox(force_inbox.folder)
    (record,) = report.loaded
    assert sorted({f"{part.period_start:%Y-%m}" for part in record.coverage}) == months
    said = "outside the mapping's window" if window else "not yet counted"
    assert said in " ".join(report.notes)


def test_an_extract_of_one_partnership_speaks_for_it_alone(force_inbox: ForceInbox) -> None:
    force_inbox.map(MAPPING + "area: E08000027")
    force_inbox.put(PLACE, extract(row()))
    (record,) = land_inbox(force_inbox.folder).loaded
    assert {part.scope for part in record.coverage} == {"Dudley"}
    assert force_inbox.rows()[0]["_force_slug"] == "west-midlands"


def test_workbook_with_titles_real_dates_text_numbers_and_a_sheet_a_month(
    force_inbox: ForceInbox,
) -> None:
    headings = HEADINGS.split(",")
    cells: list[object] = [*row().split(",")]
    july, august = list(cells), list(cells)
    july[2], july[5], july[6], july[1] = datetime(2025, 7, 14, 9, 30), 394123.0, "290456", 1
    august[2], august[1] = date(2025, 8, 2), "4.10"
    title: list[object] = ["Crimes recorded, made up for a test"]
    sheets: dict[str, Sequence[Sequence[object]]] = {
        "Read me": [["Nothing to count here"]],
        "Jul": [title, [], headings, july, [], ["Source: nobody"]],
        "Aug": [title, headings, august, [*august[:2], "not a day", *august[3:]]],
    }
    data = workbook(sheets, merged="A1:F1")
    force_inbox.put("force_extract/2025-10-03/west-midlands/all.xlsx", data)
    report = land_inbox(force_inbox.folder)
    assert report.quarantined == []
    landed = force_inbox.rows()
    assert [r["recorded_date"] for r in landed] == [date(2025, 7, 14), date(2025, 8, 2)]
    assert [r["offence_code"] for r in landed] == ["1", "4.10"]
    (reject,) = force_inbox.rows("rejects")
    assert str(reject["reason"]).startswith("sheet 'Aug', row 4: ")
    assert "sheets without the mapped headings, not read: Read me" in " ".join(report.notes)


PERSONAL = {
    "Surname": ["Doe", "a person's name"],
    "OfficerName": ["x", "a person's name"],
    "Home Address": ["x", "an address"],
    "MO Notes": ["x", "free text"],
    "Victim DOB": ["x", "a date of birth"],
    "Mobile Phone": ["x", "a telephone number"],
    "NHS No": ["x", "a person's number"],
    "Who": ["Roe, Jane", "a person's name"],
    "Col 7": ["12 Made Up Street", "an address"],
    "Col 8": ["ZZ99 9ZZ", "an address"],
    "Col 9": ["nobody@example.org", "an e-mail address"],
    "Col 10": ["07700 900123", "a telephone number"],
    "Col 11": ["QQ 12 34 56 C".replace("QQ", "AB"), "a National Insurance number"],
}


@pytest.mark.parametrize("heading", PERSONAL)
def test_columns_that_look_personal_are_never_landed(force_inbox: ForceInbox, heading: str) -> None:
    value, kind = PERSONAL[heading]
    rows = [row(Crime_Number=f"MADE/{n}") + f',"{value}"' for n in range(3)]
    force_inbox.put(PLACE, extract(*rows, headings=f"{HEADINGS},{heading}"))
    report = land_inbox(force_inbox.folder)
    assert f"never landed: {heading} ({kind})" in " ".join(report.notes)
    assert report.rows_loaded == 3
    assert_nowhere(force_inbox, value.encode() if len(value) > 1 else b"MADE/")


@pytest.mark.parametrize("heading", PERSONAL)
def test_a_mapping_that_names_a_personal_column_is_an_error(
    force_inbox: ForceInbox, heading: str
) -> None:
    value, kind = PERSONAL[heading]
    force_inbox.map(MAPPING + f"  ward: {heading}\n")
    force_inbox.put(PLACE, extract(row() + f',"{value}"', headings=f"{HEADINGS},{heading}"))
    (refused,) = land_inbox(force_inbox.folder).quarantined
    assert f"'{heading}'" in refused.reason
    assert f"looks like {kind}" in refused.reason
    assert refused.copy is None
    assert_nowhere(force_inbox, value.encode() if len(value) > 1 else b"MADE/")
    # taken at the analyst's word
    force_inbox.map(MAPPING + f'  ward: {heading}\nnot_personal: ["{heading}"]\n')
    assert land_inbox(force_inbox.folder).rows_loaded == 1


def assert_nowhere(inbox: ForceInbox, secret: bytes) -> None:
    """Look for bytes in everything that landing wrote (Parquet read as rows, too)."""
    for root in (inbox.folder.warehouse, inbox.folder.quarantine, inbox.folder.published):
        for path in root.rglob("*"):
            if path.is_file():
                assert secret not in path.read_bytes(), path
    for dataset in ("force_extract", "rejects", "profiles"):
        assert secret.decode() not in repr(inbox.rows(dataset))


def test_neither_the_key_nor_a_reference_is_written_or_logged(
    force_inbox: ForceInbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    force_inbox.put(PLACE, extract(row(), row(Date_Recorded="never"), "MADE/UP/1,ragged"))
    report = land_inbox(force_inbox.folder)
    assert report.rows_rejected == 2
    key = force_inbox.key_file.read_text().strip()
    for secret in (key, bytes.fromhex(key).decode("latin-1"), "MADE/UP/1"):
        assert secret not in caplog.text + repr(report)
        assert_nowhere(force_inbox, secret.encode())
    raw = {reject["raw_text"] for reject in force_inbox.rows("rejects")}
    assert raw == {
        "recorded_date: never, offence_code: 8N",
        "(not kept: the line may hold personal data)",
    }


def test_a_changed_mapping_has_its_files_read_again_under_the_same_load(
    force_inbox: ForceInbox,
) -> None:
    force_inbox.put(PLACE, extract(row()))
    (first,) = land_inbox(force_inbox.folder).loaded
    assert not anything_new(force_inbox.folder)
    force_inbox.map(MAPPING + "  gang: {column: Team, yes: [Blue]}\n")
    assert anything_new(force_inbox.folder)
    (second,) = land_inbox(force_inbox.folder).loaded
    assert first.load_id == second.load_id
    assert [r["gang"] for r in force_inbox.rows()] == ["yes"]
    assert set(read_records(force_inbox.folder)) == {first.load_id}
    assert not anything_new(force_inbox.folder)


def test_a_mapping_holds_from_its_date(force_inbox: ForceInbox) -> None:
    force_inbox.map(MAPPING.replace("Local Authority", "Borough"), "west-midlands.2025-10-01.yml")
    borough = HEADINGS.replace("Local Authority", "Borough")
    force_inbox.put(PLACE, extract(row(), headings=borough))
    force_inbox.put(PLACE.replace("2025-10-03", "2025-09-30"), extract(row(Knife="N")))
    assert land_inbox(force_inbox.folder).quarantined == []


def test_the_same_bytes_for_another_force_are_an_error(force_inbox: ForceInbox) -> None:
    force_inbox.map(MAPPING.replace("west-midlands", "west-mercia"), "west-mercia.yml")
    force_inbox.put(PLACE, extract(row()))
    force_inbox.put(PLACE.replace("west-midlands", "west-mercia"), extract(row()))
    report = land_inbox(force_inbox.folder)
    assert len(report.loaded) == 1
    assert "same bytes as" in report.quarantined[0].reason
