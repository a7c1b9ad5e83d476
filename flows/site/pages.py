"""Renders the pages of the site from their templates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.papers.document import LICENCE, day
from flows.papers.published import Row
from flows.papers.sections.rate_estimates import estimates_of
from flows.papers.writers.html import _shown, _svg, style

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Site:
    """What every page says about the publication."""

    publication_id: str
    is_synthetic: bool
    synthetic: str = "SYNTHETIC DATA: no figure here is real"
    licence: str = LICENCE


class Pages:
    """Writes pages below one folder."""

    def __init__(self, folder: Path, site: Site):
        self._folder = folder
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"svg": _svg, "shown": _shown, "beside": zip}
        self._environment.globals["site"] = site

    def page(self, name: str, template: str, **values: Any) -> None:
        """Write one page; `name` is its path below the site."""
        root = "../" * name.count("/")
        text = self._environment.get_template(f"{template}.html.jinja").render(root=root, **values)
        self._write(name, text)

    def data(self, name: str, periods: Mapping[str, Mapping[str, Any]]) -> None:
        """Write figures as a script file: a page in a folder may load it, where it cannot fetch."""
        as_json = json.dumps(periods, ensure_ascii=False, separators=(",", ":"))
        self._write(f"data/{name}.js", f'figuresArrived("{name}",{as_json});\n')

    def file(self, name: str, content: bytes) -> None:
        """Write a file to download."""
        place = self._folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def style_and_script(self) -> None:
        """Write the style sheet, shared with the papers, and the script of the pages."""
        own = (TEMPLATES / "site.css").read_text(encoding="utf-8")
        self._write("style.css", f"{style()}\n{own}")
        self._write("site.js", (TEMPLATES / "site.js").read_text(encoding="utf-8"))

    def _write(self, name: str, text: str) -> None:
        place = self._folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def sources_of(rows: Iterable[Row]) -> str:
    """Name the sources of figures, each with the dates of its extracts."""
    extracts: dict[str, set[Any]] = {}
    for row in rows:
        source = str(row["source_title"] or row["source"])
        extracts.setdefault(source, set()).add(row["extract_date"])
    return "; ".join(
        f"{source}, extract of {', '.join(day(one) for one in sorted(dates))}"
        for source, dates in sorted(extracts.items())
    )


def notes_on(rows: Sequence[Row]) -> list[str]:
    """Say what must be known of figures: source, provisional, breaks, withheld, illustrative."""
    notes = [f"Source: {sources_of(rows)}."]
    notes += _named("Provisional, and will be revised", rows, "is_provisional")
    notes += _named("Withheld in some periods or areas, as small numbers", rows, "is_suppressed")
    not_compared = [row for row in rows if row["verdict"] == "not comparable"]
    breaks = sorted({str(row["break_note"]) for row in not_compared})
    notes += [f"Not comparable with the year before: {note}" for note in breaks]
    if any(row["family_is_illustrative"] for row in rows):
        notes.append(
            "The list of the most similar family is an illustration: its ranks say nothing."
        )
    notes += estimates_of(rows)
    notes.append(
        "A change is called statistically clear where it is larger than chance and the usual "
        "variation of the series would make it in 19 of 20 cases. Rates are over the period itself."
    )
    return notes


def _named(words: str, rows: Iterable[Row], flag: str) -> list[str]:
    names = sorted({str(row["indicator_name"]) for row in rows if row[flag]})
    return [f"{words}: {', '.join(names)}."] if names else []
