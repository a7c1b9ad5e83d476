"""Puts the marks of a sentence together to what it claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flows.audit import vocabulary as words
from flows.audit.draft import Sentence
from flows.audit.marks import Mark, Number, Period, Word, find_marks, outline
from flows.audit.vocabulary import DOWN, UP, Multiple, Vocabulary

# Offences alone, where no kind of them has been named, are all of them.
_OFFENCES = re.compile(r"\d\s+(?:recorded\s+)?(?:offences|crimes)\b|\b(?:overall|total)\b", re.I)
_CLAUSE = re.compile(r";\s|,?\s(?:while|whereas|but|although)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause is about, as far as it or the text before it says."""

    area: str = ""
    indicator: str = ""
    period: Period | None = None


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
class Rank:
    """A place among areas: `end` is lowest or highest, `by` rate or change."""

    text: str
    context: Context
    place: int
    of: int | None
    end: str
    by: str
    circle: str
    words: str
    is_one_of: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """So many years in a row."""

    text: str
    context: Context
    years: int
    direction: str


@dataclass(slots=True)
class Claims:
    """Everything that one sentence claims."""

    sentence: Sentence
    comparisons: list[Comparison] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    ranks: list[Rank] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    figures: list[tuple[Context, Number]] = field(default_factory=list)


_ORDINALS = {
    word: place
    for place, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"), 1
    )
}
_PLACE = rf"(?P<place>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})"
_END = r"(?P<end>lowest|highest|best|worst|smallest|largest|biggest)"
_RANKS = (
    re.compile(rf"(?:{_PLACE}\s+)?{_END}\b", re.IGNORECASE),
    re.compile(rf"{_PLACE}\s+(?=(?:out\s+)?of\s+(?:the\s+)?\d{{1,2}}\b)", re.IGNORECASE),
)
_AMONG = re.compile(
    r"^[^.;,]{0,45}?\b(?:out\s+)?of\s+(?:the\s+|its\s+|all\s+)?(?P<of>\d{1,2}|[a-z]+)\b"
)
_NUMBER_WORDS = {"seven": 7, "fifteen": 15, "five": 5, "ten": 10, "twelve": 12, "four": 4, "six": 6}
_RUN = re.compile(
    rf"(?:for\s+the\s+)?{_PLACE}\s+(?:consecutive\s+|successive\s+)?year\s+(?:running|in\s+a\s+row)"
    rf"|{_PLACE.replace('place', 'second')}\s+(?:consecutive|successive)\s+year"
    r"|(?P<count>two|three|four|five|\d)\s+years\s+(?:running|in\s+a\s+row)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    rf"(?P<parts>[{words.COUNT}{words.POUNDS}](?:[^;{words.PER_CENT}{words.POINTS}]{{0,60}}?"
    rf"[{words.COUNT}{words.POUNDS}]){{1,15}})[^;]{{0,40}}?"
    rf"(?:total(?:l?ing|s|led)?(?:\s+of)?|in total|sum(?:s|ming)?\s+to|add(?:s|ing)?\s+up\s+to|"
    rf"altogether|giving(?:\s+a\s+total\s+of)?|making(?:\s+a\s+total\s+of)?)\s+[^;{words.VALUES}]"
    rf"{{0,20}}?(?P<total>[{words.COUNT}{words.POUNDS}])"
)
_IN_TOTAL = re.compile(
    rf"(?P<parts>[{words.COUNT}{words.POUNDS}](?:[^;{words.PER_CENT}{words.POINTS}]{{0,60}}?"
    rf"[{words.COUNT}{words.POUNDS}]){{1,15}})[^;{words.VALUES}]{{1,30}}?"
    rf"(?P<total>[{words.COUNT}{words.POUNDS}])(?: \w+)? (?:in total|altogether|in all)"
)
_PART_OF = re.compile(
    rf"(?P<part>[{words.COUNT}])[^;{words.VALUES}]{{0,40}}?(?:out of|of)(?: the| all)? "
    rf"[^;{words.VALUES}]{{0,20}}?(?P<whole>[{words.COUNT}])[^;{words.VALUES}]{{0,40}}?"
    rf"(?P<share>{words.PER_CENT})"
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

    def __init__(self, vocabulary: Vocabulary, areas: Sequence[str], default_area: str = ""):
        listed = "|".join(re.escape(name) for name in sorted(areas, key=len, reverse=True))
        self._vocabulary = vocabulary
        self._areas = re.compile(rf"\b(?:{listed})\b" if listed else r"(?!)")
        self._default = Context(area=default_area)
        self._context = self._default
        self._heading = ""
        self._passage = 0

    def read(self, sentence: Sentence) -> Claims:
        """Find what a sentence claims."""
        claims = Claims(sentence)
        self._enter(sentence)
        if sentence.passage.kind == "heading":
            return claims
        for text in _clauses(sentence.text):
            self._clause(text, claims)
        return claims

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
        marks = find_marks(text, self._vocabulary, self._areas)
        return _context(marks, before)

    def _clause(self, text: str, claims: Claims) -> None:
        marks = find_marks(text, self._vocabulary, self._areas)
        context = _context(marks, self._context)
        if not context.indicator and _OFFENCES.search(text):
            context = Context(context.area, "total_recorded_crime", context.period)
        self._context = context
        drawn, places = outline(text, marks)
        at = dict(zip(places, marks, strict=True))
        used: set[int] = set()
        claims.totals += _totals(text, context, drawn, at, used)
        claims.shares += _shares(text, context, drawn, at, used)
        comparison = self._comparison(text, context, drawn, at, used, marks)
        if comparison is not None:
            if any(share.direction for share in claims.shares):
                comparison.direction = ""
            claims.comparisons.append(comparison)
        claims.ranks += _ranks(text, context)
        claims.runs += _runs(text, context, marks)
        for mark in marks:
            if isinstance(mark, Number) and mark.start not in used:
                claims.figures.append((_nearest(mark, marks, context), mark))

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
        same = any(isinstance(mark, Word) and mark.mark == words.SAME for mark in marks)
        multiple = next(
            (
                (one, said[0])
                for one in self._vocabulary.multiples
                if (said := one.pattern.search(text))
            ),
            None,
        )
        if not roles and not directions and multiple is None and not same:
            return None
        first = min(roles.values(), key=lambda mark: mark.start) if roles else None
        comparison = Comparison(
            text,
            _nearest(roles.get("current") or first, marks, context) if first else context,
            direction=_direction(directions, roles, same),
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
        for role, mark in roles.items():
            setattr(comparison, role, mark)
            used.add(mark.start)
        return comparison


def _clauses(text: str) -> Iterator[str]:
    begin = 0
    for match in _CLAUSE.finditer(text):
        yield text[begin : match.start()]
        begin = match.end()
    yield text[begin:]


def _context(marks: list[Mark], before: Context) -> Context:
    places = [m for m in marks if isinstance(m, Word) and m.mark == words.AREA]
    first = next((m.start for m in marks if isinstance(m, Number)), None)
    # the area that stands last before the first figure is the one that the figure is of
    areas = [m.value for m in places if first is not None and m.start < first][-1:]
    areas += [m.value for m in places]
    indicators = [m.value for m in marks if isinstance(m, Word) and m.mark == words.INDICATOR]
    periods = [mark for mark in marks if isinstance(mark, Period)]
    return Context(
        areas[0] if areas else before.area,
        indicators[0] if indicators else before.indicator,
        max(periods, key=lambda one: one.last) if periods else before.period,
    )


def _nearest(number: Number | None, marks: list[Mark], context: Context) -> Context:
    """Give a number the indicator that stands nearest after it, else nearest before it."""
    if number is None:
        return context
    indicators = [m for m in marks if isinstance(m, Word) and m.mark == words.INDICATOR]
    after = [m for m in indicators if 0 <= m.start - number.end <= 25]
    before = [m for m in indicators if m.end <= number.start]
    chosen = after[0] if after else _subject(before)
    indicator = chosen.value if chosen is not None else context.indicator
    return Context(context.area, indicator, context.period)


def _subject(before: list[Word]) -> Word | None:
    """Choose the last indicator named; of "calls about anti-social behaviour" the calls."""
    chosen = before[-1] if before else None
    for earlier in reversed(before[:-1]):
        if chosen is None or chosen.start - earlier.end > 15:
            break
        chosen = earlier
    return chosen


def _direction(found: list[Word], roles: dict[str, Number], same: bool) -> str:
    """Say up, down or same; nothing where the words go both ways."""
    marks = {word.mark for word in found}
    if marks == {words.UP}:
        return "up"
    if marks == {words.DOWN}:
        return "down"
    return "same" if same and not marks else ""


def _totals(
    text: str, context: Context, drawn: str, at: dict[int, Mark], used: set[int]
) -> Iterator[Total]:
    match = _TOTAL.search(drawn) or _IN_TOTAL.search(drawn)
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
    for pattern in (_PART_OF, _SHARE_OF):
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


def _ranks(text: str, context: Context) -> Iterator[Rank]:
    for pattern in _RANKS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            after = text[match.end() : match.end() + 90].casefold()
            before = text[max(0, match.start() - 60) : match.start()].casefold()
            among = _AMONG.match(after)
            of = among["of"] if among else ""
            count = int(of) if of.isdigit() else _NUMBER_WORDS.get(of)
            circle = _circle(after) or _circle(before)
            if not circle and count is None:
                continue
            yield Rank(
                text,
                context,
                _place(parts.get("place")) or 1,
                count,
                (parts.get("end") or "").casefold(),
                "change" if _CHANGE_RANKED.search(after) else "rate",
                circle,
                match[0].strip(),
                bool(re.search(r"\b(?:one of|among) (?:the )?$", before)),
            )
            return


_CHANGE_RANKED = re.compile(r"^\s*(?:\w+\s){0,3}?(?:increase|rise|reduction|decrease|fall|change)")


def _circle(around: str) -> str:
    if re.search(r"famil|most similar|msf|msg|peer", around):
        return "family"
    return "force" if re.search(r"\bforce|west midlands|county|partnerships", around) else ""


def _place(written: str | None) -> int:
    if not written:
        return 0
    return _ORDINALS.get(written.casefold()) or int(re.sub(r"\D", "", written))


def _runs(text: str, context: Context, marks: list[Mark]) -> Iterator[Run]:
    match = _RUN.search(text)
    if match is None:
        return
    written = match["count"] or ""
    years = (
        _place(match["place"] or match["second"])
        or _NUMBER_WORDS.get(written.casefold())
        or {"two": 2, "three": 3}.get(written.casefold())
        or int(written)
    )
    directions = {m.mark for m in marks if isinstance(m, Word) and m.mark in words.UP + words.DOWN}
    direction = {words.UP: "up", words.DOWN: "down"}.get(next(iter(directions), ""), "")
    if len(directions) <= 1:
        yield Run(text, context, years, direction)
