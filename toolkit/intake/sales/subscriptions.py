"""Orders marked as deliveries of a subscription (定期購入, 頒布会)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from toolkit.intake.ledger import Note
from toolkit.intake.names import aliases, plain, words_of
from toolkit.intake.reading import Reading
from toolkit.intake.sales.lines_beside import LinesBeside
from toolkit.intake.sales.orders import Grouped
from toolkit.intake.tables.coded import Coded

SHOWN = 5  # values of the mark told in the note


def marked_orders(
    reading: Reading,
    kept: np.ndarray,
    grouped: Grouped,
    orders: pa.Table,
    beside: LinesBeside | None = None,
) -> tuple[pa.Table | None, list[Note]]:
    """The orders with a marked row, and a note on what marked them.

    One row per marked order; columns as in `Ledger.orders`: order_id, customer_id, customer,
    date, amount (minor units, of the whole order), source_file and source_row (which tell
    orders without a number apart). A row is marked when its subscription column says anything but
    no (`aliases.toml`: blank, 0, 通常, 都度, one-time, ...), or when its product name contains one
    of the `subscription_words`; where the product lines are in files `beside` the sales, a product
    name of theirs. None without a subscription column and without such words. Our
    rule: one marked row marks its order.
    """
    column = reading.column("subscription")
    words = words_of(reading.settings.subscription_words)
    if column is None and not words:
        return None, []
    marked = np.zeros(len(kept), bool)
    told = []
    if column is not None:
        by_column = says_yes(column)[kept]
        marked |= by_column
        found = _examples(column, kept[by_column])
        told.append(("subscription_column", reading.names("subscription")[0], found))
    which = grouped.order_of[marked]
    if words:
        names, name, rows, of = _named(reading, kept, grouped, beside)
        by_name = _contains(names, words)[rows]
        which = np.concatenate([which, of[by_name]])
        told.append(("subscription_words", name, _examples(names, rows[by_name])))
    which = np.unique(which)
    columns = ["order_id", "customer_id", "customer", "date", "amount"]
    columns += ["source_file", "source_row"]
    notes = [_note(key, name, found, len(which), grouped.count) for key, name, found in told]
    return orders.select(columns).take(pa.array(which)), notes


def _named(
    reading: Reading, kept: np.ndarray, grouped: Grouped, beside: LinesBeside | None
) -> tuple[Coded, str, np.ndarray, np.ndarray]:
    """The product names and their column, the rows that count, and the order of each."""
    if beside is None:
        names = reading.column("product_name")
        return names, reading.names("product_name")[0], kept, grouped.order_of
    return beside.names, beside.column, beside.rows, beside.orders


def says_yes(column: Coded) -> np.ndarray:
    """Rows whose value says neither "no" nor nothing."""
    no = aliases()["subscription"]["not_marked"]
    yes = [plain(text) not in no for text in column.texts.to_pylist()]
    return column.look_up(np.array(yes, bool))


def _contains(names: Coded, words: list[str]) -> np.ndarray:
    found = [any(word in plain(text) for word in words) for text in names.texts.to_pylist()]
    return names.look_up(np.array(found, bool))


def _examples(column: Coded, rows: np.ndarray) -> list[str]:
    """The commonest values of these rows."""
    counts = np.bincount(column.codes[rows], minlength=len(column.texts))
    most = [int(i) for i in np.argsort(-counts, kind="stable")[:SHOWN] if counts[i]]
    return [column.texts[i].as_py() for i in most]


def _note(key: str, name: str, found: list[str], n: int, orders: int) -> Note:
    if not found:
        return Note(f"{key}_none", {"column": name})
    return Note(key, {"column": name, "n": n, "all": orders, "values": ", ".join(found)})
