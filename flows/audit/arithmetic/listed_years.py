"""Judges "the third year running" and the like against the years that the draft lists itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number

_YEAR = r"(?P<year>20\d\d(?:\s?[/\N{EN DASH}-]\s?(?:20)?\d\d)?)"
_VALUE = r"(?P<value>£?\d{1,3}(?:,\d{3})+(?:\.\d+)?|£?\d+(?:\.\d+)?)%?"
_LISTS = (
    re.compile(rf"{_YEAR}\s?(?::|=|-)?\s{_VALUE}(?![\d/])"),
    re.compile(rf"{_VALUE}(?:\s[a-z-]+){{0,3}}?\s(?:in|for|during)\s{_YEAR}"),
)


class ListedYears:
    """Judges so many years in a row where the sentence, or the one before, lists the years."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge runs with a direction; a list that is shorter than the run is left out."""
        for run in claims.runs:
            texts = [claims.text] + ([claims.before.text] if claims.before is not None else [])
            values = next((found for text in texts if len(found := _values(text)) >= 3), [])
            steps = [later - earlier for earlier, later in itertools.pairwise(values)]
            years = min(run.years, len(steps)) if len(steps) >= run.years - 1 else 0
            if not run.direction or years < 2:
                continue
            holds = all(step and (step > 0) == (run.direction == "up") for step in steps[-years:])
            verdict: Verdict = "confirmed" if holds else "contradicted"
            way = "rose" if run.direction == "up" else "fell"
            yield Finding(
                claims.sentence, verdict, "years in a row", run.text.strip(),
                f"it {way} in every one of the years listed" if holds
                else f"it did not always {'rise' if way == 'rose' else 'fall'}",
                f"The years listed: {', '.join(number(value) for value in values)}.",
            )  # fmt: skip


def _values(text: str) -> list[float]:
    """Return the values of the years that follow one another, oldest first."""
    for pattern in _LISTS:
        found = sorted(
            (int(one["year"][:4]), float(one["value"].strip("£").replace(",", "")))
            for one in pattern.finditer(text)
        )
        years = [year for year, _ in found]
        if len(years) >= 3 and years == list(range(years[0], years[0] + len(years))):
            return [value for _, value in found]
    return []
