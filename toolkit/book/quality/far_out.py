"""From where on a figure is out of all proportion to the shop's own."""

from __future__ import annotations

import math
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from toolkit.frames import row, scalar

ENOUGH = 100  # figures; of fewer the hundredth part is a single one
TIMES = 10  # the 99th percentile
FENCES = 3  # interquartile ranges above the upper quartile
LARGEST = 2**62  # what the engine can compare with


def far_out(table: ir.Table, column: str) -> int | None:
    """The least figure that is far out of the range of all positive ones; None below 100 of them.

    It is ten times the 99th percentile and, on logarithms, three interquartile ranges above the
    upper quartile (Tukey 1977, "far out"), whichever is more; nearest ranks. The second asks more
    of a shop whose figures lie wide apart anyway. Our rule.
    """
    figures = table.filter(table[column] > 0).select(figure=table[column])
    n = scalar(figures.count())
    if n < ENOUGH:
        return None
    ranked = figures.mutate(place=ibis.row_number().over(ibis.window(order_by="figure")) + 1)
    places = {"lower": 25, "upper": 75, "top": 99}
    lower, upper, top = row(
        ranked.agg(
            **{
                name: ranked.figure.max(where=ranked.place == -(-n * percent // 100))
                for name, percent in places.items()
            }
        )
    ).values()
    fence = math.ceil(upper * Fraction(upper, lower) ** FENCES)
    least = max(TIMES * top, fence)
    return least if least < LARGEST else None
