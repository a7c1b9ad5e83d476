"""Which extract is in force, by a second computation over many made-up extracts in a row.

Scopes speak for areas, in some of their extracts, and find records in others; extracts overlap,
come late, cover all of a dataset's indicators or some; the same load number serves several
datasets. The oracle walks through dictionaries and knows nothing of joins.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest

MONTHS = [date(2025, month, 1) for month in range(1, 6)]
INDICATORS = ("robbery", "burglary", "hate")
#: what each dataset can count; "u" counts robberies in two datasets
DATASETS = {("s", "d"): INDICATORS, ("u", "d"): ("robbery",), ("u", "e"): ("robbery", "hate")}
SPEAKS = {"west": ("W", "WF"), "east": ("E", "EF"), "far": ("W2",), "lost": ()}
AREAS = ("W", "W2", "WF", "E", "EF", "N")


class Extract(NamedTuple):
    load: str
    source: str
    dataset: str
    scope: str
    day: date
    months: tuple[date, ...]
    covers: tuple[str, ...]


class Count(NamedTuple):
    load: str
    source: str
    dataset: str
    scope: str
    month: date
    area: str
    indicator: str
    records: int


def month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def made_up(seed: int) -> tuple[list[Extract], list[Count]]:
    draw = random.Random(seed)  # noqa: S311 - made-up counts, no secret
    extracts: dict[tuple[Any, ...], Extract] = {}
    counts = []
    for _ in range(45):
        source, dataset = draw.choice(list(DATASETS))
        scope = draw.choice(["west", "east", "far", "lost"])
        day = date(2025, 6, 1) + timedelta(days=7 * draw.randrange(4))
        first = draw.randrange(len(MONTHS))
        months = tuple(MONTHS[first : first + draw.randint(1, 3)])
        own = DATASETS[source, dataset]
        covers = draw.choice([("*",), ("*",), draw.sample(own, 1)])
        load = f"{source}{draw.randrange(6)}"  # bytes of one supplier
        key = (load, source, dataset, scope, day)
        if any((k[0], *k[1:4]) == key[:4] for k in extracts):
            continue  # a load has one extract date
        extracts[key] = Extract(load, source, dataset, scope, day, months, tuple(covers))
        told = own if "*" in covers else tuple(covers)
        for month in MONTHS:  # also months that it does not speak of
            for area in AREAS[:-1]:
                for indicator in told:
                    if draw.random() < (0.5 if month in months else 0.1):
                        at = (load, source, dataset, scope, month, area, indicator)
                        counts.append(Count(*at, draw.randint(1, 99)))
    return list(extracts.values()), counts


def spoken_for(extract: Extract) -> tuple[str, ...]:
    """Give the areas that an extract speaks for: of those of its scope most, drawn by its name."""
    draw = random.Random(f"{extract.load} {extract.scope}")  # noqa: S311 - no secret
    return tuple(area for area in SPEAKS[extract.scope] if draw.random() < 0.8)


def covering(extracts: list[Extract], indicator: str, month: date) -> list[Extract]:
    return [
        e
        for e in extracts
        if month in e.months
        and indicator in DATASETS[e.source, e.dataset]
        and ("*" in e.covers or indicator in e.covers)
    ]


def newest(extracts: list[Extract]) -> dict[tuple[str, str, str], Extract]:
    """Of each source, dataset and scope the newest; of one day the last load."""
    found: dict[tuple[str, str, str], Extract] = {}
    for e in sorted(extracts, key=lambda e: (e.day, e.load)):
        found[e.source, e.dataset, e.scope] = e
    return found


def records(counts: list[Count], extract: Extract, month: date, area: str, indicator: str) -> int:
    wanted = (extract.load, extract.source, extract.dataset, extract.scope, month, area, indicator)
    return sum(c.records for c in counts if c[:7] == wanted)


def in_force(extracts: list[Extract], counts: list[Count]) -> dict[Any, Any]:
    current = {
        (indicator, month): newest(covering(extracts, indicator, month))
        for indicator in INDICATORS
        for month in MONTHS
    }
    seen = {
        (*key, area)
        for (indicator, month), by_key in current.items()
        for key, extract in by_key.items()
        for area in AREAS
        if records(counts, extract, month, area, indicator)
    }
    rows: dict[Any, Any] = {}
    for (indicator, month), by_key in current.items():
        for source in ("s", "u"):
            for area in AREAS:
                own = {k: e for k, e in by_key.items() if k[0] == source}
                speaking = {k: e for k, e in own.items() if area in spoken_for(e)}
                finding = {k: e for k, e in own.items() if (*k, area) in seen}
                if not speaking and not finding:
                    continue
                total = sum(records(counts, e, month, area, indicator) for e in own.values())
                day = max(e.day for e in [*speaking.values(), *finding.values()])
                rows[source, indicator, area, month] = (float(total), bool(speaking), day)
    return rows


def history(extracts: list[Extract], counts: list[Count]) -> dict[Any, float]:
    found = {}
    scopes_of: dict[Any, set[str]] = {}
    for c in counts:
        scopes_of.setdefault((c.source, c.dataset, c.area), set()).add(c.scope)
    for e in extracts:
        for area in spoken_for(e):
            scopes_of.setdefault((e.source, e.dataset, area), set()).add(e.scope)
    for indicator in INDICATORS:
        for month in MONTHS:
            for source in ("s", "u"):
                for area in AREAS:
                    known = [
                        e
                        for e in covering(extracts, indicator, month)
                        if e.source == source
                        and e.scope in scopes_of.get((source, e.dataset, area), set())
                    ]
                    for day in {e.day for e in known}:
                        then = newest([e for e in known if e.day <= day]).values()
                        if any(area in spoken_for(e) for e in then):
                            found[source, indicator, area, month, day] = float(
                                sum(records(counts, e, month, area, indicator) for e in then)
                            )
    return found


@pytest.fixture(scope="module", params=range(5))
def extracts_and_counts(request: Any, models: Any) -> tuple[list[Extract], list[Count]]:
    extracts, counts = made_up(request.param)
    models.fill(
        "stg_landing__coverage",
        "load_id varchar, source varchar, dataset varchar, extract_date date, scope varchar,"
        " indicator_id varchar, period_start date, period_end date",
        [
            (e.load, e.source, e.dataset, e.day, e.scope, indicator, month, month_end(month))
            for e in extracts
            for month in e.months
            for indicator in e.covers
        ],
    )
    models.fill(
        "int_source_indicators",
        "source varchar, dataset varchar, indicator_id varchar",
        [(*key, indicator) for key, told in DATASETS.items() for indicator in told],
    )
    models.fill(
        "int_load_areas",
        "load_id varchar, scope varchar, area_code varchar, is_spoken_for boolean",
        sorted(
            {
                (e.load, e.scope, area, area in spoken_for(e))
                for e in extracts
                for area in SPEAKS[e.scope]
            }
        ),
    )
    models.fill(
        "int_counts_by_vintage",
        "load_id varchar, source varchar, dataset varchar, scope varchar, month date,"
        " area_code varchar, indicator_id varchar, records bigint",
        [tuple(count) for count in counts],
    )
    # the scopes here are of no force: what they share is added up
    models.fill(
        "int_scope_forces", "scope varchar, force_code varchar, areas_spoken_for bigint", []
    )
    models.build(
        "int_current_coverage",
        "int_speaking_scopes",
        "int_current_counts",
        "int_counted_months",
        "int_counted_observations",
        "int_record_vintages",
    )
    return extracts, counts


def test_counts_in_force_are_the_oracles(models: Any, extracts_and_counts: Any) -> None:
    found = {
        (r["source"], r["indicator_id"], r["area_code"], r["period_start"]): (
            r["numerator"],
            r["is_supplied"],
            r["extract_date"],
        )
        for r in models.rows("from int_counted_observations")
    }
    expected = in_force(*extracts_and_counts)
    assert found == expected
    assert {supplied for _, supplied, _ in expected.values()} == {True, False}
    assert any(total == 0 and supplied for total, supplied, _ in expected.values())


def test_every_vintage_is_the_oracles(models: Any, extracts_and_counts: Any) -> None:
    rows = models.rows("from int_record_vintages where is_supplied")
    found = {
        (r["source"], r["indicator_id"], r["area_code"], r["period_start"], r["extract_date"]): r[
            "numerator"
        ]
        for r in rows
    }
    assert len(found) == len(rows)
    assert found == history(*extracts_and_counts)


def test_what_covers_a_named_indicator_of_no_dataset_is_kept_by_its_name(models: Any) -> None:
    """Partner returns cover by area and indicator: no dataset of records, one name each."""
    rows = [
        ("a", "p", "p", date(2025, 6, 1), "W", "trust", MONTHS[0], MONTHS[0]),
        ("b", "p", "p", date(2025, 6, 1), "W", "trust", MONTHS[0], MONTHS[0]),
        ("a", "p", "p", date(2025, 7, 1), "W", "trust", MONTHS[0], MONTHS[1]),
    ]
    models.fill(
        "stg_landing__coverage",
        "load_id varchar, source varchar, dataset varchar, extract_date date, scope varchar,"
        " indicator_id varchar, period_start date, period_end date",
        rows,
    )
    models.build("int_current_coverage")
    found = models.connection.execute(
        "select load_id, indicator_id, period_end from int_current_coverage order by all"
    ).fetchall()
    assert found == [("a", "trust", MONTHS[1]), ("b", "trust", MONTHS[0])]
