"""The lists of active customers counted: by week in which to act, by layer and by step."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from toolkit.action.about_to_lapse import RISKS
from toolkit.book import LAYERS

WEEK = 7


def by_week(listed: pd.DataFrame, closing: dt.date) -> pd.DataFrame:
    """Customers by the week in which to act, and by what threatens to lose them.

    One row per week after the closing date up to the last in which somebody is due. Columns: week
    (1 is the first), starts, ends (its days), and the customers of each risk (`silent`, `unusual`,
    `line`, `contract`) and customers (all of them).
    """
    week = pd.Series([((day - closing).days - 1) // WEEK + 1 for day in listed.act_by], dtype="int")
    weeks = range(1, (0 if week.empty else int(week.max())) + 1)
    counted = pd.crosstab(week.to_numpy(), listed.risk.to_numpy()) if len(listed) else None
    counts = pd.DataFrame(0, index=weeks, columns=list(RISKS))
    if counted is not None:
        counts = counted.reindex(index=weeks, columns=list(RISKS), fill_value=0)
    starts = [closing + dt.timedelta(days=WEEK * (n - 1) + 1) for n in weeks]
    ends = [closing + dt.timedelta(days=WEEK * n) for n in weeks]
    table = counts.assign(customers=counts.sum(axis=1)).reset_index(drop=True)
    table.columns.name = None
    table.insert(0, "week", list(weeks))
    table.insert(1, "starts", starts)
    table.insert(2, "ends", ends)
    return table


def by_layer(listed: pd.DataFrame) -> pd.DataFrame:
    """Customers on the list by layer, prime first, layers with nobody left out.

    Columns: layer, customers, expected_loss (minor units, the sum), worth_contacting (customers
    worth a contact, `send`).
    """
    table = listed.assign(pays=listed.send).groupby("layer", as_index=False).agg(
        customers=("customer_id", "size"),
        expected_loss=("expected_loss", "sum"),
        worth_contacting=("pays", "sum"),
    )  # fmt: skip
    order = {layer: place for place, layer in enumerate(reversed(LAYERS))}
    table = table.sort_values("layer", key=lambda names: names.map(order), ignore_index=True)
    return table.astype({"customers": "int64", "worth_contacting": "int64"})


def by_step(golden: pd.DataFrame) -> pd.DataFrame:
    """Customers of the golden list by the step one visit takes them, the highest layer first.

    Columns: layer, next (the layers before and after it), customers, expected_gain (minor units,
    the sum), worth_contacting.
    """
    keys = {"layer": golden.layer, "next": golden.next_layer}
    table = golden.drop(columns="layer").assign(**keys, pays=golden.send)
    table = table.groupby(["layer", "next"], as_index=False).agg(
        customers=("customer_id", "size"),
        expected_gain=("expected_gain", "sum"),
        worth_contacting=("pays", "sum"),
    )
    order = {layer: place for place, layer in enumerate(reversed(LAYERS))}
    table = table.sort_values(
        ["next", "layer"], key=lambda names: names.map(order), ignore_index=True
    )
    return table.astype({"customers": "int64", "worth_contacting": "int64"})
