"""A paper as a Word document: native headings, tables, captions and fields, edited as if typed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from flows.papers.document import (
    Bullets,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    shown,
)
from flows.papers.published import PaperError
from flows.papers.writers.drawing import as_png
from flows.papers.writers.fixed_zip import with_fixed_times

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

_FONT = "Arial"
_ACCENT = "12436D"
_QUIET = "505A5F"
_WIDTH_CM = 17.0


def as_docx(document: Document, template: Path | None = None) -> bytes:
    """Write the document with the built-in look, or with the styles of one's own template.

    A template keeps its styles, page, header and footer; its text is left out.
    Raises `PaperError` where the template is no Word document.
    """
    word = _opened(template)
    if template is None:
        _own_look(word)
    _properties(word, document)
    _page_furniture(word, document)
    for marking in document.markings:
        word.add_paragraph(style=_style(word, "Normal")).add_run(marking).bold = True
    word.add_paragraph(document.title, style=_style(word, "Title"))
    word.add_paragraph(document.subtitle, style=_style(word, "Subtitle"))
    _Writer(word, document).write()
    out = io.BytesIO()
    word.save(out)
    return with_fixed_times(out.getvalue())


def _opened(template: Path | None) -> WordDocument:
    if template is None:
        return docx.Document()
    try:
        word = docx.Document(str(template))
    except Exception as error:  # python-docx raises what its XML and zip readers raise
        raise PaperError(
            f"{template} is no Word document that can be read ({type(error).__name__}). "
            "Expected: a .docx file with the styles to use. Next: save it from Word as .docx"
        ) from error
    body = word.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    return word


class _Writer:
    """Writes the blocks one after another and counts tables and figures."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self._word = word
        self._document = document
        self._counts = {"Table": 0, "Figure": 0}
        self._bookmarks = 0

    def write(self) -> None:
        document = self._document
        headings = [block for block in document.blocks if isinstance(block, Heading)]
        if sum(heading.level == 1 for heading in headings) > 2:
            self._contents(headings)
        for block in document.blocks:
            match block:
                case Heading():
                    self._heading(block)
                case Paragraph():
                    self._paragraph(block)
                case Bullets():
                    style = _style(self._word, "List Bullet")
                    for item in block.items:
                        self._word.add_paragraph(item, style=style)
                case Table():
                    self._table(block)
                case Chart():
                    self._chart(block)
        self._note(
            f"Publication {document.publication_id}. Extracts of {document.extract_dates}. "
            "Contains public sector information licensed under the Open Government Licence v3.0."
        )

    def _contents(self, headings: Sequence[Heading]) -> None:
        """Add a contents field, filled with links; Word adds page numbers on F9."""
        first = self._word.add_paragraph(style=_style(self._word, "TOC 1"))
        _field_part(first, "begin")
        _instruction(first, r'TOC \o "1-2" \h \z \u')
        _field_part(first, "separate")
        line = first
        for number, heading in enumerate(headings, start=1):
            if number > 1:
                line = self._word.add_paragraph(style=_style(self._word, f"TOC {heading.level}"))
            _link(line, f"_Toc{number:08d}", heading.text)
        _field_part(line, "end")

    def _heading(self, block: Heading) -> None:
        style = _style(self._word, f"Heading {block.level}")
        paragraph = self._word.add_paragraph(block.text, style=style)
        self._bookmarks += 1
        _bookmark(paragraph, self._bookmarks, f"_Toc{self._bookmarks:08d}")

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self._word.add_paragraph(style=_style(self._word, "Normal"))
        if block.kind == "gap":
            paragraph.add_run("Missing: ").bold = True
            _highlighted(paragraph)
        run = paragraph.add_run(block.text)
        if block.kind == "lead":
            run.bold = True
        elif block.kind == "note":
            _small(run)
        elif block.kind == "caution":
            paragraph.paragraph_format.left_indent = _cm(0.5)
            run.bold = True

    def _note(self, text: str) -> None:
        _small(self._word.add_paragraph(style=_style(self._word, "Normal")).add_run(text))

    def _caption(self, label: str, text: str) -> None:
        paragraph = self._word.add_paragraph(style=_style(self._word, "Caption"))
        paragraph.paragraph_format.keep_with_next = True
        self._counts[label] += 1
        paragraph.add_run(f"{label} ")
        _field(paragraph, f"SEQ {label} \\* ARABIC", str(self._counts[label]))
        paragraph.add_run(f": {text}")

    def _table(self, block: Table) -> None:
        self._caption("Table", block.caption)
        table = self._word.add_table(rows=1, cols=len(block.columns))
        _table_look(self._word, table)
        _describe(table, block.caption)
        widths = _widths(block)
        for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
            _fill(cell, column.heading, column, bold=True)
        _repeat(table.rows[0])
        for row in block.rows:
            cells = table.add_row().cells
            for cell, value, column in zip(cells, row, block.columns, strict=True):
                _fill(cell, shown(value, column), column)
        for grid, width in zip(table.columns, widths, strict=True):
            grid.width = _cm(width)
        for row_ in table.rows:
            _keep_whole(row_)
            for cell, width in zip(row_.cells, widths, strict=True):
                cell.width = _cm(width)
        if block.note:
            self._note(block.note)
        else:
            self._word.add_paragraph(style=_style(self._word, "Normal"))

    def _chart(self, block: Chart) -> None:
        self._caption("Figure", block.title)
        text = self._word.add_paragraph(block.subtitle, style=_style(self._word, "Normal"))
        text.paragraph_format.keep_with_next = True
        picture = self._word.add_paragraph(style=_style(self._word, "Normal"))
        picture.paragraph_format.keep_with_next = True
        shape = picture.add_run().add_picture(io.BytesIO(as_png(block.wide)), width=_cm(15.5))
        properties = shape._inline.docPr
        properties.set("name", f"Figure {self._counts['Figure']}")
        properties.set("title", block.title)
        properties.set("descr", block.alternative)
        self._note(block.source)


def _cm(length: float) -> Any:
    return Cm(length)


def _own_look(word: WordDocument) -> None:
    """Set the built-in template: Arial, the accent of the charts, A4."""
    section = word.sections[0]
    section.page_width, section.page_height = _cm(21.0), _cm(29.7)
    section.left_margin = section.right_margin = _cm(2.0)
    section.top_margin = section.bottom_margin = _cm(2.0)
    sizes = {
        "Normal": 11, "Title": 24, "Subtitle": 13, "Heading 1": 17, "Heading 2": 13,
        "Caption": 10.5, "List Bullet": 11, "TOC 1": 11, "TOC 2": 11,
    }  # fmt: skip
    for name, size in sizes.items():
        style = word.styles[_style(word, name)]
        _set_font(style, _FONT)
        style.font.size = Pt(size)
        style.font.italic = False
        if name.startswith(("Heading", "Title")):
            style.font.color.rgb = RGBColor.from_string(_ACCENT)
            style.font.bold = True
        elif name in ("Caption", "Subtitle"):
            style.font.color.rgb = RGBColor.from_string("0B0C0C")
            style.font.bold = name == "Caption"
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    normal = word.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(6), 1.1
    word.styles["Heading 1"].paragraph_format.space_before = Pt(18)
    word.styles["Heading 2"].paragraph_format.space_before = Pt(12)
    word.styles["TOC 2"].paragraph_format.left_indent = _cm(0.6)
    for name in ("TOC 1", "TOC 2"):
        word.styles[name].paragraph_format.space_after = Pt(2)


def _set_font(style: Any, font: str) -> None:
    style.font.name = font
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), font)
    # a theme's font would win over the named one
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(kind), None)


def _style(word: WordDocument, name: str) -> str:
    """Return the name of a paragraph style, made as a plain one where the template has none."""
    known = {style.name.lower(): style.name for style in word.styles if style.name}
    if name.lower() not in known:
        made = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if "Normal" in known.values():
            made.base_style = word.styles["Normal"]
        return name
    return str(known[name.lower()])


def _properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title = document.title
    properties.subject = document.subtitle
    properties.author = properties.last_modified_by = "Community safety warehouse"
    properties.comments = f"Publication {document.publication_id}"
    properties.keywords = "; ".join(document.markings)
    properties.language = "en-GB"
    properties.revision = 1
    properties.created = properties.modified = document.published_at.replace(tzinfo=None)
    language = word.styles["Normal"].element.get_or_add_rPr()
    for old in language.findall(qn("w:lang")):
        language.remove(old)
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), "en-GB")
    language.append(element)


def _page_furniture(word: WordDocument, document: Document) -> None:
    """Put the marking into every header and the page number into every footer."""
    for section in word.sections:
        headers = [section.header]
        footers = [section.footer]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
            footers.append(section.first_page_footer)
        if word.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
            footers.append(section.even_page_footer)
        for header in headers:
            for marking in document.markings:
                line = header.add_paragraph()
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
                line.add_run(marking).bold = True
        for footer in footers:
            has_number = "PAGE" in footer._element.xml
            line = footer.add_paragraph()
            _small(line.add_run(f"{document.area_name}, publication {document.publication_id}"))
            if not has_number:
                _small(line.add_run("    Page "))
                _field(line, "PAGE", "1", is_small=True)
                _small(line.add_run(" of "))
                _field(line, "NUMPAGES", "1", is_small=True)


def _small(run: Any) -> None:
    run.font.size = Pt(9)
    run.font.color.rgb = RGBColor.from_string(_QUIET)


def _highlighted(paragraph: WordParagraph) -> None:
    """Draw a dashed box, so that a gap is seen before the paper goes out."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "8"), ("space", "4"), ("color", _QUIET)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    properties = paragraph._p.get_or_add_pPr()
    style = properties.find(qn("w:pStyle"))
    properties.insert(0 if style is None else 1, borders)


def _element(tag: str, /, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _field_part(paragraph: WordParagraph, kind: str) -> None:
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType=kind))


def _instruction(paragraph: WordParagraph, text: str) -> None:
    element = _element("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = f" {text} "
    paragraph.add_run()._r.append(element)


def _field(
    paragraph: WordParagraph, instruction: str, result: str, *, is_small: bool = False
) -> None:
    before = len(paragraph.runs)
    _field_part(paragraph, "begin")
    _instruction(paragraph, instruction)
    _field_part(paragraph, "separate")
    paragraph.add_run(result)
    _field_part(paragraph, "end")
    # LibreOffice writes a field as its first run is written, Word as its result is
    for run in paragraph.runs[before:] if is_small else ():
        _small(run)


def _bookmark(paragraph: WordParagraph, number: int, name: str) -> None:
    start = _element("w:bookmarkStart", id=str(number), name=name)
    first = paragraph.runs[0]._r
    first.addprevious(start)
    paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))


def _link(paragraph: WordParagraph, anchor: str, text: str) -> None:
    link = _element("w:hyperlink", anchor=anchor, history="1")
    paragraph._p.append(link)
    link.append(paragraph.add_run(text)._r)


def _table_look(word: WordDocument, table: WordTable) -> None:
    names = {style.name for style in word.styles}
    for name in ("CSP Table", "Table Grid", "Normal Table"):
        if name in names:
            table.style = word.styles[name]
            break
    table.autofit = False
    if table.style is not None and table.style.name == "Table Grid":
        _rules_only(table)


def _rules_only(table: WordTable) -> None:
    """Keep horizontal rules only, as the web page has them."""
    borders = _element("w:tblBorders")
    for side, size in (("top", 0), ("bottom", 4), ("insideH", 4)):
        borders.append(
            _element(f"w:{side}", val="single" if size else "nil", sz=str(size), color="B1B4B6")
        )
    for side in ("left", "right", "insideV"):
        borders.append(_element(f"w:{side}", val="nil"))
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders[:] = sorted(borders, key=lambda one: order.index(one.tag.rpartition("}")[2]))
    layout = table._tbl.tblPr
    before = [
        c for c in layout if c.tag.rpartition("}")[2] in ("tblLayout", "tblCellMar", "tblLook")
    ]
    if before:
        before[0].addprevious(borders)
    else:
        layout.append(borders)


def _describe(table: WordTable, caption: str) -> None:
    table._tbl.tblPr.append(_element("w:tblCaption", val=caption))


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, _element("w:cantSplit", val="true"))


def _fill(cell: Any, text: str, column: Column, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold = bold or None
    run.font.size = Pt(9)
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(2)
    if column.alignment == "number":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


# A character of the tables' 9 points in bold, and the space at both sides of a cell.
_CHARACTER_CM, _CELL_SPACE_CM = 0.2, 0.45


def _widths(table: Table) -> list[float]:
    """Give each column its longest word, and share what is left by the usual length of its cells.

    So no number and no word of a heading breaks, unless the words alone are wider than the page.
    """
    least, wanted = [], []
    for at, column in enumerate(table.columns):
        texts = [shown(row[at], column) for row in table.rows[:40]]
        word = max(
            (len(one) for text in (*texts, column.heading) for one in text.split()), default=4
        )
        longest = min(max(map(len, texts), default=4), 34)
        least.append(word * _CHARACTER_CM + _CELL_SPACE_CM)
        wanted.append(max(longest - word, 0) + 1)
    left = _WIDTH_CM - sum(least)
    if left <= 0:
        return [_WIDTH_CM * one / sum(least) for one in least]
    return [one + left * more / sum(wanted) for one, more in zip(least, wanted, strict=True)]
