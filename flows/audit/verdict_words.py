"""Checks words of statistical verdict: a change that is called significant, or chance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.audit.claims import Claims
from flows.audit.findings import Finding, Verdict
from flows.audit.number_words import COUNT
from flows.audit.other_comparisons import compares_with_something_else
from flows.audit.published_rows import PublishedRows
from flows.audit.row_findings import of_row
from flows.audit.vocabulary import Vocabulary

_VARIATION = (
    r"(?:(?:the\s)?(?:usual\s|normal\s|expected\s)?(?:range|bounds|limits?)\sof\s)?(?:the\s)?"
    r"(?:normal|usual|natural|random|chance|expected)\s(?:[a-z]+-[a-z-]+\s)?"
    r"(?:variations?|fluctuations?|range|movements?)"
)
# Words that call a change real.
_CLEAR = re.compile(
    r"\bstatistically,?\s(?:\w+\s){1,3}an?\s(?:clear|real|significant)\s\w+|"
    rf"(?<!short\sof\s)(?<!reach\s)(?<!achieve\s)(?<!attain\s)\bstatistical(?:ly)?\s(?:significan(?:t|ce)|clear)\b|\b(?:outside|beyond|exceed(?:s|ed)|"
    rf"greater\sthan|larger\sthan|more\sthan)\s{_VARIATION}\b|"
    r"\b(?:beyond|(?:more|greater|larger)\sthan)\s(?:what\s)?(?:could\sbe\s|would\sbe\s)?"
    r"(?:expected\s(?:by|from)\s)?chance\b|\btoo\s(?:large|big|great)\sto\sbe\s(?:\w+\s){0,4}chance\b",
    re.IGNORECASE,
)
# Words that call it none.
_CHANCE = re.compile(
    rf"\b(?:within|inside)\s{_VARIATION}\b|"
    r"\btoo\s(?:small|slight|little)\sto\sbe\s(?:\w+\s){0,4}(?:chance|random|noise|variation)\b|"
    r"\b(?:cannot|can't|could\snot|can\snot)\sbe\s(?:distinguished|separated|told\sapart)\sfrom\s"
    r"(?:\w+\s){0,2}?(?:chance|noise|variation)\b|"
    r"\bindistinguishable\sfrom\s(?:\w+\s){0,2}?(?:chance|noise|variation)\b|"
    r"\b(?:did|has|have|had|does|do)(?:\snot|n't)\s(?:really\s)?(?:chang|ris|fall|increas|decreas|mov|alter|differ)\w*\s"
    r"(?:statistically\s)?significantly\b|"
    r"\bno\s(?:statistically\s)?clear\s(?:change|difference|movement)\b|"
    r"\bstatistically\s(?:insignificant|non-significant)\b|"
    r"\bstatistically,\s(?:\w+\s){1,4}(?:is|was)\snot\ssignificant\b|"
    r"\b(?:due|down)\sto\schance\b|\bchance\salone\b|"
    r"\b(?:f[ae]ll(?:s|ing|en)?|stop(?:s|ped)?|come|comes|came)\s(?:just\s)?short\sof\s(?:\w+\s){0,2}?significan\w+|"
    r"\b(?:fails?|failed)\sto\s(?:reach|achieve|attain)\s(?:\w+\s){0,2}?significance\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:\b(?:not|no|nor|never|neither|without|hardly|cannot|unlikely)\b|n't\b)(?:\s[\w-]+){0,5}\s?$",
    re.IGNORECASE,
)
# A condition, a question or an explanation of the term is no claim about a change.
_NO_CLAIM = re.compile(
    # a month within the range of its control chart may differ clearly from that of the year before
    r"\b(?:control\s(?:chart|limit)s?|(?:upper|lower)\slimit|expected\srange)\b|"
    r"\b(?:if|whether|unless|would|may|might|could\swell|means?|meaning|defined|tests\s(?:whether|if)|(?<!when\s)tested|testing|"
    r"until|once|only\swhere|where\sa)\b",
    re.IGNORECASE,
)
_WHATEVER = re.compile(r",\s(?:whatever|however|although|though)\b.*$", re.IGNORECASE)
# Of several changes the words are said of one that cannot be told; a difference from other areas
# is no change.
_NOT_OF_ONE_CHANGE = re.compile(
    r"\b(?:both|all|each|every|neither|none|either|any)\b|"
    rf"\b{COUNT}\sof\s(?:the\s)?{COUNT}\b|"
    r"\b(?:than|from|to|above|below)\s(?:the\s|its\s|that\sof\s|those\sof\s){0,2}"
    r"(?:force|family|county|rest|others?)\b",
    re.IGNORECASE,
)


class VerdictWords:
    """Judges these words against the significance that the publication gives a change."""

    def __init__(self, rows: PublishedRows, vocabulary: Vocabulary) -> None:
        self._rows = rows
        self._vocabulary = vocabulary

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Judge each clause that speaks of one area and indicator; others are left out."""
        said = claims.mentioned
        for text, context in claims.clauses:
            verdict = _said(text)
            if verdict is None or context.is_narrower or _NOT_OF_ONE_CHANGE.search(text):
                continue
            if len(set(said.areas)) > 1 or len(set(said.indicators)) > 1:
                named = claims.named_in(text)
                if any(len(names) != 1 for names in named):
                    continue
            if compares_with_something_else(text, context, said, self._vocabulary):
                continue
            row = self._rows.row(context)
            if row is None or row.get("break_note"):
                continue
            significance = row.get("significance")
            if significance not in ("higher", "lower", "no clear change"):
                continue
            is_clear = significance != "no clear change"
            judged: Verdict = "confirmed" if verdict == is_clear else "contradicted"
            reason = (
                "the change is statistically clear"
                if is_clear
                else "the change is within normal variation"
            )
            yield of_row(claims.sentence, judged, "verdict", text.strip(), reason, row)


def _said(text: str) -> bool | None:
    """Whether a clause calls a change real; None where it does not say, or says both."""
    if _NO_CLAIM.search(_WHATEVER.sub("", text)):
        return None
    found = set()
    for pattern, is_clear in ((_CLEAR, True), (_CHANCE, False)):
        for match in pattern.finditer(text):
            found.add(is_clear != bool(_DENIED.search(text[: match.start()])))
    return found.pop() if len(found) == 1 else None
