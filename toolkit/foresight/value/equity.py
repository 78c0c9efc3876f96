"""What the customers of a shop are expected to bring: the value of the book's people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import Book
from toolkit.foresight.spend import Spend
from toolkit.foresight.value.chances import by_chance
from toolkit.foresight.value.counting import Counting
from toolkit.foresight.value.groups import grouped, valued
from toolkit.foresight.value.intervals import with_intervals
from toolkit.foresight.value.margins import HORIZONS, YEARS, margins
from toolkit.foresight.value.record import COLUMNS, record, spend_at, windows
from toolkit.foresight.value.second_life import SecondLives, second_lives, second_visits
from toolkit.frames import frame
from toolkit.settings import Settings

if TYPE_CHECKING:
    from toolkit.foresight.outlook import Outlook

FEWEST = 5  # customers of a place, from which its mean stands for one customer (our rule)


@dataclass(frozen=True, eq=False)
class Equity:
    """Expected margin of the customers there are; nobody new is in it.

    method: `counts` (a count model), `chance` (too little for one: the chance of returning x
    visits if back, in proportion to the horizon) or `none`. why: None, or key of the sentence
    that says what is missing: `no_amount`, `no_model`, `nothing_to_learn`; `not_judged` where the
    file is too short for intervals. spend: the model of amounts. customers_table: one row per
    customer (`groups.valued`). groups: one row per layer and state, and `all` of either
    (`groups.grouped`), with low_12, high_12, low_36 and high_36 (80 % interval of the margin,
    minor units, null without a record). records: by months, the rows of `record_at`. lives: the
    record of second lives.
    """

    method: str
    why: str | None = None
    spend: Spend | None = None
    lives: SecondLives | None = None
    customers_table: ir.Table | None = None
    groups: pd.DataFrame | None = None
    records: dict[int, pd.DataFrame] = field(default_factory=dict)

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


def foresee_value(
    book: Book,
    settings: Settings,
    counting: Counting | None = None,
    outlook: Outlook | None = None,
    yearly_rate: float = 0.0,
) -> Equity:
    """The expected margin of every customer and of every layer, with intervals.

    `counting` is the count model's way of working; without it the chances of `outlook` serve,
    and without either nothing is said. `yearly_rate` discounts later years (0: not at all).
    """
    spend = spend_at(book, book.closing)
    if spend.model is None:
        return Equity("none", spend.verdict)
    if counting is not None:
        return _by_counts(book, settings, counting, spend, yearly_rate)
    if outlook is None or outlook.method == "none":
        return Equity("none", "nothing_to_learn", spend)
    found, second = by_chance(book, outlook, spend, settings.margin_share, yearly_rate)
    table = valued(book, found, second)
    groups = grouped(table)
    for months in HORIZONS:
        groups = _with_ends(groups, months, pd.DataFrame(columns=COLUMNS), 1.0, 1.0)
    return Equity("chance", "no_model", spend, None, book.named(table), groups)


def _by_counts(
    book: Book, settings: Settings, counting: Counting, spend: Spend, yearly_rate: float
) -> Equity:
    counted, share = counting.at(book.visits_table, book.closing), settings.margin_share
    lives = second_lives(book, counted.model)
    found = margins(counted.expected(YEARS), spend, share, yearly_rate)
    second = margins(second_visits(counted, lives), spend, share, yearly_rate)
    table = valued(book, found, second)
    groups, records, judged = grouped(table), {}, {}
    for months, horizon in HORIZONS.items():
        days, origins = windows(book.first, book.closing, horizon)
        if days not in judged:  # a short file has the same windows for both
            judged[days] = record(book, counting, origins, days)
        records[months] = judged[days]
        stretch = horizon / days if origins else 1.0
        groups = _with_ends(groups, months, records[months], stretch, share)
    why = None if len(records[12]) else "not_judged"
    return Equity("counts", why, spend, lives, book.named(table), groups, records)


def _with_ends(groups, months: int, record: pd.DataFrame, stretch: float, share: float):
    """The groups with the ends of the intervals of so many months."""
    ends = with_intervals(groups, f"margin_{months}", record, stretch, share)
    return groups.assign(**{f"low_{months}": ends["low"], f"high_{months}": ends["high"]})
