"""One audit from a draft to its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from flows.audit.against_publication import AgainstPublication
from flows.audit.all_areas_but_one import AllAreasButOne
from flows.audit.all_crime import AllCrime
from flows.audit.area_comparisons import AreaComparisons
from flows.audit.area_multiples import AreaMultiples
from flows.audit.areas_together import AreasTogether
from flows.audit.arithmetic.averages import Averages
from flows.audit.arithmetic.averages_over_a_period import AveragesOverAPeriod
from flows.audit.arithmetic.carried_forward import CarriedForward
from flows.audit.arithmetic.changes_of_listed_years import ChangesOfListedYears
from flows.audit.arithmetic.days_between import DaysBetween
from flows.audit.arithmetic.differences import Differences
from flows.audit.arithmetic.durations import Durations
from flows.audit.arithmetic.fractions_of_a_number import FractionsOfANumber
from flows.audit.arithmetic.levels import Levels
from flows.audit.arithmetic.list_totals import ListTotals
from flows.audit.arithmetic.listed_years import ListedYears
from flows.audit.arithmetic.moves_in_lists import MovesInLists
from flows.audit.arithmetic.multiples_of_listed_years import MultiplesOfListedYears
from flows.audit.arithmetic.orders import Orders
from flows.audit.arithmetic.parts_of_a_whole import PartsOfAWhole
from flows.audit.arithmetic.places_moved import PlacesMoved
from flows.audit.arithmetic.quarters_of_a_half import QuartersOfAHalf
from flows.audit.arithmetic.rates_of_population import RatesOfPopulation
from flows.audit.arithmetic.remainders import Remainders
from flows.audit.arithmetic.series import Series
from flows.audit.arithmetic.shares_beside_others import SharesBesideOthers
from flows.audit.arithmetic.shares_by_label import SharesByLabel
from flows.audit.arithmetic.shares_of_a_whole import SharesOfAWhole
from flows.audit.arithmetic.shares_together import SharesTogether
from flows.audit.arithmetic.steeper_than import SteeperThan
from flows.audit.arithmetic.superlatives import Superlatives
from flows.audit.arithmetic.targets import Targets
from flows.audit.arithmetic.times_as_many import TimesAsMany
from flows.audit.arithmetic.totals_together import TotalsTogether
from flows.audit.arithmetic.two_figures import TwoFigures
from flows.audit.arithmetic.two_kinds import TwoKinds
from flows.audit.arithmetic.unexplained_per_cents import UnexplainedPerCents
from flows.audit.arithmetic.words_then_figures import WordsThenFigures
from flows.audit.better_or_worse import BetterOrWorse
from flows.audit.claims import Claims
from flows.audit.claims_in_words import ClaimsInWords
from flows.audit.comparability import Comparability
from flows.audit.consistency import Consistency
from flows.audit.dates import Dates
from flows.audit.directions_of_areas import DirectionsOfAreas
from flows.audit.draft import Passage, read_draft, sentences
from flows.audit.findings import Finding
from flows.audit.neighbourhoods import Neighbourhoods
from flows.audit.one_in_so_many import OneInSoMany
from flows.audit.other_readings import without_explained
from flows.audit.over_years import OverYears
from flows.audit.peaks import Peaks
from flows.audit.places import Places
from flows.audit.published_averages import PublishedAverages
from flows.audit.published_means import PublishedMeans
from flows.audit.published_outcomes import PublishedOutcomes
from flows.audit.published_repeats import PublishedRepeats
from flows.audit.published_rows import rows_of
from flows.audit.published_spending import PublishedSpending
from flows.audit.published_targets import PublishedTargets
from flows.audit.quarters_compared import QuartersCompared
from flows.audit.rate_beside_others import RateBesideOthers
from flows.audit.rates_above_the_force import RatesAboveTheForce
from flows.audit.reader import Reader
from flows.audit.shares_of_a_force import SharesOfAForce
from flows.audit.shares_of_all import SharesOfAll
from flows.audit.swapped_digits import SwappedDigits
from flows.audit.tables import Tables
from flows.audit.verdict_words import VerdictWords
from flows.audit.vocabulary import Vocabulary
from flows.audit.years_in_a_row import YearsInARow
from flows.papers.published import Published


class Judge(Protocol):
    """What judges the claims of one sentence; each kind of claim has one of its own."""

    def judge(self, claims: Claims) -> Iterator[Finding]:
        """Yield a finding for each claim that can be judged."""
        ...


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in one draft, in reading order."""

    file: Path
    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...]
    publication_id: str = ""

    @property
    def contradicted(self) -> list[Finding]:
        """The findings that contradict the draft."""
        return [finding for finding in self.findings if finding.verdict == "contradicted"]

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each verdict."""
        return Counter(finding.verdict for finding in self.findings)


def audit_draft(
    file: Path, vocabulary: Vocabulary, published: Published | None, area: str = ""
) -> Audit:
    """Check a draft, against the publication too where there is one.

    `area` is the area that the draft is about where it does not say so itself; without it, the
    area that the draft names most often.
    """
    passages = read_draft(file)
    rows = rows_of(published) if published is not None else None
    if rows is not None:
        vocabulary = vocabulary.with_indicators(rows.indicators)
    names = rows.areas if rows is not None else []
    forces = rows.forces if rows is not None else []
    force_of = rows.force_of if rows is not None else {}
    default = area or _most_named(passages, names)
    is_all_crime = AllCrime(rows) if rows is not None else lambda marks, context: False
    reader = Reader(vocabulary, names, default, forces, force_of, is_all_crime)
    against = AgainstPublication(rows, vocabulary) if rows is not None else None
    swapped = SwappedDigits(rows)
    superlatives, targets = Superlatives(), Targets()
    of_text: list[Judge] = [
        Consistency(),
        SharesOfAWhole(),
        SharesBesideOthers(),
        SharesTogether(),
        SharesByLabel(),
        Durations(),
        Remainders(),
        Differences(),
        Averages(),
        RatesOfPopulation(),
        Levels(),
        ListedYears(),
        ChangesOfListedYears(),
        MultiplesOfListedYears(vocabulary),
        PlacesMoved(),
        MovesInLists(passages, vocabulary),
        TimesAsMany(),
        FractionsOfANumber(),
        UnexplainedPerCents(),
        AveragesOverAPeriod(),
        DaysBetween(),
        TwoFigures(),
        TwoKinds(),
        SteeperThan(),
        WordsThenFigures(),
        QuartersOfAHalf(),
        Series(),
        CarriedForward(),
        Orders(),
        PartsOfAWhole(),
        ListTotals(passages, vocabulary),
        TotalsTogether(passages, vocabulary),
        superlatives,
        targets,
    ]
    of_publication: list[Judge] = []
    if rows is not None and against is not None:
        of_publication = [
            ClaimsInWords(rows),
            SharesOfAll(rows, vocabulary),
            SharesOfAForce(rows, vocabulary),
            BetterOrWorse(rows, vocabulary),
            against,
            Places(rows),
            YearsInARow(rows),
            VerdictWords(rows, vocabulary),
            AreaComparisons(rows, vocabulary),
            AreaMultiples(rows),
            OverYears(rows),
            PublishedTargets(rows),
            Neighbourhoods(rows),
            Peaks(rows),
            QuartersCompared(rows),
            Comparability(rows),
            AreasTogether(rows),
            DirectionsOfAreas(rows),
            PublishedMeans(rows),
            PublishedAverages(rows),
            PublishedOutcomes(rows),
            PublishedRepeats(rows),
            RatesAboveTheForce(rows),
            RateBesideOthers(rows),
            AllAreasButOne(rows),
            PublishedSpending(rows),
            OneInSoMany(rows),
        ]
    tables = Tables(reader, against)
    dates = Dates()
    findings: list[Finding] = []
    for sentence in sentences(passages):
        if sentence.passage.kind == "row":
            reader.enter(sentence)
            cells = [*tables.judge(sentence), *targets.judge_row(sentence)]
            superlatives.see_table(tables.figures())
            if cells:
                findings += _once(cells)
                continue
        else:
            tables.see(sentence.passage)
        claims = reader.read(sentence)
        found = [*dates.judge(sentence)]
        # what would have been need not agree with what was
        if not claims.is_conditional:
            found += without_explained(
                [one for judge in of_text for one in judge.judge(claims)], claims
            )
        for judge in of_publication:
            found += judge.judge(claims)
        found += swapped.judge(claims, found)
        findings += _once(found) or _not_checkable(claims)
    return Audit(
        file,
        tuple(findings),
        tuple(passages),
        published.publication_id if published is not None else "",
    )


def _most_named(passages: Sequence[Passage], names: Sequence[str]) -> str:
    text = " ".join(passage.text for passage in passages)
    named = {name: text.count(name) for name in names}
    best = max(named, key=lambda name: named[name], default="")
    return best if named.get(best) else ""


def _once(found: list[Finding]) -> list[Finding]:
    """Keep one finding per claim and kind: a contradiction before a confirmation."""
    order = ("contradicted", "doubtful", "confirmed", "not checkable")
    shares = [one.claim for one in found if (one.kind, one.verdict) == ("share", "confirmed")]
    # "445 of these, or 38.1%": a share that is right is no change of the publication
    found = [
        one
        for one in found
        if (one.kind, one.verdict) != ("per cent", "contradicted")
        or not any(one.claim in share for share in shares)
    ]
    kept: dict[tuple[str, str], Finding] = {}
    for finding in found:
        key = (finding.kind, finding.claim)
        known = kept.get(key)
        if known is None or order.index(finding.verdict) < order.index(known.verdict):
            kept[key] = finding
    return list(kept.values())


def _not_checkable(claims: Claims) -> list[Finding]:
    numbers = [number for _, number in claims.figures] + [
        number for one in claims.comparisons for number in one.numbers
    ]
    if not numbers:
        return []
    return [
        Finding(
            claims.sentence,
            "not checkable",
            "figure",
            ", ".join(number.text.strip() for number in numbers),
            "area, indicator and period are not all named, or the publication has no such figure",
        )
    ]
