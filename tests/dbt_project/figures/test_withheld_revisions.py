"""Which histories of a sensitive count are withheld whole, at every bound of the rule."""

from __future__ import annotations

from typing import Any

import pytest

AREAS = [
    ("A", "csp", "F", "R", "C"),
    ("U", "location_unknown", "F", "R", "C"),
    ("F", "force", "F", "R", "C"),
]


def withheld(models: Any, *vintages: tuple[Any, ...], cells: Any = ()) -> set[tuple[str, str]]:
    """Vintages as source, indicator, area, kind of value, numerator, denominator, value."""
    models.fill(
        "int_figure_vintages",
        "source varchar, indicator_id varchar, area_code varchar, value_kind varchar,"
        " numerator double, denominator double, value double",
        list(vintages),
    )
    models.fill(
        "int_sensitive_quantities",
        "indicator_id varchar, part varchar, quantity_id varchar",
        [
            ("hate", "numerator", "hate"),
            ("rest", "linked", "hate"),
            ("share", "numerator", "share"),
            ("share_rest", "denominator", "share"),
            ("other", "linked", "of another"),
            ("mixed", "numerator", "mixed"),
            ("mixed", "linked", "apart"),
            ("apart", "numerator", "apart"),
        ],
    )
    models.fill("int_withheld_cells", "indicator_id varchar, area_code varchar", list(cells))
    models.fill(
        "areas",
        "area_code varchar, area_type varchar, force_code varchar, region_code varchar,"
        " country_code varchar",
        AREAS,
    )
    models.fill("sources", "source varchar, is_public boolean", [("secret", False), ("open", True)])
    models.build("int_withheld_revisions")
    rows = models.rows("from int_withheld_revisions")
    found = {(r["indicator_id"], r["area_code"]) for r in rows}
    assert len(found) == len(rows)
    return found


@pytest.mark.parametrize(
    ("count", "hidden"), [(0, False), (1, True), (4, True), (4.5, True), (5, False), (60, False)]
)
def test_a_small_count_hides_what_is_linked_to_it_and_what_holds_it(
    models: Any, count: float, hidden: bool
) -> None:
    found = withheld(models, ("secret", "hate", "A", "count", count, None, count))
    places = ("A", "F", "R", "C")
    every = {(name, place) for name in ("hate", "rest") for place in places}
    assert found == (every if hidden else set())
    stated = withheld(models, ("secret", "hate", "A", "count", None, None, count))
    assert stated == found


@pytest.mark.parametrize(
    ("numerator", "denominator", "hidden"),
    [
        (None, None, True),  # a per cent alone may stand for a small count
        (50.0, 100.0, False),
        (0.0, 100.0, False),
        (4.0, 100.0, True),
        (0.0, 4.0, True),
        (0.0, 5.0, False),
        (96.0, 100.0, True),  # four are not of it
        (95.0, 100.0, False),
        (100.0, 100.0, False),
        (0.0, 0.0, False),
    ],
)
def test_a_proportion_hides_its_numerator_and_its_rest(
    models: Any, numerator: float | None, denominator: float | None, hidden: bool
) -> None:
    row = ("secret", "share", "F", "proportion", numerator, denominator, 50.0)
    every = {("share", "F"), ("share_rest", "F")}
    assert withheld(models, row) == (every if hidden else set())


@pytest.mark.parametrize(
    ("source", "indicator"),
    [("open", "hate"), ("secret", "rest"), ("secret", "other"), ("secret", "unheard-of")],
)
def test_public_sources_and_what_is_not_sensitive_hide_nothing(
    models: Any, source: str, indicator: str
) -> None:
    assert withheld(models, (source, indicator, "A", "count", 2.0, None, 2.0)) == set()


def test_what_is_withheld_today_is_withheld_in_all_its_vintages(models: Any) -> None:
    assert withheld(models, cells=[("hate", "F")]) == {("hate", "F"), ("rest", "F")}
    # a cell of an indicator that shares nothing is hidden by itself
    assert withheld(models, cells=[("other", "U")]) == {
        ("other", place) for place in ("U", "F", "R", "C")
    }


def test_what_is_only_linked_to_a_count_does_not_hide_it(models: Any) -> None:
    """A small count of its own hides it whole, and nothing of the count that it is linked to."""
    found = withheld(models, ("secret", "mixed", "A", "count", 3, None, 3))
    assert found == {("mixed", place) for place in ("A", "F", "R", "C")}
