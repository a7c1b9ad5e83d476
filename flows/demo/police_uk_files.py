"""data.police.uk's files of a month: street, outcomes and stop and search, zipped as its archives.

The same crimes as in the force's extract, by month only and without dates; other forces' rows in
the partnerships' neighbourhoods come with them. Names of the members are those that the publisher
gives, so the archive's own name and every location say that they are synthetic.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from random import Random

from flows.calendar_months import month_end
from flows.demo.archive import zipped
from flows.demo.crimes import Crime
from flows.demo.inbox_writer import InboxWriter
from flows.demo.places import FORCE_SLUG, Neighbourhood, Partnership
from flows.demo.plan import DemoPlan
from flows.demo.tables import csv_text

SOURCE = "police_uk"
EXTRACT_DATE = date(2018, 4, 30)

_STREET = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)
_OUTCOMES = (*_STREET[:9], "Outcome type")
_STOPS = (
    "Type",
    "Date",
    "Part of a policing operation",
    "Policing operation",
    "Latitude",
    "Longitude",
    "Gender",
    "Age range",
    "Self-defined ethnicity",
    "Officer-defined ethnicity",
    "Legislation",
    "Object of search",
    "Outcome",
    "Outcome linked to object of search",
    "Removal of more than just outer clothing",
)
_PUBLISHED_OUTCOME = {
    "Investigation complete - no suspect": "Investigation complete; no suspect identified",
    "Evidential difficulties": "Unable to prosecute suspect",
    "Charged": "Suspect charged",
    "Under investigation": "Under investigation",
    "Community resolution": "Local resolution",
    "Caution": "Offender given a caution",
}
_OTHER_FORCES = (("west-mercia", "West Mercia Police"), ("btp", "British Transport Police"))
_OUTCOME_SHARE = 0.3

Rows = list[tuple[str, ...]]


class MonthOfStreetFiles:
    """Gathers the rows of one month over all partnerships, then writes its archive."""

    def __init__(self, plan: DemoPlan, month: date) -> None:
        self._plan = plan
        self._month = month
        self._chance = plan.random("street", month)
        self._street: Rows = []
        self._outcomes: Rows = []
        self._stops: Rows = []
        self._others: dict[str, Rows] = {slug: [] for slug, _ in _OTHER_FORCES}

    def add(self, place: Partnership, crimes: list[Crime], incidents: int) -> None:
        """Take one partnership's crimes and its number of anti-social behaviour incidents."""
        for crime in crimes:
            if crime.is_cancelled:
                continue
            row = _street_row(
                _crime_id(crime.reference),
                crime.recorded,
                "West Midlands Police",
                crime.neighbourhood,
                crime.offence.category,
                _PUBLISHED_OUTCOME[crime.outcome],
            )
            self._street.append(row)
            if row[10] != "Under investigation" and self._chance.random() < _OUTCOME_SHARE:
                self._outcomes.append((*row[:9], row[10]))
        for where in self._draw(place, incidents):
            self._street.append(
                _street_row(
                    "", self._month, "West Midlands Police", where, "Anti-social behaviour", ""
                )
            )
        self._add_stops(place, len(crimes) // 25)
        if place.name == "Dudley":
            self._add_other_forces(place)

    def _draw(self, place: Partnership, count: int) -> list[Neighbourhood]:
        return self._chance.choices(
            place.neighbourhoods, cum_weights=list(place.summed_weights), k=count
        )

    def _add_stops(self, place: Partnership, count: int) -> None:
        chance, days = self._chance, month_end(self._month).day
        for where in self._draw(place, count):
            moment = f"{self._month:%Y-%m}-{chance.randint(1, days):02d}T{chance.randrange(24):02d}"
            found = chance.random() < 0.22
            self._stops.append(
                (
                    chance.choice(("Person search", "Person search", "Person and Vehicle search")),
                    f"{moment}:{chance.randrange(60):02d}:00+00:00",
                    "",
                    "",
                    where.latitude,
                    where.longitude,
                    chance.choices(("Male", "Female"), (88, 12))[0],
                    chance.choice(("10-17", "18-24", "18-24", "25-34", "over 34")),
                    "",
                    chance.choice(("White", "Asian", "Black", "Other")),
                    "Misuse of Drugs Act 1971 (section 23)",
                    "Controlled drugs",
                    "Arrest" if found else "A no further action disposal",
                    "True" if found else "False",
                    "False",
                )
            )

    def _add_other_forces(self, place: Partnership) -> None:
        for slug, name in _OTHER_FORCES:
            for where in self._draw(place, round(12 * self._plan.share) + 1):
                crime_id = "" if slug == "btp" else _drawn_id(self._chance)
                self._others[slug].append(
                    _street_row(
                        crime_id, self._month, name, where, "Other theft", "Under investigation"
                    )
                )

    def write(self, inbox: InboxWriter) -> int:
        """Write the month's archive; gives the number of rows."""
        stem = f"{self._month:%Y-%m}/{self._month:%Y-%m}"
        members = list(self._members(stem))
        name = f"synthetic-{self._month:%Y-%m}.zip"
        inbox.write(SOURCE, EXTRACT_DATE, name, zipped((name, data) for name, data, _ in members))
        return sum(rows for _, _, rows in members)

    def _members(self, stem: str) -> Iterator[tuple[str, bytes, int]]:
        tables = (
            (f"{FORCE_SLUG}-street", _STREET, self._street),
            (f"{FORCE_SLUG}-outcomes", _OUTCOMES, self._outcomes),
            (f"{FORCE_SLUG}-stop-and-search", _STOPS, self._stops),
            *((f"{slug}-street", _STREET, rows) for slug, rows in self._others.items()),
        )
        for kind, header, rows in tables:
            yield f"{stem}-{kind}.csv", csv_text([header, *rows], "\r\n").encode(), len(rows)


def _crime_id(reference: str) -> str:
    return hashlib.sha256(reference.encode()).hexdigest()


def _drawn_id(chance: Random) -> str:
    return f"{chance.getrandbits(256):064x}"


def _street_row(
    crime_id: str,
    day: date,
    force: str,
    place: Neighbourhood | None,
    category: str,
    outcome: str,
) -> tuple[str, ...]:
    where = (
        (
            place.longitude,
            place.latitude,
            f"On or near Synthetic Street {place.lsoa_code[-3:]}",
            place.lsoa_code,
            place.lsoa_name,
        )
        if place
        else ("", "", "No Location", "", "")
    )
    return (crime_id, f"{day:%Y-%m}", force, force, *where, category, outcome, "")
