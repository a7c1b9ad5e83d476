"""Own indicators: what a partnership counts beside the project's list, declared in a file.

A row declares one indicator and says what it counts: Home Office offence codes, markers of a
force's records, categories of data.police.uk, or none of these, where its figures arrive as counts
(`force_counts`, `partner_returns`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches

import pyarrow as pa

from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.force.columns import MARKERS, NO, YES
from flows.landing.sources.force.reference import seed_rows
from flows.landing.sources.rules.area_names import folded
from flows.landing.sources.rules.crime_categories import category_indicators
from flows.landing.sources.rules.stated_once import stated_once
from flows.landing.sources.rules.whole_file import read_long_table
from flows.landing.tables.any_format import is_table
from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.typed_values import Fault

SCOPE = "own indicators"
UNITS = ("count", "per cent", "pounds")
DENOMINATORS = ("residents", "households", "adult_females", "aged_10_17", "none")
POLARITIES = ("lower_is_better", "higher_is_better", "neutral")
MAPS = ("offence_codes", "markers", "categories")
_SEPARATOR = ";"
_CODE = re.compile(r"\d{1,3}[A-Z]{0,2}(?:\.\d{1,2})?(?:/[\d./]{1,30})?")
_STILL_USED = date.max


def _yes_or_no(name: str, header: str, meaning: str, *, required: bool = False) -> Column:
    return Column(
        name,
        header,
        "text",
        meaning,
        YES if required else NO,
        in_header=required,
        required=required,
        allowed=(YES, NO),
    )


INDICATORS = Contract(
    "indicators",
    (
        Column(
            "own_indicator_id",
            "indicator",
            "text",
            "The indicator's id, by which tables and files name it; none that the project has.",
            "business_robbery",
            required=True,
            pattern=r"[a-z][a-z0-9_]{0,99}",
            pattern_in_words="an indicator's id: small letters, digits and underscores",
            aliases=("indicator id", "id"),
        ),
        Column(
            "indicator_name",
            "name",
            "text",
            "Name as people read it; none that the project has.",
            "Robbery of businesses",
            required=True,
            max_length=100,
            aliases=("indicator name",),
        ),
        Column(
            "theme",
            "theme",
            "text",
            "Chapter of the scorecard; empty: own indicators.",
            "acquisitive crime",
            in_header=False,
            max_length=100,
        ),
        Column(
            "definition",
            "definition",
            "text",
            "What is counted, in a sentence.",
            "Robbery of business property.",
            required=True,
            max_length=1000,
        ),
        Column(
            "unit",
            "unit",
            "text",
            "Unit of the figure; empty: count.",
            "count",
            in_header=False,
            allowed=UNITS,
        ),
        Column(
            "denominator_kind",
            "denominator",
            "text",
            "Population that the rate is over; empty: none, and no rate.",
            "residents",
            in_header=False,
            allowed=DENOMINATORS,
        ),
        Column(
            "rate_per",
            "rate_per",
            "number",
            "The rate is per so many of the denominator; empty: 1,000.",
            "1000",
            in_header=False,
            minimum=1,
            maximum=1_000_000,
            aliases=("per",),
        ),
        Column(
            "polarity",
            "polarity",
            "text",
            "Whether fewer are better; neutral where a rise can be more reporting.",
            "lower_is_better",
            required=True,
            allowed=POLARITIES,
        ),
        _yes_or_no(
            "is_sensitive",
            "sensitive",
            "Whether small numbers are withheld from what is published. An indicator that counts "
            "offences or markers of a sensitive one is sensitive, whatever stands here.",
            required=True,
        ),
        _yes_or_no("is_headline", "headline", "Whether it is a line of the scorecard; empty: no."),
        Column(
            "offence_codes",
            "offence_codes",
            "text",
            "Home Office offence codes that a force's records count by, separated by semicolons.",
            "34A; 34B",
            in_header=False,
            max_length=4000,
            aliases=("codes",),
        ),
        Column(
            "markers",
            "markers",
            "text",
            "Markers of a force's records, separated by semicolons: a record counts that has one "
            "of them.",
            "cyber",
            in_header=False,
            max_length=1000,
            aliases=("marker",),
        ),
        Column(
            "categories",
            "categories",
            "text",
            "Categories of data.police.uk, as it writes them, separated by semicolons.",
            "Bicycle theft; Theft from the person",
            in_header=False,
            max_length=1000,
            aliases=("category",),
        ),
        Column(
            "counted_as_one",
            "counted_as_one",
            "text",
            "What one of the count is called in a sentence; empty: case.",
            "robbery of a business",
            in_header=False,
            max_length=100,
        ),
        Column(
            "counted_as_many",
            "counted_as_many",
            "text",
            "What several of the count are called; empty: cases.",
            "robberies of businesses",
            in_header=False,
            max_length=100,
        ),
        _yes_or_no(
            "is_withdrawn",
            "withdrawn",
            "Yes in a newer file takes the indicator out of every table.",
        ),
    ),
)
COMPARED = tuple(c.name for c in INDICATORS.columns if c.name != "own_indicator_id")


def listed(words: str | None) -> list[str]:
    """Take apart a list of a cell: `30A; 30B`."""
    return [word for part in (words or "").split(_SEPARATOR) if (word := part.strip())]


def marker_names() -> tuple[str, ...]:
    """Give the markers that an indicator can count by: those by which one of the project does."""
    counted = {row["marker"] for row in seed_rows("marker_indicators")}
    return tuple(column.name for column in MARKERS if column.name in counted)


def category_names() -> tuple[str, ...]:
    """Give the categories of data.police.uk that its files still use."""
    return tuple(
        sorted({row.category for row in category_indicators() if row.valid_to == _STILL_USED})
    )


def _fault(table: pa.Table, column: str, judge: Callable[[dict[str, object]], str]) -> list[Fault]:
    """Find the rows of which `judge` says what is wrong; each has a reason of its own."""
    faults = []
    for place, row in enumerate(table.to_pylist()):
        reason = judge(row)
        if reason:
            mask = pa.array([other == place for other in range(table.num_rows)])
            faults.append(Fault(column, reason, mask))
    return faults


def _not_of_the_project(table: pa.Table, lines: pa.Array) -> list[Fault]:
    ids = {row["indicator_id"] for row in seed_rows("indicators")}
    names = {folded(row["indicator_name"]): row["indicator_id"] for row in seed_rows("indicators")}

    def of_id(row: dict[str, object]) -> str:
        if row["own_indicator_id"] not in ids:
            return ""
        return "the project has an indicator of this id; expected an id of your own"

    def of_name(row: dict[str, object]) -> str:
        name = folded(str(row["indicator_name"] or ""))
        if name not in names:
            return ""
        return f"{names[name]} of the project has this name; expected a name of its own"

    return [*_fault(table, "indicator", of_id), *_fault(table, "name", of_name)]


def _known_words(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find words of the maps that no record can have."""

    def codes(row: dict[str, object]) -> str:
        wrong = [word for word in _words(row, "offence_codes") if not _CODE.fullmatch(word.upper())]
        return f"'{wrong[0]}' is no offence code; expected codes such as 28E; 34A" if wrong else ""

    def one_of(column: str, known: tuple[str, ...]) -> Callable[[dict[str, object]], str]:
        def judge(row: dict[str, object]) -> str:
            wrong = [word for word in _words(row, column) if word not in known]
            if not wrong:
                return ""
            near = get_close_matches(wrong[0].casefold(), [w.casefold() for w in known], n=1)
            meant = next((w for w in known if near and w.casefold() == near[0]), "")
            hint = f"did you mean {meant}? " if meant else ""
            return f"'{wrong[0]}' is not known; {hint}expected some of: {'; '.join(known)}"

        return judge

    return [
        *_fault(table, "offence_codes", codes),
        *_fault(table, "markers", one_of("markers", marker_names())),
        *_fault(table, "categories", one_of("categories", category_names())),
    ]


def _words(row: dict[str, object], column: str) -> list[str]:
    value = row[column]
    return listed(value if isinstance(value, str) else None)


def _one_map(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find rows that count in two ways, or that count records in another unit than a count."""

    def two(row: dict[str, object]) -> str:
        filled = [name for name in MAPS if _words(row, name)]
        if len(filled) < 2:
            return ""
        # the whole of a marker less a part by code would give back the sensitive rest
        return f"{' and '.join(filled)} are filled; expected one of them, or none"

    def unit(row: dict[str, object]) -> str:
        counts_records = any(_words(row, name) for name in MAPS)
        if not counts_records or row["unit"] in (None, "count"):
            return ""
        return "expected count where offence codes, markers or categories are counted"

    def per(row: dict[str, object]) -> str:
        value = row["rate_per"]
        if not isinstance(value, float):
            return ""
        if row["denominator_kind"] in (None, "none"):
            return "expected a denominator beside it"
        return "" if value.is_integer() else "expected a whole number"

    return [
        *_fault(table, "offence_codes", two),
        *_fault(table, "unit", unit),
        *_fault(table, "rate_per", per),
    ]


def _covered(table: pa.Table) -> Iterator[Coverage]:
    for indicator in table.column("own_indicator_id").to_pylist():
        yield Coverage(SCOPE, indicator, date(1900, 1, 1), date(9999, 12, 31))


def _lists_of_the_project(file: SupplierFile) -> str:
    """Stand for the lists that a file is judged by: another release can have other indicators."""
    known = [
        *(f"{row['indicator_id']},{row['indicator_name']}" for row in seed_rows("indicators")),
        *marker_names(),
        *category_names(),
    ]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()


def read_indicators(file: SupplierFile) -> Reading:
    """Read declarations, a row each; raises FileRefusedError where no sheet has the columns."""
    once = stated_once(("own_indicator_id",), COMPARED, "indicator", "indicator")
    rules = [_not_of_the_project, _known_words, _one_map, once]
    reading = read_long_table(file, INDICATORS, rules, _covered, scope_column="own_indicator_id")
    reading.scope = SCOPE
    return reading


FILES = SourceFiles(
    (
        Reader(
            dataset="own_indicators",
            contract=INDICATORS,
            accepts=is_table,
            read=read_indicators,
            clash="values",
            key=("own_indicator_id",),
            compared=COMPARED,
            read_with=_lists_of_the_project,
        ),
    ),
)
