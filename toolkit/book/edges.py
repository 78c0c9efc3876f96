"""What the book answers about the two edges of its file."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import left_edge, right_edge
from toolkit.book.cutoffs import Cutoffs
from toolkit.book.kept import kept


class Edges:
    """The part of `Book` on what the file's first and last months cannot know."""

    closing: dt.date
    first: dt.date
    cutoffs: Cutoffs
    visits_table: ir.Table
    _moves_by_day: pd.DataFrame

    def left_edge(self) -> pd.DataFrame:
        """Old customers among the new ones of the first months (columns: `left_edge.left_edge`)."""
        return self._left_edge[0].copy()

    def left_edge_total(self) -> dict:
        """The same of all those months together (keys: `left_edge.left_edge`)."""
        return dict(self._left_edge[1])

    @cached_property
    def _left_edge(self) -> tuple[pd.DataFrame, dict]:
        cut = self.cutoffs.lapse_days
        return left_edge.left_edge(self.visits_table, self.first, self.closing, cut)

    @kept
    def last_visit_months(self) -> pd.DataFrame:
        """By month of last visit, who is lost and will be (`right_edge.last_visit_months`)."""
        cut = self.cutoffs.lapse_days
        return right_edge.last_visit_months(self.visits_table, self.closing, cut)

    @kept
    def open_month(self) -> pd.DataFrame | None:
        """What the incomplete last month will come to (columns: `right_edge.open_month`)."""
        cut = self.cutoffs.lapse_days
        return right_edge.open_month(self._moves_by_day, self.first, self.closing, cut)
