"""What the customers of a shop are expected to bring: the value of the book's people."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.book import Book
from toolkit.foresight.counts import FitCounts, fit_counts
from toolkit.foresight.past import Past
from toolkit.foresight.spend import Spend
from toolkit.foresight.value.counting import counted_at
from toolkit.foresight.value.foretold import (
    ByCounts,
    Foretell,
    foretelling,
    spend_at,
    with_amounts,
)
from toolkit.foresight.value.groups import grouped, valued
from toolkit.foresight.value.intervals import with_intervals
from toolkit.foresight.value.margins import HORIZONS, YEARS, margins
from toolkit.foresight.value.record import Judged, record, windows
from toolkit.foresight.value.second_life import SecondLives, second_lives, second_visits
from toolkit.foresight.value.singles import bands, customers_ends
from toolkit.frames import frame, scalar
from toolkit.settings import Settings

if TYPE_CHECKING:
    from toolkit.foresight.outlook import Outlook

ENDS = ("low", "high")
FEWEST = 5  # customers of a place, from which its mean stands for one customer (our rule)


@dataclass(frozen=True, eq=False)
class Equity:
    """Expected margin of the customers there are; nobody new is in it.

    method: `winners` (what won on the client's own past, `foretold.ByWinners`), `alike` (the same
    where customers are too alike for a model), `counts` (the count model alone, where nothing was
    judged) or `none`. why: None, or key of the sentence that says what is missing: `no_amount`,
    `nothing_to_learn`, `nobody_came`, `too_small`; `not_judged` where the file is too short for
    intervals. spend: the model of amounts. customers_table: one row per customer
    (`groups.valued`). groups: one row per layer and state, and `all` of either (`groups.grouped`).
    Both have low_12, high_12, low_36 and high_36 (80 % interval of the margin, minor units, null
    where it cannot be told, `untold`). records: by months, `record.Judged.rows`. lives: the record
    of second lives. visits_by and amounts_by: the competitors that speak for visits and money
    (`competitors.VISITS`, `WORTH`; None with `counts`).
    """

    method: str
    why: str | None = None
    spend: Spend | None = None
    lives: SecondLives | None = None
    customers_table: ir.Table | None = None
    groups: pd.DataFrame | None = None
    records: dict[int, pd.DataFrame] = field(default_factory=dict)
    visits_by: str | None = None
    amounts_by: str | None = None

    def customers(self) -> pd.DataFrame:
        """`customers_table` as pandas, ordered by customer."""
        return frame(self.customers_table.order_by("customer_id"))

    def total(self, state: str = "all", layer: str = "all") -> dict:
        """One row of `groups` by column name."""
        rows = self.groups
        return rows[(rows.layer == layer) & (rows.state == state)].iloc[0].to_dict()

    def window_days(self, months: int) -> int | None:
        """Length of the windows of the record (days); None without one."""
        record = self.records.get(months)
        return None if record is None or record.empty else int(record["days"].iloc[0])

    def untold(self, months: int) -> str | None:
        """Why all customers have no interval: `not_judged` (no earlier date to try it at),
        `too_wide` (the record is so far off that it cannot be told); None where they have one."""
        if pd.notna(self.total()[f"low_{months}"]):
            return None
        record = self.records.get(months)
        return "not_judged" if record is None or record.empty else "too_wide"

    def kept_value(self, months: int) -> float | None:
        """What one active customer kept is worth more than one who lapsed (minor units).

        Margin per head of the active less that of the lapsed of the same layer, each layer with
        the weight of its active customers, over the layers with 5 or more of both; None without
        one. Our rule: how much of the difference keeping would bring is not known from sales.
        """
        if self.groups is None:
            return None
        rows = self.groups[(self.groups.layer != "all") & (self.groups.state != "all")]
        heads = rows.pivot(index="layer", columns="state", values=f"per_head_{months}")
        sizes = rows.pivot(index="layer", columns="state", values="customers")
        both = (sizes >= FEWEST).all(axis=1)
        if not both.any():
            return None
        weight = sizes["active"][both]
        return float(((heads["active"] - heads["lapsed"])[both] * weight).sum() / weight.sum())


@lru_cache(maxsize=8)
def equity_of(book: Book, outlook: Outlook) -> Equity:
    """`foresee_value` of a book whose outlook has a model; without a number for a smaller file."""
    if outlook.method == "none" or outlook.why == "too_small":
        return Equity("none", outlook.why)
    return foresee_value(book, book.settings, outlook)


def foresee_value(
    book: Book,
    settings: Settings,
    outlook: Outlook | None = None,
    fit: FitCounts = fit_counts,
    yearly_rate: float = 0.0,
) -> Equity:
    """The expected margin of every customer and of every layer, with intervals.

    By what won on the past that `outlook` rests on; without one by the count model that `fit`
    fits. `yearly_rate` discounts later years (0: not at all).
    """
    spend = spend_at(book, book.closing)
    if spend.model is None:
        return Equity("none", spend.verdict)
    share = settings.margin_share
    foretell, judged = _judged(book, outlook.past if outlook else None, fit)
    counted = counted_at(book.visits_table, book.closing, fit)
    lives = second_lives(book, counted.model)
    found = margins(foretell(book.closing, YEARS), share, yearly_rate)
    back = with_amounts(second_visits(counted, lives), spend, YEARS)
    table = valued(book, found, margins(back, share, yearly_rate))
    groups = grouped(table)
    for months in HORIZONS:
        groups = _with_ends(groups, months, judged[months].rows, share)
    groups = _nested(groups)
    whole = groups.iloc[-1].to_dict()
    for months in HORIZONS:
        table = customers_ends(table, months, bands(judged[months].singles), whole)
    records = {months: judged[months].rows for months in HORIZONS}
    return Equity(
        method=foretell.method,
        why=None if len(records[12]) else "not_judged",
        spend=spend,
        lives=lives,
        customers_table=book.named(_nested_rows(table).cache()),
        groups=groups,
        records=records,
        **foretell.names,
    )


def _judged(book: Book, past: Past | None, fit: FitCounts) -> tuple[Foretell, dict[int, Judged]]:
    """What foretells, and its records by months: the winners if they have one, for a method whose
    past cannot be shown gives no interval; else the count model."""
    counts, customers = ByCounts(book, fit), scalar(book.customers_table.count())
    for foretell in dict.fromkeys((foretelling(book, past, fit), counts)):
        records, judged = {}, {}
        for months, horizon in HORIZONS.items():
            days, origins = windows(book.first, book.closing, horizon)
            if days not in judged:  # a short file has the same windows for both
                judged[days] = record(book, foretell, origins, days, customers)
            records[months] = judged[days]
        if len(records[12].rows):
            break
    return foretell, records


def _with_ends(groups: pd.DataFrame, months: int, record: pd.DataFrame, share: float):
    """The groups with the ends of the intervals of so many months."""
    stretch = 1.0 if record.empty else HORIZONS[months] / int(record["days"].iloc[0])
    ends = with_intervals(groups, f"margin_{months}", record, stretch, share)
    if pd.isna(ends["low"].iloc[-1]):  # nothing of the whole, nothing of an empty part either
        ends[list(ENDS)] = np.nan
    return groups.assign(**{f"{end}_{months}": ends[end] for end in ENDS})


def _nested(groups: pd.DataFrame) -> pd.DataFrame:
    """The ends of 36 months are not below those of 12: what comes by then is in it. Where either
    cannot be told, 36 months cannot."""
    ends = {f"{e}_36": groups[[f"{e}_36", f"{e}_12"]].max(axis=1, skipna=False) for e in ENDS}
    return groups.assign(**ends)


def _nested_rows(table: ir.Table) -> ir.Table:
    """The same of the customers."""
    near, far = ({e: table[f"{e}_{m}"] for e in ENDS} for m in HORIZONS)
    known = near["low"].notnull() & far["low"].notnull()
    ends = {f"{e}_36": known.ifelse(ibis.greatest(far[e], near[e]), None) for e in ENDS}
    return table.mutate(**ends)
