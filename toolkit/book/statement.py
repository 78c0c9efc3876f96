"""The bucket statement of any period, in total and per layer: what came in, what went out."""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from toolkit.book.bucket import FLOWS, filled_from
from toolkit.book.course import LAYERS
from toolkit.book.moves import change
from toolkit.book.periods import periods, year_of
from toolkit.book.shares import share
from toolkit.frames import frame

SPAN = ["period", "start", "end"]
MOVED = ("moved_in", "moved_out")


def lapsed_within(moves: ir.Table, closing: dt.date) -> dict[int, int]:
    """Customers active at one anniversary of the closing date and lapsed at the next.

    By the calendar year of the later anniversary; a year with none is not in it. The upper part
    of every yearly hole. Source: definitions, "Bucket" (`hole.year`).
    """
    turns = moves.mutate(change=change(moves))
    turns = turns.filter(turns.change != 0)
    net = turns.group_by(["customer_id", year_of(turns.date, closing).name("year")])
    net = net.agg(net=turns.change.sum())
    # in and out take turns, so one more out than in is active before and lapsed at the end
    gone = net.filter(net.net == -1)
    found = frame(gone.group_by("year").agg(n=gone.count()))
    return dict(zip(found.year.tolist(), found.n.tolist(), strict=True))


def bucket_statement(
    daily: pd.DataFrame,
    lapsed: dict[int, int],
    first: dt.date,
    closing: dt.date,
    lapse_days: int,
    period: str,
) -> pd.DataFrame:
    """The bucket statement: opening + new + returned - lost = closing, in every row.

    One row per `period` (month, quarter, year), oldest first. Columns: period, start, end,
    complete, trusted (as in `periods.periods`), opening, new, returned, lost, closing
    (customers), hole (months and quarters: lost / opening; years: of the customers active on the
    day before, the share lapsed at the end, as `hole.year`; null while the opening is still
    filling or below five customers), quick_ratio ((new + returned) / lost; null without a loss or
    while filling). `daily` is from `moves.moves_by_day`, `lapsed` from `lapsed_within` (years
    only). Source: definitions, "Bucket"; the quick ratio is the one used for subscriptions.
    """
    spans = periods(first, closing, lapse_days, period)
    counts = _by_span(daily, spans, [])
    table = spans.join(counts.reindex(columns=FLOWS, fill_value=0))
    table["closing"] = (table.new + table.returned - table.lost).cumsum()
    table["opening"] = table.closing.shift(fill_value=0)
    gone, sure = table.lost, table.trusted
    if period == "year":  # the headline asks for the day before the year to be trusted
        gone = pd.Series([lapsed.get(day.year, 0) for day in table.end], dtype="int64")
        sure = table.start > filled_from(first, lapse_days)
    ratio = (table.new + table.returned) / table.lost.where(table.trusted & (table.lost > 0))
    table = table.assign(hole=share(gone, table.opening).where(sure), quick_ratio=ratio)
    columns = ["opening", *FLOWS, "closing", "hole", "quick_ratio", "complete", "trusted"]
    return table[[*SPAN, *columns]]


def layer_statement(
    daily: pd.DataFrame, first: dt.date, closing: dt.date, lapse_days: int, period: str
) -> pd.DataFrame:
    """The bucket statement of each layer:
    opening + new + returned + moved_in - moved_out - lost = closing.

    One row per period and layer, oldest first, the five layers in order. Columns: period, start,
    end, layer, opening, new, returned, moved_in, moved_out, lost, closing (active customers),
    complete, trusted. New and returned are counted in the layer after the move, lost in the one
    before it; moved are those who changed layer while active. Source: definitions, "Bucket".
    """
    spans = periods(first, closing, lapse_days, period)
    counts = _by_span(_per_layer(daily), spans, ["layer"])
    every = pd.MultiIndex.from_product([spans.index, LAYERS], names=["span", "layer"])
    table = counts.reindex(index=every, columns=[*FLOWS, *MOVED], fill_value=0)
    net = table.new + table.returned + table.moved_in - table.moved_out - table.lost
    table["closing"] = net.groupby(level="layer").cumsum()
    table["opening"] = table.closing - net
    table = table.reset_index("layer").join(spans)
    columns = ["layer", "opening", "new", "returned", *MOVED, "lost", "closing"]
    return table[[*SPAN, *columns, "complete", "trusted"]].reset_index(drop=True)


def _per_layer(daily: pd.DataFrame) -> pd.DataFrame:
    """Every move as what it is to a layer, with the column `layer`; moved is there twice."""
    daily = daily[daily.flow != "none"]
    lost, moved = daily.flow == "lost", daily.flow == "moved"
    stands = daily.assign(layer=daily.to_layer.where(~lost, daily.from_layer))
    out = daily[moved].assign(layer=lambda moves: moves.from_layer, flow="moved_out")
    return pd.concat([stands.assign(flow=daily.flow.where(~moved, "moved_in")), out])


def _by_span(daily: pd.DataFrame, spans: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Customers by span (its row in `spans`) and `keys`, one column per flow."""
    ends = spans.end.to_numpy("datetime64[D]")
    span = np.searchsorted(ends, daily.date.to_numpy("datetime64[D]"))
    sums = daily.assign(span=span).groupby(["span", *keys, "flow"]).customers.sum()
    wide = sums.unstack("flow", fill_value=0)
    return wide if keys else wide.reindex(spans.index, fill_value=0)
