"""Which month boundaries of a sensitive series may be published, and which may never be.

A count over a period is a difference of two cumulative counts, one at each end of the period. So a
series gives away exactly the differences between the boundaries that published periods begin and
end at. Boundaries are opened so that the count between neighbours is always 0 or at least the
threshold: every sum of such pieces is so too, and no subtraction of published periods, in any
number, isolates a small count. What lies between two open boundaries is known only as a sum.

A boundary that was opened once has been published and is never forgotten. The states of the series
(the extracts, in the order in which they came) are therefore gone through one after the other, as
the runs did, and a boundary is opened between two others only if both parts are safe in every
state since the longer stretch could be known. A later run thereby never splits what an earlier
one had to keep whole. Where a revision makes a published piece small, that piece is cut out: no
period that contains it is published any more.

What public sources say of the same count is known to everybody. The boundaries at which their
figures begin and end are therefore known like opened ones: a month is opened only if what lies
between it and the nearest of them is safe too. Home Office open data gives every partnership's
quarters by offence code, whether or not it has been landed here, so the ends of quarters of such
counts are always known. In return a small piece that a public source says itself, with the same
count, needs no protection.

Nothing here knows DuckDB. Months are running numbers (year x 12 + month); the boundary of a month
is its end, so that a month n lies between the boundaries n - 1 and n.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Stretch(NamedTuple):
    """A count over the months after boundary `start` up to boundary `end`; None: not known."""

    start: int
    end: int
    value: float | None


class State(NamedTuple):
    """All that one source said about the series, as at one extract."""

    source: str
    stretches: tuple[Stretch, ...]
    is_public: bool = False


@dataclass(frozen=True)
class Openness:
    """What may be published of a series.

    `is_whole` series are published in full or not at all (`is_withheld`); of the others a period is
    published where both its ends are in `boundaries` and no end of a cut piece lies inside it. Ends
    before the first boundary count as the first one: nothing is known before it.
    """

    is_withheld: bool = False
    is_whole: bool = False
    boundaries: tuple[int, ...] = ()
    cuts: tuple[int, ...] = ()

    def shows(self, start: int, end: int) -> bool:
        """Whether the count between two boundaries may be published."""
        if self.is_whole:
            return not self.is_withheld
        first = self.boundaries[0]
        start, end = max(start, first), max(end, first)
        if start not in self.boundaries or end not in self.boundaries:
            return False
        return not any(start < cut <= end for cut in self.cuts)


def is_safe(count: float, threshold: int) -> bool:
    """Whether a count may be shown: nothing, or the threshold and more."""
    return count == 0 or count >= threshold


def openness(
    states: Sequence[State], threshold: int, has_public_quarters: bool = False
) -> Openness:
    """Go through the states in their order and say what may be published after the last.

    `has_public_quarters`: everybody can look up the count of each quarter.
    """
    reduced = [() if state.is_public else _disjoint(state.stretches) for state in states]
    if any(stretches is None for stretches in reduced):
        return _in_full_or_not_at_all(states, threshold)
    series = _Series(threshold, _Public(has_public_quarters))
    for state, stretches in zip(states, reduced, strict=True):
        if state.is_public:
            series.public.learn(state.stretches)
        else:
            series.learn(state.source, _Cumulative(stretches or ()))
    return Openness(boundaries=tuple(series.shown()), cuts=tuple(series.cuts()))


def _disjoint(stretches: Iterable[Stretch]) -> tuple[Stretch, ...] | None:
    """Drop stretches that shorter ones add up to; None where what is left overlaps."""
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (s.end - s.start, s.start)):
        if stretch.value is None:
            return None
        inside = sorted(k for k in kept if k.start < stretch.end and k.end > stretch.start)
        if not inside:
            kept.append(stretch)
            continue
        edges = [stretch.start, *(k.end for k in inside)]
        tiles = all(k.start == edge for k, edge in zip(inside, edges, strict=False))
        if not tiles or edges[-1] != stretch.end:
            return None
        # Months or quarters that cover a period are what is shown of it, whatever else was stated.
        is_replaced = all(k.end - k.start == 1 for k in inside) or all(
            k.end - k.start == 3 for k in inside
        )
        if not is_replaced and sum(k.value or 0 for k in inside) != stretch.value:
            return None
    return tuple(sorted(kept))


class _Cumulative:
    """Counts up to each boundary of one state; before and after it nothing is added."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.start = stretches[0].start if stretches else None
        self.ends = [stretch.end for stretch in stretches]
        self.sums = [0.0]
        for stretch in stretches:
            self.sums.append(self.sums[-1] + (stretch.value or 0.0))

    def at(self, boundary: int) -> float:
        return self.sums[bisect_right(self.ends, boundary)]

    def between(self, start: int, end: int) -> float:
        return self.at(end) - self.at(start)


@dataclass
class _Public:
    """What everybody knows of the series: figures of public sources, in every version."""

    has_quarters: bool
    linked: list[dict[int, float]] = field(default_factory=list)
    ends: set[int] = field(default_factory=set)

    def learn(self, stretches: Sequence[Stretch]) -> None:
        told = [stretch for stretch in stretches if stretch.value is not None]
        self.linked += _components(told)
        self.ends |= {end for stretch in told for end in (stretch.start, stretch.end)}

    @property
    def is_empty(self) -> bool:
        return not self.has_quarters and not self.ends

    def knows(self, boundary: int) -> bool:
        return boundary in self.ends or (self.has_quarters and boundary % 3 == 0)

    def says(self, start: int, end: int, count: float) -> bool:
        """Whether a public source gives this count between these boundaries."""
        return any(
            start in group and end in group and group[end] - group[start] == count
            for group in self.linked
        )

    def around(self, boundary: int) -> tuple[int | None, int | None]:
        """Return the nearest known boundaries before and after one."""
        before = [end for end in self.ends if end < boundary]
        after = [end for end in self.ends if end > boundary]
        if self.has_quarters:
            before.append((boundary - 1) // 3 * 3)
            after.append((boundary // 3 + 1) * 3)
        return max(before, default=None), min(after, default=None)


@dataclass
class _Series:
    """What the runs so far have opened, and every state that they knew."""

    threshold: int
    public: _Public
    opened: list[int] = field(default_factory=list)
    known: list[_Cumulative] = field(default_factory=list)
    reached: list[int] = field(default_factory=list)
    current: dict[str, _Cumulative] = field(default_factory=dict)

    def learn(self, source: str, state: _Cumulative) -> None:
        """Take in one more state and open what it lets open."""
        self.current[source] = state
        self.known.append(state)
        if state.start is not None:
            if not self.opened:
                self.opened.append(state.start)
            last = max(s.ends[-1] for s in self.current.values() if s.ends)
            first = min(s.start for s in self.current.values() if s.start is not None)
            for boundary in self._candidates(first, last):
                if boundary not in self.opened and self._may_open(boundary, last):
                    insort(self.opened, boundary)
        self.reached.append(self.opened[-1] if self.opened else 0)

    def shown(self) -> list[int]:
        """Return the opened boundaries but those next to a known one with a small piece between."""
        return self.opened[:1] + [
            boundary
            for boundary in self.opened[1:]
            if all(self._safe_now(*piece) for piece in self._to_known(boundary))
        ]

    def cuts(self) -> list[int]:
        """Return the ends of opened pieces that are small now."""
        pieces = list(zip(self.opened, self.opened[1:], strict=False))
        # the months before the first known boundary, where the series begins between two of them
        pieces += [(start, end) for start in self.opened[:1] for _, end in self._to_known(start)
                   if end > start]  # fmt: skip
        return sorted({end for start, end in pieces if not self._safe_now(start, end)})

    def _candidates(self, first: int, last: int) -> Iterable[int]:
        """Boundaries from the coarsest on: a year that is known is worth more than a month.

        In a financial year that is still running only boundaries that were open a year before
        are tried: a quarter opened early could leave a small remainder and cost the year.
        """
        boundaries = range(first, last + 1)
        year_ends = [b for b in boundaries if b % 12 == 3]
        finished = year_ends[-1] if year_ends else first
        yield from year_ends
        yield from (b for b in boundaries if b <= finished and b % 3 == 0)
        yield from (b for b in boundaries if b <= finished)
        for boundary in [b for b in boundaries if b % 3 == 0] + list(boundaries):
            if boundary > finished and (boundary - 12 in self.opened or boundary - 12 < first):
                yield boundary

    def _may_open(self, boundary: int, last: int) -> bool:
        place = bisect_left(self.opened, boundary)
        pieces = [(before, boundary) for before in self.opened[:place][-1:]]
        pieces += [(boundary, after) for after in self.opened[place:][:1]]
        pieces += self._to_known(boundary)
        if not self._is_told_later(boundary, last):
            return False
        if not all(self._safe_now(start, end) for start, end in pieces):
            return False
        if place in (0, len(self.opened)):
            return True
        # Runs that had not come as far as this boundary gave nothing away about it.
        return all(
            self._is_safe(state, start, end)
            for state, reached in zip(self.known, self.reached, strict=False)
            if reached > boundary
            for start, end in pieces
        )

    def _to_known(self, boundary: int) -> list[tuple[int, int]]:
        """Return the pieces between a boundary and the publicly known ones on both sides of it."""
        if self.public.is_empty or self.public.knows(boundary):
            return []
        before, after = self.public.around(boundary)
        first = self.opened[0]
        last = max((s.ends[-1] for s in self.current.values() if s.ends), default=first)
        pieces = []
        if before is not None and before >= first:
            pieces.append((before, boundary))
        if after is not None and after <= last:
            pieces.append((boundary, after))
        return pieces

    def _is_told_later(self, boundary: int, last: int) -> bool:
        """Whether the public figure that will end after a boundary leaves nothing small behind.

        What is left of a quarter that still runs is not known. A boundary inside it is opened only
        if each month of the year up to it has five times the threshold and more.
        """
        if not self.public.has_quarters or boundary % 3 == 0 or boundary - boundary % 3 + 3 <= last:
            return True
        return all(
            state.between(month - 1, month) >= 5 * self.threshold
            for state in self.current.values()
            for month in range(boundary - 11, boundary + 1)
        )

    def _safe_now(self, start: int, end: int) -> bool:
        return all(self._is_safe(state, start, end) for state in self.current.values())

    def _is_safe(self, state: _Cumulative, start: int, end: int) -> bool:
        count = state.between(start, end)
        return is_safe(count, self.threshold) or self.public.says(start, end, count)


def _in_full_or_not_at_all(states: Sequence[State], threshold: int) -> Openness:
    """Judge a series of stretches that overlap: one small count anywhere withholds it whole."""
    public = [s for state in states if state.is_public for s in state.stretches]
    unsafe = any(
        not is_safe(count, threshold)
        for state in states
        if not state.is_public
        for count in _derivable([*state.stretches, *public])
    )
    return Openness(is_withheld=unsafe, is_whole=True)


def _derivable(stretches: Sequence[Stretch]) -> Iterable[float]:
    """Give the counts that stretches and their differences lead to; -1 for one not known."""
    if any(stretch.value is None for stretch in stretches):
        yield -1
        return
    pieces: list[Stretch] = []
    for component in _components(stretches):
        ends = sorted(component)
        pieces += [
            Stretch(a, b, component[b] - component[a])
            for place, a in enumerate(ends)
            for b in ends[place + 1 :]
        ]
    pieces += stretches
    yield from (piece.value or 0.0 for piece in pieces)
    for outer in pieces:
        inner = [p for p in pieces if outer.start <= p.start and p.end <= outer.end and p != outer]
        yield from ((outer.value or 0.0) - (piece.value or 0.0) for piece in inner)
        # What is left of the outer one when all that is known inside it is taken away.
        left, reached = outer.value or 0.0, outer.start
        for piece in sorted(inner, key=lambda p: (p.end, p.start)):
            if piece.start >= reached:
                left, reached = left - (piece.value or 0.0), piece.end
        if inner:
            yield left


def _components(stretches: Sequence[Stretch]) -> list[dict[int, float]]:
    """Give the cumulative counts of boundaries that stretches link, one mapping a linked group."""
    neighbours: dict[int, list[tuple[int, float]]] = {}
    for start, end, value in stretches:
        neighbours.setdefault(start, []).append((end, value or 0.0))
        neighbours.setdefault(end, []).append((start, -(value or 0.0)))
    seen: set[int] = set()
    groups: list[dict[int, float]] = []
    for origin in sorted(neighbours):
        if origin in seen:
            continue
        group, waiting = {origin: 0.0}, [origin]
        while waiting:
            at = waiting.pop()
            for other, step in neighbours[at]:
                if other not in group:
                    group[other] = group[at] + step
                    waiting.append(other)
        seen |= group.keys()
        groups.append(group)
    return groups
