"""A sound file of every source, of so many lines that one bad line is less than a hundredth.

Areas are real, figures and persons are made up.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flows.data_folder import PROJECT_ROOT
from tests.landing.sources.force.conftest import CODE_OF_EACH_CATEGORY, HEADINGS, ROW
from tests.landing.sources.official.workbooks import Sheets, ons_sheets

from ..conftest import STREET_HEADER, STREET_NAME

LINES = 250
"""Good lines of a file: two bad lines among them are under the hundredth that a check allows."""

Row = dict[str, str]

with (PROJECT_ROOT / "data" / "seeds" / "areas.csv").open(newline="") as _areas:
    PARTNERSHIPS = [row["area_code"] for row in csv.DictReader(_areas) if row["area_type"] == "csp"]


def _month(number: int) -> date:
    return date(2001 + number // 12, number % 12 + 1, 1)


def _month_end(number: int) -> date:
    return _month(number + 1) - timedelta(days=1)


def _quarter(number: int) -> str:
    year = 1955 + number // 4
    return f"{year}/{(year + 1) % 100:02d} Q{number % 4 + 1}"


def _named(headers: str, values: str) -> Row:
    return dict(zip(headers.split(","), values.split(","), strict=True))


def _street(number: int) -> Row:
    return _named(
        STREET_HEADER,
        f"id{number},2022-05,West Mercia Police,West Mercia Police,-2.08,52.51,On or near Mill "
        "Lane,E01009862,Dudley 012A,Burglary,Under investigation,",
    )


def _outcome(number: int) -> Row:
    return _named(
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
        "Outcome type",
        f"id{number},2022-05,West Mercia Police,West Mercia Police,-2.08,52.51,On or near Mill "
        "Lane,E01009862,Dudley 012A,Offender given a caution",
    )


def _stop(number: int) -> Row:
    return _named(
        "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
        "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,"
        "Outcome,Outcome linked to object of search,Removal of more than just outer clothing",
        f"Person search,2022-05-{number % 28 + 1:02d}T10:00:00+00:00,,,52.51,-2.08,Male,18-24,"
        "White,White,Misuse of Drugs Act 1971 (section 23),Controlled drugs,Arrest,,False",
    )


def _force_extract(number: int) -> Row:
    code = CODE_OF_EACH_CATEGORY[number % len(CODE_OF_EACH_CATEGORY)]
    return {**_named(HEADINGS, ROW), "Crime Number": f"MADE/UP/{number}", "HO Code": code}


def _case_list(number: int) -> Row:
    return _named(
        "area,victim key,perpetrator keys,referral date,discussed date,referring agency",
        f"Dudley,V-{number},P-{number},2017-05-04,2017-05-18,Police",
    )


def _asb(number: int) -> Row:
    return _named(
        "record type,area,date,category,youth,count,ward,lsoa,reference,caller key,location key",
        f"incident,Dudley,2017-07-14,nuisance,yes,,W1,E01009862,L-{number},C-1,U-1",
    )


def _return(number: int) -> Row:
    return _named(
        "area,indicator,period_start,period_end,numerator,denominator,source_document",
        f"Dudley,opiate_completions,{_month(number)},{_month_end(number)},8,100,Report",
    )


def _open_data(number: int) -> Row:
    quarter = _quarter(number + 10)
    return _named(
        "Financial Year,Financial Quarter,Force Name,CSP Name,Offence Code,Number of Offences",
        f"{quarter[:7]},{quarter[-1]},West Midlands,Dudley,"
        f"{CODE_OF_EACH_CATEGORY[number % len(CODE_OF_EACH_CATEGORY)]},40",
    )


def _population(number: int) -> Row:
    age = f"{number % 91}+" if number % 91 == 90 else str(number % 91)
    return _named("Area code,Sex,Age,Year,Population", f"E08000027,F,{age},{1990 + number // 91},9")


ROWS: dict[str, Callable[[int], Row]] = {
    "street": _street,
    "outcomes": _outcome,
    "stops": _stop,
    "force_extract": _force_extract,
    "force_counts": lambda n: _named(
        "month,area,indicator,count", f"{_month(n):%Y-%m},Dudley,knife_crime,3"
    ),
    "case_list": _case_list,
    "marac_return": lambda n: _named(
        "area,quarter,measure,breakdown,count", f"Dudley,{_quarter(n)},cases,,98"
    ),
    "asb": _asb,
    "partner_returns": _return,
    "recorded_crime_open_data": _open_data,
    "population": _population,
    "lookups": lambda n: _named(
        "lsoa21_code,lad24_code,csp24_code", f"E0109{n:04d},E08000027,E22000337"
    ),
    "families": lambda n: _named(
        "scheme,area,neighbour,valid_from,valid_to,source",
        f"trial,Dudley,{PARTNERSHIPS[n]},2015-04-01,,made up",
    ),
    "grant": lambda n: _named(
        "area,period,line_type,budget_line,allocation,spend",
        f"Dudley,2017/18 Q1,line,Line {n},44000,11000",
    ),
    "indicators": lambda n: _named(
        "indicator,name,definition,polarity,sensitive,offence_codes,markers,categories",
        f"own_{n},Own indicator {n},Offences that we count,lower_is_better,no,30A; 30B,,",
    ),
    "targets": lambda n: _named(
        "area,indicator,period_type,period_end,target_value",
        f"Dudley,robbery,month,{_month_end(n)},100",
    ),
    "breaks": lambda n: _named(
        "source,indicator,area,break_date,break_note",
        f"*,knife_crime,Dudley,{_month(n)},Counted otherwise from this day",
    ),
    "commentary": lambda n: _named(
        "area,period,priority,heading,text,author_role",
        f"Dudley,{_month(n):%Y-%m},Tackling violence,Outreach,Two workers went out,Manager",
    ),
    "offence_reference": lambda n: _named(
        "Offence Code,Offence Description,Offence Subgroup,Offence Group",
        f"9{n:03d}Z,Made up {n},Shoplifting,Theft offences",
    ),
    "severity_weights": lambda n: _named(
        "scheme,offence_code,weight,valid_from,source", f"trial,28E,438,{_month(n)},made up"
    ),
}
"""The good line of each number, by the kind of table."""

PLACES: dict[str, tuple[str, str]] = {
    "street": ("police_uk", STREET_NAME),
    "outcomes": ("police_uk", "2022-05-west-mercia-outcomes.csv"),
    "stops": ("police_uk", "2022-05-west-mercia-stop-and-search.csv"),
    "force_extract": ("force_extract", "west-midlands-2025-09.csv"),
    "case_list": ("marac", "case-list.csv"),
    "marac_return": ("marac", "return.csv"),
}
"""Source and file name of the kinds whose name says something; others are `<kind>/<kind>.csv`."""


def place(kind: str) -> tuple[str, str]:
    """Give the source folder and the file name of a kind of table."""
    return PLACES.get(kind, (kind, f"{kind}.csv"))


def rows(kind: str, count: int = LINES) -> list[Row]:
    """Give so many good lines of a kind of table, by heading."""
    return [ROWS[kind](number) for number in range(count)]


def written(lines: list[Row], headers: list[str] | None = None, delimiter: str = ",") -> bytes:
    """Write lines as a CSV; a value that needs quotes must bring them."""
    names = headers or list(lines[0])
    text = [delimiter.join(names), *(delimiter.join(line.values()) for line in lines)]
    return "".join(f"{line}\n" for line in text).encode()


def grid(kind: str, count: int = LINES) -> list[list[Any]]:
    """Give a good file as the cells of a sheet."""
    lines = rows(kind, count)
    return [list(lines[0]), *(list(line.values()) for line in lines)]


def ons_tables() -> Sheets:
    """Give the sheets of a sound workbook of police force area tables, of 31 partnerships."""
    sheets = ons_sheets()
    for number in range(30):
        # one apart from the others, whose sum is the force's: nothing was recorded there
        code = f"E2200{9000 + number}"
        sheets["Table C2 "].insert(
            -1, ["E23000014", "West Midlands", code, f"Made up {number}", "", "", 0, 0, 0]
        )
    return sheets
