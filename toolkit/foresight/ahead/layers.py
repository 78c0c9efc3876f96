"""Where every customer stands at the closing date, by layer, and what a layer's visits bring."""

from __future__ import annotations

import ibis
import numpy as np

from toolkit.book import LAYERS, Book
from toolkit.foresight.ahead.history import old_until
from toolkit.foresight.ahead.kinds import KINDS, cell_of, cell_starts, kind_shown
from toolkit.frames import frame

FEWEST_VISITS = 30  # of a layer, below which its visits are priced like all


def standing_by_layer(book: Book) -> dict[str, np.ndarray]:
    """Customers at the closing date by layer, kind and silence: layer -> [kind, cell].

    Lapsed customers are in the layer they lapsed in. Without amounts everybody is in `any`.
    """
    line = book.cutoffs.lapse_days
    visits = book.visits_table.filter(book.visits_table.next_date.isnull())
    old = visits.date < ibis.literal(old_until(book)) + visits.tenure_days.as_interval("D")
    visits = visits.select(
        "customer_id",
        kind=kind_shown(visits.nth, visits.tenure_days, line, old),
        silent=ibis.literal(book.closing).delta(visits.date, unit="day"),
    )
    where = book.customers_table.select("customer_id", "rank", "layer")
    table = visits.join(where, "customer_id")
    rows = frame(table.group_by(["layer", "kind", "silent"]).agg(customers=table.count()))
    names = LAYERS if book.has_money else ("any",)
    found = {name: np.zeros((KINDS, len(cell_starts(line)))) for name in names}
    kinds = rows.kind.to_numpy(int)
    cell = cell_of(rows.silent.to_numpy(int), line)
    for name, stock in found.items():
        mine = (rows.layer == name).to_numpy() if book.has_money else slice(None)
        np.add.at(stock, (kinds[mine], cell[mine]), rows.customers.to_numpy(float)[mine])
    return found


def price_by_layer(book: Book) -> dict[str, float | None]:
    """Mean net amount of a visit in the year to the closing date, by the layer held before it.

    By the layer of a year ago, so that what put a customer into a layer is not counted as what
    comes after it. Minor units; None for fewer than 30 visits or where a year ago cannot be
    trusted.
    """
    prices: dict[str, float | None] = dict.fromkeys(LAYERS)
    if not book.has_money or book.year_ago < book.filled_from:
        return prices
    visits = book.visits_table.filter(book.visits_table.date > ibis.literal(book.year_ago))
    table = visits.join(book.places_at(book.year_ago), "customer_id")
    rows = frame(
        table.group_by("layer").agg(visits=table.count(), amount=table.amount.sum().cast("int64"))
    )
    for row in rows.itertuples():
        if row.visits >= FEWEST_VISITS:
            prices[row.layer] = row.amount / row.visits
    return prices
