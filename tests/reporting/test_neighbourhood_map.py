"""The map of neighbourhoods: classes of equal number with their ranges, a gap without rates."""

from __future__ import annotations

from typing import Any

from flows.papers.charts.map import neighbourhood_map
from flows.papers.published import Row


def drawn(rates: list[float | None]) -> tuple[list[str], list[Any]]:
    """Return the ranges of the legend and the class of each neighbourhood."""
    rows: list[Row] = [
        {
            **{"neighbourhood_code": f"E{at}", "neighbourhood_name": f"Dudley {at}", "rate": rate},
            **{"rate_per": 1000, "neighbourhood_type": "lsoa", "indicator_name": "Crime"},
            **{"period_label": "2017/18"},
        }
        for at, rate in enumerate(rates)
    ]
    shapes = [{"type": "Feature", "properties": {"code": f"E{at}"}} for at in range(len(rates))]
    spec: Any = neighbourhood_map(rows, shapes, "Finding", "Source").wide
    scale = spec["encoding"]["color"]["condition"]["scale"]
    assert len(scale["range"]) == len(scale["domain"])
    return list(scale["domain"]), [one["class"] for one in spec["data"]["values"]]


def test_five_classes_hold_a_fifth_each_and_say_their_range() -> None:
    """One rate is far above the others, as that of a town centre is."""
    ranges, classes = drawn([10.0, 11, 12, 13, 14, 15, 16, 17, 18, 600])
    assert ranges == [
        *("10.0 to 11.0", "12.0 to 13.0", "14.0 to 15.0", "16.0 to 17.0", "18.0 to 600.0"),
    ]
    assert [classes.count(one) for one in ranges] == [2, 2, 2, 2, 2]


def test_equal_rates_are_one_class_and_a_missing_one_has_none() -> None:
    ranges, classes = drawn([5.0, 5.0, 5.0, 5.0, 9.0, None])
    assert classes == ["5.0 to 5.0"] * 4 + ["9.0 to 9.0", None]
    assert ranges == ["5.0 to 5.0", "9.0 to 9.0"]


def test_a_single_rate_is_a_map_of_one_class() -> None:
    assert drawn([7.5]) == (["7.5 to 7.5"], ["7.5 to 7.5"])
