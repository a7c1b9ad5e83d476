"""How much there is of everything where nothing was printed: made-up sums by financial year.

They are chosen so that what the reports say in words holds too: Dudley has the lowest rate of
recorded crime, Wolverhampton one of the lowest increases in 2017/18 and the fourth lowest
increase in knife crime.
"""

from __future__ import annotations

AREAS = (
    "Birmingham",
    "Coventry",
    "Dudley",
    "Sandwell",
    "Solihull",
    "Walsall",
    "Wolverhampton",
)

_YEARS = (2015, 2016, 2017)

# recorded crime and offences with a knife, by financial year that begins in 2015, 2016, 2017
_CRIME = {
    "Birmingham": (70_200, 74_100, 86_100),
    "Coventry": (22_300, 24_100, 27_900),
    "Dudley": (17_350, 18_286, 20_595),
    "Sandwell": (21_400, 22_800, 26_600),
    "Solihull": (13_100, 13_950, 16_450),
    "Walsall": (18_700, 19_900, 23_000),
    "Wolverhampton": (17_900, 18_684, 21_225),
}
_KNIFE = {
    "Birmingham": (820, 900, 1_085),
    "Coventry": (210, 235, 285),
    "Dudley": (140, 150, 165),
    "Sandwell": (240, 262, 313),
    "Solihull": (55, 60, 66),
    "Walsall": (170, 190, 212),
    "Wolverhampton": (170, 182, 212),
}
# parts of recorded crime
_MARKED = {"domestic_abuse": 0.118, "hate_crime": 0.015, "public_place_violence": 0.138}
_OF_CRIME = {"asb_calls_for_service": 1.85, "asb_incidents": 0.31}
_YOUTH_OF_INCIDENTS = 0.24
_MARAC_OF_CRIME = {
    "Birmingham": 0.015,
    "Coventry": 0.018,
    "Dudley": 0.019,
    "Sandwell": 0.017,
    "Solihull": 0.014,
    "Walsall": 0.018,
    "Wolverhampton": 0.0338,
}
_REPEATS_OF_CASES = 0.23


def yearly_level(area: str, indicator: str, year: int) -> int:
    """Give the sum of a financial year (by the year it begins in), before anything printed."""
    at = _YEARS.index(min(max(year, _YEARS[0]), _YEARS[-1]))
    crime = _CRIME[area][at]
    if year < _YEARS[0]:
        crime = round(crime * 0.97 ** (_YEARS[0] - year))
    if indicator == "total_recorded_crime":
        return crime
    if indicator == "knife_crime":
        return _KNIFE[area][at]
    if indicator in _MARKED:
        return round(crime * _MARKED[indicator])
    if indicator in _OF_CRIME:
        return round(crime * _OF_CRIME[indicator])
    if indicator == "asb_youth":
        return round(crime * _OF_CRIME["asb_incidents"] * _YOUTH_OF_INCIDENTS)
    if indicator == "marac_cases":
        return round(crime * _MARAC_OF_CRIME[area])
    if indicator == "marac_repeat_cases":
        return round(crime * _MARAC_OF_CRIME[area] * _REPEATS_OF_CASES)
    raise KeyError(indicator)
