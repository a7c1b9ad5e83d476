"""Judges "the third year running" and the like against the years that the draft lists itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number

_YEAR = r"(?P<year>20\d\d(?:\s?[/\N{EN DASH}-]\s?(?:20)?\d\d)?)"
_VALUE = r"(?P<value>£?\d{1,3}(?:,\d{3})+(?:\.\d+)?|£?\d+(?:\.\d+)?)(?P<unit>%?)"
_LISTS = (
    re.compile(rf"{_YEAR}\s?(?::|=|-)?\s{_VALUE}(?![\d/])"),
    re.compile(rf"{_VALUE}(?:\s[^;.:\d]{{0,80}}?)?\s(?:in|for|during)\s{_YEAR}"),
)
# "for the third year running: 812, then 774, then 781, and now 690"
_PLAIN_LIST = re.compile(
    r":\s(?P<values>\d[\d,]*(?:\.\d+)?(?:,?\s(?:(?:and\s)?(?:then|now)\s|and\s)?\d[\d,]*(?:\.\d+)?){2,})\.?$"
)


class ListedYears:
    """Judges so many years in a row where the sentence, or the one before, lists the years."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge runs with a direction; a list that is shorter than the run is left out."""
        for run in claims.runs:
            texts = [claims.text] + ([claims.before.text] if claims.before is not None else [])
            values = next((found for text in texts if len(found := listed_years(text)[0]) >= 3), [])
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


def listed_years(text: str) -> tuple[list[float], int]:
    """Return the values of the years that follow one another, oldest first, and the list's end."""
    for pattern in _LISTS:
        matches = list(pattern.finditer(text))
        if len({one["unit"] for one in matches}) > 1:
            continue
        found = sorted(
            (int(one["year"][:4]), float(one["value"].strip("£").replace(",", "")))
            for one in matches
        )
        years = [year for year, _ in found]
        if len(years) >= 2 and years == list(range(years[0], years[0] + len(years))):
            return [value for _, value in found], matches[-1].end()
    row = _PLAIN_LIST.search(text)
    if row is None:
        return [], 0
    values = re.findall(r"\d[\d,]*(?:\.\d+)?", row["values"])
    return [float(value.rstrip(",").replace(",", "")) for value in values], row.end()
