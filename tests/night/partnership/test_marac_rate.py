"""MARAC cases per 10,000 adult females, from a return and a mid-year estimate, both landed.

The estimate is laid out as the ONS publishes it: a workbook with a sheet a sex and a column an age.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows.data_folder import DataFolder
from flows.landing import land_inbox, write_catalog
from flows.settings import load_settings
from tests.built_without_dbt import build_without_dbt
from tests.landing.sources.official.workbooks import Sheets, xlsx

RETURN = "area,quarter,measure,breakdown,count\n" + "".join(
    f"Dudley,{quarter},cases,,{cases}\n"
    for quarter, cases in [
        ("2021/22 Q4", 90),
        ("2022/23 Q1", 100),
        ("2022/23 Q2", 110),
        ("2022/23 Q3", 120),
        ("2022/23 Q4", 130),
    ]
)
AGES = [*range(90), "90+"]
FIRST_ADULT_AGE = 16


def women(age: int) -> int:
    """Made up: 1,000 more at 16 and over than below, and another number at each age."""
    return 500 + age + (1000 if age >= FIRST_ADULT_AGE else 0)


def sheet(title: str, numbers: list[int]) -> list[list[object]]:
    return [
        [f"{title}, mid-2022: by single year of age"],
        ["Code", "Name", "Geography", "All ages", *AGES],
        ["E08000027", "Dudley", "Metropolitan District", sum(numbers), *numbers],
        [
            "E08000030",
            "Walsall",
            "Metropolitan District",
            2 * sum(numbers),
            *(2 * n for n in numbers),
        ],
    ]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = DataFolder(tmp_path_factory.mktemp("marac") / "data")
    females = [women(age) for age in range(91)]
    males = [400 + age for age in range(91)]
    sheets: Sheets = {
        "MYE2 - Persons": sheet("Persons", [f + m for f, m in zip(females, males, strict=True)]),
        "MYE2 - Males": sheet("Males", males),
        "MYE2 - Females": sheet("Females", females),
    }
    for place, data in {
        "marac/2023-05-01/return.csv": RETURN.encode(),
        "population/2023-11-23/mye22.xlsx": xlsx(sheets),
    }.items():
        path = folder.raw / place
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    report = land_inbox(folder)
    assert (report.quarantined, report.rows_rejected) == ([], 0)
    write_catalog(folder)
    build_without_dbt(folder, load_settings(folder.root), select=["+fct_indicator_values"])
    return folder.database


def test_the_rate_is_over_the_women_of_sixteen_and_over(warehouse: Path) -> None:
    adults = sum(women(age) for age in range(FIRST_ADULT_AGE, 91))
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select strftime(period_end, '%Y-%m'), value, numerator, denominator, population_year "
            "from intermediate.int_indicator_values where source = 'marac' "
            "and indicator_id = 'marac_cases_per_10k_adult_females' "
            "and area_name = 'Dudley' and period_type = 'rolling_12' and is_complete "
            "order by 1"
        ).fetchall()
        cases = connection.execute(
            "select value, denominator, rate, population_year "
            "from intermediate.int_indicator_values "
            "where source = 'marac' and indicator_id = 'marac_cases' and area_name = 'Dudley' "
            "and period_type = 'financial_year' and period_end = date '2023-03-31'"
        ).fetchall()
    assert cases == [(460.0, adults, pytest.approx(460 * 10_000 / adults), 2022)]
    found = {month: (value, year) for month, value, _, _, year in rows}
    assert found["2023-03"] == (pytest.approx(460 * 10_000 / adults), 2022)
