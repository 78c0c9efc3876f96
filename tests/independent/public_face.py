"""The toolkit's answers, asked for through its public face and put into the reference's form.

Only the form is changed here: no figure is worked out, filled in or left out silently.
"""

import pandas as pd

from toolkit import Settings, keep_book, read_sales

FLOWS = ("opening", "new", "returned", "lost", "closing")
STATE = ("layer", "active", "n_visits", "tenure_days", "gap_days", "amount")
CAUSES = ("visit", "return", "lapse")  # within a day the lapse line passes last


def ledger_and_book(path, **settings):
    """(ledger, book) of a sales file."""
    given = Settings(sales_file=str(path), **settings)
    ledger = read_sales(path, given)
    return ledger, keep_book(ledger, given)


def _date(value):
    return pd.Timestamp(value).date()


def _whole(value):
    assert value == int(value), f"{value!r} is not a whole number"
    return int(value)


def layer_months(book):
    """{(month end, layer, state): customers}."""
    frame = book.layer_months()
    counts = {
        (_date(row.month_end), row.layer, row.state): _whole(row.customers)
        for row in frame.itertuples()
    }
    assert len(counts) == len(frame), "a place stands twice in one month"
    return counts


def bucket_months(book):
    """{"YYYY-MM": flows, complete, trusted}."""
    frame = book.bucket_months()
    rows = {
        row.month: {
            **{flow: _whole(getattr(row, flow)) for flow in FLOWS},
            "complete": bool(row.complete),
            "trusted": bool(row.trusted),
        }
        for row in frame.itertuples()
    }
    assert len(rows) == len(frame), "a month stands twice"
    return rows


def customers(book):
    """{customer: state at the closing date} of customers with a visit."""
    rows = {}
    for row in book.customers().itertuples():
        if row.layer == "outside" or pd.isna(row.layer):
            assert not row.active, "a customer outside cannot be active"
            continue
        assert row.customer_id not in rows, "a customer stands twice"
        rows[row.customer_id] = {
            "layer": row.layer,
            "active": bool(row.active),
            **{name: _whole(getattr(row, name)) for name in STATE[2:]},
        }
    return rows


def moves(book):
    """{customer: [(date, from layer, from active, to layer, to active, cause, amount)]}."""
    found = {}
    for row in book.moves().itertuples():
        move = (
            _date(row.date),
            row.from_layer,
            bool(row.from_active),
            row.to_layer,
            bool(row.to_active),
            row.cause,
            _whole(row.amount),
        )
        found.setdefault(row.customer_id, []).append(move)
    for own in found.values():
        own.sort(key=lambda move: (move[0], CAUSES.index(move[5])))
    return found


def year(book):
    """The yearly view; None where the file is too short to say."""
    view = book.year()
    names = ("active", "previous", "kept", "lost", "new", "revived")
    return {name: None if view[name] is None else _whole(view[name]) for name in names}


def hole(book):
    """(numerator, denominator), or None where not defined."""
    found = book.hole()
    return None if found is None else tuple(_whole(part) for part in found)


def returns(book):
    """{customer: [(date, amount)]} of returns-only days."""
    found = {}
    for row in book.returns().itertuples():
        found.setdefault(row.customer_id, []).append((_date(row.date), _whole(row.amount)))
    return {name: sorted(days) for name, days in found.items()}


def bucket_year(book):
    """The flows of the 12 months to the closing date."""
    rows = book.bucket_year()
    return {flow: _whole(rows[flow]) for flow in FLOWS}


def sales(book):
    """total, visits, customers and the money of days without a visit, last 12 months."""
    found = book.sales()
    return {name: _whole(found[name]) for name in ("total", "visits", "customers", "no_visit")}


def share(found):
    """(numerator, denominator); (0, 0) where the toolkit says a share is not defined."""
    return (0, 0) if found is None else tuple(_whole(part) for part in found)


def year_groups(book):
    """{group: (customers, sales, sales of the year before)} in minor units."""
    return {
        row.group: (_whole(row.customers), _whole(row.sales), _whole(row.previous_sales))
        for row in book.year_groups().itertuples()
    }
