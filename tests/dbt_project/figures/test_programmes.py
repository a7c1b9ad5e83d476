"""Programmes beside an indicator: people trained in Prevent 700, on domestic abuse 200."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.landing.reader import SupplierFile
from flows.landing.sources.partner_returns import read_return

RETURN = b"""\
area,indicator,programme,period_start,period_end,numerator,denominator
Dudley,people_trained,Prevent,2016-04-01,2017-03-31,700,
Dudley,people_trained,Domestic abuse,2016-04-01,2017-03-31,200,
Dudley,organisations_trained,,2016-04-01,2017-03-31,14,
Dudley,people_trained,prevent,2016-04-01,2017-03-31,700,
"""
BOTH = b"""\
area,indicator,programme,comparator,period_start,period_end,numerator,denominator
Dudley,people_trained,Prevent,region,2016-04-01,2017-03-31,700,
Dudley,people_trained,Prevent,,2016-04-01,2017-03-31,700,
"""
LAST_YEAR, THIS_YEAR = date(2016, 3, 31), date(2017, 3, 31)


def test_programmes_of_a_return_are_rows_of_their_own() -> None:
    reading = read_return(SupplierFile("r.csv", RETURN, extract_date=date(2017, 5, 1)))
    assert [row["programme"] for row in reading.table.to_pylist()] == [
        "Prevent",
        "Domestic abuse",
        None,
    ]
    # the same programme in small letters is the same programme
    assert [(one.line, one.column) for one in reading.rejects] == [(5, "indicator")]
    assert {part.scope for part in reading.coverage} == {
        "Dudley [programme Prevent]",
        "Dudley [programme Domestic abuse]",
        "Dudley",
    }


def test_a_comparator_has_no_programme() -> None:
    reading = read_return(SupplierFile("r.csv", BOTH, extract_date=date(2017, 5, 1)))
    assert [(one.line, one.column) for one in reading.rejects] == [(2, "programme")]


def programmes(models: Any, rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    models.fill(
        "stg_partner_returns__figures",
        "load_id varchar, row_number bigint, extract_date date, area_as_written varchar,"
        " programme varchar, indicator_id varchar, period_start date, period_end date,"
        " numerator double, value double, source_document varchar",
        rows,
    )
    return built(models)


def built(models: Any) -> list[dict[str, Any]]:
    """What becomes of the staged rows."""
    models.fill("int_area_spellings", "spelling varchar, area_code varchar", [("dudley", "D")])
    models.fill(
        "areas", "area_code varchar, area_name varchar, area_type varchar", [("D", "Dudley", "csp")]
    )
    models.fill(
        "int_indicators",
        "indicator_id varchar, indicator_name varchar, unit varchar, is_sensitive boolean",
        [
            ("people_trained", "People trained", "count", False),
            ("marac_cases", "MARAC cases", "count", True),
        ],
    )
    models.build("int_programme_values", "fct_programme_values")
    query = "from fct_programme_values order by programme, period_end, indicator_id"
    return list(models.rows(query))


def row(
    programme: str,
    end: date,
    numerator: float | None,
    *,
    indicator: str = "people_trained",
    extract: date = date(2017, 5, 1),
    value: float | None = None,
) -> tuple[Any, ...]:
    start = date(end.year - 1, 4, 1)
    return (
        "l", 2, extract, "Dudley", programme, indicator, start, end, numerator, value, "Report",
    )  # fmt: skip


def test_a_programme_stands_beside_itself_a_year_before(models: Any) -> None:
    found = programmes(
        models,
        [
            row("Prevent", THIS_YEAR, 700.0),
            row("Prevent", THIS_YEAR, 650.0, extract=date(2017, 4, 1)),
            row("PREVENT ", LAST_YEAR, 500.0),
            row("Domestic abuse", THIS_YEAR, None, value=200.0),
        ],
    )
    told = [(r["programme"], r["period_end"], r["value"], r["previous_value"]) for r in found]
    assert told == [
        ("Domestic abuse", THIS_YEAR, 200, None),
        ("PREVENT", LAST_YEAR, 500, None),
        ("Prevent", THIS_YEAR, 700, 500),
    ]
    assert [r["change"] for r in found] == [None, None, 200]


def test_programmes_of_a_sensitive_indicator_are_withheld(models: Any) -> None:
    (found,) = programmes(models, [row("IDVA", THIS_YEAR, 40.0, indicator="marac_cases")])
    assert found["is_suppressed"]
    assert (found["value"], found["previous_value"], found["change"]) == (None, None, None)


def test_a_programme_is_no_figure_of_the_area(models: Any) -> None:
    models.fill(
        "partner_returns",
        "_load_id varchar, _row_number bigint, area varchar, area_type varchar,"
        " comparator varchar, programme varchar, cohort varchar, follow_up varchar,"
        " indicator_id varchar, period_start date, period_end date, numerator double,"
        " denominator double, value double, source_document varchar",
        [
            ("l", line, "Dudley", None, None, programme, None, None, "people_trained",
             date(2016, 4, 1), THIS_YEAR, count, None, None, None)
            for line, programme, count in ((2, None, 850.0), (3, "Prevent", 700.0))
        ],
    )  # fmt: skip
    models.fill(
        "stg_landing__loads",
        "load_id varchar, source varchar, extract_date date",
        [("l", "partner_returns", date(2017, 5, 1))],
    )
    models.build("stg_partner_returns__figures")
    assert [r["value"] for r in built(models)] == [700]
    models.build("int_partner_returns__observations")
    assert [r["numerator"] for r in models.rows("from int_partner_returns__observations")] == [850]
