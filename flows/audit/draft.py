"""Reads a draft into passages: paragraphs, table rows and headings with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "row"]

FORMATS = (".docx", ".md", ".txt", ".html", ".htm", ".pdf")


class DraftError(ValueError):
    """A draft cannot be read: names the file, what was expected and what to do next."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, list item or table row; `number` counts them in reading order."""

    number: int
    text: str
    kind: Kind
    heading: str
    columns: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage, with the headings that it stands below."""

    text: str
    passage: Passage


def read_draft(file: Path) -> list[Passage]:
    """Read a draft. Raises `DraftError` for a format that is not known or a damaged file."""
    readers = {
        ".docx": _docx,
        ".md": _markdown,
        ".txt": _plain,
        ".html": _html,
        ".htm": _html,
        ".pdf": _pdf,
    }
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise DraftError(
            f"{file}: the ending '{file.suffix}' is not known. Expected: one of "
            f"{', '.join(FORMATS)}. Next: save the draft as one of these"
        )
    if not file.is_file():
        raise DraftError(f"{file}: there is no such file. Next: check its name and folder")
    try:
        raw = list(reader(file))
    except DraftError:
        raise
    except Exception as error:
        raise DraftError(
            f"{file}: the file cannot be read as {file.suffix[1:].upper()} "
            f"({type(error).__name__}). Next: open it in its own program and save it again"
        ) from error
    return _numbered(raw)


def sentences(passages: list[Passage]) -> Iterator[Sentence]:
    """Split passages into sentences; a table row is one."""
    for passage in passages:
        if passage.kind == "row":
            yield Sentence(passage.text, passage)
            continue
        for text in split_sentences(passage.text):
            yield Sentence(text, passage)


_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|approx|no|vs|c|cf|etc|Dr|Mr|Mrs|St)\.|\d\.)$", re.I)


def split_sentences(text: str) -> list[str]:
    """Split at full stops that end a sentence: not those of numbers and abbreviations."""
    found: list[str] = []
    begin = 0
    for stop in re.finditer(r"[.!?](?=[\s\"')\]]|$)", text):
        end = stop.end()
        so_far = text[begin:end]
        rest = text[end:].lstrip(" \"')]")
        if _ABBREVIATION.search(so_far) and rest and not rest[0].isupper():
            continue
        found.append(so_far.strip())
        begin = end
    if text[begin:].strip():
        found.append(text[begin:].strip())
    return [one for one in found if one]


_Raw = tuple[Kind, str, tuple[str, ...], tuple[str, ...]]


def _numbered(raw: list[_Raw]) -> list[Passage]:
    passages: list[Passage] = []
    heading = ""
    for kind, text, columns, cells in raw:
        clean = re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " ")).strip()
        if not clean:
            continue
        if kind == "heading":
            heading = clean
        passages.append(Passage(len(passages) + 1, clean, kind, heading, columns, cells))
    return passages


def _row(columns: tuple[str, ...], cells: tuple[str, ...]) -> _Raw:
    return ("row", " | ".join(cells), columns, cells)


def _docx(file: Path) -> Iterator[_Raw]:
    import docx
    from docx.table import Table

    for block in docx.Document(str(file)).iter_inner_content():
        if isinstance(block, Table):
            rows = [tuple(cell.text.strip() for cell in row.cells) for row in block.rows]
            yield from (_row(rows[0], cells) for cells in rows[1:])
        else:
            style = (block.style.name or "") if block.style is not None else ""
            kind: Kind = "paragraph"
            if style.startswith(("Heading", "Title")):
                kind = "heading"
            elif style.startswith("List"):
                kind = "item"
            yield (kind, block.text, (), ())


def _markdown(file: Path) -> Iterator[_Raw]:
    columns: tuple[str, ...] = ()
    lines: list[str] = []
    kind: Kind = "paragraph"
    for line in [*_with_closed_rows(file.read_text(encoding="utf-8-sig").splitlines()), ""]:
        text = line.strip()
        is_row = text.startswith("|") and text.endswith("|")
        starts = bool(re.match(r"(#{1,6} |[-*+] |\d+\. )", text))
        if lines and (not text or is_row or starts):
            yield (kind, _unmarked(" ".join(lines)), (), ())
            lines = []
        if is_row:
            cells = tuple(_unmarked(cell.strip()) for cell in text.strip("|").split("|"))
            if all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells):
                continue
            if not columns:
                columns = cells
            else:
                yield _row(columns, cells)
            continue
        columns = ()
        if text.startswith("#"):
            yield ("heading", _unmarked(text.lstrip("# ")), (), ())
        elif text:
            if not lines:
                kind = "item" if starts else "paragraph"
            lines.append(re.sub(r"^([-*+]|\d+\.) ", "", text))


def _with_closed_rows(lines: list[str]) -> Iterator[str]:
    """Close the rows of a table whose lines neither begin nor end with a bar, or stand in tabs."""
    parts = [re.split(r"\s\|(?:\s|$)|\t", line.strip("\r\n ")) for line in lines]
    widths = [len(one) if "|" not in line.strip()[:1] else 1
              for line, one in zip(lines, parts, strict=True)]  # fmt: skip
    for at, (line, cells) in enumerate(zip(lines, parts, strict=True)):
        beside = {*widths[max(0, at - 1) : at], *widths[at + 1 : at + 2]}
        is_row = widths[at] > 1 and widths[at] in beside
        if is_row and widths[at] not in widths[max(0, at - 1) : at] and _are_figures(cells[1:]):
            yield "|  " * len(cells) + "|"
        yield "| " + " | ".join(cells) + " |" if is_row else line


def _are_figures(cells: list[str]) -> bool:
    """Whether cells hold figures, and so are no headings: years may be headings."""
    return all(
        re.match(r"[£+\N{MINUS SIGN}-]?\s?\d", one) and not re.fullmatch(r"(?:19|20)\d\d", one)
        for one in cells
    )


def _unmarked(text: str) -> str:
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return re.sub(r"(\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))", "", text)


def _plain(file: Path) -> Iterator[_Raw]:
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    for block in re.split(r"\n\s*\n|\n(?=\s*[-*\N{BULLET}]\s)", text):
        item = re.match(r"\s*[-*\N{BULLET}]\s(?P<words>.*)", block, re.DOTALL)
        if item is not None:
            yield ("item", " ".join(item["words"].split()), (), ())
            continue
        words = " ".join(block.split())
        short = (
            len(words) < 90 and not words.endswith((".", ":", ";")) and "\n" not in block.strip()
        )
        yield ("heading" if short and not re.search(r"\d[\d,]{3,}", words) else "paragraph",
               words, (), ())  # fmt: skip


def _pdf(file: Path) -> Iterator[_Raw]:
    from pypdf import PdfReader

    for page in PdfReader(file).pages:
        yield from _laid_out(page.extract_text(extraction_mode="layout").splitlines())


# In a line of a laid-out page cells stand two spaces or more apart.
_BETWEEN_CELLS = re.compile(r"\s{2,}")
_FIGURE_CELL = re.compile(r"[£+\N{MINUS SIGN}\N{EN DASH}-]?\s?[\d,.]*\s?%?")


def _laid_out(lines: list[str]) -> Iterator[_Raw]:
    """Read the lines of a page: rows of figures below a line of headings are a table.

    Rows whose headings do not fit them are left out: as prose they would be misread.
    """
    text: list[str] = []
    at = 0
    while at < len(lines):
        rows = _rows_from(lines, at)
        if not rows:
            text.append(lines[at])
            at += 1
            continue
        columns = _headings_above(text, len(rows[0]))
        yield from _prose(text)
        text = []
        if columns:
            yield from (_row(columns, cells) for cells in rows)
        while at < len(lines) and (not lines[at].strip() or _figures(lines[at])):
            at += 1
    yield from _prose(text)


def _figures(line: str) -> tuple[str, ...]:
    """Return the cells of a line that has a name and then figures only."""
    cells = tuple(_BETWEEN_CELLS.split(line.strip()))
    if len(cells) < 2 or not re.search(r"[A-Za-z]", cells[0]):
        return ()
    return cells if all(_FIGURE_CELL.fullmatch(cell) for cell in cells[1:]) else ()


def _rows_from(lines: list[str], at: int) -> list[tuple[str, ...]]:
    """Return the rows of a table that begins in a line: at least two, with as many cells each."""
    rows: list[tuple[str, ...]] = []
    for line in lines[at:]:
        if not line.strip():
            continue
        cells = _figures(line)
        if not cells or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    return rows if len(rows) >= 2 and lines[at].strip() else []


def _headings_above(text: list[str], width: int) -> tuple[str, ...]:
    """Take the headings of a table from the line above it; the first may be empty."""
    while text and not text[-1].strip():
        text.pop()
    cells = tuple(_BETWEEN_CELLS.split(text[-1].strip())) if text else ()
    if len(cells) not in (width, width - 1) or len(cells) < 1:
        return ()
    text.pop()
    return cells if len(cells) == width else ("", *cells)


def _prose(lines: list[str]) -> Iterator[_Raw]:
    for block in re.split(r"\n\s*\n|(?<=[.!?])\s*\n(?=\s*[A-Z])", "\n".join(lines)):
        if block.strip():
            yield ("paragraph", " ".join(block.split()), (), ())


class _Html(HTMLParser):
    _BLOCKS = frozenset({"p", "li", "td", "th", "caption", "figcaption", "div", "dd", "dt"})
    _HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[_Raw] = []
        self._words: list[str] = []
        self._cells: list[str] = []
        self._columns: tuple[str, ...] = ()
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "svg"):
            self._skip += 1
        elif tag == "table":
            self._flush("paragraph")
            self._columns = ()
        elif tag in self._BLOCKS | self._HEADINGS and tag not in ("td", "th"):
            self._flush("paragraph")
        elif tag in ("td", "th"):
            self._words = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "svg"):
            self._skip -= 1
        elif tag in self._HEADINGS:
            self._flush("heading")
        elif tag in ("td", "th"):
            self._cells.append(" ".join("".join(self._words).split()))
            self._words = []
        elif tag == "tr":
            cells, self._cells = tuple(self._cells), []
            if not self._columns:
                self._columns = cells
            elif cells:
                self.found.append(_row(self._columns, cells))
        elif tag in self._BLOCKS:
            self._flush("item" if tag == "li" else "paragraph")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._words.append(data)

    def _flush(self, kind: Kind) -> None:
        text = "".join(self._words)
        self._words = []
        if text.strip():
            self.found.append((kind, text, (), ()))


def _html(file: Path) -> Iterator[_Raw]:
    parser = _Html()
    parser.feed(file.read_text(encoding="utf-8-sig", errors="replace"))
    parser.close()
    return iter(parser.found)
