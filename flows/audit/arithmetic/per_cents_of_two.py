"""What two figures may be of each other in per cent: a share, or a change."""

from __future__ import annotations

from collections.abc import Iterator


def per_cents_of(one: float, other: float, *, is_change: bool) -> Iterator[float]:
    """Yield the share, the change and what a change is of the figure before, in per cent."""
    if other:
        yield 100 * one / other
        yield 100 * (one - other) / other
    if is_change and 0 < one < other:
        yield 100 * one / (other - one)
        yield 100 * one / (other + one)
