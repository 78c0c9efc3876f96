"""How far the counts depend on where the lines are drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import ibis.expr.types as ir
import pandas as pd

from toolkit.book.bucket import filled_from
from toolkit.book.calendar import year_before
from toolkit.book.course import LAYERS, STATES, layer_of
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.shares import FEW
from toolkit.frames import frame

LESS, MORE = Decimal("0.75"), Decimal("1.25")
LAYER_LINES = ("fledgling_days", "amount_line", "prime_days")
LAPSE_SCENARIOS = ("as_set", "lapse_less", "lapse_more")
SCENARIOS = (*LAPSE_SCENARIOS, "cuts_less", "cuts_more")
PLACE_COLUMNS = tuple(f"{layer}_{state}" for layer in LAYERS for state in STATES)


def moved_cutoffs(cut: Cutoffs) -> dict[str, Cutoffs]:
    """The cut-offs of every scenario by its name: as set, and a quarter down or up.

    The lapse line is moved alone, the three layer lines together; days and minor units are
    rounded half up. Without amounts there are no layers, and only the lapse line is moved.
    """
    made = {"as_set": cut}
    for name, part in (("less", LESS), ("more", MORE)):
        made[f"lapse_{name}"] = replace(cut, lapse_days=_times(cut.lapse_days, part))
    if cut.amount_line is not None:
        for name, part in (("less", LESS), ("more", MORE)):
            lines = {line: _times(getattr(cut, line), part) for line in LAYER_LINES}
            made[f"cuts_{name}"] = replace(cut, **lines)
    return made


def sensitivity(
    customers: ir.Table, before: ir.Table, first: dt.date, closing: dt.date, cut: Cutoffs
) -> pd.DataFrame:
    """The places and the hole with the lapse line or the layer cut-offs a quarter lower or higher.

    One row per scenario: as_set, lapse_less, lapse_more, cuts_less, cuts_more (the last two only
    with amounts). Columns: scenario, fledgling_days, amount_line (minor units, null without
    amounts), prime_days, lapse_days, one per place (first_active .. prime_lapsed: customers at
    the closing date; null without amounts), active, lapsed (customers), hole (0..1, as
    `bucket.hole` under that lapse line; null before its own left edge and below 5 customers to
    begin with). `customers` and `before` are `customers.customers_at` the closing date and a year
    before it: where somebody stands follows from visits, tenure, money and silence alone, so
    `as_set` is exactly the book. Source: our rule, a quarter down and up.
    """
    moved = moved_cutoffs(cut)
    seen = _combinations(customers, before, moved)
    rows = [_scenario(name, line, seen, first, closing) for name, line in moved.items()]
    counts = {name: "Int64" for name in (*PLACE_COLUMNS, "amount_line")}
    return pd.DataFrame(rows).astype(counts | {"hole": "float64"})


def _times(value: int, part: Decimal) -> int:
    return int((value * part).quantize(Decimal(1), ROUND_HALF_UP))


def _combinations(customers: ir.Table, before: ir.Table, moved: dict[str, Cutoffs]) -> pd.DataFrame:
    """Customers by what every scenario says of them: layer_*, active_*, there_* (a year ago).

    A few dozen combinations at most, counted in one pass: `n` customers each.
    """
    then = before.select("customer_id", gap_then=before.gap_days)
    known = customers.left_join(then, "customer_id")
    said = {}
    for name, cut in moved.items():
        if name in LAPSE_SCENARIOS:
            said[f"active_{name}"] = known.gap_days < cut.lapse_days
            said[f"there_{name}"] = (known.gap_then < cut.lapse_days).fill_null(False)
        if name not in ("lapse_less", "lapse_more"):
            tenure, money = known.tenure_days, known.amount
            said[f"layer_{name}"] = layer_of(known.n_visits, tenure, money, cut)
    stated = known.select(**said)
    return frame(stated.group_by(list(said)).agg(n=stated.count()))


def _scenario(
    name: str, cut: Cutoffs, seen: pd.DataFrame, first: dt.date, closing: dt.date
) -> dict:
    by_lapse = name in LAPSE_SCENARIOS
    active = seen[f"active_{name if by_lapse else 'as_set'}"]
    there = seen[f"there_{name if by_lapse else 'as_set'}"]
    state = active.map({True: "active", False: "lapsed"})
    place = seen[f"layer_{'as_set' if by_lapse else name}"] + "_" + state
    standing = seen.n.groupby(place).sum()
    began, gone = int(seen.n[there].sum()), int(seen.n[there & ~active].sum())
    told = year_before(closing) >= filled_from(first, cut.lapse_days) and began >= FEW
    layers = cut.amount_line is not None
    return {
        "scenario": name,
        **{line: getattr(cut, line) for line in (*LAYER_LINES, "lapse_days")},
        **{k: int(standing.get(k, 0)) if layers else None for k in PLACE_COLUMNS},
        "active": int(seen.n[active].sum()),
        "lapsed": int(seen.n[~active].sum()),
        "hole": gone / began if told else None,
    }
