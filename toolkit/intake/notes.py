"""What is worth knowing about a file that was read, told beside its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake import sieve
from toolkit.intake.ledger import Note
from toolkit.words import Words, Written

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading

FAR_DAYS = 366


@dataclass(frozen=True)
class Role(Written):
    """The name of a role in the language it is told in."""

    role: str

    def write(self, words: Words, form: str) -> str:
        return words[f"role.{self.role}"]


def of_reading(reading: Reading) -> list[Note]:
    """Notes on the columns chosen, the closing date, and rows that were kept but look odd."""
    told = [*reading.grid.notes, *_damaged(reading), _amount(reading)]
    for role, others in reading.roles.passed_over.items():
        used = reading.grid.header[getattr(reading.roles, role)]
        values = {"role": Role(role), "column": used, "others": ", ".join(others)}
        told.append(Note("passed_over", values))
    if reading.roles.personal:
        told.append(Note("personal_key", {"column": reading.names("customer")[0]}))
    kept = reading.sieve.kept
    last = reading.days[kept].max().item()
    if reading.closing > last:
        told.append(Note("closing_beyond", {"closing": reading.closing, "last": last}))
    told += _strays(reading.days[kept])
    if reading.roles.order is None:
        again = sieve.repeated(reading.rows.fingerprints, list(reading.rows.columns.values()))
        n = int((again & kept).sum())
        told += [Note("twins_kept", {"n": n})] if n else []
    offsets = int((reading.stamps.offset & kept).sum())
    if offsets:
        zone = reading.settings.timezone
        told.append(
            Note("offset_applied", {"n": offsets, "zone": zone})
            if zone
            else Note("offset_left", {"n": offsets})
        )
    return told


def _damaged(reading: Reading) -> list[Note]:
    """A note on bytes that are no character: the rows are kept where no column in use has them."""
    lines = reading.grid.damaged
    return [Note("damaged_characters", {"n": len(lines), "row": lines[0]})] if lines else []


def of_orders(orders: pa.Table, reading: Reading) -> list[Note]:
    """Notes on returns and orders of nothing."""
    if reading.numbers is None:
        return []
    amounts = orders["amount"]
    rows = int((reading.numbers.units[reading.sieve.kept] < 0).sum())
    returns = pc.sum(pc.less(amounts, 0)).as_py() or 0
    zero = pc.sum(pc.equal(amounts, 0)).as_py() or 0
    told = [Note("returns", {"rows": rows, "n": returns})] if rows else []
    return told + ([Note("zero_orders", {"n": zero})] if zero else [])


def _strays(days: np.ndarray) -> list[Note]:
    """Dates over a year away from 99.9 % of the rows: likely slips of the pen (our rule)."""
    days = days.astype(np.int64)
    low, high = np.quantile(days, [0.001, 0.999])
    far = days[(days < low - FAR_DAYS) | (days > high + FAR_DAYS)]
    if not len(far):
        return []
    first, last = (np.datetime64(int(day), "D").item() for day in (far.min(), far.max()))
    return [Note("stray_dates", {"n": len(far), "first": first, "last": last})]


def _amount(reading: Reading) -> Note:
    keys = {"price x quantity": "amount_price_quantity", "none": "amount_none"}
    basis = reading.roles.basis
    column = " × ".join(reading.names("amount"))
    return Note(keys.get(basis, f"amount_{basis}"), {"column": column} if column else {})
