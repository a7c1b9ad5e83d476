"""Judges averages and equal parts: so many in 12 weeks, so many a week; £48,000 for 16."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from flows.audit.agreement import agreement, fits
from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Number, find_fractions
from flows.audit.number_words import COUNT, SMALL, small_number

_TIME = r"(?P<unit>day|week|month|year|hour|quarter)"
_LENGTH = re.compile(rf"\b(?P<many>\d{{1,3}}|{'|'.join(SMALL)})[\s-]{_TIME}s?\b", re.IGNORECASE)
_AVERAGE = re.compile(
    rf"\b(?:average|averaging|mean)\s(?:of\s)?(?:just\s|about\s|around\s|over\s|under\s|nearly\s|some\s)*"
    rf"(?P<said>[\d,]+(?:\.\d+)?|{'|'.join(SMALL)})\s(?:\w+\s){{0,2}}?(?:an?|per|each|every)\s{_TIME}\b",
    re.IGNORECASE,
)
_ABOUT = r"(?:about\s|around\s|roughly\s|some\s|nearly\s|almost\s|just\s|over\s|under\s)*"
_EACH_TIME = r"\s(?:[a-z]+\s){0,2}?(?:an?|per|each|every)\s"
_ON_AVERAGE = re.compile(
    rf"\bon\saverage,?\s{_ABOUT}(?P<said>[\d,]+(?:\.\d+)?|[a-z]+){_EACH_TIME}"
    r"(?P<unit>month|quarter|week|day)\b|"
    rf"\b(?:average|averaging)\s(?:of\s)?{_ABOUT}(?P<said2>[\d,]+(?:\.\d+)?|[a-z]+){_EACH_TIME}"
    r"(?P<unit2>month|quarter|week|day)\b",
    re.IGNORECASE,
)
_A_YEAR = re.compile(
    r"\b(?:in|during|over|for)\s(?:the\s)?(?:financial\s|calendar\s|whole\s)?(?:year\b|20\d\d/\d\d\b|20\d\d(?=[,.]))",
    re.I,
)
_AVERAGE_EACH = re.compile(
    r"\b(?:average|averaging|mean)\s(?:of\s)?(?:just\s|about\s|around\s|over\s|under\s|nearly\s|some\s)*"
    r"(?P<said>[\d,]+(?:\.\d+)?)\s(?:[a-z]+\s){0,2}?(?:per|each|every|a|an)\s(?P<what>[a-z]{4,})\b",
    re.IGNORECASE,
)
_APIECE = re.compile(
    r"^\s(?:per|a|an|for\seach|each)\s(?!cent)(?P<what>[a-z]+)|^\s(?:each|apiece)\b", re.I
)
_EQUALLY = re.compile(
    r"\b(?:split|shared|divided)\sequally\s(?:between|among|amongst|by)\s(?:the\s|its\s|our\s|all\s)?"
    rf"(?P<many>\d{{1,2}}|{'|'.join(SMALL)})\b",
    re.IGNORECASE,
)
_TIMES = (
    "year",
    "month",
    "week",
    "day",
    "night",
    "hour",
    "head",
    "person",
    "resident",
    "household",
)


_MEAN = re.compile(
    r"\b(?:an?\s)?(?:average|mean)\sof\s(?:just\s|about\s|around\s)?$", re.IGNORECASE
)
_MONTHS_OF = {"year": 12, "quarter": 3, "month": 1}
_OVER = re.compile(rf"\bover\s(?P<many>{COUNT})\s(?P<unit>year|month|quarter)s\b", re.IGNORECASE)
_A_TIME = re.compile(r"\s(?:a|per|each|every)\s(?P<unit>year|month|quarter)\b", re.IGNORECASE)


_TO_ONE = re.compile(
    r"\b(?P<said>\d{1,3}(?:\.\d+)?)\s(?P<many>[a-z]{4,})\s(?:to|for|per)\s(?:an?\s|each\s|every\s)?(?P<one>[a-z]{4,})\b",
    re.IGNORECASE,
)
_AT_EACH = re.compile(r"\s(?:(?:at|for|in|from|per)\s)?each(?:\sone|\stime)?\b|\sapiece\b", re.I)
_FOR_YEARS = re.compile(
    rf"\s(?:a|per|each)\syear\s(?:for|over)\s(?P<many>{COUNT})\syears\b", re.IGNORECASE
)
_AT = re.compile(r"^\s(?:[a-z-]+\s){1,6}at\s$", re.IGNORECASE)
_PRICE_TO_TOTAL = re.compile(
    r"\s(?:each|apiece|a\shead)(?::\s|,?\s(?:(?:at|for|with)\s)?(?:a\s)?(?:total\s)?(?:cost(?:ing)?|total|sum)?"
    r"(?:\sof)?\s?|\s\()",
    re.IGNORECASE,
)
_EACH_OF = re.compile(r"\beach\b", re.IGNORECASE)
_MAKING = re.compile(
    r"\b(?:making|giving|totalling|total\sof|or)\s(?:a\stotal\sof\s)?$", re.IGNORECASE
)
_IN_ALL = re.compile(r"\s(?:[a-z]+\s){0,2}?(?:in\s(?:all|total)|altogether)\b", re.IGNORECASE)


class Averages:
    """Judges a figure that is another one divided by a number of the same sentence."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge averages over time, prices each and equal parts; one of a sentence at most."""
        for judged in (
            *(self._over_time, self._equal_parts, self._each, self._of_things),
            *(
                _at_a_price,
                _at_each,
                _of_list,
                _of_a_sum_over_time,
                _of_a_year,
                _of_years,
                _so_many_to_one,
                _product,
            ),
        ):
            found = judged(claims)
            if found is not None:
                yield found
                return

    def _over_time(self, claims: Claims) -> Finding | None:
        said = _AVERAGE.search(claims.text)
        if said is None:
            return None
        unit = said["unit"].casefold()
        lengths = [one for one in _LENGTH.finditer(claims.text) if one["unit"].casefold() == unit]
        totals = [
            one
            for one in claims.mentioned.numbers
            if one.unit == "count" and not said.start() <= one.start < said.end()
        ]
        if len(lengths) != 1 or len(totals) != 1:
            return None
        many = small_number(lengths[0]["many"])
        digits = str(SMALL.get(said["said"].casefold(), said["said"])).replace(",", "")
        step = 10.0 ** -len(digits.partition(".")[2])
        return _finding(claims, said["said"], float(digits), step, totals[0], many)

    def _of_things(self, claims: Claims) -> Finding | None:
        """Judge "48 sessions, 1,152 attendances, an average of 24 per session"."""
        said = _AVERAGE_EACH.search(claims.text)
        counts = [
            one
            for one in claims.mentioned.numbers
            if one.unit == "count" and not (said and said.start() <= one.start < said.end())
        ]
        if said is None or len(counts) != 2:
            return None
        what = said["what"].casefold()
        things = [
            one
            for one in counts
            if re.match(rf"\s(?:[a-z]+\s)?{re.escape(what)}s\b", claims.text[one.end :], re.I)
        ]
        if len(things) != 1:
            return None
        [whole] = [one for one in counts if one is not things[0]]
        digits = said["said"].replace(",", "")
        step = 10.0 ** -len(digits.partition(".")[2])
        return _finding(claims, said["said"], float(digits), step, whole, things[0].value)

    def _equal_parts(self, claims: Claims) -> Finding | None:
        equally = _EQUALLY.search(claims.text)
        pounds = claims.mentioned.of_unit("pounds")
        if equally is None or len(pounds) != 2:
            return None
        whole, part = sorted(pounds, key=lambda one: -one.value)
        if "each" not in claims.text[equally.start() :]:
            return None
        return _finding(
            claims, part.text, part.value, part.step, whole, small_number(equally["many"])
        )

    def _each(self, claims: Claims) -> Finding | None:
        pounds = claims.mentioned.of_unit("pounds")
        counts = claims.mentioned.of_unit("count")
        if len(pounds) != 2 or len(counts) != 1 or counts[0].value < 2:
            return None
        if find_fractions(claims.text[: counts[0].start]):
            return None  # "half of the 140 cameras"
        whole, part = pounds
        apiece = _APIECE.match(claims.text[part.end :])
        if apiece is None or whole.value <= part.value or _of_time(apiece, claims, counts[0]):
            return None
        return _finding(claims, part.text, part.value, part.step, whole, counts[0].value)


def _at_a_price(claims: Claims) -> Finding | None:
    """Judge "24 cameras at £3,750 each: £90,000", and "£145 each, a total of £10,440"."""
    counts, pounds = claims.mentioned.of_unit("count"), claims.mentioned.of_unit("pounds")
    for part, whole in itertools.pairwise(pounds):
        many = [one for one in counts if one.end <= part.start]
        if not many or not _AT.search(claims.text[many[-1].end : part.start]):
            continue
        if _PRICE_TO_TOTAL.fullmatch(claims.text[part.end : whole.start]):
            return _times(claims, many[-1].value, part, whole)
    return None


def _at_each(claims: Claims) -> Finding | None:
    """Judge "12 mornings brought in 216 residents, an average of 18 at each one"."""
    counts = claims.mentioned.of_unit("count")
    if len(counts) != 3 or not _MEAN.search(claims.text[: counts[-1].start]):
        return None
    many, whole, said = counts
    if many.value >= whole.value or not _AT_EACH.match(claims.text[said.end :]):
        return None
    return _finding(claims, said.text, said.value, said.step, whole, many.value)


def _of_list(claims: Claims) -> Finding | None:
    """Judge "the four quarters were 212, 198, 241 and 229, an average of 220"."""
    counts = claims.mentioned.of_unit("count")
    if len(counts) < 4 or not _MEAN.search(claims.text[: counts[-1].start]):
        return None
    *listed, said = counts
    between = [claims.text[one.end : other.start] for one, other in itertools.pairwise(listed)]
    if not all(re.fullmatch(r",\s(?:and\s)?|\sand\s", text) for text in between):
        return None
    whole = replace(said, value=sum(one.value for one in listed), step=0.0)
    return _finding(claims, said.text, said.value, said.step, whole, len(listed))


def _of_a_sum_over_time(claims: Claims) -> Finding | None:
    """Judge "£2.4 million over three years, that is £800,000 a year"; of months too."""
    pounds = claims.mentioned.of_unit("pounds")
    lengths = list(_OVER.finditer(claims.text))
    if len(pounds) != 2 or len(lengths) != 1:
        return None
    whole, part = pounds
    each = _A_TIME.match(claims.text[part.end :])
    length = lengths[0]
    if each is None or not whole.end <= length.start() < part.start or part.value >= whole.value:
        return None
    months = small_number(length["many"]) * _MONTHS_OF[length["unit"].casefold()]
    many = months / _MONTHS_OF[each["unit"].casefold()]
    return _finding(claims, part.text, part.value, part.step, whole, many)


def _of_a_year(claims: Claims) -> Finding | None:
    """Judge "in the year to March it handled 6,240 incidents, on average 520 a month"."""
    said = _ON_AVERAGE.search(claims.text)
    counts = claims.mentioned.of_unit("count")
    if said is None or len(counts) != 2 or len(_A_YEAR.findall(claims.text)) != 1:
        return None
    whole, part = counts
    if not said.start() <= part.start < said.end() or whole.value <= part.value:
        return None
    many = {"month": 12, "quarter": 4, "week": 52, "day": 365}[
        (said["unit"] or said["unit2"]).casefold()
    ]
    return _finding(claims, part.text, part.value, part.step, whole, many)


def _of_years(claims: Claims) -> Finding | None:
    """Judge "£400,000 a year for three years, £1.2 million in total"."""
    pounds = claims.mentioned.of_unit("pounds")
    lengths = list(_FOR_YEARS.finditer(claims.text))
    if len(pounds) != 2 or len(lengths) != 1:
        return None
    part, whole = pounds
    if not part.end <= lengths[0].start() <= part.end + 1 or not (
        _MAKING.search(claims.text[: whole.start]) or _IN_ALL.match(claims.text[whole.end :])
    ):
        return None
    many = small_number(lengths[0]["many"])
    return _times(claims, many, part, whole)


def _so_many_to_one(claims: Claims) -> Finding | None:
    """Judge "651 cases involved 825 children, that is 1.3 children to a case"."""
    said = _TO_ONE.search(claims.text)
    if said is None:
        return None
    counts = [
        one
        for one in claims.mentioned.of_unit("count")
        if one.end <= said.start() and one.step >= 1
    ]
    many, ones = (
        [
            one
            for one in counts
            if re.match(
                rf"\s(?:[a-z]+\s){{0,2}}?{re.escape(said[name].casefold().rstrip('s'))}(?:s|ren)?\b",
                claims.text[one.end :],
                re.IGNORECASE,
            )
        ]
        for name in ("many", "one")
    )
    if len(many) != 1 or len(ones) != 1 or many == ones:
        return None
    digits = said["said"]
    step = 10.0 ** -len(digits.partition(".")[2])
    return _finding(claims, digits, float(digits), step, many[0], ones[0].value)


def _times(claims: Claims, many: float, part: Number, whole: Number) -> Finding:
    true = many * part.value
    verdict = fits(whole, true)
    sign = "£" if whole.unit == "pounds" else ""
    return Finding(
        claims.sentence,
        verdict,
        "total",
        whole.text.strip(),
        agreement(verdict, "the total"),
        f"{number(many)} times {sign}{number(part.value)} is {sign}{number(true)}.",
    )


def _product(claims: Claims) -> Finding | None:
    """Judge "each of the 14 schools had three sessions, making 42 in all"."""
    figures = claims.mentioned.of_unit("count", "pounds")
    if len(figures) != 3 or not _EACH_OF.search(claims.text[: figures[1].start]):
        return None
    many, part, whole = figures
    is_total = _MAKING.search(claims.text[: whole.start]) or _IN_ALL.match(claims.text[whole.end :])
    if not is_total or many.unit != "count" or part.unit != whole.unit:
        return None
    return _times(claims, many.value, part, whole)


def _of_time(apiece: re.Match[str], claims: Claims, count: Number) -> bool:
    """Whether a price is not one of the things counted: per year, or of another thing."""
    what = (apiece["what"] or "").casefold()
    if not what:
        return False
    counted = claims.text[count.end : count.end + 40].casefold()
    if what == "person":
        return (
            re.search(r"\b(?:people|persons|men|women|clients|victims|survivors)\b", counted)
            is None
        )
    return what in _TIMES or what.rstrip("s") not in counted


def _finding(
    claims: Claims, text: str, said: float, step: float, whole: Number, many: float
) -> Finding | None:
    if not many:
        return None
    true = whole.value / many
    hedged = re.search(r"\b(?:about|around|roughly|approximately|nearly|just|over|under|some)\b",
                       claims.text, re.IGNORECASE)  # fmt: skip
    near = abs(said - true) <= (0.06 * true if hedged else 0.5 * step + 0.5 * whole.step / many)
    verdict: Verdict = "confirmed" if near or abs(said - true) < 0.51 * step else "contradicted"
    if verdict == "contradicted" and abs(said - true) <= 1.05 * step:
        verdict = "doubtful"
    sign = "£" if whole.unit == "pounds" else ""
    return Finding(
        claims.sentence, verdict, "average", text.strip(),
        agreement(verdict, "the average"),
        f"{sign}{number(whole.value)} divided by {number(many)} is {sign}{number(true, 1)}.",
    )  # fmt: skip
