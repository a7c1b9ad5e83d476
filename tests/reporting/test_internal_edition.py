"""The internal edition: nothing withheld, marked on every page, private, never published."""

from __future__ import annotations

import json
import re
import shutil
import stat
import zipfile
from pathlib import Path
from typing import Any

import docx
import duckdb
import openpyxl
import pytest
from pypdf import PdfReader

from flows import papers
from flows.data_folder import DataFolder
from flows.papers.document import Document
from flows.papers.papers import INTERNAL_ONLY, Asked, lay_out
from flows.papers.published import TABLES, PaperError, opened, period_end_of
from flows.papers.writers import write
from flows.settings import Settings
from flows.warehouse import internal_marts as marts
from tests.conftest import run_csp
from tests.needs import BROWSER

MARKING = "OFFICIAL-SENSITIVE"


def estates(night: Path, *, is_internal: bool) -> Document:
    database = night / "published" / "community_safety.duckdb"
    manifest = database.with_name("manifest.json")
    with opened(database, manifest, is_internal=is_internal) as published:
        asked = Asked(published.area("Dudley"), period_end_of("2017-09"), night / "none")
        return lay_out("estates", published, asked)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_paper_about_places_exists_in_the_internal_edition_only(sample_night: Path) -> None:
    assert "estates" in INTERNAL_ONLY
    with pytest.raises(PaperError, match=r"internal edition only.*--edition internal"):
        estates(sample_night, is_internal=False)


def test_every_page_is_marked_and_only_the_owner_reads(sample_night: Path, tmp_path: Path) -> None:
    document = estates(sample_night, is_internal=True)
    formats = ["html", "docx", "xlsx"] + (["pdf"] if BROWSER else [])
    files = {file.suffix: file for file in write(document, "estates", tmp_path, formats)}
    assert {mode(file) for file in files.values()} == {0o600}
    assert all(file.stem.endswith(MARKING) for file in files.values())

    page = files[".html"].read_text("utf-8")
    assert f'<p class="marking">{MARKING}</p>' in page
    assert f'@top-center {{ content: "{MARKING}' in page

    word = docx.Document(str(files[".docx"]))
    for section in word.sections:
        assert MARKING in "".join(line.text for line in section.header.paragraphs)

    with zipfile.ZipFile(files[".xlsx"]) as workbook:
        sheets = [name for name in workbook.namelist() if name.startswith("xl/worksheets/sheet")]
        headed = [name for name in sheets if MARKING.encode() in workbook.read(name)]
    assert headed == sheets
    book = openpyxl.load_workbook(files[".xlsx"])
    assert {sheet.oddHeader.center.text.endswith(MARKING) for sheet in book} == {True}

    if ".pdf" in files:
        for page_of_pdf in PdfReader(files[".pdf"]).pages:
            assert MARKING in page_of_pdf.extract_text()


def test_a_public_paper_keeps_its_name_and_mode(sample_night: Path, tmp_path: Path) -> None:
    database = sample_night / "published" / "community_safety.duckdb"
    with opened(database, database.with_name("manifest.json")) as published:
        asked = Asked(published.area("Dudley"), period_end_of("2017-09"), tmp_path)
        [file] = write(lay_out("board", published, asked), "board", tmp_path, ["html"])
    assert file.name == "board-dudley-2017-09.html"
    assert MARKING not in file.read_text("utf-8")
    assert mode(file) & 0o044


def test_the_internal_edition_is_never_written_below_published(sample_night: Path) -> None:
    below = sample_night / "published" / "papers"
    done = run_csp(
        *("report", "board", "--area", "Dudley", "--period", "2017-09", "--edition", "internal"),
        *("--output", str(below), "--data", str(sample_night)),
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert "never written below" in " ".join((done.stdout + done.stderr).split())
    assert not below.exists()


def test_an_earlier_publication_has_no_internal_edition(sample_night: Path) -> None:
    done = run_csp(
        *("report", "board", "--area", "Dudley", "--period", "2017-09", "--edition", "internal"),
        *("--publication", "000001", "--data", str(sample_night)),
    )
    assert done.returncode == 2
    assert not (sample_night / "warehouse" / "internal").exists()


def test_the_marts_are_built_with_nothing_withheld_and_kept_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path)
    folder.ensure()
    with duckdb.connect(str(folder.database)) as connection:
        connection.execute("create table rpt_figures as select 1 as value")
        connection.execute("create table fct_no_paper_reads_this as select 1 as value")
        connection.execute("create schema intermediate")
        connection.execute("create table intermediate.records as select 'of a person' as text")
    builds: list[int] = []

    def build(
        own: DataFolder,
        settings: Settings,
        *,
        select: list[str],
        exclude: list[str],
        project_of: DataFolder | None,
    ) -> None:
        builds.append(settings.suppression_threshold)
        assert own.database == folder.internal / "warehouse.duckdb"
        assert mode(own.database) == 0o600
        assert "tag:records" in exclude
        # there was no run whose list of models and whose project could be read
        assert (select, project_of) == ([], None)
        with duckdb.connect(str(own.database)) as connection:
            connection.execute("create or replace table rpt_figures as select 3 as value")

    monkeypatch.setattr(marts, "build_warehouse", build)
    settings = Settings(suppression_threshold=5)
    first = marts.internal_marts(folder, settings, "000001-x")
    assert marts.internal_marts(folder, settings, "000001-x") == first
    assert builds == [1], "one build a publication, in which a count of 1 is not small"
    assert (mode(folder.internal), mode(first)) == (0o700, 0o600)
    assert [path.name for path in folder.internal.iterdir()] == [first.name]
    with duckdb.connect(str(first), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        assert tables == [("rpt_figures",)]
        assert connection.execute("select value from rpt_figures").fetchall() == [(3,)]
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        assert connection.execute("select value from rpt_figures").fetchall() == [(1,)]

    marts.internal_marts(folder, settings, "000002-x")
    assert not first.exists(), "the marts of an earlier publication do not stay"


def test_only_models_between_the_threshold_and_papers_are_built(tmp_path: Path) -> None:
    def model(name: str, code: str, *parents: str) -> dict[str, Any]:
        above = [f"model.community_safety.{one}" for one in parents]
        return {
            "name": name,
            "resource_type": "model",
            "raw_code": code,
            "depends_on": {"nodes": above},
        }

    models = [
        model("int_counts", "select 1"),
        model("int_withheld", "where value < {{ var('suppression_threshold') }}", "int_counts"),
        model("int_ranks", "select 1", "int_counts"),
        model("rpt_figures", "select 1", "int_withheld", "int_ranks"),
        model("fct_no_paper_reads_this", "select 1", "int_withheld"),
    ]
    manifest = tmp_path / "manifest.json"
    nodes = {f"model.community_safety.{one['name']}": one for one in models}
    manifest.write_text(json.dumps({"nodes": nodes}), encoding="utf-8")
    assert marts.models_that_withhold(manifest) == ["int_withheld", "rpt_figures"]
    assert marts.models_that_withhold(tmp_path / "none.json") == []


def test_the_internal_edition_has_every_table_that_papers_read() -> None:
    """The sections of papers name their tables in SQL: those, and no others, are listed."""
    texts = (
        file.read_text(encoding="utf-8") for file in Path(papers.__file__).parent.rglob("*.py")
    )
    named = {
        found
        for text in texts
        for found in re.findall(r"(?:from|join) ((?:dim|fct|rpt)_\w+)", text)
    }
    assert named == set(TABLES)


@pytest.mark.slow
def test_a_withheld_figure_stands_in_the_internal_paper_alone(
    sample_night: Path, tmp_path: Path
) -> None:
    """With a threshold of 100 the 89 repeat cases of Dudley's MARAC are withheld."""
    data = tmp_path / "data"
    shutil.copytree(sample_night / "raw", data / "raw")
    (data / "csp.toml").write_text(
        'home_areas = ["Dudley"]\nsuppression_threshold = 100\n', encoding="utf-8"
    )
    assert run_csp("nightly", "--data", str(data)).returncode == 0
    asked = ("--area", "Dudley", "--period", "2017-09", "--data", str(data))
    texts = {}
    for edition in ("public", "internal"):
        done = run_csp("report", "assessment", *asked, "--edition", edition)
        assert done.returncode == 0, done.stdout + done.stderr
        texts[edition] = Path(done.stdout.strip()).read_text("utf-8")
    assert "89 repeat MARAC cases" in texts["internal"]
    assert "89 repeat MARAC cases" not in texts["public"]
