"""Single changes of a model's SQL: a sign, a join, a bound, an aggregate, a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[1]
MODELS = Path("dbt_project/models/intermediate")

OPERATORS = [
    (r" \+ ", " - "),
    (r" - ", " + "),
    (r"(?<!select) \* ", " / "),
    (r"inner join", "left join"),
    (r"left join", "inner join"),
    (r" <= ", " < "),
    (r" >= ", " > "),
    (r" < ", " <= "),
    (r" > ", " >= "),
    (r" <> ", " = "),
    (r" desc\b", ""),
    (r"\bmin\(", "max("),
    (r"\bmax\(", "min("),
    (r"\bmin_by\(", "max_by("),
    (r"\bmax_by\(", "min_by("),
    (r"\bbool_or\(", "bool_and("),
    (r"(?<!between )\band\b", "or"),
    (r"\bor\b", "and"),
    (r"\b12\b", "11"),
    (r"\b1000\b", "100"),
    (r"\b100\.0\b", "10.0"),
    (r"\b50\b", "49"),
    (r"\b0\.05\b", "0.5"),
    (r"\b3\b", "4"),
    (r"coalesce\((\w+\.?\w*), 0\)", r"\1"),
    (r"\bis not null", "is null"),
    (r"\bwhere (?=\w)", "where true or "),
]


class Mutant(NamedTuple):
    """One changed place of one model."""

    model: Path
    line: int
    column: int
    text: str
    was: str
    now: str

    @property
    def name(self) -> str:
        """The model's name, as dbt has it."""
        return self.model.stem

    @property
    def folder(self) -> str:
        """The folder of the intermediate layer that the model lies in."""
        return self.model.parent.name

    @property
    def changed_line(self) -> str:
        """The line as it was, without its indent."""
        source = (PROJECT / self.model).read_text(encoding="utf-8")
        return source.splitlines()[self.line - 1].strip()

    def __str__(self) -> str:
        """Where it is, and what became what."""
        return f"{self.name}:{self.line}:{self.column}  {self.was.strip()} -> {self.now.strip()}"


def mutants(model: Path) -> Iterator[Mutant]:
    """Give every single change that the operators know, comments and Jinja left alone."""
    source = (PROJECT / model).read_text(encoding="utf-8")
    closed = [m.span() for m in re.finditer(r"--[^\n]*|\{[{%#].*?[}%#]\}|'[^']*'", source, re.S)]
    for pattern, replacement in OPERATORS:
        for found in re.finditer(pattern, source):
            if any(a <= found.start() < b for a, b in closed):
                continue
            now = found.expand(replacement)
            text = source[: found.start()] + now + source[found.end() :]
            line = source.count("\n", 0, found.start()) + 1
            column = found.start() - source.rfind("\n", 0, found.start())
            yield Mutant(model, line, column, text, found.group(), now)


def folders() -> list[str]:
    """Name the folders of the intermediate layer."""
    return sorted(path.name for path in (PROJECT / MODELS).iterdir() if path.is_dir())
