"""Where a customer stands among all customers of a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Standing:
    """The place of a value among those of a population: share below it and half of those equal.

    `values` are the population's distinct values, rising; `places` the place of each (0..1).
    """

    values: np.ndarray
    places: np.ndarray

    def of(self, told: np.ndarray) -> np.ndarray:
        """The place (0..1) of each value; between two known values in proportion."""
        return np.interp(told, self.values, self.places)


def standing(population: np.ndarray) -> Standing:
    """The places of a population that has somebody in it."""
    values, counts = np.unique(np.asarray(population, float), return_counts=True)
    below = np.cumsum(counts) - counts
    return Standing(values, (below + counts / 2) / counts.sum())
