"""One build of a synthetic partnership: every key, person and figure in it is made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.landing.sources.rules import hash_key
from flows.settings import load_settings
from tests.built_without_dbt import build_without_dbt
from tests.made_once import made_once

CASES = """
V-1,P-1,2016-03-01,2016-03-15,yes,no
V-1,P-1,2017-02-20,2017-03-10,yes,no
V-2,P-2,2016-01-05,2016-02-25,yes,yes
V-2,P-2,2017-02-01,2017-02-10,yes,yes
V-3,P-3;P-4,2016-06-01,2016-06-10,yes,no
V-3,P-5;P-4,2017-06-01,2017-06-12,yes,yes
V-3,P-6,2017-07-01,2017-07-10,yes,yes
V-4,,2017-01-03,2017-01-10,yes,yes
V-4,,2017-09-01,2017-09-10,yes,yes
"""
FILES = {
    "marac/2018-01-10/case-list-2016-01_to_2017-12.csv": "area,victim key,perpetrator keys,"
    "referral date,discussed date,any abuse,potentially criminal,referring agency\n"
    + "".join(f"Dudley,{line},Police\n" for line in CASES.split()),
    # the four quarters sum to 89 repeats of 398 cases, those before to 80 of 329
    "marac/2017-10-05/return.csv": "area,quarter,measure,breakdown,count\n"
    + "".join(
        f"Wolverhampton,{quarter},cases,,{cases}\nWolverhampton,{quarter},repeats,any_abuse,{n}\n"
        for quarter, cases, n in [
            ("2015/16 Q3", 80, 20),
            ("2015/16 Q4", 80, 20),
            ("2016/17 Q1", 80, 20),
            ("2016/17 Q2", 89, 20),
            ("2016/17 Q3", 100, 20),
            ("2016/17 Q4", 100, 23),
            ("2017/18 Q1", 100, 23),
            ("2017/18 Q2", 98, 23),
        ]
    )
    + "Wolverhampton,2017/18 Q2,referrals,Police,60\n"
    + "Wolverhampton,2017/18 Q2,referrals,Health,38\n"
    + "Wolverhampton,2017/18 Q2,diversity,Disabled,3\n"
    + "Wolverhampton,2017/18 Q2,diversity,Other,95\n",
    # an older return that arrives late and says otherwise changes nothing
    "marac/2017-09-01/late.csv": "area,quarter,measure,breakdown,count\n"
    "E08000031,2017/18 Q1,cases,,1\n",
    "asb/2017-07-05/dudley.csv": "record type,area,date,category,youth,ward,caller key,"
    "location key,reference\n"
    + "".join(
        f"incident,Dudley,2017-04-{1 + n % 28:02d},nuisance,{'yes' if n < 12 else 'no'},"
        f"{ward},C-{n % 8},U-{n % 6},L-{ward}-{n}\n"
        for ward, many in (("W1", 40), ("W2", 30), ("W3", 3))
        for n in range(many)
    )
    + "incident,Dudley,2017-06-30,nuisance,no,W1,C-90,U-90,L-june\n"
    # the file has rows of May, of another partnership: Dudley had none
    + "incident,Walsall,2017-05-15,nuisance,no,W9,,,L-may\n",
    # a year to date beside last year's, as returns usually are: nothing is known of the winter; and
    # half of October, since the extract was taken in its middle
    "asb/2017-10-16/coventry-counts.csv": "record type,area,month,category,count\n"
    + "".join(
        f"incident,Coventry,{month} {year},nuisance,{count}\n"
        for year, count in ((2016, 60), (2017, 50))
        for month in ("Apr", "May", "Jun", "Jul", "Aug", "Sep")
    )
    + "incident,Coventry,Oct-17,nuisance,20\n",
    "asb/2017-07-05/walsall-counts.csv": "record type,area,month,category,count\n"
    "call,Walsall,2017-04-01,asb,120\ncall,Walsall,2017-04-01,public_safety_and_welfare,30\n"
    "call,Walsall,2017-05-01,asb,140\n",
    # a newer extract covers April alone: it replaces that month and no other
    "asb/2017-08-05/walsall-counts.csv": "record type,area,month,category,count\n"
    "call,Walsall,2017-04-01,asb,125\n",
    "partner_returns/2017-11-01/treatment.csv": "area,area_type,comparator,indicator,period_start,"
    "period_end,numerator,denominator,value,cohort,follow_up,source_document\n"
    "Wolverhampton,,,opiate_completions,2016-04-01,2017-03-31,100,1136,,opiate clients,6 months,R\n"
    "West Midlands,region,,opiate_completions,2016-04-01,2017-03-31,,,7.0,,,R\n"
    "England,,,opiate_completions,2016-04-01,2017-03-31,,,9.0,,,R\n"
    "England,,top_quartile,opiate_completions,2016-04-01,2017-03-31,,,10.12281690140845,,,R\n"
    "Wolverhampton,,,adult_reoffending,2016-04-01,2017-03-31,260,1000,,cohort,12 months,R\n"
    "Wolverhampton,,country,adult_reoffending,2016-04-01,2017-03-31,,,25.0,,,R\n"
    "Wolverhampton,,,robbery,2017-04-01,2017-06-30,105,,,,,R\n"
    "Wolverhampton,,,robbery,2017-07-01,2017-09-30,106,,,,,R\n"
    "Wolverhampton,,,robbery,2016-07-01,2016-09-30,90,,,,,R\n",
    # the year ends before its figures are given
    "partner_returns/2018-04-15/programmes.csv": "area,indicator,period_start,period_end,"
    "numerator,denominator,source_document\n"
    "Wolverhampton,people_trained,2017-04-01,2018-03-31,95,,R\n"
    "Wolverhampton,enforcement_actions,2017-04-01,2018-03-31,40,,R\n",
    # two returns of one day may both carry a figure if they agree
    "partner_returns/2017-11-01/again.csv": "area,indicator,period_start,period_end,numerator,"
    "denominator,source_document\nWolverhampton,robbery,2017-04-01,2017-06-30,105,,Another\n",
    "targets/2017-04-01/plan.csv": "area,indicator,period_type,period_end,target_value\n"
    "Wolverhampton,robbery,quarter,2017-06-30,100\nWolverhampton,robbery,quarter,2017-09-30,106\n"
    "Wolverhampton,people_trained,financial_year,2018-03-31,100\n",
    "targets/2017-07-01/plan.csv": "area,indicator,period_type,period_end,target_value\n"
    "Wolverhampton,robbery,quarter,2017-09-30,100\n",
    "breaks/2017-07-01/breaks.csv": "source,indicator,area,break_date,break_note\n"
    "partner_returns,robbery,Wolverhampton,2017-07-01,A new system of the partner\n",
    "grant/2017-05-01/q1.csv": "area,period,line_type,budget_line,allocation,spend,forecast,"
    "carry_forward_in,outcomes,outcome_unit\n"
    "Walsall,2017/18 Q1,line,Youth work,40000,9000,38000,1000,12,young people\n"
    "Walsall,2017/18 Q1,line,=cmd|' /C calc'!A0,10000,3000,10000,,,\n",
    "grant/2017-11-01/q2.csv": "area,period,line_type,budget_line,allocation,spend,forecast,"
    "carry_forward_in,outcomes,outcome_unit\n"
    "Walsall,2017/18 Q2,line,Youth work,,10500,37500,,15,young people\n"
    "Walsall,2017/18 Q2,line,=cmd|' /C calc'!A0,,2000,,,,\n"
    "Walsall,2017/18 Q2,total,Total,50500,12500,47500,1000,,\n"
    "Walsall,2018/19 Q1,line,Youth work,30000,5000,,,,\n"
    "Walsall,2018/19 Q2,line,Youth work,30000,,,,,\n",
    # the lines say 50,000 and the total 50,500
    "grant/2018-02-01/q3.csv": "area,period,line_type,budget_line,allocation,spend\n"
    "Walsall,2017/18 Q3,line,Youth work,40000,8000\n"
    "Walsall,2017/18 Q3,line,=cmd|' /C calc'!A0,10000,1000\n"
    "Walsall,2017/18 Q3,total,Total,50500,9000\n",
}

#: The seven partnerships of the West Midlands. The figures of Dudley and Wolverhampton are printed
#: ones or such as the printed words allow; all others are made up to make those words true.
WEST_MIDLANDS = (
    "Birmingham", "Coventry", "Dudley", "Sandwell", "Solihull", "Walsall", "Wolverhampton",
)  # fmt: skip
HALF_YEAR = (57_000, 15_000, 10_545, 13_000, 8_000, 11_000, 11_000)
KNIVES = ((400, 480), (100, 110), (90, 100), (150, 210), (40, 44), (120, 150), (182, 212))
CRIMES = (
    (100_000, 120_000), (25_000, 29_000), (18_000, 21_000), (23_000, 27_000), (14_000, 15_500),
    (20_000, 23_000), (18_684, 21_225),
)  # fmt: skip
CRIMES_BEFORE = (
    (90_000, 96_000), (22_000, 23_000), (17_000, 18_000), (21_000, 22_000), (13_000, 13_100),
    (18_000, 19_000), (16_966, 17_475),
)  # fmt: skip
CONFIDENCE = (61.0, 64.5, 66.0, 60.5, 70.9, 65.0, 71.0)
#: fourteen partnerships elsewhere, whose populations are made up too: Dudley's family
NEIGHBOURS = (
    "E22000001", "E22000002", "E22000003", "E22000006", "E22000009", "E22000010",
    "E22000013", "E22000014", "E22000015", "E22000016", "E22000017", "E22000018",
    "E22000023", "E22000026",
)  # fmt: skip


def _returned() -> str:
    half, before = "2017-04-01,2017-09-30", "2016-04-01,2016-09-30"
    lines = ["area,indicator,period_start,period_end,numerator,denominator,value,source_document"]
    lines += [
        f"{area},total_recorded_crime,{half},{n},,,R"
        for area, n in zip(WEST_MIDLANDS, HALF_YEAR, strict=True)
    ]
    lines += [f"Dudley,total_recorded_crime,{before},9096,,,R"]
    # 30 per 1,000 in the first, more than Dudley's 33 in the others
    lines += [
        f"{area},total_recorded_crime,{half},{3_000 + 450 * place},,,R"
        for place, area in enumerate(NEIGHBOURS)
    ]
    for indicator, year, figures in (
        ("knife_crime", 2017, KNIVES),
        ("total_recorded_crime", 2017, CRIMES),
        ("total_recorded_crime", 2015, CRIMES_BEFORE),
    ):
        for area, pair in zip(WEST_MIDLANDS, figures, strict=True):
            for begins, count in zip((year - 1, year), pair, strict=True):
                span = f"{begins}-04-01,{begins + 1}-03-31"
                lines.append(f"{area},{indicator},{span},{count},,,R")
    for area, per_cent in zip(WEST_MIDLANDS, CONFIDENCE, strict=True):
        lines.append(f"{area},public_confidence,2015-04-01,2016-03-31,,,{per_cent},R")
    for indicator, count in (("asb_youth", 870), ("residential_burglary", 970)):
        lines.append(f"Wolverhampton,{indicator},2015-04-01,2016-03-31,{count},,,R")
        lines.append(f"Wolverhampton,{indicator},2014-04-01,2015-03-31,1000,,,R")
    for area, per_cent in (("Wolverhampton", 45.2), ("England", 39.2)):
        lines.append(f"{area},alcohol_completions,2015-04-01,2016-03-31,,,{per_cent},R")
    return "\n".join(lines) + "\n"


FILES |= {
    "partner_returns/2018-05-01/printed.csv": _returned(),
    "families/2018-01-01/made-up.csv": "scheme,area,neighbour,valid_from,valid_to,source\n"
    + "".join(f"made_up,Dudley,{code},2015-04-01,,Made up\n" for code in NEIGHBOURS),
    "population/2018-06-28/made-up.csv": "Area code,Sex,Age,Year,Population\n"
    + "".join(f"{code},Persons,All ages,2017,100000\n" for code in NEIGHBOURS),
}

Query = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def synthetic_warehouse(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return made_once(tmp_path_factory, "synthetic", _synthetic_warehouse)


def _synthetic_warehouse(root: Path) -> DataFolder:
    patch = pytest.MonkeyPatch()
    patch.setenv("CSP_HASH_KEY_FILE", str(root / "hash.key"))
    hash_key.forget_keys()
    folder = DataFolder(root / "data")
    for place, text in FILES.items():
        path = folder.raw / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = land_inbox(folder)
    assert report.quarantined == []
    assert report.rows_rejected == 0
    write_catalog(folder)
    build_without_dbt(folder, load_settings(folder.root))
    # undone before the tests run: the fixture lives as long as the session
    patch.undo()
    hash_key.forget_keys()
    return folder


@pytest.fixture(scope="session")
def query(synthetic_warehouse: DataFolder) -> Iterator[Query]:
    with duckdb.connect(str(synthetic_warehouse.database), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, list(values)).fetchall()
