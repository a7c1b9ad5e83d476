"""Judges a move in a list of places: "up three places, from eighth to fifth"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict
from flows.audit.number_words import COUNT, small_number
from flows.audit.ranks import PLACE, place_of

_FROM = PLACE.replace("place", "one")
_TO = PLACE.replace("place", "other")
_MOVED = re.compile(
    rf"\b(?P<way>up|down|climbed|risen|rose|dropped|fell|fallen|slipped)\s(?:by\s)?"
    rf"(?P<many>one|{COUNT})\splaces?\b[^.;]{{0,60}}?\bfrom\s(?P<from>{_FROM})\s"
    rf"(?:place\s)?to\s(?P<to>{_TO})\b",
    re.IGNORECASE,
)


class PlacesMoved:
    """Judges the number of places and the way of a move."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge each move of a sentence; the first place is the top."""
        for match in _MOVED.finditer(claims.text):
            up = place_of(match["from"]) - place_of(match["to"])
            said = small_number(match["many"])
            is_up = match["way"].casefold() in ("up", "climbed", "risen", "rose")
            holds = (up if is_up else -up) == said
            verdict: Verdict = "confirmed" if holds else "contradicted"
            reason = (
                f"from {match['from']} to {match['to']} is {abs(up)} {'up' if up > 0 else 'down'}"
            )
            yield Finding(claims.sentence, verdict, "places moved", match[0], reason)
