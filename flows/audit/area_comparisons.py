"""Checks comparisons between areas: the only district that rose, slower than the force area."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.area_words import AREAS
from flows.audit.change_words import FALLS, RISES
from flows.audit.claims import Claims
from flows.audit.context import Context
from flows.audit.findings import Finding, Verdict, number
from flows.audit.number_words import COUNT, small_number
from flows.audit.other_comparisons import EXCEPTION_INSIDE, compares_with_something_else
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import change_of, of_row
from flows.audit.vocabulary import Vocabulary

_MOVE = re.compile(rf"\b(?:(?P<up>{RISES})|(?P<down>{FALLS}))\b", re.IGNORECASE)
_ONLY = re.compile(
    r"\b(?:the\s)?only\s(?:one\sof\s)?(?:the\s)?(?:[\w-]+\s){0,4}?"
    r"(?:district|partnership|borough|authority|area)s?\b(?P<rest>.*)",
    re.IGNORECASE,
)
# "Of the five districts, Wakefield alone saw them edge upwards"
_ALONE = re.compile(
    rf"\b[Oo]f\s(?:the|all)\s{COUNT}\s[^.;]*?\b(?-i:[A-Z])[\w-]+\salone\s"
    r"(?:saw|had|recorded|showed|reported)\s(?P<rest>.*)",
    re.IGNORECASE,
)
_SO_MANY = re.compile(
    rf"\b(?P<so_many>{COUNT})\s(?:out\s)?of\s(?:the\s|its\s)?(?P<of>{COUNT})\s"
    rf"(?:[\w-]+\s){{0,3}}?(?:{AREAS})\b",
    re.IGNORECASE,
)
_LIES = re.compile(
    rf"\b(?:(?P<up>{RISES}|higher|up)|(?P<down>{FALLS}|lower|down))\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:not|no|never|failed|without)\b|n't\b", re.IGNORECASE)
_SIGNIFICANT = re.compile(r"\bsignifican\w+|\bstatistically\b", re.IGNORECASE)
_PACE = re.compile(
    rf"\b(?P<move>{RISES}|{FALLS})\s(?:(?P<much>more|less)\s(?P<how>slowly|quickly|rapidly|steeply|"
    r"sharply|strongly)|(?P<pace>faster|slower))\b.*?\bthan\b",
    re.IGNORECASE,
)


_THAN = re.compile(
    r"\b(?P<way>higher|lower|more|fewer|greater|smaller|larger)\b[^.;]{0,60}?\bthan\b"
    r"(?!\s(?:in|during|at|for)\s(?:the\s)?(?:same|\d|[A-Z][a-z]+\s\d|Q\d|previous|last|year|quarter|month))"
    r"(?!\s(?:double|twice|three|four|half|a\s(?:third|quarter|fifth)|\d))|"
    r"\b(?P<side>above|below)\s(?=the\s(?!average|mean|median|family|national)|that\s(?:of|for|in)\b)",
    re.IGNORECASE,
)
_BESIDE_A_LEVEL = re.compile(
    r"\s(?:(?:was|is|that\sis|to\sbe|with\sa\srate|lying|standing)\s)*(?:above|below|over|under)\s",
    re.IGNORECASE,
)
_IN_TWO_YEARS = re.compile(
    r"\bboth\s(?:between|in|from|since)\b|\band\s(?:again|also)\s(?:between|in|from)\b|"
    r"\b(?:every|each)\s(?:year|month|quarter)\b",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(r"^The\s(?:only\s|one\s)?exception\s(?:was|is|being)\b", re.IGNORECASE)
_COUNTRY = re.compile(
    r"\b(?P<way>above|below|higher\sthan|lower\sthan|more\sthan|less\sthan)\s(?:the|that\s(?:of|for))\s"
    r"(?:England|English|national)(?:\s(?:figure|average|rate|mean|level))?(?=[\s.,;]|$)",
    re.IGNORECASE,
)
_AVERAGE = re.compile(
    r"\b(?:any|every|all|each|other|average|mean|median|share|proportion)\b", re.IGNORECASE
)
# "2,026 more crimes than Bradford, though its rate was lower"
_SO_MANY_MORE = re.compile(r"\b[\d,]*\d\s(?:more|fewer)\s(?:\w+\s){0,3}than\b", re.IGNORECASE)
_RATE = re.compile(
    r"\brates?\b|\blikely\b|\brisk\b|\bper\s(?:1,?000|10,?000|head)\b", re.IGNORECASE
)


class AreaComparisons:
    """Judges them where the publication has the figure of every area that is compared."""

    def __init__(self, rows: PublishedRows, vocabulary: Vocabulary) -> None:
        self._rows = rows
        self._vocabulary = vocabulary

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge each clause; what is not understood or not published is left out."""
        yield from self._exception(claims, claims.text)
        for text, context in claims.clauses:
            if context.is_narrower or context.period is None or not context.indicator:
                continue
            if compares_with_something_else(
                _ONLY.sub("", text), context, claims.mentioned, self._vocabulary, but_areas=True
            ):
                continue
            areas, indicators = claims.named_in(text)
            if len(indicators) > 1:
                continue
            yield from self._only(claims, text, context, areas)
            yield from self._pace(claims, text, context)
            yield from self._pair(claims, text, context)
            yield from self._so_many(claims, text, context, areas)
            yield from self._country(claims, text, context)

    def _only(
        self, claims: Claims, text: str, context: Context, areas: frozenset[str]
    ) -> Iterator[Finding]:
        match = _ONLY.search(text) or _ALONE.search(text)
        own = [area for area in areas if area not in self._rows.forces]
        if match is None or len(own) != 1:
            return
        if re.search(r"\b(?:not|no longer|one of|n't)\s*$", text[: match.start()], re.IGNORECASE):
            return
        if _IN_TWO_YEARS.search(match["rest"]):
            return
        if _BESIDE_A_LEVEL.match(match["rest"]):
            return  # "the only district above the force rate of 11.3 per 1,000"
        # not of what stands beside it: "exceeded this, with footfall down by 20%"
        until = claims.text.find(text) + len(text)
        ways = {one.lastgroup for one in _MOVE.finditer(match["rest"])} or {
            claims.direction_between(claims.text.find(match["rest"]), until)
        } - {""}
        row = self._rows.row(Context(own[0], context.indicator, context.period))
        if len(ways) != 1 or row is None or not row.get("force_name"):
            return
        forces = areas & frozenset(self._rows.forces)
        if forces and row["force_name"] not in forces:
            return
        changes = {
            str(other["area_name"]): float(other["change"])
            for other in self._rows.members_of(row)
            if other["change"] is not None
        }
        if own[0] not in changes or len(changes) < (row.get("force_areas_ranked") or 2):
            return
        up = ways == {"up"}
        is_denied = _DENIED.search(match["rest"]) is not None
        such = {name for name, change in changes.items() if ((change > 0) if up else (change < 0))}
        if _SIGNIFICANT.search(text):
            way = "higher" if up else "lower"
            such = {
                str(other["area_name"])
                for other in self._rows.members_of(row)
                if other.get("significance") == way
            }
        if is_denied:
            such = set(changes) - such
        verdict: Verdict = "confirmed" if such == {own[0]} else "contradicted"
        listed = ", ".join(f"{name} {number(change)}" for name, change in changes.items())
        yield of_row(
            claims.sentence, verdict, "only area", text.strip(), f"the changes are {listed}", row
        )

    def _so_many(
        self, claims: Claims, text: str, context: Context, areas: frozenset[str]
    ) -> Iterator[Finding]:
        """Judge "it rose in four of the five districts" by counting them."""
        match = _SO_MANY.search(text)
        forces = areas & frozenset(self._rows.forces)
        ways = {one.lastgroup for one in _LIES.finditer(text)}
        if match is not None and len(ways) == 2:
            # "came down in four of the five and went up in Wakefield": the word right before it
            near = _LIES.findall(text[: match.start()][-30:])
            ways = {one.lastgroup for one in _LIES.finditer(text[: match.start()][-30:])}
            ways = ways if len(near) == 1 else set()
        if match is None or len(ways) != 1:
            return
        own = {self._rows.force_of.get(area, "") for area in areas - forces}
        around = next(iter(forces)) if len(forces) == 1 and own <= forces else ""
        if not forces:  # "in two of the seven partnerships, most of all in Walsall"
            of_areas = {self._force_of(context, area) for area in areas or {context.area}}
            around = of_areas.pop() if len(of_areas) == 1 else ""
        row = self._rows.row(Context(around, context.indicator, context.period)) if around else None
        if row is None or _DENIED.search(text[: match.end()]):
            return
        members = self._rows.members_of(row)
        changes = [change for one in members if (change := change_of(one)) is not None]
        if len(changes) != len(members) or len(changes) != small_number(match["of"]):
            return
        up = ways == {"up"}
        true = sum((change > 0) if up else (change < 0) for change in changes)
        yield of_row(
            claims.sentence,
            "confirmed" if true == small_number(match["so_many"]) else "contradicted",
            "so many areas",
            match[0],
            f"it {'rose' if up else 'fell'} in {true} of {len(changes)}",
            row,
        )

    def _force_of(self, context: Context, area: str) -> str:
        row = self._rows.row(replace(context, area=area))
        return str(row.get("force_name") or "") if row is not None else ""

    def _exception(self, claims: Claims, text: str) -> Iterator[Finding]:
        """Judge "It fell in four of the five districts. The exception was Bradford"."""
        inside = EXCEPTION_INSIDE.search(text)
        said = _EXCEPTION.match(text)
        before = claims if inside is not None else claims.before
        areas = set(claims.mentioned.areas)
        if inside is not None:
            areas = {area for area in areas if area in text[inside.start() :]}
        if (said or inside) is None or before is None or len(areas) != 1:
            return
        rule = before.text[: inside.start()] if inside is not None else before.text
        way = {one.lastgroup for one in _LIES.finditer(rule)}
        area = areas.pop()
        if area in rule or _SO_MANY.search(rule) is None or _DENIED.search(rule):
            return
        if len(way) != 1:
            return
        for _, context in before.clauses:
            row = self._rows.row(replace(context, area=area))
            change = change_of(row) if row is not None else None
            if row is None or not change or context.is_narrower:
                continue
            holds = (change > 0) != (way == {"up"})
            yield of_row(
                claims.sentence, "confirmed" if holds else "contradicted", "exception",
                text.strip(), f"there it {'rose' if change > 0 else 'fell'}", row,
            )  # fmt: skip
            return

    def _country(self, claims: Claims, text: str, context: Context) -> Iterator[Finding]:
        """Judge "below the England figure" where the publication has the country's figure."""
        said = _COUNTRY.search(text)
        row = self._rows.row(context)
        if said is None or row is None or row.get("country_rate") is None or _MOVE.search(text):
            return
        own, country = float(row["rate"]), float(row["country_rate"])
        if own == country or _DENIED.search(text):
            return
        is_above = said["way"].casefold() in ("above", "higher than", "more than")
        verdict: Verdict = "confirmed" if (own > country) == is_above else "contradicted"
        reason = f"{context.area} has {number(own, 1)}, the country {number(country, 1)}"
        yield of_row(claims.sentence, verdict, "areas", text.strip(), reason, row)

    def _pair(self, claims: Claims, text: str, context: Context) -> Iterator[Finding]:
        """Judge "lower than that of Dudley" of one period; a change that is compared is none."""
        than = _THAN.search(text)
        if than is None or _MOVE.search(text) or _AVERAGE.search(text) or _DENIED.search(text):
            return
        areas = [one for one in claims.mentioned.areas if one in text]
        before = [one for one in areas if text.find(one) < than.start()] or [context.area]
        after = [one for one in areas if text.find(one) > than.end()]
        if len(set(before)) != 1 or len(set(after)) != 1 or before == after:
            return
        if ", and " in text[than.end() : text.find(after[0])]:
            return  # "fewer than the 370 of 2016, and 152 of them took place in Leeds"
        one, other = (
            self._rows.row(Context(area, context.indicator, context.period))
            for area in (before[0], after[0])
        )
        if one is None or other is None:
            return
        way = (than["way"] or than["side"]).casefold()
        kinds: tuple[str, ...] = ("value", "rate")
        if _SO_MANY_MORE.search(text[: than.end()]):
            kinds = ("value",)
        elif _RATE.search(text):
            kinds = ("rate",)
        elif way in ("more", "fewer"):
            kinds = ("value",)
        pairs = [(one[kind], other[kind]) for kind in kinds]
        if any(None in pair or pair[0] == pair[1] for pair in pairs):
            return
        is_more = way in ("higher", "more", "greater", "larger", "above")
        holds = any((mine > yours) == is_more for mine, yours in pairs)
        verdict: Verdict = "confirmed" if holds else "contradicted"
        mine, yours = pairs[0]
        decimals = 1 if kinds[0] == "rate" else 0
        reason = f"{before[0]} has {number(mine, decimals)}, {after[0]} {number(yours, decimals)}"
        yield of_row(claims.sentence, verdict, "areas", text.strip(), reason, one)

    def _pace(self, claims: Claims, text: str, context: Context) -> Iterator[Finding]:
        match = _PACE.search(text)
        if match is None:
            return
        order = sorted(claims.named_in(text)[0], key=text.find)
        if len(order) != 2 or not text.find(order[0]) < match.end() <= text.find(order[1]):
            return
        rows = [self._rows.row(Context(area, context.indicator, context.period)) for area in order]
        one, other = rows
        if one is None or other is None or one["change_pct"] is None or other["change_pct"] is None:
            return
        sign = 1 if re.fullmatch(RISES, match["move"], re.IGNORECASE) else -1
        first, second = sign * float(one["change_pct"]), sign * float(other["change_pct"])
        slower = (match["pace"] or "").casefold() == "slower"
        if match["how"]:
            slower = (match["how"].casefold() == "slowly") == (match["much"].casefold() == "more")
        if abs(first - second) < 0.1:
            return
        holds = first > 0 and second > 0 and (first < second) == slower
        verdict: Verdict = "confirmed" if holds else "contradicted"
        reason = (
            f"{order[0]} {number(float(one['change_pct']), 1)}%, "
            f"{order[1]} {number(float(other['change_pct']), 1)}%"
        )
        yield of_row(claims.sentence, verdict, "pace", text.strip(), reason, one)
