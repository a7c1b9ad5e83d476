"""The annotated copy of a draft: HTML of any draft, and Word comments in a copy of a DOCX."""

from __future__ import annotations

import html
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from flows.audit.audit import Audit
from flows.audit.findings import Finding, Verdict, worst

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Row
    from docx.text.paragraph import Paragraph as WordParagraph

_AUTHOR = "csp audit"
_STYLE = """
body { font: 1.0625rem/1.5 Arial, sans-serif; max-width: 50rem; margin: 2rem auto;
  padding: 0 1rem; color: #0b0c0c; }
mark { background: none; color: inherit; padding: .05rem .15rem; border-bottom: 3px solid; }
.contradicted { border-color: #b10e1e; background: #f9e1e3; }
.doubtful { border-color: #801650; border-bottom-style: dashed; }
.confirmed { border-color: #00703c; }
.remarks { margin: .25rem 0 1rem; padding-left: 1.2rem; font-size: .95rem; }
.verdict { font-weight: bold; }
table { border-collapse: collapse; } td { border-bottom: 1px solid #b1b4b6; padding: .3rem .6rem; }
"""
_NAMES: dict[Verdict, str] = {
    "contradicted": "Contradicted",
    "doubtful": "Doubtful",
    "confirmed": "Confirmed",
    "not checkable": "Not checkable",
}


def remark(finding: Finding) -> str:
    """Word one finding: verdict, claim, reason and the right figure."""
    words = f"{_NAMES[finding.verdict]}: {finding.claim}: {finding.reason}."
    return f"{words} {finding.right}".strip()


def as_html(audit: Audit) -> str:
    """Write the draft with its remarks as one HTML page."""
    by_passage: dict[int, list[Finding]] = {}
    for finding in audit.findings:
        by_passage.setdefault(finding.sentence.passage.number, []).append(finding)
    body = [
        f"<h1>Audit of {html.escape(audit.file.name)}</h1>",
        f"<p>{html.escape(summary(audit))}</p>",
    ]
    for passage in audit.passages:
        found = by_passage.get(passage.number, [])
        text = html.escape(passage.text)
        for sentence, group in groupby(found, key=lambda one: one.sentence.text):
            verdict = worst(list(group))
            if verdict != "not checkable":
                escaped = html.escape(sentence)
                marked = f'<mark class="{verdict}">{escaped}</mark>'
                text = text.replace(escaped, marked, 1)
        tag = "h2" if passage.kind == "heading" else "p"
        body.append(f"<{tag}>{text}</{tag}>")
        shown = [one for one in found if one.verdict in ("contradicted", "doubtful")]
        if shown:
            items = "".join(f"<li>{html.escape(remark(one))}</li>" for one in shown)
            body.append(f'<ul class="remarks">{items}</ul>')
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Audit of {html.escape(audit.file.name)}</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(body)}</body></html>"
    )


def comment_docx(audit: Audit, copy: Path) -> None:
    """Write a copy of a DOCX draft with a Word comment at each passage that has a remark."""
    import docx
    from docx.table import Table

    document = docx.Document(str(audit.file))
    remarks: dict[str, list[Finding]] = {}
    for finding in audit.findings:
        if finding.verdict in ("contradicted", "doubtful"):
            remarks.setdefault(finding.sentence.passage.text, []).append(finding)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                _comment_row(document, row, remarks)
        else:
            _comment(document, block, remarks.pop(" ".join(block.text.split()), []))
    document.save(str(copy))


def _comment_row(document: WordDocument, row: _Row, remarks: dict[str, list[Finding]]) -> None:
    """Put each remark on a row of a table at the cell that it is about, else at the first one."""
    texts = [" ".join(cell.text.split()) for cell in row.cells]
    found = remarks.pop(" ".join(" | ".join(texts).split()), [])
    for text, cell in dict(zip(reversed(texts), reversed(row.cells), strict=True)).items():
        own = [one for one in found if one.claim == text]
        found = [one for one in found if one not in own]
        _comment(document, cell.paragraphs[0], own)
    _comment(document, row.cells[0].paragraphs[0], found)


def _comment(document: WordDocument, paragraph: WordParagraph, found: list[Finding]) -> None:
    if found and paragraph.runs:
        document.add_comment(
            paragraph.runs, text="\n".join(map(remark, found)), author=_AUTHOR, initials="csp"
        )


def summary(audit: Audit) -> str:
    """Say in one line how many claims there are of each verdict."""
    counts = audit.counts
    words = ", ".join(
        f"{counts[verdict]} {_NAMES[verdict].lower()}" for verdict in _NAMES if counts[verdict]
    )
    against = (
        f"Checked against publication {audit.publication_id}"
        if audit.publication_id
        else "Checked without a publication"
    )
    return f"{against}: {words or 'no figures found'}."
