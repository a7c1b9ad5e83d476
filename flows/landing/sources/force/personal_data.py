"""Columns that look like personal data: judged by their heading, and by a sample of their values.

It is a net, not a proof: what is not mapped is never landed in any case. It catches a mapping
that names such a column by mistake, and shows the analyst what the supplier should not send.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from statistics import median

_PERSON = (
    r"(?:victim|offender|suspect|complainant|witness|aggrieved|perpetrator|person|nominal|officer"
    r"|oic|caller|informant|ip|injured party|owner|driver|subject|reporter|contact)s?"
)
_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "a person's name",
            rf"\b(?:sur|fore|first|last|middle|given|family|full|maiden|nick|alias) ?names?\b"
            rf"|\b{_PERSON} names?\b|^names?$|\binitials\b|\baliases\b",
        ),
        (
            "an address",
            r"\baddress(?:es)?\b|\baddr\b|\bpost ?codes?\b|\bhouse (?:number|no|name)\b"
            r"|\b(?:street|road) name\b|^(?:street|road)$|\bpremises? (?:name|no|number)\b"
            r"|\bbuilding name\b|\buprn\b",
        ),
        ("a precise position", r"\blat(?:itude)?\b|\blong(?:itude)?\b|\bwhat ?3 ?words\b"),
        (
            "free text",
            r"\bmo\b|\bmodus operandi\b|\bnotes?\b|\bnarrative\b|\bsummary\b|\bcomments?\b"
            r"|\bremarks?\b|\bfree ?text\b|\bcircumstances\b|\bincident details?\b"
            r"|\bcrime details?\b|\blog text\b",
        ),
        (
            "a telephone number",
            r"\btele?(?:phone)?\b|\bphones?\b|\bmobile (?:no|number|phone)\b|\bfax\b",
        ),
        ("an e-mail address", r"\be ?mails?\b"),
        ("a date of birth", r"\bdob\b|\bd o b\b|\bbirth\b|\bbirthday\b|\bborn\b"),
        (
            "a person's number",
            r"\bnino?\b|\bni (?:no|number)\b|\bnational insurance\b|\bnhs\b|\bpassport\b"
            r"|\bdriving licen[cs]e\b|\bpnc(?: id)?\b|\bcustody (?:no|number|ref)\b|\bcro\b"
            r"|\bnominal (?:id|no|number|ref)\b|\bip address\b|\bvrm\b|\bnumber plate\b"
            r"|\bregistration (?:no|number|mark)\b|\bimei\b|\bcollar (?:no|number)\b",
        ),
    )
)

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?:\+44|0044|0)(?:[ ()-]*\d){9,10}")
_NI_NUMBER = re.compile(r"[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]", re.IGNORECASE)
_NHS_NUMBER = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?i)^(?:flat |unit )?\d{1,5}[a-z]?,? (?:[a-z'.-]+ ){1,4}?"
    r"(?:street|st|road|rd|avenue|ave|lane|ln|close|drive|dr|way|court|crescent|terrace|place|grove"
    r"|gardens|hill|walk|row|square)\b"
)
_NAME = re.compile(
    r"(?:mr|mrs|ms|miss|dr|mx)\.? [a-z][a-z' -]+|[a-z][a-z'\u2019-]+, ?(?!of\b)[a-z][a-z'\u2019-]+"
    r"(?: [a-z][a-z'\u2019.-]*)?",
    re.IGNORECASE,
)
_DAY = re.compile(r"(\d{4})-\d{2}-\d{2}|\d{1,2}/\d{1,2}/(\d{4})")

# A tenth of random ten-digit numbers pass as NHS numbers: nearly all must.
_NHS_SHARE, _NHS_LEAST = 0.9, 5
_TEXT_LEAST, _TEXT_WORDS = 20, 6
_BIRTH_LEAST, _BIRTH_YEARS = 5, 12


def kind_by_heading(heading: str) -> str | None:
    """Say which kind of personal data a heading speaks of, or None."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    words = re.sub(r"[^a-z0-9]+", " ", parted.replace("'s", "").casefold()).strip()
    return next((kind for kind, pattern in _HEADINGS if pattern.search(words)), None)


def kind_by_values(values: Sequence[str], today: date) -> str | None:
    """Say which kind of personal data a sample of values looks like, or None.

    `today` is the extract's date: dates that lie years before it are taken for births.
    """
    filled = [value.strip() for value in values if value and value.strip()]
    if not filled:
        return None

    def share(pattern: re.Pattern[str], whole: bool = True) -> float:
        test = pattern.fullmatch if whole else pattern.search
        return sum(test(value) is not None for value in filled) / len(filled)

    if share(_EMAIL, whole=False) >= 0.2:
        return "an e-mail address"
    if share(_NI_NUMBER) >= 0.5:
        return "a National Insurance number"
    if share(_PHONE) >= 0.5:
        return "a telephone number"
    if len(filled) >= _NHS_LEAST and sum(map(_is_nhs, filled)) / len(filled) >= _NHS_SHARE:
        return "an NHS number"
    if share(_POSTCODE, whole=False) >= 0.3 or share(_ADDRESS, whole=False) >= 0.3:
        return "an address"
    if share(_NAME) >= 0.5:
        return "a person's name"
    if _is_free_text(filled):
        return "free text"
    if _are_births(filled, today):
        return "a date of birth"
    return None


def _is_nhs(value: str) -> bool:
    if _NHS_NUMBER.fullmatch(value) is None:
        return False
    digits = [int(character) for character in value if character.isdigit()]
    check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == digits[9] and len(set(digits)) > 1


def _is_free_text(values: list[str]) -> bool:
    distinct = set(values)
    return (
        len(distinct) >= _TEXT_LEAST
        and len(distinct) > len(values) / 2
        and median(len(value.split()) for value in distinct) >= _TEXT_WORDS
    )


def _are_births(values: list[str], today: date) -> bool:
    years = []
    for value in values:
        found = _DAY.match(value)
        if found is None:
            return False
        years.append(int(found[1] or found[2]))
    return len(years) >= _BIRTH_LEAST and median(years) <= today.year - _BIRTH_YEARS
