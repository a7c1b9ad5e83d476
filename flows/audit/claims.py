"""Puts the marks of a sentence together to what it claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from flows.audit import vocabulary as words
from flows.audit.context import Context
from flows.audit.draft import Sentence
from flows.audit.marks import (
    HEDGED,
    Mark,
    Number,
    Period,
    Word,
    find_fractions,
    find_marks,
    outline,
)
from flows.audit.ranks import NUMBER_WORDS, PLACE, Rank, find_ranks, place_of
from flows.audit.vocabulary import DOWN, UP, Multiple, Vocabulary

# Offences alone, where no kind of them has been named, are all of them.
_OFFENCES = re.compile(
    r"\d\s+(?:recorded\s+)?(?:offences|crimes)\b|\b(?:overall|total)\b|"
    r"\b(?:numbers?|volumes?|levels?|rates?|more|fewer|extra|additional|less)\s(?:of\s)?(?:recorded\s)?"
    r"(?:crimes?|offences)\b(?!\s(?:types?|categor|prevention))|"
    r"(?:^|\b(?:with|that|and|but|while|as|saw|recorded)\s)crime\s(?:[+\N{MINUS SIGN}-]?\d|up\b|"
    r"down\b|levels\b|stood\b)|"
    r"\bcrime\s+(?:in|rose|fell|was|were|is|has|had|increased|decreased|went|across)\b",
    re.I,
)
_CLAUSE = re.compile(
    r";\s|,?\s(?:while|whilst|whereas|but|although|though)\s|,\s(?=(?:it|they)\s)|"
    r",\s(?=as\s(?:was|were|did|had)\s)|\s(?:and|&)\s(?=(?:up|down)\s(?:by\s)?\d)|"
    r",\s(?=(?:up|down)\s[\d.]+%\s(?:in|for)\s)|,?\s(?:along|together)\swith\s(?=\d)",
    re.IGNORECASE,
)
# What would have been is no figure: "Had it grown as fast, Leeds would have seen 9,500".
_CONDITIONAL = re.compile(
    r"^had\b.*,.*\bwould\b|\bwould\shave\b|^(?:if|were)\b.*\bwould\b", re.IGNORECASE
)
_SUBORDINATE = re.compile(r"^(?:while|whilst|although|though|despite)\b", re.IGNORECASE)
_NOT = re.compile(
    r"(?:\b(?:not(?!\sonly)|no|none|never|nor|without|neither|contrary|hardly|few)\b|n't\b)",
    re.IGNORECASE,
)
_NARROWED = re.compile(
    r"^\s(?:of|involving|against|among|amongst)\s(?!the\s(?:force|police|area|borough|county|\d+|two|three|four|"
    r"five|six|seven|eight|nine|ten|[a-z]+\s(?:districts|partnerships|boroughs|areas))\b|(?:a|an|any|all|"
    r"about|around|some|over|just|nearly|almost|more|less|one|two|three|the\s(?:same|previous))\b)[a-z]"
)


@dataclass(slots=True)
class Comparison:
    """A figure, the one it is compared with, and what is said of the difference."""

    text: str
    context: Context
    current: Number | None = None
    previous: Number | None = None
    change: Number | None = None
    percent: Number | None = None
    points: Number | None = None
    direction: str = ""
    degree: str = ""
    multiple: Multiple | None = None
    multiple_text: str = ""
    previous_period: Period | None = None
    previous_area: str = ""
    is_at_its_indicator: bool = False
    is_listed: bool = False

    @property
    def numbers(self) -> list[Number]:
        """The numbers of the claim, in the order of the sentence."""
        found = (self.current, self.previous, self.change, self.percent, self.points)
        return sorted((one for one in found if one is not None), key=lambda one: one.start)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, said to be so many per cent. `whole` may follow from the text before."""

    text: str
    context: Context
    part: Number
    share: Number
    wholes: tuple[Number, ...]
    is_of_year_before: bool = False
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """Parts that are said to sum to a total."""

    text: str
    context: Context
    parts: tuple[Number, ...]
    total: Number


@dataclass(frozen=True, slots=True)
class Run:
    """So many years in a row."""

    text: str
    context: Context
    years: int
    direction: str


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a whole sentence names: a figure of one clause may belong to a name of another."""

    areas: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    numbers: tuple[Number, ...] = ()
    looks_back: bool = False
    may_be_all_crime: bool = False


@dataclass(slots=True)
class Claims:
    """Everything that one sentence claims."""

    sentence: Sentence
    mentioned: Mentioned = field(default_factory=Mentioned)
    comparisons: list[Comparison] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    ranks: list[Rank] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    figures: list[tuple[Context, Number]] = field(default_factory=list)
    clauses: list[tuple[str, Context]] = field(default_factory=list)
    is_conditional: bool = False
    names: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def named_in(self, clause: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the areas and the indicators that a clause names itself."""
        return self.names[clause]


_RUN = re.compile(
    rf"(?:for\s+the\s+)?{PLACE}\s+(?:consecutive\s+|successive\s+)?year\s+(?:running|in\s+a\s+row)"
    rf"|{PLACE.replace('place', 'second')}\s+(?:consecutive|successive)\s+year"
    r"|(?P<count>two|three|four|five|\d)\s+years\s+(?:running|in\s+a\s+row)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    rf"(?P<parts>[{words.COUNT}{words.POUNDS}](?:[^;{words.PER_CENT}{words.POINTS}]{{0,60}}?"
    rf"[{words.COUNT}{words.POUNDS}]){{1,15}})[^;]{{0,40}}?"
    rf"(?:total(?:l?ing|s|led)?(?:\s+of)?|in total|sum(?:s|ming)?\s+to|add(?:s|ed|ing)?\s+up\s+to|"
    rf"comes?\s+to|came\s+to|amount(?:s|ed|ing)?\s+to|br(?:ing|ings|ought|inging)\s+[^;{words.VALUES}]{{0,30}}?\sto|made\s+up\s+(?:a|the)\s+total\s+of|altogether|giving(?:\s+a\s+total\s+of)?|making(?:\s+a\s+total\s+of)?)\s+[^;{words.VALUES}]"
    rf"{{0,20}}?(?P<total>[{words.COUNT}{words.POUNDS}])"
)
_IN_TOTAL = re.compile(
    rf"(?P<parts>[{words.COUNT}{words.POUNDS}](?:[^;{words.PER_CENT}{words.POINTS}]{{0,60}}?"
    rf"[{words.COUNT}{words.POUNDS}]){{1,15}})[^;{words.VALUES}]{{1,30}}?"
    rf"(?P<total>[{words.COUNT}{words.POUNDS}])(?: \w+)? (?:in total|altogether|in all)"
)
_PART_OF = re.compile(
    rf"(?P<part>[{words.COUNT}])[^;{words.VALUES}]{{0,40}}?(?:out of|of)(?: the| all)? "
    rf"[^;{words.VALUES}]{{0,20}}?(?P<whole>[{words.COUNT}])[^;){words.VALUES}]{{0,40}}?"
    rf"(?P<share>{words.PER_CENT})"
)
_PLUS = re.compile(
    rf"(?P<parts>[{words.COUNT}{words.POUNDS}](?:[^;{words.VALUES}]{{0,40}}?\+[^;{words.VALUES}]{{0,40}}?"
    rf"[{words.COUNT}{words.POUNDS}]){{1,8}})[^;{words.VALUES}]{{0,20}}?=\s?"
    rf"(?P<total>[{words.COUNT}{words.POUNDS}])"
)
_OF_TOTAL = re.compile(
    rf"(?P<total>[{words.COUNT}{words.POUNDS}])[^;{words.VALUES}]{{0,30}}?(?:made up of|comprising|"
    rf"comprises|comprised|consist(?:s|ed|ing) of|split into|divided into)[^;{words.VALUES}]{{0,40}}?"  # noqa: E501
    rf"(?P<parts>[{words.COUNT}{words.POUNDS}](?:[^;{words.PER_CENT}{words.POINTS}]{{0,60}}?"
    rf"[{words.COUNT}{words.POUNDS}]){{1,15}})"
)
# "289 robberies in all (Bradford 77, Leeds 131)": the parts stand in the brackets behind it.
_ADDED_UP = re.compile(
    rf"\b(?:add(?:ing|ed)?\s(?:up|together)|summ(?:ing|ed)|combined|taken\stogether|together|in\stotal|"
    rf"in\sall|totalling|total\sof)\b[^;(]{{0,60}}?(?P<total>[{words.COUNT}])[^;({words.VALUES}]{{0,60}}"
    rf"\((?P<parts>{words.AREA}:? [{words.COUNT}]"
    rf"(?:(?:,| and|, and) {words.AREA}:? [{words.COUNT}])+)\)"
)
_REST = re.compile(
    rf"\bof the (?P<total>[{words.COUNT}{words.POUNDS}])[^;{words.VALUES}]{{0,40}}?"
    rf"(?P<parts>[{words.COUNT}{words.POUNDS}][^;{words.VALUES}]{{0,60}}?"
    rf"(?:remaining|other|rest)[^;{words.VALUES}]{{0,20}}?[{words.COUNT}{words.POUNDS}])"
)
_SHARE_THEN_PART = re.compile(
    rf"(?P<share>{words.PER_CENT})[^;,){words.VALUES}]{{0,80}}?[:(] ?(?P<part>[{words.COUNT}]) "
    rf"(?:out )?of (?:the )?(?P<whole>[{words.COUNT}])"
)
_SHARE_OF = re.compile(
    rf"(?P<share>{words.PER_CENT}) \(?(?P<part>[{words.COUNT}]) (?:out )?of (?:the )?"
    rf"(?P<whole>[{words.COUNT}])"
)
_SHARE = re.compile(
    rf"(?P<part>[{words.COUNT}])[^;{words.VALUES}.,]{{0,30}}?\((?P<share>{words.PER_CENT})\)"
)


class Reader:
    """Reads sentences in their order, so that each knows what was spoken of before it."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        areas: Sequence[str],
        default_area: str = "",
        forces: Sequence[str] = (),
    ) -> None:
        listed = "|".join(re.escape(name) for name in sorted(areas, key=len, reverse=True))
        self._vocabulary = vocabulary
        self._areas = re.compile(rf"\b(?:{listed})\b" if listed else r"(?!)")
        self._forces = frozenset(forces)
        self._default = Context(area=default_area)
        self._context = self._default
        self._only_indicator = ""
        self._heading = ""
        self._passage = 0

    def read(self, sentence: Sentence) -> Claims:
        """Find what a sentence claims."""
        claims = Claims(sentence)
        self._enter(sentence)
        if sentence.passage.kind == "heading":
            return claims
        sentence = replace(sentence, text=_arrows_in_words(sentence.text))
        claims.mentioned = self._mentioned(sentence.text)
        claims.is_conditional = _CONDITIONAL.search(sentence.text) is not None
        said = claims.mentioned
        if len(said.periods) == 1 and not said.periods[0].is_vague:
            self._context = replace(self._context, period=said.periods[0])
        if len(set(said.areas)) == 1:
            self._context = replace(self._context, area=said.areas[0])
        self._only_indicator = said.indicators[0] if len(set(said.indicators)) == 1 else ""
        for text in _clauses(sentence.text, self._vocabulary, self._areas):
            self._clause(text, claims)
        return claims

    def _mentioned(self, text: str) -> Mentioned:
        marks = self._marks(text, self._context.period)
        named = [mark for mark in marks if isinstance(mark, Word)]
        indicators = [mark.value for mark in named if mark.mark == words.INDICATOR]
        without_periods = text
        for mark in marks:
            if isinstance(mark, Period):
                before = re.sub(r"\b(?:from|between|since)\s$", "", text[: mark.start])
                without_periods = without_periods.replace(text[len(before) : mark.end], " ")
        return Mentioned(
            areas=tuple(mark.value for mark in named if mark.mark == words.AREA),
            indicators=tuple(indicators),
            may_be_all_crime=_OFFENCES.search(text) is not None,
            periods=tuple(mark for mark in marks if isinstance(mark, Period)),
            numbers=tuple(mark for mark in marks if isinstance(mark, Number)),
            looks_back=any(mark.mark == words.BEFORE for mark in named)
            or self._vocabulary.looks_back.search(without_periods) is not None,
        )

    def _marks(self, text: str, near: Period | None) -> list[Mark]:
        return find_marks(text, self._vocabulary, self._areas, near)

    @property
    def under_heading(self) -> Context:
        """What the heading says that the passage read last stands below."""
        return getattr(self, "_under_heading", self._default)

    def enter(self, sentence: Sentence) -> None:
        """Take note of the heading of a passage that is read by somebody else."""
        self._enter(sentence)

    def only_number(self, cell: str) -> Number | None:
        """Return the number that is the whole of a cell."""
        marks = find_marks(cell, self._vocabulary, re.compile(r"(?!)"))
        one = marks[0] if len(marks) == 1 else None
        if isinstance(one, Number) and one.text.strip() == cell.strip():
            return one
        return None

    def is_name(self, label: str) -> bool:
        """Whether a label names an area or an indicator and hardly anything else."""
        named = [m for m in find_marks(label, self._vocabulary, self._areas) if isinstance(m, Word)]
        named = [m for m in named if m.mark in (words.AREA, words.INDICATOR)]
        return len(named) == 1 and len(named[0].text) >= 0.6 * len(label.strip())

    def _enter(self, sentence: Sentence) -> None:
        passage = sentence.passage
        if passage.kind == "heading" or passage.heading != self._heading:
            self._heading = passage.heading
            self._context = self._said(passage.heading, self._default)
            self._under_heading = self._context
        if passage.number != self._passage:
            self._passage = passage.number
            self._context = getattr(self, "_under_heading", self._default)

    def _said(self, text: str, before: Context) -> Context:
        return replace(self.said(text, before), is_narrower=False)

    def said(self, text: str, before: Context) -> Context:
        """Return what a heading, caption or cell adds to a context."""
        marks = self._marks(text, before.period)
        narrower = before.is_narrower or self._is_narrower(text, marks)
        return replace(_context(marks, before), is_narrower=narrower)

    def _clause(self, text: str, claims: Claims) -> None:
        marks = self._marks(text, self._context.period)
        context = _context(marks, self._context, text)
        if not any(isinstance(mark, Word) and mark.mark == words.INDICATOR for mark in marks):
            if self._only_indicator and not _OFFENCES.search(text):
                context = replace(context, indicator=self._only_indicator)
            elif not context.indicator and _OFFENCES.search(text):
                context = replace(context, indicator="total_recorded_crime")
        self._context = context
        is_narrower = claims.is_conditional or self._is_narrower(text, marks)
        context = replace(context, is_narrower=is_narrower)
        claims.clauses.append((text, context))
        named = [mark for mark in marks if isinstance(mark, Word)]
        claims.names[text] = (
            frozenset(mark.value for mark in named if mark.mark == words.AREA),
            frozenset(mark.value for mark in named if mark.mark == words.INDICATOR),
        )
        drawn, places = outline(text, marks)
        at = dict(zip(places, marks, strict=True))
        used: set[int] = set()
        claims.totals += _totals(text, context, drawn, at, used)
        claims.shares += _shares(text, context, drawn, at, used)
        listed = _listed(text, context, marks, used)
        claims.comparisons += listed
        comparison = self._comparison(text, context, drawn, at, used, marks)
        if comparison is not None:
            if any(share.direction for share in claims.shares):
                comparison.direction = ""
            claims.comparisons.append(comparison)
        claims.comparisons += _counted(text, context, drawn, at, used, marks)
        claims.comparisons += _dated(text, context, used, marks)
        claims.ranks += find_ranks(text, marks, context, self._forces)
        claims.runs += _runs(text, context, marks)
        for mark in marks:
            if isinstance(mark, Number) and mark.start not in used:
                claims.figures.append((_nearest(mark, marks, context), mark))

    def _is_narrower(self, text: str, marks: list[Mark]) -> bool:
        """Whether the clause speaks of a part of an area or of an indicator: a town centre."""
        if self._vocabulary.narrowing.search(text):
            return True
        for mark in marks:
            after = text[mark.end :]
            if isinstance(mark, Word) and mark.mark == words.AREA:
                if self._vocabulary.after_area.match(after):
                    return True
            elif isinstance(mark, Word) and mark.mark == words.INDICATOR:
                if self._vocabulary.after_indicator.match(after) or _NARROWED.match(after):
                    return True
                if self._vocabulary.before_indicator.search(text[: mark.start]):
                    return True
        return False

    def _comparison(
        self,
        text: str,
        context: Context,
        drawn: str,
        at: dict[int, Mark],
        used: set[int],
        marks: list[Mark],
    ) -> Comparison | None:
        roles: dict[str, Number] = {}
        for pattern in self._vocabulary.patterns:
            for match in pattern.finditer(drawn):
                found = {
                    role: mark
                    for role in match.groupdict()
                    if isinstance(mark := at.get(match.start(role)), Number)
                }
                if any(mark.start in used for mark in found.values()):
                    continue
                if any(_is_a_part(text, mark, marks) for mark in found.values()):
                    continue
                known = [
                    role for role, mark in found.items() if role in roles or mark in roles.values()
                ]
                if any(roles.get(role) != found[role] for role in known):
                    continue
                units = {found[role].unit for role in ("current", "previous") if role in found}
                if len(units) > 1:
                    continue
                roles |= found
        directions = [
            mark for mark in marks if isinstance(mark, Word) and mark.mark in words.UP + words.DOWN
        ]
        roles |= _percent_alone(text, marks, roles, used, bool(directions))
        roles |= _signed_change(marks, roles, used)
        roles |= _figure_alone(text, marks, drawn, at, roles, used)
        same = any(isinstance(mark, Word) and mark.mark == words.SAME for mark in marks)
        multiple = next(
            (
                (one, said[0])
                for one in self._vocabulary.multiples
                if (said := one.pattern.search(text))
            ),
            _fraction_of_change(text),
        )
        if not roles and not directions and multiple is None and not same:
            return None
        if not roles and not _names_a_figure(text, marks):
            return None
        stated = roles.get("current")
        if stated is not None and "previous" not in roles and _is_of_year_before(marks):
            roles["previous"] = roles.pop("current")
        first = min(roles.values(), key=lambda mark: mark.start) if roles else None
        comparison = Comparison(
            text,
            _nearest(roles.get("current") or first, marks, context) if first else context,
            direction=_direction(directions, roles, same, text),
            degree=next(
                (
                    name
                    for name, pattern in self._vocabulary.degrees.items()
                    if pattern.search(text)
                ),
                "",
            ),
            multiple=multiple[0] if multiple else None,
            multiple_text=multiple[1] if multiple else "",
        )
        previous = roles.get("previous")
        if previous is not None:
            comparison.previous_period = _own_period(previous, text, marks)
            comparison.previous_area = _own_area(previous, text, marks)
        current = roles.get("current")
        if current is not None:
            comparison.is_at_its_indicator = any(
                isinstance(mark, Word)
                and mark.mark == words.INDICATOR
                and (
                    text[current.end : mark.start] == " "
                    or text[mark.end : current.start] in (": ", " - ")
                )
                for mark in marks
            )
        for role, mark in roles.items():
            setattr(comparison, role, mark)
            used.add(mark.start)
        return comparison


def _arrows_in_words(text: str) -> str:
    text = re.sub(r"[\N{DOWNWARDS ARROW}\N{BLACK DOWN-POINTING TRIANGLE}]\s?(?=\d)", "down ", text)
    return re.sub(r"[\N{UPWARDS ARROW}\N{BLACK UP-POINTING TRIANGLE}]\s?(?=\d)", "up ", text)


def _clauses(text: str, vocabulary: Vocabulary, areas: re.Pattern[str]) -> Iterator[str]:
    """Split a sentence where another subject begins; `Although A, B` at B where it is named."""
    subordinate = _SUBORDINATE.match(text)
    if subordinate is not None:
        for comma in re.finditer(r",\s(?:the\s)?", text):
            rest = text[comma.end() :]
            if vocabulary.indicator.match(rest) or areas.match(rest):
                yield from _clauses(
                    text[subordinate.end() : comma.start()].strip(), vocabulary, areas
                )
                yield from _clauses(rest, vocabulary, areas)
                return
    begin = 0
    for match in _CLAUSE.finditer(text):
        yield text[begin : match.start()]
        begin = match.end()
    yield text[begin:]


# "Kirklees had the lowest rate in West Yorkshire": the second area says among whom.
_RANKED_IN = re.compile(
    r"\b(?:lowest|highest|best|worst|smallest|largest|biggest|greatest|most|fewest|least)\s(?:[\w-]+\s){1,4}"
    r"(?:in|of|across|within)\s(?:the\s)?$",
    re.IGNORECASE,
)


def _context(marks: list[Mark], before: Context, text: str = "") -> Context:
    places = [m for m in marks if isinstance(m, Word) and m.mark == words.AREA]
    circles = [m for m in places[1:] if text and _RANKED_IN.search(text[: m.start])]
    places = [m for m in places if m not in circles]
    first = next((m.start for m in marks if isinstance(m, Number)), None)
    # the area that stands last before the first figure is the one that the figure is of
    areas = [m.value for m in places if first is not None and m.start < first][-1:]
    areas += [m.value for m in places]
    indicators = [m.value for m in marks if isinstance(m, Word) and m.mark == words.INDICATOR]
    periods = [mark for mark in marks if isinstance(mark, Period)]
    period = max(periods, key=lambda one: one.last) if periods else before.period
    return Context(
        areas[0] if areas else before.area,
        indicators[0] if indicators else before.indicator,
        None if period is not None and period.is_vague else period,
    )


def _nearest(number: Number | None, marks: list[Mark], context: Context) -> Context:
    """Give a number the indicator that stands nearest after it, else nearest before it."""
    if number is None:
        return context
    indicators = [m for m in marks if isinstance(m, Word) and m.mark == words.INDICATOR]
    numbers = [m.start for m in marks if isinstance(m, Number) and m.start > number.start]
    until = min(numbers, default=10**6)
    after = [m for m in indicators if 0 <= m.start - number.end <= 25 and m.start < until]
    before = [m for m in indicators if m.end <= number.start]
    chosen = after[0] if after else _subject(before)
    indicator = chosen.value if chosen is not None else context.indicator
    return replace(context, indicator=indicator)


def _subject(before: list[Word]) -> Word | None:
    """Choose the last indicator named; of "calls about anti-social behaviour" the calls."""
    chosen = before[-1] if before else None
    for earlier in reversed(before[:-1]):
        if chosen is None or chosen.start - earlier.end > 15:
            break
        chosen = earlier
    return chosen


def _listed(text: str, context: Context, marks: list[Mark], used: set[int]) -> list[Comparison]:
    """Give each area of a list its figure: "Leeds 544, Bradford 321", "5 in A and 4 in B"."""
    seen = [m for m in marks if isinstance(m, Number) or getattr(m, "mark", "") == words.AREA]
    areas = [m for m in seen if isinstance(m, Word)]
    numbers = [m for m in seen if isinstance(m, Number)]
    indicators = {m.value for m in marks if isinstance(m, Word) and m.mark == words.INDICATOR}
    moves = any(isinstance(m, Word) and m.mark in UP + DOWN for m in marks)
    if len(areas) != len(numbers) or len(areas) < 2 or moves or len(indicators) > 1:
        return []
    if {number.unit for number in numbers} != {"count"} or {n.start for n in numbers} & used:
        return []
    alternate = all(isinstance(one, Word) != bool(at % 2) for at, one in enumerate(seen))
    in_order = all(isinstance(one, Word) for one in seen[: len(areas)])
    inside = all(
        re.fullmatch(r"\s(?:in|for)\s(?:the\s)?", text[number.end : area.start], re.IGNORECASE)
        for number, area in zip(numbers, areas, strict=True)
    )
    if (
        not (alternate and isinstance(seen[0], Word))
        and not inside
        and not (in_order and re.search(r"\brespectively\b", text, re.IGNORECASE))
    ):
        return []
    used |= {number.start for number in numbers}
    return [
        Comparison(text, replace(context, area=area.value), current=number, is_listed=True)
        for area, number in zip(areas, numbers, strict=True)
    ]


_COUNTED = re.compile(
    rf"(?P<after>{words.COUNT}) (?:(?:were|are|recorded|reported) )?{words.INDICATOR}|"
    rf"{words.INDICATOR} \((?P<in_brackets>{words.COUNT})\)"
)


def _counted(
    text: str, context: Context, drawn: str, at: dict[int, Mark], used: set[int], marks: list[Mark]
) -> Iterator[Comparison]:
    """Take numbers that stand at an indicator: "312 vehicle crimes and 256 burglaries"."""
    if any(isinstance(mark, Word) and mark.mark in UP + DOWN for mark in marks):
        return
    for match in _COUNTED.finditer(drawn):
        number = at.get(match.start("after" if match["after"] else "in_brackets"))
        if not isinstance(number, Number) or number.start in used:
            continue
        if _is_a_part(text, number, marks):
            continue
        used.add(number.start)
        yield Comparison(text, _nearest(number, marks, context), current=number)


def _dated(text: str, context: Context, used: set[int], marks: list[Mark]) -> Iterator[Comparison]:
    """Take numbers that have a period of their own: "compares with 18,684 in 2016/17"."""
    for number in marks:
        if not isinstance(number, Number) or number.unit != "count" or number.start in used:
            continue
        period = _own_period(number, text, marks)
        if period is None or period.is_vague or _is_a_part(text, number, marks):
            continue
        used.add(number.start)
        about = replace(_nearest(number, marks, context), period=period)
        yield Comparison(text, about, current=number)


def _own_period(number: Number, text: str, marks: list[Mark]) -> Period | None:
    """Give the period that stands at a figure itself: "42 in July 2017", "July 2017: 42"."""
    for mark in marks:
        if isinstance(mark, Period):
            after = text[number.end : mark.start] if mark.start >= number.end else None
            before = text[mark.end : number.start] if mark.end <= number.start else None
            if after is not None and re.fullmatch(
                r"\s(?:in|for|during|over)\s(?:the\s)?|\s\((?:in\s|for\s)?", after
            ):
                return mark
            if before is not None and re.fullmatch(r":?\s", before):
                return mark
    return None


def _is_of_year_before(marks: list[Mark]) -> bool:
    """Whether the only figure of a clause is one of "twelve months earlier"."""
    if any(isinstance(mark, Period) for mark in marks):
        return False
    if sum(isinstance(mark, Number) for mark in marks) != 1:
        return False
    signs = {mark.mark for mark in marks if isinstance(mark, Word)}
    return words.BEFORE in signs and not signs & {words.UP, words.DOWN, words.SAME}


def _names_a_figure(text: str, marks: list[Mark]) -> bool:
    """Whether a clause without numbers says itself what rises or falls."""
    named = any(isinstance(mark, Word) and mark.mark == words.INDICATOR for mark in marks)
    return named or _OFFENCES.search(text) is not None or _IT.match(text.strip()) is not None


_IT = re.compile(
    r"(?:(?:and|but|however,?)\s)?(?:it|this|these|they|that|(?:the|its)\s(?:\w+\s)?(?:figure|number|"
    r"rate|total|level|volume|proportion|grant|trend|rise|fall|increase|decrease|reduction|change)s?)\b",
    re.IGNORECASE,
)
_SOME_OF = re.compile(
    r"^\s(?!short\b)(?:\w+\s){0,2}?of\s(?:the|these|those|them|all|its|their|our|this|that|whom|which)\b(?!\s[\d£])",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"^\s(?:\w+\s){0,3}?(?:an?|per|each|every)\s(?:hour|day|night|week|weekend|month|shift|head|year)\b|"
    r"^\s(?:\w+\s){0,2}?(?:daily|weekly|monthly|annually)\b",
    re.IGNORECASE,
)
_ON_AVERAGE = re.compile(
    r"\b(?:on\saverage|an?\saverage|averag(?:e|es|ed|ing)|mean|median)\b", re.I
)
_AMONG_THEM = re.compile(
    r"\b(?:including|includes?|of\s(?:which|whom|these|those|them)|among\s(?:them|these)|amongst|"
    r"up\sto|target(?:ed)?|limit|maximum|minimum)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)


def _is_a_part(text: str, number: Number, marks: list[Mark]) -> bool:
    """Whether a number is of some of them, of each day or an average, not of the whole."""
    before, after = text[: number.start], text[number.end :]
    named = [mark for mark in marks if isinstance(mark, Word) and mark.mark == words.INDICATOR]
    own = next((mark for mark in named if 0 <= mark.start - number.end <= 12), None)
    if own is not None and own.value != named[0].value:
        return _EACH.match(after) is not None  # "398 cases, of which 89 were repeats"
    if number.unit in ("count", "pounds") and _SOME_OF.match(after):
        return True
    if _EACH.match(after) or _ON_AVERAGE.search(before[-40:]):
        return True
    return number.unit != "per cent" and _AMONG_THEM.search(before) is not None


_OF_SOMETHING = re.compile(
    r"^\s(?:of|were|was|are|is|said|felt|agreed|reported|had|have|who|think|thought|share|chance|likelihood|"
    r"confiden\w+|discount|response|success\w*|complet\w+|attendance|satisf\w+)\b",
    re.IGNORECASE,
)


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
        or _is_a_part(text, one, marks)
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
    if one.unit not in ("count", "pounds") or one.start in used or _is_a_part(text, one, marks):
        return {}
    place = next(place for place, mark in at.items() if mark is one)
    return {"current": one} if words.END.match(drawn[place + 1 :]) else {}


def _own_area(number: Number, text: str, marks: list[Mark]) -> str:
    return next(
        (
            mark.value
            for mark in marks
            if isinstance(mark, Word)
            and mark.mark == words.AREA
            and re.fullmatch(r"\s(?:in|for|across)\s(?:the\s)?", text[number.end : mark.start])
        ),
        "",
    )


_MORE = r"\s(?:more|fewer|less|higher|lower|up|down|increase|rise|reduction|decrease|fall|drop)\b"


def _fraction_of_change(text: str) -> tuple[Multiple, str] | None:
    """Read "by just over a fifth", "a reduction of nearly half", "a third more" as bounds."""
    for part in find_fractions(text):
        before = HEDGED.search(text[: part.start])
        hedge = (before["hedge"] or "").lower() if before else ""
        says_by = bool(before and before["by"])
        if not says_by and not re.match(_MORE, text[part.end :]):
            continue
        value = part.value
        low, high = fraction_bounds(hedge, value)
        return Multiple(re.compile(""), "any", low, high), f"{hedge} {part.text}".strip()
    return None


def fraction_bounds(hedge: str, value: float) -> tuple[float, float]:
    """Return between what a part in words lies, in per cent: "just over a third"."""
    low, high = {
            "just over": (0.99, 1.2), "over": (0.99, 1.4), "more than": (0.99, 1.4),
            "well over": (1.0, 2.0), "just under": (0.8, 1.01), "under": (0.6, 1.01),
            "nearly": (0.8, 1.01), "almost": (0.8, 1.01), "less than": (0.6, 1.01),
            "close to": (0.85, 1.1), "": (0.88, 1.14),
        }.get(hedge, (0.8, 1.2))  # fmt: skip
    return value * low, value * high


def _direction(found: list[Word], roles: dict[str, Number], same: bool, text: str) -> str:
    """Say up, down or same; nothing where the words go both ways or are denied."""
    if any(_NOT.search(text[: word.start]) for word in found):
        return ""
    marks = {word.mark for word in found}
    if marks == {words.UP}:
        return "up"
    if marks == {words.DOWN}:
        return "down"
    return "same" if same and not marks else ""


def _totals(
    text: str, context: Context, drawn: str, at: dict[int, Mark], used: set[int]
) -> Iterator[Total]:
    match = (
        _PLUS.search(drawn)
        or _ADDED_UP.search(drawn)
        or _OF_TOTAL.search(drawn)
        or _REST.search(drawn)
        or _TOTAL.search(drawn)
        or _IN_TOTAL.search(drawn)
    )
    if match is None:
        return
    total = at.get(match.start("total"))
    parts = [
        mark
        for place in range(match.start("parts"), match.end("parts"))
        if isinstance(mark := at.get(place), Number)
    ]
    if isinstance(total, Number) and len(parts) >= 2 and {m.unit for m in parts} == {total.unit}:
        used |= {mark.start for mark in (*parts, total)}
        yield Total(text, context, tuple(parts), total)


def _shares(
    text: str, context: Context, drawn: str, at: dict[int, Mark], used: set[int]
) -> Iterator[Share]:
    for pattern in (_SHARE_OF, _SHARE_THEN_PART, _PART_OF):
        for match in pattern.finditer(drawn):
            part, whole, share = (at.get(match.start(name)) for name in ("part", "whole", "share"))
            if (
                isinstance(part, Number)
                and isinstance(whole, Number)
                and isinstance(share, Number)
                and part.value <= whole.value
                and not {part.start, whole.start, share.start} & used
            ):
                used |= {part.start, whole.start, share.start}
                yield Share(text, context, part, share, (whole,))
    numbers = [mark for mark in at.values() if isinstance(mark, Number) and mark.unit == "count"]
    parts = {at[match.start("part")].start for match in _SHARE.finditer(drawn)}
    for match in _SHARE.finditer(drawn):
        part, share = at.get(match.start("part")), at.get(match.start("share"))
        if not isinstance(part, Number) or not isinstance(share, Number):
            continue
        moves = drawn[max(0, match.start() - 40) : match.end()]
        if {part.start, share.start} & used or re.search(f"[{words.UP}{words.DOWN}]", moves):
            before = drawn[max(0, match.start() - 12) : match.start()]
            if {part.start, share.start} & used or " than " not in before:
                continue
        if share.value > 100:
            continue
        than = " than " in drawn[max(0, match.start() - 12) : match.start()]
        wholes = tuple(
            one
            for one in numbers
            if one.value > part.value
            and one.start not in parts
            # the whole of the year before stands behind its part, or not in the sentence
            and (not than or one.start > part.start)
        )
        if not wholes and not than:
            continue
        used |= {part.start, share.start}
        moved = {UP: "up", DOWN: "down"}
        ways = {moved[sign] for sign in drawn[: match.start()] if sign in moved}
        direction = next(iter(ways)) if than and len(ways) == 1 else ""
        yield Share(text, _nearest_share(part, at, context), part, share, wholes, than, direction)


def _nearest_share(part: Number, at: dict[int, Mark], context: Context) -> Context:
    return _nearest(part, sorted(at.values(), key=lambda mark: mark.start), context)


def _runs(text: str, context: Context, marks: list[Mark]) -> Iterator[Run]:
    match = _RUN.search(text)
    if match is None:
        return
    written = match["count"] or ""
    years = (
        place_of(match["place"] or match["second"])
        or NUMBER_WORDS.get(written.casefold())
        or int(written)
    )
    directions = {m.mark for m in marks if isinstance(m, Word) and m.mark in words.UP + words.DOWN}
    direction = {words.UP: "up", words.DOWN: "down"}.get(next(iter(directions), ""), "")
    if len(directions) <= 1:
        yield Run(text, context, years, direction)
