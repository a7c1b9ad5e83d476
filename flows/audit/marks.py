"""What a sentence is made of: numbers, periods, areas, indicators and words of change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from flows.audit import vocabulary as words
from flows.audit.number_words import LONG_NUMBER, SMALL, value_of
from flows.audit.periods import FULL_MONTH, Period, periods_in
from flows.audit.same_months import SAME_MONTHS, same_months_of
from flows.audit.vocabulary import Vocabulary

Unit = Literal["count", "pounds", "per cent", "points", "rate"]

_UNITS: dict[Unit, str] = {
    "count": words.COUNT,
    "pounds": words.POUNDS,
    "per cent": words.PER_CENT,
    "points": words.POINTS,
    "rate": words.RATE,
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; `step` is one in its last digit, so 15.9 has 0.1 and £0.4m 100,000.

    `base` is how many people, homes or the like a rate is per.
    """

    start: int
    end: int
    text: str
    value: float
    unit: Unit
    step: float
    hedge: str = ""
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of change, an area, an indicator or words for the year before."""

    start: int
    end: int
    text: str
    mark: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Fraction:
    """A part in words, as per cent: a third is 33.3."""

    start: int
    end: int
    text: str
    value: float


Mark = Number | Period | Word
_WAYS = {words.UP: "up", words.DOWN: "down"}


def ways_of(marks: Iterable[Mark]) -> set[str]:
    """Return which ways, "up" or "down", the words of change among the marks say."""
    return {_WAYS[one.mark] for one in marks if isinstance(one, Word) and one.mark in _WAYS}


_PARTS = {
    **{"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8},
    **{"ninth": 9, "tenth": 10},
}
_FRACTION = re.compile(
    rf"\b(?P<many>an?|{'|'.join(list(SMALL)[:9])}|one)[\s-](?P<part>{'|'.join(_PARTS)})s?\b",
    re.IGNORECASE,
)
# not "four fifths in twelve months"
_ONE_IN = re.compile(
    rf"\b(?P<one>{'|'.join(list(SMALL)[:9])}|one|[1-9])\s(?:(?!(?:{'|'.join(_PARTS)})s?\b)[a-z]+\s)?"
    r"(?:in|out\sof)\s(?:every\s)?"
    rf"(?P<whole>{'|'.join(SMALL)}|\d{{1,2}})\b(?!\s(?:to|of(?!\s(?:the|all|our|its|those|these)))\b)",
    re.IGNORECASE,
)
# What may stand before a part in words: by about a third, just over half.
HEDGED = re.compile(
    r"\b(?P<by>by|of)?\s?(?P<hedge>just over|over|more than|well over|well under|just under|under|"
    r"nearly|almost|less than|close to|about|around|approximately|roughly|some)?\s*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s(?:(?:an?|one|two|three)[\s-]\w+\sand\s)?$", re.IGNORECASE)
_HALF = re.compile(r"\bhalf\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<pound>£\s?)?(?P<sign>[+\N{MINUS SIGN}]|(?<![\w\N{EN DASH}-])-)?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>\s?(?:billion|bn|million|m|k|thousand)\b)?"
    r"(?P<unit>\s?(?:%|per\s?cent(?:age)?\s+points?|percentage\s+points?|pp\b|points\b|"
    r"per\s?cent\b|percent\b|pc\b))?",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"\b(?P<word>{'|'.join(SMALL)})\b(?P<unit>\s(?:per\s?cent\b|percentage\s+points?))?", re.I
)
# Numbers that count nothing: list numbers, ages, laws, per 1,000, an ordinal, a confidence level.
# What is outside is asked at every character, what is inside at the first of a word alone.
_NOT_A_FIGURE = re.compile(
    r"(?:\b(?=\w)(?:\b(?:per|for\s(?:every|each)|in\severy)\s(?:1,?000|10,?000|100,?000|100|thousand)\b(?:\s\w+)?|"
    # a telephone number
    r"\b0\d{2,4}\s?\d{3,4}(?:\s?\d{3,4})?\b|"
    rf"\b\d+(?:st|nd|rd|th)\b|\b\d{{1,2}}\s(?:{FULL_MONTH})\b|\bsection\s\d+|"
    r"\bthe\s(?:previous|preceding|same|last)\stwelve\b|\b\d+(?:\.\d+)?\s?[kmg]b\b|\b\d{1,3}\sin\s(?:every\s)?(?:10|100|1,?000|10,?000)\b|"
    r"\b(?:child|children|boys?|girls?|males?|females?|young\speople|victims?|anyone)\s"
    r"(?:(?:under|over)\s(?:the\sage\sof\s)?|aged\s)\d\d?\b|"
    r"\b(?:under|over)-\d+s?\b|\b(?:were|was|are|aged|those|people|adults)\s(?:aged\s)?"
    r"(?:(?:under|over)\s\d\d\b(?!\s(?:offence|crime|incident|report|case|call))|"
    r"\d\d\s?(?:to|-|\N{EN DASH})\s?\d\d\b)|"
    r"\b(?:aged?|ages)\s\d+(?:\s?(?:to|-|\N{EN DASH}|and)\s?\d+)?|\b95\s?%\sconfidence|"
    r"(?<![\d,.])\b(?:101|111|999)(?=\s(?:\w+\s)?(?:calls?|service|number|line|system|contacts?|demand)\b)|"
    r"\b(?:calls?|call(?:ed|ing)|dial\w*|ring(?:ing)?|rang|phon\w+|via|through)\s(?:\w+\s)?(?:to\s|on\s)?"
    r"(?:101|111|999)\b|"
    r"(?<=\bAct\s)(?:18|19|20)\d\d\b|\b(?:figure|table|chart|page|appendix|paragraph|priority|objective|version|recommendation|item|"
    r"annex|section|phase|ward|tier|stage|band|grade|wave|step|no\.|number)\s\d+(?:\.\d+)*|"
    rf"(?<![\d,.£])\b(?:\d{{1,3}}|{'|'.join(SMALL)})(?!\sof\sthe\s(?:year|quarter|month|week)\b)(?=[\s-](?:(?:of\sthe\s)?(?:other\s)?(?-i:[A-Z]\w+\s)*)?"
    r"(?:calendar\s|financial\s|consecutive\s|successive\s|corresponding\s)?"
    r"(?:seconds?|hours?|days?|weeks?|months?|quarters?|years?|times|minutes?|districts?|boroughs?|"
    r"authorit\w+|localit\w+|partnerships?|forces|areas?|wards?|neighbourhoods?|priorit\w+|meetings?|"
    r"categor\w+|types?|kinds?|sorts?|themes?|indicators?|objectives?|"
    r"reductions|increases|rises|falls|drops|changes|improvements)\b"
    r"(?!['\N{RIGHT SINGLE QUOTATION MARK}]s\b))|"
    rf"\bthe\s(?:other|remaining|rest)\s(?:\d{{1,2}}|{'|'.join(SMALL)})(?=\s(?:all\s)?(?:saw|had|fell|rose|"
    r"recorded|reported|showed|were|are|each)\b)|"
    rf"\bof\s(?:the|all)\s(?:\d{{1,2}}|{'|'.join(SMALL)})(?=\s?[(.;]|,\s|$)|"
    rf"\b(?:two|three|four|five|six)\sways\b|"
    r"\bbetween\s[\d,]+\s(?:and|to)\s[\d,]+(?!\d)(?=\s(?!20\d\d)[a-z])|"
    r"\b(?:year|quarter|phase|stage|wave)\s(?:one|two|three|four|five)\b|"
    r"(?<=\breport,\sof\s)\d{1,2}\b|"  # "of the 4 areas that report, of 15, in its family"
    r"\b(?:one|two|three|four|five)\sand\sa\s(?:half|quarter|third)\b|"
    r"\b(?:12|twelve)[\s-]months?|\b(?:one|two|three|four|five|six|seven|eight|nine)[\s-](?:half|halves|thirds?|quarters?|"
    r"fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b|\b(?:one|two|three|four|five)\s+(?:areas?|priorit\w+))|"
    r"^\s*\(?\d+(?:\.\d+)*[.)]\s|"
    r"\b(?=\w)(?:\b\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b|"
    r"\bto one decimal\b|\b\d{1,2}:\d\d\b))",
    re.IGNORECASE,
)
# "CT15", "2017/18", "3.5.2": what follows is a part of something longer
_BEFORE_A_PART = re.compile(r"[A-Za-z0-9/.,]$")
# How many a rank is among: the second lowest of 15.
_AMONG = re.compile(
    r"(?:lowest|highest|best|worst|smallest|largest|\d(?:st|nd|rd|th))\b[^.;]{0,45}?"
    r"\bof\s+(?:the\s+|its\s+|all\s+)?(?P<among>\d{1,2})\b",
    re.IGNORECASE,
)
_BASE = r"(?:per|for\s(?:every|each)|in\severy)\s(?P<base>1,?000|10,?000|100,?000|100|thousand)\b"
_OF_TIME = re.compile(r"[\s-](?:hours?|days?|weeks?|months?|years?|minutes?|times)\b", re.I)
# what follows a rate whose base is not said again
_ENDS_A_RATE = re.compile(r"\s(?:in|for)\s(?:[A-Z][a-z]+\s)?20\d\d")
_PER_FURTHER = re.compile(rf"^\s*(?:[\w-]+\s){{0,9}}?{_BASE}", re.IGNORECASE)
_PER = re.compile(rf"^\s*(?:[a-z-]+\s){{0,5}}?{_BASE}", re.IGNORECASE)


def find_marks(
    text: str, vocabulary: Vocabulary, areas: re.Pattern[str], near: Period | None = None
) -> list[Mark]:
    """Find all marks of a sentence, in order; where two overlap, the first kind listed wins.

    `near` is the period that the text before speaks of: a period without a year is in its year.
    """
    taken: list[tuple[int, int]] = []
    found: list[Mark] = []

    def take(mark: Mark) -> None:
        if all(mark.end <= start or mark.start >= end for start, end in taken):
            taken.append((mark.start, mark.end))
            found.append(mark)

    for match in SAME_MONTHS.finditer(text):
        take(same_months_of(match, text, near) or Word(*match.span(), match[0], words.BEFORE))
    for match in vocabulary.before.finditer(text):
        take(Word(*match.span(), match[0], words.BEFORE))
    # the year of "at the same point of 2016/17" is not that of "quarter one" before it
    elsewhere = SAME_MONTHS.sub(lambda match: " " * len(match[0]), text)
    for period in periods_in(elsewhere, near):
        take(period)
    for share in _shares_in_words(text, vocabulary):
        take(share)
    taken += [match.span() for match in _ONE_IN.finditer(text)]
    taken += [match.span() for match in _NOT_A_FIGURE.finditer(text)]
    taken += [match.span("among") for match in _AMONG.finditer(text)]
    for number in _with_the_base_of_another(list(_numbers(text, vocabulary)), text):
        take(number)
    titles = [match.span() for match in _TITLE.finditer(text)]
    for match in vocabulary.indicator.finditer(text):
        if _is_inside(match, titles):
            continue
        key = words.phrase_key(match[0])
        indicator = vocabulary.indicators.get(key) or vocabulary.indicators.get(key[:-1], "")
        take(Word(*match.span(), match[0], words.INDICATOR, indicator))
    for match in areas.finditer(text):
        take(Word(*match.span(), match[0], words.AREA, match[0]))
    for pattern in (_THE_SAME_THING, _OR_FEWER):
        taken += [match.span() for match in pattern.finditer(text)]
    for pattern, mark in (
        (vocabulary.same, words.SAME),
        (vocabulary.up, words.UP),
        (vocabulary.down, words.DOWN),
    ):
        for match in pattern.finditer(text):
            if not _is_no_move(text, match) and not _is_inside(match, titles):
                take(Word(*match.span(), match[0], mark))
    return sorted(found, key=lambda mark: mark.start)


def marks_finder(
    vocabulary: Vocabulary, areas: re.Pattern[str]
) -> Callable[[str, Period | None], tuple[Mark, ...]]:
    """Return a `find_marks` that remembers the texts that it read last.

    A sentence is read as a whole and again by its clauses, of which it often has just one, and an
    item of a list with each other item: a draft asks of most texts twice or more.
    """

    @lru_cache(maxsize=256)
    def found(text: str, near: Period | None) -> tuple[Mark, ...]:
        return tuple(find_marks(text, vocabulary, areas, near))

    return found


def _is_inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() and match.end() <= end for start, end in spans)


# "the Business Crime Reduction Partnership": a name, in which nothing is counted and nothing falls
_TITLE = re.compile(
    r"\b(?:[A-Z][\w&'-]*\s(?:(?:and|of|for|the|on|to|&)\s)*){1,6}(?:Partnership|Board|Team|Unit|Alliance|"
    r"Group|Panel|Committee|Strategy|Plan|Trust|Act|Programme|Fund|Officers?|Coordinator|Network|Forum|"
    r"Charter|Scheme|Project|Initiative|Task\s?[Ff]orce|Commission(?:er)?|Bill|Service|Manager|Framework|Orders?|"
    r"Week|Campaign)\b"
)

# "the same victim", "over the same interval" say nothing of a figure.
_THE_SAME_THING = re.compile(
    r"\bthe\ssame(?=\s(?!as\b|at\b|in\b|on\b|for\b|over\b|this\b|since\b|throughout\b|between\b|"
    r"across\b|and\b|but\b|with\b|(?:\w+\s)?(?:levels?|numbers?|figures?|rates?|totals?|volumes?)\b)[a-z])",
    re.IGNORECASE,
)
# "608 or fewer" says nothing moved
_OR_FEWER = re.compile(
    r"\bor\s(?:fewer|more|less|higher|lower|above|below|under|over)\b", re.IGNORECASE
)
_MORE_THAN = re.compile(
    rf"\s+than\s+(?:[£\d]|(?:one|an?|half|{'|'.join(SMALL)})\b|(?:doubl|halv|trebl|tripl|quadrupl))",
    re.IGNORECASE,
)
_AFTER_A_NUMBER = re.compile(
    r"(?:\d|%|\bcent|\bpoints?|" + "|".join(SMALL) + r")(?:\s\w+){0,3}\s$", re.I
)
_INTENT = re.compile(
    r"\b(?<!continued )(?<!continues )(?<!continuing )(?<!continue )(?<!began )(?<!begun )"
    r"(?<!started )"
    r"(?:to|will|would|could|may|might|should|can|must|help|helps)\s(?:\w+ly\s)?$",
    re.IGNORECASE,
)
# "made up 28% of": the word belongs to the verb.
_WITH_UP = re.compile(
    r"\b(?:ma[dk]e|makes|making|set|sets|sign|signed|follow|followed|clear|cleared|back|backed|keep|kept|"
    r"open|opened|speed|sped|team|teamed|grow|grown|add|adds|added|end|ended|sum|sums|summed)\s$",
    re.IGNORECASE,
)
# "55% of them fell in the first quarter": they happened then.
_FELL_IN = re.compile(
    r"(?:fell|fall|falls)\s(?:under|into|outside)\b|"
    r"(?:fell|fall|falls)\s(?:in|on|within|during)\s(?:the\s)?(?:first|second|third|fourth|last|summer|winter|"
    r"autumn|spring|(?:two|three|four|six|nine|\d{1,2})\s(?:months|weeks|days)|school|weekends?|evenings?|nights?|hours|category|categories|[A-Z][a-z]+days?)\b"
)
# "over 80% above the low of 23,945", "still above its starting point": a level, not a move.
_OF_A_LEVEL = re.compile(
    r"(?:above|below|higher\sthan|lower\sthan)\s(?:the|its|their)\s(?:\w+\s)?"
    r"(?:starting|upper|lower|low|high|peak|trough|record|opening|start)\b",
    re.IGNORECASE,
)
_THE = re.compile(r"\b(?:the|these|those|this|that|any|its|their)\s$", re.IGNORECASE)
_TIMES_ANOTHER = re.compile(
    r"\s(?:was|is|were)\s(?:[a-z]+\s){0,2}(?:twice|double|half|(?:two|three|four|five|six)\stimes)\b",
    re.IGNORECASE,
)
_BASE_FORM = re.compile(
    r"(?:reduce|increase|decrease|fall|rise|drop|grow|cut|decline|lower|climb|shrink|lessen|jump|"
    r"worsen|contract|gain|go\s(?:up|down)|come\sdown)",
    re.IGNORECASE,
)


# "1,345 of the offences fell between April and September": they happened then
_OF_THEM = re.compile(r"\bof\s(?:the|these|those|them|which)(?:\s\w+){0,2}\s$", re.IGNORECASE)
_FELL_BETWEEN = re.compile(r"(?:fell|fall|falls)\s(?:between|from|in|on|within)\s")


def _is_no_move(text: str, match: re.Match[str]) -> bool:
    """Whether a word of change loosens a number ("more than 500") or is an aim ("to reduce")."""
    before = text[: match.start()]
    if _OF_THEM.search(before) and _FELL_BETWEEN.match(text[match.start() :]):
        return True
    if _FELL_IN.match(text[match.start() :]):
        return True
    if match[0].casefold().startswith("up") and _WITH_UP.search(before):
        return True
    if match[0].casefold() == "upwards" and text.startswith(" of", match.end()):
        return True  # "upwards of 55,000 students"
    if match[0].casefold() in ("extra", "additional") and _THE.search(before):
        return True  # "1.6% of these extra tests"
    if _TIMES_ANOTHER.match(text[match.end() :]):
        return True  # "the first quarter's growth was three times the second's"
    if _OF_A_LEVEL.match(text[match.start() :]) or text[match.end() :].startswith("-in"):
        return True
    loosens = match[0].casefold() in ("more", "fewer", "less")
    is_bound = match[0].casefold() in ("above", "below") and re.match(
        r"\s[£\d]", text[match.end() :]
    )
    if is_bound and not _AFTER_A_NUMBER.search(before):
        return True  # "the only force above 1,000"
    if loosens and before.casefold().endswith(("changed ", "moved ", "varied ")):
        return True
    if loosens and _MORE_THAN.match(text[match.end() :]):
        # "three towns and more than sixty parishes"
        return before.endswith("and ") or not _AFTER_A_NUMBER.search(before)
    return bool(_BASE_FORM.fullmatch(match[0]) and _INTENT.search(before))


def outline(text: str, marks: list[Mark]) -> tuple[str, list[int]]:
    """Write a sentence with one character for each mark; beside it, where each mark stands."""
    parts: list[str] = []
    places: list[int] = []
    begin = length = 0
    for mark in marks:
        between = text[begin : mark.start].lower()
        parts.append(between)
        length += len(between)
        places.append(length)
        parts.append(sign_of(mark))
        length += 1
        begin = mark.end
    parts.append(text[begin:].lower())
    return "".join(parts), places


def sign_of(mark: Mark) -> str:
    """Give the character by which an outline shows a mark."""
    if isinstance(mark, Number):
        return _UNITS[mark.unit]
    return words.PERIOD if isinstance(mark, Period) else mark.mark


@lru_cache(maxsize=256)  # five judges ask of the same sentence
def find_fractions(text: str) -> tuple[Fraction, ...]:
    """Find parts in words: a third, three quarters, half."""
    found = []
    for match in _FRACTION.finditer(text):
        many = SMALL.get(match["many"].lower(), 1)
        if _BETWEEN.search(text[: match.start()]):
            continue  # "between a quarter and a third"
        value = 100 * many / _PARTS[match["part"].lower()]
        if value < 100:
            found.append(Fraction(*match.span(), match[0], value))
    if not found:
        found = [Fraction(*match.span(), match[0], 50.0) for match in _HALF.finditer(text)]
    return tuple(found)


_SO_MANY_OF = re.compile(
    r"^\sof\s(?:[\w-]+\s){1,26}\([\d,]+\s(?:out\s)?of\s(?:the\s)?[\d,]+(?:\s[\w-]+){0,3}\)", re.I
)


def _shares_in_words(text: str, vocabulary: Vocabulary) -> Iterator[Number]:
    """Read "one in five", and a fraction alone in brackets, as per cent."""
    for match in _ONE_IN.finditer(text):
        many = SMALL.get(match["one"].lower()) or (1 if match["one"] in "One1one" else 0)
        many = many or int(match["one"])
        if match["one"].isdigit() and re.match(r"\d\s(?!in\b|out\b)", match[0]):
            continue  # "Category 1 hazards in 58"
        whole = SMALL.get(match["whole"].lower()) or int(match["whole"])
        again = re.match(r"\s\((?P<exact>\d+(?:\.\d+)?)\s?(?:%|per)", text[match.end() :])
        if again is not None and abs(float(again["exact"]) - 100 * many / whole) < 1:
            continue  # "one in 14 (6.7%)" is said once more, more exactly
        if whole <= many:
            continue
        step = 100 * many / whole - 100 * many / (whole + 1)
        hedge = _hedge(text[: match.start()], vocabulary)
        yield Number(*match.span(), match[0], 100 * many / whole, "per cent", step / 2, hedge)
    for part in find_fractions(text):
        if _SO_MANY_OF.match(text[part.end :]):
            yield Number(part.start, part.end, part.text, part.value, "per cent", 2.0,
                         _hedge(text[: part.start], vocabulary) or "about")  # fmt: skip
            continue
        before = re.search(r"\((?:[a-z]+\s){0,2}$", text[: part.start], re.IGNORECASE)
        if before and text[part.end :].startswith(")"):
            yield Number(part.start, part.end, part.text, part.value, "per cent", 2.0,
                         _hedge(text[: part.start], vocabulary))  # fmt: skip


_LONGEST_HEDGE = 80


def _numbers(text: str, vocabulary: Vocabulary) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        before = text[: match.start()]
        if _BEFORE_A_PART.search(before[-2:]):
            continue
        digits = match["digits"].replace(",", "")
        value = float(digits)
        decimals = len(digits.partition(".")[2])
        step = 10.0**-decimals
        scale = (match["scale"] or "").strip().lower()
        factor = {
            "billion": 1e9,
            "bn": 1e9,
            "million": 1e6,
            "m": 1e6,
            "k": 1e3,
            "thousand": 1e3,
        }.get(scale, 1.0)
        if scale in ("m", "k") and not match["pound"]:
            continue
        if match["sign"] and match["sign"] != "+":
            value = -value
        end = match.end()
        unit = _unit(match["unit"], bool(match["pound"]))
        base = None
        per = (_PER if step >= 1 else _PER_FURTHER).match(text[end:]) if unit == "count" else None
        if per is not None:
            unit = "rate"
            base = 1000 if per["base"] == "thousand" else int(per["base"].replace(",", ""))
        if (
            unit == "points"
            and not re.search(r"percent|per\s?cent|pp", match["unit"], re.I)
            and (decimals == 0 and value > 50)
        ):
            unit = "count"
        yield Number(
            match.start(), end, match[0], value * factor, unit, step * factor,
            _hedge(before, vocabulary), base,
        )  # fmt: skip
    for match in LONG_NUMBER.finditer(text):
        if _OF_TIME.match(text[match.end() :]) or re.search(
            r"\b(?:per|every)\s$", text[: match.start()]
        ):
            continue
        yield Number(
            *match.span(), match[0], float(value_of(match[0])), _unit(match["unit"], False), 1.0,
            _hedge(text[: match.start()], vocabulary),
        )  # fmt: skip
    for match in _IN_WORDS.finditer(text):
        unit = _unit(match["unit"], False)
        yield Number(
            *match.span(), match[0], float(SMALL[match["word"].lower()]), unit, 1.0,
            _hedge(text[: match.start()], vocabulary),
        )  # fmt: skip


def _with_the_base_of_another(found: list[Number], text: str) -> list[Number]:
    """Read "65.7 per 1,000 residents in 2015/16, 69.1 in 2016/17" as two rates."""
    bases = {one.base for one in found if one.unit == "rate"}
    if len(bases) != 1:
        return found
    [base] = bases
    return [
        replace(one, unit="rate", base=base)
        if one.unit == "count" and one.step < 1 and _ENDS_A_RATE.match(text[one.end :])
        else one
        for one in found
    ]


def _unit(written: str | None, is_pounds: bool) -> Unit:
    if is_pounds:
        return "pounds"
    if not written:
        return "count"
    return "points" if re.search(r"point|pp", written, re.IGNORECASE) else "per cent"


def _hedge(before: str, vocabulary: Vocabulary) -> str:
    words_before = before[-_LONGEST_HEDGE:]
    return next(
        (name for name, pattern in vocabulary.hedges.items() if pattern.search(words_before)), ""
    )
