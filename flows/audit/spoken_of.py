"""What a sentence and those before it in its passage speak of."""

from __future__ import annotations

from dataclasses import dataclass

from flows.audit.claims import Claims, Mentioned


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """The text of a sentence and what it names; `before` is the sentence before, `earlier` all."""

    text: str
    mentioned: Mentioned
    before: Mentioned
    earlier: tuple[Mentioned, ...]


def spoken_of(claims: Claims) -> SpokenOf:
    """Gather what the claims of a sentence and of those before it name."""
    before = claims.before.mentioned if claims.before is not None else Mentioned()
    return SpokenOf(claims.text, claims.mentioned, before, tuple(claims.earlier()))
