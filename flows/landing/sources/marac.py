"""MARAC: the quarterly return, and the list of cases from which repeats are derived.

The list holds no names: keys of victims and perpetrators are hashed on the way in, and a line
that is rejected is kept by its number and reason alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from flows.calendar_months import month_end
from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.rules.area_months import AreaMonths
from flows.landing.sources.rules.covered_months import (
    STATED_IN_NAME,
    covered_months,
    months_named,
    rows_by_month,
    window_in_name,
)
from flows.landing.sources.rules.dated_rows import (
    in_stated_months,
    near_other_months,
    near_other_rows,
)
from flows.landing.sources.rules.hashed_references import hash_columns
from flows.landing.sources.rules.shared_columns import area_column
from flows.landing.sources.rules.stated_once import stated_once
from flows.landing.sources.rules.whole_file import read_long_table
from flows.landing.sources.rules.whole_months import notes_of_unfinished, over_on
from flows.landing.sources.rules.whole_numbers import whole_numbers
from flows.landing.tables.any_format import is_table
from flows.landing.tables.contract import YES_NO, Column, Contract
from flows.landing.tables.financial_periods import days_of
from flows.landing.tables.typed_values import Fault

MEASURES = ("cases", "repeats", "referrals", "children", "diversity")
DEFINITIONS = ("any_abuse", "potentially_criminal")

INDICATOR_OF_MEASURE = {
    ("cases", None): "marac_cases",
    ("repeats", "any_abuse"): "marac_repeat_cases",
    ("repeats", "potentially_criminal"): "marac_repeat_cases_criminal",
    ("children", None): "marac_children",
}
"""Measures of the return that are indicators; the others are counts beside them."""

QUARTERLY = Contract(
    "marac_quarterly",
    (
        area_column("The partnership, by name or by ONS code."),
        Column(
            "quarter",
            "quarter",
            "financial_quarter",
            "Quarter of the financial year.",
            "2017/18 Q2",
            required=True,
        ),
        Column(
            "measure",
            "measure",
            "text",
            "What is counted: cases discussed, repeat cases, referrals by agency, children in the "
            "households, or cases by a diversity group.",
            "cases",
            required=True,
            allowed=MEASURES,
        ),
        Column(
            "breakdown",
            "breakdown",
            "text",
            "The agency of referrals, the group of diversity, and for repeats the version of the "
            "definition: any_abuse or potentially_criminal. Empty for cases and children.",
            "any_abuse",
            max_length=200,
        ),
        Column("count", "count", "number", "How many.", "98", required=True, minimum=0),
        Column(
            "source_document",
            "source_document",
            "text",
            "Where the figure was taken from.",
            "MARAC return, Q2 2017/18",
            in_header=False,
        ),
    ),
)

CASES = Contract(
    "marac_cases",
    (
        area_column("The partnership, by name or by ONS code."),
        Column(
            "victim_key",
            "victim key",
            "text",
            "The victim's reference, the same at every referral; landed as a keyed hash only.",
            "V-0012",
            required=True,
            max_length=200,
            aliases=("victim reference", "victim id"),
        ),
        Column(
            "perpetrator_keys",
            "perpetrator keys",
            "text",
            "References of the perpetrators, separated by semicolons; landed as keyed hashes "
            "only. A case without one is never a repeat.",
            "P-0007; P-0031",
            max_length=2_000,
            aliases=("perpetrator key(s)", "perpetrator key", "perpetrator id"),
        ),
        Column(
            "referral_date",
            "referral date",
            "date",
            "Day of the referral: repeats are counted from the last one.",
            "2017-05-04",
            required=True,
            aliases=("date of referral",),
        ),
        Column(
            "discussed_date",
            "discussed date",
            "date",
            "Day of the conference; empty where the case has not been discussed, and then it is "
            "no case yet.",
            "2017-05-18",
            aliases=("date discussed", "meeting date"),
        ),
        Column(
            "referring_agency",
            "referring agency",
            "text",
            "Who referred.",
            "Police",
            max_length=200,
        ),
        Column(
            "any_abuse",
            "any abuse",
            "text",
            "Whether this referral is about abuse of any kind; empty counts as yes.",
            "yes",
            in_header=False,
            allowed=YES_NO,
        ),
        Column(
            "potentially_criminal",
            "potentially criminal",
            "text",
            "Whether what it is about would be a crime if it were reported; empty counts as no.",
            "no",
            in_header=False,
            allowed=YES_NO,
            aliases=("potentially criminal behaviour",),
        ),
    ),
)

_CASE_LIST = re.compile(r"(?i)case[ _-]?list")


def _breakdown_fits(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find repeats without their definition, and referrals and diversity without a group."""
    rows = list(
        zip(
            table.column("measure").to_pylist(),
            table.column("breakdown").to_pylist(),
            strict=True,
        )
    )

    def found(reason: str, wrong: list[bool]) -> Fault:
        return Fault("breakdown", reason, pa.array(wrong, pa.bool_()))

    return [
        found(
            "expected the version of the definition, any_abuse or potentially_criminal",
            [measure == "repeats" and part not in DEFINITIONS for measure, part in rows],
        ),
        found(
            "expected the agency or the group that is counted",
            [measure in ("referrals", "diversity") and not part for measure, part in rows],
        ),
        found(
            "expected no breakdown for this measure",
            [measure in ("cases", "children") and bool(part) for measure, part in rows],
        ),
    ]


def _quarterly_coverage(table: pa.Table) -> Iterator[Coverage]:
    for row in table.select(["area", "quarter", "measure", "breakdown"]).to_pylist():
        days = days_of(row["quarter"])
        if days is None:
            continue
        part = row["breakdown"]
        named = INDICATOR_OF_MEASURE.get((row["measure"], part))
        label = f"{row['measure']}: {part}".casefold()  # a breakdown stands for itself
        yield Coverage(row["area"], named or label, *days)


def _first_months(table: pa.Table) -> Iterator[date | None]:
    for quarter in table.column("quarter").to_pylist():
        days = None if quarter is None else days_of(quarter)
        yield None if days is None else days[0]


def read_quarterly(file: SupplierFile) -> Reading:
    """Read a quarterly return; it covers the counts that it gives of quarters that were over."""
    key = ("area", "quarter", "measure", "breakdown")
    reading = read_long_table(
        file,
        QUARTERLY,
        [
            near_other_months(_first_months, "quarter"),
            _breakdown_fits,
            whole_numbers("count", "count"),
            stated_once(
                key, ("count",), "measure", "area, quarter, measure and breakdown", key[:3]
            ),
        ],
        _quarterly_coverage,
    )
    reading.notes += notes_of_unfinished(reading.coverage, file.extract_date)
    reading.coverage = over_on(reading.coverage, file.extract_date)
    return reading


def _discussed_after_referral(table: pa.Table, lines: pa.Array) -> list[Fault]:
    early = pc.less(table.column("discussed_date"), table.column("referral_date"))
    return [Fault("discussed date", "expected a day on or after the referral date", early)]


def read_cases(file: SupplierFile) -> Reading:
    """Read a list of cases.

    For each area it covers the months in the file's name (`2016-10_to_2017-09`), else those in
    which any conference of the list was held (`covered_months`), without those in which cases of
    the area are missing (`area_months`).
    """
    stated = months_named(file.name)
    found: list[str] = []

    def covered(table: pa.Table) -> Iterator[Coverage]:
        rows = rows_by_month(table.column("discussed_date").to_pylist())
        of_file = covered_months(rows, file.extract_date, stated)
        found.extend(of_file.notes(rows, "" if stated else STATED_IN_NAME))
        areas = table.column("area").to_pylist()
        months_of = AreaMonths()
        days = table.column("discussed_date").to_pylist()
        months_of.add((area, day, None) for area, day in zip(areas, days, strict=True))
        found.extend(months_of.notes(of_file.months))
        for area in dict.fromkeys(areas):
            missing = months_of.missing(area, of_file.months)
            for month in of_file.months:
                if month not in missing:
                    yield Coverage(area, "marac_cases", month, month_end(month))

    reading = read_long_table(
        file,
        CASES,
        [
            _discussed_after_referral,
            in_stated_months("discussed_date", "discussed date", stated),
            near_other_rows("discussed_date", "discussed date"),
        ],
        covered,
        keeps_rejected_text=False,
    )
    reading.notes += found
    reading.table = hash_columns(reading.table, file, ("victim_key",), lists=("perpetrator_keys",))
    return reading


def _is_case_list(name: str) -> bool:
    return is_table(name) and _CASE_LIST.search(name) is not None


FILES = SourceFiles(
    (
        Reader(
            dataset="marac_cases",
            contract=CASES,
            accepts=_is_case_list,
            read=read_cases,
            month_column="discussed_date",
            read_with=lambda file: window_in_name(file.name),
        ),
        Reader(
            dataset="marac_quarterly",
            contract=QUARTERLY,
            accepts=lambda name: is_table(name) and not _is_case_list(name),
            read=read_quarterly,
            clash="values",
            key=("area", "quarter", "measure", "breakdown"),
            compared=("count",),
        ),
    ),
)
