"""An attacker who has every published table of several publications, and a linear programme.

Every figure that is a sum of monthly counts, or in proportion to one, is an equation over the
unknown months; the least and the greatest value that a withheld count can then have are two linear
programmes. A count is lost where one whole number alone lies between them. The attacker is told
more than is published: which months were revised, populations, and that areas add up to their
force.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

#: indicator, area, month (or the name of a quarter), publication in which it has this value
Month = tuple[str, str, date | str, int]
TOLERANCE = 1e-6


@dataclass
class Attacker:
    """Collects equations: a sum of weighted months is a number."""

    places: dict[Month, int] = field(default_factory=dict)
    rows: list[dict[int, float]] = field(default_factory=list)
    sums: list[float] = field(default_factory=list)
    _known: set[tuple[object, ...]] = field(default_factory=set)
    _matrix: csr_matrix | None = None
    least: dict[Month, float] = field(default_factory=dict)

    def copy(self) -> Attacker:
        """Give another who knows the same, and learns for himself."""
        return Attacker(
            dict(self.places), list(self.rows), list(self.sums), set(self._known),
            least=dict(self.least),
        )  # fmt: skip

    def learn(self, weights: Mapping[Month, float], total: float) -> None:
        """Note that the weighted months add up to `total`."""
        scale = max(abs(weight) for weight in weights.values())
        row: dict[int, float] = {}
        for month, weight in weights.items():
            place = self.places.setdefault(month, len(self.places))
            row[place] = row.get(place, 0.0) + weight / scale
        total /= scale
        # Counts are whole: what a rate or a per cent leads back to is one.
        if set(row.values()) <= {1.0, -1.0} and abs(total - round(total)) < 1e-4:
            total = float(round(total))
        known = (*sorted(row.items()), round(total, 9))
        if known not in self._known:
            self._known.add(known)
            self.rows.append(row)
            self.sums.append(total)
            self._matrix = None

    def recovered(self, cells: Mapping[str, Sequence[Month]]) -> list[str]:
        """Name the withheld cells of which only one whole number is possible.

        Months that fit all that is known and are the extreme of one cell fit for the others too: a
        cell that takes two whole numbers in those found so far needs no programme of its own.
        """
        lost = []
        known = {
            name: self._weights(months)
            for name, months in cells.items()
            if all(month in self.places for month in months)
        }
        fitting: list[np.ndarray] = []
        for name, objective in known.items():
            sums = [float(objective @ months) for months in fitting]
            if sums and not _is_one_number(min(sums), max(sums)):
                continue
            low, least = self._extreme(objective)
            high, greatest = self._extreme(-objective)
            fitting += [months for months in (least, greatest) if months is not None]
            if _is_one_number(low, -high):
                lost.append(f"{name}: {low:.3f} to {-high:.3f}")
        return lost

    def _weights(self, months: Iterable[Month]) -> np.ndarray:
        objective = np.zeros(len(self.places))
        for month in months:
            objective[self.places[month]] += 1
        return objective

    def _extreme(self, objective: np.ndarray) -> tuple[float, np.ndarray | None]:
        """Return the least weighted sum that fits all that is known, and months that have it."""
        if self._matrix is None:
            data = [(i, j, w) for i, row in enumerate(self.rows) for j, w in row.items()]
            lines, columns, weights = zip(*data, strict=True)
            shape = (len(self.rows), len(self.places))
            self._matrix = csr_matrix((weights, (lines, columns)), shape)
        # SciPy takes a sparse matrix; its stubs know dense ones only
        matrix: Any = self._matrix
        solved = linprog(
            objective,
            A_eq=matrix,
            b_eq=np.array(self.sums),
            bounds=[(self.least.get(month, 0.0), None) for month in self.places],
            method="highs",
        )
        if solved.status == 3:
            return -math.inf, None
        assert solved.status == 0, f"{solved.message} The equations do not describe the tables."
        assert solved.fun is not None
        return float(solved.fun), solved.x


def _is_one_number(low: float, high: float) -> bool:
    """Whether one whole number alone lies between these."""
    return high < math.inf and math.floor(high + TOLERANCE) <= math.ceil(low - TOLERANCE)
