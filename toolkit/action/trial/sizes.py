"""How many names a campaign needs before its effect can be told from chance."""

from __future__ import annotations

import math

from scipy.optimize import brentq
from scipy.stats import norm

SURE, FOUND = float(norm.ppf(0.975)), float(norm.ppf(0.8))  # two-sided 5 %, power 80 %


def names_needed(base: float, uplift: float) -> int:
    """Names in each of two equal groups that find an uplift four times in five.

    `base` is the share who return without contact, `uplift` what contact adds (both 0..1).
    Two-sided test at 5 %, power 80 %, pooled z-test: ((z.975 sqrt(2 pbar (1 - pbar)) + z.80
    sqrt(p (1 - p) + q (1 - q))) / u)^2, rounded up, with q = p + u and pbar between them.
    ValueError where the uplift is not above 0 or base and uplift together are above 1. Source:
    Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, section 4.2.
    """
    reached = base + uplift
    if not (uplift > 0 and base >= 0 and reached <= 1):
        raise ValueError((base, uplift))
    middle = (base + reached) / 2
    both = base * (1 - base) + reached * (1 - reached)
    wanted = SURE * math.sqrt(2 * middle * (1 - middle)) + FOUND * math.sqrt(both)
    return math.ceil((wanted / uplift) ** 2)


def smallest_uplift(base: float, contacted: int, held_out: int) -> float | None:
    """The smallest uplift (0..1) such groups find four times in five; None where none would be.

    The u at which u = z.975 sqrt(pbar (1 - pbar) (1 / n0 + 1 / n1)) + z.80 sqrt(p (1 - p) / n0 +
    q (1 - q) / n1), pbar weighted by the size of the groups: the same test with unequal groups.
    """
    if contacted < 1 or held_out < 1:
        return None
    names = contacted + held_out

    def lacking(uplift: float) -> float:
        reached = base + uplift
        middle = (base * held_out + reached * contacted) / names
        pooled = middle * (1 - middle) * (1 / held_out + 1 / contacted)
        apart = base * (1 - base) / held_out + reached * (1 - reached) / contacted
        return uplift - SURE * math.sqrt(max(pooled, 0.0)) - FOUND * math.sqrt(max(apart, 0.0))

    most = 1 - base
    if most <= 0 or lacking(most) < 0:
        return None
    return float(brentq(lacking, 0.0, most, xtol=1e-9)) if lacking(0.0) < 0 else 0.0


def campaigns_to_pool(base: float, uplift: float, contacted: int, held_out: int) -> int | None:
    """Campaigns of this size to put together until an uplift is found; None beyond a hundred."""
    for count in range(1, 101):
        found = smallest_uplift(base, contacted * count, held_out * count)
        if found is not None and found <= uplift:
            return count
    return None
