"""How the models of amounts would have done on the client's own past."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.foresight.spend.amounts import amounts_of, spend_rows
from toolkit.foresight.spend.gamma_gamma import fit_gamma_gamma
from toolkit.foresight.spend.shrunken import Shrunken, fit_shrunken
from toolkit.frames import row


def spend_record(visits: ir.Table, origin: dt.date) -> pd.DataFrame:
    """Foreseen against paid, by the visits after `origin` of customers known by then.

    One row per method: gamma_gamma, shrunken, shop_mean. Columns: method, visits (judged),
    foreseen and paid (mean per visit, minor units), error (root mean square, minor units). Empty
    when nothing came after.
    """
    day = ibis.literal(origin)
    before, after = visits.filter(visits.date <= day), visits.filter(visits.date > day)
    per, later = amounts_of(before), amounts_of(after)
    both = later.join(per, "customer_id", rname="{name}_before").cache()
    rows = spend_rows(before)
    if rows.empty or not row(both.agg(n=both.count()))["n"]:
        return pd.DataFrame(columns=["method", "visits", "foreseen", "paid", "error"])
    shrunken = fit_shrunken(before)
    models = {"shrunken": shrunken, "shop_mean": Shrunken(shrunken.mean, None)}
    if len(rows) > 1:
        models = {"gamma_gamma": fit_gamma_gamma(rows)} | models
    return pd.DataFrame(
        [{"method": method} | _judged(both, model) for method, model in models.items()]
    )


def _judged(both: ir.Table, model) -> dict:
    told = model.expected(both.n_before, both.money_before.cast("float64"))
    off = both.squares - 2 * told * both.money + both.n * told * told
    found = row(
        both.agg(
            visits=both.n.sum().cast("int64"),
            foreseen=(told * both.n).sum(),
            paid=both.money.sum().cast("int64"),
            off=off.sum(),
        )
    )
    n = found["visits"]
    return {
        "visits": n,
        "foreseen": found["foreseen"] / n,
        "paid": found["paid"] / n,
        "error": max(found["off"] / n, 0.0) ** 0.5,
    }
