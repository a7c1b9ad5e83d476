"""An extract of selected offences says nothing of the others: these are not supplied, not zero."""

from __future__ import annotations

import pytest

from flows.landing import land_inbox

from .conftest import CODE_OF_EACH_CATEGORY, PLACE, ForceInbox, extract, row

VIOLENCE = ("8N", "105A", "8L")


def landed(inbox: ForceInbox, codes: tuple[str, ...], records: int) -> tuple[set[str], str]:
    """The indicators that an extract of these codes covers, and the notes on it."""
    rows = [row(Crime_Number=f"MADE/UP/{n}", HO_Code=codes[n % len(codes)]) for n in range(records)]
    inbox.put(PLACE, extract(*rows))
    report = land_inbox(inbox.folder)
    assert report.quarantined == []
    (record,) = report.loaded
    return {part.indicator_id for part in record.coverage}, " ".join(report.notes)


def test_violence_alone_says_nothing_of_robbery_nor_of_all_crime(force_inbox: ForceInbox) -> None:
    covered, notes = landed(force_inbox, VIOLENCE, 400)
    assert {"violence_with_injury", "stalking_and_harassment", "homicide"} <= covered
    assert not covered & {"robbery", "total_recorded_crime", "theft_offences", "drug_offences"}
    # of the same category of data.police.uk as violence, and as often left out
    assert not covered & {"sexual_offences", "violence_and_sexual_offences"}
    assert {"knife_crime", "domestic_abuse"} <= covered
    assert "Robbery, Sexual offences, Shoplifting" in notes
    assert "which a whole file of its size has" in notes
    assert "Violence" not in notes


def test_of_what_has_records_the_rest_of_its_total_may_be_missing(force_inbox: ForceInbox) -> None:
    covered, _ = landed(force_inbox, ("45", "28E", *VIOLENCE, "17A"), 400)
    assert {"vehicle_offences", "residential_burglary", "sexual_offences"} <= covered
    assert not covered & {"theft_offences", "total_recorded_crime", "bicycle_theft"}


@pytest.mark.parametrize(
    ("codes", "records"),
    [
        (CODE_OF_EACH_CATEGORY, 400),
        # of few records none may be a robbery; a small place may have no bicycle stolen
        (VIOLENCE, 15),
        (tuple(code for code in CODE_OF_EACH_CATEGORY if code != "44"), 2_000),
        # codes of next year's counting rules, which may be what is missing
        ((*VIOLENCE, "28X", "34X", "44X", "46X"), 400),
    ],
)
def test_what_may_be_chance_is_zero(
    force_inbox: ForceInbox, codes: tuple[str, ...], records: int
) -> None:
    covered, notes = landed(force_inbox, codes, records)
    assert {"robbery", "total_recorded_crime", "bicycle_theft"} <= covered
    assert "selected offences" not in notes
