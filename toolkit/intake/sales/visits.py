"""Visits of several rows in files without order numbers, their total repeated or written once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from toolkit.intake.columns.finder import NO_COLUMN
from toolkit.intake.names import plain
from toolkit.intake.sales.sheet import Sheet
from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.amounts import Numbers

ENOUGH = 20  # customer-days of several rows that show that a total is repeated on them
FEW = 5  # the same where the prices of the rows come to the total; fewer are not told either
NEARLY_ALL = 0.95  # of those days
VARIED, COMMONEST = 3, 0.5  # different amounts between days, and the share of the commonest
FURTHER = 3  # rows without an amount that are no slips


@dataclass(frozen=True)
class Visits:
    """The sheet with the visits as `purchases`, the amounts on all rows of each, and whether any
    were found."""

    sheet: Sheet
    numbers: Numbers | None
    found: bool = False


def with_visits(sheet: Sheet, numbers: Numbers | None, customer: Coded, days: np.ndarray) -> Visits:
    """The rows of a customer's visit as one order where the file has totals but no order numbers.

    A total is a visit's where practically every customer-day of several rows has one amount on
    all of them: on 20 such days with different products, the amounts differing between days; or
    on five where prices of the rows come to it. Rows of one customer, day and amount are then one
    visit. Where the total stands on the first row only, the rows below it of the same customer
    and day that name what was bought without an amount are its further lines. Notes tell it, and
    where it only may be so. Not where `--order none` says that there are no orders. Our rule.
    """
    roles, settings = sheet.roles, sheet.settings
    nothing = Visits(sheet, numbers)
    if numbers is None or roles.format is not None or "order" in roles.columns:
        return nothing
    if roles.basis not in ("total", "line") or sheet.purchases is not None:
        return nothing
    if plain(settings.order_column or "") == NO_COLUMN or sheet.rows.runs is not None:
        return nothing
    good = ~np.isnat(days) & ~customer.blank() & ~sheet.sums
    day, _ = pd.factorize(days.astype(np.int64))
    of_day, _ = pd.factorize(customer.codes.astype(np.int64) * (day.max(initial=0) + 1) + day)
    further = _further(sheet, numbers, good, of_day)
    if further is not None:
        return _carried(sheet, numbers, further)
    key = _repeated(sheet, numbers, good & numbers.readable, of_day)
    if key is None:
        return nothing
    kind, n = key
    values = {"column": ", ".join(sheet.names("amount")), "n": n, "option": "--order none"}
    if kind != "visits_once":
        return replace(nothing, sheet=_told(sheet, kind, values))
    units, _ = pd.factorize(numbers.units)
    own = len(of_day) + np.arange(len(of_day))  # of rows that are in no visit
    visit = of_day.astype(np.int64) * (units.max(initial=0) + 1) + units
    codes, _ = pd.factorize(np.where(good & numbers.readable, visit, -1 - own))
    return Visits(_told(sheet, kind, values, codes), numbers, True)


def _told(sheet: Sheet, key: str, values: dict[str, Any], codes: np.ndarray | None = None) -> Sheet:
    roles = replace(sheet.roles, told=(*sheet.roles.told, (key, values)))
    if codes is None:
        return replace(sheet, roles=roles)
    names = pa.array(range(int(codes.max()) + 1)).cast(pa.string())
    return replace(sheet, roles=roles, purchases=Coded(codes, names))


def _repeated(
    sheet: Sheet, numbers: Numbers, good: np.ndarray, of_day: np.ndarray
) -> tuple[str, int] | None:
    """The note on amounts that stand on all rows of a customer's day, and how many such days;
    None where they do not."""
    bought = sheet.bought
    frame = pd.DataFrame({"day": of_day, "units": numbers.units})
    frame["named"] = 0 if bought is None else bought.codes
    frame["own"] = _worth(sheet, numbers)
    frame["day"] = frame["day"] * len(sheet.grids) + sheet.rows.files  # a file may be a copy
    frame = frame[good]
    per = frame.groupby("day").agg(
        rows=("units", "size"), least=("units", "min"), most=("units", "max"),
        products=("named", "nunique"), own=("own", lambda each: each.sum(skipna=False)),
    )  # fmt: skip
    per = per[per["rows"] > 1]
    alike = per[per["least"] == per["most"]]
    if len(per) < FEW or len(alike) < NEARLY_ALL * len(per):
        return None
    amounts = alike["least"].value_counts(normalize=True)
    named = sheet.roles.basis == "total"
    together = (per["own"] == per["least"]).mean() >= NEARLY_ALL
    several = frame["day"].isin(per.index)
    if (frame["own"] == frame["units"])[several].mean() >= NEARLY_ALL or len(amounts) < VARIED:
        return None
    if named and together:
        return "visits_once", len(per)
    varied = len(amounts) >= VARIED and amounts.iloc[0] <= COMMONEST
    differ = bought is not None and (per["products"] > 1).mean() >= NEARLY_ALL
    if named and varied and differ and len(per) >= ENOUGH:
        return "visits_once", len(per)
    return ("visits_added_up", len(per)) if varied else None


def _worth(sheet: Sheet, numbers: Numbers) -> np.ndarray:
    """What the prices of the rows come to in the units of the amounts, NaN where unknown."""
    at = sheet.roles.at("unit_price")
    nothing = np.full(len(sheet.rows), np.nan)
    if at is None:
        return nothing
    price = sheet.read_as_amounts(at, sheet.column("unit_price"), numbers.mark)
    units = sheet.roles.at("units")
    if units is not None:
        price = price.times(sheet.read_as_amounts(units, sheet.column("units"), numbers.mark))
    worth = price.units.astype(float) * 10.0 ** (numbers.scale - price.scale)
    return np.where(price.readable, worth, nothing)


def _further(
    sheet: Sheet, numbers: Numbers, good: np.ndarray, of_day: np.ndarray
) -> np.ndarray | None:
    """For every row the row whose amount is its visit's, where further lines of visits have none;
    None where such rows have no system."""
    bought, amount = sheet.bought, sheet.column("amount")
    if sheet.roles.basis != "total" or bought is None:
        return None
    blank = amount.blank() & good & ~bought.blank()
    if blank.sum() < max(FURTHER, 0.02 * len(blank)):
        return None
    rows = np.arange(len(blank))
    above = np.maximum.accumulate(np.where(blank, -1, rows))
    files = sheet.rows.files
    held = blank & (above >= 0) & (of_day[above] == of_day) & (files[above] == files)
    held &= numbers.readable[above]
    if not held[blank].all():
        return None
    return np.where(held, above, rows)


def _carried(sheet: Sheet, numbers: Numbers, source: np.ndarray) -> Visits:
    values = {"column": ", ".join(sheet.names("amount"))}
    values["n"] = int((source != np.arange(len(source))).sum())
    codes, _ = pd.factorize(source)
    told = _told(sheet, "visit_lines", values, codes)
    return Visits(told, numbers.of_rows(source), True)
