"""Every table of the complete book beside its reference: (asked of the toolkit, worked out).

The toolkit's answer is only put into rows by key; no figure is filled in or left out silently.
"""

import reference_cohorts
import reference_edges
import reference_history
import reference_layers
import reference_repeat
import reference_rfm
import reference_statement as statement
from comparison import Near, keyed, plain
from reference import year_back

from toolkit.book import split_change
from toolkit.frames import frame


def alone(found):
    """A dict of figures as the only row; None as no row."""
    if found is None:
        return {}
    return {"": {name: plain(value) for name, value in found.items()}}


def _sales_groups(book):
    """The parts are whole minor units and add up exactly."""
    rows = keyed(book.sales_groups(), "group")
    for row in rows.values():
        parts = [row[part] for part in ("people", "frequency", "price", "other")]
        assert sum(parts) == row["change"] == row["sales"] - row["previous_sales"]
    return rows


def _sales_groups_wanted(book):
    rows = reference_history.sales_groups(book)
    rounded = ("frequency", "price")
    return {name: row | {part: Near(row[part]) for part in rounded} for name, row in rows.items()}


def _split(book):
    """The parts are whole minor units and add up exactly to the change."""
    now, before = book.sales(), book.sales(book.year_ago)
    parts = split_change(now, before)
    assert parts is None or sum(parts.values()) == now["total"] - before["total"]
    return alone(parts)


def _split_wanted(book):
    parts = reference_history.split_change(book)
    return {} if parts is None else {"": {name: Near(part) for name, part in parts.items()}}


def _span(book):
    """Two dates to look at: a third of the way through the file, and two thirds."""
    days = (book.closing - (first := getattr(book, "first", None) or book.first_date)) / 3
    return first + days, first + 2 * days


def _movement(book):
    columns = ("from_layer", "from_state", "to_layer", "to_state")
    return keyed(book.movement(*_span(book)), *columns)


def _open_month(book):
    found = book.open_month()
    return {} if found is None else keyed(found, "flow")


def _left_edge(book):
    """Of what is estimated only whether there is an estimate, or why there is none."""
    total = book.left_edge_total()
    if total["why"] in (None, "opened", "none_new"):
        total["why"] = "told"
    return keyed(book.left_edge(), "month") | {None: total}


def _rfm_table(book):
    table = book.named(book.rfm_table()).order_by("customer_id")
    return keyed(frame(table), "customer_id")


def _filled(rows):
    """Rows in which nobody stands left out: which of them are shown is not ruled."""
    return {key: row for key, row in rows.items() if row["customers"]}


def _statements(kind):
    return {
        f"bucket by {kind}": (
            lambda book: keyed(book.bucket_statement(kind), "period"),
            lambda book: statement.statement(book, kind),
        ),
        f"layers by {kind}": (
            lambda book: keyed(book.layer_statement(kind), "period", "layer"),
            lambda book: statement.layer_statement(book, kind),
        ),
    }


TABLES = {
    **_statements("month"),
    **_statements("quarter"),
    **_statements("year"),
    "settling level": (
        lambda book: alone(book.settling_level()),
        lambda book: alone(statement.settling_level(book)),
    ),
    "years": (
        lambda book: keyed(book.year_history(), "end"),
        reference_history.year_history,
    ),
    "change of sales": (_split, _split_wanted),
    "sales groups": (_sales_groups, _sales_groups_wanted),
    "layers by month end": (
        lambda book: keyed(book.layer_table(), "month_end", "layer", "state"),
        reference_layers.layer_table,
    ),
    "layer rates": (
        lambda book: keyed(book.layer_rates(*_span(book)), "layer"),
        lambda book: reference_layers.layer_rates(book, *_span(book)),
    ),
    "places": (
        lambda book: keyed(book.places(), "layer", "state"),
        lambda book: reference_layers.places(book, book.closing),
    ),
    "places a year ago": (
        lambda book: keyed(book.places(book.year_ago), "layer", "state"),
        lambda book: reference_layers.places(book, year_back(book.closing)),
    ),
    "places compared": (
        lambda book: keyed(book.places_compared(), "layer", "state"),
        reference_layers.places_compared,
    ),
    "movement": (_movement, lambda book: reference_layers.movement(book, *_span(book))),
    "sensitivity": (
        lambda book: keyed(book.sensitivity(), "scenario"),
        reference_layers.sensitivity,
    ),
    "lapse view": (
        lambda book: keyed(book.lapse_view(), "group"),
        reference_layers.lapse_view,
    ),
    "nth conversion": (
        lambda book: keyed(book.nth_conversion(), "nth"),
        reference_repeat.nth_conversion,
    ),
    "days to the second": (
        lambda book: keyed(book.days_to_second(), "days"),
        reference_repeat.days_to_second,
    ),
    "nth curve": (
        lambda book: keyed(book.nth_curve(), "nth", "days"),
        reference_repeat.nth_curve,
    ),
    "repeat rates": (
        lambda book: keyed(book.repeat_rates(), "month"),
        reference_repeat.repeat_rates,
    ),
    "repeat of the year": (
        lambda book: alone(book.repeat_year()),
        lambda book: alone(reference_repeat.repeat_year(book)),
    ),
    "cohorts": (lambda book: keyed(book.cohorts(), "cohort", "age"), reference_cohorts.cohorts),
    "same age": (
        lambda book: keyed(book.same_age(), "cohort", "within_days"),
        reference_cohorts.same_age,
    ),
    "deciles": (lambda book: keyed(book.deciles(), "decile"), reference_rfm.deciles),
    "concentration": (
        lambda book: alone(book.concentration()),
        lambda book: alone(reference_rfm.concentration(book)),
    ),
    "rfm groups": (
        lambda book: keyed(book.rfm_groups(), "date", "group"),
        reference_rfm.rfm_groups,
    ),
    "rfm grid": (
        lambda book: _filled(keyed(book.rfm_grid(), "recency", "frequency")),
        reference_rfm.rfm_grid,
    ),
    "rfm scores": (
        lambda book: keyed(book.rfm_scores(), "letter", "score"),
        reference_rfm.rfm_scores,
    ),
    "rfm of everybody": (_rfm_table, reference_rfm.rfm_table),
    "last visits": (
        lambda book: _filled(keyed(book.last_visit_months(), "month")),
        reference_edges.last_visit_months,
    ),
    "left edge": (_left_edge, reference_edges.left_edge),
    "open month": (_open_month, lambda book: reference_edges.open_month(book) or {}),
}
