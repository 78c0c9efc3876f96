"""The customers of a file as they stood on a day, with what the count model says of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.foresight.competitors import answers, histories_of
from toolkit.foresight.counts import HISTORY, CountModel, FitCounts
from toolkit.foresight.features import features_at
from toolkit.foresight.spend import fit_spend
from toolkit.frames import frame, scalar

LARGEST = 20_000  # customers learnt from and judged on; of a larger file a sample
PRIME, ROOM = 2_654_435_761, 2**32  # Knuth's multiplicative hash (TAOCP 3, 6.4)


@dataclass(frozen=True, eq=False)
class Seen:
    """Features at a day and, where asked for, the outcome of the days after it (one row per
    customer, ordered by customer); and the count model that saw what was known then."""

    origin: dt.date
    customers: pd.DataFrame
    model: CountModel


def sampled(visits: ir.Table, largest: int = LARGEST) -> ir.Table:
    """The visits of `largest` customers or so, of all when there are no more.

    Who is drawn follows from the customer's number alone: the same on every engine and on every
    run (our rule).
    """
    customers = scalar(visits.customer_id.nunique())
    if customers <= largest:
        return visits
    drawn = (visits.customer_id.cast("int64") % ROOM) * PRIME % ROOM
    return visits.filter(drawn < int(ROOM * largest / customers)).cache()


def seen_at(
    visits: ir.Table,
    origin: dt.date,
    lapse_days: int,
    fit_counts: FitCounts,
    *,
    ends: dict[str, int],
) -> Seen:
    """Everybody with a visit up to the origin, with nothing later than it but the outcome.

    Columns: those of `features_at`, chance_any and model_visits for every ending in `ends`
    (`competitors.with_counts`), and spend_per_visit and spend_modelled (`Spend.both`, minor units;
    null without amounts). With the one ending "" the outcome of its window is there as well; with
    more there is none: then it is the closing date.
    """
    customers = bare_at(visits, origin, lapse_days, ends[""] if list(ends) == [""] else None)
    told = histories_of(customers)
    model = fit_counts(told)
    customers = customers.merge(answers(model, told, ends), how="left", on=HISTORY)
    spend = fit_spend(visits.filter(visits.date <= ibis.literal(origin)))
    if spend.model is None:
        none = dict.fromkeys(("spend_per_visit", "spend_modelled"), float("nan"))
        return Seen(origin, customers.assign(**none), model)
    return Seen(origin, customers.merge(frame(spend.both()), how="left", on="customer_id"), model)


def bare_at(
    visits: ir.Table, origin: dt.date, lapse_days: int, days: int | None = None
) -> pd.DataFrame:
    """The features of a day (`features_at`) in order of the customers, with no count model."""
    return frame(features_at(visits, origin, lapse_days, days).order_by("customer_id"))
