"""Judges a total that introduces a list of its parts: "£12,000 in all:" above four amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.audit.agreement import fits, rounding, share_finding
from flows.audit.claims import Claims
from flows.audit.draft import Passage
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Number, marks_finder
from flows.audit.number_words import COUNT
from flows.audit.vocabulary import Vocabulary

_TOTAL = re.compile(
    r"\b(?:total|totals|totalling|totalled|in\sall|altogether|in\stotal|made\sup\sof|comprising|all)\b",
    re.IGNORECASE,
)
_SOME = re.compile(r"\b(?:includ\w+|such\sas|for\sexample|among|largest|top|main)\b", re.IGNORECASE)
_TOTAL_ITEM = re.compile(r"^(?:grand\s|overall\s)?(?:total|all|in\sall)\b", re.IGNORECASE)
_IN_ALL = re.compile(
    rf"^(?:In\s(?:all|total)|Altogether|Together)\b|^(?:This|That|It)\s(?:makes|gives|comes\sto)\b|"
    rf"^(?:The|These|All)\s{COUNT}\s\w+\s(?:together|between\sthem|combined)\b",
    re.IGNORECASE,
)
_CONSISTS = re.compile(
    r"^(?:It|This|They|These|The\s\w+)\s(?:consists?\sof|consisted\sof|comprises?|comprised|(?:is|was|are|were)\s"
    r"made\sup\sof)\b|\bas\sfollows:\s",
)
_NO_AREA = re.compile(r"(?!)")


class ListTotals:
    """Judges the one total of a paragraph that ends with a colon against the list below it."""

    def __init__(self, passages: Sequence[Passage], vocabulary: Vocabulary) -> None:
        self._passages = passages
        self._find_marks = marks_finder(vocabulary, _NO_AREA)

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge the sentence that introduces a list in which every item has one such figure."""
        text = claims.text
        yield from self._of_before(claims)
        yield from self._last_item(claims)
        yield from self._item_share(claims)
        yield from self._after_list(claims)
        if not text.endswith(":") or _SOME.search(text):
            return
        items = self._items(claims.sentence.passage.number)
        for unit in ("pounds", "count"):
            totals = claims.mentioned.of_unit(unit)
            parts = [one for item in items for one in item if one.unit == unit]
            if len(totals) != 1 or len(items) < 2 or len(parts) != len(items):
                continue
            if any(sum(one.unit == unit for one in item) != 1 for item in items):
                continue
            # without a word for a total it is one where the sum comes near
            share = sum(one.value for one in parts) / totals[0].value if totals[0].value else 0.0
            if not _TOTAL.search(text) and not 0.9 <= share <= 1.1:
                continue
            yield _judged(claims, totals[0], parts)
            return

    def _after_list(self, claims: Claims) -> Iterator[Finding]:
        """Judge "In all 5,400 hours were worked" against the list that ends above it."""
        passage = claims.sentence.passage
        own = [
            one
            for one in claims.mentioned.of_unit("count", "pounds")
            if re.search(r"\d", one.text)  # "the five agencies"
        ]
        if passage.kind != "paragraph" or len(own) != 1 or not _IN_ALL.match(claims.text):
            return
        yield from self._sum_above(claims, own[0])

    def _item_share(self, claims: Claims) -> Iterator[Finding]:
        """Judge an item "gardens: 55 (22%)" against the total that introduces its list."""
        passage = claims.sentence.passage
        own, shares = claims.mentioned.of_unit("count"), claims.mentioned.of_unit("per cent")
        if passage.kind != "item" or len(own) != 1 or len(shares) != 1:
            return
        first = self._first_of_list(passage.number)
        if first < 1:
            return
        intro = self._find_marks(self._passages[first - 1].text, None)
        totals = [one for one in intro if isinstance(one, Number) and one.unit == "count"]
        items = self._items(first)
        parts = [one.value for item in items for one in item if one.unit == "count"]
        # it is their total where they sum to it
        if len(totals) != 1 or len(parts) != len(items) or len(items) < 2:
            return
        if sum(parts) != totals[0].value:
            return
        part, whole = own[0], totals[0]
        verdict = fits(shares[0], 100 * part.value / whole.value)
        claim = f"{part.text.strip()} ({shares[0].text.strip()})"
        yield share_finding(claims.sentence, verdict, claim, part.value, whole.value)

    def _last_item(self, claims: Claims) -> Iterator[Finding]:
        """Judge an item "Total: 4,823" against the items above it."""
        passage = claims.sentence.passage
        own = claims.mentioned.numbers
        if passage.kind != "item" or len(own) != 1 or not _TOTAL_ITEM.match(claims.text):
            return
        yield from self._sum_above(claims, own[0])

    def _of_before(self, claims: Claims) -> Iterator[Finding]:
        """Judge "It consists of £740,000 and £460,000" against the one total of the text before."""
        consists = _CONSISTS.search(claims.text)
        if consists is None or claims.before is None or _SOME.search(claims.text):
            return
        for unit in ("pounds", "count"):
            totals = claims.before.mentioned.of_unit(unit)
            parts = [
                one
                for one in claims.mentioned.numbers
                if one.unit == unit and one.start >= consists.end()
            ]
            if len(totals) != 1 or len(parts) < 2:
                continue
            own_kind = set(claims.mentioned.indicators) - set(claims.before.mentioned.indicators)
            if unit == "count" and own_kind:
                continue  # "3,493 more crimes. MARAC volumes were as follows: Birmingham 1,292"
            if len(parts) != sum(one.unit == unit for one in claims.mentioned.numbers):
                continue
            yield _judged(claims, totals[0], parts)
            return

    def _sum_above(self, claims: Claims, total: Number) -> Iterator[Finding]:
        """Judge a total against the items above it, where each has one figure of its unit."""
        number_of_it = claims.sentence.passage.number
        first = self._first_of_list(number_of_it)
        items = self._items(first)[: number_of_it - 1 - first]
        parts = [item[0] for item in items if len(item) == 1 and item[0].unit == total.unit]
        if len(parts) == len(items) >= 2:
            yield _judged(claims, total, parts)

    def _first_of_list(self, number_of_passage: int) -> int:
        """Return the place of the first item of the list that a passage ends or follows."""
        first = number_of_passage - 1
        while first > 0 and self._passages[first - 1].kind == "item":
            first -= 1
        return first

    def _items(self, after: int) -> list[list[Number]]:
        """Return the numbers of each item of the list that follows a passage."""
        found = []
        for passage in self._passages[after:]:
            if passage.kind != "item":
                break
            marks = self._find_marks(passage.text, None)
            found.append([mark for mark in marks if isinstance(mark, Number)])
        return found


def _judged(claims: Claims, total: Number, parts: Sequence[Number]) -> Finding:
    true = sum(one.value for one in parts)
    loose = rounding(*parts) + 0.5 * total.step
    verdict: Verdict = "confirmed" if abs(true - total.value) <= loose + 1e-9 else "contradicted"
    return Finding(
        claims.sentence,
        verdict,
        "total",
        total.text.strip(),
        "the list sums to the total"
        if verdict == "confirmed"
        else "the list does not sum to the total",
        f"The items sum to {'£' if total.unit == 'pounds' else ''}{number(true)}.",
    )
