"""Severity weights that a user loads; the weights here are made up."""

from __future__ import annotations

import duckdb

from flows.landing import land_inbox
from tests.landing.conftest import Inbox

HEADER = "scheme,offence_code,indicator,weight,valid_from,valid_to,source"


def weights(*rows: str) -> bytes:
    return "".join(line + "\n" for line in (HEADER, *rows)).encode()


def test_weights_by_code_and_by_indicator_land_and_the_rest_is_rejected_by_line(
    inbox: Inbox,
) -> None:
    inbox.put(
        "severity_weights/2024-05-01/made_up.csv",
        weights(
            "made_up,28E,,438,,,Made up",
            "made_up,,burglary,300.5,,,Made up",
            "made_up,28F,robbery,1,,,Made up",  # 4: both keys
            "made_up,,,1,,,Made up",  # 5: neither
            "made_up,28G,,-1,,,Made up",  # 6: below zero
            "made_up,28H,,7,,,Made up",  # 7 and 8 contradict each other
            "made_up,28H,,8,,,Made up",
            "made_up,28E,,438,,,Made up",  # 9: repeats line 2
            "made_up,28H,,9,2020-04-01,,Made up",
        ),
    )
    report = land_inbox(inbox.folder)
    assert report.quarantined == []
    assert (report.rows_loaded, report.rows_rejected) == (3, 6)
    files = str(inbox.folder.landing / "severity_weights" / "*.parquet")
    rows = duckdb.sql(
        "select scheme, offence_code, indicator_id, weight from "
        f"read_parquet('{files}', union_by_name = true) order by all"
    ).fetchall()
    assert rows == [
        ("made_up", "28E", None, 438.0),
        ("made_up", "28H", None, 9.0),
        ("made_up", None, "burglary", 300.5),
    ]
    lines = duckdb.sql(
        f"select line from read_parquet('{inbox.folder.landing}/rejects/*.parquet', "
        "union_by_name = true) order by line"
    ).fetchall()
    assert [line for (line,) in lines] == [4, 5, 6, 7, 8, 9]


def test_one_scheme_in_two_files_of_one_date_is_a_contradiction(inbox: Inbox) -> None:
    inbox.put("severity_weights/2024-05-01/a.csv", weights("made_up,28E,,438,,,Made up"))
    inbox.put("severity_weights/2024-05-01/b.csv", weights("made_up,28F,,1,,,Made up"))
    report = land_inbox(inbox.folder)
    assert report.rows_loaded == 1
    assert "disagrees with" in report.quarantined[0].reason
