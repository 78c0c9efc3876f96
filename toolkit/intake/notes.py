"""What is worth knowing about a file that was read, told beside its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.columns.formats import InBoth
from toolkit.intake.columns.roles import KEY_PARTS
from toolkit.intake.customers.house import house_account
from toolkit.intake.customers.mangled import of_mangled
from toolkit.intake.customers.near_numbers import of_near_numbers
from toolkit.intake.ledger import REASONS, Note
from toolkit.intake.sales import charges, far_dates, takings
from toolkit.intake.sales.paid import parts_of_total
from toolkit.intake.sales.status_notes import of_statuses
from toolkit.intake.values.dates import has_times_of_day
from toolkit.words import Words, Written

if TYPE_CHECKING:
    from toolkit.intake.reading import Reading

FEWEST_UNREADABLE, MANY_UNREADABLE = 5, 0.05  # rows, and their share, that are more than slips
DAY_START = "00:00"  # as set by nobody
PLAIN_NUMBER = r"(?!0\d{8})[A-Za-z]{0,6}[-_]?\d{1,12}"  # no name, mail address or telephone


@dataclass(frozen=True)
class Role(Written):
    """The name of a role in the language it is told in."""

    role: str

    def write(self, words: Words, form: str) -> str:
        return words[f"role.{self.role}"]


@dataclass(frozen=True)
class Keys(Written):
    """Rows by what tells their customer apart, in the language it is told in."""

    rows: tuple[tuple[str, int], ...]
    names: tuple[tuple[str, str], ...]

    def write(self, words: Words, form: str) -> str:
        names = dict(self.names)
        told = (words.say("note.key", column=names[key], n=n) for key, n in self.rows)
        return words["note.and"].join(told)


def of_reading(reading: Reading) -> list[Note]:
    """Notes on the columns chosen, the closing date, and rows that were kept but look odd."""
    told = [note for grid in reading.grids for note in grid.notes]
    told += [*_known(reading), *_damaged(reading), *_unreadable(reading), _amount(reading)]
    for role, others in reading.roles.passed_over.items():
        used = " + ".join(reading.labels[i] for i in reading.roles.columns[role])
        values = {"role": Role(role), "column": used, "others": ", ".join(others)}
        told.append(Note("passed_over", values))
    told += [Note(key, values) for key, values in reading.roles.told]
    decided = reading.stamps.told + (reading.numbers.told if reading.numbers is not None else ())
    told += [Note(key, values) for key, values in decided]
    for each in reading.kind_sums:
        values = {"column": reading.names("sum_kind")[0], "rows": int(each.rows.sum())}
        told.append(Note("kind_sums", values | each.told))
    told += [*of_statuses(reading), *_charges(reading), *_customers(reading)]
    kept = reading.sieve.kept
    last = reading.days[kept].max().item()
    if reading.closing > last:
        told.append(Note("closing_beyond", {"closing": reading.closing, "last": last}))
    told += [*far_dates.notes(reading), *_day_start(reading)]
    if reading.order is None:
        n = int((reading.again & kept).sum())
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


def _day_start(reading: Reading) -> list[Note]:
    """That the start of the business day moves nothing, no row having a time of day."""
    start = reading.settings.day_starts_at
    if start == DAY_START or has_times_of_day(reading.stamps):
        return []
    column = ", ".join(reading.names("date"))
    return [Note("day_start_idle", {"start": start, "column": column, "option": "--time"})]


def _charges(reading: Reading) -> list[Note]:
    """What was made of rows of discounts, points, postage and fees; not where they are lines of
    orders whose totals count."""
    there = reading.numbers is not None and charges.there(reading)
    if not there or takings.whole_orders(reading):
        return []
    return charges.notes(reading)


def _unreadable(reading: Reading) -> list[Note]:
    out = np.flatnonzero(reading.sieve.reasons == REASONS.index("unreadable"))
    torn = [each for each in reading.rows.broken if each.reason == "unreadable"]
    found = [
        *zip(reading.rows.files[out].tolist(), reading.rows.numbers[out].tolist(), strict=True)
    ]
    found += [(each.file, each.row) for each in torn]
    rows = len(reading.rows) + len(reading.rows.broken)
    return unreadable_told(len(found), rows, min(found, default=(0, 0))[1])


def unreadable_told(n: int, rows: int, first: int) -> list[Note]:
    """A note where many of the rows cannot be read: more than slips are wrong with the file (our
    rule); with the number of the first of them."""
    if n < FEWEST_UNREADABLE or n < MANY_UNREADABLE * rows:
        return []
    return [Note("many_unreadable", {"n": n, "all": rows, "share": n / rows, "row": first})]


def _damaged(reading: Reading) -> list[Note]:
    """A note on bytes that are no character: the rows are kept where no column in use has them."""
    lines = [line for grid in reading.grids for line in grid.damaged]
    return [Note("damaged_characters", {"n": len(lines), "row": lines[0]})] if lines else []


def _known(reading: Reading) -> list[Note]:
    """The known export it is, and what does not work with it."""
    known = reading.roles.format
    if known is None:
        return []
    values = {"system": InBoth(known.system), "limits": InBoth(known.limits)}
    return [Note("known_format", values)]


def keys_told(reading: Reading) -> Keys:
    """What tells how many rows' customers apart, to be written."""
    counts = reading.identity.counts
    names = {key: _names(reading, KEY_PARTS[key]) for key in counts}
    return Keys(tuple(counts.items()), tuple(names.items()))


def of_orders(orders: pa.Table, reading: Reading) -> list[Note]:
    """Notes on a customer with an implausible share of the orders, returns, orders of nothing."""
    told = _house(orders, reading)
    if reading.numbers is None:
        return told
    amounts = orders["amount"]
    others = ~np.logical_or.reduce(list(reading.row_kinds.values()))
    below = (reading.numbers.units < 0).astype(bool) & reading.sieve.kept & others
    over = _over(reading, below)
    rows = int((below & ~over).sum())
    returns = pc.sum(pc.less(amounts, 0)).as_py() or 0
    zero = pc.sum(pc.equal(amounts, 0)).as_py() or 0
    told += [Note("returns", {"rows": rows, "n": returns})] if rows else []
    told += [Note("discount_over", {"rows": int(over.sum())})] if over.any() else []
    return told + ([Note("zero_orders", {"n": zero})] if zero else [])


def _over(reading: Reading, below: np.ndarray) -> np.ndarray:
    """Rows (mask) of these below zero that only a discount has put there."""
    if "discount" not in reading.roles.columns or not below.any():
        return np.zeros(len(below), bool)
    return below & (takings.gross(reading, reading.numbers) > 0).astype(bool)


def _customers(reading: Reading) -> list[Note]:
    """How customers are told apart, where it is not simply by a number."""
    identity, roles = reading.identity, reading.roles
    told = []
    if identity.personal and "number" not in identity.counts:
        told.append(Note("personal_key", {"column": ", ".join(reading.keys_used())}))
    if len(identity.counts) > 1 or identity.linked:
        told.append(Note("several_keys", {"keys": keys_told(reading)}))
    if identity.linked:
        told.append(Note("linked", {"n": identity.linked}))
    if identity.dummies:
        column = _names(reading, KEY_PARTS[roles.keys[0]])
        told.append(Note("dummies", {"n": identity.dummies, "column": column}))
    rows, names = identity.walk_ins
    if rows:
        (column,) = reading.names("key_name")
        told.append(Note("walk_ins", {"n": rows, "column": column, "names": ", ".join(names)}))
    told += [*of_mangled(reading), *of_near_numbers(reading)]
    rows, customers = identity.excluded
    if customers:
        told.append(Note("excluded", {"n": rows, "customers": customers}))
    if identity.missing:
        told.append(Note("excluded_missing", {"n": identity.missing}))
    if reading.overlapped:
        told.append(Note("overlapped", {"n": reading.overlapped}))
    return told


def _house(orders: pa.Table, reading: Reading) -> list[Note]:
    counts = np.bincount(orders["customer"].to_numpy())
    who = house_account(counts)
    if who is None:
        return []
    first = pc.index(orders["customer"], pa.scalar(who, pa.int32())).as_py()
    name, row = (orders[column][first].as_py() for column in ("customer_id", "source_row"))
    return [house_told(name, row, int(counts[who]), len(orders), reading)]


def house_told(name: str, row: int, n: int, orders: int, reading: Reading) -> Note:
    """A note on a customer who is rather a register or the staff, with n of the orders; named only
    by a plain number, else by the row of the first."""
    values = {"n": n, "all": orders, "share": n / orders}
    if tuple(reading.identity.counts) == ("number",) and re.fullmatch(PLAIN_NUMBER, name):
        return Note("house_account", values | {"customer": name})
    values |= {"row": row}
    return Note("house_account_row", values | {"column": ", ".join(reading.key_names())})


def _names(reading: Reading, parts: tuple[str, ...]) -> str:
    return " + ".join(reading.labels[i] for part in parts for i in reading.roles.columns[part])


def _amount(reading: Reading) -> Note:
    keys = {"price x quantity": "amount_price_quantity", "none": "amount_none"}
    basis = reading.roles.basis
    column = " × ".join(reading.names("amount"))
    if basis == "total" or {"refund", "discount"} & _columns(reading).keys():
        signs = parts_of_total(reading.settings)
        off = [_names(reading, (r,)) for r, s in signs.items() if s < 0 and r in _columns(reading)]
        back = [_names(reading, (r,)) for r, s in signs.items() if s > 0 and r in _columns(reading)]
        parts = {"off": ", ".join(off), "back": ", ".join(back)}
        parts = {name: told for name, told in parts.items() if told}
        if parts:
            key = "amount_goods" if len(parts) > 1 else f"amount_goods_{next(iter(parts))}"
            return Note(key, {"column": column} | parts)
    return Note(keys.get(basis, f"amount_{basis}"), {"column": column} if column else {})


def _columns(reading: Reading) -> Mapping[str, tuple[int, ...]]:
    return reading.roles.columns
