"""No crime or incident counts twice, no matter who sends it and how they spell the area.

A force's own extract and one partnership's, incidents under two spellings of one area, and counts
with the months across; every record is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.landing.sources.rules.hash_key import forget_keys
from flows.settings import Settings
from tests.built_without_dbt import build_without_dbt
from tests.dbt_project.test_generic_tests import rendered

MAPPING = """\
force: west-midlands
{more}columns:
  crime_reference: Ref
  offence_code: Code
  recorded_date: Recorded
  csp: Area
"""
ASB = "record type,area,date,category\n"
DUDLEY, WALSALL, FORCE = "E22000337", "E22000340", "E23000014"
COVENTRY, SOLIHULL = "E22000336", "E22000339"
UNKNOWN = f"{FORCE}_unknown"


def crimes(area: str, month: str, count: int, start: int = 0) -> list[str]:
    return [f"{area[:2]}{month}{n},8N,{month}-10,{area}" for n in range(start, start + count)]


def incidents(area: str, month: str, count: int) -> str:
    return "".join(f"incident,{area},{month}-{n + 1:02d},nuisance\n" for n in range(count))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFolder]:
    root = tmp_path_factory.mktemp("once")
    found = DataFolder(root / "data")

    def put(place: str, text: str) -> None:
        path = found.raw / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def extract(day: str, area: str, rows: list[str]) -> None:
        more = f"area: {area}\n" if area else ""
        put(f"force_extract/mappings/west-midlands.{day}.yml", MAPPING.format(more=more))
        text = "\n".join(["Ref,Code,Recorded,Area", *rows]) + "\n"
        put(f"force_extract/{day}/west-midlands.csv", text)

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CONFIG_HOME", str(root / "config"))
        forget_keys()
        put("force_extract/mappings/west-midlands.yml", MAPPING.format(more=""))
        put(
            "force_extract/mappings/west-midlands-dudley.yml", MAPPING.format(more="area: Dudley\n")
        )
        # the force: June and July; Dudley's own, newer: July alone, one crime more, and one beyond
        # its bounds; Dudley's own, older: June, two crimes more than the newer one of the force
        extract(
            "2025-08-02",
            "",
            crimes("Dudley", "2025-06", 3)
            + crimes("Walsall", "2025-06", 2)
            + crimes("Dudley", "2025-07", 4)
            + crimes("Walsall", "2025-07", 5)
            + crimes("", "2025-07", 1)
            + crimes("Coventry", "2025-06", 1)
            + crimes("Solihull", "2025-07", 1),
        )
        extract(
            "2025-09-02",
            "Dudley",
            crimes("Dudley", "2025-07", 5) + crimes("Walsall", "2025-07", 1),
        )
        extract("2025-07-02", "Dudley", crimes("Dudley", "2025-06", 5))
        # one area under its name, its code and its authority's code
        put("asb/2025-08-01/first.csv", ASB + incidents("Dudley", "2025-06", 4))
        put("asb/2025-09-01/second.csv", ASB + incidents("E22000337", "2025-06", 6))
        put("asb/2025-07-15/third.csv", ASB + incidents("E08000027", "2025-06", 9))
        put(
            "force_counts/2025-08-01/wide.csv",
            "area,indicator,2025-06,2025-07\nDudley,knife_crime,2,3\nWalsall,knife_crime,1,0\n",
        )
        report = land_inbox(found)
        assert report.quarantined == []
        yield found
    forget_keys()


Counts = dict[tuple[str, str], int]

IN_FORCE = """
select area_code, strftime(period_start, '%Y-%m'), numerator
from intermediate.int_counted_observations
where source = ? and indicator_id = ? and numerator > 0
"""
NEWEST_VINTAGE = """
select area_code, strftime(period_start, '%Y-%m'), max_by(numerator, extract_date)
from intermediate.int_record_vintages
where source = ? and indicator_id = ? and is_supplied
group by all
having max_by(numerator, extract_date) > 0
"""


def build(folder: DataFolder, as_at: date | None = None) -> None:
    write_catalog(folder, as_at)
    build_without_dbt(
        folder,
        Settings(),
        select=["+int_counted_observations", "+int_record_vintages", "+stg_force_counts__counts"],
    )


def counts(folder: DataFolder, query: str, source: str, indicator: str) -> Counts:
    """Give the counts that are not zero, by area and month."""
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        rows = connection.execute(query, [source, indicator]).fetchall()
    return {(area, month): int(number) for area, month, number in rows}


@pytest.fixture(scope="module")
def built(folder: DataFolder) -> DataFolder:
    """The build of today; the tests that look at an earlier day come last."""
    build(folder)
    return folder


def test_a_partnerships_own_extract_takes_the_place_of_the_forces_where_it_is_newer(
    built: DataFolder,
) -> None:
    expected = {
        (DUDLEY, "2025-06"): 3,  # the force's is newer
        (WALSALL, "2025-06"): 2,
        (COVENTRY, "2025-06"): 1,
        (FORCE, "2025-06"): 6,
        (DUDLEY, "2025-07"): 5,  # its own is newer: neither 4 nor 9
        (WALSALL, "2025-07"): 5,  # the force's alone speaks for Walsall
        (UNKNOWN, "2025-07"): 1,
        (SOLIHULL, "2025-07"): 1,
        (FORCE, "2025-07"): 11,  # the force's total is the force's own
    }
    for query in (IN_FORCE, NEWEST_VINTAGE):
        assert counts(built, query, "force_extract", "total_recorded_crime") == expected


def test_two_spellings_of_an_area_are_one_area(built: DataFolder) -> None:
    for query in (IN_FORCE, NEWEST_VINTAGE):
        assert counts(built, query, "asb", "asb_incidents") == {(DUDLEY, "2025-06"): 6}


def test_counts_with_the_months_across_pass_the_test_of_their_key(
    built: DataFolder,
) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        rows = connection.execute("from staging.stg_force_counts__counts").fetchall()
        key = ["load_id", "row_number", "month"]
        sql = rendered("unique_combination", model="staging.stg_force_counts__counts", columns=key)
        assert connection.execute(sql).fetchall() == []
    assert len(rows) == 4


def test_as_at_an_earlier_day_the_earlier_extracts_speak(folder: DataFolder) -> None:
    build(folder, date(2025, 8, 20))
    assert counts(folder, IN_FORCE, "asb", "asb_incidents") == {(DUDLEY, "2025-06"): 4}
    crimes_then = counts(folder, IN_FORCE, "force_extract", "total_recorded_crime")
    assert crimes_then[DUDLEY, "2025-07"] == 4
    assert crimes_then[DUDLEY, "2025-06"] == 3


def test_two_files_of_one_date_clash_whatever_they_call_the_area(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    inbox = folder.raw / "asb" / "2025-08-01"
    inbox.mkdir(parents=True)
    (inbox / "one.csv").write_text(ASB + incidents("Dudley", "2025-06", 4))
    (inbox / "two.csv").write_text(ASB + incidents("E22000337", "2025-06", 6))
    targets = folder.raw / "targets" / "2025-08-01"
    targets.mkdir(parents=True)
    heading = "area,indicator,period_type,period_end,target_value\n"
    (targets / "one.csv").write_text(f"{heading}Dudley,robbery,month,2025-06-30,10\n")
    (targets / "two.csv").write_text(f"{heading}E08000027,robbery,month,2025-06-30,11\n")
    refused = land_inbox(folder).quarantined
    assert [one.file.partition("/")[0] for one in refused] == ["asb", "targets"]
    assert all("disagrees with" in one.reason for one in refused)


def test_two_spellings_in_one_file_state_a_figure_twice(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    inbox = folder.raw / "targets" / "2025-08-01"
    inbox.mkdir(parents=True)
    (inbox / "one.csv").write_text(
        "area,indicator,period_type,period_end,target_value\n"
        "Dudley,robbery,month,2025-06-30,10\n"
        "E22000337,robbery,month,2025-06-30,10\n"
    )
    report = land_inbox(folder)
    assert (report.rows_loaded, report.rows_rejected) == (1, 1)
