"""Judges whether a target was met: "no more than 250; there were 238, so it was missed"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.agreement import fits, share_finding
from flows.audit.claims import Claims
from flows.audit.draft import Sentence
from flows.audit.findings import Finding, Verdict, number
from flows.audit.marks import Number

_MOST = (
    r"no\smore\sthan|not\smore\sthan|at\smost|fewer\sthan|less\sthan|below|under|a\smaximum\sof|"
    r"up\sto"
)
_LEAST = (
    r"no\sfewer\sthan|no\sless\sthan|not\sless\sthan|at\sleast|more\sthan|above|over|a\sminimum\sof"
)
_LIMIT = re.compile(rf"\b(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))\s$", re.IGNORECASE)
_AIM = re.compile(
    r"\b(?:target(?:s|ed)?|ceiling|standard|aim(?:s|ed)?|goal|objective|ambition)\b", re.IGNORECASE
)
_MET = re.compile(
    r"\b(?:target|standard|aim|goal|objective|ambition)\s(?:of\s[^.;:]{1,70}?\s)?(?:was|has\sbeen|is|had\sbeen)\s(?:therefore\s|also\s|just\s|narrowly\s)?"
    r"(?P<missed>not\s(?:met|achieved|reached|hit|attained)|missed)?(?P<met>met|achieved|reached|hit|attained|exceeded)?\b|"
    r"\b(?:was|is|were)\s(?:therefore\s|also\s)?(?:(?P<met5>above|ahead\sof)|(?P<missed5>below|short\sof))\s"
    r"(?:the\s|its\s|their\s)?target\b|"
    r"\b(?:it|this|that)\swas\s(?:therefore\s)?(?:(?P<missed3>not\s(?:met|achieved)|missed)|(?P<met3>met|achieved))\b|"
    r"^(?:Target\s|Status:\s(?:[Tt]arget\s)?)(?:(?P<missed4>not\smet|missed)|(?P<met4>met))\b|"
    r"\b(?:missed|failed\sto\s(?:meet|reach|achieve))\s(?P<missed2>the|its|our|this|that)\s(?:target|aim|goal)\b|"
    r"\b(?:met|achieved|reached|hit)\s(?P<met2>the|its|our|this|that)\s(?:target|aim|goal)\b|"
    r"\b(?:rated|RAG[\s-]rated|status\s(?:is|was))\s(?:therefore\s)?(?:(?P<met6>green)|(?P<missed6>red))\b",
    re.IGNORECASE,
)
_OF_TARGET = re.compile(
    r"^\s(?:of\s(?:the|its|their|our|this|that)\s(?:annual\s)?(?:target|aim|goal)|of\starget)\b",
    re.I,
)
_EXCEEDED = re.compile(
    r"\b(?:target|aim|goal)\s(?:was|has\sbeen|is)\s(?:therefore\s)?exceeded\b", re.I
)
_CEILING = re.compile(
    r"\b(?:ceiling|limit|maximum|cap)\s(?:of\s|was\s|is\s)(?:just\s)?$", re.IGNORECASE
)
# "a target of 85%", "the target for calls attended on time was 85%", "aims to answer 90%"
_BARE_AIM = re.compile(
    r"\btarget\sof\s(?:answering|resolving|completing|attending|visiting|contacting)\s$|"
    r"\b(?:target|standard)\s(?:of\s|was\s|is\s)?(?:for\s)?$|"
    r"\b(?:target|standard)\sfor\s[^.;,\d]{3,60}\s(?:was|is)\s$|"
    r"\baim(?:s|ed)?\sto\s(?:answer|resolve|complete|attend)\s$|"
    r"\baim(?:s|ed)?\sto\sanswer\s(?:at\sleast\s)?$",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?P<met>(?:target\s)?(?:met|achieved))|(?P<missed>(?:target\s)?(?:missed|not\s(?:met|achieved)))",
    re.I,
)
# A figure so many times larger or smaller than the limit is of something else: "Target 1".
_OF_ANOTHER_SIZE = 10
_CELL = re.compile(
    rf"(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))\s£?(?P<value>[\d,]+(?:\.\d+)?)\s?%?", re.I
)
_MORE_IS_BETTER = re.compile(
    r"\b(?:answer|satisf|complet|confiden|attend|resolv|solv|repl|within)", re.IGNORECASE
)


_BRACKETED = re.compile(
    rf"(?P<result>\d[\d,]*(?:\.\d+)?)%?[^;().\d]{{0,40}}\((?:the\s)?target:?\s(?:of\s|is\s|was\s)?"
    rf"(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))\s£?(?P<limit>\d[\d,]*(?:\.\d+)?)%?\),?\s"
    r"(?:so\s|which\swas\s|and\s|target\s)?(?P<not>not\s|missed\b)?(?:met\b|achieved\b)?",
    re.IGNORECASE,
)


class Targets:
    """Judges targets that say which side of them is wanted."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge "the target was met" by the one limit and the one result before it."""
        yield from self._share(claims)
        yield from _exceeded(claims)
        yield from _in_brackets(claims)
        said = next((one for one in _MET.finditer(claims.text) if any(one.groups())), None)
        if said is None:
            return
        words = said.groupdict()
        met = any(words[name] for name in words if name.startswith("met"))
        if met == any(words[name] for name in words if name.startswith("missed")):
            return
        sentences = [claims]
        while sentences[0].before is not None and len(sentences) < 3:
            sentences.insert(0, sentences[0].before)
        found: list[tuple[Number, bool | None]] = []
        for one in sentences:
            for figure in one.mentioned.numbers:
                found.append((figure, _least(one.text, figure, sentences)))
        limits = [(figure, least) for figure, least in found if least is not None]
        units = {figure.unit for figure, _ in limits}
        results = [
            figure
            for figure, least in found
            if least is None
            and figure.unit in units
            and any(_OF_ANOTHER_SIZE > figure.value / limit.value > 1 / _OF_ANOTHER_SIZE
                    for limit, _ in limits if limit.value)
        ]  # fmt: skip
        has_aim = any(_AIM.search(one.text) for one in sentences)
        if len(limits) != 1 or len(results) != 1 or not has_aim:
            return
        [(limit_figure, least)], [result] = limits, results
        if not least and (words["met5"] or words["missed5"]):
            return  # above a ceiling is not better
        if result.unit == limit_figure.unit and result.value != limit_figure.value:
            holds = (result.value > limit_figure.value) == least
            yield _finding(claims.sentence, said[0], met, holds, result.value, limit_figure.value)

    def _share(self, claims: Claims) -> Iterator[Finding]:
        """Judge "460, or 96% of the target" where the target is the other figure."""
        shares = claims.mentioned.of_unit("per cent")
        of_target = [one for one in shares if _OF_TARGET.match(claims.text[one.end :])]
        own = claims.mentioned.of_unit("count", "pounds")
        if len(of_target) != 1:
            return
        if len(own) == 1 and claims.before is not None and _AIM.search(claims.before.text):
            aims = claims.before.mentioned.of_unit(own[0].unit)
            own = [*aims, *own] if len(aims) == 1 else []
        if len(own) != 2 or not own[0].value:
            return
        target, result = own
        verdict = fits(of_target[0], 100 * result.value / target.value)
        claim = of_target[0].text.strip()
        yield share_finding(claims.sentence, verdict, claim, result.value, target.value)

    def judge_row(self, sentence: Sentence) -> Iterator[Finding]:
        """Judge a table row of a target with its limit, one result and "met" or "missed"."""
        cells = sentence.passage.cells
        limits = [match for cell in cells if (match := _CELL.fullmatch(cell.strip()))]
        status = [match for cell in cells if (match := _STATUS.fullmatch(cell.strip()))]
        results = [
            cell for cell in cells[1:] if re.fullmatch(r"£?[\d,]+(?:\.\d+)?\s?%?", cell.strip())
        ]
        if len(limits) != 1 or len(status) != 1 or len(results) != 1:
            return
        limit, result = (
            float(re.sub(r"[^\d.]", "", text)) for text in (limits[0]["value"], results[0])
        )
        if result != limit:
            holds = (result > limit) == bool(limits[0]["least"])
            yield _finding(sentence, status[0][0], bool(status[0]["met"]), holds, result, limit)


def _exceeded(claims: Claims) -> Iterator[Finding]:
    """Judge "the target was exceeded by 12" by the target and the result before it."""
    said = _EXCEEDED.search(claims.text)
    if said is None:
        return
    before = claims.before.mentioned.numbers if claims.before is not None else ()
    own = [one for one in claims.mentioned.numbers if one.end <= said.start()]
    known = [one for one in (own if len(own) == 2 else [*before, *own]) if one.unit == "count"]
    text = claims.text if len(own) == 2 else (claims.before.text if claims.before else "")
    if len(known) != 2 or not _AIM.search(text[: known[0].start]):
        return
    target, result = known
    if result.value != target.value:
        yield _finding(
            claims.sentence, said[0], True, result.value > target.value, result.value, target.value
        )


def _in_brackets(claims: Claims) -> Iterator[Finding]:
    """Judge "212 offences (target no more than 205), not met"."""
    for said in _BRACKETED.finditer(claims.text):
        result, limit = (float(said[name].replace(",", "")) for name in ("result", "limit"))
        if result != limit:
            holds = (result > limit) == bool(said["least"])
            yield _finding(claims.sentence, said[0], not said["not"], holds, result, limit)


def _least(text: str, figure: Number, sentences: list[Claims]) -> bool | None:
    """Whether a figure is the least that is wanted; None where it is no limit."""
    limit = _LIMIT.search(text[: figure.start])
    if limit is not None:
        return bool(limit["least"])
    behind = re.match(
        r"[^.;,\d]{0,25}?\sor\s(?P<way>more|above|higher|less|fewer|below)\b", text[figure.end :]
    )
    if behind is not None:
        return behind["way"] in ("more", "above", "higher")
    # of answers, satisfaction and completions more is wanted
    if _CEILING.search(text[: figure.start]):
        return False
    is_bare = _BARE_AIM.search(text[: figure.start])
    if (
        is_bare
        and figure.unit == "per cent"
        and any(_MORE_IS_BETTER.search(one.text) for one in sentences)
    ):
        return True
    return None


def _finding(
    sentence: Sentence, words: str, met: bool, holds: bool, result: float, limit: float
) -> Finding:
    verdict: Verdict = "confirmed" if met == holds else "contradicted"
    side = "above" if result > limit else "below"
    return Finding(
        sentence, verdict, "target", words.strip(),
        f"{number(result)} is {side} {number(limit)}: the target is {'met' if holds else 'missed'}",
    )  # fmt: skip
