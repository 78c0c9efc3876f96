"""Where the water of the bucket settles, if tap and hole stay as they are."""

from __future__ import annotations

import math

import pandas as pd

MONTHS_NEEDED = 12


def settling_level(months: pd.DataFrame) -> dict[str, float | int | str | None] | None:
    """The number of active customers the bucket tends to.

    From the last 12 complete and trusted months of the bucket statement. Keys: since, until (the
    first and last of these months, YYYY-MM), inflow (new + returned a month, mean), lost and
    opening (customers, all these months together), hole (lost / opening), level
    (customers: inflow / hole, where as many come in as go out), active (customers now),
    half_way_months (until half the distance to the level is left: ln 2 / -ln(1 - hole)). Level and
    half_way_months are None from a hole of 1 on, with a lapse line of about a month or less: more
    are lost within a month than there were at its beginning, and nothing settles. None with fewer
    than 12 such months, or without a loss or anybody to lose in them. Our rule: constant inflow
    and hole, the balance of a leaking vessel.
    """
    known = months[months.complete & months.trusted].tail(MONTHS_NEEDED)
    lost, there = int(known.lost.sum()), int(known.opening.sum())
    if len(known) < MONTHS_NEEDED or lost == 0 or there == 0:
        return None
    inflow, hole = float((known.new + known.returned).sum()) / MONTHS_NEEDED, lost / there
    return {
        "since": known.period.iloc[0],
        "until": known.period.iloc[-1],
        "inflow": inflow,
        "lost": lost,
        "opening": there,
        "hole": hole,
        "level": inflow / hole if hole < 1 else None,
        "active": int(months.closing.iloc[-1]),
        "half_way_months": math.log(2) / -math.log1p(-hole) if hole < 1 else None,
    }
