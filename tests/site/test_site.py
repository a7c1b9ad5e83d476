"""The scorecard site holds what is published, whole, and nothing that leaves it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from flows.child_process import run_module
from flows.data_folder import DataFolder
from flows.publishing.layout import PublishedFolder
from flows.site.process import SiteError, publish_site, ready_site

_NUMBER = re.compile(r"[+\N{MINUS SIGN}-]?\d[\d,]*(?:\.\d+)?")


class _Page(HTMLParser):
    """Links, sources and cells of tables of one page."""

    def __init__(self, html: str):
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.cells: list[str] = []
        self._in_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.ids.add(named.get("id") or "")
        for name in ("href", "src"):
            if named.get(name):
                self.targets.append(str(named[name]))
        if tag == "td":
            self._in_cell = named.get("class") == "number"
            self.cells += [""] if self._in_cell else []

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag != "td"

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.cells[-1] += data


def _figures_of(text: str) -> list[float]:
    return [
        float(found.replace(",", "").replace("\N{MINUS SIGN}", "-"))
        for found in _NUMBER.findall(text)
    ]


def _data(file: Path) -> dict[str, dict[str, list[list[str]]]]:
    found = re.fullmatch(r'figuresArrived\("[^"]+",(.*)\);\n', file.read_text(encoding="utf-8"))
    assert found is not None, file
    periods: dict[str, dict[str, list[list[str]]]] = json.loads(found[1])
    return periods


def test_every_area_and_indicator_with_figures_has_a_page(
    site: Path, published: duckdb.DuckDBPyConnection
) -> None:
    areas = published.execute("select distinct area_code from rpt_figures").fetchall()
    indicators = published.execute("select distinct indicator_id from rpt_figures").fetchall()
    assert len(areas) > 5
    for folder, codes in (("area", areas), ("indicator", indicators)):
        pages = {file.stem for file in (site / folder).glob("*.html")}
        assert pages == {code for (code,) in codes}


def test_links_resolve_and_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for file in site.rglob("*.html"):
        page = _Page(file.read_text(encoding="utf-8"))
        for target in page.targets:
            assert not re.match(r"(?!data:,)[a-z]+:|//", target), (file, target)
            path, _, anchor = target.partition("#")
            if path and path != "data:,":
                assert (file.parent / path).is_file(), (file, target)
            elif anchor:
                assert anchor in page.ids, (file, target)
    text = "".join(
        file.read_text(encoding="utf-8") for file in site.rglob("*") if file.suffix != ".csv"
        if file.is_file()
    )  # fmt: skip
    elsewhere = {
        found for found in re.findall(r"https?://[^\s\"'<)]+", text) if "w3.org" not in found
    }
    assert elsewhere == set()


def _by_hand(figure: float, step: str) -> float:
    """Round as people do, a half away from zero: 9 more than 80 are 11.25%, written 11.3%."""
    return float(Decimal(f"{figure:.9f}").quantize(Decimal(step), ROUND_HALF_UP))


def test_every_number_of_every_table_is_published(
    site: Path, published: duckdb.DuckDBPyConnection
) -> None:
    known: dict[str, set[float]] = {}
    rows = published.execute(
        "select area_code, indicator_id, value, previous_value, change, change_pp, change_pct, "
        "rate, rate_lower, rate_upper, rate_per from rpt_figures"
    ).fetchall()
    for area, indicator, *figures in rows:
        for figure in figures:
            if figure is not None:
                same = {_by_hand(figure, step) for step in ("1", "0.1", "0.01")}
                known.setdefault(area, set()).update(same)
                known.setdefault(indicator, set()).update(same)
    seen = 0
    for folder in ("area", "indicator"):
        for file in (site / folder).glob("*.html"):
            # the tables of figures: those of charts come from other marts
            html = re.sub(r"<figure>.*?</figure>", "", file.read_text(encoding="utf-8"), flags=re.S)
            for cell in _Page(html).cells:
                numbers = _figures_of(cell)
                seen += len(numbers)
                assert set(numbers) <= known[file.stem], (file.name, cell)
    assert seen > 1000


def test_the_switch_has_the_figures_of_the_database(
    site: Path, published: duckdb.DuckDBPyConnection
) -> None:
    [dudley] = [
        code
        for (code,) in published.execute(
            "select area_code from dim_areas where area_name = 'Dudley'"
        ).fetchall()
    ]
    period = _data(site / "data" / "area" / f"{dudley}.js")["ytd-2017-09"]
    [crime] = [row for row in period["rows"] if row[0] == "total_recorded_crime"]
    # the printed scrutiny report of Dudley: 10,545 against 9,096
    assert crime[1:6] == ["Total recorded crime", "10,545", "9,096", "+1,449", "+15.9"]
    sentences = published.execute(
        "select sentence from rpt_figures where area_code = $area and period_end = '2017-09-30' "
        "and period_type = 'ytd'",
        {"area": dudley},
    ).fetchall()
    assert sorted(period["sentences"]) == sorted(sentence for (sentence,) in sentences)


def test_the_first_view_is_light(site: Path) -> None:
    first = sum((site / name).stat().st_size for name in ("index.html", "style.css", "site.js"))
    assert first < 500_000
    for file in site.rglob("*.html"):
        assert file.stat().st_size < 500_000, file


def test_every_page_says_source_licence_and_publication(site: Path) -> None:
    publication = json.loads((site.parent / "manifest.json").read_text())["publication_id"]
    for file in site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert "Open Government Licence v3.0" in html, file
        assert f"Publication {publication}" in html, file
        assert "Source: " in html, file
        assert "SYNTHETIC" not in html, file


def test_a_download_says_what_it_holds_and_reads_as_csv(
    site: Path, published: duckdb.DuckDBPyConnection
) -> None:
    text = (site / "download" / "total_recorded_crime.csv").read_text(encoding="utf-8-sig")
    header = [row[0] for row in csv.reader(io.StringIO(text)) if row[0].startswith("# ")]
    assert [line.split(":")[0] for line in header] == [
        "# Title", "# Source", "# Period", "# Extract date", "# Publication", "# Licence", "# Note",
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(text).readlines()[len(header) :]))
    for row in rows:
        expected = published.execute(
            "select value from rpt_figures where indicator_id = 'total_recorded_crime' and "
            "area_code = $area and period_type = $type and period_end = $end::date",
            {"area": row["area_code"], "type": row["period_type"], "end": row["period_end"]},
        ).fetchone()
        assert expected is not None
        assert float(row["value"]) == expected[0]
    assert len(rows) > 5


def test_a_rollback_brings_its_own_site_back(sample_night: Path, tmp_path: Path) -> None:
    """Two publications, the second without a site: its readers must not see that of the first."""
    copy = tmp_path / "data"
    folder = DataFolder(copy)
    source = (sample_night / "published" / "current").resolve()
    first, second = "000001-20180901T020000Z", "000002-20180902T020000Z"
    for name in (first, second):
        target = folder.published / "versions" / name
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("site", "parquet"))
    layout = PublishedFolder.of(folder)
    layout.make_current(first, "symlink")
    written = tmp_path / "written"
    written.mkdir()
    (written / "index.html").write_text("first")
    layout.add_site(written, first)
    assert (folder.published / "site" / "index.html").read_text() == "first"
    layout.make_current(second, "symlink")
    assert not (folder.published / "site").exists()
    layout.make_current(first, "symlink")
    assert (folder.published / "site" / "index.html").read_text() == "first"


def test_a_site_that_cannot_be_written_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    version = tmp_path / "published" / "versions" / "000001-20180901T020000Z"
    version.mkdir(parents=True)
    broken = SimpleNamespace(folder=version, publication_id=version.name)
    with pytest.raises(SiteError, match=r"was not written.*nothing is published.*Next: "):
        publish_site(DataFolder(tmp_path), broken)  # type: ignore[arg-type]
    assert [path.name for path in version.parent.iterdir()] == [version.name]


def test_the_process_that_writes_a_site_loads_no_pandas(site: Path, tmp_path: Path) -> None:
    publication, written = site.resolve().parent, tmp_path / "site"
    written.mkdir()
    asked = run_module("tests.site.loaded_by_site", *(str(publication), str(written)), seconds=120)
    assert asked.returncode == 0, asked.stderr
    assert (written / "index.html").exists()
    assert not {"numpy", "pandas", "pyarrow", "prefect"} & set(asked.stdout.split())


def test_a_site_is_written_by_the_process_that_waits_for_it(site: Path, tmp_path: Path) -> None:
    publication, written = site.resolve().parent, tmp_path / "site"
    written.mkdir()
    with ready_site() as ready:
        ready.start()
        waiting = ready._process
        assert waiting is not None
        done = ready.write(publication, written)
    assert done.returncode == 0, done.stderr
    assert waiting._process.returncode == 0
    assert (written / "index.html").read_bytes() == (site / "index.html").read_bytes()
