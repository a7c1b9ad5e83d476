"""How often `csp audit` is right on labelled sentences: precision and recall, by kind of mistake.

    python benchmarks/audit_accuracy.py DATABASE [SENTENCES.csv [PUBLICATION]]

DATABASE is a published file, of a run on the sample that comes with the project for the sentences
of `tests/audit/labelled_sentences.csv` (id, kind, label true or false, sentence). Each sentence is
audited as a draft of its own, without an area given. Where a file has a column `publication`,
PUBLICATION (sample or demo; sample if not given) says which of its sentences are judged.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from flows.audit.audit import audit_draft
from flows.audit.vocabulary import load_vocabulary
from flows.papers.published import opened

SENTENCES = Path(__file__).resolve().parents[1] / "tests" / "audit" / "labelled_sentences.csv"


def judged(
    database: Path, file: Path = SENTENCES, publication: str = "sample"
) -> list[tuple[dict[str, str], str]]:
    """Return each labelled sentence with the gravest verdict that it got."""
    with file.open(encoding="utf-8", newline="") as lines:
        labelled = [
            row
            for row in csv.DictReader(lines)
            if row.get("publication", publication) == publication
        ]
    vocabulary = load_vocabulary()
    results = []
    with (
        opened(database, database.with_name("manifest.json")) as published,
        tempfile.TemporaryDirectory() as folder,
    ):
        draft = Path(folder) / "draft.md"
        for row in labelled:
            draft.write_text(row["sentence"], encoding="utf-8")
            counts = audit_draft(draft, vocabulary, published).counts
            verdicts = ("contradicted", "doubtful", "confirmed", "not checkable")
            results.append((row, next((one for one in verdicts if counts[one]), "silent")))
    return results


def main(database: str, file: str = str(SENTENCES), publication: str = "sample") -> None:
    """Print precision and recall of "contradicted", and what true sentences got."""
    by_kind: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row, verdict in judged(Path(database), Path(file), publication):
        by_kind[row["kind"]].append((row["label"], verdict))
        by_kind["all"].append((row["label"], verdict))
    heads = "kind", "false", "contradicted (recall)", "true", "contradicted wrongly", "confirmed"
    print(f"| {' | '.join(heads)} | precision |")
    print("|---|---|---|---|---|---|---|")
    for kind, results in by_kind.items():
        wrong = [verdict for label, verdict in results if label == "false"]
        right = [verdict for label, verdict in results if label == "true"]
        found, mistaken = wrong.count("contradicted"), right.count("contradicted")
        precision = f"{100 * found / (found + mistaken):.0f}%" if found + mistaken else "-"
        recall = f"{found} ({100 * found / len(wrong):.0f}%)" if wrong else "-"
        print(
            f"| {kind} | {len(wrong)} | {recall} | {len(right)} | {mistaken} "
            f"| {right.count('confirmed')} | {precision} |"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
