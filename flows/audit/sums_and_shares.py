"""Finds parts that are said to sum to a total, and so many of so many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit import vocabulary as words
from flows.audit.changes_of_others import is_a_move
from flows.audit.claims import Share, Total
from flows.audit.context import Context
from flows.audit.marks import Mark, Number, ways_of
from flows.audit.subjects import nearest

_KIND = r"men|women|males?|females?|boys|girls|adults|children|young people"
_NUMBERS = words.COUNT + words.POUNDS
_TOTAL = re.compile(
    rf"(?P<parts>[{_NUMBERS}](?:[^;{words.PER_CENT}{words.POINTS}]{{0,60}}?"
    rf"[{_NUMBERS}]){{1,15}})[^;]{{0,40}}?"
    rf"(?:total(?:l?ing|s|led)?(?:\s+of)?|in total|sum(?:s|ming)?\s+to|add(?:s|ed|ing)?\s+up\s+to|"
    rf"comes?\s+to|came\s+to|amount(?:s|ed|ing)?\s+to|br(?:ing|ings|ought|inging)\s+[^;{words.VALUES}]{{0,30}}?\sto|made\s+up\s+(?:a|the)\s+total\s+of|altogether|giving(?:\s+it|\s+them|\s+us)?(?:\s+a\s+total\s+of)?|which\s+(?:gives|gave|makes|made)(?:\s+it|\s+them|\s+us)?|making(?:\s+a\s+total\s+of)?)\s+[^;{words.VALUES}]"
    rf"{{0,20}}?(?P<total>[{_NUMBERS}])"
)
_IN_TOTAL = re.compile(
    rf"(?P<parts>[{_NUMBERS}](?:[^;{words.PER_CENT}{words.POINTS}]{{0,60}}?"
    rf"[{_NUMBERS}]){{1,15}})[^;{words.VALUES}]{{1,60}}?"
    rf"(?P<total>[{_NUMBERS}])(?: \w+)? (?:in total|altogether|in all)"
)
_PART_OF = re.compile(
    rf"(?P<part>[{_NUMBERS}])[^;{words.VALUES}{words.UP}{words.DOWN}]{{0,40}}?"
    rf"(?:out of|(?<!instead )of)"
    rf"(?: the| all)? [^;{words.VALUES}{words.UP}{words.DOWN}]{{0,20}}?(?P<whole>[{_NUMBERS}])"
    rf"(?:[^;){words.VALUES}]{{0,40}}?|[^;){words.VALUES}]{{0,90}}?(?:\(|, (?:or |which is |"
    rf"that is (?:to say )?(?:at )?|equivalent to |equal to )))"
    rf"(?P<share>{words.PER_CENT})"
)
_PLUS = re.compile(
    rf"(?P<parts>[{_NUMBERS}](?:[^;{words.VALUES}]{{0,40}}?\+[^;{words.VALUES}]{{0,40}}?"
    rf"[{_NUMBERS}]){{1,8}})[^;{words.VALUES}]{{0,20}}?=\s?"
    rf"(?P<total>[{_NUMBERS}])"
)
_OF_TOTAL = re.compile(
    rf"(?P<total>[{_NUMBERS}])[^;{words.VALUES}]{{0,30}}?(?:made up of|comprising|"
    rf"comprises|comprised|consist(?:s|ed|ing) of|split into|divided into)[^;{words.VALUES}]{{0,40}}?"  # noqa: E501
    rf"(?P<parts>[{_NUMBERS}](?:[^;{words.PER_CENT}{words.POINTS}]{{0,60}}?"
    rf"[{_NUMBERS}]){{1,15}})"
)
# "289 robberies in all (Bradford 77, Leeds 131)": the parts stand in the brackets behind it.
_ADDED_UP = re.compile(
    rf"\b(?:add(?:ing|ed)?\s(?:up|together)|summ(?:ing|ed)|combined|taken\stogether|together|in\stotal|"
    rf"in\sall|totalling|total\sof)\b[^;(]{{0,60}}?(?P<total>[{words.COUNT}])[^;({words.VALUES}]{{0,60}}"
    rf"\((?P<parts>{words.AREA}:? [{words.COUNT}]"
    rf"(?:(?:,| and|, and) {words.AREA}:? [{words.COUNT}])+)\)"
)
# "57 deaths: 39 men and 18 women", "all 348 cases it held: 221 were resolved and 127 remain open"
_LISTED = re.compile(
    rf"(?P<total>[{_NUMBERS}])[^;:({words.VALUES}]{{0,120}}: ?"
    rf"(?:[a-z {words.AREA}-]{{1,30}} )?(?P<parts>[{_NUMBERS}]"
    rf"[^;:.{words.PER_CENT}{words.POINTS}]*?\band (?:[a-z {words.AREA}-]{{1,30}} )?"
    rf"(?:the (?:remaining|other) )?"
    rf"[{_NUMBERS}])[^;:{words.VALUES}]*$"
)
# "250 offenders on the register, 166 men and 84 women"
_OF_TWO_KINDS = re.compile(
    rf"(?P<total>[{words.COUNT}])[^;:.{words.VALUES}]{{0,60}}, "
    rf"(?P<parts>[{words.COUNT}] (?:{_KIND}) and [{words.COUNT}]) (?:{_KIND})\b"
)
_REST = re.compile(
    rf"\bof the (?P<total>[{_NUMBERS}])[^;{words.VALUES}]{{0,40}}?"
    rf"(?P<parts>[{_NUMBERS}][^;{words.VALUES}]{{0,60}}?"
    rf"(?:remaining|other|rest)[^;{words.VALUES}]{{0,20}}?[{_NUMBERS}])"
)
# "had £64,000, of which £48,000 is spent and £16,000 remains"
# "58 orders, 40 of them full and the other 18 partial"
_PARTS_OF_IT = re.compile(
    rf"(?P<total>[{_NUMBERS}])[^;:{words.VALUES}]{{0,80}}?, (?P<parts>(?:of which )?(?:[a-z]+ )?"
    rf"[{_NUMBERS}](?: of (?:them|these|which))?[^;:{words.VALUES}]{{0,60}}? and "
    rf"(?:(?:the )?(?:other|remaining) [{_NUMBERS}]|"
    rf"[{_NUMBERS}] (?:(?:is |are |was |were )?(?:remain|left|unspent|outstanding|still))))"
)
_SHARE_OF_A_TOTAL = re.compile(
    rf"{words.PER_CENT} of (?:the |its )?[^;.,{words.VALUES}]{{0,20}}?"
    r"total (?:of |for [^;.,]{1,30}? of )?$"
)
_OF_THESE_BEFORE = re.compile(r"\bof (?:these|those|them|which),? $")
_OF_THESE_BEHIND = re.compile(r" of (?:these|those|them)\b")
_SHARE_THEN_PART = re.compile(
    rf"(?P<share>{words.PER_CENT})[^;,){words.VALUES}]{{0,140}}?[:(] ?(?P<part>[{words.COUNT}]) "
    rf"(?:[a-z]+ )?(?:out )?of (?:the )?(?P<whole>[{words.COUNT}])"
)
_SHARE_OF = re.compile(
    rf"(?P<share>{words.PER_CENT}) \(?(?P<part>[{words.COUNT}]) (?:out )?of (?:the )?"
    rf"(?P<whole>[{words.COUNT}])"
)
# "212 knife crimes, which is 1.0% of the 21,225 crimes"
_PART_THEN_SHARE = re.compile(
    rf"(?P<part>[{words.COUNT}])[^;.{words.VALUES}{words.UP}{words.DOWN}]{{0,80}}?"
    rf"(?:, (?:which is |or )?(?!and )|\(|(?:made|makes?) up |accounts? for |accounted for |"
    rf"represents? )"
    rf"[^;.,{words.VALUES}{words.UP}{words.DOWN}]{{0,25}}?"
    rf"(?P<share>{words.PER_CENT}) of (?:the |all )?(?:the )?(?P<whole>[{words.COUNT}])"
)
_SHARE = re.compile(
    rf"(?P<part>[{words.COUNT}])[^;{words.VALUES}.,]{{0,30}}?\((?P<share>{words.PER_CENT})\)"
)

_OF_ONE_TIME = re.compile(rf" (?:in|for|by) [{words.PERIOD}]")
_AVERAGE = re.compile(
    r"\b(?:average|mean|median)\b|\bgiving an? (?:\w+ )?(?:rate|ratio)\b", re.IGNORECASE
)
# "5,734 jailed and 2,649 suspended, amounting to 42% of": both together
_LAST_OF_SOME = re.compile(rf"[{words.COUNT}] [^;.,{words.VALUES}]{{1,40}} and $")
_COMPARED = re.compile(r"\b(?:compared|against|than|versus)\b")
_FROM = re.compile(rf"\bfrom [{words.COUNT}][^;{words.VALUES}]{{0,40}}? to $")
_UP_FROM = re.compile(rf"(?:\bup|\bdown|[{words.UP}{words.DOWN}])\s(?:from|on)\s(?:the\s)?$")
_ALL_NAMED = re.compile(
    r"\b(?:all|every|remaining|other|others|rest|respectively|split|made up|together|combined)\b"
)


def totals(
    text: str, context: Context, drawn: str, at: dict[int, Mark], used: set[int]
) -> Iterator[Total]:
    """Find the parts and the total of a clause."""
    match = _whole_list(drawn, at) or (
        _PLUS.search(drawn)
        or _OF_TWO_KINDS.search(drawn)
        or _ADDED_UP.search(drawn)
        or _OF_TOTAL.search(drawn)
        or _REST.search(drawn)
        or _PARTS_OF_IT.search(drawn)
        or _TOTAL.search(drawn)
        or _IN_TOTAL.search(drawn)
    )
    if match is not None and re.search(r"\beach\b", match["parts"]):
        return  # "31 in Q1, 34 each in Q2 and Q3"
    if match is None or _AVERAGE.search(drawn[: match.end()]):
        return
    if _OF_ONE_TIME.match(drawn[match.end("total") :]) and re.search(
        rf"\bin [{words.PERIOD}{words.BEFORE}]|\b(?:later|before|earlier)\b", match["parts"]
    ):
        return  # "283 in July 2016, 513 a year later, and came to 808 in July 2018"
    if _SHARE_OF_A_TOTAL.search(drawn[: match.start("total")]):
        return  # "(2,451 and 2,505 respectively), which is 18.9% of the force total of 26,202"
    total = at.get(match.start("total"))
    parts = [
        mark
        for place in range(match.start("parts"), match.end("parts"))
        if isinstance(mark := at.get(place), Number)
    ]
    if match.re is _PARTS_OF_IT and (
        _OF_THESE_BEFORE.search(drawn[: match.start("total")])
        or _OF_THESE_BEHIND.match(drawn[match.end("total") :])
    ):
        return  # "Police made 288 of them, schools 192 and the remaining 160": a part itself
    largest = max((part.value for part in parts), default=0.0)
    if match.re is _PARTS_OF_IT and isinstance(total, Number) and largest > total.value:
        return  # "Of these, 214 were cars, 311 bins and the remaining 223 grass"
    if isinstance(total, Number) and len(parts) >= 2 and {m.unit for m in parts} == {total.unit}:
        used |= {mark.start for mark in (*parts, total)}
        yield Total(text, context, tuple(parts), total)


def _whole_list(drawn: str, at: dict[int, Mark]) -> re.Match[str] | None:
    """Find a total and the list behind its colon, unless the list is one of some of them."""
    match = _LISTED.search(drawn)
    total = at.get(match.start("total")) if match is not None else None
    if match is None or not isinstance(total, Number) or re.search(r"includ|such as", drawn):
        return None
    if re.search(f"[{words.UP}{words.DOWN}{words.BEFORE}{words.PERIOD}]", match["parts"]):
        return None
    parts = [
        mark.value
        for place in range(match.start("parts"), match.end("parts"))
        if isinstance(mark := at.get(place), Number)
    ]
    # what falls short by far, or a long list without "the other", may be one of examples
    is_whole = len(parts) >= 2 and max(parts) < total.value
    least = 0.8 if len(parts) < 4 or _ALL_NAMED.search(drawn) else 0.98
    return match if is_whole and least <= sum(parts) / total.value <= 1.5 else None


def shares(
    text: str, context: Context, drawn: str, at: dict[int, Mark], used: set[int]
) -> Iterator[Share]:
    """Find shares, with the wholes that they can be of."""
    for pattern in (_SHARE_OF, _SHARE_THEN_PART, _PART_OF, _PART_THEN_SHARE):
        for match in pattern.finditer(drawn):
            part, whole, share = (at.get(match.start(name)) for name in ("part", "whole", "share"))
            if (
                isinstance(part, Number)
                and isinstance(whole, Number)
                and isinstance(share, Number)
                and part.unit == whole.unit
                and part.value <= whole.value
                and not is_a_move(text, share)
                and not _COMPARED.search(drawn[match.start("whole") : match.start("share")])
                and not {part.start, whole.start, share.start} & used
                and not (
                    pattern is _PART_THEN_SHARE and _LAST_OF_SOME.search(drawn[: match.start()])
                )
            ):
                used |= {part.start, whole.start, share.start}
                yield Share(text, context, part, share, (whole,))
    numbers = [mark for mark in at.values() if isinstance(mark, Number) and mark.unit == "count"]
    parts = {
        at[match.start("part")].start
        for match in _SHARE.finditer(drawn)
        if at[match.start("share")].start not in used
    }
    for match in _SHARE.finditer(drawn):
        part, share = at.get(match.start("part")), at.get(match.start("share"))
        if not isinstance(part, Number) or not isinstance(share, Number):
            continue
        moves = drawn[max(0, match.start() - 40) : match.end()]
        if {part.start, share.start} & used or re.search(f"[{words.UP}{words.DOWN}]", moves):
            before = drawn[max(0, match.start() - 12) : match.start()]
            if {part.start, share.start} & used or " than " not in before:
                continue
        if share.text.strip()[:1] in "+-\N{MINUS SIGN}":
            continue
        if share.value > 100 or _FROM.search(drawn[: match.start()]):
            continue  # "from 5,314 to 5,231 (1.6%)" is a change
        if _UP_FROM.search(drawn[: match.start()]):
            continue  # "up from 2,205 in the previous year (13.6%)" too
        than = " than " in drawn[max(0, match.start() - 12) : match.start()]
        wholes = tuple(
            one
            for one in numbers
            if one.value > part.value
            and one.start not in parts
            # the whole of the year before stands behind its part, or not in the sentence
            and (not than or one.start > part.start)
        )
        if not wholes and not than:
            continue
        used |= {part.start, share.start}
        ways = ways_of(mark for place, mark in at.items() if place < match.start())
        direction = ways.pop() if than and len(ways) == 1 else ""
        yield Share(text, _nearest_share(part, at, context), part, share, wholes, than, direction)


def _nearest_share(part: Number, at: dict[int, Mark], context: Context) -> Context:
    return nearest(part, sorted(at.values(), key=lambda mark: mark.start), context)
