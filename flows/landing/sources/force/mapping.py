"""A mapping: which heading of a force's extract is which canonical column, as a YAML file.

It lies at `raw/force_extract/mappings/<force>.yml`. `<force>.<YYYY-MM-DD>.yml` holds for extracts
of that date and later, so that an older extract keeps the mapping of its own layout.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from flows.landing.sources.force.columns import (
    AGE_MARKERS,
    LOCATIONS,
    MAPPABLE,
    MARKERS,
    NO,
    REQUIRED,
)
from flows.landing.sources.force.reference import seed_rows
from flows.landing.sources.rules.area_names import partnership_named, similar_names
from flows.landing.tables.contract import normalised_header
from flows.landing.tables.refusal import FileRefusedError

_FILE_NAME = re.compile(r"(?P<force>[a-z][a-z-]*)(?:\.(?P<since>\d{4}-\d{2}-\d{2}))?\.ya?ml")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_KEYS = {"force", "area", "columns", "sheets", "window", "offence_codes", "not_personal"}
_MARKER_NAMES = {column.name for column in MARKERS}
_NEXT = "correct the mapping and try it with: csp check-mapping FILE"


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One canonical column: its heading, and which of its words mean what.

    `yes` and `no` are the words of a marker, compared without case; `otherwise` is what a
    marker is for any other word ('' is unknown). `youth` and `older` are the age bands that mean
    young and old, and `cancelled` the outcomes that mean that the record is no crime any more.
    """

    heading: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    otherwise: str = ""
    youth: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()

    def ages(self, marker: str) -> tuple[str, ...]:
        """Give the age bands that mean one of AGE_MARKERS."""
        return {"youth": self.youth, "older": self.older}[AGE_MARKERS[marker]]


@dataclass(frozen=True, slots=True)
class Window:
    """Which months an extract covers: `months` before its date, or from `first` to `last`.

    `last` of None is the last month that was over on the extract date. All of it None: the
    months of the recorded dates.
    """

    months: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """One force's mapping. `digest` is the hash of what it says, comments included.

    `area` names the one partnership that the extract is of; '' is the whole force.
    """

    force: str
    columns: dict[str, MappedColumn]
    digest: str
    area: str = ""
    sheets: tuple[str, ...] = ()
    window: Window = field(default_factory=Window)
    offence_codes: dict[str, str] = field(default_factory=dict)
    not_personal: tuple[str, ...] = ()

    @property
    def scope(self) -> str:
        """What the extract speaks for: the force, or one partnership."""
        return self.area or self.force

    def headings(self) -> list[str]:
        """Give the headings that it names, each once."""
        return list(dict.fromkeys(column.heading for column in self.columns.values()))


def find_mapping(folder: Path | None, path: str, extract_date: date) -> Path:
    """Find the mapping of a file by the force that its name, or a folder it lies in, begins with.

    `path` is the file's label below its extract date. Raises FileRefusedError saying what to add.
    """
    known: dict[str, list[tuple[date, Path]]] = {}
    for file in sorted(folder.glob("*.y*ml")) if folder is not None and folder.is_dir() else ():
        if found := _FILE_NAME.fullmatch(file.name):
            try:
                since = date.fromisoformat(found["since"]) if found["since"] else date.min
            except ValueError:
                continue
            known.setdefault(found["force"], []).append((since, file))
    parts = [_slug(part) for part in re.split(r"[/!]", path)]
    forces = [f for f in known if any(part == f or part.startswith(f"{f}-") for part in parts)]
    if not forces:
        raise FileRefusedError(
            "no mapping says what its columns are",
            expected="a file name that begins with its force (west-midlands-2025-09.csv), and "
            "raw/force_extract/mappings/<force>.yml"
            + (f"; there are mappings of {', '.join(sorted(known))}" if known else ""),
            next_step="write the mapping (docs/sources/force_extract.md) and try it with: "
            "csp check-mapping FILE",
        )
    force = max(forces, key=len)
    in_force = [entry for entry in known[force] if entry[0] <= extract_date]
    if not in_force:
        raise FileRefusedError(
            f"every mapping of {force} begins after the extract date",
            expected=f"mappings/{force}.yml for the earlier extracts",
            next_step=_NEXT,
        )
    return max(in_force)[1]


def read_mapping(file: Path, *, draft: bool = False) -> Mapping:
    """Read a mapping; the name of a draft need not be that of its force.

    Raises FileRefusedError naming the mapping's file, the entry and what is wrong.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise _wrong(file, f"it cannot be read ({error.strerror})", "a readable file") from None
    raw = _yaml(file, content)
    if not isinstance(raw, dict):
        raise _wrong(file, "it is no mapping", "YAML with the entries force and columns")
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        raise _wrong(file, f"unknown entry '{unknown[0]}'", f"one of {', '.join(sorted(_KEYS))}")
    found = None if draft else _FILE_NAME.fullmatch(file.name)
    force = raw.get("force") or (found["force"] if found else "")
    if not isinstance(force, str) or force not in known_forces():
        raise _wrong(file, "force is none of data/seeds/police_forces.csv", "such as west-midlands")
    if found and found["force"] != force:
        raise _wrong(file, f"it says force '{force}'", f"the force of its name, {found['force']}")
    columns = raw.get("columns")
    if not isinstance(columns, dict):
        raise _wrong(file, "columns are missing", "columns: with a heading for each column")
    mapped = {str(name): _column(file, str(name), entry) for name, entry in columns.items()}
    spelled: dict[str, str] = {}
    for name, column in mapped.items():  # one heading is one column, however it is spelt here
        heading = spelled.setdefault(normalised_header(column.heading), column.heading)
        mapped[name] = replace(column, heading=heading)
    for name in REQUIRED:
        if name not in mapped:
            raise _wrong(file, f"columns: {name} is missing", "its heading in the extract")
    if not any(name in mapped for name in LOCATIONS):
        raise _wrong(
            file,
            "no column says in which partnership a crime happened",
            f"at least one of {', '.join(LOCATIONS)}",
        )
    codes = raw.get("offence_codes") or {}
    if not isinstance(codes, dict) or not all(isinstance(code, str) for code in codes.values()):
        raise _wrong(file, "offence_codes is no list of pairs", 'entries such as "008/01": 8N')
    return Mapping(
        force=force,
        columns=mapped,
        digest=hashlib.sha256(content).hexdigest(),
        area=_area(file, raw.get("area")),
        sheets=_words(file, "sheets", raw.get("sheets")),
        window=_window(file, raw.get("window")),
        offence_codes={normal_code(old): normal_code(new) for old, new in codes.items()},
        not_personal=_words(file, "not_personal", raw.get("not_personal")),
    )


def known_forces() -> frozenset[str]:
    """Give the slugs of the forces in data/seeds/police_forces.csv."""
    return frozenset(row["force_slug"] for row in seed_rows("police_forces"))


def normal_code(code: str) -> str:
    """Bring an offence code to the form of the seed: capitals, no leading zeros, no spaces."""
    return re.sub(r"\s+", "", code).upper().lstrip("0")


def _yaml(file: Path, content: bytes) -> Any:
    class Loader(yaml.BaseLoader):
        """Every scalar stays text (a bare `no` is a word here), and no key may stand twice."""

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            keys = [self.construct_object(key, deep=True) for key, _ in node.value]
            twice = next((key for key in keys if keys.count(key) > 1), None)
            if twice is not None:
                raise _wrong(file, f"'{twice}' stands twice", "every entry once")
            return super().construct_mapping(node, deep)

    try:
        return yaml.load(content, Loader=Loader)  # noqa: S506 - a BaseLoader makes text only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = f" at line {mark.line + 1}" if mark is not None else ""
        raise _wrong(file, f"it is no YAML{at}", "YAML in UTF-8") from None
    except (UnicodeDecodeError, RecursionError, TypeError, ValueError):
        raise _wrong(file, "it is no YAML", "YAML in UTF-8") from None


def _column(file: Path, name: str, entry: object) -> MappedColumn:
    if name not in MAPPABLE:
        raise _wrong(
            file, f"columns: unknown column '{name}'", f"one of {', '.join(sorted(MAPPABLE))}"
        )
    if isinstance(entry, str):
        entry = {"column": entry}
    allowed = {"column"}
    if name in _MARKER_NAMES:
        allowed |= {"yes", "no", "otherwise"}
    allowed |= {"victim_age_band": {"youth", "older"}, "outcome": {"cancelled"}}.get(name, set())
    if not isinstance(entry, dict) or not set(entry) <= allowed:
        raise _wrong(file, f"columns: {name}", f"a heading, or entries of {sorted(allowed)}")
    heading = entry.get("column")
    if not isinstance(heading, str) or not heading.strip():
        raise _wrong(file, f"columns: {name}: column is missing", "the heading in the extract")
    words = {
        key: tuple(word.strip().casefold() for word in _words(file, f"{name}: {key}", value))
        for key, value in entry.items()
        if key in ("yes", "no", "youth", "older", "cancelled")
    }
    otherwise = entry.get("otherwise", "")
    if otherwise not in ("", NO):
        raise _wrong(file, f"columns: {name}: otherwise", "no, or left out (then it is unknown)")
    if name in _MARKER_NAMES and not words.get("yes"):
        raise _wrong(file, f"columns: {name}: yes is missing", "the words that mean yes: [Y]")
    both = set(words.get("yes", ())) & set(words.get("no", ()))
    if both:
        raise _wrong(file, f"columns: {name}: a word stands under yes and no", "each under one")
    return MappedColumn(heading.strip(), otherwise=str(otherwise), **words)


def _area(file: Path, value: object) -> str:
    """Give the partnership's name as the seed has it, whether written by name or by code."""
    if value is None or value == "":
        return ""
    if found := partnership_named(str(value)):
        return found
    near = " or ".join(similar_names(str(value))) or "Dudley"
    raise _wrong(
        file, "area is no partnership of data/seeds/areas.csv", f"such as {near}, or a code E22…"
    )


def _words(file: Path, entry: str, value: object) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return tuple(value)
    raise _wrong(file, entry, "a list of words: [one, two]")


def _window(file: Path, value: object) -> Window:
    if value is None or value == "":
        return Window()
    wanted = "months: 36, or from: 2022-04 with or without to: 2025-03"
    if not isinstance(value, dict) or not set(value) <= {"months", "from", "to"}:
        raise _wrong(file, "window", wanted)
    if "months" in value:
        months = value["months"]
        if (
            len(value) > 1
            or not isinstance(months, str)
            or not re.fullmatch("[1-9][0-9]{0,2}", months)
        ):
            raise _wrong(file, "window: months", wanted)
        return Window(months=int(months))
    first, last = (_month(file, value.get(key), key) for key in ("from", "to"))
    if first is None or (last is not None and last < first):
        raise _wrong(file, "window", wanted)
    return Window(first=first, last=last)


def _month(file: Path, value: object, key: str) -> date | None:
    if value is None:
        return None
    found = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise _wrong(file, f"window: {key}", "a month as YYYY-MM; a window is of whole months")
    return date(int(found[1]), int(found[2]), 1)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def _wrong(file: Path, problem: str, expected: str) -> FileRefusedError:
    return FileRefusedError(
        f"the mapping {file.name}: {problem}", expected=expected, next_step=_NEXT
    )
