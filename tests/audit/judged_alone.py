"""One judge of the audit on a draft, without the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flows.audit.audit import Judge
from flows.audit.draft import read_draft, sentences
from flows.audit.findings import Finding
from flows.audit.reader import Reader
from flows.audit.vocabulary import load_vocabulary


def judged_alone(judge: Judge, text: str, area: str, folder: Path) -> Iterator[Finding]:
    """Yield what the judge finds in a text in which one area can be named."""
    draft = folder / "draft.md"
    draft.write_text(text, encoding="utf-8")
    reader = Reader(load_vocabulary(), [area])
    for sentence in sentences(read_draft(draft)):
        yield from judge.judge(reader.read(sentence))
