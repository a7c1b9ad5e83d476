"""Which offences there are and how common each is, with its season, by Home Office code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_BURGLARY_RECLASSIFIED = date(2017, 4, 1)
UNKNOWN_CODE = "999Z"
"""A code of the force's own that no seed knows: such records count in the total alone."""


@dataclass(frozen=True, slots=True)
class Offence:
    """One code, its share of recorded crime, and what data.police.uk calls it.

    `summer` is how much of it more there is in July than in the year's mean (winter: less).
    """

    code: str
    share: float
    category: str
    summer: float = 0.0
    is_violence: bool = False


_VIOLENCE = "Violence and sexual offences"
_ALWAYS = (
    Offence("8N", 0.104, _VIOLENCE, 0.12, True),
    Offence("5D", 0.010, _VIOLENCE, 0.12, True),
    Offence("105A", 0.110, _VIOLENCE, 0.10, True),
    Offence("104", 0.008, _VIOLENCE, 0.05, True),
    Offence("3B", 0.007, _VIOLENCE, 0.0, True),
    Offence("106", 0.0004, _VIOLENCE, 0.0, True),
    Offence("8L", 0.030, _VIOLENCE, 0.03, True),
    Offence("8R", 0.020, _VIOLENCE, 0.03, True),
    Offence("1", 0.0001, _VIOLENCE, 0.0, True),
    Offence("20A", 0.012, _VIOLENCE, 0.05),
    Offence("17A", 0.003, _VIOLENCE, 0.05),
    Offence("19C", 0.014, _VIOLENCE, 0.05),
    Offence("34B", 0.026, "Robbery", -0.08),
    Offence("34A", 0.004, "Robbery", -0.08),
    Offence("45", 0.080, "Vehicle crime", -0.05),
    Offence("48", 0.036, "Vehicle crime", -0.06),
    Offence("126", 0.014, "Vehicle crime", -0.05),
    Offence("39", 0.018, "Theft from the person", -0.04),
    Offence("44", 0.015, "Bicycle theft", 0.35),
    Offence("46", 0.085, "Shoplifting", -0.03),
    Offence("49", 0.098, "Other theft", 0.02),
    Offence("58A", 0.035, "Criminal damage and arson", 0.05),
    Offence("58B", 0.035, "Criminal damage and arson", 0.02),
    Offence("58C", 0.055, "Criminal damage and arson", 0.04),
    Offence("56A", 0.007, "Criminal damage and arson", 0.10),
    Offence("92E", 0.012, "Drugs", 0.05),
    Offence("92D", 0.004, "Drugs"),
    Offence("92A", 0.005, "Drugs"),
    Offence("81", 0.012, "Possession of weapons", 0.02),
    Offence("9A", 0.042, "Public order", 0.10),
    Offence("66", 0.003, "Public order", 0.10),
    Offence("33", 0.006, "Other crime"),
    Offence("54", 0.004, "Other crime"),
    Offence("95", 0.004, "Other crime"),
    Offence(UNKNOWN_CODE, 0.0008, "Other crime"),
)
_BEFORE = (
    Offence("28A", 0.052, "Burglary", -0.15),
    Offence("28B", 0.007, "Burglary", -0.15),
    Offence("30A", 0.034, "Burglary", -0.12),
)
_AFTER = (
    Offence("28E", 0.064, "Burglary", -0.15),
    Offence("28F", 0.008, "Burglary", -0.15),
    Offence("30C", 0.026, "Burglary", -0.12),
)


def offences_of(month: date) -> tuple[Offence, ...]:
    """List the offences of a month: codes of burglary changed in April 2017."""
    return (*_ALWAYS, *(_AFTER if month >= _BURGLARY_RECLASSIFIED else _BEFORE))
