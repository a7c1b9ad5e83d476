"""What a broken extract, mapping or file of counts gets, beyond `tests/landing/malformed`."""

from __future__ import annotations

import pytest

from flows.landing import land_inbox

from .conftest import HEADINGS, MAPPING, PLACE, ForceInbox, extract, row, workbook

GOOD = extract(row())
XLSX = PLACE.replace(".csv", ".xlsx")

# name -> place, bytes, words of the reason
BROKEN: dict[str, tuple[str, bytes, list[str]]] = {
    "heading missing": (PLACE, GOOD.replace(b"HO Code", b"Code"), ["HO Code", "missing"]),
    "heading renamed": (
        PLACE,
        GOOD.replace(b"HO Code", b"Home Office Code"),
        ["mappings/west-midlands.2025-10-03.yml", "csp check-mapping FILE"],
    ),
    "heading renamed in a workbook": (
        XLSX,
        workbook({"a": [HEADINGS.replace("HO Code", "Home Office Code").split(","), ["x"]]}),
        ["lacks HO Code", "mappings/west-midlands.2025-10-03.yml"],
    ),
    "heading twice": (PLACE, GOOD.replace(b"Team", b"HO Code"), ["HO Code", "stands twice"]),
    "workbook without the table": (XLSX, workbook({"a": [["x"]]}), ["no table", "'a'"]),
    "no row readable": (
        PLACE,
        extract(row(Date_Recorded="soon"), row(Date_Recorded="2025-31-01")),
        ["none of the 2 lines", "Date Recorded"],
    ),
    "all after the extract": (PLACE, extract(row(Date_Recorded="2025-12-01")), ["2025-10-03"]),
    "header alone": (PLACE, extract(), ["headings and no rows"]),
    "unknown ending": (PLACE.replace(".csv", ".txt"), GOOD, ["name", "CSV or XLSX"]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_extract_is_refused_and_not_copied(force_inbox: ForceInbox, case: str) -> None:
    place, data, said = BROKEN[case]
    force_inbox.put(place, data)
    force_inbox.put(PLACE.replace("-2025-09", "-good").replace("10-03", "10-04"), GOOD + b"\r\n")
    report = land_inbox(force_inbox.folder)
    assert report.rows_loaded == 1
    (refused,) = report.quarantined
    for words in [place, "Expected: ", "Next: ", *said]:
        assert words in refused.reason
    assert "MADE/UP" not in refused.reason
    kept = [p.name for p in force_inbox.folder.quarantine.rglob("*") if p.is_file()]
    assert all(name.endswith((".reason.txt", ".rejects.csv")) for name in kept)
    assert kept


MAPPINGS = {
    "no yaml": ("columns: [", ["no YAML"]),
    "a list": ("- a", ["it is no mapping"]),
    "unknown entry": (MAPPING + "colour: red", ["unknown entry 'colour'"]),
    "unknown column": (MAPPING + "  shoe_size: Team", ["unknown column 'shoe_size'"]),
    "a key twice": (MAPPING + "  csp: Team", ["'csp' stands twice"]),
    "unknown force": (MAPPING.replace("west-midlands", "narnia"), ["police_forces.csv"]),
    "another force": (MAPPING.replace("west-midlands", "kent"), ["the force of its name"]),
    "no date": (MAPPING.replace("  recorded_date: Date Recorded\n", ""), ["recorded_date"]),
    "no place": (
        MAPPING.replace("  csp: Local Authority\n", "").replace("  lsoa_code: LSOA Code\n", ""),
        ["in which partnership"],
    ),
    "marker without yes": (MAPPING + "  gang: Team", ["gang: yes is missing"]),
    "word under both": (MAPPING + "  gang: {column: Team, yes: [A], no: [a]}", ["yes and no"]),
    "empty heading": (MAPPING + "  ward: ''", ["ward: column is missing"]),
    "window of days": (MAPPING + "window: {from: 2025-04-15}", ["whole months"]),
    "window backwards": (MAPPING + "window: {from: 2025-04, to: 2025-03}", ["window"]),
    "unknown area": (MAPPING + "area: Narnia", ["no partnership"]),
}


@pytest.mark.parametrize("case", MAPPINGS)
def test_broken_mapping_is_told_and_its_mending_noticed(force_inbox: ForceInbox, case: str) -> None:
    text, said = MAPPINGS[case]
    force_inbox.map(text)
    force_inbox.put(PLACE, GOOD)
    (refused,) = land_inbox(force_inbox.folder).quarantined
    for words in ["west-midlands.yml", "csp check-mapping", *said]:
        assert words in refused.reason
    force_inbox.map()
    assert land_inbox(force_inbox.folder).rows_loaded == 1


COUNTS = "force_counts/2025-10-03/counts.csv"
LONG = "month,area,indicator,count\n"
LINES = {
    "area missing": ("2025-07,,knife_crime,1", "area"),
    "indicator no id": ("2025-07,Dudley,Knife crime,1", "indicator"),
    "month no month": ("soon,Dudley,knife_crime,1", "month"),
    "count missing": ("2025-07,Dudley,knife_crime,", "count"),
    "too few fields": ("2025-07,Dudley", ""),
}


@pytest.mark.parametrize("case", LINES)
def test_broken_count_costs_its_line(force_inbox: ForceInbox, case: str) -> None:
    line, column = LINES[case]
    good = "2025-08,Dudley,knife_crime,3\n"
    force_inbox.put(COUNTS, f"{LONG}{good}{line}\n")
    report = land_inbox(force_inbox.folder)
    assert (report.rows_loaded, report.rows_rejected) == (1, 1)
    (reject,) = force_inbox.rows("rejects")
    assert (reject["line"], reject["column_name"]) == (3, column)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "the file is empty"),
        ("area,indicator\nDudley,knife_crime\n", "month"),
        ("area,indicator,Jul 2025,2025-07\nDudley,knife_crime,1,2\n", "2025-07 stands twice"),
        (HEADINGS, "missing"),
    ],
)
def test_broken_counts_are_refused(force_inbox: ForceInbox, data: str, said: str) -> None:
    force_inbox.put(COUNTS, data)
    (refused,) = land_inbox(force_inbox.folder).quarantined
    assert said in refused.reason
