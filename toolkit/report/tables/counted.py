"""Rows for `tables/` out of what the book counts, where a file is not a table of the book as is.

Each takes a diagnosis and gives a frame, money in minor units; None where its section has nothing
to show either.
"""

from __future__ import annotations

import pandas as pd

from toolkit.book import LAYERS, STATES, latest_against_before, yearly_spend
from toolkit.report.book_facts import book_facts
from toolkit.report.sections.bucket_money import bridge_steps
from toolkit.report.sections.cohorts import JUDGED
from toolkit.report.sections.f2_compared import values
from toolkit.report.sections.level import level_path
from toolkit.report.tables.table import Diagnosis

SPANS = ("month", "quarter", "year")
LINES = ("scenario", "fledgling_days", "amount_line", "prime_days", "lapse_days")
LAYER_LINES = LINES[1:4]
SECOND = ("where", "who", "start", "end", "watched", "days", "share", "again", "customers")


def sales_groups(of: Diagnosis) -> pd.DataFrame | None:
    """`Book.sales_groups` where the file covers both years."""
    return of.book.sales_groups() if of.book.two_years else None


def money_bridge(of: Diagnosis) -> pd.DataFrame | None:
    """Step and amount from last year's sales to this year's: all but the last add up to it."""
    return bridge_steps(of.book) if of.book.has_money and of.book.two_years else None


def bucket_statement(of: Diagnosis) -> pd.DataFrame:
    """`Book.bucket_statement` by month, by quarter and by year, one below the other."""
    return _spans(of.book.bucket_statement)


def layer_statement(of: Diagnosis) -> pd.DataFrame:
    """`Book.layer_statement` by month, by quarter and by year, one below the other."""
    return _spans(of.book.layer_statement)


def _spans(statement) -> pd.DataFrame:
    parts = [statement(span).assign(span=span) for span in SPANS]
    whole = pd.concat(parts, ignore_index=True)
    return whole[["span", *whole.columns.drop("span")]]


def level(of: Diagnosis) -> pd.DataFrame | None:
    """Active customers at the end of the latest months, then as reckoned for those to come."""
    if not book_facts(of.book).known("level.settles"):
        return None
    past, ahead = level_path(of.book)
    both = pd.concat([past.assign(reckoned=False), ahead.assign(reckoned=True)], ignore_index=True)
    both = both.rename(columns={"period": "month", "closing": "active"})
    return both[["month", "active", "reckoned"]]


def lapse_view(of: Diagnosis) -> pd.DataFrame | None:
    """`Book.lapse_view` once the year's opening can be trusted."""
    return of.book.lapse_view() if _a_year_known(of) else None


def _a_year_known(of: Diagnosis) -> bool:
    return of.book.year_ago >= of.book.filled_from


def places(of: Diagnosis) -> pd.DataFrame:
    """`Book.places_compared`, counts of a year ago as whole numbers."""
    return of.book.places_compared().astype(dict.fromkeys(("customers_ago", "visits_ago"), "Int64"))


def movement(of: Diagnosis) -> pd.DataFrame | None:
    """`Book.movement` of the year to the closing date, once its opening can be trusted."""
    return of.book.movement(of.book.year_ago, of.book.closing) if _a_year_known(of) else None


def layer_rates(of: Diagnosis) -> pd.DataFrame | None:
    """`Book.layer_rates` of the same year."""
    return of.book.layer_rates(of.book.year_ago, of.book.closing) if _a_year_known(of) else None


def sensitivity(of: Diagnosis) -> pd.DataFrame:
    """The lines of `Book.sensitivity` and what follows from them; its places have a file of their
    own."""
    table = of.book.sensitivity()[[*LINES, "active", "lapsed", "hole"]]
    return table if of.book.has_money else table.drop(columns=list(LAYER_LINES))


def sensitivity_places(of: Diagnosis) -> pd.DataFrame | None:
    """The ten places of every scenario of `Book.sensitivity`, a row each."""
    if not of.book.has_money:
        return None
    wide = of.book.sensitivity().set_index("scenario")
    rows = [
        (scenario, layer, state, wide.at[scenario, f"{layer}_{state}"])
        for scenario in wide.index
        for layer in LAYERS
        for state in STATES
    ]
    return pd.DataFrame(rows, columns=["scenario", "layer", "state", "customers"])


def rfm_groups(of: Diagnosis) -> pd.DataFrame:
    """`Book.rfm_groups` on the closing date and those before it that can be compared with it."""
    table = of.book.rfm_groups()
    return table[(table.date == of.book.closing) | (table.date >= of.book.filled_from)]


def second_visit(of: Diagnosis) -> pd.DataFrame | None:
    """The share who came a second time, a row for each place of the report that gives it."""
    rows = [
        {**row["span"], **{k: v for k, v in row.items() if k != "span"}} for row in values(of.book)
    ]
    table = pd.DataFrame(rows, columns=[*SECOND, "filling"])
    return table.astype(dict.fromkeys(("watched", "days", "again", "customers"), "Int64"))


def cohorts(of: Diagnosis) -> pd.DataFrame:
    """`Book.cohorts` with `trusted`: its first day is `Book.filled_from` or later."""
    table = of.book.cohorts()
    return table.assign(trusted=table.cohort + "-01" >= of.book.filled_from.isoformat())


def cohort_trend(of: Diagnosis) -> pd.DataFrame | None:
    """The latest twelve cohorts against the twelve before (`latest_against_before`), one row."""
    found = latest_against_before(of.book.same_age(), JUDGED, of.book.filled_from)
    return pd.DataFrame([found]) if found else None


def cohort_spend(of: Diagnosis) -> pd.DataFrame | None:
    """Money per customer by age of each year's cohorts (`yearly_spend`)."""
    return yearly_spend(of.book.cohorts()) if of.book.has_money else None


def left_edge(of: Diagnosis) -> pd.DataFrame:
    """`Book.left_edge` and a last row, without a month, of all these months together."""
    months, total = of.book.left_edge(), of.book.left_edge_total()
    whole = {name: total.get(name) for name in months}
    types = {name: str(months[name].dtype) for name in months if name != "month"}
    return pd.concat([months.astype(object), pd.DataFrame([whole], dtype=object)]).astype(types)
