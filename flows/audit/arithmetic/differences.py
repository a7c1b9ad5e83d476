"""Judges what is left between two amounts: "leaving an underspend of £14,550"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.consistency import fits
from flows.audit.findings import Finding, number

_LEFT = re.compile(
    r"\b(?:under-?spend|over-?spend|difference|shortfall|surplus|deficit|balance|gap|saving|"
    r"variance|carry[\s-]forward|unspent)\s(?:of\s|was\s|is\s|stood\sat\s)(?:just\s|about\s|around\s)?$",
    re.IGNORECASE,
)
_POINTS_LEFT = re.compile(
    r"^\s(?:short\sof|below|under|above|over|ahead\sof|higher\sthan|lower\sthan|better\sthan|worse\sthan)\b",
    re.IGNORECASE,
)
_LOW = re.compile(r"\b(?:short|below|under|lower|worse)\b", re.IGNORECASE)


class Differences:
    """Judges a third figure that says how far two others are apart."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge a sentence with just two figures and their difference."""
        if claims.is_conditional:
            return
        yield from self._left(claims)
        yield from self._points(claims)

    def _left(self, claims: Claims) -> Iterator[Finding]:
        for unit in ("pounds", "count"):
            figures = [one for one in claims.mentioned.numbers if one.unit == unit]
            left = [one for one in figures if _LEFT.search(claims.text[: one.start])]
            if len(figures) != 3 or left != figures[2:]:
                continue
            first, second, said = figures
            true = abs(first.value - second.value)
            loose = 0.5 * (first.step + second.step) if max(first.step, second.step) > 1 else 0
            verdict = fits(said, true)
            if verdict != "confirmed" and abs(said.value - true) <= loose + 0.5 * said.step:
                verdict = "confirmed"
            sign = "£" if unit == "pounds" else ""
            yield Finding(
                claims.sentence,
                verdict,
                "difference",
                said.text.strip(),
                "the difference agrees with the figures"
                if verdict == "confirmed"
                else "the difference does not agree with the figures",
                f"{sign}{number(first.value)} and {sign}{number(second.value)} differ by "
                f"{sign}{number(true)}.",
            )

    def _points(self, claims: Claims) -> Iterator[Finding]:
        """Judge "4.6 percentage points short of the 85% target" of the share just stated."""
        points = [one for one in claims.mentioned.numbers if one.unit == "points"]
        shares = [one for one in claims.mentioned.numbers if one.unit == "per cent"]
        if len(shares) == 1 and claims.before is not None:
            known = [one for one in claims.before.mentioned.numbers if one.unit == "per cent"]
            is_about_it = re.match(r"(?:This|That|It)\s(?:is|was)\b", claims.text)
            if len(known) != 1 or is_about_it is None:
                return
            shares = [*known, *shares]
        if len(points) != 1 or len(shares) != 2:
            return
        [said], (own, other) = points, shares
        way = _POINTS_LEFT.match(claims.text[said.end :])
        if way is None or (other.start < said.end and other in claims.mentioned.numbers):
            return
        true = own.value - other.value
        verdict = fits(said, true)
        loose = 0.5 * (own.step + other.step)
        if verdict != "confirmed" and abs(abs(said.value) - abs(true)) <= loose + 0.5 * said.step:
            verdict = "confirmed"
        if true and (true < 0) != bool(_LOW.search(way[0])):
            verdict = "contradicted"
        yield Finding(
            claims.sentence,
            verdict,
            "points",
            said.text.strip(),
            "the difference agrees with the figures"
            if verdict == "confirmed"
            else "the difference does not agree with the figures",
            f"{own.text.strip()} is {number(abs(true), 1)} percentage points "
            f"{'below' if true < 0 else 'above'} {other.text.strip()}.",
        )
