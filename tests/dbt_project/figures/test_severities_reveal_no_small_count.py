"""Which severities may be published: a linear programme asks what each would tell.

The attacker knows the weights, the counts of every indicator and, of the quarter, which offences
occur at all. Modern slavery (code 106) has small months. Every figure is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

MONTH, FORCE, AREA = date(2024, 5, 1), "F1", "A"
WEIGHTS = {
    "106": 900.0, "105A": 30.0, "104": 150.0, "8L": 60.0, "8M": 90.0, "8N": 180.0, "4.1": 4000.0,
    "17A": 300.0, "19C": 1500.0, "34B": 700.0, "28E": 430.0, "46": 10.0, "58C": 20.0,
}  # fmt: skip
WITHOUT_INJURY = ("106", "105A", "104")
VIOLENCE = (*WITHOUT_INJURY, "8N", "8L", "8M")
INDICATORS: dict[str, tuple[str, ...]] = {
    "modern_slavery": ("106",),
    "violence_without_injury": WITHOUT_INJURY,
    "stalking_and_harassment": ("8L", "8M"),
    "violence_with_injury": ("8N",),
    "violence_and_sexual_offences": (*VIOLENCE, "17A", "19C"),
    "robbery": ("34B",),
    "shoplifting": ("46",),
    "total_recorded_crime": tuple(WEIGHTS),
}
LARGE = dict.fromkeys(WEIGHTS, 120) | {"106": 3, "4.1": 0}
YOUNG = "youth_victim_violence"


def telling(
    models: Any, counts: Mapping[str, int], young: Mapping[str, int] | None = None
) -> set[str]:
    """Indicators whose severity is withheld with modern slavery, by the model."""
    models.settings = {"suppression_threshold": 5}
    rows = [
        (indicator, AREA, MONTH, code, counts[code])
        for indicator, codes in INDICATORS.items()
        for code in codes
        if counts[code]
    ]
    rows += [(YOUNG, AREA, MONTH, code, n) for code, n in (young or {}).items()]
    models.fill(
        "int_current_offence_counts",
        "indicator_id varchar, area_code varchar, month date, offence_code varchar, records bigint",
        rows,
    )
    models.fill(
        "int_severity_weights",
        "scheme varchar, offence_code varchar, indicator_id varchar, valid_from date,"
        " valid_to date, weight double",
        [("s", code, None, date(1900, 1, 1), date(9999, 1, 1), w) for code, w in WEIGHTS.items()],
    )
    models.fill("areas", "area_code varchar, force_code varchar", [(AREA, FORCE)])
    models.fill(
        "int_indicators",
        "indicator_id varchar, is_sensitive boolean",
        [(name, name == "modern_slavery") for name in (*INDICATORS, YOUNG)],
    )
    models.fill(
        "int_withheld_series",
        "source varchar, indicator_id varchar, area_code varchar",
        [("force_extract", "modern_slavery", AREA)],
    )
    models.fill(
        "int_offence_indicators",
        "indicator_id varchar, offence_code varchar",
        [(indicator, code) for indicator, codes in INDICATORS.items() for code in codes],
    )
    models.build("int_revealing_severities")
    models.settings = {}
    found = models.connection.execute(
        "select indicator_id from int_revealing_severities"
        " where force_code = 'F1' and sensitive_indicator_id = 'modern_slavery'"
    ).fetchall()
    return {indicator for (indicator,) in found}


def possible(counts: Mapping[str, int], shown: set[str]) -> tuple[float, float]:
    """Return the least and greatest number of modern slavery that fits what is published."""
    codes = [code for code in WEIGHTS if counts[code]]
    rows: list[list[float]] = [
        [code in INDICATORS[name] for code in codes]
        for name in INDICATORS
        if name != "modern_slavery"
    ]
    rows += [
        [WEIGHTS[code] * (code in INDICATORS[name]) for code in codes] for name in sorted(shown)
    ]
    matrix = np.array(rows, dtype=float)
    true = np.array([counts[code] for code in codes], dtype=float)
    aim = np.array([float(code == "106") for code in codes])
    ends = [
        linprog(sign * aim, A_eq=matrix, b_eq=matrix @ true, bounds=(0, None), method="highs")
        for sign in (1, -1)
    ]
    assert all(end.status == 0 for end in ends)
    least, greatest = (end.fun for end in ends)
    assert least is not None
    assert greatest is not None
    return float(least), -float(greatest)


SHOWN_OF = {
    # much else in every group: only its own severity would tell
    "large": (LARGE, {"modern_slavery"}),
    # beside it one offence only: its group, and what would be subtracted, go; the wider ones stay
    "poor beside it": (
        LARGE | {"104": 0},
        {"modern_slavery", "violence_without_injury", "stalking_and_harassment",
         "violence_with_injury"},
    ),
    # nobody else in the whole of violence either: all crime stays
    "poor in violence": (
        LARGE | {"104": 0, "8L": 0, "19C": 0},
        set(INDICATORS) - {"total_recorded_crime"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SHOWN_OF)
def test_severities_leave_every_small_number_possible(models: Any, case: str) -> None:
    counts, expected = SHOWN_OF[case]
    withheld = telling(models, counts)
    assert withheld == expected
    least, greatest = possible(counts, set(INDICATORS) - withheld)
    assert greatest - least >= 4
    # its own severity, and that of a group of two, give it back
    least, greatest = possible(counts, {*INDICATORS} if case == "large" else expected)
    assert greatest - least < 1e-6


def test_where_every_offence_is_counted_alone_no_severity_stands(models: Any) -> None:
    alone = dict.fromkeys(WEIGHTS, 0) | {"106": 3, "105A": 100, "8N": 100, "34B": 50, "46": 80}
    withheld = telling(models, alone)
    assert {"violence_without_injury", "total_recorded_crime"} <= withheld
    least, greatest = possible(alone, {"total_recorded_crime"})
    assert greatest - least < 1e-6


def test_an_indicator_by_marker_with_few_others_tells_its_sensitive_offences(models: Any) -> None:
    """2 young victims and 1,080 points are one of modern slavery and one with injury."""
    assert YOUNG in telling(models, LARGE, {"106": 1, "8N": 1})
    assert YOUNG not in telling(models, LARGE, {"8N": 3, "105A": 1})
    assert YOUNG not in telling(models, LARGE, {"106": 1, "8N": 100, "105A": 100})
