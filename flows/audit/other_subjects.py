"""Whether a clause that names no indicator speaks of something that no table holds.

"Leeds recorded 131 robberies. Parking tickets fell for the third year running": not the robberies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.audit import vocabulary as words
from flows.audit.marks import Mark, Number, Word
from flows.audit.periods import Period

# "unemployment among under-25s"
_PHRASE = r"(?P<subject>(?:[^,;:()\d]|(?<=-)\d{1,2}(?=s\b)){3,80}?)"
_SUBJECT = re.compile(
    rf"{_PHRASE}\s(?:had\s|has\s|have\s)?(?:also\s|only\s|again\s)?"
    r"(?:rose|risen|fell|fallen|grew|grown|increased|decreased|dropped|declined|climbed|jumped|went|numbered|reached|"
    r"stood|came|totalled|amounted|doubled|halved|trebled|tripled|were|was|remained|stayed|took|edged|dipped|slipped)\b",
    re.IGNORECASE,
)
# "with speeding tickets up by 42%", "adults in treatment down by 1.8%"
_WITH = re.compile(
    rf"(?:(?:^|,\s)with|^and)\s{_PHRASE}\s(?:up|down|rising|falling|at|on)\s(?:by\s|to\s)?(?=[\d£])",
    re.IGNORECASE,
)
# "refuge places: 4,618"
_LABEL = re.compile(rf"^{_PHRASE}:\s(?=[£\d])")
_COUNTED = re.compile(
    r"(?<![\d.,/£])(?<!per\s)(?<!every\s)(?<!each\s)\d[\d,]*\s(?:(?:more|fewer|extra|additional|further|new|other)\s)?"
    r"(?P<subject>[a-z][^,;:.()\d]{2,80})",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r",?\s(?=(?:in\sspite\sof|despite|notwithstanding|against\sa\sbackground\sof|alongside|on\stop\sof)\s"
    r"(?:[a-z]+\s){0,2}\d)",
    re.IGNORECASE,
)
_AND = re.compile(
    rf",?\s(?:and|with)\s(?=(?-i:[a-z]|[A-Z]{{2}}))(?={_PHRASE}\s(?:rose|fell|grew|increased|decreased|numbered|"
    r"reached|totalled|took\splace|doubled|halved|(?:up|down|rising|falling)(?=\s(?:by\s|to\s)?[\d£]))\b)",
    re.IGNORECASE,
)
# "three in every five (licensing visits: 9,582)"
_IN_BRACKETS = re.compile(
    r"\s\((?=(?P<subject>(?!(?:the\s)?(?:year|month|quarter|same)\b)[a-z][^():;,\d]{3,60}):\s"
    r"[£\d][\d,.]*%?\))"
)
_ADDS = re.compile(r"\badd(?:s|ed)?$", re.IGNORECASE)
_LEAD = re.compile(
    r"^\W*(?:(?:and|but|while|whilst|whereas|although|though|when|where|that|if|as|because|since|with|also|meanwhile|however|similarly|again|"
    r"(?:an?|one|two|three)\syears?\s(?:ago|earlier|before)|in\saddition|by\scontrast|in\scontrast|elsewhere|overall|at\sthe\ssame\stime|"
    r"(?:in|over|during|across)\sthe\s(?:same\s)?(?:\w+\s)?(?:year|months?|period|quarter)|"
    r"(?:the\s)?(?:total\s)?(?:number|level|volume|count)s?\sof|last\syear's|this\syear's|as\sfor)\b,?\s?)+",
    re.IGNORECASE,
)
_AT_A_NAME = re.compile(r"^(?:in|for|across|over|during)\s(?:the\s)?~+,?\s")
# A noun ends where a preposition, a verb or another clause begins.
_BEHIND_THE_NOUN = re.compile(
    r"\s(?:in|of|for|on|by|to|at|from|with|per|over|during|across|between|within|under|about|against|"
    r"among|amongst|than|who|that|which|were|was|had|have|has|are|is|took|came|or|as|but|the|a|an|"
    r"this|last|each|every|it|given|made|seen|stolen|lost|set|sent|heard|dealt|left|found|held|taken|brought|"
    r"up|down|more|fewer|less|so|because|according|\w{3,}ed)\b",
    re.IGNORECASE,
)
_ADVERBS = re.compile(
    r"(?:^|\s)(?:(?:then|also|again|only|still|now|since|later|therefore|thus|too|instead|once|together|alone|itself|"
    r"themselves|nearly|almost|just|never|not|\w+ly)(?:\s|$))+$",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(
    r"(?:in|of|for|on|by|to|at|from|with|per|over|during|across|between|within|under|about|against|among|"
    r"amongst|than|after|before|since|until|\w+ed\s(?:with|to|on|against|by|as)|\w+ing)\s",
    re.IGNORECASE,
)
_TO_SOMEBODY = re.compile(r"^\s(?:to|by)\s(?:the\s)?(?!police\b|~)[a-z]")


def speaks_of_something_else(
    text: str, marks: Sequence[Mark], vocabulary: words.Vocabulary
) -> bool:
    """Whether the subject of a clause, or what its first number counts, is a noun of its own."""
    if any(isinstance(mark, Word) and mark.mark == words.INDICATOR for mark in marks):
        return False
    for mark in marks:
        if isinstance(mark, Period) or (isinstance(mark, Word) and mark.mark == words.AREA):
            # a tilde for every letter of a name
            text = text[: mark.start] + "~" * (mark.end - mark.start) + text[mark.end :]
    said = _WITH.search(text) or _LABEL.search(text) or _SUBJECT.search(text)
    if said is not None and _is_another_thing(said["subject"], vocabulary, is_subject=True):
        return True
    counted = _COUNTED.search(text)
    if counted is None or any(
        isinstance(mark, Number) and mark.start < counted.start() for mark in marks
    ):
        return False
    return _is_another_thing(counted["subject"], vocabulary)


def joints(text: str, vocabulary: words.Vocabulary) -> Iterator[tuple[int, int]]:
    """Yield from where to where stands what joins something else on: ", with arrests up by 5%"."""
    named = [one.span() for one in vocabulary.indicator.finditer(text)]
    for match in _BESIDE.finditer(text):
        counted = _COUNTED.search(text, match.end())
        if counted is not None and _is_another_thing(counted["subject"], vocabulary):
            yield match.span()
    for match in _IN_BRACKETS.finditer(text):
        if _is_another_thing(match["subject"], vocabulary, is_subject=True):
            yield match.span()
    for match in _AND.finditer(text):
        if any(start <= match.start() < end for start, end in named):
            continue  # "criminal damage and arson offences rose"
        is_with = match[0].endswith("with ")
        names_kind = vocabulary.indicator.search(match["subject"]) is not None
        if is_with and names_kind and match.start():
            # ", with stop and searches down by 20.4%"
            yield match.start(), match.start() + len(match[0]) - len(match[0].lstrip(", "))
        if _ADDS.search(match["subject"]) or names_kind:
            continue
        if _is_another_thing(match["subject"], vocabulary, is_subject=True):
            # the clause begins with "with" or "and", which says that its subject follows
            yield match.start(), match.start() + len(match[0]) - len(match[0].lstrip(", "))


def _is_another_thing(
    phrase: str, vocabulary: words.Vocabulary, *, is_subject: bool = False
) -> bool:
    """Whether a phrase has a noun of its own: "the tests on arrest"; if no subject, a plural."""
    phrase = _AT_A_NAME.sub("", _LEAD.sub("", phrase)).strip()
    # "In the second quarter there were": what stands last before the verb
    own = phrase if _LEADS_TO.match(phrase) else _BEHIND_THE_NOUN.split(phrase)[0]
    behind = phrase[len(own) :]
    found = {
        _kind(part, behind, vocabulary, is_subject=is_subject) for part in re.split(r"\sand\s", own)
    }
    return "other" in found and "same" not in found


def _kind(phrase: str, behind: str, vocabulary: words.Vocabulary, *, is_subject: bool) -> str:
    """Say whether the last word of a phrase is the "same" thing, an "other" one, or neither."""
    phrase = _ADVERBS.sub("", phrase.rpartition("~")[2])
    noun = [
        re.sub(r"^\W+|\W+$|['\u2019]s$", "", word).casefold()
        for word in phrase.split()
        if re.search(r"\w{2}", word)
    ]
    if not noun or noun == ["s"]:
        return ""
    if noun[-1] in vocabulary.same_subject:
        return "same"
    is_plural = noun[-1] in vocabulary.people or re.fullmatch(r"[\w-]{3,}(?<!s)s", noun[-1])
    if not is_plural and not is_subject:
        return ""
    if noun[-1] in vocabulary.counted:
        is_own = len(noun) > 1 and noun[-2] not in vocabulary.before_counted
        return "other" if is_own or _TO_SOMEBODY.match(behind) else "same"
    return "other"
