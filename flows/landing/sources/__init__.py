"""The sources: one entry here and one module of the same name make a source known everywhere.

What is said of a source is said here once. Landing, checks, retention and the command read it;
`data/seeds/sources.csv`, the lists in dbt's models and README's table are held to it by
`tests/landing/sources/test_declared.py`. A module exposes `FILES`, a
`flows.landing.reader.SourceFiles`; it is imported only when a file of its source is to be read.
"""

from __future__ import annotations

from flows.landing.reader import Dataset, Source

_OGL = "Open Government Licence v3.0"
_OF_THE_FORCE = "restricted: sharing agreement with the force"
_OF_THE_PARTNERSHIP = "restricted: partnership"
_AREA = ("area",)
# Figures of an area, an indicator and a period: rows of any source that land here need no model.
_STATED_FIGURES = Dataset("partner_returns", "stated", _AREA, names_indicators=True)

_ALL = (
    Source(
        name="police_uk",
        title="Street-level crime of data.police.uk",
        is_public=True,
        licence=_OGL,
        expected_names="files such as 2022-05-west-mercia-street.csv, …-outcomes.csv or "
        "…-stop-and-search.csv, or a ZIP of them",
        version="3",
        datasets=(
            Dataset("police_uk_street", "records", counts_are_kept=True),
            Dataset("police_uk_outcomes", "records"),
            Dataset("police_uk_stop_and_search", "records"),
        ),
        scopes_are_forces=True,
    ),
    Source(
        name="ons_pfa_tables",
        title="ONS police force area data tables",
        is_public=True,
        licence=_OGL,
        expected_names="the workbook of police force area tables (XLSX or ODS), under any name",
        version="2",
        datasets=(Dataset("ons_pfa_tables", "stated"),),
    ),
    Source(
        name="recorded_crime_open_data",
        title="Home Office police recorded crime open data",
        is_public=True,
        licence=_OGL,
        expected_names="recorded crime open data as ODS, XLSX or CSV, or a ZIP of them",
        version="6",
        datasets=(Dataset("recorded_crime_open_data", "stated"),),
    ),
    Source(
        name="offence_reference",
        title="Home Office offence reference table",
        is_public=True,
        licence=_OGL,
        expected_names="the offence reference table of the Home Office's open data, as CSV or "
        "workbook",
        version="2",
        datasets=(Dataset("offence_reference", "reference"),),
    ),
    Source(
        name="population",
        title="ONS mid-year population estimates",
        is_public=True,
        licence=_OGL,
        expected_names="tables of people or households by area, as CSV or workbook",
        version="3",
        datasets=(Dataset("population", "reference"),),
    ),
    Source(
        name="lookups",
        title="ONS area lookups",
        is_public=True,
        licence=_OGL,
        expected_names="lookups as CSV (plain or .gz) or workbook",
        version="3",
        datasets=(Dataset("area_lookups", "reference"),),
    ),
    Source(
        name="force_extract",
        title="Record-level crime extract of a force",
        is_public=False,
        licence=_OF_THE_FORCE,
        expected_names="CSV or XLSX extracts such as west-midlands-2025-09.csv, or a ZIP of them",
        version="6",
        datasets=(
            Dataset("force_extract", "records", counts_are_kept=True, covers_whole_months=True),
        ),
        companions="mappings",
        copies_refused=False,
        scopes_are_forces=True,
    ),
    Source(
        name="force_counts",
        title="Monthly counts of a force",
        is_public=False,
        licence=_OF_THE_FORCE,
        expected_names="counts as CSV or XLSX, or a ZIP of them",
        version="3",
        datasets=(Dataset("force_counts", "stated", _AREA, names_indicators=True),),
    ),
    Source(
        name="asb",
        title="Anti-social behaviour incidents and calls of a force",
        is_public=False,
        licence=_OF_THE_FORCE,
        expected_names="CSV files or workbooks of incidents and calls",
        version="5",
        datasets=(
            Dataset(
                "asb_records", "records", _AREA, counts_are_kept=True, covers_whole_months=True
            ),
        ),
        copies_refused=False,
    ),
    Source(
        name="marac",
        title="MARAC returns and lists of cases",
        is_public=False,
        licence="restricted: MARAC information sharing protocol",
        expected_names="CSV files or workbooks: lists of cases with 'case-list' in their name, and "
        "quarterly returns",
        version="6",
        datasets=(
            # a list goes by a rule of its own: a repeat looks back on the twelve months before it
            Dataset("marac_cases", "records", _AREA, covers_whole_months=True),
            Dataset("marac_quarterly", "stated", _AREA),
        ),
        copies_refused=False,
    ),
    Source(
        name="partner_returns",
        title="Returns of partners",
        is_public=False,
        licence="restricted: sharing agreement with each partner",
        expected_names="long returns as CSV or workbook, or a ZIP of them",
        version="5",
        datasets=(_STATED_FIGURES,),
    ),
    Source(
        name="families",
        title="Lists of most similar families",
        is_public=False,
        licence="restricted: licence of the list",
        expected_names="membership lists as CSV or workbook",
        version="3",
        datasets=(Dataset("families", "reference", ("area", "neighbour")),),
    ),
    Source(
        name="grant",
        title="Grant lines of the partnership",
        is_public=False,
        licence=_OF_THE_PARTNERSHIP,
        expected_names="CSV files or workbooks of budget lines",
        version="5",
        datasets=(Dataset("grant_lines", "reference", _AREA),),
    ),
    Source(
        name="indicators",
        title="Own indicators of the partnership",
        is_public=False,
        licence=_OF_THE_PARTNERSHIP,
        expected_names="indicators of your own, as CSV or workbook",
        version="2",
        datasets=(Dataset("own_indicators", "reference"),),
    ),
    Source(
        name="targets",
        title="Targets of the partnership",
        is_public=False,
        licence=_OF_THE_PARTNERSHIP,
        expected_names="CSV files or workbooks of targets",
        version="3",
        datasets=(Dataset("targets", "reference", _AREA, names_indicators=True),),
    ),
    Source(
        name="breaks",
        title="Breaks in series noted by the partnership",
        is_public=False,
        licence=_OF_THE_PARTNERSHIP,
        expected_names="CSV files or workbooks of breaks",
        version="3",
        datasets=(Dataset("breaks", "reference", _AREA, names_indicators=True),),
    ),
    Source(
        name="commentary",
        title="What the partnership writes about its work",
        is_public=False,
        licence=_OF_THE_PARTNERSHIP,
        expected_names="CSV files or workbooks of commentary for papers",
        version="2",
        datasets=(Dataset("commentary", "reference", _AREA),),
        copies_refused=False,
    ),
    Source(
        name="severity_weights",
        title="Severity weights of offences",
        is_public=False,
        licence="restricted: licence of the weights",
        expected_names="CSV files or workbooks of severity weights",
        version="3",
        datasets=(Dataset("severity_weights", "reference", names_indicators=True),),
    ),
)

SOURCES = {source.name: source for source in _ALL}
DATASETS = tuple(dict.fromkeys(dataset for source in _ALL for dataset in source.datasets))


def public_sources() -> frozenset[str]:
    """Name the sources whose files anybody may have; one that is not listed is restricted."""
    return frozenset(source.name for source in _ALL if source.is_public)
