"""What a whole night leaves behind: who may read it, and that no record's content is in it.

The inbox holds made-up records with a canary, a word that is nowhere else, in every place where a
supplier can put something personal: references, rejected lines, headings, notes, free columns.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.landing.sources.force.conftest import MAPPED_CRIMES
from tests.run_in_process import nightly_in_process

PROJECT = Path(__file__).resolve().parents[2]
CANARY = "Quetzalcoatlus"
PLACE_OF_A_CRIME = (-1.987654, 52.123457)
HEX_DIGEST = re.compile(r"[0-9a-f]{64}")
# A heading and an area as written are kept beside the load, privately, to be asked after.
HEADING, AREA = "Archaeopteryx", "Plesiosaurus"
# Where a line may stand as it was sent: the inbox itself, and private copies of what was refused.
MAY_HOLD_LINES = ("raw", "quarantine", "warehouse/landing/rejects")

FORCE_HEADINGS = (
    "Crime Number,HO Code,Date Recorded,Local Authority,LSOA Code,Easting,Northing,Status,"
    f"Team {HEADING}"
)
FORCE_MAPPING = f"{MAPPED_CRIMES}  outcome: {{column: Status, cancelled: [No crime]}}\n"
POLICE_UK_HEADINGS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)


AS_AT = "2025-10-06"
# Where records themselves lie, hashed: the landing, and the databases that are built from it.
MAY_HOLD_KEYS = (
    *("raw", "warehouse/landing", "warehouse/warehouse.duckdb"),
    f"warehouse/as_at/{AS_AT}/warehouse.duckdb",
)


@dataclass(frozen=True)
class Night:
    """The data folder after the night, what the night said, and whether dbt itself built it."""

    data: Path
    said: str
    by_dbt: bool

    def files(self, *folders: str) -> Iterator[Path]:
        for folder in folders or (".",):
            yield from (p for p in (self.data / folder).rglob("*") if p.is_file())


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("without dbt", marks=pytest.mark.long),
        pytest.param("whole", marks=pytest.mark.slow),
    ],
)
def night(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    planned_by_prefect: tuple[Path, float, str],
) -> Night:
    by_dbt = request.param == "whole"
    root = tmp_path_factory.mktemp("canary")
    data = root / "data"
    _fill_inbox(data / "raw")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CSP_", "PREFECT_"))}
    own = {"XDG_CONFIG_HOME": str(root / "config"), "COLUMNS": "200"}
    # everybody may read what is written, if the run itself does not say otherwise
    before = os.umask(0o002)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_CONFIG_HOME", own["XDG_CONFIG_HOME"])
            first = nightly_in_process("--data", str(data), columns=200, pages=True)
    finally:
        os.umask(before)
    # The second is a process of its own, as at a day before the last extract. It says all that
    # Prefect has to say: at DEBUG, and into its own database.
    home = data / "warehouse" / "prefect"
    home.mkdir(mode=0o700)
    shutil.copy(planned_by_prefect[0], home / "prefect.db")
    module = "flows.command" if by_dbt else "tests.run_without_dbt"
    loud = {"PREFECT_LOGGING_LEVEL": "DEBUG", "PREFECT_LOGGING_TO_API_ENABLED": "true"}
    # The last lines are for a server that has ended: Prefect would try again for a minute.
    loud["PREFECT_CLIENT_MAX_RETRIES"] = "0"
    second = subprocess.run(
        [sys.executable, "-m", module, "nightly", "--data", str(data), "--as-at", AS_AT],
        env=environment | own | loud,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
        umask=0o002,
    )
    for done in (first, second):
        assert done.returncode == 0, done.stdout + done.stderr
    said = first.stdout + first.stderr + second.stdout + second.stderr
    return Night(data, said, by_dbt)


def _fill_inbox(raw: Path) -> None:
    force = [
        f"{CANARY}/UP/{n},8N,{1 + n % 28:02d}/07/2025 13:05,Dudley,E01009862,394123,290456,Open,"
        f"{CANARY}"
        for n in range(150)
    ]
    _put(raw, "force_extract/mappings/west-midlands.yml", FORCE_MAPPING)
    _put(
        raw,
        "force_extract/2025-10-03/west-midlands-2025-09.csv",
        FORCE_HEADINGS,
        *force,
        f"X/1,8N,not a day {CANARY},Dudley,E01009862,1,2,Open,",
    )
    _put(
        raw,
        "force_extract/2025-10-04/west-midlands-2025-10.csv",
        FORCE_HEADINGS.replace("Status", f"Victim Name {CANARY}"),
        f"{CANARY},8N,01/08/2025,Dudley,E01009862,394123,290456,{CANARY},",
    )
    _put(
        raw,
        "marac/2025-10-05/case-list-2025-04_to_2025-06.csv",
        "area,victim key,perpetrator keys,referral date,discussed date,referring agency,"
        "any abuse,potentially criminal",
        *(
            f"Dudley,{CANARY}-V{n},{CANARY}-P{n},2025-0{4 + n % 3}-04,2025-0{4 + n % 3}-18,"
            "Police,yes,no"
            for n in range(150)
        ),
        f"Dudley,{CANARY},P-1,{CANARY},2025-05-18,Police,yes,no",
    )
    _put(
        raw,
        "asb/2025-10-05/asb.csv",
        "record type,area,date,category,youth,count,ward,lsoa,reference,caller key,location key",
        *(
            f"incident,Dudley,2025-07-{n:02d},nuisance,yes,,W1,E01009862,{CANARY}-{n},"
            f"{CANARY}-C{n % 3},{CANARY}-U{n % 5}"
            for n in range(1, 28)
        ),
    )
    _put(
        raw,
        "partner_returns/2025-10-05/dudley.csv",
        "area,indicator,period_start,period_end,numerator,denominator,source_document,note",
        *(
            f"Dudley,{indicator},{year}-0{month}-01,{year}-0{month}-30,86,,Report,{CANARY}"
            for indicator in ("hate_crime", "robbery", "shoplifting", "knife_crime", "public_order")
            for year in range(2010, 2025)
            for month in (4, 6)
        ),
        f"Dudley,hate_crime,2025-07-01,2025-09-30,{CANARY},,Report,",
        f"{AREA},hate_crime,2025-07-01,2025-09-30,12,,Report,",
    )
    longitude, latitude = PLACE_OF_A_CRIME
    _put(
        raw,
        "police_uk/2025-10-05/2025-07/2025-07-west-midlands-street.csv",
        POLICE_UK_HEADINGS,
        *(
            f"{n:064x},2025-07,West Midlands Police,West Midlands Police,{longitude},{latitude},"
            "On or near High Street,E01009862,Dudley 001A,Burglary,Under investigation,"
            for n in range(10**70, 10**70 + 40)
        ),
    )


def _put(raw: Path, place: str, *lines: str) -> None:
    path = raw / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Seen:
    """What was looked for and is in a file: words in any case, and whatever looks like a hash."""

    words: frozenset[str]
    digests: frozenset[str]
    digests_in_tables: frozenset[str]


def _texts(path: Path, connection: duckdb.DuckDBPyConnection, unpacked: Path) -> Iterator[str]:
    """Everything readable in a file: its bytes, and what a database or Parquet file unpacks to."""
    yield path.read_bytes().decode("latin-1")
    if path.suffix == ".parquet":
        connection.execute(f"copy (from read_parquet('{path}')) to '{unpacked}'")
        yield unpacked.read_text(encoding="utf-8")
    if path.suffix == ".duckdb":
        connection.execute(f"attach '{path}' as other (read_only)")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'other'"
        ).fetchall()
        for schema, table in tables:
            connection.execute(f'copy (from other."{schema}"."{table}") to \'{unpacked}\'')
            yield unpacked.read_text(encoding="utf-8")
        connection.execute("detach other")


@pytest.fixture(scope="module")
def seen(night: Night, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Seen]:
    """What is in each file of the night, read once for all tests."""
    words = [
        CANARY,
        HEADING,
        AREA,
        _secret(night),
        *(f"{number:.6f}" for number in PLACE_OF_A_CRIME),
    ]
    found = {}
    unpacked = tmp_path_factory.mktemp("unpacked") / "table.csv"
    connection = duckdb.connect()
    for path in night.files():
        words_here: set[str] = set()
        digests: list[set[str]] = []
        for text in _texts(path, connection, unpacked):
            lowered = text.lower()
            words_here |= {word for word in words if word.lower() in lowered}
            digests.append(set(HEX_DIGEST.findall(text)))
        found[path] = Seen(
            frozenset(words_here),
            frozenset().union(*digests),
            frozenset().union(*digests[1:]),
        )
    connection.close()
    return found


def _secret(night: Night) -> str:
    (key,) = (night.data.parent / "config").rglob("hash.key")
    return key.read_text().strip()


def test_the_night_read_what_carries_canaries(night: Night, seen: dict[Path, Seen]) -> None:
    rejects = [p for p in night.files("warehouse/landing/rejects") if "_schema" not in p.name]
    assert any(CANARY in seen[path].words for path in rejects)
    landed = night.data / "warehouse" / "landing"
    for dataset in ("force_extract", "marac_cases", "asb_records", "police_uk_street"):
        assert list((landed / dataset).glob("[!_]*.parquet")), dataset


def test_no_canary_leaves_the_private_copies(night: Night, seen: dict[Path, Seen]) -> None:
    allowed = tuple(night.data / place for place in MAY_HOLD_LINES)
    kept = (
        *allowed,
        night.data / "warehouse" / "landing",
        night.data / "warehouse/warehouse.duckdb",
        night.data / "warehouse/as_at" / AS_AT / "warehouse.duckdb",
    )
    # the warning of an unknown area names its word and line, for the owner of the folder alone
    told = (
        *kept,
        night.data / "warehouse" / "checks",
        night.data / "warehouse" / "as_at" / AS_AT / "checks",
        night.data / "warehouse" / "state",
        night.data / "reports" / "checks",
    )
    found = [
        (word, str(path.relative_to(night.data)))
        for path, here in seen.items()
        for word, places in ((CANARY, allowed), (HEADING, kept), (AREA, told))
        if word in here.words and not any(path.is_relative_to(p) for p in places)
    ]
    assert found == []
    # the analyst is told the headings that are not read and the areas that are not known, and
    # nothing else of what a file holds
    assert HEADING in night.said
    assert AREA in night.said
    assert CANARY.lower() not in night.said.lower()


def test_no_reference_and_no_coordinate_is_published(night: Night, seen: dict[Path, Seen]) -> None:
    landed = night.data / "warehouse" / "landing"
    hashes: set[str] = set()
    for path in landed.rglob("*.parquet"):
        if path.parent.name in {"loads", "catalog", "deliveries", "rejects", "profiles"}:
            continue
        hashes |= seen[path].digests_in_tables
    load_ids = {path.stem for path in (landed / "loads").glob("*.json")}
    hashes -= load_ids
    assert len(hashes) > 60  # references of crimes and incidents, keys of people and places
    coordinates = {f"{number:.6f}" for number in PLACE_OF_A_CRIME}
    published = list(night.files("published", "reports"))
    databases = [path for path in published if path.suffix == ".duckdb" and not path.is_symlink()]
    assert {"as_at" in path.parts for path in databases} == {True, False}
    logs = list(night.files("warehouse/logs", "warehouse/prefect", "warehouse/dbt/logs"))
    assert any(path.name == "prefect.db" for path in logs)
    others = [
        path
        for path in night.files()
        if not any(path.is_relative_to(night.data / place) for place in MAY_HOLD_KEYS)
    ]
    assert set(published) | set(logs) <= set(others)
    assert not hashes & set(HEX_DIGEST.findall(night.said))
    for path in others:
        assert not hashes & seen[path].digests, path
        assert not coordinates & seen[path].words, path


def test_no_published_column_could_hold_a_record(night: Night) -> None:
    database = night.data / "published" / "community_safety.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
    told = re.compile(r"longitude|latitude|easting|northing|_key$|reference|crime_id|_row_number")
    assert [column for column in columns if told.search(column[1])] == []


def test_only_the_owner_reads_warehouse_and_quarantine(night: Night) -> None:
    assert (night.data / "reports" / "checks" / "index.html").is_file()
    by_dbt = night.data / "warehouse" / "as_at" / AS_AT / "dbt" / "logs"
    assert by_dbt.is_dir() == night.by_dbt
    open_to_others = [
        f"{oct(stat.S_IMODE(path.stat().st_mode))} {path.relative_to(night.data)}"
        for place in ("warehouse", "quarantine", "reports/checks")
        for path in [night.data / place, *(night.data / place).rglob("*")]
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    assert open_to_others == []


def test_what_dbt_writes_has_no_reference_and_only_the_owner_reads_it(sample_night: Path) -> None:
    """Those of the run on the sample: a run of dbt on the canaries themselves is slow."""
    landing = sample_night / "warehouse" / "landing"
    with duckdb.connect() as connection:
        references = {
            reference
            for (reference,) in connection.execute(
                f"select crime_id from '{landing}/police_uk_street/*.parquet' "
                "where crime_id is not null"
            ).fetchall()
        }
    assert len(references) > 10_000
    assert all(HEX_DIGEST.fullmatch(reference) for reference in references)
    written = [path for path in (sample_night / "warehouse" / "dbt").rglob("*") if path.is_file()]
    assert {"manifest.json", "run_results.json", "dbt.log"} <= {path.name for path in written}
    for path in written:
        assert not references & set(HEX_DIGEST.findall(path.read_bytes().decode("latin-1"))), path
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


def test_the_hash_key_is_outside_the_data_folder_and_nowhere_in_it(
    night: Night, seen: dict[Path, Seen]
) -> None:
    keys = list((night.data.parent / "config").rglob("hash.key"))
    assert [stat.S_IMODE(key.stat().st_mode) for key in keys] == [0o600]
    secret = _secret(night)
    assert len(secret) >= 32
    assert [path for path, here in seen.items() if secret in here.words] == []
    assert secret not in night.said


def test_restricted_rows_are_not_counted_in_the_coverage(night: Night) -> None:
    with duckdb.connect(str(night.data / "published" / "community_safety.duckdb")) as connection:
        counted = connection.execute(
            "select distinct source from rpt_coverage where rows_loaded is not null"
        ).fetchall()
    assert counted == [("police_uk",)]


def test_the_manifest_counts_no_restricted_rows_and_gives_no_hash_to_try(night: Night) -> None:
    for manifest in ("published/manifest.json", f"published/as_at/{AS_AT}/manifest.json"):
        loads = json.loads((night.data / manifest).read_text(encoding="utf-8"))["loads"]
        told = {load["source"]: (load["load_id"], load["rows"]) for load in loads}
        assert len(told) > 3
        restricted = {source: said for source, said in told.items() if source != "police_uk"}
        assert set(restricted.values()) == {(None, None)}, manifest
        assert None not in told["police_uk"]


def test_checks_of_restricted_sources_are_published_without_what_they_saw(night: Night) -> None:
    with duckdb.connect(str(night.data / "published" / "community_safety.duckdb")) as connection:
        rows = connection.execute(
            "select subject, observed, unexpected_count from rpt_checks where stage = 'source'"
        ).fetchall()
    kept = [row for row in rows if row[0] != "police_uk"]
    assert len(kept) > 10
    assert {row[1:] for row in kept} == {("kept private", None)}


def test_what_a_night_spills_to_disk_stays_in_private_folders(night: Night) -> None:
    """In memory DuckDB would spill into the folder that a night happens to be started in."""
    rooms = (PROJECT / "flows").rglob("*.py")
    bare = [
        str(path.relative_to(PROJECT))
        for path in rooms
        if "attach_landing(" in (text := path.read_text("utf-8")) and "duckdb.connect()" in text
    ]
    assert bare == []
