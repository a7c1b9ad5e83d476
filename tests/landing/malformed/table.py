"""The table of malformed inputs: every kind of fault, for every source, and what each gets.

`docs/malformed-inputs.md` is printed from it (`page.py`).
"""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Callable
from typing import Any

from tests.landing.sources.force.conftest import MAPPING
from tests.landing.sources.official.workbooks import ods, xlsx

from ..conftest import STREET_NAME
from .case import Case, Gets
from .damage import (
    bomb_xlsx,
    locked_ods,
    locked_xlsx,
    with_damaged_bytes,
    with_encryption_flag,
    xlsx_of,
    zipped,
)
from .good_files import LINES, Row, grid, ons_tables, place, rows, written

BAD_LINE = 3
"""Where a bad line stands: after the header and one good line."""


def _whole(
    kind: str,
    wrong: str,
    change: Callable[[bytes], bytes] | bytes,
    gets: Gets = "quarantined",
    name: str = "",
    **more: Any,
) -> Case:
    """Make a case of a file that is changed as a whole."""
    source, usual = place(kind)
    data = change if isinstance(change, bytes) else change(written(rows(kind)))
    landed = 0 if gets == "quarantined" else LINES
    return Case(source, wrong, name or usual, data, gets, **{"rows": landed, **more})


def _line(
    kind: str,
    wrong: str,
    change: Row | str,
    column: str = "",
    says: str = "",
    gets: Gets = "line rejected",
    rejected: int = 1,
    **more: Any,
) -> Case:
    """Make a case of one bad line among good ones: fields changed by heading, or a raw line.

    `rejected` is how many lines it costs: a contradiction both of its lines.
    """
    source, name = place(kind)
    lines = rows(kind)
    text = written(lines).decode().splitlines()
    if isinstance(change, str):
        bad = change
    else:
        assert change.keys() <= lines[1].keys()
        bad = ",".join({**lines[1], **change}.values())
    text.insert(BAD_LINE - 1, bad)
    del text[BAD_LINE]  # the good line that it was
    is_rejected = gets == "line rejected"
    landed = len(text) - 1 - (rejected if is_rejected else 0)
    return Case(
        source,
        wrong,
        name,
        "".join(f"{one}\n" for one in text).encode(),
        gets,
        **{
            "rows": landed,
            "line": BAD_LINE if is_rejected else None,
            "column": column,
            "says": (says,) if says else (),
            **more,
        },
    )


def _renamed(old: str, new: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        header, newline, body = data.partition(b"\n")
        assert old.encode() in header
        return header.replace(old.encode(), new.encode()) + newline + body

    return change


def _ons(change: Callable[[dict[str, list[list[Any]]]], object]) -> bytes:
    sheets = ons_tables()
    change(sheets)
    return xlsx(sheets)


ONS_CELLS = 137
"""Cells of the small workbook: numbers, markers, and the members of combined authorities."""
OTHER_FORCE = "2022-05-staffordshire-street.csv"
STREET = written(rows("street"))
# "Reported by" that no force is called by does not say whose the rows are
NOBODYS_STREET = STREET.replace(b"West Mercia Police", b"The Police")
RETURN = written(rows("partner_returns"))
DAMAGED = with_damaged_bytes(zipped({STREET_NAME: STREET}), len(STREET_NAME) + 60)
ARCHIVE: dict[str, Any] = {"name": "2022-05.zip"}
WORKBOOK: dict[str, Any] = {"name": "file.xlsx"}

CONTAINERS: tuple[Case, ...] = (
    _whole("street", "empty file", b"", says=("the file is empty",)),
    _whole("street", "blank lines only", b"\r\n\r\n", says=("the file is empty",)),
    _whole(
        "partner_returns",
        "header and no rows",
        RETURN.split(b"\n")[0] + b"\n",
        says=("no rows",),
    ),
    _whole(
        "grant",
        "semicolons",
        lambda d: d.replace(b",", b";"),
        line=1,
        says=("semicolons", "commas"),
    ),
    _whole("asb", "tabs", lambda d: d.replace(b",", b"\t"), line=1, says=("tabs",)),
    _whole(
        "street",
        "a heading misspelt",
        _renamed("LSOA code", "LSOA cod"),
        line=1,
        column="'LSOA code'",
        says=("missing",),
    ),
    _whole(
        "outcomes",
        "a heading missing",
        _renamed(",Outcome type", ""),
        line=1,
        column="'Outcome type'",
        says=("missing",),
    ),
    _whole(
        "stops",
        "a heading twice",
        _renamed("Gender", "Type"),
        line=1,
        column="'Type'",
        says=("stands twice", "columns 1 and 7"),
    ),
    _whole(
        "families",
        "no heading line at all",
        lambda d: d.partition(b"\n")[2],
        line=1,
        column="'scheme'",
        says=("missing",),
    ),
    _whole(
        "targets", "a quote left open in the header", lambda d: b'"' + d, line=1, says=("quote",)
    ),
    _whole("partner_returns", "UTF-8 with a byte order mark", codecs.BOM_UTF8 + RETURN, "read"),
    _whole(
        "partner_returns", "UTF-16 with a byte order mark", RETURN.decode().encode("utf-16"), "read"
    ),
    _whole(
        "partner_returns",
        "UTF-16 without a byte order mark",
        RETURN.decode().encode("utf-16-le"),
        line=1,
        says=("UTF-16",),
    ),
    _whole("partner_returns", "UTF-32", RETURN.decode().encode("utf-32"), line=1, says=("UTF-32",)),
    _whole(
        "partner_returns",
        "Windows-1252 letters",
        RETURN.replace(b"Report", "Café".encode("cp1252")),
        "read",
    ),
    _whole(
        "street",
        "bytes of no encoding",
        STREET.replace(b"id1,", b"\x81,"),
        line=3,
        says=("neither UTF-8 nor Windows-1252",),
    ),
    _whole("grant", "a PDF under a CSV's name", b"%PDF-1.7\n", line=1, says=("a PDF",)),
    _whole(
        "breaks", "a workbook under a CSV's name", xlsx_of(grid("breaks")), line=1, says=("XLSX",)
    ),
    _whole(
        "force_counts",
        "an old XLS under a CSV's name",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        line=1,
        says=("old Excel workbook",),
    ),
    _whole(
        "targets",
        "an old XLS, cut off, under an XLSX's name",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        says=("cut off or damaged",),
        **WORKBOOK,
    ),
    _whole("targets", "a CSV under an XLSX's name", lambda d: d, says=("damaged",), **WORKBOOK),
    _whole(
        "force_extract",
        "a workbook cut off",
        lambda d: xlsx_of(grid("force_extract"))[:-40],
        name="west-midlands-2025-09.xlsx",
        says=("cut off or damaged",),
    ),
    _whole("grant", "an XLSX with a password", locked_xlsx(), says=("password",), **WORKBOOK),
    _whole(
        "recorded_crime_open_data",
        "an ODS with a password",
        locked_ods(),
        name="prc-csp.ods",
        says=("password",),
    ),
    _whole("asb", "an XLSX that is a bomb", bomb_xlsx(), says=("times its size",), **WORKBOOK),
    _whole(
        "recorded_crime_open_data",
        "an ODS without the table",
        ods({"Notes": [["Recorded crime"], ["See the website"]]}),
        name="prc-csp.ods",
        says=("no table with the headers", "'Notes'"),
    ),
    _whole(
        "partner_returns", "a name that no reader knows", RETURN, name="return.txt", says=("name",)
    ),
    _whole("street", "a name without month and force", STREET, name="crimes.csv", says=("name",)),
    _whole(
        "street",
        "an archive cut off",
        zipped({STREET_NAME: STREET})[:-30],
        says=("cut off",),
        **ARCHIVE,
    ),
    _whole("street", "an archive with a damaged file", DAMAGED, says=("check sum",), **ARCHIVE),
    _whole(
        "street",
        "an archive with a password",
        with_encryption_flag(zipped({STREET_NAME: STREET})),
        says=("encrypted",),
        **ARCHIVE,
    ),
    _whole(
        "street",
        "an archive in an archive",
        zipped({"b.zip": zipped({STREET_NAME: STREET})}),
        says=("2022-05.zip!b.zip", "archive inside an archive"),
        **ARCHIVE,
    ),
    _whole(
        "street",
        "an archive with a path upwards",
        zipped({f"../../{STREET_NAME}": STREET}),
        says=("outside its folder",),
        **ARCHIVE,
    ),
    _whole(
        "street",
        "a ZIP bomb",
        zipped({STREET_NAME: b"0" * (8 << 20)}),
        says=("times its size",),
        **ARCHIVE,
    ),
    _whole("street", "an archive of nothing", zipped({}), says=("no files",), **ARCHIVE),
    _whole(
        "lookups",
        "a gzip file cut off",
        lambda d: gzip.compress(d)[:-12],
        name="lookup.csv.gz",
        says=("gzip file is cut off",),
    ),
)


def _copy(kind: str) -> str:
    return ",".join(rows(kind, 1)[0].values())


BROKEN_LINES: tuple[Case, ...] = (
    _line("street", "too few fields", "id1,2022-05", says="expected 12 fields"),
    _line("outcomes", "too many fields", {"Outcome type": "Local resolution,x"}, says="found 11"),
    _line("case_list", "a quote left open", {"victim key": '"V-1'}, says="quote"),
    _line(
        "grant",
        "a line break inside quotes",
        {"budget_line": '"Youth\nwork"'},
        gets="read",
        rows=LINES,
    ),
    _line("asb", "a NUL character", {"ward": "W\0"}, says="NUL"),
    _line("population", "too few fields", "E08000027,F", says="expected 5 fields"),
    _line(
        "breaks", "a text over its limit", {"break_note": "x" * 501}, "break_note", "at most 500"
    ),
    _line("commentary", "a text over its limit", {"text": "x" * 5001}, "text", "at most 5000"),
    _whole(
        "breaks",
        "a field longer than a cell can be",
        written([{**one, "break_note": "x" * 40_000} for one in rows("breaks", 2)]),
        line=2,
        column="5",
        says=("longer",),
    ),
)

DATES: tuple[Case, ...] = (
    _line("asb", "31 February", {"date": "31/02/2017"}, "date", "DD/MM/YYYY"),
    _line(
        "case_list", "American order", {"referral date": "05/14/2017"}, "referral date", "a date"
    ),
    _line("targets", "a year of two digits", {"period_end": "31/03/17"}, "period_end", "a date"),
    _line("partner_returns", "a serial number", {"period_end": "43008"}, "period_end", "a date"),
    _line(
        "force_extract",
        "a day after the extract",
        {"Date Recorded": "01/12/2049"},
        "Date Recorded",
        "extract",
    ),
    _line("asb", "a day after the extract", {"date": "2090-01-01"}, "date", "extract"),
    _line("asb", "a year mistyped", {"date": "2007-07-14"}, "date", "years from every other row"),
    _line(
        "case_list",
        "a year mistyped",
        {"referral date": "2007-05-04", "discussed date": "2007-05-18"},
        "discussed date",
        "years from every other row",
    ),
    _line(
        "force_counts",
        "a year mistyped",
        {"month": "1907-07"},
        "month",
        "years from every other month",
    ),
    _line(
        "marac_return",
        "a quarter of a mistyped year",
        {"quarter": "1907/08 Q2"},
        "quarter",
        "years from every other quarter",
    ),
    _line(
        "partner_returns",
        "part of a month",
        {"period_end": "2017-09-10"},
        "period_end",
        "whole months",
    ),
    _line("force_counts", "a thirteenth month", {"month": "2017-13"}, "month", "a month"),
    _line("street", "a month that is not the file's", {"Month": "2022-04"}, "Month", "2022-05"),
    _line(
        "stops",
        "a day that is not of the file's month",
        {"Date": "2022-07-09T10:00:00"},
        "Date",
        "2022-05",
    ),
    _line(
        "partner_returns",
        "a period that ends before it begins",
        {"period_end": "1999-01-31"},
        "period_end",
        "on or after",
    ),
    _line("marac_return", "a fifth quarter", {"quarter": "2017/18 Q5"}, "quarter", "a quarter"),
    _line(
        "marac_return", "years that do not follow", {"quarter": "2017/19 Q1"}, "quarter", "2017/18"
    ),
    _line(
        "case_list",
        "a conference before the referral",
        {"discussed date": "2017-05-01"},
        "discussed date",
        "on or after",
    ),
    _line(
        "families",
        "a membership that ends before it begins",
        {"valid_to": "2014-01-01"},
        "valid_to",
        "on or after",
    ),
    _line(
        "targets",
        "a period that does not end on that day",
        {"period_end": "2017-09-29"},
        "period_end",
        "last day",
    ),
    _whole(
        "street",
        "all lines of another month",
        STREET,
        name="2022-06-west-mercia-street.csv",
        line=2,
        column="'Month'",
        says=("none of the 250 lines", "2022-06"),
    ),
)

NUMBERS: tuple[Case, ...] = (
    _line("force_counts", "a count below zero", {"count": "-1"}, "count", "0 or more"),
    _line("force_counts", "half an offence", {"count": "1.5"}, "count", "whole number"),
    _line("force_counts", "a count in words", {"count": "few"}, "count", "a number"),
    _line("marac_return", "half a case", {"count": "98.5"}, "count", "whole number"),
    _line("grant", "a thousands separator", {"spend": '"11,000"'}, "spend", "thousands separators"),
    _line("grant", "a pound sign", {"spend": "£11000"}, "spend", "signs of unit"),
    _line("targets", "a target below zero", {"target_value": "-5"}, "target_value", "0 or more"),
    _line("partner_returns", "no number", {"numerator": "nan"}, "numerator", "a number"),
    _line(
        "partner_returns", "no figure", {"numerator": "", "denominator": ""}, "numerator", "missing"
    ),
    _line("partner_returns", "out of nothing", {"denominator": "0"}, "denominator", "more than 0"),
    _line("severity_weights", "a weight below zero", {"weight": "-1"}, "weight", "0 or more"),
    _line(
        "population", "people in words", {"Population": "many"}, "Population", "a number of people"
    ),
    _line("population", "fewer people than none", {"Population": "-9"}, "Population", "0 or more"),
    _line(
        "street", "a longitude off the globe", {"Longitude": "-208"}, "Longitude", "-180 or more"
    ),
    _line(
        "recorded_crime_open_data",
        "a count in words",
        {"Number of Offences": "*"},
        "Number of Offences",
        "a number",
    ),
    _whole(
        "ons_pfa_tables",
        "a number with a remark",
        _ons(lambda sheets: sheets["Table C2 "][5].__setitem__(7, "about 60")),
        "line rejected",
        name="tables.xlsx",
        rows=ONS_CELLS - 1,
        line=6,
        column="counts: Robbery",
        says=("a number",),
    ),
    _whole(
        "targets",
        "a formula that was never calculated",
        xlsx_of(
            [
                *grid("targets")[:2],
                ["Dudley", "robbery", "month", "2024-09-30", "=1+1"],
                *grid("targets")[3:],
            ]
        ),
        "line rejected",
        rows=LINES - 1,
        line=BAD_LINE,
        column="target_value",
        says=("never calculated",),
        **WORKBOOK,
    ),
)

WORDS: tuple[Case, ...] = (
    _line(
        "street",
        "a category that nobody knows",
        {"Crime type": "Witchcraft"},
        "Crime type",
        "one of",
    ),
    _line("street", "an LSOA code cut short", {"LSOA code": "E0100986"}, "LSOA code", "six digits"),
    _line("asb", "a postcode in the place of an LSOA", {"lsoa": "DY1 1HF"}, "lsoa", "six digits"),
    _line(
        "asb",
        "a kind of call that nobody knows",
        {"record type": "call"},
        "category",
        "public_safety_and_welfare",
    ),
    _line("asb", "yes and no in other words", {"youth": "Y"}, "youth", "one of: yes; no"),
    _line("asb", "a key in a row that stands for many", {"count": "4"}, "count", "1 or nothing"),
    _line(
        "partner_returns",
        "an indicator by its name",
        {"indicator": "Hate crime"},
        "indicator",
        "small letters",
    ),
    _line("targets", "an area left empty", {"area": ""}, "area", "missing"),
    _line(
        "indicators",
        "an id that the project has",
        {"indicator": "robbery"},
        "indicator",
        "an id of your own",
    ),
    _line(
        "indicators",
        "a name that the project has",
        {"name": "Knife crime"},
        "name",
        "knife_crime of the project has this name",
    ),
    _line(
        "indicators",
        "codes separated by commas",
        {"offence_codes": '"30A, 30B"'},
        "offence_codes",
        "codes such as 28E; 34A",
    ),
    _line(
        "indicators",
        "a marker misspelt",
        {"offence_codes": "", "markers": "cybr"},
        "markers",
        "did you mean cyber?",
    ),
    _line(
        "indicators",
        "codes and markers at once",
        {"markers": "knife"},
        "offence_codes",
        "one of them, or none",
    ),
    _line(
        "indicators",
        "a polarity in other words",
        {"polarity": "down"},
        "polarity",
        "lower_is_better",
    ),
    _line(
        "indicators",
        "an indicator declared twice",
        {"indicator": "own_0", "name": "Another"},
        "indicator",
        "give different figures",
        line=2,
        rejected=2,
    ),
    _line(
        "marac_return",
        "repeats without their definition",
        {"measure": "repeats"},
        "breakdown",
        "potentially_criminal",
    ),
    _line(
        "recorded_crime_open_data",
        "years that do not follow",
        {"Financial Year": "2017/19"},
        "Financial Year",
        "2017/18",
    ),
    _line(
        "population",
        "an area's code cut short",
        {"Area code": "E080027"},
        "Area code",
        "eight digits",
    ),
    _line("lookups", "a code of another level", {"csp24_code": "E08000027"}, "csp24_code", "E22"),
    _whole(
        "lookups",
        "an LSOA code without its vintage",
        _renamed("lsoa21_code,lad24_code,csp24_code", "LSOA code,lad24_code,remark"),
        line=1,
        says=("codes of 1 level were", "lsoa11_code, lsoa21_code"),
    ),
    _whole(
        "population",
        "numbers that say no year",
        _renamed("Year", "Remark"),
        name="estimates.csv",
        line=1,
        says=("which year", "mid-2023"),
    ),
    _line(
        "offence_reference",
        "an offence without its code",
        {"Offence Code": ""},
        "Offence Code",
        "a value is missing",
    ),
    _line(
        "offence_reference",
        "an offence without its subgroup",
        {"Offence Subgroup": ""},
        "Offence Subgroup",
        "a value is missing",
    ),
    _line(
        "severity_weights",
        "a weight of nothing",
        {"offence_code": ""},
        "offence_code",
        "one of the two",
    ),
)

REPEATS: tuple[Case, ...] = (
    _line(
        "partner_returns",
        "a line that stands twice",
        _copy("partner_returns"),
        "indicator",
        "repeats line 2",
    ),
    _line(
        "grant",
        "two lines that contradict each other",
        {**rows("grant", 1)[0], "spend": "9"},
        "budget_line",
        "lines 2, 3",
        line=2,
        rejected=2,
    ),
    _line(
        "offence_reference",
        "two subgroups for one offence code",
        {**rows("offence_reference", 1)[0], "Offence Subgroup": "Domestic burglary"},
        "offence_subgroup",
        "lines 2, 3",
        line=2,
        rejected=2,
    ),
    _line("asb", "a reference that comes twice", {"reference": "l-0"}, "reference", "line 2"),
    _line("families", "a member twice", _copy("families"), "neighbour", "line 2"),
    _line(
        "force_counts", "a count that stands twice", _copy("force_counts"), "count", "lines 2, 3"
    ),
    _line(
        "population",
        "a line that stands twice",
        _copy("population"),
        "Population",
        "repeats line 2",
    ),
    _whole(
        "recorded_crime_open_data",
        "headings and no rows",
        lambda d: d.split(b"\n")[0] + b"\n",
        line=2,
        says=("no rows",),
    ),
    _line(
        "population",
        "two numbers for one age",
        {**rows("population", 1)[0], "Population": "8"},
        "Population",
        "lines 2, 3",
        line=2,
        rejected=2,
    ),
    _whole(
        "force_counts",
        "a month across twice",
        b"area,indicator,Jul 2025,2025-07\nDudley,knife_crime,1,2\n",
        line=1,
        column="'2025-07' (column 4)",
        says=("stands twice",),
    ),
    _whole(
        "partner_returns",
        "two files of one date that disagree",
        written([{**one, "numerator": "9"} for one in rows("partner_returns")]),
        name="second.csv",
        says=("disagrees with", "first.csv"),
        beside=(("first.csv", RETURN),),
    ),
    _whole(
        "street",
        "the same bytes for two forces",
        NOBODYS_STREET,
        says=("same bytes as", OTHER_FORCE),
        beside=((OTHER_FORCE, NOBODYS_STREET),),
    ),
    _whole(
        "street",
        "another force's rows",
        STREET,
        name=OTHER_FORCE,
        column="'Reported by'",
        says=("West Mercia Police", STREET_NAME),
    ),
    _whole(
        "street",
        "latitude and longitude exchanged",
        STREET.replace(b"-2.08,52.51", b"52.51,-2.08"),
        column="'Longitude' and 'Latitude'",
        says=("exchanged",),
    ),
    _whole(
        "ons_pfa_tables",
        "tables of two editions",
        _ons(
            lambda sheets: sheets["Table C3"][0].__setitem__(
                0, sheets["Table C3"][0][0].replace("2024", "2022")
            )
        ),
        name="tables.xlsx",
        line=1,
        says=("year ending", "editions"),
    ),
    _whole(
        "ons_pfa_tables",
        "a table left out",
        _ons(lambda sheets: sheets.pop("Table C4")),
        name="tables.xlsx",
        line=1,
        says=("tables are missing: rates",),
    ),
)

PERSONS: tuple[Case, ...] = (
    _whole(
        "case_list",
        "a column of names",
        lambda d: d.replace(b"\n", b",Jo Bloggs\n").replace(
            b"agency,Jo Bloggs", b"agency,victim name"
        ),
        "read",
        says=("victim name",),
    ),
    _whole(
        "force_extract",
        "dates of birth and telephone numbers that no mapping asks for",
        lambda d: d.replace(b"\n", b",01/02/1980,01384 555555\n").replace(
            b"Team,01/02/1980,01384 555555", b"Team,Victim DOB,Phone"
        ),
        "read",
        says=("Victim DOB", "Phone"),
    ),
    _whole(
        "force_extract",
        "a mapping that takes the ward from a column of names",
        _renamed("Team", "Victim Name"),
        column="'Victim Name'",
        says=("looks like a person's name", "not_personal"),
        mapping=MAPPING + "  ward: Victim Name\n",
    ),
    _whole(
        "force_extract",
        "a force that has no mapping",
        lambda d: d,
        name="kent-2025-09.csv",
        says=("no mapping", "mappings of west-midlands"),
    ),
    _line("force_extract", "no date of record", {"Date Recorded": "soon"}, "Date Recorded", ""),
)

FORMULAS: tuple[Case, ...] = tuple(
    _line("grant", f"a cell that begins with {sign}", {"budget_line": f"{sign}1+1"}, gets="read")
    for sign in "=+-@"
)


CHECKED: tuple[Case, ...] = (
    _line(
        "offence_reference",
        "a subgroup and group that the seeds do not have",
        {"Offence Subgroup": "Joyriding", "Offence Group": "Joy"},
        gets="warned",
        check="source.offence_reference.subgroups_unknown",
    ),
    _line(
        "grant",
        "lines that do not sum to the stated total",
        "Dudley,2017/18 Q1,total,Total,1,1",
        gets="warned",
        check="source.grant.totals_that_differ",
    ),
    _line(
        "grant",
        "more spent than there was",
        {"spend": "50000"},
        gets="warned",
        check="source.grant.spend_above_available",
    ),
    _line(
        "partner_returns",
        "more than 100 per cent",
        {"numerator": "101"},
        gets="held back",
        check="source.partner_returns.proportions_above_one",
    ),
    _line(
        "partner_returns",
        "an indicator that is not in the list",
        {"indicator": "joy"},
        gets="warned",
        check="source.partner_returns.indicators_unknown",
    ),
    _line(
        "partner_returns",
        "an area misspelt",
        {"area": "Dudly"},
        gets="warned",
        check="source.partner_returns.areas_unknown",
    ),
    _line(
        "partner_returns",
        "an area that stands on two levels",
        {"area": "West Midlands"},
        gets="warned",
        check="source.partner_returns.areas_of_two_levels",
    ),
    _line(
        "partner_returns",
        "a period after the return",
        {"period_start": "2090-01-01", "period_end": "2090-01-31"},
        gets="warned",
        check="source.partner_returns.periods_not_over",
    ),
    _line(
        "targets",
        "a target of more than 100 per cent",
        {"indicator": "opiate_completions", "target_value": "101"},
        gets="held back",
        check="source.targets.largest_percentage",
    ),
    _line(
        "targets",
        "an indicator that is not in the list",
        {"indicator": "joy"},
        gets="warned",
        check="source.targets.indicators_unknown",
    ),
    _line(
        "targets",
        "an area misspelt",
        {"area": "Dudly"},
        gets="warned",
        check="source.targets.areas_unknown",
    ),
    _line(
        "indicators",
        "an offence code that nobody knows",
        {"offence_codes": "998Z"},
        gets="warned",
        check="source.indicators.codes_unknown",
    ),
    _line(
        "breaks",
        "an indicator that is not in the list",
        {"indicator": "joy"},
        gets="warned",
        check="source.breaks.indicators_unknown",
    ),
    _line(
        "force_counts",
        "an indicator that is not in the list",
        {"indicator": "joy"},
        gets="warned",
        check="source.force_counts.indicators_unknown",
    ),
    _line(
        "force_extract",
        "an offence code that is not in the list",
        {"HO Code": "999Z"},
        gets="warned",
        check="source.force_extract.rows_of_unknown_code",
    ),
    _line(
        "force_extract",
        "a marker in other words",
        {"Knife": "perhaps"},
        gets="warned",
        check="source.force_extract.marker_words_unread",
    ),
    _line(
        "force_extract",
        "a reference that comes twice",
        {"Crime Number": "MADE/UP/0"},
        gets="warned",
        check="source.force_extract.repeated_references",
    ),
    _line(
        "asb",
        "an area misspelt",
        {"area": "Dudly"},
        gets="warned",
        check="source.asb.areas_unknown",
    ),
    _line(
        "marac_return",
        "more repeats than cases",
        "Dudley,1955/56 Q1,repeats,any_abuse,99",
        gets="held back",
        check="source.marac.repeats_above_cases",
    ),
    _line(
        "families",
        "a member that is no area",
        {"neighbour": "Atlantis"},
        gets="warned",
        check="source.families.areas_unknown",
    ),
    _whole(
        "families",
        "a most similar family of three",
        written([{**one, "scheme": "msf"} for one in rows("families", 2)]),
        "warned",
        check="source.families.sizes_unusual",
        rows=2,
    ),
    _line(
        "recorded_crime_open_data",
        "an offence code that is not in the list",
        {"Offence Code": "999Z"},
        gets="warned",
        check="source.recorded_crime_open_data.codes_unknown",
    ),
    _line(
        "recorded_crime_open_data",
        "a line that stands twice",
        _copy("recorded_crime_open_data"),
        gets="warned",
        check="source.recorded_crime_open_data.rows_repeated",
    ),
    _line(
        "lookups",
        "an LSOA in two authorities",
        {**rows("lookups", 1)[0], "lad24_code": "E08000030"},
        gets="held back",
        check="source.lookups.lsoas_in_two_authorities",
    ),
    _line(
        "population",
        "ages that do not sum to the total",
        "E08000027,F,all ages,1990,1",
        gets="warned",
        check="source.population.ages_beyond_the_total",
    ),
    _whole(
        "ons_pfa_tables",
        "partnerships that do not sum to their force",
        _ons(lambda sheets: sheets["Table C2 "][5].__setitem__(7, 61)),
        "warned",
        name="tables.xlsx",
        rows=ONS_CELLS,
        check="source.ons_pfa_tables.forces_not_summing",
    ),
    _whole(
        "street",
        "twelve lines of three hundred that cannot be read",
        lambda d: d + b"x\n" * 12,
        "held back",
        check="source.police_uk.rejected_share",
    ),
    _whole(
        "street",
        "every fifth line without a place",
        written(
            [
                {**one, **({"LSOA code": "", "LSOA name": ""} if at % 5 == 0 else {})}
                for at, one in enumerate(rows("street"))
            ]
        ),
        "warned",
        check="source.police_uk.location_unknown_share",
    ),
)

CASES: tuple[Case, ...] = (
    *CONTAINERS,
    *BROKEN_LINES,
    *DATES,
    *NUMBERS,
    *WORDS,
    *REPEATS,
    *PERSONS,
    *FORMULAS,
    *CHECKED,
)
