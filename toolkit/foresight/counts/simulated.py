"""A shop of the model's own making, for checks of what the fitting gives back."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.foresight.counts.model import FIRST
from toolkit.foresight.counts.rows import DAYS_IN_A_WEEK


def simulated_histories(
    family: str,
    k: int,
    parameters: dict[str, float],
    age_days: np.ndarray,
    chance: np.random.Generator,
    ahead_days: float = 0.0,
) -> pd.DataFrame:
    """Customers of (M)BG/CNBD-k or NBD, one for each of `age_days` (days since the first visit).

    Columns: repeats, last_days (not rounded to whole days), age_days, log_gaps (as in
    `histories_at`), alive (not left by the origin), ahead (visits in the `ahead_days` after it).
    Source: the story of the model (`cnbd`), lived through visit by visit.
    """
    n, first = len(age_days), FIRST[family]
    rate = chance.gamma(parameters["r"], 1 / parameters["alpha"], n) / DAYS_IN_A_WEEK
    leave = chance.beta(parameters["a"], parameters["b"], n) if first is not None else np.zeros(n)
    age = np.asarray(age_days, float)
    found = {name: np.zeros(n) for name in ("repeats", "last_days", "log_gaps", "ahead")}
    alive, day = np.ones(n, bool), np.zeros(n)
    here = np.arange(n)
    if first:
        stays = chance.random(n) >= leave
        alive, here = stays, here[stays]
    while len(here):
        gap = chance.gamma(k, 1 / rate[here])
        day[here] += gap
        within = day[here] <= age[here] + ahead_days
        here, gap = here[within], gap[within]
        past = day[here] <= age[here]
        seen = here[past]
        found["repeats"][seen] += 1
        found["last_days"][seen] = day[seen]
        found["log_gaps"][seen] += np.log(gap[past])
        found["ahead"][here[~past]] += 1
        stays = chance.random(len(here)) >= leave[here]
        alive[here[past & ~stays]] = False
        here = here[stays]
    return pd.DataFrame(
        {
            "repeats": found["repeats"].astype(int),
            "last_days": found["last_days"],
            "age_days": age,
            "log_gaps": found["log_gaps"],
            "alive": alive,
            "ahead": found["ahead"].astype(int),
        }
    )
