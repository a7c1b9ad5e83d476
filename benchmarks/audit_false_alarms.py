"""How often `csp audit` contradicts what is true, where true statements stand together.

    python benchmarks/audit_false_alarms.py SAMPLE.duckdb DEMO.duckdb [PIECES [SEED]]

The databases are published files of a run on the sample and of the demo. The true pieces of
`tests/audit/unseen_sentences` are put together at random in three ways: two of them in a row, in
two paragraphs or as items of a list ("two pieces"); one with a statement about many of something
that no table holds, such as parking tickets ("many"); and one with a statement about something that
is not counted, such as footfall ("much"). Whatever is contradicted then is a false alarm. PIECES
are made of each (1,000 unless given).
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from flows.audit.audit import audit_draft
from flows.audit.vocabulary import load_vocabulary
from flows.papers.published import opened

SETS = Path(__file__).resolve().parents[1] / "tests" / "audit" / "unseen_sentences"
SHORTEST, LONGEST = 40, 450
MANY = (
    "referrals by the arrest-referral worker", "volunteers on patrol",
    "visits to the drop-in centre", "members of the neighbourhood watch", "stop and searches",
    "fixed penalty notices",
    "community protection warnings", "licensing visits", "test purchases", "calls to the helpline",
    "home fire safety checks", "people helped by the outreach team", "bikes marked",
    "replies to the consultation", "knives handed in", "vehicles seized", "warrants",
    "adults in treatment", "rough sleepers counted", "school visits", "complaints about noise",
    "fly-tipping reports", "street lights repaired", "ambulance call-outs", "hospital admissions",
    "exclusions from school", "homelessness applications", "refuge places", "IDVA referrals",
    "special constables", "PCSO vacancies", "days lost to sickness", "training sessions",
    "injunctions", "closure orders", "parking tickets", "collisions with injury", "road deaths",
)  # fmt: skip
MUCH = (
    "footfall in the town centre", "attendance at the youth club", "unemployment among under-25s",
    "homelessness", "sickness absence", "membership of the watch scheme", "truancy", "litter",
    "use of the reporting app", "demand for refuge", "graffiti", "turnover of staff", "overtime",
    "take-up of the course", "recycling", "traffic on the ring road", "the waiting list",
    "the caseload of the advisers", "community payback", "the bus fleet",
)  # fmt: skip


def true_pieces(publication: str) -> list[str]:
    """Return the true pieces of one paragraph that are about a publication, sample or demo."""
    pieces = []
    for file in sorted(SETS.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                text = row["sentence"]
                is_of_it = (
                    row["label"] == "true" and row.get("publication", "sample") == publication
                )
                is_paragraph = "\n" not in text and text[0] != "-" and text.endswith(".")
                if is_of_it and is_paragraph and SHORTEST < len(text) < LONGEST:
                    pieces.append(text)
    return pieces


def two_pieces(pieces: list[str], chance: random.Random) -> str:
    """Put two true pieces in a row, in two paragraphs or in a list."""
    one, other = chance.sample(pieces, 2)
    listed = f"Members are asked to note:\n\n- {one}\n- {other}\n"
    return chance.choice((f"{one} {other}", f"{one}\n\n{other}", listed))


def with_many(pieces: list[str], chance: random.Random) -> str:
    """Put a statement about many of something else beside a true piece."""
    return _beside(chance.choice(pieces), chance.choice(MANY), chance, are_many=True)


def with_much(pieces: list[str], chance: random.Random) -> str:
    """Put a statement about something else that is not counted beside a true piece."""
    return _beside(chance.choice(pieces), chance.choice(MUCH), chance, are_many=False)


def _beside(piece: str, what: str, chance: random.Random, *, are_many: bool) -> str:
    before = chance.choice((chance.randint(12, 90), chance.randint(90, 9000)))
    after = max(2, int(before * chance.choice((0.6, 0.8, 1.2, 1.5))))
    is_more = after > before
    per_cent = round(100 * abs(after - before) / before, 1)
    rose, up = ("rose", "up") if is_more else ("fell", "down")
    capital = what[0].upper() + what[1:]
    ends = [
        f", while {what} reached {after:,}.",
        f", and {what} {rose} from {before:,} to {after:,}.",
        f", with {what} {up} by {per_cent}%.",
        f", whereas {what} stood at {after:,}, the highest for three years.",
        f", though {what} {'doubled' if is_more else 'halved'} over the same period.",
    ]
    sentences = [
        f"{capital} {rose} by {per_cent}%.",
        f"{capital} {rose} from {before:,} to {after:,}, a {'rise' if is_more else 'fall'} of "
        f"{per_cent}%.",
        f"{capital} {rose} for the third year running.",
        f"Over the same months {what} went {up}, to {after:,}.",
        f"By contrast, {what} {rose} sharply.",
    ]
    if are_many:
        more = "more" if is_more else "fewer"
        ends += [
            f"; {what} numbered {after:,}.",
            f", against a background of {after:,} {what}.",
            f", in spite of {abs(after - before):,} {more} {what}.",
            f" ({what}: {after:,}).",
        ]
        sentences += [
            f"There were {after:,} {what} in the period.",
            f"{capital} were the highest in the force.",
            f"The number of {what} was {after:,}, {abs(after - before):,} {more} than before.",
            f"A further {after:,} {what} were recorded by partners.",
            f"It also had {after:,} {what}, the most of any area.",
        ]
    said = chance.choice((*ends, *sentences))
    if said in ends:
        return piece[:-1] + said
    return chance.choice((f"{piece} {said}", f"{said} {piece}", f"{piece}\n\n{said}"))


WAYS: dict[str, Callable[[list[str], random.Random], str]] = {
    "two pieces": two_pieces,
    "many": with_many,
    "much": with_much,
}


def false_alarms(database: Path, pieces: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the pieces that are contradicted, each with the first claim and its reason."""
    vocabulary = load_vocabulary()
    with (
        opened(database, database.with_name("manifest.json")) as published,
        tempfile.TemporaryDirectory() as folder,
    ):
        draft = Path(folder) / "draft.md"
        for piece in pieces:
            draft.write_text(piece, encoding="utf-8")
            for finding in audit_draft(draft, vocabulary, published).contradicted[:1]:
                yield piece, f"{finding.claim.strip()}: {finding.reason}"


def main(sample: str, demo: str, pieces: str = "1000", seed: str = "1") -> None:
    """Print the share of false alarms of each way, and the pieces themselves below."""
    alarms: list[tuple[str, str]] = []
    print("| put together | pieces | contradicted wrongly | share |\n|---|---|---|---|")
    for way, make in WAYS.items():
        found: list[tuple[str, str]] = []
        for publication, database in (("sample", sample), ("demo", demo)):
            chance = random.Random(f"{seed} {way} {publication}")  # noqa: S311
            known = true_pieces(publication)
            made = [make(known, chance) for _ in range(int(pieces) // 2)]
            found += false_alarms(Path(database), made)
        share = 100 * len(found) / int(pieces)
        print(f"| {way} | {int(pieces):,} | {len(found)} | {share:.1f}% |", flush=True)
        alarms += found
    for piece, why in alarms:
        print(f"\n{piece}\n  -> {why}")


if __name__ == "__main__":
    main(*sys.argv[1:])
