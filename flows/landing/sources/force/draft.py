"""A draft of a mapping, from an extract's headings and a sample of its words.

What is drafted is a proposal to be read by a person: `csp check-mapping` shows what it would make
of every column. Columns that look like personal data are named in a comment and never mapped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from flows.landing.reader import SupplierFile
from flows.landing.sources.force.columns import (
    HATE_STRANDS,
    LOCATIONS,
    MARKERS,
    NEVER_KEPT,
    REQUIRED,
)
from flows.landing.sources.force.mapping import known_forces, normal_code
from flows.landing.sources.force.personal_data import kind_by_heading, kind_by_values
from flows.landing.sources.force.reference import known_codes
from flows.landing.sources.rules.area_names import area_code_of
from flows.landing.tables.contract import normalised_header
from flows.landing.tables.csv_text import headers_of, sampled_rows
from flows.landing.tables.sheets import tidy
from flows.landing.tables.workbook import is_workbook, read_workbook

_SAMPLED_ROWS = 400
_HEADING_ROWS = 30
_MOST = 0.6  # so much of a sample must be of a kind for its column to be of that kind
_YES = ("y", "yes", "true", "t", "1", "x")
_NO = ("n", "no", "false", "f", "0", "")
_DATES = ("recorded_date", "committed_from", "committed_to")
MISSING = "???"

# The first pattern that a heading matches says which column it is; no heading serves two of these.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("crime_reference", r"\b(ref|reference|crime (no|num|number|id)|urn|occurrence (no|number))\b"),
    ("recorded_date", r"\b(recorded|reported|record|report)\b.*\b(date|on)\b|\bdate\b.*\brec"),
    ("recorded_date", r"\b(date|created) (recorded|reported|created)\b|^recorded$"),
    ("committed_to", r"\b(committed|occurred|offence|event|incident)\b.*\b(to|until|end|last)\b"),
    ("committed_from", r"\b(committed|occurred|offence date|event date|incident date)\b"),
    ("offence_code", r"\b(ho|home office|offence|crime|hocr|ccjs)\b.*\bcode\b|^code$"),
    ("lsoa_name", r"\blsoa\b.*\bname\b"),
    ("lsoa_code", r"\blsoa\b"),
    ("csp", r"\b(csp|partnership|authority|district|borough|lad|la)\b|^area$"),
    ("ward", r"\bward\b"),
    ("easting", r"\beasting\b"),
    ("northing", r"\bnorthing\b"),
    ("victim_age_band", r"\b(victim|vic)\b.*\bage\b"),
    ("offender_age_band", r"\b(offender|suspect|defendant)\b.*\bage\b"),
    ("outcome", r"\b(outcome|status|disposal)\b"),
    ("domestic_abuse", r"\b(domestic|da|dv)\b"),
    ("hate_crime", r"\bhate\b"),
    ("knife", r"\b(knife|bladed?|sharp)\b"),
    ("business", r"\b(business|commercial)\b"),
    ("public_place", r"\bpublic place\b"),
    ("gang", r"\bgang\b"),
    ("cyber", r"\b(cyber|online)\b"),
    ("female_genital_mutilation", r"\b(fgm|female genital)\b"),
    ("repeat_victim", r"\brepeat\b"),
)
# What a strand's words look like, and the word that a draft proposes for one not in the sample.
_STRANDS = {
    "hate_race": (r"rac(e|ial|ist|ism)", "Race"),
    "hate_religion": (r"faith|religio", "Faith"),
    "hate_sexual_orientation": (r"orientation|homophob|sexual", "Sexual Orientation"),
    "hate_disability": (r"disab", "Disability"),
    "hate_transgender": (r"trans", "Transgender"),
}
_CANCELLED = re.compile(r"no crime|cancelled|transferred", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MappingDraft:
    """A drafted mapping as YAML, and the required columns for which no heading was found."""

    force: str
    text: str
    missing: tuple[str, ...]


def force_of(path: str) -> str:
    """Give the slug of the force that a file's name, or a folder it lies in, begins with."""
    parts = [re.sub(r"[^a-z0-9]+", "-", part.casefold()).strip("-") for part in path.split("/")]
    named = [
        force
        for force in known_forces()
        if any(part == force or part.startswith(f"{force}-") for part in parts)
    ]
    return max(named, key=len, default="")


def draft_mapping(file: SupplierFile, force: str) -> MappingDraft:
    """Draft the mapping of an extract.

    Raises FileRefusedError where the file cannot be read at all.
    """
    sample = _sample(file)
    personal = {
        heading: kind
        for heading, words in sample.items()
        if (kind := _personal(heading, words, file.extract_date)) is not None
    }
    mapped: dict[str, str] = {}
    unfilled: list[str] = []
    marker_names = {column.name for column in MARKERS}
    for heading, words in sample.items():
        name = None if heading in personal else _column_of(heading, words)
        if name in marker_names and not any(word.strip() for word in words):
            unfilled.append(heading)  # zeros made of a column that nobody fills would be false
        elif name is not None and name not in mapped and name not in NEVER_KEPT:
            mapped[name] = heading
    entries = _entries(mapped, sample)
    missing = [name for name in REQUIRED if name not in mapped]
    if not any(name in mapped for name in LOCATIONS):
        missing.append("csp")
    lines = [
        f"# Drafted from the headings of {file.name}: read every line before it is used.",
        "# The months are those of the recorded dates; `window: {months: 36}` states them instead.",
        f"force: {force}",
        "columns:",
        *(f"  {name}: {entry}" for name, entry in entries.items()),
        *(f"  {name}: {MISSING}" for name in missing),
    ]
    named = {*mapped.values(), *personal, *unfilled}
    left = [heading for heading in sample if heading not in named]
    if left:
        lines.append(f"# not mapped: {', '.join(left)}")
    lines += [
        f"# {heading}: empty in every row that was looked at; map it once the force fills it"
        for heading in unfilled
    ]
    lines += [f"# {heading}: looks like {kind}; never landed" for heading, kind in personal.items()]
    return MappingDraft(force, "\n".join(lines) + "\n", tuple(missing))


def _personal(heading: str, words: list[str], day: date) -> str | None:
    kind = kind_by_heading(heading)
    if kind is not None:
        return kind
    kind = kind_by_values(words, day)
    # dates of crimes look like dates of birth
    if kind == "a date of birth" and _by_heading(heading) in _DATES:
        return None
    return kind


def _by_heading(heading: str) -> str | None:
    folded = re.sub(r"[^a-z0-9]+", " ", normalised_header(heading).casefold()).strip()
    return next((name for name, words in _PATTERNS if re.search(words, folded)), None)


def _column_of(heading: str, words: list[str]) -> str | None:
    """Say which column a heading is: by what its words can only be, else by the heading."""
    filled = [word.strip() for word in words if word.strip()]
    if filled:
        codes = known_codes()

        def share(of_kind: list[bool]) -> bool:
            return sum(of_kind) >= _MOST * len(filled)

        if share([bool(re.fullmatch(r"[EW]01\d{6}", word)) for word in filled]):
            return "lsoa_code"
        if share([bool(re.fullmatch(r".+ \d{3}[A-Z]", word)) for word in filled]):
            return "lsoa_name"
        named = _by_heading(heading)
        if named in (None, "offence_code") and share([normal_code(w) in codes for w in filled]):
            return "offence_code"
        if named in (None, "csp") and share([area_code_of(word) is not None for word in filled]):
            return "csp"
    return _by_heading(heading)


def _entries(mapped: dict[str, str], sample: dict[str, list[str]]) -> dict[str, str]:
    markers = {column.name for column in MARKERS}
    entries: dict[str, str] = {}
    for name, heading in mapped.items():
        words = list(dict.fromkeys(word.strip() for word in sample[heading]))
        if name == "hate_crime" and (strands := _strands(heading, words)):
            entries |= strands
        elif name in markers:
            yes = [word for word in words if word.casefold() in _YES]
            no = [word for word in words if word.casefold() in _NO]
            entries[name] = (
                f"{{column: {_text(heading)}, yes: {_list(yes or ['Y', 'Yes'])}, "
                f"no: {_list(no or ['N', 'No'])}}}"
            )
        elif name == "victim_age_band":
            young = [word for word in words if _is_young(word)]
            old = [word for word in words if _is_old(word)]
            bands = f", youth: {_list(young)}" if young else ""
            bands += f", older: {_list(old)}" if old else ""
            entries[name] = f"{{column: {_text(heading)}{bands}}}"
        elif name == "outcome":
            cancelled = [word for word in words if _CANCELLED.search(word)]
            words_of_none = f", cancelled: {_list(cancelled)}" if cancelled else ""
            entries[name] = (
                f"{{column: {_text(heading)}{words_of_none}}}" if cancelled else _text(heading)
            )
        else:
            entries[name] = _text(heading)
    return entries


def _strands(heading: str, words: list[str]) -> dict[str, str]:
    """Draft the strands of a column that names them; nothing of one that says yes or no."""
    found = {}
    for name in HATE_STRANDS:
        pattern, usual = _STRANDS[name]
        named = [word for word in words if re.search(pattern, word, re.IGNORECASE)]
        found[name] = (len(named), named or [usual])
    if not any(number for number, _ in found.values()):
        return {}
    # a strand that is too rare for the sample is drafted too: without it hate crime is not counted
    return {
        name: f"{{column: {_text(heading)}, yes: {_list(named)}, otherwise: no}}"
        for name, (_, named) in found.items()
    }


def _is_young(band: str) -> bool:
    ages = [int(age) for age in re.findall(r"\d+", band)]
    return bool(ages) and max(ages) <= 17 and "+" not in band


def _is_old(band: str) -> bool:
    ages = [int(age) for age in re.findall(r"\d+", band)]
    return bool(ages) and min(ages) >= 65


def _text(word: str) -> str:
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 _()/.-]*", word)
    return word if plain else "'" + word.replace("'", "''") + "'"


def _list(words: list[str]) -> str:
    return "[" + ", ".join(_text(word) if word else '""' for word in words) + "]"


def _sample(file: SupplierFile) -> dict[str, list[str]]:
    """Read the headings of a file, each with some of its words."""
    if not is_workbook(file.name):
        headings = [heading.strip() for heading in headers_of(file.data)]
        rows = sampled_rows(file.data, _SAMPLED_ROWS)
        return {h: [row[at] for row in rows] for at, h in enumerate(headings) if h}
    best: tuple[int, list[str], list[list[str]]] = (-1, [], [])
    for sheet in read_workbook(file.data):
        for at, row in enumerate(sheet.rows[:_HEADING_ROWS]):
            headings = [tidy(cell) for cell in row]
            known = sum(_by_heading(heading) is not None for heading in headings if heading)
            if known > best[0]:
                below = sheet.rows[at + 1 :]
                step = max(1, len(below) // _SAMPLED_ROWS)
                best = known, headings, [list(line) for line in below[::step]]
    _, headings, rows = best
    return {
        heading: [row[at] for row in rows if at < len(row)]
        for at, heading in enumerate(headings)
        if heading
    }
