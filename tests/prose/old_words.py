"""Words that the glossary replaces, wherever they are published or printed.

`python -m tests.prose.old_words [FILE …]` names each with its place and what to write instead, and
ends with 1 where there is one; without files it reads all that the project publishes or prints. The
words are `docs/words.csv`, and nowhere else.
"""

from __future__ import annotations

import ast
import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "docs" / "words.csv"

# What people read: pages, templates, settings, descriptions, texts of reference tables, what code
# says, and models, whose names and sentences are published.
PROSE = (
    "*.md",
    "csp.toml",
    ".ci/run",
    "docs/**/*.md",
    "docs/deployment/*",
    "dbt_project/**/*.md",
    "dbt_project/**/*.yml",
    "dbt_project/**/*.sql",
    "dbt_project/**/*.py",
    "data/seeds/*.yml",
    "data/seeds/*.csv",
    "expectations/**/*.py",
    "flows/**/*.py",
    "flows/**/*.sql",
    "flows/**/*.jinja",
    "flows/**/*.js",
    "benchmarks/*.py",
)
# what tools make
_MADE = {"_build", "target", "logs", "__pycache__"}
# Names and commands in a page are code, not words.
_FENCE = re.compile(r"^(`{3,}).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`|\]\([^)]*\)|<[^>\n]*>")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is no longer written, and what is written instead."""

    pattern: re.Pattern[str]
    word: str
    instead: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """An old word at its place."""

    file: Path
    line: int
    said: str
    instead: str

    def __str__(self) -> str:
        name = self.file.relative_to(ROOT) if self.file.is_relative_to(ROOT) else self.file
        return f"{name}:{self.line}: '{self.said}'; write: {self.instead}"


def words() -> list[Word]:
    """Read the list of words."""
    with WORDS.open(encoding="utf-8", newline="") as stream:
        return [
            Word(
                re.compile(rf"\b(?:{row['pattern']})\b", re.IGNORECASE),
                row["word"],
                row["instead"],
                row["where_it_misleads"],
            )
            for row in csv.DictReader(stream)
        ]


def prose_files() -> list[Path]:
    """List every file with words that are published or printed."""
    found = {file for pattern in PROSE for file in ROOT.glob(pattern)}
    return sorted(file for file in found if file.is_file() and not _MADE & {*file.parts})


def old_words_in(file: Path, listed: Iterable[Word]) -> Iterator[Found]:
    """Find the words of the list in what a file says."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        said = list(_strings(text))
    elif file.suffix == ".md":
        said = [(1, _without_code(text))]
    elif file.suffix == ".sql":
        # the names of models, tests and columns are words too
        said = [(1, text.replace("_", " ")), (1, file.stem.replace("_", " "))]
    else:
        said = [(1, text)]
    for start, words_there in said:
        # a phrase may go over the end of a line
        flat = re.sub(r"\s", " ", words_there)
        for word in listed:
            for match in word.pattern.finditer(flat):
                line = start + words_there.count("\n", 0, match.start())
                yield Found(file, line, match.group(), word.instead)


def _without_code(text: str) -> str:
    """Blank code in a page, and keep its lines where they are."""
    for code in (_FENCE, _CODE):
        text = code.sub(lambda found: re.sub(r"[^\n]", "`", found.group()), text)
    return text


def _strings(source: str) -> Iterator[tuple[int, str]]:
    """Give docstrings and messages with their first lines; a string without a space is a name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.lineno, re.sub(r"`[^`\n]*`", "`", node.value)


def main(names: list[str]) -> int:
    """Print what is found in these files, or in all; give the exit code."""
    known = set(prose_files())
    files = [file for name in names if (file := Path(name).resolve()) in known] if names else known
    listed = words()
    found = [one for file in sorted(files) for one in old_words_in(file, listed)]
    for one in found:
        print(one)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
