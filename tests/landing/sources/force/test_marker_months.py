"""Markers that an extract fills only in some months, only in part, or not at all."""

from __future__ import annotations

from datetime import date

from flows.landing import land_inbox
from flows.landing.ledger.load_records import LoadRecord

from .conftest import CODE_OF_EACH_CATEGORY, PLACE, ForceInbox, extract

HEADINGS = "Crime Number,HO Code,Date Recorded,Local Authority,Knife,Race,Faith,Disability,Trans,SO"
MAPPING = """\
force: west-midlands
columns:
  crime_reference: Crime Number
  offence_code: HO Code
  recorded_date: Date Recorded
  csp: Local Authority
  knife: {column: Knife, yes: [Y], no: [N, ""]}
"""
STRANDS = {
    "hate_race": "Race",
    "hate_religion": "Faith",
    "hate_disability": "Disability",
    "hate_transgender": "Trans",
    "hate_sexual_orientation": "SO",
}
MONTHS = [date(2025, month, 1) for month in range(1, 10)]
NO_WORDS = ("", "", "", "", "", "")


def mapping(*strands: str) -> str:
    return MAPPING + "".join(
        f'  {name}: {{column: {STRANDS[name]}, yes: [Y], no: [""]}}\n' for name in strands
    )


def of_month(month: date, *marked: tuple[str, ...], records: int = 100) -> list[str]:
    """Make a month's records: the words of those that say something, then empty ones."""
    words = [*marked, *[NO_WORDS] * (records - len(marked))]
    return [
        f"{month:%Y%m}/{n},{CODE_OF_EACH_CATEGORY[n % len(CODE_OF_EACH_CATEGORY)]},"
        f"{month:%Y-%m}-14,Dudley," + ",".join(cells)
        for n, cells in enumerate(words)
    ]


def land(inbox: ForceInbox, rows: list[str], text: str) -> tuple[LoadRecord, str]:
    inbox.map(text)
    inbox.put(PLACE, extract(*rows, headings=HEADINGS))
    report = land_inbox(inbox.folder)
    assert report.quarantined == []
    (record,) = report.loaded
    return record, " ".join(report.notes)


def months_of(record: LoadRecord, indicator: str) -> list[int]:
    return sorted(
        part.period_start.month for part in record.coverage if part.indicator_id == indicator
    )


def knife(word: str) -> tuple[str, ...]:
    return (word, *NO_WORDS[1:])


def strand(at: int) -> tuple[str, ...]:
    return tuple("Y" if n == at else "" for n in range(6))


def test_a_flag_that_is_filled_from_some_month_on_makes_no_zeros_before(
    force_inbox: ForceInbox,
) -> None:
    rows = []
    for month in MONTHS:
        filled = [knife("Y"), *[knife("N")] * 99] if month.month >= 4 else []
        rows += of_month(month, *filled)
    record, notes = land(force_inbox, rows, MAPPING)
    assert months_of(record, "total_recorded_crime") == list(range(1, 10))
    assert months_of(record, "knife_crime") == list(range(4, 10))
    assert PLACE.rpartition("/")[2] in notes
    assert "'Knife' is empty in every row of January 2025 to March 2025" in notes


def test_a_flag_that_is_filled_in_part_of_a_month_does_not_count_it(
    force_inbox: ForceInbox,
) -> None:
    rows = []
    for month in MONTHS:
        filled = [knife("Y"), *[knife("N")] * (39 if month.month == 6 else 94)]
        rows += of_month(month, *filled)
    record, notes = land(force_inbox, rows, MAPPING)
    assert months_of(record, "knife_crime") == [1, 2, 3, 4, 5, 7, 8, 9]
    assert "'Knife' is empty" in notes
    assert "of June 2025" in notes


def test_an_empty_month_of_a_rare_mark_is_zero_where_empty_means_no(
    force_inbox: ForceInbox,
) -> None:
    rows = [
        line
        for month in MONTHS
        for line in of_month(month, *([knife("Y")] if month.month != 5 else []))
    ]
    record, notes = land(force_inbox, rows, MAPPING)
    assert months_of(record, "knife_crime") == list(range(1, 10))
    assert "Knife" not in notes


def test_strands_are_filled_together(force_inbox: ForceInbox) -> None:
    """Disability is too rare to be missed alone: that no strand has a word says it."""
    rows = []
    for month in MONTHS:
        marked = [strand(1)] * 5 + [strand(3)] * (month.month == 7)
        rows += of_month(month, *(marked if month.month >= 5 else []))
    record, _ = land(force_inbox, rows, mapping(*STRANDS))
    for indicator in ("hate_crime", "hate_crime_race", "hate_crime_disability"):
        assert months_of(record, indicator) == list(range(5, 10))
    assert months_of(record, "total_recorded_crime") == list(range(1, 10))


def test_some_strands_are_not_hate_crime(force_inbox: ForceInbox) -> None:
    rows = [line for month in MONTHS for line in of_month(month, *[strand(1)] * 5)]
    record, notes = land(force_inbox, rows, mapping("hate_race", "hate_religion"))
    assert months_of(record, "hate_crime_race") == list(range(1, 10))
    assert months_of(record, "hate_crime") == []
    assert "2 of the 5 strands" in notes
    assert "hate_disability" in notes


def test_hate_crime_with_a_flag_of_its_own_needs_no_strand(force_inbox: ForceInbox) -> None:
    own = '  hate_crime: {column: Knife, yes: [Y], no: [N, ""]}\n'
    text = mapping("hate_race").replace('  knife: {column: Knife, yes: [Y], no: [N, ""]}\n', own)
    rows = [line for month in MONTHS for line in of_month(month, *[knife("Y")] * 5)]
    record, _ = land(force_inbox, rows, text)
    assert months_of(record, "hate_crime") == list(range(1, 10))


def test_a_blank_that_is_not_said_to_be_no_says_nothing(force_inbox: ForceInbox) -> None:
    text = MAPPING.replace('no: [N, ""]', "no: [N]")
    rows = [line for month in MONTHS for line in of_month(month, knife("Y"), knife("N"))]
    record, notes = land(force_inbox, rows, text)
    assert months_of(record, "knife_crime") == []
    assert "more than a tenth of the records" in notes


def test_a_column_that_is_empty_throughout_is_zero_as_the_mapping_says_and_is_named(
    force_inbox: ForceInbox,
) -> None:
    rows = [line for month in MONTHS for line in of_month(month)]
    record, notes = land(force_inbox, rows, MAPPING)
    assert months_of(record, "knife_crime") == list(range(1, 10))
    assert "'Knife' is empty in every row of the file" in notes


ONE_COLUMN = MAPPING + "".join(
    f"  {name}: {{column: Race, yes: [{word}], otherwise: no}}\n"
    for name, word in (
        ("hate_race", "Race"), ("hate_religion", "Faith"), ("hate_disability", "Disability"),
        ("hate_transgender", "Trans"), ("hate_sexual_orientation", "SO"),
    )
)  # fmt: skip


def hate(words: str) -> tuple[str, ...]:
    return ("N", f'"{words}"', "", "", "", "")


def test_a_cell_of_several_strands_is_each_of_them(force_inbox: ForceInbox) -> None:
    rows = of_month(MONTHS[0], hate("Race; Faith"), hate("faith,SO"), hate("Race"), records=4)
    _, notes = land(force_inbox, rows, ONE_COLUMN)
    landed = force_inbox.rows()
    assert [row["hate_race"] for row in landed] == ["yes", "no", "yes", "no"]
    assert [row["hate_religion"] for row in landed] == ["yes", "yes", "no", "no"]
    assert [row["hate_sexual_orientation"] for row in landed] == ["no", "yes", "no", "no"]
    assert "none of its markers names" not in notes


def test_words_of_a_column_of_strands_that_no_strand_names_are_counted_in_a_note(
    force_inbox: ForceInbox,
) -> None:
    rows = of_month(MONTHS[0], hate("Race"), hate("Racial"), hate("Race; Age"), records=9)
    _, notes = land(force_inbox, rows, ONE_COLUMN)
    assert [row["hate_race"] for row in force_inbox.rows()][:3] == ["yes", "no", "yes"]
    assert "2 records have in 'Race' what none of its markers names" in notes
    assert "Racial" not in notes


def test_bands_of_age_in_other_words_make_no_zeros(force_inbox: ForceInbox) -> None:
    text = MAPPING + "  victim_age_band: {column: Race, youth: [10-17]}\n"
    rows = []
    for month in MONTHS:
        band = "10-17" if month.month < 6 else "10 to 17"
        rows += of_month(month, *[hate(band)] * 10, *[hate("25-34")] * 60)
    record, notes = land(force_inbox, rows, text)
    assert months_of(record, "youth_victim_violence") == [1, 2, 3, 4, 5]
    assert "June 2025 to September 2025" in notes


def test_a_month_of_a_whole_force_without_a_knife_is_an_unfilled_column(
    force_inbox: ForceInbox,
) -> None:
    """Extracts of a month each cannot be compared with the months in which it is filled."""
    rows = of_month(MONTHS[0], records=1_400)
    record, notes = land(force_inbox, rows, mapping(*STRANDS))
    assert months_of(record, "total_recorded_crime") == [1]
    for indicator in ("knife_crime", "hate_crime", "hate_crime_race", "hate_crime_transgender"):
        assert months_of(record, indicator) == []
    assert "empty in every row of January 2025: not supplied" in notes


def test_one_strand_without_a_word_is_zero_where_others_have_words(force_inbox: ForceInbox) -> None:
    rows = of_month(MONTHS[0], knife("Y"), *[strand(1)] * 20, records=1_400)
    record, _ = land(force_inbox, rows, mapping(*STRANDS))
    for indicator in ("knife_crime", "hate_crime", "hate_crime_transgender"):
        assert months_of(record, indicator) == [1]
