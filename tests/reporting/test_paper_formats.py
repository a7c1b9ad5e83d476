"""A paper as Word document, workbook and PDF: native parts, the same figures, the same bytes."""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from flows.papers.document import Bullets, Chart, Column, Document, Heading, Paragraph, Table
from flows.papers.papers import Asked, lay_out
from flows.papers.published import PaperError, opened, period_end_of
from flows.papers.writers.docx import as_docx
from flows.papers.writers.html import as_html
from flows.papers.writers.pdf import as_pdf
from flows.papers.writers.xlsx import as_xlsx
from tests.conftest import run_csp
from tests.needs import needs_browser

_BARS = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "data": {"values": [{"a": "x", "b": 1}]},
    "mark": "bar",
    "encoding": {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}},
}
_TABLE = Table(
    "Robberies",
    (Column("Month"), Column("Figure", "number"), Column("Change", "number", 1, signed=True)),
    [("July", 1234, -2.5), ("August", None, None), ("September", "withheld", 0.0)] * 30,
    note="A note & more.",
    sheet="Robberies: by month [all of them, every one]",
)


def _document(**more: object) -> Document:
    document = Document(
        title="Strategic assessment: Stoke & <Trent>",
        subtitle="Periods up to 31 July 2018",
        area_name="Stoke",
        period_label="2018-07",
        publication_id="000007-20180801T020000Z",
        extract_dates="1 August 2018",
        **more,  # type: ignore[arg-type]
    )
    chart = Chart("Robbery rose", "By month", "Bar chart of one bar.", "Source: X.", _BARS, _BARS)
    document.add(
        Heading("Headlines"),
        Paragraph("The lead.", "lead"),
        Bullets(["one", "two"]),
        _TABLE,
        Heading("Themes"),
        Heading("Robbery", 2),
        chart,
        Heading("Money"),
        Paragraph("No grant lines have been supplied.", "gap"),
    )
    return document


def _opened(content: bytes, folder: Path) -> docx.document.Document:
    file = folder / "paper.docx"
    file.write_bytes(content)
    return docx.Document(str(file))


def test_a_word_paper_has_native_parts(tmp_path: Path) -> None:
    word = _opened(as_docx(_document()), tmp_path)
    headings = [p.text for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert headings == ["Headlines", "Themes", "Robbery", "Money"]
    (table,) = word.tables
    header = table.rows[0]._tr.trPr.find(qn("w:tblHeader"))
    assert header is not None
    assert header.get(qn("w:val")) == "true"
    assert table.cell(1, 1).text == "1,234"
    (shape,) = word.inline_shapes
    assert shape._inline.docPr.get("descr") == "Bar chart of one bar."
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    assert [p.text for p in captions] == ["Table 1: Robberies", "Figure 1: Robbery rose"]
    xml = word.element.xml
    assert "SEQ Table" in xml
    assert "SEQ Figure" in xml
    assert 'TOC \\o "1-2"' in xml
    bookmarks = re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    assert re.findall(r'w:hyperlink [^>]*w:anchor="([^"]+)"', xml) == bookmarks
    assert "NUMPAGES" in word.sections[0].footer._element.xml


def test_no_number_breaks_in_a_narrow_column_of_a_word_table(tmp_path: Path) -> None:
    """A digit of Arial at 9 points is 0.19 cm wide at most: "20,843" broke before its last."""
    headings = ("Indicator", "Period", "Figure", "Year before", "Change", "Change, %")
    table = Table(
        "Headline figures",
        [*(Column(one, "number") for one in headings), Column("What it means")],
        [
            ("Violence and sexual offences", "2017/18", 20843, 18239, 2604, 14.3, verdict)
            for verdict in ("higher (neither good nor bad by itself)", "within normal variation")
        ],
    )
    document = Document("T", "S", "A", "2018-03", "000007-20180801T020000Z", "1 August 2018")
    document.add(table)
    [written] = _opened(as_docx(document), tmp_path).tables
    cells = list(zip(written.rows[0].cells, written.rows[1].cells, strict=True))
    for heading, cell in cells:
        longest = max((*heading.text.split(), *cell.text.split()), key=len)
        assert cell.width.cm - 0.4 >= 0.19 * len(longest), (longest, cell.width.cm)
    assert sum(cell.width.cm for _, cell in cells) < 17.1


def test_every_page_carries_the_marking(tmp_path: Path) -> None:
    document = _document(edition="internal", is_synthetic=True)
    word = _opened(as_docx(document), tmp_path)
    header = " ".join(p.text for p in word.sections[0].header.paragraphs)
    assert "OFFICIAL-SENSITIVE" in header
    assert "SYNTHETIC DATA" in header
    assert "@top-center" in as_html(document)
    assert "OFFICIAL-SENSITIVE" in as_html(document)


def test_a_template_gives_its_styles_and_keeps_its_header(tmp_path: Path) -> None:
    template = docx.Document()
    template.styles["Heading 1"].font.name = "Comic Sans MS"
    template.sections[0].header.paragraphs[0].text = "Stoke Council"
    template.add_paragraph("text that was in the template")
    template.save(str(tmp_path / "own.docx"))
    word = _opened(as_docx(_document(), tmp_path / "own.docx"), tmp_path)
    assert word.styles["Heading 1"].font.name == "Comic Sans MS"
    assert word.sections[0].header.paragraphs[0].text == "Stoke Council"
    assert "text that was in the template" not in [p.text for p in word.paragraphs]


def test_a_template_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_text("not a zip")
    with pytest.raises(PaperError, match=r"own\.docx is no Word document .* save it from Word"):
        as_docx(_document(), tmp_path / "own.docx")


def test_the_workbook_has_a_table_a_sheet(tmp_path: Path) -> None:
    file = tmp_path / "paper.xlsx"
    file.write_bytes(as_xlsx(_document()))
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Robberies by month all of them,"]
    assert all(not sheet.merged_cells.ranges for sheet in book)
    sheet = book.worksheets[3]
    assert len(sheet.tables) == 1
    across = [page.sheet_properties.pageSetUpPr for page in book.worksheets]
    assert [bool(one and one.fitToPage) for one in across] == [False, True, True, True]
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (0, "landscape")
    notes = book["Notes"]
    assert 10 < notes.column_dimensions["B"].width <= 80, "a note wraps and is read on a screen"
    assert all(row[1].alignment.wrap_text for row in notes.iter_rows(min_row=4) if row[1].value)
    cover = book["Cover"]
    lines = [math.ceil(len(cell.value or "") / 85) for (cell,) in cover.iter_rows()]
    assert max(lines) > 1, "the licence is longer than a line"
    for number, many in enumerate(lines, start=1):
        height = cover.row_dimensions[number].height
        assert (height or 15) >= 15 * many, "LibreOffice draws lines over each other"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["July", 1234, -2.5] in rows
    assert ["August", "[x]", "[x]"] in rows
    assert ["September", "[c]", 0] in rows


@pytest.mark.parametrize("write", [as_docx, as_xlsx], ids=["docx", "xlsx"])
def test_the_same_paper_is_the_same_bytes(write: Callable[[Document], bytes]) -> None:
    assert write(_document()) == write(_document())


@pytest.mark.parametrize("write", [as_docx, as_xlsx], ids=["docx", "xlsx"])
def test_no_part_carries_the_day_it_was_written(
    write: Callable[[Document], bytes], tmp_path: Path
) -> None:
    file = tmp_path / "paper.zip"
    file.write_bytes(write(_document()))
    with zipfile.ZipFile(file) as parts:
        assert {member.date_time[:3] for member in parts.infolist()} == {(1980, 1, 1)}
        core = parts.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2018-08-01T"}
    assert f"{date.today():%Y-%m-%d}" not in core


@needs_browser
def test_the_pdf_is_tagged_and_dated_by_its_publication(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(as_pdf(_document(is_synthetic=True)))
    pdf = PdfReader(file)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/StructTreeRoot"]
    assert str(root["/Lang"]).startswith("en")
    assert pdf.metadata is not None
    assert str(pdf.metadata["/CreationDate"]).startswith("D:20180801")
    for number, page in enumerate(pdf.pages, start=1):
        text = page.extract_text()
        assert "SYNTHETIC DATA" in text
        assert f"Page {number} of {len(pdf.pages)}" in text


def test_without_a_browser_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.papers.writers.pdf.shutil.which", lambda _: None)
    with pytest.raises(PaperError, match=r"needs Chromium, Chrome or Edge.*--format html"):
        as_pdf(_document())


def test_every_format_says_the_same_figures(sample_night: Path, tmp_path: Path) -> None:
    database = sample_night / "published" / "community_safety.duckdb"
    with opened(database, database.with_name("manifest.json")) as published:
        asked = Asked(published.area("Leeds"), period_end_of("2018-07"), tmp_path)
        document = lay_out("board", published, asked)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    word = _opened(as_docx(document), tmp_path)
    cells = [cell.text for cell in word.tables[0].rows[1].cells]
    assert table.caption == "Headline figures, Jul 2018"
    assert cells[:5] == ["Total recorded crime", "8,865", "7,664", "+1,201", "+15.7"]
    (tmp_path / "paper.xlsx").write_bytes(as_xlsx(document))
    sheet = openpyxl.load_workbook(tmp_path / "paper.xlsx")["Headlines"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for row in table.rows:
        assert [row[0], row[2]] in [[found[0], found[2]] for found in rows]


def test_an_earlier_publication_gives_the_same_bytes(sample_night: Path, tmp_path: Path) -> None:
    asked = ("report", "board", "--area", "Leeds", "--period", "2018-07", "--format", "html,docx")
    for folder in ("now", "then"):
        publication = ("--publication", "000001") if folder == "then" else ()
        to = ("--output", str(tmp_path / folder), "--data", str(sample_night))
        done = run_csp(*asked, *publication, *to)
        assert done.returncode == 0, done.stderr
    for name in ("board-leeds-2018-07.html", "board-leeds-2018-07.docx"):
        assert (tmp_path / "now" / name).read_bytes() == (tmp_path / "then" / name).read_bytes()
    gone = run_csp(*asked, "--publication", "000099", "--data", str(sample_night))
    assert gone.returncode == 2
    assert "000001-" in gone.stderr
