"""The plan: whom to contact first and what it pays."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from toolkit.action.economics import Economics, economics_of
from toolkit.action.still_active import active_lists
from toolkit.action.winback import off_list, profit_curve, winback_list
from toolkit.book import Book
from toolkit.foresight import Outlook
from toolkit.frames import frame
from toolkit.settings import Settings


@dataclass(frozen=True, eq=False)
class Plan:
    """What to do about the lapsed, and about the active.

    winback: the ranked list (columns: `winback.winback_list`), None when chances or amounts are
    missing. left_out: lapsed customers not on the list, by reason (`too_long`, `first_time`).
    about_to_lapse: active customers about to be lost (columns: `about_to_lapse.about_to_lapse`),
    without money where chances or amounts are missing. golden: other active customers one visit
    from a higher layer (columns: `golden.golden`), None there.
    """

    economics: Economics
    winback: pd.DataFrame | None
    left_out: dict[str, int]
    about_to_lapse: pd.DataFrame | None = None
    golden: pd.DataFrame | None = None

    def worth_contacting(self) -> pd.DataFrame:
        """Rows of the list that pay at the middle assumption (priority > 0)."""
        return self.winback[self.winback.priority > 0]

    def break_even_response(self) -> float | None:
        """Contact cost / mean margin of a returner among those worth contacting (share); None
        when none is. Source: definitions, `winback.break_even_response`."""
        worth = self.worth_contacting()
        if worth.empty:
            return None
        return self.economics.contact_cost / float(worth.margin_if_returns.mean())

    def profit_curve(self) -> pd.DataFrame:
        """Expected profit by number of letters (columns: `winback.profit_curve`)."""
        return profit_curve(self.winback)


def plan_action(book: Book, outlook: Outlook, settings: Settings) -> Plan:
    """The plan for a book and its outlook."""
    economics = economics_of(settings)
    lapsing, golden = active_lists(book, outlook, settings, economics)
    if not book.has_money or outlook.method == "none":
        return Plan(economics, None, {}, about_to_lapse=lapsing)
    customers = outlook.customers_table
    lapsed = customers.filter(~customers.active)
    lapsed = lapsed.mutate(off=off_list(lapsed, book.cutoffs.lapse_days, settings))
    gone = lapsed.filter(lapsed.off.notnull())
    counts = frame(gone.group_by("off").agg(n=gone.count())).set_index("off")["n"]
    ranked = winback_list(lapsed.filter(lapsed.off.isnull()).drop("off"), economics)
    left_out = {key: int(n) for key, n in counts.items()}
    return Plan(economics, ranked, left_out, about_to_lapse=lapsing, golden=golden)
