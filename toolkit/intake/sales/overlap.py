"""Orders that several files of one client hold: exports of periods that overlap."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.intake.sales.sieve import Sieve
from toolkit.intake.tables.coded import Coded
from toolkit.intake.tables.grid import Rows


def latest_days(days: np.ndarray, files: np.ndarray) -> pd.Series:
    """The latest day of every file (by its place), where any is known."""
    return pd.Series(days).groupby(files).max().dropna()


def leave_out(
    sifted: Sieve,
    rows: Rows,
    order: Coded | None,
    customer: Coded,
    days: np.ndarray,
    latest: pd.Series | None = None,
) -> int:
    """Leave out rows that stand in another file as well (`duplicate`); how many there are.

    With order numbers, an order (number, customer and day) is taken from one file: the one whose
    latest day is the latest, the last named of equals, because a later export knows more of its
    status. Without, a row that is equal in every column to rows of other files is taken as often
    as the file has it that has it most often. Our rules. `latest`: the files' latest days, where
    the rows are not all of them (`latest_days`).
    """
    if not len(rows) or rows.files.max() == 0:
        return 0
    latest = latest_days(days, rows.files) if latest is None else latest
    before = sifted.kept.sum()
    where = _extra(rows)
    if order is not None:
        known = ~order.blank() & ~np.isnat(days)
        where = np.where(known, _other_copies(rows, order, customer, days, known, latest), where)
    sifted.leave_out("duplicate", where)
    return int(before - sifted.kept.sum())


def _other_copies(
    rows: Rows,
    order: Coded,
    customer: Coded,
    days: np.ndarray,
    known: np.ndarray,
    newest: pd.Series,
) -> np.ndarray:
    table = pd.DataFrame({"order": order.codes, "customer": customer.codes, "day": days})[known]
    rank = pd.Series(list(zip(newest, newest.index, strict=True)), newest.index).rank()
    table["rank"] = rank.reindex(rows.files[known]).to_numpy()
    best = table.groupby(["order", "customer", "day"])["rank"].transform("max")
    out = np.zeros(len(rows), bool)
    out[known] = (table["rank"] < best).to_numpy()
    return out


def _extra(rows: Rows) -> np.ndarray:
    table = pd.DataFrame({"print": rows.fingerprints, "file": rows.files})
    table["nth"] = table.groupby(["print", "file"]).cumcount()
    # the nth copy in one file stands for the nth copy in every other
    return table.duplicated(["print", "nth"]).to_numpy()
