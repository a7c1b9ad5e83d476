"""What a load lacks is told by name."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from flows.checking.coverage_gaps import attach_coverage_gaps
from flows.landing.sources.force.reference import indicators_of_markers

STREET = "police_uk_street"
OFFENCES = indicators_of_markers(frozenset())


def gaps(*rows: tuple[str, str, str, str, date]) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        connection.execute(
            "create table coverage (load_id varchar, dataset varchar, scope varchar, "
            "indicator_id varchar, period_start date)"
        )
        connection.executemany("insert into coverage values (?, ?, ?, ?, ?)", list(rows))
        attach_coverage_gaps(connection)
        return connection.execute("from coverage_gaps order by all").fetchall()


@pytest.mark.parametrize("dataset", ["asb_records", "marac_cases", "force_extract"])
def test_months_between_are_named(dataset: str) -> None:
    months = [date(2024, month, 1) for month in range(4, 10)] + [date(2025, 4, 1)]
    indicators = OFFENCES if dataset == "force_extract" else ("x",)
    rows = [("a", dataset, "Dudley", name, month) for month in months for name in indicators]
    whole = [("b", *row[1:]) for row in rows if row[4] in months[:6]]
    assert gaps(*rows, *whole) == [("a", 6, "October 2024 to March 2025", 0, None)]


def test_what_an_extract_counts_in_some_of_its_months_is_named_with_the_others() -> None:
    months = [date(2025, month, 1) for month in (1, 2, 3, 5)]
    rows = [("a", "force_extract", "kent", name, month) for month in months for name in OFFENCES]
    rows += [("a", "force_extract", "kent", "knife_crime", month) for month in months[2:]]
    rows += [("a", "force_extract", "kent", "hate_crime", month) for month in months[2:]]
    (row,) = gaps(*rows)
    assert row == (
        "a", 1, "April 2025", 2, "hate_crime, knife_crime of January 2025 to February 2025",
    )  # fmt: skip


def test_offences_that_an_extract_leaves_out_are_named() -> None:
    kept = [name for name in OFFENCES if name not in ("robbery", "total_recorded_crime")]
    (row,) = gaps(*(("a", "force_extract", "kent", name, date(2025, 1, 1)) for name in kept))
    assert row == ("a", 0, None, 2, "robbery, total_recorded_crime of all months")


def test_indicators_that_a_street_file_lacks_are_named() -> None:
    may, former = date(2022, 5, 1), date(2012, 5, 1)
    told = ["asb_incidents", "burglary", "criminal_damage_and_arson", "drug_offences"]
    told += ["shoplifting", "total_recorded_crime", "vehicle_crime"]
    found = gaps(
        ("whole", STREET, "kent", "*", may),
        ("old", STREET, "kent", "burglary", former),
        *(("oldest", STREET, "kent", indicator, former) for indicator in [*told, "robbery"]),
        *(("thin", STREET, "kent", indicator, former) for indicator in told),
    )
    assert [(row[0], *row[3:]) for row in found] == [
        ("old", 7, ", ".join(sorted({*told, "robbery"} - {"burglary"}))),
        ("thin", 1, "robbery"),
    ]


def test_the_railways_police_lack_no_anti_social_behaviour() -> None:
    (row,) = gaps(("a", STREET, "btp", "burglary", date(2022, 5, 1)))
    assert "asb_incidents" not in str(row[4])
    assert row[3] == 13
