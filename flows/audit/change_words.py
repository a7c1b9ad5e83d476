"""The words of a change, as they stand in patterns: a rise of, the fall in, it has gone up."""

from __future__ import annotations

NOUN = "increase|decrease|rise|fall|reduction|drop"
RISES = r"rise|rises|rising|rose|risen|increas\w+|grew|grow\w*|climb\w*|(?:go|goes|went|gone)\sup"
FALLS = (
    r"fall|falls|falling|fell|fallen|decreas\w+|declin\w+|reduc\w+|drop\w*|"
    r"(?:come|came|go|goes|went|gone)\sdown"
)
