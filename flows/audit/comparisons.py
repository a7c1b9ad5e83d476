"""Puts the numbers and words of a clause together to a comparison."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.audit import vocabulary as words
from flows.audit.changes_of_others import (
    counts_things,
    goes_on,
    is_a_move,
    is_of_before,
    without_changes_of_others,
)
from flows.audit.claims import Comparison
from flows.audit.context import Context
from flows.audit.fractions_of_change import fraction_of_change
from flows.audit.marks import Mark, Number, Word
from flows.audit.number_words import COUNT, small_number
from flows.audit.parts_of_a_figure import is_a_part
from flows.audit.periods import FULL_MONTH, Period
from flows.audit.subjects import nearest, own_area, own_period, year_after
from flows.audit.vocabulary import Vocabulary
from flows.calendar_months import add_months, end_of_month

# Offences alone, where no kind of them has been named, are all of them.
_OFFENCES = re.compile(
    r"\d\s+(?:recorded\s+)?(?:offences|crimes)\b|\boverall\b|(?<!\bthe\s)\btotal\b|"
    r"\b(?:numbers?|volumes?|levels?|rates?|more|fewer|extra|additional|less)\s(?:of\s)?(?:recorded\s)?"
    r"(?:crimes?|offences)\b(?!\s(?:types?|categor|prevention))|"
    r"(?:^|\b(?:with|that|and|but|while|as|saw|recorded)\s)crime\s(?:[+\N{MINUS SIGN}-]?\d|up\b|"
    r"down\b|levels\b|stood\b)|"
    r"\bcrime\s+(?:in|rose|fell|was|were|is|has|had|increased|decreased|went|across)\b",
    re.I,
)
_AGAINST_SOME = re.compile(r"\s(?:against|involving|committed)\b", re.IGNORECASE)
_CRIME = re.compile(r"\b(?:crimes?|offences)\b", re.IGNORECASE)
# "0.81 per 1,000, compared with 0.70 in 2016/17"; not "with a force rate of 0.70"
_SERIES = re.compile(r",\s[\d,.]*\d(?:,\s[\d,.]*\d)*,?\s(?:and|then)\s(?:finally\s|then\s)?\d")
_ON = re.compile(
    r"\b(?:third|quarter|half|fifth|sixth|tenth|%)\s(?:on|from)\s(?:the\s)?$", re.IGNORECASE
)
_IN_A_YEAR = re.compile(
    rf"\s(?:in|during)\s(?:the\s(?:same|year|previous|twelve|12)|20\d\d|Q[1-4]|{FULL_MONTH})\b"
)
_BESIDE = re.compile(
    r",?\s\(?(?:as\s)?(?:compared\s(?:with|to)|against|versus)\s(?:just\s)?$", re.IGNORECASE
)
_NOT = re.compile(
    r"(?:\b(?:not(?!\sonly)|no|none|never|nor|without|neither|contrary|hardly|few)\b|n't\b)",
    re.IGNORECASE,
)
# What stands behind a figure and "and" is said of something else: "hardly moved (150) and
# shoplifting went up".
_ITS_PART = re.compile(r"[:;]|\d\)?,?\s(?:and|but|while)\s")
_OF_SIZE = re.compile(r"\sof\s(?:just\s|about\s|around\s|over\s|nearly\s|some\s)*")
_POLICE = re.compile(r"\s(?:Police|Constabulary)\b")
_IN_AN_AREA = re.compile(r"\s(?:[a-z]+\s){0,4}(?:in|across|for)\s(?:the\s)?")
_IT = re.compile(
    r"(?:(?:and|but|however,?)\s)?(?:it|this|these|they|that|numbers|volumes|(?:the|its)\s(?:\w+\s)?(?:figure|number|"
    r"rate|total|level|volume|proportion|grant|trend|rise|fall|increase|decrease|reduction|change)s?|"
    r"the\s(?:[\w/]+\s){2,5}?(?:figure|total)(?=\s(?:was|is|fell|rose|stood)\b))\b",
    re.IGNORECASE,
)
_OF_SOMETHING = re.compile(
    r"^\)?\s(?:of|were|was|are|is|said|felt|agreed|reported|had|have|who|think|thought|share|chance|likelihood|"
    r"confiden\w+|discount|response|success\w*|complet\w+|attendance|satisf\w+)\b",
    re.IGNORECASE,
)


_RATE_OF = re.compile(r"\brates?\s(?:of|was|is|at|stood\sat)\s(?:\w+\s){0,2}?$", re.IGNORECASE)
_SOME_YEARS_BEFORE = re.compile(
    rf"\s(?P<many>(?!one\b|1\b){COUNT})\syears\s(?:earlier|before|previously|ago|prior)\b",
    re.IGNORECASE,
)
_FROM_A_TARGET = re.compile(
    r"\s(?:\w+\s){0,2}?(?:above|below|over|under|short\sof|beyond)\s(?:the|its|our|a)\s(?:\w+\s)?"
    r"(?:target|ceiling|limit|threshold)\b",
    re.IGNORECASE,
)
_LESS_STEEPLY = re.compile(r"\b(?:less|more|as|so)\s\w+ly\b(?=\s(?:than|as)\b)", re.IGNORECASE)


def names_all_crime(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a clause speaks of offences of every kind: not of "gang-related crime"."""
    for match in _OFFENCES.finditer(text):
        noun = _CRIME.search(text, match.start())
        if noun is not None and _AGAINST_SOME.match(text[noun.end() :]):
            continue  # "1,298 offences against older people"
        if noun is None or not vocabulary.before_indicator.search(text[: noun.start()]):
            return True
    return False


def comparison(
    vocabulary: Vocabulary,
    text: str,
    context: Context,
    drawn: str,
    at: dict[int, Mark],
    used: set[int],
    marks: list[Mark],
) -> Comparison | None:
    """Read the roles of the numbers of a clause, and what is said of their difference."""
    roles: dict[str, Number] = {}
    for pattern in vocabulary.patterns:
        for match in pattern.finditer(drawn):
            found = {
                role: mark
                for role in match.groupdict()
                if isinstance(mark := at.get(match.start(role)), Number)
            }
            if any(mark.start in used for mark in found.values()):
                continue
            if any(is_a_part(text, mark, marks) for mark in found.values()):
                continue
            if any(counts_things(text, mark) for mark in found.values()):
                continue
            if _is_a_level(text, found.get("change")):
                continue
            sizes = [found[role] for role in ("change", "percent", "points") if role in found]
            if any(_FROM_A_TARGET.match(text[size.end :]) for size in sizes):
                continue  # "1,343 above the ceiling of 19,500"
            if _is_of_a_series(text, found) or _is_a_base(text, found.get("change")):
                continue
            known = [
                role for role, mark in found.items() if role in roles or mark in roles.values()
            ]
            if any(roles.get(role) != found[role] for role in known):
                continue
            found |= _with_one_base(found, text)
            levels = [found[role] for role in ("current", "previous") if role in found]
            if len({level.unit for level in levels}) > 1:
                continue
            if len(levels) > 1 and any(is_a_move(text, level) for level in levels):
                continue
            roles |= found
    directions = [
        mark for mark in marks if isinstance(mark, Word) and mark.mark in words.UP + words.DOWN
    ]
    if _says_from_to(text, roles):
        roles["previous"], roles["current"] = roles["current"], roles["previous"]
    roles |= _percent_alone(text, marks, roles, used, bool(directions))
    directions = without_changes_of_others(text, roles, marks, directions)
    directions = _of_the_noun(text, roles, directions)
    roles |= _signed_change(marks, roles, used)
    roles |= _figure_alone(text, marks, drawn, at, roles, used)
    same = any(isinstance(mark, Word) and mark.mark == words.SAME for mark in marks)
    multiple = next(
        ((one, said[0]) for one in vocabulary.multiples if (said := one.pattern.search(text))),
        fraction_of_change(text),
    )
    if multiple is not None and is_of_before(text, multiple[1], roles):
        multiple = None
    if not roles and not directions and multiple is None and not same:
        return None
    if goes_on(text, roles):
        return None
    if not roles and not _names_a_figure(text, marks, vocabulary):
        return None
    stated = roles.get("current")
    if stated is not None and "previous" not in roles and _is_of_year_before(marks):
        roles["previous"] = roles.pop("current")
    earliest = min(roles.values(), key=lambda mark: mark.start) if roles else None
    one = Comparison(
        text,
        nearest(roles.get("current") or earliest, marks, context, text) if earliest else context,
        direction=_direction(directions, roles, same, text),
        degree=next(
            (
                name
                for name, pattern in vocabulary.degrees.items()
                if pattern.search(_LESS_STEEPLY.sub("", text))
            ),
            "",
        ),
        multiple=multiple[0] if multiple else None,
        multiple_text=multiple[1] if multiple else "",
        other_percents=tuple(
            mark
            for mark in marks
            if isinstance(mark, Number) and mark.unit == "per cent" and mark not in roles.values()
        ),
    )
    previous = roles.get("previous")
    if previous is not None:
        one.previous_period = own_period(previous, text, marks) or _years_before(
            text[previous.end :], one.context.period
        )
        one.previous_area = own_area(previous, text, marks)
        one.context = _of_the_same_length(one, text, marks)
    current = roles.get("current")
    if current is not None and (own := _area_of(current, text, marks, one.context.area)):
        one.context = replace(one.context, area=own)
    if current is not None:
        one.is_at_its_indicator = any(
            isinstance(mark, Word)
            and mark.mark == words.INDICATOR
            and (
                text[current.end : mark.start] == " "
                or text[mark.end : current.start] in (": ", " - ")
            )
            for mark in marks
        )
    for role, mark in roles.items():
        setattr(one, role, mark)
        used.add(mark.start)
    return one


def _years_before(after: str, period: Period | None) -> Period | None:
    """Read "890 two years earlier" as of the same months two years before those spoken of."""
    said = _SOME_YEARS_BEFORE.match(after)
    if said is None or period is None or period.is_vague:
        return None
    back = -12 * small_number(said["many"])
    last = add_months(period.last.replace(day=1), back)
    return replace(
        period, text=said[0].strip(), first=add_months(period.first, back),
        last=end_of_month(last.year, last.month),
    )  # fmt: skip


def _of_the_noun(text: str, roles: dict[str, Number], directions: list[Word]) -> list[Word]:
    """Where words go both ways, take the one of "an increase of 21.3%" after the two figures."""
    if (
        "current" not in roles
        or "previous" not in roles
        or len({one.mark for one in directions}) < 2
    ):
        return directions
    last = max(roles["current"].end, roles["previous"].end)
    sizes = [roles[role] for role in ("change", "percent", "points") if role in roles]
    nouns = [
        one
        for one in directions
        if one.start > last
        and any(_OF_SIZE.fullmatch(text[one.end : size.start]) for size in sizes)
        and re.search(r",\s(?:an?|the)\s$", text[: one.start])
    ]
    if len(nouns) == 1:
        return nouns
    # "went up from 402 to 347, and the repeat rate was lower"
    at_once = [
        one
        for one in directions
        if re.fullmatch(r"\s(?:[a-z]+\s){0,2}?from\s", text[one.end : roles["previous"].start])
    ]
    if len(at_once) == 1 and roles["previous"].unit != "per cent":
        return at_once
    return directions


def _is_of_a_series(text: str, found: dict[str, Number]) -> bool:
    """Whether "to 364" goes on as in "from 353 to 364, 388 and finally 452"."""
    current = found.get("current")
    if current is None or "previous" not in found or current.start < found["previous"].start:
        return False
    return _SERIES.match(text[current.end :]) is not None


def _is_a_level(text: str, change: Number | None) -> bool:
    """Whether a rate stands for itself: "six more, and the rate of 0.51 per 1,000"."""
    if change is None or change.unit != "rate":
        return False
    return _RATE_OF.search(text[: change.start]) is not None


def _is_a_base(text: str, change: Number | None) -> bool:
    """Whether a number is what something moved from: "up by a third on 56"."""
    return change is not None and _ON.search(text[: change.start]) is not None


def _area_of(number: Number, text: str, marks: list[Mark], spoken_of: str) -> str:
    """Give the area of "West Midlands Police recorded 20,483 crimes in Dudley": the second one."""
    areas = [m for m in marks if isinstance(m, Word) and m.mark == words.AREA]
    first = next((m for m in areas if m.value == spoken_of), None)
    if first is None or not _POLICE.match(text[first.end :]) or first.start > number.start:
        return ""
    behind = [m for m in areas if m.start >= number.end and m.value != spoken_of]
    is_in = behind and _IN_AN_AREA.fullmatch(text[number.end : behind[0].start])
    return behind[0].value if is_in else ""


def _with_one_base(found: dict[str, Number], text: str) -> dict[str, Number]:
    """Read "from 28.4 per 100,000 to 31.9" as two rates."""
    current, previous = found.get("current"), found.get("previous")
    if current is None or previous is None or {current.unit, previous.unit} != {"count", "rate"}:
        return {}
    base = current.base or previous.base
    is_from = text[: previous.start].endswith("from ")
    is_beside = _BESIDE.search(text[current.end : previous.start]) and _IN_A_YEAR.match(
        text[previous.end :]
    )
    if current.step >= 1 or previous.step >= 1 or not (is_from or is_beside):
        return {}
    return {
        role: replace(one, unit="rate", base=base)
        for role, one in (("current", current), ("previous", previous))
    }


def _of_the_same_length(one: Comparison, text: str, marks: list[Mark]) -> Context:
    """Give a figure that is compared with a year's a year: not the months named behind them."""
    period, before = one.context.period, one.previous_period
    if one.current is None or period is None or before is None or before.is_vague:
        return one.context
    are_alike = (period.last - period.first).days - (before.last - before.first).days
    if abs(are_alike) <= 1 or own_period(one.current, text, marks) is not None:
        return one.context
    return replace(one.context, period=year_after(before))


def _says_from_to(text: str, roles: dict[str, Number]) -> bool:
    """Whether "from the baseline of 480 to no more than 360" stands the other way round."""
    current, previous = roles.get("current"), roles.get("previous")
    if current is None or previous is None or current.start > previous.start:
        return False
    return bool(
        re.search(r"\bfrom\s(?:\w+\s){0,5}$", text[: current.start])
        and re.search(r"\bto\s(?:\w+\s){0,4}$", text[current.end : previous.start])
    )


def _is_of_year_before(marks: list[Mark]) -> bool:
    """Whether the only figure of a clause is one of "twelve months earlier"."""
    if any(isinstance(mark, Period) for mark in marks):
        return False
    if sum(isinstance(mark, Number) for mark in marks) != 1:
        return False
    signs = {mark.mark for mark in marks if isinstance(mark, Word)}
    return words.BEFORE in signs and not signs & {words.UP, words.DOWN, words.SAME}


def _names_a_figure(text: str, marks: list[Mark], vocabulary: Vocabulary) -> bool:
    """Whether a clause without numbers says itself what rises or falls."""
    named = any(isinstance(mark, Word) and mark.mark == words.INDICATOR for mark in marks)
    return named or names_all_crime(text, vocabulary) or _IT.match(text.strip()) is not None


def _percent_alone(
    text: str, marks: list[Mark], roles: dict[str, Number], used: set[int], moves: bool
) -> dict[str, Number]:
    """Take the only per cent of a clause of rises or falls, or one with a sign, for the change."""
    if "percent" in roles:
        return {}
    found = [m for m in marks if isinstance(m, Number) and m.unit == "per cent"]
    if len(found) != 1 or found[0] in roles.values() or found[0].start in used:
        return {}
    one = found[0]
    is_signed = one.text.strip()[:1] in "+-\N{MINUS SIGN}"
    if (
        not (moves or is_signed)
        or is_a_part(text, one, marks)
        or _OF_SOMETHING.match(text[one.end :])
    ):
        return {}
    if re.search(r"\(\s*$", text[: one.start]) and not is_signed and "change" not in roles:
        return {}  # "155 (16.5%)" may be a share
    return {"percent": one}


def _signed_change(
    marks: list[Mark], roles: dict[str, Number], used: set[int]
) -> dict[str, Number]:
    """Take the only count with a sign for the change: "398 cases, +69 on the year before"."""
    found = [
        mark
        for mark in marks
        if isinstance(mark, Number)
        and mark.unit in ("count", "pounds")
        and mark.text.strip()[:1] in "+-\N{MINUS SIGN}"
    ]
    if "change" in roles or len(found) != 1 or found[0] in roles.values() or found[0].start in used:
        return {}
    return {"change": found[0]}


def _figure_alone(
    text: str,
    marks: list[Mark],
    drawn: str,
    at: dict[int, Mark],
    roles: dict[str, Number],
    used: set[int],
) -> dict[str, Number]:
    """Take the only number of a clause that names one indicator for its figure."""
    numbers = [mark for mark in marks if isinstance(mark, Number)]
    named = {m.value for m in marks if isinstance(m, Word) and m.mark == words.INDICATOR}
    moves = any(isinstance(mark, Word) and mark.mark in words.UP + words.DOWN for mark in marks)
    if roles or len(numbers) != 1 or moves:
        return {}
    if len(named) != 1 and not _is_of_year_before(marks):
        return {}
    [one] = numbers
    if one.unit not in ("count", "pounds") or one.start in used or is_a_part(text, one, marks):
        return {}
    place = next(place for place, mark in at.items() if mark is one)
    return {"current": one} if words.END.match(drawn[place + 1 :]) else {}


def _direction(found: list[Word], roles: dict[str, Number], same: bool, text: str) -> str:
    """Say up, down or same; nothing where the words go both ways or are denied."""
    if any(_NOT.search(_ITS_PART.split(text[: word.start])[-1]) for word in found):
        return ""
    marks = {word.mark for word in found}
    if marks == {words.UP}:
        return "up"
    if marks == {words.DOWN}:
        return "down"
    return "same" if same and not marks else ""
