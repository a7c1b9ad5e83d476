"""Home Office recorded crime open data: offences by partnership or force, quarter, offence code.

Licence of the data: Open Government Licence v3.0. Published as ODS, formerly XLSX and CSV; a
workbook may hold a sheet for each year. Counts can be negative where a force takes back more
offences in a quarter than it records.
"""

from __future__ import annotations

from datetime import date

from flows.landing.reader import Coverage, Reader, Reading, SourceFiles, SupplierFile
from flows.landing.sources.force.reference import indicators_of_markers
from flows.landing.sources.force.selected_offences import left_out_of
from flows.landing.sources.rules.shared_columns import OFFENCE_DESCRIPTION
from flows.landing.tables.any_format import is_table, read_typed
from flows.landing.tables.contract import Column, Contract

OFFENCES = Contract(
    "recorded_crime_open_data",
    (
        Column(
            "financial_year",
            "Financial Year",
            "financial_year",
            "Financial year, April to March.",
            "2017/18",
            required=True,
            aliases=("Fin Year", "Year"),
        ),
        Column(
            "financial_quarter",
            "Financial Quarter",
            "text",
            "Quarter of that year: 1 is April to June.",
            "1",
            required=True,
            pattern=r"(?:[Qq](?:uarter)? ?)?[1-4]",
            pattern_in_words="a quarter of the financial year, 1 to 4",
            aliases=("Fin Quarter", "Quarter", "Financial Qtr"),
        ),
        Column(
            "force_name",
            "Force Name",
            "text",
            "Police force, or the body that recorded fraud centrally.",
            "West Midlands",
            required=True,
            aliases=("Police Force", "Police Force Area", "Police Force Name", "Force"),
        ),
        Column(
            "csp_code",
            "CSP Code",
            "text",
            "Code of the partnership, where the file gives it.",
            "E22000337",
            in_header=False,
            aliases=("Community Safety Partnership Code",),
        ),
        Column(
            "csp_name",
            "CSP Name",
            "text",
            "Community Safety Partnership; absent in the files by force.",
            "Dudley",
            in_header=False,
            aliases=("CSP", "Community Safety Partnership", "Community Safety Partnership Name"),
        ),
        Column(
            "offence_code",
            "Offence Code",
            "text",
            "Home Office offence code.",
            "28E",
            required=True,
            max_length=40,
            aliases=("HO Offence Code", "Home Office Offence Code"),
        ),
        OFFENCE_DESCRIPTION,
        Column(
            "offence_group",
            "Offence Group",
            "text",
            "Home Office group.",
            "Theft offences",
            in_header=False,
        ),
        Column(
            "offence_subgroup",
            "Offence Subgroup",
            "text",
            "Home Office subgroup.",
            "Domestic burglary",
            in_header=False,
            aliases=("Offence Sub-group", "Offence Sub Group"),
        ),
        Column(
            "offences",
            "Number of Offences",
            "number",
            "Offences recorded in the quarter; can be below 0.",
            "128",
            required=True,
            aliases=("Offence Count", "Count", "Offences", "Number of crimes"),
        ),
    ),
)


def quarter_bounds(financial_year: str, quarter: str) -> tuple[date, date]:
    """Give the first and last day of a quarter: ("2017/18", "4") is January to March 2018."""
    year, number = int(financial_year[:4]), int(quarter[-1])
    return (
        (date(year, 4, 1), date(year, 6, 30)),
        (date(year, 7, 1), date(year, 9, 30)),
        (date(year, 10, 1), date(year, 12, 31)),
        (date(year + 1, 1, 1), date(year + 1, 3, 31)),
    )[number - 1]


def read_offences(file: SupplierFile) -> Reading:
    """Read one file; it covers every area that it names, for every quarter that it has of it.

    All offences, or of one that was cut to some of them those that it has (`left_out_of`).
    """
    table, rejects, encoding, notes = read_typed(file, OFFENCES)
    columns = ("force_name", "csp_name", "financial_year", "financial_quarter")
    named = set(zip(*(table.column(name).to_pylist() for name in columns), strict=True))
    covered = {
        # a partnership's scope and a force's are distinguished: both can be called West Midlands
        (csp if csp else f"{force} (force)", *quarter_bounds(year, quarter))
        for force, csp, year, quarter in named
    }
    by_partnership = any(csp for _, csp, _, _ in named)
    counted = table.group_by("offence_code").aggregate([("offences", "sum")]).to_pylist()
    # a line that says 0, or less, says so of its offence
    selected = left_out_of(
        {one["offence_code"]: max(1, int(one["offences_sum"] or 0)) for one in counted}
    )
    indicators: tuple[str, ...] = ("*",)
    if selected.categories:
        every = indicators_of_markers(frozenset())
        indicators = tuple(name for name in every if name not in selected.indicators)
    return Reading(
        table,
        rejects,
        "by partnership" if by_partnership else "by force",
        [
            Coverage(scope, indicator, start, end)
            for scope, start, end in sorted(covered)
            for indicator in indicators
        ],
        encoding,
        [*notes, *selected.notes],
    )


FILES = SourceFiles(
    (
        Reader(
            dataset="recorded_crime_open_data",
            contract=OFFENCES,
            accepts=is_table,
            read=read_offences,
        ),
    ),
)
