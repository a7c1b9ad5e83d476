"""The crimes of one partnership and month, as the force records them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi
from random import Random

from flows.calendar_months import month_end
from flows.demo.monthly_counts import monthly_counts, spread
from flows.demo.offences import Offence, offences_of
from flows.demo.places import Neighbourhood, Partnership
from flows.demo.plan import DemoPlan

CANCELLED = "Cancelled"
OUTCOMES = (
    ("Investigation complete - no suspect", 0.48),
    ("Evidential difficulties", 0.27),
    ("Charged", 0.11),
    ("Under investigation", 0.08),
    ("Community resolution", 0.04),
    ("Caution", 0.02),
)
_HATE = ("Race", "Faith", "Sexual Orientation", "Disability", "Transgender")
_HATE_WEIGHTS = (76, 9, 9, 5, 1)
_VICTIM_BANDS = ("0-9", "10-17", "18-24", "25-34", "35-49", "50-64", "65+", "Unknown")
_VICTIM_WEIGHTS = (2, 9, 15, 21, 25, 14, 6, 8)
_OFFENDER_BANDS = ("", "10-17", "18-24", "25-34", "35+")
_OFFENDER_WEIGHTS = (70, 6, 9, 9, 6)
# a month's records that a yearly extract does not hold yet, by months to its end
_LATE = (0.035, 0.015, 0.005)
_CANCELLED_SHARE = 0.012
_NO_LSOA_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Crime:
    """One record. `markers` are its marked columns; `is_late` ones come with the next extract.

    A cancelled record was a crime in the extract before. `neighbourhood` of None: the force
    knows the partnership only.
    """

    reference: str
    offence: Offence
    recorded: date
    committed_from: date
    committed_to: date
    partnership: str
    neighbourhood: Neighbourhood | None
    outcome: str
    markers: frozenset[str]
    hate_strand: str
    victim_band: str
    offender_band: str
    is_cancelled: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class MarkedCounts:
    """The final counts of one partnership by indicator and month."""

    by_indicator: dict[str, dict[date, int]]

    @classmethod
    def of(cls, plan: DemoPlan, area: str) -> MarkedCounts:
        """Work out the counts that its records will add up to."""
        indicators = (
            "total_recorded_crime",
            "knife_crime",
            "domestic_abuse",
            "hate_crime",
            "public_place_violence",
        )
        return cls({name: monthly_counts(plan, area, name) for name in indicators})


def crimes_of(plan: DemoPlan, place: Partnership, counts: MarkedCounts, month: date) -> list[Crime]:
    """Draw the crimes of a month: the counted ones add up to the counts, cancelled ones extra."""
    chance = plan.random("crimes", place.name, month)
    wanted = {name: by_month[month] for name, by_month in counts.by_indicator.items()}
    counted = wanted["total_recorded_crime"]
    offences = _offences(month, counted)
    chance.shuffle(offences)
    extra = chance.choices(offences, k=round(counted * _CANCELLED_SHARE)) if offences else []
    offences += extra
    size = len(offences)
    marked = _marked(chance, offences[:counted], wanted)
    marked += [set() for _ in extra]
    where = chance.choices(place.neighbourhoods, cum_weights=list(place.summed_weights), k=size)
    _make_series(chance, offences, where)
    days = month_end(month).day
    recorded = [month + timedelta(days=int(chance.random() * days)) for _ in range(size)]
    began = [int(chance.expovariate(0.35)) for _ in range(size)]
    lasted = [int(chance.random() * 2) for _ in range(size)]
    outcomes = chance.choices(
        [name for name, _ in OUTCOMES], [share for _, share in OUTCOMES], k=size
    )
    victims = chance.choices(_VICTIM_BANDS, _VICTIM_WEIGHTS, k=size)
    offenders = chance.choices(_OFFENDER_BANDS, _OFFENDER_WEIGHTS, k=size)
    strands = chance.choices(_HATE, _HATE_WEIGHTS, k=size)
    nowhere = [chance.random() < _NO_LSOA_SHARE for _ in range(size)]
    late = _lateness(plan, month)
    is_late = [late > 0 and chance.random() < late for _ in range(size)]
    order = sorted(range(size), key=lambda at: recorded[at])
    prefix = f"SYN/{place.lad_code[-2:]}/{month:%y%m}/"
    return [
        Crime(
            f"{prefix}{number:05d}",
            offences[at],
            recorded[at],
            recorded[at] - timedelta(days=began[at] + lasted[at]),
            recorded[at] - timedelta(days=began[at]),
            place.name,
            None if nowhere[at] else where[at],
            CANCELLED if at >= counted else outcomes[at],
            frozenset(marked[at]),
            strands[at] if "hate_crime" in marked[at] else "",
            victims[at],
            offenders[at],
            at >= counted,
            is_late[at],
        )
        for number, at in enumerate(order, 1)
    ]


def _offences(month: date, counted: int) -> list[Offence]:
    known = offences_of(month)
    swing = -cos((month.month - 1) / 12 * 2 * pi)
    parts = spread(counted, [one.share * (1 + one.summer * swing) for one in known])
    return [one for one, part in zip(known, parts, strict=True) for _ in range(part)]


def _marked(chance: Random, offences: list[Offence], wanted: dict[str, int]) -> list[set[str]]:
    """Mark so many records of each kind as the counts say, and others as it comes."""
    marked: list[set[str]] = [set() for _ in offences]
    violent = [at for at, one in enumerate(offences) if one.is_violence]
    others = [at for at, one in enumerate(offences) if not one.is_violence]
    sharp = [at for at in range(len(offences)) if offences[at].code in ("8N", "5D", "34B", "34A")]
    pools = {
        "public_place_violence": violent,
        "domestic_abuse": [*violent, *others[: len(others) // 5]],
        "hate_crime": [at for at in range(len(offences)) if offences[at].code in _HATEFUL],
        "knife_crime": sharp,
    }
    for name, pool in pools.items():
        for at in chance.sample(_enough(pool, wanted[name], len(offences)), wanted[name]):
            marked[at].add(name)
    for at in others:  # the marker stands on any offence; only violence counts as such
        if chance.random() < 0.35:
            marked[at].add("public_place")
    for at, flags in enumerate(marked):
        draw = chance.random()
        if draw < 0.17:
            flags.add("repeat_victim")
        if offences[at].code in ("46", "34A", "30A", "30C") or draw > 0.985:
            flags.add("business")
        if 0.30 < draw < 0.303:
            flags.add("gang")
        if 0.40 < draw < 0.425:
            flags.add("cyber")
        if 0.50 < draw < 0.50003:
            flags.add("female_genital_mutilation")
    return marked


_HATEFUL = ("8N", "105A", "9A", "66", "8L", "58A", "58C")


def _enough(pool: list[int], wanted: int, size: int) -> list[int]:
    """Give the pool, widened to every record where it is too small (tiny trials)."""
    return pool if len(pool) >= wanted else list(range(size))


def _make_series(chance: Random, offences: list[Offence], where: list[Neighbourhood]) -> None:
    """Let some burglaries and thefts from vehicles of the month strike one neighbourhood."""
    for category in ("Burglary", "Vehicle crime"):
        of_kind = [at for at, one in enumerate(offences) if one.category == category]
        if len(of_kind) >= 8:
            target = chance.choice(where)
            for at in chance.sample(of_kind, max(4, len(of_kind) // 12)):
                where[at] = target


def _lateness(plan: DemoPlan, month: date) -> float:
    for delivery in plan.deliveries:
        if month in delivery.will_be_revised:
            return _LATE[len(delivery.months) - 1 - delivery.months.index(month)]
    return 0.0
