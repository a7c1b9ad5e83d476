"""The canonical columns of a crime record, to which a mapping brings each force's headings."""

from __future__ import annotations

from flows.landing.sources.rules.shared_columns import LSOA_CODE
from flows.landing.tables.contract import Column, Contract

YES, NO = "yes", "no"

HATE_STRANDS = (
    "hate_race",
    "hate_religion",
    "hate_sexual_orientation",
    "hate_disability",
    "hate_transgender",
)


def _marker(name: str, meaning: str) -> Column:
    return Column(name, name, "text", meaning, YES, in_header=False, allowed=(YES, NO))


MARKERS = (
    _marker("cancelled", "The record is no crime any more: cancelled or transferred away."),
    _marker("domestic_abuse", "Marked as domestic abuse."),
    _marker("hate_crime", "Marked as a hate crime of any strand."),
    _marker("hate_race", "Marked as a hate crime, strand race."),
    _marker("hate_religion", "Marked as a hate crime, strand religion or faith."),
    _marker("hate_sexual_orientation", "Marked as a hate crime, strand sexual orientation."),
    _marker("hate_disability", "Marked as a hate crime, strand disability."),
    _marker("hate_transgender", "Marked as a hate crime, strand transgender identity."),
    _marker("knife", "A knife, bladed or sharp weapon was used or threatened."),
    _marker("business", "Marked as business crime."),
    _marker("public_place", "Marked as committed in a public place."),
    _marker("gang", "Marked as gang-related."),
    _marker("cyber", "Marked as cyber-enabled or online."),
    _marker("female_genital_mutilation", "Marked as female genital mutilation."),
    _marker("repeat_victim", "The victim has been a victim before, by the force's rule."),
    _marker("youth_victim", "The victim's age band is one that the mapping calls young."),
    _marker("older_victim", "The victim's age band is one that the mapping calls old."),
)

EXTRACT = Contract(
    "force_extract",
    (
        Column(
            "reference_key",
            "crime_reference",
            "text",
            "Keyed hash (HMAC-SHA256) of the force's crime reference; the reference is not kept.",
            "9f2c… (64 characters)",
            in_header=False,
            repeats=False,
        ),
        Column(
            "offence_code",
            "offence_code",
            "text",
            "Home Office offence code, as in data/seeds/offence_codes.csv. An unknown one is kept "
            "and counts in total recorded crime only.",
            "8N",
            max_length=40,
        ),
        Column(
            "recorded_date",
            "recorded_date",
            "date",
            "Day on which the force recorded the crime; its month is the month of every figure.",
            "2025-07-14",
            required=True,
        ),
        Column(
            "committed_from",
            "committed_from",
            "date",
            "First day on which it can have been committed.",
            "2025-07-12",
            in_header=False,
        ),
        Column(
            "committed_to",
            "committed_to",
            "date",
            "Last day on which it can have been committed; never kept.",
            "2025-07-13",
            in_header=False,
            landed=False,
        ),
        Column(
            "csp",
            "csp",
            "text",
            "Partnership where it happened, by name or code (E22…, or that of its authority).",
            "Dudley",
            in_header=False,
            max_length=100,
        ),
        Column(
            "lsoa_code",
            "lsoa_code",
            "text",
            "Lower layer super output area where it happened, 2011 or 2021.",
            "E01009862",
            in_header=False,
            **LSOA_CODE,
        ),
        Column(
            "lsoa_name",
            "lsoa_name",
            "text",
            "Name of that LSOA: its local authority and four characters.",
            "Dudley 012A",
            in_header=False,
            max_length=100,
        ),
        Column(
            "ward",
            "ward",
            "text",
            "Ward where it happened; never kept.",
            "St James's",
            in_header=False,
            max_length=100,
            landed=False,
        ),
        Column(
            "easting",
            "easting",
            "number",
            "British National Grid easting; never kept.",
            "394000",
            in_header=False,
            minimum=0,
            maximum=700_000,
            landed=False,
        ),
        Column(
            "northing",
            "northing",
            "number",
            "British National Grid northing; never kept.",
            "290000",
            in_header=False,
            minimum=0,
            maximum=1_300_000,
            landed=False,
        ),
        Column(
            "outcome",
            "outcome",
            "text",
            "What has become of the case up to the extract, as the force words it.",
            "Charged",
            in_header=False,
            max_length=200,
        ),
        *MARKERS,
        Column(
            "victim_age_band",
            "victim_age_band",
            "text",
            "Age band of the victim, as the force writes it; only whether it is young or old is "
            "kept.",
            "10-17",
            in_header=False,
            max_length=30,
            landed=False,
        ),
        Column(
            "offender_age_band",
            "offender_age_band",
            "text",
            "Age band of the offender, as the force writes it; never kept.",
            "18-24",
            in_header=False,
            max_length=30,
            landed=False,
        ),
    ),
)

# Markers that come from the words of victim_age_band: the key of the mapping that lists them.
AGE_MARKERS = {"youth_victim": "youth", "older_victim": "older"}

# A mapping names these; crime_reference is hashed.
MAPPABLE = {
    "crime_reference" if column.name == "reference_key" else column.name: column
    for column in EXTRACT.columns
    if column.name not in AGE_MARKERS
}
# Old mappings may name these: no figure needs them, and they are not read.
NEVER_KEPT = frozenset(
    column.name
    for column in EXTRACT.columns
    if not column.landed and column.name != "victim_age_band"
)
REQUIRED = ("offence_code", "recorded_date")
LOCATIONS = ("csp", "lsoa_code", "lsoa_name")
