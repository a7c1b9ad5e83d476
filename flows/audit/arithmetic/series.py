"""Judges the way of a series: "continued to rise, from 77 in 2016 to 129 in 2017 and then 156"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from flows.audit.change_words import FALLS, RISES
from flows.audit.claims import Claims
from flows.audit.findings import Finding

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SERIES = re.compile(
    rf"\b(?:(?P<up>{RISES})|(?P<down>{FALLS}))\b[^;.\d]{{0,60}}?\bfrom\s(?P<one>{_NUMBER})(?P<unit>%?)[^;.]{{0,25}}?\sto\s"
    rf"(?P<two>{_NUMBER})(?P=unit)[^;.]{{0,25}}?(?:,\s(?:and\s)?|\sand\s)(?:then\s|finally\s)?(?:to\s)?"
    rf"(?P<three>{_NUMBER})(?P=unit)(?![\d%])",
    re.IGNORECASE,
)
_OF_ONE_TIME = re.compile(r"\b(?:then|finally)\b|\bto\s\d[^;.]*\bto\s\d", re.IGNORECASE)


class Series:
    """Judges three figures in a row that are said to rise or to fall."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Contradict the word where one of the two steps goes the other way."""
        for match in _SERIES.finditer(claims.text):
            if not _OF_ONE_TIME.search(match[0]):
                continue  # "from 77 to 129, 156 of them" are not three of a kind
            values = [float(match[name].replace(",", "")) for name in ("one", "two", "three")]
            steps = [later - earlier for earlier, later in itertools.pairwise(values)]
            holds = all((step > 0) == (match["up"] is not None) for step in steps if step)
            told = ", ".join(match[name] for name in ("one", "two", "three"))
            yield Finding(
                claims.sentence, "confirmed" if holds else "contradicted", "direction", match[0],
                f"the figures are {told}",
            )  # fmt: skip
