"""Judges the share of a numerator against the published proportion: repeats of cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.claims import Share
from flows.audit.context import Context
from flows.audit.draft import Sentence
from flows.audit.findings import Finding
from flows.audit.near_misses import NearMisses
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import moved, query, right
from flows.audit.spoken_of import SpokenOf
from flows.papers.published import Row

_COMPARED_WITH = re.compile(r"\b(?:compared\s(?:with|to)|against|up\sfrom|down\sfrom)\s$", re.I)
_YEAR_BEFORE = re.compile(
    r"\sin\sthe\s(?:previous|preceding|same)\s(?:12\smonths|twelve\smonths|year|period|six\smonths)\b|"
    r"\s(?:a|the)\syear\s(?:before|earlier)\b",
    re.IGNORECASE,
)


class PublishedProportions:
    """Judges a share whose proportion the publication has."""

    def __init__(self, rows: PublishedRows, said: SpokenOf, near: NearMisses) -> None:
        self._rows = rows
        self._said = said
        self._near = near

    def context_of(self, context: Context) -> Context:
        """Turn a numerator into its proportion: repeats into the repeat rate."""
        named = (context.indicator, *self._said.mentioned.indicators)
        indicator = next(
            (self._rows.proportions[one] for one in named if one in self._rows.proportions), ""
        )
        return replace(context, indicator=indicator)

    def judge(self, sentence: Sentence, share: Share) -> Iterator[Finding]:
        """Judge a share, the one of the year before and the way between them."""
        if share.context.is_narrower:
            return
        indicator = self._rows.proportions.get(share.context.indicator)
        speaks_of_repeats = re.search(r"\brepeat", sentence.text, re.IGNORECASE) or any(
            "repeat" in one for said in self._said.earlier for one in said.indicators
        )
        if not speaks_of_repeats and share.context.indicator == "marac_cases":
            return  # "the police made 377 of the 651 referrals"
        if indicator is None and share.context.indicator.startswith("marac"):
            indicator = "marac_repeat_rate"
        row = self._rows.row(replace(share.context, indicator=indicator)) if indicator else None
        if row is None:
            return
        name = "previous_value" if share.is_of_year_before else "value"
        if row[name] is not None:
            of_rate = replace(share.context, indicator=str(row["indicator_id"]))
            yield self._near.finding(sentence, of_rate, row, "share", share.share, float(row[name]))
        yield from self._share_before(sentence, share, row)
        if share.direction and row["change_pp"]:
            agrees = (row["change_pp"] > 0) == (share.direction == "up")
            yield Finding(
                sentence,
                "confirmed" if agrees else "contradicted",
                "direction",
                share.text.strip(),
                f"the rate {moved(row['change_pp'])}",
                right(row),
                query(row),
            )

    def _share_before(self, sentence: Sentence, share: Share, row: Row) -> Iterator[Finding]:
        """Judge "22.4 per cent, compared with 24.3 per cent in the previous 12 months"."""
        text = share.text
        for other in self._said.mentioned.of_unit("per cent"):
            at = text.find(other.text)
            if other == share.share or at < 0 or row["previous_value"] is None:
                continue
            is_before = _COMPARED_WITH.search(text[:at]) and _YEAR_BEFORE.match(
                text[at + len(other.text) :]
            )
            if is_before and not share.is_of_year_before:
                of_rate = replace(share.context, indicator=str(row["indicator_id"]))
                before = float(row["previous_value"])
                yield self._near.finding(sentence, of_rate, row, "share before", other, before)
