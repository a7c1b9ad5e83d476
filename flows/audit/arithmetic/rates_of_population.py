"""Judges a rate whose count and population stand in the same sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import agreement, fits_within, rounding
from flows.audit.claims import Claims
from flows.audit.findings import Finding, number

_PEOPLE = re.compile(
    r"^\s(?:residents|people|inhabitants|households|homes|dwellings|adults|population)\b", re.I
)
_POPULATION_OF = re.compile(r"\bpopulation\s(?:of|is|was|stands\sat)\s(?:about\s|some\s)?$", re.I)


class RatesOfPopulation:
    """Judges "1,868 offences and 124,500 residents, a rate of 15.0 per 1,000"."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge a sentence with one rate, one population and one other count."""
        rates = claims.mentioned.of_unit("rate")
        counts = claims.mentioned.of_unit("count")
        people = [
            one
            for one in counts
            if _PEOPLE.match(claims.text[one.end :])
            or _POPULATION_OF.search(claims.text[: one.start])
        ]
        before = claims.just_before  # another item of a list is of something else
        if before is not None and set(claims.mentioned.areas) - set(before.mentioned.areas):
            before = None  # "2,112 residents replied. Crime in Wakefield ran at 10.7 per 1,000"
        if not people and before is not None and len(counts) == 1:
            people = [
                one
                for one in before.mentioned.numbers
                if one.unit == "count"
                and (
                    _PEOPLE.match(before.text[one.end :])
                    or _POPULATION_OF.search(before.text[: one.start])
                )
            ]
        others = [one for one in counts if one not in people and one.step >= 1]
        if not others and people and before is not None:
            others = before.mentioned.of_unit("count")
        if (len(rates), len(people), len(others)) != (1, 1, 1):
            return
        [rate], [population], [count] = rates, people, others
        if rate.base is None or not population.value or count.value >= population.value:
            return
        true = count.value / population.value * rate.base
        verdict = fits_within(rate, true, true * rounding(population) / population.value)
        if verdict == "contradicted" and abs(rate.value - true) <= 0.02 * true:
            verdict = "doubtful"  # a population that was rounded in the text
        yield Finding(
            claims.sentence,
            verdict,
            "rate",
            rate.text.strip(),
            agreement(verdict, "the rate"),
            f"{number(count.value)} of {number(population.value)} is "
            f"{number(true, 1)} per {rate.base:,}.",
        )
