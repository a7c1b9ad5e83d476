"""A night on the demo: everything that it publishes says synthetic, and real files are refused."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from flows.demo.fill_inbox import fill_inbox
from flows.demo.plan import DemoPlan
from tests.run_in_process import csp_in_process, nightly_in_process

pytestmark = pytest.mark.long

WARNING = "SYNTHETIC DATA, made by csp demo: no figure here is real"


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("demo") / "data"
    fill_inbox(data / "raw", DemoPlan(seed=3, months=3, share=0.02))
    finished = nightly_in_process("--data", str(data))
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert WARNING in finished.stdout
    return data


def test_broken_files_are_put_aside_and_the_others_published(small_demo: Path) -> None:
    reasons = {
        path.relative_to(small_demo / "quarantine").as_posix()
        for path in (small_demo / "quarantine").rglob("*.reason.txt")
    }
    assert reasons == {
        "force_counts/2018-04-09/broken-synthetic-download.xlsx.reason.txt",
        "partner_returns/2018-04-09/wrong-header-synthetic.csv.reason.txt",
    }


def test_the_manifest_says_synthetic_of_all_and_of_each_load(small_demo: Path) -> None:
    manifest = json.loads((small_demo / "published" / "manifest.json").read_text())
    assert manifest["synthetic"] is True
    assert len(manifest["loads"]) > 20
    assert all(load["is_synthetic"] for load in manifest["loads"])
    assert (small_demo / "published" / "current" / "SYNTHETIC.txt").is_file()


def test_every_published_table_and_parquet_file_says_synthetic(small_demo: Path) -> None:
    published = small_demo / "published"
    database = str(published / "community_safety.duckdb")
    with duckdb.connect(database, read_only=True) as connection:
        comments = connection.execute("select table_name, comment from duckdb_tables()").fetchall()
        assert len(comments) > 20
        assert [name for name, comment in comments if "SYNTHETIC DATA" not in comment] == []
        coverage = "select distinct is_synthetic from rpt_coverage"
        assert connection.execute(coverage).fetchall() == [(True,)]
        for name, _ in comments:
            file = published / "parquet" / f"{name}.parquet"
            metadata = connection.execute(
                "select key, value from parquet_kv_metadata(?)", [str(file)]
            ).fetchall()
            assert any(key == b"synthetic" and b"SYNTHETIC" in value for key, value in metadata)


@pytest.mark.parametrize("command", ["scorecard", "status"])
def test_what_a_command_shows_says_synthetic(small_demo: Path, command: str) -> None:
    shown = csp_in_process(command, "--data", str(small_demo))
    assert shown.returncode == 0, shown.stderr
    assert WARNING in shown.stdout


def test_a_real_publication_says_nothing_of_the_kind(sample_night: Path) -> None:
    manifest = json.loads((sample_night / "published" / "manifest.json").read_text())
    assert manifest["synthetic"] is False
    assert not (sample_night / "published" / "current" / "SYNTHETIC.txt").exists()
    assert "SYNTHETIC" not in csp_in_process("scorecard", "--data", str(sample_night)).stdout


def test_a_real_file_beside_the_demo_stops_the_night(small_demo: Path) -> None:
    real = small_demo / "raw" / "breaks" / "2018-05-01" / "breaks.csv"
    real.parent.mkdir(parents=True)
    real.write_text("source,indicator,area,break_date,break_note\nasb,*,*,2018-01-01,A new form\n")
    before = (small_demo / "published" / "current").readlink()
    try:
        night = nightly_in_process("--data", str(small_demo))
    finally:
        real.unlink()
        real.parent.rmdir()
    assert night.returncode == 1
    told = " ".join(night.stdout.split())
    assert "breaks/2018-05-01/breaks.csv" in told
    assert "csp demo --data demo" in told
    assert (small_demo / "published" / "current").readlink() == before


def test_the_audit_contradicts_nothing_in_a_paper_of_it(small_demo: Path, tmp_path: Path) -> None:
    """A force's own extract has indicators of victims, of which the sample has none."""
    data = ("--data", str(small_demo))
    written = csp_in_process(
        "report", "assessment", "--area", "Birmingham", "--period", "2018-03",
        "--output", str(tmp_path), *data,
    )  # fmt: skip
    assert written.returncode == 0, written.stderr
    [paper] = tmp_path.glob("*.html")
    audited = csp_in_process("audit", str(paper), "--json", *data)
    found = json.loads(audited.stdout)
    assert found["counts"]["confirmed"] > 20
    contradicted = [one for one in found["findings"] if one["verdict"] == "contradicted"]
    assert [(one["sentence"], one["claim"], one["reason"]) for one in contradicted] == []
