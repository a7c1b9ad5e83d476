"""Made-up records and returns beside the counts of `made_up_returns`, as other suppliers send them.

A force's records with outcomes and the weights of their harm, anti-social behaviour by ward, and
MARAC returns with breakdowns: each twice, the second with revisions that carelessness would let
tell a small number of the first. Nothing here is anybody's figure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from random import Random

FORCE_AREAS = ("Bradford", "Calderdale", "Kirklees", "Leeds", "Wakefield")
MAPPING = """\
force: west-yorkshire
window: {from: 2016-12, to: %s}
columns:
  crime_reference: Ref
  offence_code: Code
  recorded_date: Recorded
  csp: Area
  outcome: Status
"""
# Codes: other sexual offences, modern slavery, harm with injury, robbery, shoplifting
WEIGHTS = {
    "17A": 371.0,
    "106": 1033.0,
    "8N": 184.0,
    "34B": 746.0,
    "46": 7.0,
    "8L": 61.0,
    "105A": 35.0,
}
CHARGED, NOT = "Suspect charged", "Investigation complete; no suspect identified"

Cells = dict[tuple[str, str, date], tuple[int, int]]


def recorded(months: Sequence[date]) -> Cells:
    """Crimes, and how many were charged, by offence code, area and month."""
    random = Random(7)  # noqa: S311 - made-up figures, the same in every run
    made: Cells = {}
    for month in months[8:]:
        for area in FORCE_AREAS:
            made["17A", area, month] = (random.randint(20, 30), random.randint(6, 9))
            made["106", area, month] = (random.choice((0, 0, 7, 8)), 0)
            made["8N", area, month] = (random.randint(15, 25), random.randint(6, 9))
            made["8L", area, month] = (random.randint(15, 25), random.randint(6, 9))
            made["105A", area, month] = (random.randint(9, 15), random.randint(6, 9))
            made["34B", area, month] = (random.randint(6, 9), random.randint(0, 3))
            made["46", area, month] = (random.randint(9, 12), 5)
    made["106", "Leeds", date(2017, 6, 1)] = (3, 0)
    # Some of every category, as without them the extract would be one of selected offences; before
    # its window, so that they are in no figure.
    for code in ("28E", "45", "39", "44", "49", "58B", "92A", "10D", "66", "54"):
        made[code, "Calderdale", months[7]] = (10, 0)
    return made


def write_force_extract(raw: Path, extract: str, cells: Cells, until: date) -> None:
    """Write one extract of the force up to `until`, with its mapping."""
    random = Random(11)  # noqa: S311 - see above
    rows = [
        (f"{code}-{area}-{month}-{n}", code, month.replace(day=random.randint(1, 28)), area,
         CHARGED if n < charged else NOT)
        for (code, area, month), (crimes, charged) in sorted(cells.items())
        if month <= until
        for n in range(crimes)
    ]  # fmt: skip
    _write(
        raw / "force_extract" / extract / f"west-yorkshire-{extract}.csv",
        ("Ref", "Code", "Recorded", "Area", "Status"),
        rows,
    )
    mappings = raw / "force_extract" / "mappings"
    mappings.mkdir(exist_ok=True)
    # a mapping is for extracts of its date and later: each covers one month more
    name = f"west-yorkshire.{extract}.yml"
    (mappings / name).write_text(MAPPING % f"{until:%Y-%m}", encoding="utf-8")
    if not (mappings / "west-yorkshire.yml").exists():
        (mappings / "west-yorkshire.yml").write_text(MAPPING % f"{until:%Y-%m}", encoding="utf-8")


def write_weights(raw: Path, edition: str) -> None:
    """Write a scheme of weights for the codes that the extract has."""
    _write(
        raw / "severity_weights" / edition / "weights.csv",
        ("scheme", "offence_code", "weight", "source"),
        [("made_up", code, weight, "made up") for code, weight in WEIGHTS.items()],
    )


Places = dict[tuple[str, date, str], int]


def places() -> Places:
    """Incidents by area, month and ward."""
    months = [date(2017, month, 1) for month in range(4, 8)]
    made: Places = {}
    for area in ("Sandwell", "Walsall"):
        for month in months:
            made |= {(area, month, ward): 18 + n for n, ward in enumerate(("A", "B", "C", "D"))}
    made["Sandwell", date(2017, 4, 1), "B"] = 2  # one small among others
    for ward in ("A", "B", "C", "D"):  # a month of ones: their sum would tell each
        made["Sandwell", date(2017, 5, 1), ward] = 1 if ward in "AB" else 0
    for ward in ("A", "B", "D"):  # one place alone: the area's figure would tell it
        made["Walsall", date(2017, 5, 1), ward] = 0
    made["Walsall", date(2017, 5, 1), "C"] = 3
    made["Walsall", date(2017, 6, 1), "A"] = 4
    made["Walsall", date(2017, 6, 1), "B"] = 1
    return made


def revised_places(made: Places) -> Places:
    """The same a month later: a small ward of one month is small no more."""
    return made | {("Sandwell", date(2017, 4, 1), "B"): 12}


def write_incidents(raw: Path, extract: str, made: Places) -> None:
    """Write one file of incidents, a row a record, each of a caller and a location of its own."""
    _write(
        raw / "asb" / extract / "incidents-2017-04_to_2017-07.csv",
        ("record type", "area", "date", "category", "ward", "caller key", "location key"),
        [
            ("incident", area, month.replace(day=1 + n % 28), "nuisance", ward,
             f"C{area}{month}{ward}{n // 2}", f"U{area}{month}{ward}{n}")
            for (area, month, ward), records in sorted(made.items())
            for n in range(records)
        ],
    )  # fmt: skip


#: quarter, measure, breakdown: count
Return = dict[tuple[str, str, str], int]


def marac_return() -> Return:
    """A partnership's MARAC by quarter, referrals by agency and a diversity group."""
    made: Return = {}
    for quarter, cases, agencies, group in (
        ("2016/17 Q1", 40, {"Police": 25, "IDVA": 3, "Health": 12}, 9),  # one agency small
        ("2016/17 Q2", 41, {"Police": 20, "IDVA": 11, "Health": 10}, 39),  # 2 left of the cases
        ("2016/17 Q3", 44, {"Police": 30, "IDVA": 12}, 8),  # 2 left of all agencies
        ("2016/17 Q4", 46, {"Police": 30, "IDVA": 10, "Health": 6}, 9),
        ("2017/18 Q1", 48, {"Police": 30, "IDVA": 11, "Health": 7}, 9),
    ):
        made[quarter, "cases", ""] = cases
        made[quarter, "children", ""] = 60
        made[quarter, "diversity", "BME"] = group
        made |= {(quarter, "referrals", agency): n for agency, n in agencies.items()}
    return made


def revised_marac_return(made: Return) -> Return:
    """The same with the small agency of the first quarter grown: what it was must stay unknown."""
    return made | {
        ("2016/17 Q1", "cases", ""): 46,
        ("2016/17 Q1", "referrals", "IDVA"): 9,
    }


def write_marac_return(raw: Path, extract: str, made: Return) -> None:
    """Write one quarterly return of one partnership."""
    _write(
        raw / "marac" / extract / "return.csv",
        ("area", "quarter", "measure", "breakdown", "count"),
        [("Coventry", *key, counted) for key, counted in sorted(made.items())],
    )


def write_comparators(raw: Path, extract: str) -> None:
    """Write what the region had of a sensitive count, small, beside a partnership's own."""
    year = ("2016-04-01", "2017-03-31")
    _write(
        raw / "partner_returns" / extract / f"comparators-{extract}.csv",
        ("area", "indicator", "period_start", "period_end", "numerator", "denominator",
         "source_document", "comparator"),
        [
            ("Coventry", "domestic_homicide_reviews", *year, 0, "", "made up", ""),
            ("Coventry", "domestic_homicide_reviews", *year, 3, "", "made up", "region"),
            ("Coventry", "domestic_homicide_reviews", *year, 2, "", "made up", "top_quartile"),
            ("Coventry", "adult_reoffending", *year, 40, 160, "made up", ""),
            ("Coventry", "adult_reoffending", *year, 400, 1700, "made up", "region"),
        ],
    )  # fmt: skip


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
