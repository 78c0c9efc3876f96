"""From an Ibis expression to the pandas frame an analyst works with, and back."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa


def frame(table: ir.Table) -> pd.DataFrame:
    """The rows of an expression as pandas: dates as `datetime.date`, integers as integers.

    By way of Arrow: Ibis 12's own conversion asks pandas for an option pandas 3.1 warns about.
    """
    return table.to_pyarrow().to_pandas(date_as_object=True)


def in_engine(rows: pd.DataFrame) -> ir.Table:
    """Rows worked out in pandas as a table for further expressions; NaN becomes null.

    By way of Arrow, for the reason of `frame`.
    """
    return ibis.memtable(pa.Table.from_pandas(rows, preserve_index=False))


def row(table: ir.Table) -> dict:
    """The only row of an expression as plain Python values by column name; sums of nothing are
    None."""
    return table.to_pyarrow().to_pylist()[0]


def scalar(value: ir.Scalar):
    """One figure as a plain Python value; the sum or maximum of nothing is None."""
    return value.to_pyarrow().as_py()
