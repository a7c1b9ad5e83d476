"""The force's crime extracts, with a layout that changes and the dirt of real ones.

Each year's delivery holds its own months and, revised, the last three of the year before: late
records have come, and records that were crimes are cancelled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from operator import itemgetter

from flows.demo.crimes import CANCELLED, OUTCOMES, Crime
from flows.demo.inbox_writer import InboxWriter
from flows.demo.places import FORCE_SLUG
from flows.demo.plan import Delivery, DemoPlan
from flows.demo.spreadsheet import workbook
from flows.demo.tables import BOM, csv_text

SOURCE = "force_extract"

_HEADINGS = (
    "Crime Number",
    "HO Code",
    "Date Recorded",
    "Committed From",
    "Committed To",
    "Local Authority",
    "LSOA Code",
    "LSOA Name",
    "Ward",
    "Easting",
    "Northing",
    "Status",
    "DA Flag",
    "Hate Strand",
    "Knife Flag",
    "Business Flag",
    "Public Place Flag",
    "Gang Flag",
    "Cyber Flag",
    "FGM Flag",
    "Repeat Victim",
    "Victim Age Band",
    "Offender Age Band",
    # heard of in real extracts: one column of names, which landing refuses, and one that nobody
    # needs. The names are no names.
    "Victim Name",
    "Beat",
)
_COLUMNS = {
    "crime_reference": "Crime Number",
    "recorded_date": "Date Recorded",
    "committed_from": "Committed From",
    "committed_to": "Committed To",
    "csp": "Local Authority",
    "lsoa_code": "LSOA Code",
    "lsoa_name": "LSOA Name",
}
_FLAGS = {
    "domestic_abuse": "DA Flag",
    "knife": "Knife Flag",
    "business": "Business Flag",
    "public_place": "Public Place Flag",
    "gang": "Gang Flag",
    "cyber": "Cyber Flag",
    "female_genital_mutilation": "FGM Flag",
    "repeat_victim": "Repeat Victim",
}
_STRANDS = {
    "hate_race": "Race",
    "hate_religion": "Faith",
    "hate_sexual_orientation": "Sexual Orientation",
    "hate_disability": "Disability",
    "hate_transgender": "Transgender",
}
_NEW_LAYOUT_FROM = date(2018, 1, 1)


def mapping_text(code_heading: str) -> str:
    """Write the mapping of the force's headings, for the layout with this heading of codes."""
    lines = [
        "# SYNTHETIC: made by csp demo, for synthetic extracts only",
        f"force: {FORCE_SLUG}",
        "columns:",
        f"  offence_code: {code_heading}",
        *(f"  {name}: {heading}" for name, heading in _COLUMNS.items()),
        f"  outcome: {{column: Status, cancelled: [{CANCELLED}]}}",
        *(
            f"  {name}: {{column: {heading}, yes: [Y], no: [N, '']}}"
            for name, heading in _FLAGS.items()
        ),
        *(
            f"  {name}: {{column: Hate Strand, yes: [{strand}], otherwise: no}}"
            for name, strand in _STRANDS.items()
        ),
        "  victim_age_band: {column: Victim Age Band, youth: [0-9, 10-17], older: [65+]}",
        "  offender_age_band: Offender Age Band",
    ]
    return "\n".join(lines) + "\n"


def write_mappings(inbox: InboxWriter) -> None:
    """Write the mapping of the old layout, and that of extracts from 2018 on."""
    inbox.write_beside(f"{SOURCE}/mappings/{FORCE_SLUG}.yml", mapping_text("HO Code"))
    inbox.write_beside(
        f"{SOURCE}/mappings/{FORCE_SLUG}.{_NEW_LAYOUT_FROM.isoformat()}.yml",
        mapping_text("Offence Code"),
    )


def write_month_rows(crimes: Iterable[Crime], *, first_extract: bool) -> list[list[str]]:
    """Give a month's records as rows under the headings.

    `first_extract`: of an extract that will be revised, so that late records are not in it yet
    and what will be cancelled is still a crime.
    """
    rows = []
    for crime in crimes:
        if first_extract and crime.is_late:
            continue
        rows.append(_row(crime, first_extract))
    return rows


def _row(crime: Crime, first_extract: bool) -> list[str]:
    place, markers = crime.neighbourhood, crime.markers
    status = OUTCOMES[3][0] if first_extract and crime.is_cancelled else crime.outcome
    public = "public_place" in markers or "public_place_violence" in markers
    return [
        crime.reference,
        crime.offence.code,
        crime.recorded.isoformat(),
        crime.committed_from.isoformat(),
        crime.committed_to.isoformat(),
        crime.partnership,
        place.lsoa_code if place else "",
        place.lsoa_name if place else "",
        place.ward_name if place else "",
        str(place.easting) if place else "",
        str(place.northing) if place else "",
        status,
        "Y" if "domestic_abuse" in markers else "N",
        crime.hate_strand,
        "Y" if "knife_crime" in markers else "N",
        "Y" if "business" in markers else "N",
        "Y" if public else "N",
        "Y" if "gang" in markers else "",
        "Y" if "cyber" in markers else "",
        "Y" if "female_genital_mutilation" in markers else "",
        "Y" if "repeat_victim" in markers else "N",
        crime.victim_band,
        crime.offender_band,
        "(synthetic)",
        "SYN",
    ]


def unknown_places(plan: DemoPlan, month: date) -> list[list[str]]:
    """Draw the force's records of a month that say neither partnership nor LSOA."""
    chance = plan.random("unknown places", month)
    rows = []
    for number in range(round(45 * plan.share)):
        day = (month + timedelta(days=chance.randrange(28))).isoformat()
        row = [""] * len(_HEADINGS)
        row[:5] = [f"SYN/00/{month:%y%m}/{number:05d}", "49", day, day, day]
        row[11], row[21], row[-2:] = OUTCOMES[0][0], "Unknown", ["(synthetic)", "SYN"]
        rows.append(row)
    return rows


def write_extract_file(
    inbox: InboxWriter, delivery: Delivery, label: str, rows: list[list[str]]
) -> None:
    """Write one file of a delivery in the layout of its year, with that year's dirt."""
    name = f"{FORCE_SLUG}-synthetic-{label}"
    layout = _LAYOUTS.get(delivery.extract_date.year, _plain)
    layout(inbox, delivery, name, rows)


def _plain(inbox: InboxWriter, delivery: Delivery, name: str, rows: list[list[str]]) -> None:
    # a line that lost a field, and a day that no calendar has
    broken = [rows[0][:-3], [*rows[0][:2], "2015-02-31", *rows[0][3:]]] if rows else []
    inbox.write(SOURCE, delivery.extract_date, f"{name}.csv", csv_text([_HEADINGS, *rows, *broken]))


def _reordered(inbox: InboxWriter, delivery: Delivery, name: str, rows: list[list[str]]) -> None:
    """Write days as people do, columns in another order, CRLF and a byte order mark."""
    order = [*range(5, 12), *range(5), *range(12, len(_HEADINGS))]
    pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(*order)

    def in_words(row: list[str]) -> list[str]:
        days = [f"{day[8:]}/{day[5:7]}/{day[:4]}" for day in row[2:5]]
        return [*row[:2], f"{days[0]} 09:00", *days[1:], *row[5:]]

    if len(rows) > 1:  # a crime of two victims, on a row each: both count, and a check says so
        rows = [rows[0], [rows[0][0], *rows[1][1:]], *rows[2:]]
    text = csv_text([pick(list(_HEADINGS)), *(pick(in_words(row)) for row in rows)], "\r\n")
    inbox.write(SOURCE, delivery.extract_date, f"{name}.csv", BOM + text)


def _renamed(inbox: InboxWriter, delivery: Delivery, name: str, rows: list[list[str]]) -> None:
    """Write a heading by its new name, and the year's last month as a workbook with a title."""
    headings = ["Offence Code" if one == "HO Code" else one for one in _HEADINGS]
    if name.endswith(f"{delivery.months[-1]:%Y-%m}"):
        titles = ("SYNTHETIC DATA made by csp demo", f"Recorded crime {delivery.months[-1]:%B %Y}")
        content: bytes | str = workbook([headings, *rows], titles)
        inbox.write(SOURCE, delivery.extract_date, f"{name}.xlsx", content)
        return
    inbox.write(SOURCE, delivery.extract_date, f"{name}.csv", csv_text([headings, *rows]))


_LAYOUTS = {2016: _plain, 2017: _reordered, 2018: _renamed}
