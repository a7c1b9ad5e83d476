"""Anti-social behaviour: incidents and calls for service, a row each or counted.

Who called and where from arrive as keys and are landed as keyed hashes, to see what comes again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import pyarrow as pa

from flows.calendar_months import month_end, month_start
from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.rules.area_months import AreaMonths
from flows.landing.sources.rules.covered_months import (
    STATED_IN_NAME,
    covered_months,
    months_named,
    rows_by_month,
    spans,
    window_in_name,
)
from flows.landing.sources.rules.dated_rows import (
    in_stated_months,
    near_other_rows,
    not_after_extract,
)
from flows.landing.sources.rules.filled_months import (
    is_no_chance,
    months_unread,
    months_without_words,
)
from flows.landing.sources.rules.hashed_references import hash_columns
from flows.landing.sources.rules.shared_columns import LSOA_CODE, area_column
from flows.landing.sources.rules.whole_file import read_long_table
from flows.landing.sources.rules.whole_numbers import whole_numbers
from flows.landing.tables.any_format import is_table
from flows.landing.tables.contract import YES_NO, Column, Contract
from flows.landing.tables.typed_values import Fault

RECORD_TYPES = ("incident", "call")
NO = YES_NO[1]
CALL_CATEGORIES = ("asb", "public_safety_and_welfare")

RECORDS = Contract(
    "asb_records",
    (
        Column(
            "record_type",
            "record type",
            "text",
            "An incident recorded as anti-social behaviour, or a call for service about it; a file "
            "without the column is of incidents alone.",
            "incident",
            in_header=False,
            required=True,
            allowed=RECORD_TYPES,
            default="incident",
        ),
        area_column("The partnership where it happened, by name or by ONS code."),
        Column(
            "occurred_on",
            "date",
            "day_or_month",
            "Day of the record; for a count its month (2017-07, July 2017, Jul-17, 07/2017) or any "
            "day of it.",
            "2017-07-14",
            required=True,
            aliases=("month", "recorded date"),
        ),
        Column(
            "category",
            "category",
            "text",
            "Of an incident: personal, nuisance, environmental, or the force's own. Of a call: "
            "asb or public_safety_and_welfare.",
            "nuisance",
            required=True,
            max_length=100,
        ),
        Column(
            "is_youth",
            "youth",
            "text",
            "Whether the incident is marked as youth-related; a file without the column says "
            "nothing about youth.",
            "yes",
            in_header=False,
            allowed=YES_NO,
            aliases=("youth related", "youth marker"),
        ),
        Column(
            "records",
            "count",
            "number",
            "How many records the row stands for; empty is one.",
            "1",
            in_header=False,
            minimum=0,
        ),
        Column("ward", "ward", "text", "Ward, by code or name.", "E05001234", in_header=False),
        Column(
            "lsoa_code",
            "lsoa",
            "text",
            "Lower layer super output area.",
            "E01009862",
            in_header=False,
            aliases=("lsoa code",),
            **LSOA_CODE,
        ),
        Column(
            "reference",
            "reference",
            "text",
            "The force's reference; landed as a keyed hash only. One that comes twice is a reject.",
            "LOG-0815",
            in_header=False,
            repeats=False,
            max_length=200,
            aliases=("incident number", "log number"),
        ),
        Column(
            "caller_key",
            "caller key",
            "text",
            "Reference of the caller, the same at every call; landed as a keyed hash only.",
            "C-0042",
            in_header=False,
            max_length=200,
            aliases=("caller",),
        ),
        Column(
            "location_key",
            "location key",
            "text",
            "Reference of the address or place; landed as a keyed hash only.",
            "UPRN-100",
            in_header=False,
            max_length=200,
            aliases=("location reference", "uprn"),
        ),
    ),
)


def _rows_make_sense(table: pa.Table, lines: pa.Array) -> list[Fault]:
    types = table.column("record_type").to_pylist()
    categories = table.column("category").to_pylist()
    keys = [table.column(name).to_pylist() for name in ("caller_key", "location_key", "reference")]
    counts = table.column("records").to_pylist()
    strange = [
        kind == "call" and category is not None and category not in CALL_CATEGORIES
        for kind, category in zip(types, categories, strict=True)
    ]
    many = [
        count not in (None, 1.0) and any(key is not None for key in row)
        for count, row in zip(counts, zip(*keys, strict=True), strict=True)
    ]
    return [
        Fault(
            "category",
            f"expected of a call one of: {'; '.join(CALL_CATEGORIES)}",
            pa.array(strange, pa.bool_()),
        ),
        Fault(
            "count",
            "expected 1 or nothing in a row that has a reference or a key of its own",
            pa.array(many, pa.bool_()),
        ),
    ]


def _references_once(table: pa.Table, lines: pa.Array) -> list[Fault]:
    first: dict[tuple[object, str], int] = {}
    faults = []
    columns = (table.column("record_type").to_pylist(), table.column("reference").to_pylist())
    for row, (kind, reference) in enumerate(zip(*columns, strict=True)):
        if reference is None:
            continue
        known = first.setdefault((kind, reference.strip().casefold()), row)
        if known != row:
            mask = pa.array([at == row for at in range(table.num_rows)], pa.bool_())
            reason = f"repeats the reference of line {lines[known].as_py()}"
            faults.append(Fault("reference", reason, mask))
    return faults


def _youth_months(table: pa.Table, months: Sequence[date]) -> dict[str, list[date]]:
    """Give the months of each area in which its incidents say whether they are of young people.

    Where the file says "no" anywhere, an empty cell is no answer; in a file that only says "yes",
    it is one, except where no "yes" for so long is no chance.
    """
    rows: dict[str, Counter[date]] = defaultdict(Counter)
    words: dict[str, Counter[date]] = defaultdict(Counter)
    names = ("record_type", "area", "occurred_on", "is_youth")
    says_no = False
    for kind, area, day, youth in zip(*(table.column(n).to_pylist() for n in names), strict=True):
        if kind != "incident":
            continue
        month = month_start(day)
        rows[area][month] += 1
        if youth is not None:
            words[area][month] += 1
            says_no = says_no or youth == NO
    in_all = sum(sum(of_area.values()) for of_area in rows.values())
    marked = sum(sum(of_area.values()) for of_area in words.values())
    found: dict[str, list[date]] = {}
    for area, of_area in rows.items() if marked else ():
        if says_no:
            silent = months_unread(of_area - words[area], of_area, months)
        elif not words[area]:
            is_silent = is_no_chance(sum(of_area.values()) / in_all, marked)
            silent = set(months) if is_silent else set()
        else:
            silent = months_without_words(words[area], of_area, months)
        found[area] = [month for month in months if month not in silent]
    return found


def _notes_of_youth(youth: dict[str, list[date]], months: Sequence[date]) -> list[str]:
    areas: Counter[str] = Counter()
    for supplied in youth.values():
        if missing := set(months) - set(supplied):
            areas[spans(missing)] += 1
    return [
        f"the column youth is empty in more than a tenth of the incidents of {when} "
        f"({'1 area' if count == 1 else f'{count:,} areas'}): youth-related incidents of these "
        "months are not supplied. Expected: yes or no in every row. Next: ask the force for a file "
        "in which it is filled, or for the month from which it is recorded"
        for when, count in areas.items()
    ]


def read_records(file: SupplierFile) -> Reading:
    """Read incidents and calls.

    For each area and type of record it covers the months in the file's name
    (`2017-04_to_2017-09`), else those that occur anywhere in it (`covered_months`), without those
    in which rows of the area are missing (`area_months`);
    youth-related incidents only in the months in which an area's column is filled.
    """
    stated = months_named(file.name)
    found: list[str] = []

    def covered(table: pa.Table) -> Iterator[Coverage]:
        rows = rows_by_month(table.column("occurred_on").to_pylist())
        of_file = covered_months(rows, file.extract_date, stated)
        found.extend(of_file.notes(rows, "" if stated else STATED_IN_NAME))
        youth = _youth_months(table, of_file.months)
        found.extend(_notes_of_youth(youth, of_file.months))
        names = ("area", "record_type", "occurred_on", "records")
        of_kind: dict[str, AreaMonths] = defaultdict(AreaMonths)
        pairs: dict[tuple[str, str], None] = {}
        for area, kind, day, records in zip(
            *(table.column(name).to_pylist() for name in names), strict=True
        ):
            pairs[area, kind] = None
            of_kind[kind].add([(area, day, records)])
        for months_of in of_kind.values():
            found.extend(months_of.notes(of_file.months))
        for area, kind in pairs:
            indicator = "asb_calls_for_service" if kind == "call" else "asb_incidents"
            missing = of_kind[kind].missing(area, of_file.months)
            for month in of_file.months:
                if month not in missing:
                    yield Coverage(area, indicator, month, month_end(month))
            for month in youth.get(area, ()) if kind == "incident" else ():
                if month not in missing:
                    yield Coverage(area, "asb_youth", month, month_end(month))

    reading = read_long_table(
        file,
        RECORDS,
        [
            _rows_make_sense,
            whole_numbers("records", "count"),
            _references_once,
            in_stated_months("occurred_on", "date", stated),
            not_after_extract("occurred_on", "date", file.extract_date),
            near_other_rows("occurred_on", "date"),
        ],
        covered,
        keeps_rejected_text=False,
    )
    reading.notes += found
    reading.table = hash_columns(reading.table, file, ("reference", "caller_key", "location_key"))
    return reading


FILES = SourceFiles(
    (
        Reader(
            dataset="asb_records",
            contract=RECORDS,
            accepts=is_table,
            read=read_records,
            month_column="occurred_on",
            read_with=lambda file: window_in_name(file.name),
        ),
    ),
)
