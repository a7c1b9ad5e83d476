"""data.police.uk: street-level crime, outcomes, stop and search: a CSV per force, month and kind.

Licence of the data: Open Government Licence v3.0. Each row is one crime or incident, one outcome
of a crime, or one stop, already anonymised by the publisher: places are snapped to points on a
map, nobody is named. An archive holds files of all three kinds, of as many forces as it pleases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from flows.calendar_months import month_end
from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.force.reference import seed_rows
from flows.landing.sources.rules.crime_categories import covered_indicators, crime_types
from flows.landing.sources.rules.shared_columns import LSOA_CODE
from flows.landing.tables.contract import Column, Contract
from flows.landing.tables.csv_text import read_csv
from flows.landing.tables.refusal import FileRefusedError
from flows.landing.tables.typed_values import Fault, typed_rows

if TYPE_CHECKING:
    from flows.landing.tables.text import TextTable
    from flows.landing.tables.typed_values import RowRule

STREET = Contract(
    "police_uk_street",
    (
        Column(
            "crime_id",
            "Crime ID",
            "text",
            "The publisher's reference, 64 hexadecimal characters. Empty for all anti-social "
            "behaviour and all British Transport Police rows; the same one can come again.",
            "a3f1… (64 characters), or empty",
            repeats=False,
        ),
        Column(
            "month",
            "Month",
            "month",
            "Month of the crime; the same in the whole file and in its name.",
            "2022-05",
            required=True,
        ),
        Column(
            "reported_by",
            "Reported by",
            "text",
            "Force that supplied the row.",
            "West Mercia Police",
            required=True,
        ),
        Column(
            "falls_within",
            "Falls within",
            "text",
            "Force in whose area it is taken to lie; at present always the supplying force.",
            "West Mercia Police",
        ),
        Column(
            "longitude",
            "Longitude",
            "number",
            "Degrees east of the anonymous map point (WGS 84); empty for 'No Location'.",
            "-2.087433",
            minimum=-180,
            maximum=180,
            repeats=False,
        ),
        Column(
            "latitude",
            "Latitude",
            "number",
            "Degrees north of the anonymous map point (WGS 84); empty for 'No Location'.",
            "52.512255",
            minimum=-90,
            maximum=90,
            repeats=False,
        ),
        Column(
            "location",
            "Location",
            "text",
            "Name of the anonymous map point.",
            "On or near High Street",
        ),
        Column(
            "lsoa_code",
            "LSOA code",
            "text",
            "Lower layer super output area of the map point, 2011 or 2021 vintage; empty where "
            "the place is unknown.",
            "E01009862",
            **LSOA_CODE,
        ),
        Column(
            "lsoa_name",
            "LSOA name",
            "text",
            "Name of that LSOA: its local authority and four characters.",
            "Dudley 012A",
        ),
        Column(
            "crime_type",
            "Crime type",
            "text",
            "One of the publisher's categories, of today or of before May 2013.",
            "Vehicle crime",
            required=True,
            allowed=crime_types(),
        ),
        Column(
            "last_outcome_category",
            "Last outcome category",
            "text",
            "What has become of the case up to the extract; empty for anti-social behaviour.",
            "Under investigation",
        ),
        Column(
            "context",
            "Context",
            "text",
            "Free remark of the publisher; nearly always empty.",
            "",
            in_header=False,
            max_length=2_000,
        ),
    ),
)

_SHARED_BY_OUTCOMES = (
    "crime_id",
    "month",
    "reported_by",
    "falls_within",
    "longitude",
    "latitude",
    "location",
    "lsoa_code",
    "lsoa_name",
)
_OF_AN_OUTCOME = {
    "crime_id": "The publisher's reference of the crime that the outcome is of; a crime has as "
    "many rows as outcomes were recorded for it. Empty for British Transport Police.",
    "month": "Month of the outcome, not of the crime; the same in the whole file and in its name.",
}

OUTCOMES = Contract(
    "police_uk_outcomes",
    (
        *(
            replace(column, meaning=_OF_AN_OUTCOME.get(column.name, column.meaning))
            for column in STREET.columns
            if column.name in _SHARED_BY_OUTCOMES
        ),
        Column(
            "outcome_type",
            "Outcome type",
            "text",
            "What was decided in that month; the seed outcome_types says which are positive.",
            "Suspect charged",
            required=True,
        ),
    ),
)

_MOMENT = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?([+-]\d{2}:?\d{2}|Z)?"

STOP_AND_SEARCH = Contract(
    "police_uk_stop_and_search",
    (
        Column(
            "search_type",
            "Type",
            "text",
            "Whether a person, a vehicle or both were searched.",
            "Person search",
            required=True,
        ),
        Column(
            "searched_at",
            "Date",
            "text",
            "Day and time as supplied, with the UTC offset.",
            "2022-05-01T14:05:00+00:00",
            required=True,
            pattern=_MOMENT,
            pattern_in_words="a day and time such as 2022-05-01T14:05:00+00:00",
            repeats=False,
        ),
        Column(
            "month",
            "Month of the file",
            "month",
            "Month of the file's name, which is the month that the row is counted in. Not in the "
            "file.",
            "2022-05",
            in_header=False,
        ),
        Column(
            "searched_on",
            "Day in London",
            "date",
            "Day of the search by the clocks of London. Not in the file.",
            "2022-05-01",
            in_header=False,
        ),
        Column(
            "part_of_policing_operation",
            "Part of a policing operation",
            "text",
            "True or False; often empty.",
            "False",
        ),
        Column(
            "policing_operation",
            "Policing operation",
            "text",
            "Name of the operation; nearly always empty.",
            "",
        ),
        Column(
            "latitude",
            "Latitude",
            "number",
            "Degrees north of the anonymous map point (WGS 84); empty where unknown.",
            "52.512255",
            minimum=-90,
            maximum=90,
            repeats=False,
        ),
        Column(
            "longitude",
            "Longitude",
            "number",
            "Degrees east of the anonymous map point (WGS 84); empty where unknown.",
            "-2.087433",
            minimum=-180,
            maximum=180,
            repeats=False,
        ),
        Column("gender", "Gender", "text", "As supplied: Male, Female, Other.", "Male"),
        Column("age_range", "Age range", "text", "Band of ages, as supplied.", "18-24"),
        Column(
            "self_defined_ethnicity",
            "Self-defined ethnicity",
            "text",
            "In the words of the census, as the person gave it.",
            "White - English/Welsh/Scottish/Northern Irish/British",
        ),
        Column(
            "officer_defined_ethnicity",
            "Officer-defined ethnicity",
            "text",
            "As the officer saw it.",
            "White",
        ),
        Column(
            "legislation",
            "Legislation",
            "text",
            "Power that was used.",
            "Misuse of Drugs Act 1971 (section 23)",
        ),
        Column(
            "object_of_search",
            "Object of search",
            "text",
            "What was looked for.",
            "Controlled drugs",
        ),
        Column("outcome", "Outcome", "text", "What came of it.", "A no further action disposal"),
        Column(
            "outcome_linked_to_object",
            "Outcome linked to object of search",
            "text",
            "True where what was looked for is what the outcome is about; often empty.",
            "False",
        ),
        Column(
            "removal_of_clothing",
            "Removal of more than just outer clothing",
            "text",
            "True or False; often empty.",
            "False",
        ),
    ),
)

_NAME = re.compile(r"(?i)(\d{4})-(\d{2})-([a-z0-9-]+?)-(street|outcomes|stop-and-search)\.csv")
_LONDON = ZoneInfo("Europe/London")
# Degrees within which England, Wales, Scotland and their railways lie.
_LATITUDES, _LONGITUDES = (49.0, 62.0), (-9.0, 4.0)
# Forces whose files data.police.uk publishes and whose areas are none of the warehouse's.
_ELSEWHERE = {"northern-ireland": "Northern Ireland"}
# A stop of the first or last night may be filed under either month.
_DAYS_ASIDE = 1


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file's name says: the month (its first day), the force, the kind of file."""

    month: date
    force: str
    kind: str


def file_name(name: str) -> FileName | None:
    """Read the name of a file as data.police.uk gives it; None where it is none of those."""
    found = _NAME.fullmatch(name)
    if found is None or not 1 <= int(found.group(2)) <= 12 or int(found.group(1)) < 1:
        return None
    month = date(int(found.group(1)), int(found.group(2)), 1)
    return FileName(month, found.group(3).lower(), found.group(4).lower())


def _is_a(kind: str) -> Callable[[str], bool]:
    def accepts(name: str) -> bool:
        found = file_name(name)
        return found is not None and found.kind == kind

    return accepts


def _named_for(name: str) -> str:
    found = file_name(name)
    if found is None:
        return ""
    other = "" if found.kind == "street" else f" {found.kind}"
    return f"{found.force} {found.month:%Y-%m}{other}"


def read_street(file: SupplierFile) -> Reading:
    """Read one street file; a row of another month or force than the name says is rejected.

    It covers all indicators, or those whose categories it has, where it cannot be whole
    (`covered_indicators`). Raises FileRefusedError where the file is another force's, or its
    coordinates are exchanged.
    """
    reading = _read_monthly(file, STREET)
    named = _name_of(file)
    rows = {
        entry["values"]: entry["counts"]
        for entry in pc.value_counts(reading.table.column("crime_type")).to_pylist()
    }
    if not rows:
        return reading
    covered = covered_indicators(rows, named.month, named.force)
    reading.coverage = [
        Coverage(named.force, indicator, named.month, month_end(named.month))
        for indicator in covered.indicators
    ]
    if covered.missing:
        reading.notes.append(
            f"no row is of {', '.join(covered.missing)}, which a whole file of its size has: "
            "these categories are not supplied, nor is any total that they are a part of. "
            "Expected: a row of every usual category. Next: fetch the whole file from "
            "data.police.uk, or ask its sender whether rows were taken out"
        )
    return reading


def read_outcomes(file: SupplierFile) -> Reading:
    """Read one file of outcomes; a row of another month or force than the name is rejected."""
    return _read_monthly(file, OUTCOMES)


def _read_monthly(file: SupplierFile, contract: Contract) -> Reading:
    named = _name_of(file)

    def month_of_the_name(table: pa.Table, lines: pa.Array) -> list[Fault]:
        other = pc.not_equal(table.column("month"), pa.scalar(named.month, pa.date32()))
        if not pc.any(other).as_py():
            return []
        reason = f"expected the month of the file's name, {named.month:%Y-%m}"
        return [Fault("Month", reason, other)]

    rules = [month_of_the_name, _reported_by(named), points_in_order]
    return _reading(named, read_csv(file.data, contract), contract, rules)


@cache
def _force_of_name() -> dict[str, str]:
    return {row["reported_by"].casefold(): row["force_slug"] for row in seed_rows("police_forces")}


def _reported_by(named: FileName) -> RowRule:
    """Make the rule that no row is reported by another force than that of the file's name.

    A name that no force has (a force's new one) says nothing. Raises FileRefusedError where most
    rows are another force's.
    """

    def rule(table: pa.Table, lines: pa.Array) -> list[Fault]:
        reported = table.column("reported_by")
        others: dict[str, int] = {}
        for entry in pc.value_counts(reported).to_pylist():
            name = entry["values"]
            slug = None if name is None else _force_of_name().get(name.strip().casefold())
            if slug is not None and slug != named.force:
                others[name] = entry["counts"]
        if not others:
            return []
        most = max(others, key=lambda name: others[name])
        if sum(others.values()) * 2 > table.num_rows:
            slug = _force_of_name()[most.strip().casefold()]
            raise FileRefusedError(
                f"the name says {named.force}, and 'Reported by' says {most} in "
                f"{others[most]:,} of {table.num_rows:,} rows",
                column="'Reported by'",
                expected=f"rows of {named.force}, or the name "
                f"{named.month:%Y-%m}-{slug}-{named.kind}.csv",
                next_step="fetch the file again under the name that data.police.uk gives it",
            )
        words = reported.to_pylist()
        reason = f"expected the force of the file's name, {named.force}"
        return [Fault("Reported by", reason, pa.array([w in others for w in words], pa.bool_()))]

    return rule


def points_in_order(table: pa.Table, lines: pa.Array) -> list[Fault]:
    """Find rows whose latitude stands under longitude and the other way round.

    Raises FileRefusedError where most rows with a point are so: the headings are exchanged.
    """
    longitude, latitude = table.column("longitude"), table.column("latitude")

    def between(values: pa.Array, limits: tuple[float, float]) -> pa.Array:
        return pc.and_(pc.greater_equal(values, limits[0]), pc.less_equal(values, limits[1]))

    exchanged = pc.fill_null(
        pc.and_(between(longitude, _LATITUDES), between(latitude, _LONGITUDES)), False
    )
    count = pc.sum(exchanged).as_py() or 0
    if not count:
        return []
    with_point = pc.sum(pc.and_(pc.is_valid(longitude), pc.is_valid(latitude))).as_py()
    if count * 2 > with_point:
        raise FileRefusedError(
            f"latitude and longitude are exchanged in {count:,} of {with_point:,} rows",
            column="'Longitude' and 'Latitude'",
            expected="longitudes from -9 to 4 and latitudes from 49 to 62, as in the United "
            "Kingdom",
            next_step="fetch the file from data.police.uk again, or ask its sender to exchange "
            "the two headings",
        )
    return [Fault("Longitude", "latitude and longitude are exchanged in this row", exchanged)]


def read_stop_and_search(file: SupplierFile) -> Reading:
    """Read one file of stops; a row outside the month of the name (and a day) is rejected."""
    named = _name_of(file)
    text = read_csv(file.data, STOP_AND_SEARCH)
    first = named.month.toordinal() - _DAYS_ASIDE
    last = month_end(named.month).toordinal() + _DAYS_ASIDE

    def day_of_the_month(table: pa.Table, lines: pa.Array) -> list[Fault]:
        words = table.column("searched_at").to_pylist()
        days = {word: london_day(word) for word in set(words) if word is not None}
        good = {w for w, d in days.items() if d is not None and first <= d.toordinal() <= last}
        reason = f"expected a moment of the month of the file's name, {named.month:%Y-%m}"
        wrong = pa.array([w is not None and w not in good for w in words], pa.bool_())
        return [Fault("Date", reason, wrong)]

    reading = _reading(named, text, STOP_AND_SEARCH, [day_of_the_month, points_in_order])
    table = reading.table
    moments = table.column("searched_at").to_pylist()
    for name, values in (
        ("month", [named.month] * table.num_rows),
        ("searched_on", [london_day(moment) for moment in moments]),
    ):
        place = table.column_names.index(name)
        table = table.set_column(place, name, pa.array(values, pa.date32()))
    return replace(reading, table=table)


def london_day(moment: str) -> date | None:
    """Give the day of a moment by the clocks of London; one without a zone is taken as it is."""
    try:
        found = datetime.fromisoformat(moment)
        if found.tzinfo is None:
            return found.date()
        return found.astimezone(UTC).astimezone(_LONDON).date()
    except (ValueError, OverflowError):
        return None


def _name_of(file: SupplierFile) -> FileName:
    found = file_name(file.name)
    if found is None:
        raise FileRefusedError(
            "the name does not say which month and force the file is",
            expected="a name such as 2022-05-west-mercia-street.csv",
            next_step="give the file the name under which data.police.uk publishes it",
        )
    if found.force not in _force_of_name().values():
        raise FileRefusedError(
            f"'{found.force}' in the file's name is no force of England and Wales",
            expected="a force_slug of data/seeds/police_forces.csv, such as west-mercia",
            next_step="give the file the name under which data.police.uk publishes it",
        )
    return found


def _why_skipped(name: str) -> str | None:
    found = file_name(name)
    place = None if found is None else _ELSEWHERE.get(found.force)
    if place is None:
        return None
    return f"files of {place} are not read: the warehouse is of England and Wales"


def _reading(
    named: FileName, text: TextTable, contract: Contract, rules: Sequence[RowRule]
) -> Reading:
    """Type the rows, add the force of the name, and cover the force's month."""
    table, rejects = typed_rows(text, contract, rules)
    slug = pa.DictionaryArray.from_arrays(
        pa.nulls(table.num_rows, pa.int32()).fill_null(0), pa.array([named.force])
    )
    table = table.add_column(table.num_columns - 1, "_force_slug", slug)
    return Reading(
        table,
        sorted([*text.rejects, *rejects], key=lambda reject: reject.line),
        named.force,
        [Coverage(named.force, "*", named.month, month_end(named.month))],
        text.encoding,
        [f"columns not in the contract, not read: {', '.join(text.unknown_headers)}"]
        if text.unknown_headers
        else [],
    )


def _reader(kind: str, contract: Contract, read: Callable[[SupplierFile], Reading]) -> Reader:
    return Reader(
        dataset=contract.name,
        contract=contract,
        accepts=_is_a(kind),
        read=read,
        named_for=_named_for,
        month_column="month",
        extra_columns=("_force_slug",),
    )


FILES = SourceFiles(
    (
        _reader("street", STREET, read_street),
        _reader("outcomes", OUTCOMES, read_outcomes),
        _reader("stop-and-search", STOP_AND_SEARCH, read_stop_and_search),
    ),
    why_skipped=_why_skipped,
)
