"""Populations and households: ONS mid-year estimates and household figures, in any layout.

Licence of the data: Open Government Licence v3.0. The layouts differ from table to table: a row
an age, a column an age, a column a year, a sheet a sex. All become one long table, in which a
row is the number of people (or households) of one area, year, sex and span of ages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.tables.any_format import is_table, unpacked
from flows.landing.tables.contract import LARGEST_NUMBER, Column, Contract, normalised_header
from flows.landing.tables.csv_records import records
from flows.landing.tables.decoding import to_utf8
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.sheets import HEADER_WITHIN, raw_row, tidy
from flows.landing.tables.text import Reject
from flows.landing.tables.typed_values import LANDED_TYPE
from flows.landing.tables.workbook import Sheet, is_workbook, read_workbook

PEOPLE = Contract(
    "population",
    (
        Column(
            "area_code",
            "Area code",
            "text",
            "Code of the area; empty where the file has names only.",
            "E08000027",
            pattern=r"[EWKNSJ]\d{8}",
            pattern_in_words="an ONS code: a letter and eight digits",
        ),
        Column("area_name", "Area name", "text", "Name of the area.", "Dudley"),
        Column(
            "geography",
            "Geography",
            "text",
            "Level of the area, where the file says it.",
            "Metropolitan District",
        ),
        Column(
            "population_kind",
            "population_kind",
            "text",
            "What is counted.",
            "residents",
            required=True,
            allowed=("residents", "households"),
        ),
        Column(
            "sex",
            "Sex",
            "text",
            "Of whom.",
            "females",
            required=True,
            allowed=("persons", "females", "males"),
        ),
        Column(
            "age_from",
            "Age",
            "number",
            "Youngest age that is counted; 0 also for all ages.",
            "16",
            required=True,
            minimum=0,
            maximum=120,
        ),
        Column(
            "age_to",
            "age_to",
            "number",
            "Oldest age that is counted; empty where there is no upper limit.",
            "16",
        ),
        Column(
            "year",
            "Year",
            "number",
            "Year of the estimate (30 June).",
            "2023",
            required=True,
            minimum=1801,
            maximum=2200,
        ),
        Column(
            "population",
            "Population",
            "number",
            "People or households.",
            "1793",
            required=True,
            minimum=0,
        ),
    ),
)
KEY = (
    "area_code",
    "area_name",
    "geography",
    "population_kind",
    "sex",
    "age_from",
    "age_to",
    "year",
)

# Of several columns of codes the finest level is the row's own; the others say what it lies in.
_AREA = re.compile(
    r"(?:(lsoa|lower layer super output area|msoa|ward|csp|pfa|ltla|laua|lad|la|local authority|"
    r"area|geography|country)? ?(?:20\d\d|\d\d)? ?(?:district )?(code|cd|name|nm)|"
    r"(lad|la|lsoa)(code|name)(?:\d\d)?|()(mnemonic))"
)
_FINENESS = ("lsoa", "lower layer super output area", "ward", "msoa")
_SEX = {"sex", "gender"}
_AGE = {"age", "single year of age", "age group", "ages"}
_YEAR = {"year", "mid-year", "calendar years", "date"}
_GEOGRAPHY = {"geography", "geography type", "area type"}
_VALUE = {
    "population": "",
    "residents": "residents",
    "persons": "residents",
    "observation": "",
    "obs value": "",
    "value": "",
    "number of people": "residents",
    "usual residents": "residents",
    "households": "households",
    "number of households": "households",
}
_WIDE_AGE = re.compile(r"(?:aged? )?(\d{1,3})( ?\+| and over| and above)?")
_WIDE_SEX_AGE = re.compile(r"(f|m)(?:emales?|ales?)? ?(\d{1,3})( ?\+)?")
_WIDE_YEAR = re.compile(
    r"(?:(population|persons|residents|households)[ -]?)?(?:mid-?)?((?:19|20)\d\d)"
)
_SPAN = re.compile(r"(?:aged? )?(\d{1,3})(?: ?(?:-|to) ?(\d{1,3})| ?\+| and over| and above)?")
_ALL_AGES = {"all ages", "total", "all", "all persons", "all people", "aged all ages"}
_SEXES = {
    "persons": "persons",
    "people": "persons",
    "all persons": "persons",
    "all": "persons",
    "total": "persons",
    "both": "persons",
    "p": "persons",
    "0": "persons",
    "female": "females",
    "females": "females",
    "f": "females",
    "2": "females",
    "male": "males",
    "males": "males",
    "m": "males",
    "1": "males",
}
# Sheets of the estimates' workbook whose numbers are of something else.
_OTHER_TABLES = re.compile(r"(?i)median|density|component|per sq|change|notes?\b|contents|cover")
_MARKER = re.compile(r"(?i)\[[a-z]{1,4}\d?\]|\.\.|:|-|")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """What the numbers of one column are of; None where another column or the title says it."""

    header: str
    kind: str
    sex: str | None
    ages: tuple[int, int | None] | None
    year: int | None


@dataclass(slots=True)
class Layout:
    """Where a table's header stands, and what each of its columns is."""

    sheet: Sheet
    header_at: int
    places: dict[str, int]
    values: dict[int, ValueColumn]
    title: str = ""

    @property
    def width(self) -> int:
        """Count the columns up to the last that has a heading."""
        headings = self.sheet.rows[self.header_at]
        return max((at for at, cell in enumerate(headings, start=1) if cell.strip()), default=0)


@dataclass(slots=True)
class Gathered:
    """The long table while it grows, a column at a time."""

    columns: dict[str, list[object]] = field(
        default_factory=lambda: {column.name: [] for column in PEOPLE.columns}
    )
    lines: list[int] = field(default_factory=list)
    # rows of the long table by the area that they are of: only these can repeat each other
    rows_of_area: dict[tuple[str, str, str], list[range]] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    withheld: int = 0
    is_text: bool = False


def read_population(file: SupplierFile) -> Reading:
    """Read a file's tables of people or households, whatever their layout.

    Rows and rejects together are the filled cells. Raises FileRefusedError where no table is found
    or a table does not say which year it is of.
    """
    gathered = Gathered()
    sheets = _sheets(file, gathered.rejects)
    layouts = [
        layout
        for sheet in sheets
        if not _OTHER_TABLES.search(sheet.name) and (layout := find_layout(sheet)) is not None
    ]
    if not layouts:
        names = ", ".join(f"'{sheet.name.strip()}'" for sheet in sheets)
        raise FileRefusedError(
            f"no table of people or households was found on {names}",
            line=1,
            expected="a header row with an area's code or name, and with a column 'Population' "
            "(or 'Households'), a column for each age ('0' to '90+', or F0, M0 …), or one for "
            "each year ('2023', 'population_2023', 'Mid-2023')",
            next_step="check that this is a table of numbers by area; if its headers are new, "
            "add them to the reader",
        )
    for layout in layouts:
        _gather(layout, file.name, gathered)
    _judge_repeats(gathered)
    arrays = {
        column.name: pa.array(gathered.columns[column.name], LANDED_TYPE[column.kind])
        for column in PEOPLE.columns
    }
    table = pa.table({**arrays, "_row_number": pa.array(gathered.lines, pa.int64())})
    kinds = set(
        zip(*(table.column(c).to_pylist() for c in ("population_kind", "year")), strict=True)
    )
    notes = [f"{gathered.withheld:,} cells hold shorthand instead of a number and are left out"]
    return Reading(
        table,
        sorted(gathered.rejects, key=lambda reject: reject.line),
        ", ".join(sorted({kind for kind, _ in kinds})),
        [
            Coverage(kind, "*", date(int(year), 1, 1), date(int(year), 12, 31))
            for kind, year in sorted(kinds)
        ],
        "workbook" if len(sheets) > 1 else "table",
        notes if gathered.withheld else [],
    )


def _sheets(file: SupplierFile, rejects: list[Reject]) -> list[Sheet]:
    if is_workbook(file.name):
        return read_workbook(file.data)
    text, _ = to_utf8(unpacked(file))
    if not text.strip():
        raise FileRefusedError(
            "the file is empty",
            expected="a header line and rows",
            next_step="ask the supplier to send the file again",
        )
    return [_text_sheet(file.name, text.decode(), rejects)]


def _text_sheet(name: str, text: str, rejects: list[Reject]) -> Sheet:
    """Lay a text table out as a sheet: each record on its first line, which may not be its last."""
    width = 0

    def fits(fields: list[str]) -> bool:
        return not width or (len(fields) >= width and not any(map(str.strip, fields[width:])))

    rows: list[list[str]] = []
    for record in records(text, 1, fits):
        rows += [[]] * (record.line - 1 - len(rows))
        rows.append(record.fields)
        if record.fault:
            rows[-1] = []
            raw = text[record.start : record.end]
            rejects.append(Reject(record.line, "", record.fault, raw))
        elif not width and len(rows) <= HEADER_WITHIN:
            layout = find_layout(Sheet(name, rows))
            width = layout.width if layout is not None else 0
    return Sheet(name, rows)


def find_layout(sheet: Sheet) -> Layout | None:
    """Find the header row of a sheet's table by what its cells say; None where there is none."""
    title: list[str] = []
    for at, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        headers = [tidy(cell) for cell in row]
        places, values = _classified(headers)
        if values and ("area_code" in places or "area_name" in places):
            words = " ".join(title)
            return None if _OTHER_TABLES.search(words) else Layout(sheet, at, places, values, words)
        title += [header for header in headers if header]
    return None


def _classified(headers: list[str]) -> tuple[dict[str, int], dict[int, ValueColumn]]:
    places: dict[str, int] = {}
    values: dict[int, ValueColumn] = {}
    finest: dict[str, int] = {}
    for position, header in enumerate(headers):
        word = normalised_header(header)
        if area := _AREA.fullmatch(word):
            level = next((part for part in (area.group(1), area.group(3)) if part), "")
            part = next(p for p in (area.group(2), area.group(4), area.group(6)) if p)
            column = "area_name" if part in ("name", "nm") else "area_code"
            rank = _FINENESS.index(level) if level in _FINENESS else len(_FINENESS)
            if column not in places or rank < finest[column]:
                places[column], finest[column] = position, rank
            continue
        for column, words in (
            ("sex", _SEX),
            ("age", _AGE),
            ("year", _YEAR),
            ("geography", _GEOGRAPHY),
        ):
            if word in words:
                places.setdefault(column, position)
                break
        else:
            value = _value_column(header, word)
            if value is not None:
                values[position] = value
    return places, values


def _value_column(header: str, word: str) -> ValueColumn | None:
    if word in _ALL_AGES:
        return ValueColumn(header, "", None, (0, None), None)
    if word in _VALUE:
        return ValueColumn(header, _VALUE[word], None, None, None)
    if found := _WIDE_YEAR.fullmatch(word):
        kind = "households" if found.group(1) == "households" else ""
        return ValueColumn(header, kind, None, None, int(found.group(2)))
    if found := _WIDE_AGE.fullmatch(word):
        age = int(found.group(1))
        return ValueColumn(header, "", None, (age, None if found.group(2) else age), None)
    if found := _WIDE_SEX_AGE.fullmatch(word):
        age = int(found.group(2))
        sex = "females" if found.group(1) == "f" else "males"
        # the estimates end at 90, written F90 or F90+: the last age has no upper limit
        return ValueColumn(
            header, "", sex, (age, None if found.group(3) or age >= 90 else age), None
        )
    return None


def _stated_sex(layout: Layout) -> str | None:
    for text in (layout.sheet.name, layout.title):
        found = {
            _SEXES[word] for word in re.findall(r"females?|males?|persons|people", text.lower())
        }
        if len(found) == 1:
            return found.pop()
    return None


def _stated_year(layout: Layout, file_name: str) -> int | None:
    for text in (layout.title, layout.sheet.name, file_name):
        found = set(re.findall(r"(?i)mid[-_ ]?(?:year[-_ ])?((?:19|20)\d\d)", text))
        found = found or set(re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text))
        if len(found) == 1:
            return int(found.pop())
    return None


def _gather(layout: Layout, file_name: str, into: Gathered) -> None:
    sex_of_table = _stated_sex(layout) or "persons"
    year_of_table = _stated_year(layout, file_name)
    is_text = into.is_text = not is_workbook(file_name)
    about = f"{file_name} {layout.sheet.name} {layout.title}".lower()
    kind_of_table = "households" if "household" in about else "residents"
    dated = "year" in layout.places or all(value.year for value in layout.values.values())
    if not dated and year_of_table is None:
        raise FileRefusedError(
            f"the table on '{layout.sheet.name.strip()}' does not say which year it is of",
            line=layout.header_at + 1,
            expected="a column 'Year', the year in the headers, or 'mid-2023' in the title, the "
            "sheet's name or the file's name",
            next_step="put the year into the file's name, as in population-mid-2023.xlsx",
        )
    for line, row in enumerate(layout.sheet.rows[layout.header_at + 1 :], layout.header_at + 2):
        filled = [at for at, cell in enumerate(row) if cell.strip()]
        if not filled or filled == [0]:
            continue  # a blank row, or a footnote
        # a sheet's rows are all of one length; a line of text may lack fields or have too many
        if is_text and (len(row) < layout.width or filled[-1] >= layout.width):
            reason = f"expected {layout.width} fields as in the header, found {len(row)}"
            into.rejects.append(Reject(line, "", reason, raw_row(row)))
            continue
        place = {name: tidy(row[at]) if at < len(row) else "" for name, at in layout.places.items()}
        fault = _fault_of_row(place)
        sex = _SEXES.get(normalised_header(place.get("sex", "")))
        ages = _span(place.get("age", ""))
        first = len(into.lines)
        for at, value in layout.values.items():
            text = row[at].strip() if at < len(row) else ""
            if _MARKER.fullmatch(text):
                into.withheld += bool(text)
                continue
            wrong = fault or _fault_of_cell(text)
            if wrong:
                into.rejects.append(Reject(line, wrong[0] or value.header, wrong[1], raw_row(row)))
                continue
            youngest, oldest = value.ages or ages or (0, None)
            number = place.get("year") or value.year or year_of_table
            new = (
                place.get("area_code") or None,
                place.get("area_name") or None,
                place.get("geography") or None,
                value.kind or kind_of_table,
                value.sex or sex or sex_of_table,
                youngest,
                oldest,
                int(str(number)[:4]),
                float(text.replace(",", "")),
            )
            for column, entry in zip(into.columns.values(), new, strict=True):
                column.append(entry)
            into.lines.append(line)
        area = (place.get("area_code", ""), place.get("area_name", ""), place.get("year", ""))
        into.rows_of_area.setdefault(area, []).append(range(first, len(into.lines)))


def _fault_of_row(place: dict[str, str]) -> tuple[str, str] | None:
    code = place.get("area_code", "")
    if code and not re.fullmatch(r"[EWKNSJ]\d{8}", code):
        return "Area code", "expected an ONS code: a letter and eight digits"
    if not code and not place.get("area_name"):
        return "Area code", "expected the area's code or name"
    if "sex" in place and normalised_header(place["sex"]) not in _SEXES:
        return "Sex", "expected persons, females or males (or F and M, or 2 and 1)"
    if "age" in place and _span(place["age"]) is None:
        return "Age", "expected an age (16), a span (10-17), an open end (90+) or all ages"
    if "year" in place and not re.fullmatch(r"(19|20)\d\d(-06-30)?", place["year"]):
        return "Year", "expected a year such as 2023"
    return None


def _fault_of_cell(text: str) -> tuple[str, str] | None:
    if not _NUMBER.fullmatch(text):
        return "", "expected a number of people or households, or shorthand such as [x]"
    if not 0 <= float(text.replace(",", "")) <= LARGEST_NUMBER:
        return "", f"expected 0 or more, and at most {LARGEST_NUMBER:,.0f}"
    return None


def _span(text: str) -> tuple[int, int | None] | None:
    word = normalised_header(text)
    if word in _ALL_AGES:
        return 0, None
    found = _SPAN.fullmatch(word)
    if found is None:
        return None
    first = int(found.group(1))
    if found.group(2):
        return (first, int(found.group(2))) if int(found.group(2)) >= first else None
    return first, first if found.group(0).endswith(found.group(1)) else None


def _judge_repeats(gathered: Gathered) -> None:
    """Take out a number that stands twice; where the two differ, both are rejected.

    A workbook may give one total on two sheets; a line that is repeated in a text is a reject.
    """
    rows_of: dict[tuple[object, ...], list[int]] = {}
    columns = [gathered.columns[name] for name in KEY]
    for ranges in gathered.rows_of_area.values():
        if len(ranges) == 1:
            continue
        for row in (row for one in ranges for row in one):
            rows_of.setdefault(tuple(column[row] for column in columns), []).append(row)
    out: set[int] = set()
    for rows in rows_of.values():
        if len(rows) == 1:
            continue
        if len({gathered.columns["population"][row] for row in rows}) == 1:
            out.update(rows[1:])
            if gathered.is_text:
                reason = f"repeats line {gathered.lines[rows[0]]}; expected every number once"
                gathered.rejects += [
                    Reject(gathered.lines[row], "Population", reason, "") for row in rows[1:]
                ]
            continue
        listed = ", ".join(str(gathered.lines[row]) for row in rows)
        for row in rows:
            gathered.rejects.append(
                Reject(
                    gathered.lines[row],
                    "Population",
                    f"lines {listed} give different numbers for one area, year, sex and age",
                    "",
                )
            )
        out.update(rows)
    if not out:
        return
    keep = [row for row in range(len(gathered.lines)) if row not in out]
    gathered.columns = {
        name: [values[row] for row in keep] for name, values in gathered.columns.items()
    }
    gathered.lines = [gathered.lines[row] for row in keep]


FILES = SourceFiles(
    (
        Reader(
            dataset="population",
            contract=PEOPLE,
            accepts=is_table,
            read=read_population,
            clash="values",
            key=KEY,
            compared=("population",),
        ),
    ),
)
