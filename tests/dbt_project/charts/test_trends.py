"""Annual trends against the numbers of Fingertips' own tests, R's example and SciPy's fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats

from .conftest import RunModel

KEY = {"source": "s", "indicator_id": "i", "area_code": "a", "period_type": "financial_year"}

# The example that the documentation of PHEindicatormethods::assign_trend_markers gives
VALUES = [30.6, 30.2, 28.0, 24.6, 24.67]
LOWER = [28.98, 28.63, 26.44, 23.15, 23.16]
UPPER = [32.25, 31.9, 29.64, 26.19, 26.25]
COUNTS = [1367, 1332, 1199, 1023, 994]
POPULATIONS = [44701, 44064, 42811, 41527, 40299]


def windows(values: list[float], errors: list[float | None], **others: Any) -> list[dict[str, Any]]:
    return [
        {
            **{**KEY, "period_end": "2018-03-31", "period_label": str(place), "has_break": False},
            **{"value_kind": "count", "measure": "rate", "numerator": None, "denominator": None},
            **{"year": place + 1 - len(values), "value": float(value), "standard_error": error},
            **others,
        }
        for place, (value, error) in enumerate(zip(values, errors, strict=True))
    ]


def proportions(cases: list[int], people: list[int]) -> list[dict[str, Any]]:
    rows = windows([100 * x / n for x, n in zip(cases, people, strict=True)], [0.1] * len(cases))
    for row, x, n in zip(rows, cases, people, strict=True):
        row.update(
            value_kind="proportion", measure="per cent", numerator=x * 1.0, denominator=n * 1.0
        )
    return rows


def trend(run_model: RunModel, rows: list[dict[str, Any]]) -> dict[str, Any]:
    run_model("int_trend_fits", int_trend_windows=rows)
    polarity = [{"indicator_id": KEY["indicator_id"], "polarity": "lower_is_better"}]
    (row,) = run_model("int_trends", int_indicators=polarity)
    return row


def standard_errors(lower: list[float], upper: list[float]) -> list[float | None]:
    width = 2 * float(stats.norm.ppf(0.975))
    return [(high - low) / width for low, high in zip(lower, upper, strict=True)]


def weighted_fit(values: list[float], errors: list[float | None]) -> tuple[float, float]:
    """Slope and chi-square of scipy's weighted fit with absolute errors."""
    sigma = np.array(errors, dtype=float)
    fit, covariance = optimize.curve_fit(
        lambda t, b, a: b * t + a, np.arange(5.0), values, sigma=sigma, absolute_sigma=True
    )
    return float(fit[0]), float(fit[0] ** 2 / covariance[0, 0])


def test_the_example_of_pheindicatormethods_is_decreasing(run_model: RunModel) -> None:
    errors = standard_errors(LOWER, UPPER)
    row = trend(run_model, windows(VALUES, errors))
    assert row["trend"] == "decreasing"
    assert row["is_sign_stable"]
    slope, chi_square = weighted_fit(VALUES, errors)
    assert row["slope"] == pytest.approx(slope, rel=1e-6)
    assert row["chi_square"] == pytest.approx(chi_square, rel=1e-6)
    assert row["p_value"] == pytest.approx(stats.chi2.sf(row["chi_square"], 1))


def test_the_same_example_as_a_proportion_is_decreasing(run_model: RunModel) -> None:
    row = trend(run_model, proportions(COUNTS, POPULATIONS))
    assert row["trend"] == "decreasing"


# Public Health England's tests of the calculator behind fingertips.phe.org.uk
# (PholioVisualisation.AnalysisTest, WhenUsingTrendMarkerCalculator): counts, denominators and the
# chi-square for trend that they expect to four decimals. Six and seven years there as well.
FINGERTIPS_CHI_SQUARES = [
    ([5, 7, 6, 7, 8, 10], [22, 35, 42, 48, 54, 150], 8.0237),
    ([5405, 5500, 5435, 5480, 5315], [18095, 18170, 18005, 17890, 17860], 0.0180),
    ([5645, 5405, 5500, 5435, 5480, 5315], [18285, 18095, 18170, 18005, 17890, 17860], 1.3987),
    (
        [5455, 5645, 5405, 5500, 5435, 5480, 5315],
        [18590, 18285, 18095, 18170, 18005, 17890, 17860],
        0.3925,
    ),
    ([22435, 22445, 21365, 20955, 19055], [65880, 67900, 68705, 69835, 70910], 978.2845),
]


@pytest.mark.parametrize(("cases", "people", "chi_square"), FINGERTIPS_CHI_SQUARES)
def test_the_chi_squares_of_fingertips_come_out_to_the_last_decimal(
    run_model: RunModel, cases: list[int], people: list[int], chi_square: float
) -> None:
    (fit,) = run_model("int_trend_fits", int_trend_windows=proportions(cases, people))
    assert round(fit["chi_square"], 4) == chi_square


def test_the_slope_of_the_logits_is_the_one_of_fingertips(run_model: RunModel) -> None:
    """The first series of the same tests: a slope of -0.2326 by year."""
    cases, people, _ = FINGERTIPS_CHI_SQUARES[0]
    (fit,) = run_model("int_trend_fits", int_trend_windows=proportions(cases, people))
    assert round(fit["beta"], 4) == -0.2326


@pytest.mark.parametrize(
    ("number", "trend_of_fingertips"), [(1, "no significant trend"), (4, "decreasing")]
)
def test_five_years_have_the_p_value_and_the_trend_of_fingertips(
    run_model: RunModel, number: int, trend_of_fingertips: str
) -> None:
    cases, people, chi_square = FINGERTIPS_CHI_SQUARES[number]
    row = trend(run_model, proportions(cases, people))
    assert row["trend"] == trend_of_fingertips
    # within what the four printed decimals of the chi-square leave open
    low, high = (stats.chi2.sf(chi_square + error, 1) for error in (5e-5, -5e-5))
    assert low <= row["p_value"] <= high


# What the website shows for five years to 2024, as the tests of its successor give it
# (dhsc-govuk/FingertipsNext, TrendMarkerCalculatorTests): indicators 241, 30309 and 41203, with
# the standard errors of the printed 95 % limits.
SHOWN_BY_FINGERTIPS = [
    (
        [7.0826, 7.1085, 7.2571, 7.4528, 7.6554],
        [7.0754, 7.1013, 7.2499, 7.4456, 7.6481],
        [7.0940, 7.1199, 7.2684, 7.4643, 7.6669],
        "increasing",
    ),
    (
        [92.6254, 92.3221, 90.8708, 90.0170, 90.1013],
        [92.4168, 92.1072, 90.6358, 89.7694, 89.8578],
        [92.8288, 92.5315, 91.1004, 90.2594, 90.3396],
        "decreasing",
    ),
    (
        [2.9350, 1.93028, 2.7567, 2.8701, 3.0121],
        [2.7841, 1.8085, 2.6113, 2.7225, 2.8616],
        [3.0919, 2.0580, 2.9082, 3.0237, 3.1683],
        "increasing",
    ),
]


@pytest.mark.parametrize(("values", "lower", "upper", "shown"), SHOWN_BY_FINGERTIPS)
def test_weighted_fits_have_the_trend_of_fingertips_and_the_numbers_of_scipy(
    run_model: RunModel, values: list[float], lower: list[float], upper: list[float], shown: str
) -> None:
    errors = standard_errors(lower, upper)
    row = trend(run_model, windows(values, errors))
    assert row["trend"] == shown
    slope, chi_square = weighted_fit(values, errors)
    assert row["slope"] == pytest.approx(slope, rel=1e-6)
    assert row["chi_square"] == pytest.approx(chi_square, rel=1e-6)
    assert row["p_value"] == pytest.approx(stats.chi2.sf(chi_square, 1), rel=1e-4)


def test_the_chi_square_of_proportions_is_that_of_prop_trend_test(run_model: RunModel) -> None:
    """R's example, c(83, 90, 129, 70) of c(86, 93, 136, 82): 8.2249, p 0.004132.

    It has four groups, which is fewer than five years: only the statistic is compared.
    """
    (fit,) = run_model(
        "int_trend_fits", int_trend_windows=proportions([83, 90, 129, 70], [86, 93, 136, 82])
    )
    assert fit["chi_square"] == pytest.approx(8.2249, abs=5e-5)
    assert stats.chi2.sf(fit["chi_square"], 1) == pytest.approx(0.004132, abs=5e-7)
    assert trend(run_model, proportions([83, 90, 129, 70], [86, 93, 136, 82]))["trend"] == (
        "cannot be calculated"
    )


def test_a_trend_that_rests_on_one_year_is_none(run_model: RunModel) -> None:
    """Highly significant with the last year, flat without it."""
    row = trend(run_model, windows([50.0, 49.9, 50.0, 49.8, 60.0], [1.0] * 5))
    assert row["chi_square"] > 9.5495
    assert row["trend"] == "no significant trend"
    assert row["trend_reason"] == "rests on a single year"


def test_the_critical_value_is_the_99_8_per_cent_point(run_model: RunModel) -> None:
    """Unit errors and slope b give chi-square 10 b squared."""
    assert stats.chi2.ppf(0.998, 1) == pytest.approx(9.5495, abs=5e-5)
    for chi_square, expected in ((9.54, "no significant trend"), (9.56, "increasing")):
        b = (chi_square / 10) ** 0.5
        row = trend(run_model, windows([b * t for t in range(5)], [1.0] * 5))
        assert row["chi_square"] == pytest.approx(chi_square)
        assert row["trend"] == expected


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"has_break": True}, "a break in the series"),
        ({"standard_error": None}, "a year without an interval"),
        ({"measure": "value"}, "measured in two ways"),
    ],
)
def test_what_cannot_be_calculated_says_why(
    run_model: RunModel, change: dict[str, Any], reason: str
) -> None:
    rows = windows([1.0, 2, 3, 4, 5], [0.1] * 5)
    rows[0].update(change)
    row = trend(run_model, rows)
    assert (row["trend"], row["trend_reason"]) == ("cannot be calculated", reason)
    assert row["slope"] is None
    assert row["chi_square"] is None


def test_four_years_make_no_trend(run_model: RunModel) -> None:
    row = trend(run_model, windows([1.0, 2, 3, 4], [0.1] * 4))
    assert row["trend_reason"] == "fewer than five years in a row"


def test_a_year_of_100_per_cent_has_no_logit(run_model: RunModel) -> None:
    row = trend(run_model, proportions([10, 12, 14, 16, 20], [20] * 5))
    assert row["trend_reason"] == "a year of 0 or 100 per cent"


def test_a_year_of_no_cases_has_no_logit(run_model: RunModel) -> None:
    row = trend(run_model, proportions([10, 12, 14, 16, 0], [20] * 5))
    assert row["trend_reason"] == "a year of 0 or 100 per cent"


@pytest.mark.parametrize(
    ("kind", "rate", "measure"),
    [
        ("count", 10.0, "rate"),
        ("count", None, "value"),
        ("rate", 10.0, "value"),
        ("proportion", 10.0, "per cent"),
    ],
)
def test_what_a_trend_is_measured_in(
    run_model: RunModel, kind: str, rate: float | None, measure: str
) -> None:
    (row,) = years([(2018 * 12 + 3, 5.0, 10.0)])
    row |= {"value_kind": kind, "rate": rate}
    frame = [row, {**row, "area_code": "b", "rate": 1.0}]
    (found, _) = sorted(
        run_model(
            "int_trend_windows",
            int_period_rates=frame,
            areas=[{"area_code": code, "force_code": "f"} for code in "ab"],
            int_breaks=[
                {
                    **{"source": "x", "indicator_id": "x", "area_code": "x"},
                    "break_date": np.datetime64("2012-04-01"),
                }
            ],
        ),
        key=lambda one: one["area_code"],
    )
    assert found["measure"] == measure
    assert found["value"] == (10.0 if rate else 5.0)


def years(values: list[tuple[int, float, float]]) -> list[dict[str, Any]]:
    """Complete financial years (number of the last month, value, rate) with exact limits."""
    return [
        {
            **{**KEY, "period_label": str(number), "is_complete": True, "value_kind": "count"},
            "period_start": np.datetime64(f"{number // 12 - 1}-04-01"),
            "period_end": np.datetime64(f"{number // 12}-03-31"),
            **{"end_month_number": number, "value": value, "rate": rate, "numerator": value},
            **{"rate_lower": rate - 1.959963984540054, "rate_upper": rate + 1.959963984540054},
            "denominator": 1000.0,
        }
        for number, value, rate in values
    ]


def test_a_window_is_the_five_years_to_each_and_a_break_inside_is_known(
    run_model: RunModel,
) -> None:
    march = {year: year * 12 + 3 for year in range(2012, 2019)}
    rows = run_model(
        "int_trend_windows",
        int_period_rates=years([(number, 5.0, 10.0) for number in march.values()]),
        areas=[{"area_code": "a", "force_code": "f"}],
        int_breaks=[
            {"source": "*", "indicator_id": "i", "area_code": "f", "break_date": np.datetime64(d)}
            for d in ("2012-04-01",)
        ],
    )
    by_end: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_end.setdefault(str(row["period_end"])[:4], []).append(row)
    assert sorted(r["year"] for r in by_end["2018"]) == [-4, -3, -2, -1, 0]
    assert sorted(r["year"] for r in by_end["2013"]) == [-1, 0]
    assert all(r["standard_error"] == pytest.approx(1.0) for r in rows)
    # the break is the first day of 2012/13: 2013 to 2016 reach across it, 2017 begins with it
    assert {end for end, r in by_end.items() if r[0]["has_break"]} == {
        "2013",
        "2014",
        "2015",
        "2016",
    }
