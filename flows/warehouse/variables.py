"""The settings that shape figures, as dbt variables."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.settings import Settings


def dbt_variables(settings: Settings, as_at: date | None = None) -> dict[str, Any]:
    """Variables of `dbt_project.yml`, one for each setting that a model reads."""
    return {
        "home_areas": list(settings.home_areas),
        "family_scheme": settings.family_scheme,
        "denominator_policy": settings.denominator_policy,
        "frozen_year": settings.frozen_year or 0,
        "change_exposure": settings.change_exposure,
        "suppression_threshold": settings.suppression_threshold,
        "provisional_months": settings.provisional_months,
        "adult_female_age": settings.adult_female_age,
        "as_at": (as_at or date.max).isoformat(),
    }
