"""Reads the sentences of a draft in their order, each with what was spoken of before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from flows.audit import vocabulary as words
from flows.audit.all_crime import ALL_CRIME, IsAllCrime
from flows.audit.area_words import AREAS
from flows.audit.claims import Claims, Mentioned
from flows.audit.clauses import clauses_of
from flows.audit.comparisons import comparison, names_all_crime
from flows.audit.context import Context
from flows.audit.draft import Sentence
from flows.audit.marks import Mark, Number, Word, marks_finder, outline
from flows.audit.narrowing import is_narrower_than_published, names_the_force
from flows.audit.number_words import COUNT
from flows.audit.other_comparisons import is_a_year_before
from flows.audit.other_subjects import speaks_of_something_else
from flows.audit.periods import Period
from flows.audit.ranks import find_ranks
from flows.audit.several_figures import (
    changed,
    counted,
    dated,
    listed,
    quarters,
    ranging,
    respectively,
)
from flows.audit.subjects import (
    context_of,
    is_circle,
    is_comparator,
    is_compared_area,
    is_ranked_in,
    nearest,
    year_after,
)
from flows.audit.sums_and_shares import shares, totals
from flows.audit.vocabulary import Vocabulary
from flows.audit.years_in_a_row import runs

# What would have been is no figure: "Had it grown as fast, Leeds would have seen 9,500".
_CONDITIONAL = re.compile(
    r"^had\b.*,.*\bwould\b|\b(?:should|would)\sbe\sexpected\b|\bwould\shave\b|^(?:if|were)\b.*\bwould\b",
    re.IGNORECASE,
)


# "6,289 crimes" are all that were recorded; "victims of crime" may be anything
_SO_MANY_CRIMES = re.compile(
    r"\d\s(?:more\s|fewer\s|recorded\s)?(?:crimes|offences)\b", re.IGNORECASE
)


# "That month there were 568; in December": the first clause is of the month spoken of before
_ANOTHER_CLAUSE = re.compile(r"^(?:that|this|the\ssame)\s(?:month|quarter|year|period)\b.*;", re.I)
_FOLLOWING = re.compile(
    r"\b(?:in|over|during)\s(?:the\s)?(?:following|next)\s(?:financial\s)?year\b|"
    r"\bin\sthe\syear\s(?:after|that\sfollowed)\b",
    re.IGNORECASE,
)
_LATTER = re.compile(
    r"\b(?:an?|one|two|twelve\smonths)\s(?:years?\s)?later\b|"
    r"\b(?:half[\s-]year|year|quarter|six\smonths)\sas\sa\swhole\b|\b(?:whole|full|entire)\s(?:financial\s)?year\b|\btwo\s(?:quarters|halves)\stogether\b|"
    r"\b(?:latter|former)\s(?:year|month|quarter|half|period)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|concerning|regarding|relating\sto|for|of)\s$", re.IGNORECASE)
# a paragraph that goes on about the list above it
_OF_THE_LIST = re.compile(
    r"(?:The\s(?:year\S{1,2}\s|overall\s)?(?:total|sum)|In\s(?:all|total)|Together|Altogether|"
    r"Between\sthem|(?:That|This)\s(?:makes|gives|comes\sto)|All\s(?:four|told|together)|Taken\stogether)\b"
)
_CHILDREN = re.compile(
    r"\d\s(?P<children>children)\b"
    r"(?=[,.]|$|\s(?:(?:were|was|are)\s)?(?:liv(?:ing|ed)|involved|affected|in\s(?:the(?:se)?\s)?(?:households?|homes?))\b)"
)
_SUCH = re.compile(r"\bsuch\s(?:offences|crimes|incidents|cases|reports|calls)\b", re.IGNORECASE)
_OF_MARAC = re.compile(r"\bMARAC\b|\bhouseholds?\sdiscussed\b")
# "That puts it at 25.3%, and the next highest in the force was Coventry's 23.1%"
_THE_NEXT = re.compile(
    r"\d.*\band\sthe\s(?:next|second|other)\s(?:\w+\s){1,4}(?:was|were|is)\s$", re.IGNORECASE
)
_OF_ALL_CRIME = re.compile(r"\bcrime\s(?:in\sgeneral|as\sa\swhole|overall)\b", re.IGNORECASE)
_THE_AREA = re.compile(
    r"^(?:the|this|that)\s(?:borough|city|district|town|area|partnership|county|authority)(?:'s)?\b",
    re.I,
)
_MORE_CRIME = re.compile(
    r"\b(?:more|less|overall|all|recorded)\s(?:recorded\s)?crime\b|"
    r"\b(?:most|fewest|lowest|highest)\s(?:number\sof\s)?(?:recorded\s)?crimes\b|"
    r"\brecorded\scrimes\b|\d\s(?:more|fewer)\scrimes\b|\d\scrimes\s(?:per|for\s(?:every|each)|in)\b",
    re.IGNORECASE,
)
_CRIMES = re.compile(r"\b(?:crimes|offences)\b", re.IGNORECASE)
# "Crime was up across West Yorkshire", whatever was spoken of before
_ALL_CRIME_MOVED = re.compile(
    r"\W*(?:(?:Overall|Recorded|Total)\s)?Crime\s(?:was|is|has|rose|fell|went|increased|decreased)\b",
    re.IGNORECASE,
)
# "attendance doubled over the same period" is of no other year
_AT_THE_SAME_TIME = re.compile(r"the\ssame\speriod(?=[.;,)]|$)", re.IGNORECASE)
_FROM_TO = re.compile(r"\bfrom\s[£\d][\d,.]*%?\sto\s[£\d]", re.IGNORECASE)
_OF_ANY_KIND = re.compile(r"(?:recorded\s)?(?:crimes|offences)(?:\srecorded)?", re.IGNORECASE)

# "All seven areas saw crime rise. Solihull had the smallest increase"
_ALL_AREAS = re.compile(
    rf"(?:All|Each\sof\sthe)\s{COUNT}\s(?:[\w-]+\s){{0,3}}?(?:{AREAS})\b|"
    # "Recorded crime rose in every district. The steepest increase was in Leeds"
    r"[^.;]*\b(?:rose|fell|increased|decreased|up|down|higher|lower)\sin\s(?:every|each)\s"
    r"(?:district|borough|partnership|authority|area)\b"
)
_NO_AREA = re.compile(r"(?!)")


@lru_cache(maxsize=8)
def _any_area(areas: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(areas, key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\b") if names else _NO_AREA


class Reader:
    """Reads sentences in their order, so that each knows what was spoken of before it."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        areas: Sequence[str],
        default_area: str = "",
        forces: Sequence[str] = (),
        force_of: Mapping[str, str] | None = None,
        is_all_crime: IsAllCrime = lambda marks, context: False,
    ) -> None:
        self._vocabulary = vocabulary
        self._is_all_crime = is_all_crime
        self._areas = _any_area(tuple(areas))
        self._find_marks = marks_finder(vocabulary, self._areas)
        self._find_numbers = marks_finder(vocabulary, _NO_AREA)
        self._forces = frozenset(forces)
        self._force_of = force_of or {}
        of_areas = set(self._force_of.values())
        self._only_force = of_areas.pop() if len(of_areas) == 1 else ""
        self._default = Context(area=default_area)
        self._context = self._default
        self._only_indicator = ""
        self._spoke_of_several = False
        self._lost_the_kind = False
        self._heading = ""
        self._passage = 0
        self._periods: list[Period] = []
        self._compared: Context | None = None
        self._before: Claims | None = None
        self._was_item = False
        self._force_spoken_of = ""
        self._intro: tuple[Claims, Context] | None = None
        self._of_table: Context | None = None

    def read(self, sentence: Sentence) -> Claims:
        """Find what a sentence claims."""
        self._enter(sentence)
        claims = Claims(sentence, before=self._before)
        if sentence.passage.kind == "heading":
            return claims
        sentence = replace(sentence, text=_arrows_in_words(sentence.text))
        claims.text = sentence.text
        claims.marks = self._marks(sentence.text, self._context.period)
        claims.mentioned = self._mentioned(sentence.text, claims.marks)
        claims.is_conditional = _CONDITIONAL.search(sentence.text) is not None
        said = claims.mentioned
        if (
            not said.indicators
            and _CRIMES.search(sentence.text)
            and self._is_all_crime(claims.marks, self._context)
        ):
            # "Shoplifting rose. Cabinet is asked to note that 6,839 offences were recorded"
            said = claims.mentioned = replace(said, indicators=(ALL_CRIME,))
            self._context = replace(self._context, indicator=ALL_CRIME)
        own = [one for one in said.periods if not is_comparator(sentence.text, one)]
        self._carry_over(said, own, sentence.text)
        is_later = own and _ANOTHER_CLAUSE.search(sentence.text[: own[0].start])
        if len(own) == 1 and not own[0].is_vague and not is_later:
            self._context = replace(self._context, period=own[0])
        circles = [
            mark
            for mark in claims.marks
            if isinstance(mark, Word)
            and mark.mark == words.AREA
            and (
                is_circle(sentence.text, mark)
                or is_compared_area(sentence.text, mark)
                or (mark.value in self._forces and is_ranked_in(sentence.text, mark))
            )
        ]
        if len(set(said.areas)) == 1:
            [area] = set(said.areas)
            # "its rate was the second highest; the highest was that of Bradford"
            before = sentence.text.partition(area)[0]
            is_of_second = ";" in before or _THE_NEXT.search(before) is not None
            # "The borough recorded 2,625, while Wolverhampton had 2,713"
            is_of_before = _THE_AREA.match(sentence.text) and re.search(
                r"\d", sentence.text.partition(area)[0]
            )
            if not self._context.area or not (circles or is_of_second or is_of_before):
                self._context = replace(self._context, area=area)
        self._compared = None
        spans = {(one.first, one.last) for one in said.periods if not one.is_vague}
        if not own and len(spans) > 1:
            self._compared = self._context
        self._only_indicator = said.indicators[0] if len(set(said.indicators)) == 1 else ""
        self._force_spoken_of = ""
        for text in clauses_of(sentence.text, self._vocabulary, self._areas):
            self._clause(text, claims)
        said = claims.mentioned = _without_others(claims)
        if said.indicators:
            of_all = {ALL_CRIME} if _OF_ALL_CRIME.search(sentence.text) else set()
            self._spoke_of_several = len(of_all | set(said.indicators)) > 1
        is_narrower = bool(said.numbers) and all(one.is_narrower for _, one in claims.clauses)
        # "33 of the 94 young people reoffended. The rate fell": no rate of what was said before
        self._lost_the_kind = not said.indicators and (is_narrower or self._lost_the_kind)
        if claims.before is not None:
            _set_beside(claims, claims.before)
        self._before = claims
        is_short = len(sentence.text) <= 120 and not sentence.text.endswith((".", "!", "?"))
        if sentence.passage.kind == "paragraph" and (sentence.text.endswith(":") or is_short):
            self._intro = claims, self._context
        return claims

    def _carry_over(self, said: Mentioned, own: list[Period], text: str) -> None:
        """Forget the period spoken of before where it may be one of several."""
        period = self._context.period
        if not own and period is not None:
            if _FOLLOWING.search(text):
                self._context = replace(self._context, period=year_after(period))
            elif not said.periods and any(
                (one.first, one.last) != (period.first, period.last)
                and not is_a_year_before(one, period)
                for one in self._periods
            ):
                self._context = replace(self._context, period=None)
        self._periods += [one for one in said.periods if not one.is_vague]

    def _around(self, claims: Claims) -> str:
        """Return the one force that the sentence before names, where this one names none."""
        if claims.before is None or set(claims.mentioned.areas) & self._forces:
            return ""
        named = set(claims.before.mentioned.areas)
        return next(iter(named)) if len(named) == 1 and named <= self._forces else ""

    def _mentioned(self, text: str, marks: Sequence[Mark]) -> Mentioned:
        named = [mark for mark in marks if isinstance(mark, Word)]
        indicators = [mark.value for mark in named if mark.mark == words.INDICATOR]
        without_periods = text
        for mark in marks:
            if isinstance(mark, Period):
                before = re.sub(r"\b(?:from|between|since)\s$", "", text[: mark.start])
                without_periods = without_periods.replace(text[len(before) : mark.end], " ")
        names_year_before = any(mark.mark == words.BEFORE for mark in named)
        return Mentioned(
            areas=tuple(mark.value for mark in named if mark.mark == words.AREA),
            indicators=tuple(indicators),
            may_be_all_crime=names_all_crime(text, self._vocabulary),
            periods=tuple(mark for mark in marks if isinstance(mark, Period)),
            numbers=tuple(mark for mark in marks if isinstance(mark, Number)),
            names_year_before=names_year_before,
            looks_back=names_year_before
            or self._vocabulary.looks_back.search(without_periods) is not None,
        )

    def _marks(self, text: str, near: Period | None) -> list[Mark]:
        marks = [
            mark
            for mark in self._find_marks(text, near)
            if not (
                isinstance(mark, Word)
                and mark.mark == words.BEFORE
                and _AT_THE_SAME_TIME.match(text[mark.start :])
            )
        ]
        named = [m for m in marks if isinstance(m, Word) and m.mark == words.INDICATOR]
        if any(mark.value == "asb_calls_for_service" for mark in named):
            # "calls for service to Dudley about anti-social behaviour" count calls
            of_calls = [
                m for m in named if m.value == "asb_incidents" and _ABOUT.search(text[: m.start])
            ]
            marks = [mark for mark in marks if mark not in of_calls]
            named = [mark for mark in named if mark not in of_calls]
        such = _SUCH.search(text) if self._context.indicator else None
        if such is not None and such.end() < min((m.start for m in named), default=10**6):
            # "3,396 such offences, while robberies numbered 783": of the kind spoken of before
            of_before = Word(*such.span(), such[0], words.INDICATOR, self._context.indicator)
            marks = sorted([*marks, of_before], key=lambda mark: mark.start)
            named = [of_before, *named]
        children = _CHILDREN.search(text) if _OF_MARAC.search(text) else None
        if children is not None and not any(
            mark.start < children.end("children") and children.start("children") < mark.end
            for mark in named
        ):
            # "825 children were living in households discussed at Wolverhampton's MARAC"
            of_children = Word(
                *children.span("children"), children["children"], words.INDICATOR, "marac_children"
            )
            marks = sorted([*marks, of_children], key=lambda mark: mark.start)
            named = [*named, of_children]
        if len({mark.value for mark in named}) > 1:
            # "burglary, with 533 offences recorded": the offences are burglaries
            marks = [m for m in marks if m not in named or not _OF_ANY_KIND.fullmatch(m.text)]
        elif self._before is not None and self._context.indicator and len(named) == 1:
            # "Knife crime ... Walsall, with 212 offences recorded": these are of the same kind
            of_number = _OF_ANY_KIND.fullmatch(named[0].text) and (
                named[0].start == 0
                or any(isinstance(m, Number) and m.end + 1 == named[0].start for m in marks)
            )
            if of_number and not self._is_all_crime(marks, self._context):
                marks = [m for m in marks if m is not named[0]]
        return marks

    @property
    def under_heading(self) -> Context:
        """What the heading says that the passage read last stands below."""
        return getattr(self, "_under_heading", self._default)

    def enter(self, sentence: Sentence) -> None:
        """Take note of the heading and the columns of a row that is read by somebody else."""
        self._enter(sentence)
        self._of_table = self._of_columns(sentence.passage.columns)

    def _of_columns(self, columns: Sequence[str]) -> Context | None:
        """Say what goes for what is said of a table: the latest of its columns' years."""
        heads = [self.said(column, Context()) for column in columns]
        periods = [head.period for head in heads if head.period is not None]
        if not periods or any(period.is_vague for period in periods):
            return None
        periods.sort(key=lambda one: one.last, reverse=True)
        latest = periods[0]
        for later, one in pairwise(periods):
            if (one.first, one.last) != (later.first, later.last) and not is_a_year_before(
                one, later
            ):
                return None
        return Context(period=latest)

    def only_number(self, cell: str) -> Number | None:
        """Return the number that is the whole of a cell."""
        marks = self._find_numbers(cell, None)
        one = marks[0] if len(marks) == 1 else None
        if isinstance(one, Number) and one.text.strip() == cell.strip():
            return one
        return None

    def is_name(self, label: str) -> bool:
        """Whether a label names an area or an indicator and hardly anything else."""
        named = [m for m in self._find_marks(label, None) if isinstance(m, Word)]
        named = [m for m in named if m.mark in (words.AREA, words.INDICATOR)]
        return len(named) == 1 and len(named[0].text) >= 0.6 * len(label.strip())

    def _enter(self, sentence: Sentence) -> None:
        passage = sentence.passage
        if passage.kind == "heading" or passage.heading != self._heading:
            self._of_table = None
            self._heading = passage.heading
            self._context = self._said(passage.heading, self._default)
            self._under_heading = self._context
        if passage.number != self._passage:
            self._passage = passage.number
            self._spoke_of_several = False
            self._lost_the_kind = False
            self._periods = []
            item_before = self._before if self._was_item else None
            period = self._context.period
            self._before, self._context = None, self.under_heading
            if self._of_table is not None and self._context.period is None:
                # a line below a table is of the year in its last column
                self._context = replace(self._context, period=self._of_table.period)
            if passage.kind == "item" and self._intro is not None:
                self._before, self._context = self._intro
                if item_before is not None:
                    self._before = item_before
                    if self._context.period is None:
                        self._context = replace(self._context, period=period)
            elif passage.kind == "item":
                self._before = item_before
            else:
                if self._was_item and self._intro is not None and _OF_THE_LIST.match(passage.text):
                    self._before, self._context = self._intro
                self._intro = None
            self._was_item = passage.kind == "item"

    def _said(self, text: str, before: Context) -> Context:
        return replace(self.said(text, before), is_narrower=False)

    def said(self, text: str, before: Context) -> Context:
        """Return what a heading, caption or cell adds to a context."""
        marks = self._marks(text, before.period)
        narrower = before.is_narrower or is_narrower_than_published(text, marks, self._vocabulary)
        return replace(context_of(marks, before), is_narrower=narrower)

    def _clause(self, text: str, claims: Claims) -> None:
        marks = self._marks(text, self._context.period)
        context = context_of(marks, self._context, text, self._forces)
        if self._compared is not None:
            # "31 more than in 2015/16 and 53 more than in 2014/15": of what was spoken of before
            context = replace(context, period=self._compared.period)
        if not any(isinstance(mark, Word) and mark.mark == words.INDICATOR for mark in marks):
            if _ALL_CRIME_MOVED.match(text):
                context = replace(context, indicator=ALL_CRIME)
            elif self._only_indicator and not names_all_crime(text, self._vocabulary):
                context = replace(context, indicator=self._only_indicator)
            elif not context.indicator and names_all_crime(text, self._vocabulary):
                guess = _SO_MANY_CRIMES.search(text) is None
                context = replace(context, indicator=ALL_CRIME, is_guess=guess)
            elif context.indicator != ALL_CRIME and _MORE_CRIME.search(text):
                # "Knife crime rose by 16.5%. All seven areas recorded more crime": of any kind
                self._spoke_of_several = True
        self._context = context
        if _LATTER.search(text):
            context = replace(context, period=None)
        force = ""
        if names_the_force(text, marks, as_subject=True):
            of_area = context.area if context.area in self._forces else ""
            of_area = of_area or self._force_of.get(context.area, "")
            force = of_area or ("" if context.area else self._only_force)
        is_narrower = claims.is_conditional or is_narrower_than_published(
            text, marks, self._vocabulary, is_of_force=bool(force)
        )
        names_area = any(isinstance(mark, Word) and mark.mark == words.AREA for mark in marks)
        if not force and not names_area and not _THE_AREA.match(text):
            force = (
                self._force_spoken_of
            )  # "The force figure rose by 43%, an increase that is clear"
        self._force_spoken_of = force
        if force:
            context = replace(context, area=force)
        names_kind = any(isinstance(mark, Word) and mark.mark == words.INDICATOR for mark in marks)
        is_other = speaks_of_something_else(text, marks, self._vocabulary) or (
            # "Proven offences numbered 278, although there had been only 214"
            not names_kind and bool(claims.clauses) and claims.clauses[-1][1].is_of_something_else
        )
        if claims.clauses and not names_kind:
            is_narrower = is_narrower or claims.clauses[-1][1].is_narrower
        context = replace(
            context, is_narrower=is_narrower or is_other, is_of_something_else=is_other
        )
        of_something_else = claims.before is not None and claims.before.speaks_of_something_else
        if self._lost_the_kind and not claims.mentioned.indicators:
            of_something_else = True
        if (self._spoke_of_several or of_something_else) and not claims.mentioned.indicators:
            context = replace(context, is_guess=True)  # of which of them is not said
        claims.clauses.append((text, context))
        named = [mark for mark in marks if isinstance(mark, Word)]
        claims.names[text] = (
            frozenset(mark.value for mark in named if mark.mark == words.AREA),
            frozenset(mark.value for mark in named if mark.mark == words.INDICATOR),
        )
        drawn, places = outline(text, marks)
        at = dict(zip(places, marks, strict=True))
        used: set[int] = set()
        claims.totals += totals(text, context, drawn, at, used)
        claims.shares += shares(text, context, drawn, at, used)
        claims.comparisons += ranging(text, context, drawn, at, used, marks)
        claims.comparisons += listed(text, context, marks, used)
        claims.comparisons += changed(text, context, drawn, at, used, marks)
        claims.comparisons += quarters(text, context, used, marks)
        claims.comparisons += respectively(text, context, used, marks)
        compared = comparison(self._vocabulary, text, context, drawn, at, used, marks)
        if compared is not None:
            if any(share.direction for share in claims.shares):
                compared.direction = ""
            claims.comparisons.append(compared)
        # a total of parts is a figure of its own: "155 hate crimes in 2017, 86 and then 69"
        used -= {total.total.start for total in claims.totals}
        claims.comparisons += counted(text, context, drawn, at, used, marks)
        claims.comparisons += dated(text, context, used, marks)
        claims.ranks += find_ranks(
            text, marks, context, self._forces, self._around(claims),
            is_among_all=claims.before is not None
            and _ALL_AREAS.match(claims.before.text) is not None,
        )  # fmt: skip
        claims.runs += runs(text, context, marks)
        for mark in marks:
            if isinstance(mark, Number) and mark.start not in used:
                claims.figures.append((nearest(mark, marks, context, text), mark))


def _without_others(claims: Claims) -> Mentioned:
    """Leave out the numbers of ", with homelessness up by 20%", which no table holds."""
    others = [text for text, context in claims.clauses[1:] if context.is_of_something_else]
    numbers = list(claims.mentioned.numbers)
    for text in others:
        start = claims.text.find(text)
        is_apart = claims.text[max(0, start - 2) : start].startswith(";")
        within = [one for one in numbers if start <= one.start < start + len(text)]
        many = 2 if _FROM_TO.search(text) else 1
        if start >= 0 and not is_apart and len(within) <= many:
            numbers = [one for one in numbers if one not in within]
    return replace(claims.mentioned, numbers=tuple(numbers))


def _set_beside(claims: Claims, before: Claims) -> None:
    """Turn "26,193 in July 2018. In July 2017 it was 22,582, a rise of 16%" the right way round."""
    periods, earlier = before.mentioned.periods, claims.mentioned.periods
    if len(periods) != 1 or len(earlier) != 1 or periods[0].is_vague or earlier[0].is_vague:
        return
    if not is_a_year_before(earlier[0], periods[0]):
        return
    for one in claims.comparisons:
        moved = one.change is not None or one.percent is not None
        if moved and one.current is not None and one.previous is None:
            one.previous, one.current = one.current, None
            one.context = replace(one.context, period=periods[0])


def _arrows_in_words(text: str) -> str:
    text = re.sub(r"[\N{DOWNWARDS ARROW}\N{BLACK DOWN-POINTING TRIANGLE}]\s?(?=\d)", "down ", text)
    return re.sub(r"[\N{UPWARDS ARROW}\N{BLACK UP-POINTING TRIANGLE}]\s?(?=\d)", "up ", text)
