"""The suites of the partnership's own sources: quiet on sound files, each check fails by name."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.registry import suite_of
from flows.checking.frame import load_profile
from flows.checking.landing_tables import attach_landing
from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from tests.judged_profiles import failed_by_source
from tests.landing.malformed.good_files import place, rows, written

DAY = "2025-10-03"
SOUND = {
    "asb": "asb",
    "breaks": "breaks",
    "commentary": "commentary",
    "force_counts": "force_counts",
    "grant": "grant",
    "indicators": "indicators",
    "marac": "marac_return",
    "severity_weights": "severity_weights",
    "targets": "targets",
}
# Faults that landing lets through, one a line: what is changed in it, and the check that tells.
FAULTS: dict[str, list[tuple[dict[str, str], str]]] = {
    "asb": [
        ({"ward": "", "lsoa": ""}, "rows_without_place"),
        ({"date": "2017-04-14"}, "months_missing"),
        ({"area": "Dudly"}, "areas_unknown"),
        ({"area": "West Midlands"}, "areas_of_two_levels"),
    ],
    "breaks": [
        ({"indicator": "joy"}, "indicators_unknown"),
        ({"area": "Dudly"}, "areas_unknown"),
        ({"area": "West Midlands"}, "areas_of_two_levels"),
    ],
    "commentary": [
        ({"area": "Dudly"}, "areas_unknown"),
        ({"area": "West Midlands"}, "areas_of_two_levels"),
    ],
    "case_list": [
        ({"perpetrator keys": ""}, "rows_without_perpetrator"),
        ({"referral date": "2017-02-04", "discussed date": "2017-02-18"}, "months_missing"),
        ({"referral date": "2090-01-01", "discussed date": ""}, "rows_after_extract"),
    ],
    "force_counts": [
        ({"indicator": "joy"}, "indicators_unknown"),
        ({"month": "2025-12"}, "months_not_over"),
        ({"area": "Dudly"}, "areas_unknown"),
        ({"area": "West Midlands"}, "areas_of_two_levels"),
    ],
    "grant": [
        ({"line_type": "total", "allocation": "1", "spend": "1"}, "totals_that_differ"),
        ({"spend": "44001"}, "spend_above_available"),
        ({"area": "Dudly"}, "areas_unknown"),
        ({"area": "West Midlands"}, "areas_of_two_levels"),
    ],
    "indicators": [({"offence_codes": "28E; 998Z"}, "codes_unknown")],
    "marac_return": [
        (
            {
                "quarter": "1955/56 Q1",
                "measure": "repeats",
                "breakdown": "any_abuse",
                "count": "99",
            },
            "repeats_above_cases",
        ),
        ({"area": "Dudly"}, "areas_unknown"),
        ({"area": "West Midlands"}, "areas_of_two_levels"),
    ],
    "severity_weights": [
        ({"offence_code": "999Z"}, "codes_unknown"),
        ({"offence_code": "", "indicator": "joy"}, "indicators_unknown"),
        ({"valid_to": "1999-01-01"}, "validity_backwards"),
    ],
    "targets": [
        ({"indicator": "joy"}, "indicators_unknown"),
        (
            {"indicator": "opiate_completions", "target_value": "101"},
            "largest_percentage",
        ),
        ({"area": "Dudly"}, "areas_unknown"),
        ({"area": "West Midlands"}, "areas_of_two_levels"),
    ],
}
EVERY_LOAD = {
    "rows_loaded",
    "rows_unaccounted",
    "rows_not_landed",
    "rejected_share",
    "rows_rejected",
}


def landed(root: Path, files: dict[str, bytes]) -> DataFolder:
    """Land files by their kind of table."""
    folder = DataFolder(root / "data")
    for kind, data in files.items():
        source, name = place(kind)
        path = folder.raw / source / DAY / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    assert land_inbox(folder).quarantined == []
    write_catalog(folder)
    return folder


def test_every_check_of_its_own_that_a_source_has_fails_here_or_below() -> None:
    for source in SOUND:
        asked = {found.meta["slug"] for found in suite_of("sources", source).expectations}
        told = {
            check
            for kind, faults in FAULTS.items()
            if place(kind)[0] == source
            for _, check in faults
        }
        elsewhere = {"unhashed_keys"}
        assert asked - elsewhere == told | EVERY_LOAD, source


@pytest.mark.parametrize("kind", FAULTS)
def test_each_fault_that_lands_fails_its_check_and_no_other(
    tmp_path: Path, own_key: Path, kind: str
) -> None:
    lines = (
        [one | {"indicator": "", "valid_to": ""} for one in rows(kind)]
        if (kind == "severity_weights")
        else rows(kind)
    )
    if kind == "force_counts":
        # a month that is not over is years from every other where none of its year is beside it
        for at, month in enumerate(("2025-06", "2025-07", "2025-08", "2025-09"), start=1):
            lines[at]["month"] = month
    for at, (change, _) in enumerate(FAULTS[kind], start=7):
        assert change.keys() <= lines[at].keys()
        lines[at] |= change
    folder = landed(tmp_path, {kind: written(lines)})
    assert failed_by_source(folder) == {place(kind)[0]: {check for _, check in FAULTS[kind]}}


CLAWED_BACK = b"""area,period,line_type,budget_line,allocation,spend
Dudley,2025/26 Q1,line,Youth work,80000,20000
Dudley,2025/26 Q1,line,Clawback,-3500,-1500
Dudley,2025/26 Q1,total,Total,76500,18500
Dudley,2025/26 Q2,line,Youth work,,20000
Dudley,2025/26 Q2,line,Levy,-500,0
Dudley,2025/26 Q2,total,Total,76000,20000
"""


def test_what_is_taken_back_and_a_year_not_repeated_are_no_faults(
    tmp_path: Path, own_key: Path
) -> None:
    folder = landed(tmp_path, {"grant": CLAWED_BACK})
    assert failed_by_source(folder) == {"grant": set()}
    whole_year = CLAWED_BACK.replace(b" Q2", b"").replace(b" Q1", b" Q3")
    other = landed(tmp_path / "year", {"grant": whole_year})
    assert failed_by_source(other) == {"grant": {"totals_that_differ"}}


@pytest.mark.parametrize(
    ("line", "total", "differ"),
    [
        ("7000,,1000", "12000,,1000", 0),
        # a penny of spend, and of what was forecast
        ("7000,6500.01,1000", "12000,11500,1000", 1),
        ("7000,6500,1000", "12000,11500,1000", 0),
        ("7001,6500,", "12000,11400,", 2),
        # a spend that is not yet known says nothing of the total's
        ("7000,,1000", "12000,11500,1000", 0),
        # carried forward into one line only: the total's is that, or a mistake
        ("7000,6500,1000", "12000,11500,2000", 1),
        # a line that states no amount of the total's
        ("7000,6500,", "12000,11500,2000", 0),
    ],
)
def test_the_spend_and_carry_forward_of_lines_sum_to_their_total(
    tmp_path: Path, own_key: Path, line: str, total: str, differ: int
) -> None:
    folder = landed(
        tmp_path,
        {
            "grant": "area,period,line_type,budget_line,allocation,spend,carry_forward_in\n"
            "Dudley,2025/26,line,Youth work,5000,5000,\n"
            f"Dudley,2025/26,line,Mentoring,{line}\n"
            f"Dudley,2025/26,total,Total,{total}\n".encode()
        },
    )
    with duckdb.connect() as connection:
        attach_landing(connection, folder, None)
        assert load_profile(connection, "grant")["totals_that_differ"].tolist() == [differ]


def test_a_load_that_is_not_whole_is_told(tmp_path: Path, own_key: Path) -> None:
    folder = landed(tmp_path, {kind: written(rows(kind)) for kind in SOUND.values()})
    count = len(rows("grant"))

    def found(**counts: int) -> set[str]:
        """Write these counts into the load records, as no landing would; what all sources fail."""
        for path in (folder.landing / "loads").glob("[!.]*.json"):
            path.write_text(json.dumps(json.loads(path.read_text()) | counts))
        write_catalog(folder)
        by_source = failed_by_source(folder)
        assert by_source.keys() == SOUND.keys()
        first = by_source["asb"]
        assert all(checks == first for checks in by_source.values()), by_source
        return first

    assert found() == set()
    assert found(rows_read=count + 1) == {"rows_unaccounted"}
    assert found(rows_read=count + 1, rows_rejected=1) == {"rows_rejected"}
    assert found(rows_read=count + 30, rows_rejected=30) == {"rows_rejected", "rejected_share"}
    assert found(rows_read=count + 1, rows_loaded=count + 1, rows_rejected=0) == {"rows_not_landed"}
    assert found(rows_read=0, rows_loaded=0) == {"rows_loaded", "rows_not_landed"}


@pytest.mark.parametrize(
    ("kind", "dataset", "columns"),
    [
        ("asb", "asb_records", ("reference", "caller_key", "location_key")),
        ("case_list", "marac_cases", ("victim_key", "perpetrator_keys")),
    ],
)
def test_a_key_that_is_no_hash_is_told(
    tmp_path: Path, own_key: Path, kind: str, dataset: str, columns: tuple[str, ...]
) -> None:
    folder = landed(tmp_path, {kind: written(rows(kind))})
    (path,) = (folder.landing / dataset).glob("[!_]*.parquet")
    table = pq.read_table(path, partitioning=None)
    for column in columns:
        words = pa.array(["V-0012", *table[column].to_pylist()[1:]], pa.string())
        at = table.column_names.index(column)
        pq.write_table(table.set_column(at, column, words), path)
        assert failed_by_source(folder) == {place(kind)[0]: {"unhashed_keys"}}, column
