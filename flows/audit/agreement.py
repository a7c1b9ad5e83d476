"""How well a number of a draft agrees with the right one, and in which words that is said."""

from __future__ import annotations

import re

from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Number

# So far may a number with a hedge be from the right one, as a share of it.
HEDGE = 0.06
# "More than one third" may be said of 40%.
_WORDS = 0.25
# "Up 70%" may be said of 72.5%: from here on whole tens are taken for rounded, by so much.
_LARGE, _ROUNDED = 50, 2.6

# "Fewer than ten", "more than 20": said of what is well below or above them.
_SMALL = 30

# Of fewer digits, two that are swapped are found by chance.
_DIGITS = 3

# A figure that is further from the right one than so many times counts something else.
_ANOTHER_THING = 3.0


def fits(said: Number, true: float) -> Verdict:
    """Judge a number against the right one: equal as rounded, nearly, or wrong."""
    off = abs(abs(said.value) - abs(true))
    rounding = 0.5 * said.step + 1e-9
    if off <= rounding:
        return "confirmed"
    if said.hedge == "about" and off <= max(HEDGE * abs(true), said.step):
        return "confirmed"
    if said.hedge == "nearly" and -1e-9 <= abs(said.value) - abs(true) <= HEDGE * abs(said.value):
        return "confirmed"
    is_in_words = said.unit == "per cent" and not re.search(r"\d", said.text)
    far = _WORDS if is_in_words else 2 * HEDGE
    if said.hedge == "over" and -1e-9 <= abs(true) - abs(said.value) <= far * abs(true):
        return "confirmed"
    if said.hedge == "under" and -1e-9 <= abs(said.value) - abs(true) <= 2 * HEDGE * abs(true):
        return "confirmed"
    # "fewer than ten" is true of eight, if a strange thing to say
    is_under = said.hedge == "under" and abs(said.value) / 2 <= abs(true) < abs(said.value)
    is_over = said.hedge == "over" and abs(said.value) < abs(true) <= 2 * abs(said.value)
    if said.unit == "count" and said.value <= _SMALL and (is_under or is_over):
        return "doubtful"
    if said.unit == "per cent" and said.value >= _LARGE and not said.value % 10 and off <= _ROUNDED:
        return "doubtful"
    return "doubtful" if off <= 1.05 * said.step and said.unit != "count" else "contradicted"


def fits_within(said: Number, true: float, loose: float) -> Verdict:
    """Judge a number whose right value is itself known only to `loose` more or less."""
    verdict = fits(said, true)
    off = abs(abs(said.value) - abs(true))
    if verdict != "confirmed" and loose and off <= loose + 0.5 * said.step:
        return "confirmed"
    return verdict


def are_swapped(said: Number, true: float) -> bool:
    """Whether two neighbouring digits have changed places: 17,434 for 17,344, 36.2 for 32.6."""
    one, other = _digits(said.value, said.step), _digits(true, said.step)
    if len(one) != len(other) or len(one) < _DIGITS:
        return False
    differ = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and one[differ[0]] == other[differ[1]]
        and one[differ[1]] == other[differ[0]]
    )


def _digits(value: float, step: float) -> str:
    """Write a number with the decimals of a step and without its point; thousands as they are."""
    decimals = len(f"{step:.9f}".rstrip("0").partition(".")[2]) if step < 1 else 0
    return f"{abs(value):.{decimals}f}".replace(".", "")


def is_plausible(said: float, true: float) -> bool:
    """Whether a figure may be a mistake for the right one, not the figure of something else."""
    if not said or not true:
        return said == true
    ratio = abs(said / true)
    is_of_another_scale = any(
        abs(ratio / factor - 1) <= 0.05 for factor in (0.1, 10, 0.01, 100, 0.001, 1000)
    )
    return 1 / _ANOTHER_THING <= ratio <= _ANOTHER_THING or is_of_another_scale


def rounding(*numbers: Number) -> float:
    """Return how far a sum or difference of rounded numbers can be off; whole numbers are exact."""
    return 0.5 * sum(one.step for one in numbers if one.step != 1)


def agreement(verdict: Verdict, what: str) -> str:
    """Say whether `what`, such as "the share", agrees with the figures of the draft."""
    return {
        "confirmed": f"{what} agrees with the figures",
        "doubtful": f"{what} agrees but for the last digit",
        "contradicted": f"{what} does not agree with the figures",
        "not checkable": "",
    }[verdict]


def share_finding(
    sentence: Sentence, verdict: Verdict, claim: str, part: float, whole: float
) -> Finding:
    """Say of a share whether it agrees with its part and its whole."""
    return Finding(
        sentence,
        verdict,
        "share",
        claim,
        agreement(verdict, "the share"),
        f"{number(part)} of {number(whole)} is {number(100 * part / whole, 1)}%.",
    )
