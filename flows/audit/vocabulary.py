"""The words and patterns of `vocabulary.toml`, with what a data folder adds to them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

OWN_FILE = "audit.toml"
# The highest change of a multiple that has no highest one: "more than doubled".
NO_LIMIT = 100_000


class VocabularyError(ValueError):
    """A data folder's audit.toml cannot be used; says where and why."""


@dataclass(frozen=True, slots=True)
class Multiple:
    """A change in words: doubled, by a third. Bounds are per cent, lowest and highest."""

    pattern: re.Pattern[str]
    direction: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Compiled words and patterns."""

    indicators: dict[str, str]
    indicator: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    same: re.Pattern[str]
    levels: re.Pattern[str]
    before: re.Pattern[str]
    degrees: dict[str, re.Pattern[str]]
    hedges: dict[str, re.Pattern[str]]
    multiples: tuple[Multiple, ...]
    narrowing: re.Pattern[str]
    after_area: re.Pattern[str]
    after_indicator: re.Pattern[str]
    before_indicator: re.Pattern[str]
    looks_back: re.Pattern[str]
    other_comparisons: re.Pattern[str]
    same_subject: frozenset[str]
    people: frozenset[str]
    counted: frozenset[str]
    before_counted: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def with_indicators(self, names: dict[str, str]) -> Vocabulary:
        """Add the names of a publication's indicators, by which a new one is known at once."""
        # "62.9 MARAC cases per 10,000 adult females": the base belongs to the rate
        known = {
            phrase_key(name): indicator
            for name, indicator in names.items()
            if not re.search(r"\d", name)
        }
        known |= self.indicators
        return replace(self, indicators=known, indicator=_phrases(list(known)))


def load_vocabulary(data: Path | None = None) -> Vocabulary:
    """Read the vocabulary, with the additions of `DIR/audit.toml` where there is one."""
    words = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))
    own = data / OWN_FILE if data is not None else None
    if own is not None and own.is_file():
        try:
            _add(words, tomllib.loads(own.read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
            raise VocabularyError(
                f"{own}: cannot be read ({error}). Expected: the layout of vocabulary.toml "
                "(docs/audit.md). Next: correct the file"
            ) from None
    return _compiled(words)


def _add(words: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict):
            _add(words.setdefault(key, {}), value)
        elif isinstance(value, list):
            words[key] = [*words.get(key, []), *value]
        else:
            words[key] = value


def _any_of(words: Sequence[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word.rstrip("*")) + (r"[a-z]*" if word.endswith("*") else "")
                    for word in ordered)  # fmt: skip


def _phrases(words: list[str]) -> re.Pattern[str]:
    return _of_phrases(tuple(words))


@lru_cache(maxsize=8)
def _of_phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match phrases, in the plural too, in which a space and a hyphen are the same."""
    listed = _any_of(words).replace(r"\-", r"\ ").replace(r"\ ", r"[\s-]")
    listed = listed.replace(r"[\s-]marac", r"[\s-](?:the[\s-])?marac")
    return re.compile(rf"\b(?:{listed})s?(?!\w)", re.IGNORECASE)


def phrase_key(phrase: str) -> str:
    """Write a phrase as the vocabulary knows it: lower case, single spaces, no hyphens.

    "At the MARAC" is "at MARAC".
    """
    return re.sub(r"[\s-]+", " ", phrase.casefold()).replace(" the marac", " marac")


def _last_words(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:[a-z]+-)?(?:{_any_of(words)})[\s-](?:and\s\w+\s)?$", re.IGNORECASE)


def _words(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of(words)})(?!\w)", re.IGNORECASE)


def _next_words(words: list[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?:['\N{{RIGHT SINGLE QUOTATION MARK}}]s)?\s(?:{_any_of(words)})(?!\w)", re.I
    )


def _moves(changes: dict[str, list[str]], direction: str) -> re.Pattern[str]:
    anywhere = _any_of(changes[direction])
    before_a_number = _any_of(changes[f"{direction}_before_a_number"])
    return re.compile(
        rf"\b(?:(?:{anywhere})(?!\w)|(?:{before_a_number})(?=\s(?:by\s)?(?:[£\d]|{_SMALL_NUMBERS})|\s(?:from|on|by)\b)|"
        rf"(?<=[\d%]\s)(?:{before_a_number})(?!\w)|(?<=\bcent\s)(?:{before_a_number})(?!\w))",
        re.IGNORECASE,
    )


_SMALL_NUMBERS = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"


def _compiled(words: dict[str, Any]) -> Vocabulary:
    by_phrase = {
        phrase_key(phrase): indicator
        for indicator, phrases in words["indicators"].items()
        for phrase in phrases
    }
    return Vocabulary(
        indicators=by_phrase,
        indicator=_phrases(list(by_phrase)),
        up=_moves(words["changes"], "up"),
        down=_moves(words["changes"], "down"),
        same=_words(words["changes"]["same"]),
        levels=_words(words["changes"]["levels"]),
        before=_words(words["before"]["words"]),
        degrees={name: _words(listed) for name, listed in words["degrees"].items()},
        hedges={
            name: re.compile(rf"\b(?:{_any_of(listed)})\s*$", re.IGNORECASE)
            for name, listed in words["hedges"].items()
        },
        multiples=tuple(
            Multiple(_words(one["words"]), one["direction"], one["low"], one["high"])
            for one in words["multiples"]
        ),
        narrowing=_words(words["narrowing"]["anywhere"]),
        after_area=_next_words(words["narrowing"]["after_area"]),
        after_indicator=_next_words(words["narrowing"]["after_indicator"]),
        before_indicator=_last_words(words["narrowing"]["before_indicator"]),
        looks_back=_words(words["before"]["looks_back"]),
        other_comparisons=_words(words["other_comparisons"]["words"]),
        same_subject=frozenset(words["subjects"]["same"]),
        people=frozenset(words["subjects"]["people"]),
        counted=frozenset(words["subjects"]["counted"]),
        before_counted=frozenset(words["subjects"]["before_counted"]),
        patterns=tuple(_pattern(one) for one in words["patterns"]["list"]),
    )


# Each mark of a sentence is one of these characters in its outline (`marks.outline`).
COUNT, POUNDS, PER_CENT, POINTS, RATE = "ⓒ", "ⓛ", "ⓟ", "ⓠ", "ⓡ"
UP, DOWN, SAME, PERIOD, BEFORE, AREA, INDICATOR = "ⓤ", "ⓓ", "ⓢ", "ⓣ", "ⓑ", "ⓐ", "ⓘ"
VALUES = COUNT + POUNDS + PER_CENT + POINTS + RATE
_KINDS = {
    "n": f"[{COUNT}{POUNDS}{RATE}]",
    "p": PER_CENT,
    "q": POINTS,
    "v": f"[{COUNT}{POUNDS}{PER_CENT}{RATE}]",
}


# What may follow a figure that is the whole of its indicator: not another thing that is counted.
END = re.compile(
    rf"(?=\s*(?:$|[.,;:()\N{{EN DASH}}-]|[{INDICATOR}{PERIOD}{UP}{DOWN}{BEFORE}{AREA}{VALUES}]|"
    r"(?:recorded\s|reported\s)?(?:offences|crimes|incidents|cases|calls|reports)\b|(?:in|for|during|"
    r"over|at|between|compared|against|up|down|which|and|this|from|on|to|recorded|of|per|while|than|as|"
    r"when|the)\b))"
)


def _pattern(text: str) -> re.Pattern[str]:
    text = text.replace("~", rf"[^{VALUES};]{{0,70}}?")
    text = text.replace("{on}", rf"(?:(?! from )[^{VALUES};]){{0,70}}?")
    text = text.replace("{near}", rf"[^{VALUES}{PERIOD};,()]{{0,40}}?")
    text = text.replace("{gap}", rf"[^{VALUES}{PERIOD}{BEFORE}{UP}{DOWN};()]{{0,70}}?")
    text = text.replace("{few}", "(?:(?!from )[a-z]+ ){0,4}?").replace("{end}", END.pattern)
    for name, mark in (
        ("up", UP),
        ("down", DOWN),
        ("t", PERIOD),
        ("before", BEFORE),
        ("indicator", INDICATOR),
    ):
        text = text.replace(f"{{{name}}}", mark)
    text = text.replace("{move}", f"[{UP}{DOWN}]")
    for kind, marks in _KINDS.items():
        text = re.sub(rf"<(\w+):{kind}>", rf"(?P<\1>{marks})", text)
    return re.compile(text)
