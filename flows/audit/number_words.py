"""Numbers that are written out: eighteen thousand three hundred and six."""

from __future__ import annotations

import re

SMALL = {
    name: value
    for value, name in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
            *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
            *("seventeen", "eighteen", "nineteen", "twenty"),
        )
    )
    if value > 1
}
SMALL |= dict(
    zip(
        ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        range(30, 100, 10),
        strict=True,
    )
)
_VALUES = {"one": 1} | SMALL
# A small number as people write it, for a pattern; "one" alone is seldom a number.
COUNT = rf"(?:\d{{1,2}}|{'|'.join(SMALL)})"
_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_BELOW_100 = rf"(?:{_TENS}[\s-]{_UNIT}|{_TENS}|{_TEENS}|{_UNIT})"
_BELOW_1000 = rf"(?:{_UNIT}\shundred(?:\s(?:and\s)?{_BELOW_100})?|{_BELOW_100})"
# One word alone is left to those who read small numbers: it may be an ordinary "two".
LONG_NUMBER = re.compile(
    rf"\b(?:{_BELOW_1000}\sthousand(?:,?\s(?:and\s)?{_BELOW_1000})?|"
    rf"{_UNIT}\shundred(?:\s(?:and\s)?{_BELOW_100})?|{_TENS}[\s-]{_UNIT})\b"
    r"(?P<unit>\s(?:per\s?cent\b|percentage\s+points?))?",
    re.IGNORECASE,
)


def small_number(written: str) -> int:
    """Read digits or one of the words for small numbers: 12, twelve, one."""
    return int(written) if written.isdigit() else _VALUES[written.casefold()]


def value_of(written: str) -> int:
    """Read a number below a million, as LONG_NUMBER finds it."""
    total = part = 0
    for word in re.findall(r"[a-z]+", written.casefold()):
        if word == "thousand":
            total, part = total + part * 1000, 0
        elif word == "hundred":
            part *= 100
        else:
            part += _VALUES.get(word, 0)
    return total + part
