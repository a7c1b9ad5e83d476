"""The settings that shape figures, as dbt variables."""

from __future__ import annotations

from typing import Any

from flows.landing.sources.rules.area_names import COUNCIL_ENDINGS, NAME_DROPPED, area_code_of
from flows.settings import Settings


def dbt_variables(settings: Settings) -> dict[str, Any]:
    """Variables of `dbt_project.yml`, one for each setting that a model reads."""
    return {
        # by code: models need no rule of names for them
        "home_areas": [area_code_of(area) or area for area in settings.home_areas],
        "family_scheme": settings.family_scheme,
        "denominator_policy": settings.denominator_policy,
        "frozen_year": settings.frozen_year or 0,
        "change_exposure": settings.change_exposure,
        "suppression_threshold": settings.suppression_threshold,
        "provisional_months": settings.provisional_months,
        "adult_female_age": settings.adult_female_age,
        "name_dropped": NAME_DROPPED,
        "council_endings": list(COUNCIL_ENDINGS),
    }
