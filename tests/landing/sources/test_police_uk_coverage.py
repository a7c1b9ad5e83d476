"""What a street file covers, whose it is, and where its points are."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.data_folder import PROJECT_ROOT
from flows.landing import land_inbox
from flows.landing.ledger.load_records import LoadRecord
from flows.landing.report import LandingReport
from tests.landing.conftest import STREET_NAME, STREET_ROW, Inbox, street

# every category once is a week of a small place; weights as in a force's month
WHOLE = {
    "Violence and sexual offences": 90,
    "Anti-social behaviour": 45,
    "Criminal damage and arson": 20,
    "Public order": 18,
    "Other theft": 17,
    "Vehicle crime": 13,
    "Shoplifting": 12,
    "Burglary": 11,
    "Other crime": 5,
    "Drugs": 4,
    "Bicycle theft": 2,
    "Possession of weapons": 2,
    "Robbery": 2,
    "Theft from the person": 1,
}
FORMER = {
    "Anti-social behaviour": 60,
    "Other theft": 40,
    "Violent crime": 30,
    "Burglary": 20,
    "Criminal damage and arson": 20,
    "Vehicle crime": 20,
    "Other crime": 12,
    "Shoplifting": 10,
    "Drugs": 8,
    "Public disorder and weapons": 6,
    "Robbery": 3,
}


def rows(counts: dict[str, int], month: str = "2022-05", times: int = 1) -> list[str]:
    one = STREET_ROW.replace("2022-05", month)
    return [one.replace("Burglary", kind) for kind, n in counts.items() for _ in range(n * times)]


def land(inbox: Inbox, name: str, lines: list[str]) -> LandingReport:
    inbox.put(f"police_uk/2025-07-01/{name}", street(*lines))
    return land_inbox(inbox.folder)


def covered(record: LoadRecord) -> set[str]:
    return {part.indicator_id for part in record.coverage}


def without(*names: str) -> dict[str, int]:
    return {name: count for name, count in WHOLE.items() if name not in names}


def test_a_whole_file_covers_every_indicator(inbox: Inbox) -> None:
    report = land(inbox, STREET_NAME, rows(WHOLE))
    assert covered(report.loaded[0]) == {"*"}
    assert report.notes == []


def test_a_file_of_burglary_only_covers_burglary_only(inbox: Inbox) -> None:
    report = land(inbox, STREET_NAME, rows({"Burglary": 300}))
    assert covered(report.loaded[0]) == {"burglary"}
    said = " ".join(report.notes)
    assert "Robbery" in said
    assert "not supplied" in said


def test_a_category_that_every_whole_file_has_is_missed_in_a_large_file(inbox: Inbox) -> None:
    report = land(inbox, STREET_NAME, rows(without("Robbery"), times=40))
    assert not {"*", "robbery", "total_recorded_crime"} & covered(report.loaded[0])
    assert {"burglary", "asb_incidents", "drug_offences"} <= covered(report.loaded[0])
    assert "Robbery" in " ".join(report.notes)


def test_a_rare_category_may_be_zero_in_a_small_force(inbox: Inbox) -> None:
    report = land(inbox, STREET_NAME, rows(without("Theft from the person", "Robbery"), times=2))
    assert covered(report.loaded[0]) == {"*"}


def test_a_feed_without_anti_social_behaviour_still_covers_crime(inbox: Inbox) -> None:
    report = land(inbox, STREET_NAME, rows(without("Anti-social behaviour"), times=5))
    assert "asb_incidents" not in covered(report.loaded[0])
    assert {"total_recorded_crime", "robbery"} <= covered(report.loaded[0])


def test_the_railways_police_publish_no_anti_social_behaviour(inbox: Inbox) -> None:
    lines = [
        line.replace("West Mercia Police", "British Transport Police")
        for line in rows(without("Anti-social behaviour"), times=5)
    ]
    report = land(inbox, "2022-05-btp-street.csv", lines)
    assert "asb_incidents" not in covered(report.loaded[0])
    assert "total_recorded_crime" in covered(report.loaded[0])
    assert report.notes == []  # it is so every month: nothing to warn of


def test_a_file_of_2012_loads_whole_and_covers_what_was_published_then(inbox: Inbox) -> None:
    report = land(inbox, "2012-05-west-mercia-street.csv", rows(FORMER, "2012-05"))
    (record,) = report.loaded
    assert (record.rows_loaded, record.rows_rejected) == (229, 0)
    assert covered(record) == {
        "asb_incidents",
        "burglary",
        "criminal_damage_and_arson",
        "drug_offences",
        "robbery",
        "shoplifting",
        "total_recorded_crime",
        "vehicle_crime",
    }


def test_every_category_of_the_seed_is_taken(inbox: Inbox) -> None:
    with (PROJECT_ROOT / "data/seeds/crime_categories.csv").open(encoding="utf-8") as stream:
        names = sorted({row["category"] for row in csv.DictReader(stream)})
    assert len(names) == 16
    report = land(inbox, STREET_NAME, rows(dict.fromkeys(names, 1)))
    assert report.rows_rejected == 0


def test_a_row_of_another_force_costs_its_line(inbox: Inbox) -> None:
    stray = STREET_ROW.replace("West Mercia Police", "Suffolk Constabulary")
    report = land(inbox, STREET_NAME, [*rows(WHOLE), stray])
    assert report.rows_rejected == 1
    path = next((inbox.folder.landing / "rejects").glob("[!_]*.parquet"))
    (reject,) = pq.read_table(path, partitioning=None).to_pylist()
    assert reject["column_name"] == "Reported by"


def test_a_forces_new_name_is_no_other_force(inbox: Inbox) -> None:
    lines = [
        line.replace("West Mercia Police", "Hampshire and Isle of Wight Constabulary")
        for line in rows(WHOLE)
    ]
    report = land(inbox, "2022-05-hampshire-street.csv", lines)
    assert report.quarantined == []


def test_one_exchanged_pair_costs_its_line(inbox: Inbox) -> None:
    stray = STREET_ROW.replace("-2.08,52.51", "52.51,-2.08")
    report = land(inbox, STREET_NAME, [*rows(WHOLE), stray])
    assert (report.quarantined, report.rows_rejected) == ([], 1)


@pytest.mark.parametrize("kind", ["street", "outcomes", "stop-and-search"])
def test_northern_ireland_is_said_not_to_be_read(inbox: Inbox, kind: str) -> None:
    lines = [
        line.replace("West Mercia Police", "Police Service of Northern Ireland")
        for line in rows(WHOLE)
    ]
    report = land(inbox, f"2022-05-northern-ireland-{kind}.csv", lines)
    assert (report.loaded, report.quarantined) == ([], [])
    assert "Northern Ireland" in " ".join(report.notes)
    assert "not read" in " ".join(report.notes)


def test_a_force_that_nobody_knows_is_refused(inbox: Inbox) -> None:
    (refused,) = land(inbox, "2022-05-narnia-street.csv", rows(WHOLE)).quarantined
    assert "narnia" in refused.reason
    assert "police_forces.csv" in refused.reason


def test_every_real_file_is_whole(inbox: Inbox, police_archives: list[Path]) -> None:
    for archive in police_archives:
        with zipfile.ZipFile(archive) as opened:
            for member in opened.namelist():
                if member.endswith("-street.csv"):
                    name = member.rpartition("/")[2]
                    inbox.put(f"police_uk/2023-01-31/{name}", opened.read(member))
    report = land_inbox(inbox.folder)
    assert (report.quarantined, report.notes, report.rows_rejected) == ([], [], 0)
    for record in report.loaded:
        wanted = "*" if record.scope != "btp" else "total_recorded_crime"
        assert wanted in covered(record), record.file
        assert all(part.period_start >= date(2016, 7, 1) for part in record.coverage)
