"""Which words in the place of a record's partnership mean none."""

from __future__ import annotations

from collections import Counter

from flows.landing.sources.rules.area_names import (
    did_you_mean,
    folded,
    partnership_of_a_record,
)

#: What forces write where they do not know the place, or where it is none of theirs.
NO_PLACE = frozenset(
    folded(word)
    for word in (
        *("unknown", "not known", "not recorded", "not stated", "none", "null", "n/a", "other"),
        *("out of force", "outside force", "out of area", "out of force area", "no location"),
    )
)
#: A message names this many words of a file; all are counted.
WORDS_SHOWN = 10


def is_unknown(word: str) -> bool:
    """Say whether a word in the place of a partnership means none, though it should."""
    return partnership_of_a_record(word) is None and folded(word) not in NO_PLACE


def in_words(unknown: Counter[str]) -> str:
    """Name words that mean no partnership: "'Dudly' 12 times, did you mean Dudley?".

    What is like no area may be anything, a person's name too: it is counted and not shown.
    """
    shown: list[str] = []
    others = 0
    for word, rows in sorted(unknown.items(), key=lambda entry: (-entry[1], entry[0])):
        hint = did_you_mean(word)
        if hint and len(shown) < WORDS_SHOWN:
            times = "once" if rows == 1 else f"{rows:,} times"
            shown.append(f"'{word}' {times}, {hint}")
        else:
            others += 1
    if others:
        more = "more " if shown else ""
        shown.append(f"{others} {more}word{'' if others == 1 else 's'} not shown")
    return "; ".join(shown)
