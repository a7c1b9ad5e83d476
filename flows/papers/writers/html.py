"""A paper as one self-contained HTML file: no script, nothing fetched, prints to A4."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from flows.papers.document import (
    Block,
    Bullets,
    Chart,
    Column,
    Document,
    Drawing,
    Heading,
    Paragraph,
    Table,
    shown,
)
from flows.papers.writers.drawing import as_svg

_KINDS: dict[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "bullets": Bullets,
    "table": Table,
    "chart": Chart,
}
_TEMPLATE = Path(__file__).with_name("paper.html.jinja")
_STYLE = Path(__file__).with_name("style.css")


def as_html(document: Document) -> str:
    """Write the document as HTML."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    for name, kind in _KINDS.items():
        environment.tests[name] = partial(_is_a, kind)  # type: ignore[assignment]
    environment.filters |= {
        "svg": _svg,
        "shown": _shown,
        "css_string": _css_string,
    }
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    contents = [
        (number, block.text)
        for number, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.level == 1
    ]
    return template.render(document=document, contents=contents, style=style())


def style() -> str:
    """Return the style sheet that papers and the scorecard site share."""
    return Markup(_STYLE.read_text(encoding="utf-8"))  # noqa: S704  # a file of this project


def _is_a(kind: type[Block], block: Block) -> bool:
    return isinstance(block, kind)


def _svg(drawing: Drawing) -> str:
    return Markup(as_svg(drawing))  # noqa: S704  # drawn here from numbers; vl-convert escapes text


def _shown(cell: object, column: Column) -> str:
    return shown(cell, column)  # type: ignore[arg-type]  # the cells of a Table


def _css_string(text: str) -> str:
    """Write a text so that it can stand between quotes in a style sheet."""
    written = "".join(one if one.isalnum() or one in " -," else f"\\{ord(one):x} " for one in text)
    return Markup(written)  # noqa: S704  # letters, digits and escapes only
