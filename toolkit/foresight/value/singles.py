"""How far what a single customer is expected to bring may be off: the spread of those before."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.foresight.value.intervals import LEVEL
from toolkit.frames import in_engine

LEAST = 50  # customers of the record from which a band speaks for one of them (our rule)
MOST = 20  # bands of a state (our rule)


def bands(singles: pd.DataFrame) -> pd.DataFrame:
    """How many times what was foreseen came, by state and by how many visits were foreseen.

    singles: one row per customer and origin of the record (`record.Judged.singles`). One row per
    band of alike customers, of a state by order of expected visits: at most 20 bands of about the
    same size, each of 50 customers at the least; a state with fewer has the bands of all. Columns:
    active, band (1..), begins (expected visits from which on it holds; the first from 0), low and
    high (10 % and 90 % quantile of came / foreseen, place p (n + 1), no less than 0). Empty where
    there are fewer than 50 customers. Our rule.
    """
    known = singles[singles.foreseen > 0]
    found = []
    for active in (True, False):
        some = known[known.active == active]
        some = some if len(some) >= LEAST else known
        found.append(_of_state(some).assign(active=active))
    return pd.concat(found, ignore_index=True)


def customers_ends(table: ir.Table, months: int, found: pd.DataFrame, whole: dict) -> ir.Table:
    """Low and high of every customer's expected margin: the middle 80 % of what came of customers
    of whom as much was foreseen.

    table: one row per customer (`groups.valued`). found: `bands`. whole: the row of all customers
    in the groups. Columns added: low_<months> and high_<months> (int, minor units; null without a
    record, and where the record cannot tell the whole). Whoever is silent in nine of ten such
    cases has 0 to 0, though a little is expected of them in the mean; who is in more than one of
    ten has 0 as the low end.
    """
    names = [f"{end}_{months}" for end in ("low", "high")]
    if found.empty or pd.isna(whole[names[0]]):
        return table.mutate(**dict.fromkeys(names, ibis.null("int64")))
    visits, band = table[f"visits_{months}"], ibis.literal(0)
    for active, some in found.groupby("active"):
        for edge in some.begins:
            inside = (table.active == bool(active)) & (visits >= float(edge))
            band = band + inside.fill_null(False).cast("int64")
    rows = in_engine(found[["active", "band", "low", "high"]])
    both = table.mutate(band=band).left_join(rows, ["active", "band"])
    margin = both[f"margin_{months}"]
    ends = {name: (margin * both[name.split("_")[0]]).round().cast("int64") for name in names}
    return both.select(*table.columns, **ends)


def _of_state(some: pd.DataFrame) -> pd.DataFrame:
    columns = ["band", "begins", "low", "high"]
    many = min(len(some) // LEAST, MOST)
    if not many:
        return pd.DataFrame(columns=columns)
    some = some.sort_values("visits", kind="stable")
    visits = some.visits.to_numpy(float)
    starts = visits[np.arange(many) * len(some) // many]
    # Customers alike are in one band, and the first band has those with the fewest.
    starts = np.unique(np.append(0.0, starts[starts > visits[0]]))
    at = np.searchsorted(starts, visits, side="right")
    times = (some.came / some.foreseen).clip(lower=0)
    ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    rows = [
        (band, starts[band - 1], *np.quantile(part, ends, method="weibull"))
        for band, part in times.groupby(at)
    ]
    return pd.DataFrame(rows, columns=columns)
