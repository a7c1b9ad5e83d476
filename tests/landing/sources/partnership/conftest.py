"""Synthetic files of the partnership's own sources; keys, areas and figures are made up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.landing.sources.rules import hash_key
from tests.landing.conftest import Inbox

HEADERS = {
    "marac/2017-10-05/case-list.csv": "area,victim key,perpetrator keys,referral date,"
    "discussed date,referring agency,any abuse,potentially criminal",
    "marac/2017-10-05/return.csv": "area,quarter,measure,breakdown,count",
    "asb/2017-10-05/asb.csv": "record type,area,date,category,youth,count,ward,lsoa,reference,"
    "caller key,location key",
    "grant/2017-10-05/grant.csv": "area,period,line_type,budget_line,allocation,spend,forecast,"
    "carry_forward_in,outcomes,outcome_unit",
    "targets/2017-10-05/targets.csv": "area,indicator,period_type,period_end,target_value",
    "breaks/2017-10-05/breaks.csv": "source,indicator,area,break_date,break_note",
}
GOOD = {
    "marac/2017-10-05/case-list.csv": "Dudley,V-1,P-1; P-2,2017-05-04,2017-05-18,Police,yes,no",
    "marac/2017-10-05/return.csv": "Dudley,2017/18 Q1,cases,,98",
    "asb/2017-10-05/asb.csv": "incident,Dudley,2017-07-14,nuisance,yes,,W1,E01009862,L-1,C-1,U-1",
    "grant/2017-10-05/grant.csv": "Dudley,2017/18 Q1,line,Youth work,44000,11000,,,12,young people",
    "targets/2017-10-05/targets.csv": "Dudley,robbery,quarter,2017-09-30,100",
    "breaks/2017-10-05/breaks.csv": "*,knife_crime,Dudley,2019-04-01,Counted by NDQIS",
}


def table(place: str, *rows: str) -> bytes:
    return "".join(line + "\n" for line in (HEADERS[place], *rows)).encode()


@pytest.fixture
def own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A key file of the test's own, outside its data folder."""
    path = tmp_path / "keys" / "hash.key"
    monkeypatch.setenv("CSP_HASH_KEY_FILE", str(path))
    hash_key.forget_keys()
    yield path
    hash_key.forget_keys()


@pytest.fixture
def private_inbox(inbox: Inbox, own_key: Path) -> Inbox:
    return inbox
