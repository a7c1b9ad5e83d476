"""What a sentence claims, put together from its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flows.audit.context import Context
from flows.audit.draft import Sentence
from flows.audit.marks import Mark, Number, Unit, ways_of
from flows.audit.periods import Period
from flows.audit.ranks import Rank
from flows.audit.vocabulary import Multiple


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
    other_percents: tuple[Number, ...] = ()
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
    names_year_before: bool = False
    may_be_all_crime: bool = False

    @property
    def names_what_is_counted(self) -> bool:
        """Whether the sentence itself says of what its figures are, and not one before it."""
        return bool(self.indicators) or self.may_be_all_crime

    def of_unit(self, *units: Unit) -> list[Number]:
        """Return the numbers of a unit, or of several, in the order of the sentence."""
        return [one for one in self.numbers if one.unit in units]


@dataclass(slots=True)
class Claims:
    """Everything that one sentence claims.

    `before` is the sentence before it in the same passage; of the first sentence of a list's item,
    the last one of the paragraph that introduces the list.
    """

    sentence: Sentence
    text: str = ""
    marks: Sequence[Mark] = ()
    before: Claims | None = None
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

    @property
    def just_before(self) -> Claims | None:
        """The sentence before it in the same paragraph or item; of notes, the item before."""
        before = self.before
        # "Fly-tipping: 2,987, down from 3,412" above "A reduction of 425"
        is_note = self.sentence.passage.kind == "item" and not self.text.endswith(".")
        is_near = before and (is_note or before.sentence.passage is self.sentence.passage)
        return before if is_near else None

    @property
    def speaks_of_something_else(self) -> bool:
        """Whether a clause has a subject of its own that no table holds."""
        return any(context.is_of_something_else for _, context in self.clauses)

    def direction_between(self, start: int, end: int) -> str:
        """Return the way, "up" or "down", that all words of change from `start` to `end` say."""
        ways = ways_of(mark for mark in self.marks if start <= mark.start < end)
        return ways.pop() if len(ways) == 1 else ""

    def earlier(self) -> Iterator[Mentioned]:
        """Yield what the earlier sentences of the passage name, the nearest first."""
        at = self.before
        while at is not None:
            yield at.mentioned
            at = at.before

    def named_in(self, clause: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the areas and the indicators that a clause names itself."""
        return self.names[clause]
