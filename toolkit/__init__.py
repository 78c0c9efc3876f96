"""leakybucket: a customer-retention diagnosis from a sales file.

What a notebook needs, in the order of the story:

    settings = Settings.from_parameters(globals())   validated, every field with unit and limits
    ledger = read_sales(sales_file, settings)        orders kept, rows set aside and why
    book = keep_book(ledger, settings)               visits, moves, layers, bucket
    outlook = foresee(book, settings)                who returns, judged on the client's past
    plan = plan_action(book, outlook, settings)      whom to contact first, what it pays

    show.bucket(book), show.layers(book), ...        sections: finding, chart, table
    show.figure(...)                                 a figure of one's own, set like the others
    deliver(book, outlook, plan)                     workbook, facts and tables into settings.out
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Settings": "toolkit.settings",
    "read_sales": "toolkit.intake",
    "keep_book": "toolkit.book",
    "foresee": "toolkit.foresight",
    "plan_action": "toolkit.action",
    "show": "toolkit.report",
    "deliver": "toolkit.report",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that `leakybucket --help` is quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
