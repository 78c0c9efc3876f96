"""The day on which a customer's contract or subscription ends, or falls due for renewal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.ledger import Note
from toolkit.intake.names import aliases, plain
from toolkit.intake.tables.coded import Coded, half_width
from toolkit.intake.values.dates import Stamps, read_dates
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading

ENDLESS = r"^[0/.\-:\sー―年月日]+$|^(0001|1899|1900|2099|9999)\D|^(1900|2099|9999)\d{4}$"


def end_days(stamps: Stamps, column: Coded) -> tuple[np.ndarray, np.ndarray]:
    """The end of every row (datetime64[D], NaT for none), and the rows (mask) not understood.

    Words and dates that say there is no end (無期限, 自動更新, 9999-12-31 ...) are none (our rule).
    """
    texts = half_width(column.texts)
    never = pc.match_substring_regex(texts, ENDLESS).to_numpy(zero_copy_only=False)
    words = set(aliases()["contract_end"]["endless"])
    never |= np.array([plain(text) in words for text in texts.to_pylist()], bool)
    none = column.look_up(never) | column.blank()
    days = stamps.at.astype("datetime64[D]")
    unread = np.isnat(days) & ~none
    return np.where(none, np.datetime64("NaT"), days), unread


def ends_of(reading: Reading, kept: np.ndarray) -> tuple[pa.Table | None, list[Note]]:
    """The ends told in the sales file, and notes on them; None without such a column.

    One row per customer and day of a kept row that tells one. Columns: customer_id (text), told_on
    (the day of the order), contract_end. Where the dates cannot be read without a choice of day or
    month first, the column is left alone and a note says so.
    """
    column = reading.column("contract_end")
    if column is None:
        return None, []
    name = reading.names("contract_end")[0]
    place = Place(reading.file, name, reading.rows.numbers)
    try:
        stamps = read_dates(column, place, None, reading.settings.date_order)
    except InputProblem:
        return None, [Note("contract_ends_doubtful", {"column": name})]
    days, unread = end_days(stamps, column)
    there = kept[~np.isnat(days[kept])]
    table = pa.table(
        {
            "customer_id": reading.identity.customer.at(there).cast(pa.string()),
            "told_on": pa.array(reading.days[there]),
            "contract_end": pa.array(days[there]),
        }
    )
    table = table.group_by(table.column_names).aggregate([])
    notes = [Note("contract_ends", {"column": name, "n": len(there)})]
    if out := int(unread[kept].sum()):
        row = reading.row_of(kept[unread[kept]][0])
        notes.append(Note("contract_ends_unread", {"column": name, "n": out, "row": row}))
    return table, notes
