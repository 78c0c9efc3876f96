"""Levers: the same run with one rate changed, and what it comes to in people and money."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from toolkit.foresight.ahead.fan import Days
from toolkit.foresight.ahead.kinds import FIRST, cell_of
from toolkit.foresight.ahead.rates import Rates
from toolkit.foresight.ahead.run import Course, run

YEARS = 5
POINT, F2_POINTS, TIMES, TENTH = 0.01, 0.05, 2, 0.1
LEVERS = ("hole_point", "f2_five", "returned_twice", "new_tenth")


@dataclass(frozen=True, eq=False)
class Case:
    """One thing changed: what becomes of the chances [kind, cell] (None where they cannot move so
    far), and the new customers of each day."""

    change: Callable[[np.ndarray], np.ndarray | None]
    new: np.ndarray


def lever_cases(start: np.ndarray, rates: Rates, days: Days, f2_window: int) -> dict[str, Case]:
    """The base case and every lever that can be moved.

    `base` is the client's own rates, as in the fan. `hole_point`: of the customers who would pass
    the lapse line, so many come on its last day instead that of those active now a point less is
    lapsed after 12 months. `f2_five`: a second visit within `f2_window` days is five points more
    likely, spread over its days as it is now. `returned_twice`: on any day everybody lapsed is
    twice as likely to return. `new_tenth`: one more new customer for every ten. A lever is left
    out where its rate cannot move so far.
    """
    line = rates.lapse_days
    share = smaller_hole(start, rates, days, POINT)
    changes = {
        "base": lambda hazard: hazard,
        "hole_point": lambda hazard: None if share is None else saved(hazard, line, share),
        "f2_five": lambda hazard: likelier_second(hazard, f2_window, line, F2_POINTS),
        "returned_twice": lambda hazard: likelier_return(hazard, line, TIMES),
    }
    cases = {
        name: Case(change, days.new)
        for name, change in changes.items()
        if change(rates.hazard) is not None
    }
    if rates.new_per_day:
        new = days.new + TENTH * _true_new(rates, days)
        cases["new_tenth"] = Case(changes["base"], new)
    return cases


def lever_runs(start: np.ndarray, rates: Rates, days: Days, cases: dict[str, Case]) -> Course:
    """All cases, as runs of one course."""
    hazards = np.stack([case.change(rates.hazard) for case in cases.values()])
    arrivals = np.stack([case.new for case in cases.values()])
    starts = np.repeat(start[None], len(cases), 0)
    pace = np.repeat(days.pace[None], len(cases), 0)
    return run(starts, hazards, arrivals, pace, days.ends, rates.lapse_days, rates.way)


def lever_table(names: Iterable[str], course: Course, rates: Rates) -> pd.DataFrame:
    """What every case comes to, and its difference to the base case.

    One row per case, `base` first. Columns: lever, active_1 and active_5 (customers after one and
    after five years), sales_1 and sales_5 (minor units, added up over the first year and over all
    five), and more_active_1, more_active_5, more_sales_1, more_sales_5, the differences to the
    base case. Sales are null without amounts.
    """
    level = np.rint(course.closing[:, [11, 12 * YEARS - 1]]).astype("int64")
    months = course.visits @ rates.price
    money = np.rint(np.stack([months[:, :12].sum(1), months.sum(1)], 1)).astype("int64")
    table = pd.DataFrame({"lever": list(names)})
    for name, values in (("active", level), ("sales", money)):
        for at, year in enumerate((1, YEARS)):
            whole = pd.Series(values[:, at], dtype="Int64")
            if name == "sales" and not rates.has_money:
                whole = whole.mask(whole.notna())
            table[f"{name}_{year}"] = whole
            table[f"more_{name}_{year}"] = whole - whole[0]
    return table


def _true_new(rates: Rates, days: Days) -> np.ndarray:
    share = rates.new_per_day / (rates.new_per_day + rates.unseen[: len(days.new)])
    return days.new * share


def hole_after(start: np.ndarray, hazard: np.ndarray, rates: Rates, days: Days) -> float:
    """Of the customers active now, the share lapsed after 12 months (the hole, ahead)."""
    line, stop = rates.lapse_days, int(days.ends[11])
    there = np.zeros_like(start)
    there[:, :line] = start[:, :line]
    pace, none = days.pace[None, :stop], np.zeros((1, stop))
    course = run(there[None], hazard[None], none, pace, days.ends[:12], line, rates.way)
    return 1 - float(course.closing[0, -1] / there.sum()) if there.sum() else 0.0


def smaller_hole(start, rates: Rates, days: Days, by: float) -> float | None:
    """The share of those who would pass the line that has to come on its last day (`saved`) for
    the hole ahead to be smaller by so much; None where it cannot be."""
    target = hole_after(start, rates.hazard, rates, days) - by

    def off(share: float) -> float:
        hazard = saved(rates.hazard, rates.lapse_days, share)
        return hole_after(start, hazard, rates, days) - target

    if target < 0 or off(1.0) > 0:
        return None
    return brentq(off, 0.0, 1.0, xtol=1e-5)


def saved(hazard: np.ndarray, lapse_days: int, share: float) -> np.ndarray:
    """The chances with this share of those who would pass the line coming on its last day."""
    changed, at = hazard.copy(), lapse_days - 1
    changed[:, at] += share * (1 - changed[:, at])
    return changed


def likelier_second(hazard, window: int, lapse_days: int, by: float) -> np.ndarray | None:
    """The chances with which a second visit within the window is likelier by so much: every
    day's, so that they keep their shape; None where that is more than all."""
    in_it = np.arange(1, window + 1)
    days = np.bincount(cell_of(in_it - 1, lapse_days), minlength=hazard.shape[1])
    stay = 1 - hazard[FIRST]
    none = float(np.prod(stay**days))
    if none <= by or none >= 1:
        return None
    changed, power = hazard.copy(), np.log(none - by) / np.log(none)
    changed[FIRST, days > 0] = 1 - stay[days > 0] ** power
    return changed


def likelier_return(hazard: np.ndarray, lapse_days: int, times: float) -> np.ndarray | None:
    """The chances with everybody lapsed so many times as likely to return on any day."""
    if not hazard[:, lapse_days:].any():
        return None
    changed = hazard.copy()
    changed[:, lapse_days:] = np.minimum(times * changed[:, lapse_days:], 1)
    return changed
