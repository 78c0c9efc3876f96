"""Reasons and dates of cancelling that are of a customer's subscription, and of no order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.intake.columns.finder import Finder
from toolkit.intake.names import aliases
from toolkit.intake.sales import flags
from toolkit.intake.sales.cancel_names import STATES
from toolkit.intake.sales.statuses import tests_of, which

ALWAYS = 0.9  # share of the customers, or of the rows, from which on it is so
HALF = 0.5


def take_back(find: Finder) -> None:
    """Take the columns of reasons and dates of cancelling out of those of statuses where they say
    it of customers, in files of no known system and where no column was named. Once customers and
    orders are settled. Our rule.

    So it is where practically every customer of several orders who has one has the same on all of
    them, and most of what is filled is of such customers; or where what a column of the state or
    the end of a subscription says (定期ステータス, 解約日, 退会フラグ) goes with it.
    """
    fit = find.evidence.fit
    if find.format is not None or find.is_given("status") or fit is None:
        return
    kept = tuple(at for at in find.columns.get("status", ()) if not _of_customers(find, at))
    if kept:
        find.columns["status"] = kept
    elif "status" in find.columns:
        find.drop("status")


def _of_customers(find: Finder, at: int) -> bool:
    name, column = find.header[at], find.evidence.glance.columns[at]
    if flags.sort_of(name, column.texts) not in ("reason", "date"):
        return False
    filled = column.look_up(which(column.texts, tests_of(name, column, None)["cancelled"]))
    return bool(filled.any()) and (_constant(find, at, filled) or _beside(find, filled))


def _constant(find: Finder, at: int, filled: np.ndarray) -> bool:
    """Whether customers of several orders have the same on all of them, or nothing."""
    fit = find.evidence.fit
    if fit.customer is None or (fit.order is None and fit.bonds.days is None):
        return False
    orders = fit.bonds.days if fit.order is None else fit.bonds.codes(fit.order)
    texts = find.evidence.glance.columns[at].codes
    rows = pd.DataFrame({"who": fit.bonds.codes(fit.customer), "order": orders})
    rows = rows.assign(filled=filled, text=texts)[rows.who >= 0]
    each = rows.groupby("who").agg(
        orders=("order", "nunique"), n=("filled", "sum"), share=("filled", "mean")
    )
    each["texts"] = rows[rows.filled].groupby("who").text.nunique()
    several = each[(each.orders > 1) & (each.n > 0)]
    same = several[(several.share == 1) & (several.texts == 1)]
    most = same.n.sum() >= HALF * filled.sum()
    return len(same) > 0 and len(same) >= ALWAYS * len(several) and bool(most)


def _beside(find: Finder, filled: np.ndarray) -> bool:
    """Whether a column of the state or the end of a subscription says the same."""
    words = aliases()["subscription"]
    for at, column in enumerate(find.evidence.glance.columns):
        name = find.names[at]
        state = name.endswith(STATES) and any(w in name for w in words["of_state"])
        if not state and not any(word in name for word in words["of_end"]):
            continue
        dated = which(column.texts, flags.dated).any()
        said = (~column.blank()).astype(int) if dated else column.codes
        rows = pd.DataFrame({"said": said, "filled": filled, "there": ~column.blank()})
        rows["share"] = rows.groupby("said").filled.transform("mean")
        told = rows.there & (rows.share >= HALF)
        if (told & rows.filled).sum() >= ALWAYS * filled.sum() and not told.all():
            return True
    return False
