"""The nouns of a change, as they stand in patterns: a rise of, the fall in, a 10% increase."""

from __future__ import annotations

NOUN = "increase|decrease|rise|fall|reduction|drop"
