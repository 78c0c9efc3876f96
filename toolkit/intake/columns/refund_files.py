"""Files of refunds beside the sales, read as money going back on their own date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.columns.formats import recognise_format
from toolkit.intake.columns.glance import first_rows
from toolkit.intake.columns.recognition import Evidence
from toolkit.intake.ledger import Note
from toolkit.intake.names import aliases, names_of, plain
from toolkit.intake.tables.coded import half_width
from toolkit.intake.tables.grid import Block, Grid
from toolkit.intake.values.amount_forms import undress

WHO = ("customer", "mail", "phone", "name")
MARK = " (refund)"  # behind the order number: a refund of the same day is no second export of it
_DAY = re.compile(r"(返金|返品|refund|return).*(日|date|at)")


def with_refunds(grids: Sequence[Grid]) -> list[Grid]:
    """The files with those of refunds under the names of the first file that has amounts: their
    own below zero, so that the money goes back on the date of the refund.

    A file of refunds has, in no known system, an order number and a refund, but no amount, price
    or product. It is left out, with a note, where it has no date or customer, where the sales
    have refunds of their own, which would count twice, or where they have no one column of
    amounts. Our rule, told in a note.
    """
    if len({frozenset(map(plain, grid.header)) for grid in grids}) < 2:
        return list(grids)
    seen = {id(grid): Evidence(grid.header, first_rows([grid], grid.header)) for grid in grids}
    back = [grid for grid in grids if _is_refunds(grid, seen[id(grid)])]
    sales = [grid for grid in grids if not any(grid is each for each in back)]
    if not back or not sales:
        return list(grids)
    first = next((grid for grid in sales if seen[id(grid)].decide("amount").columns), sales[0])
    amount = seen[id(first)].decide("amount").columns
    usable = recognise_format(first.header) is None and not any(_refund(g) for g in sales)
    made, notes = list(sales), []
    for grid in back:
        names = _names(grid, seen[id(grid)], first, seen[id(first)])
        if names is None or not amount or not usable:
            notes.append(Note("refunds_left_out", {"file": grid.name}))
            continue
        at = _refund(grid)[0]
        names[at] = first.header[amount[0]]
        told = {"file": grid.name, "column": grid.header[at]}
        notes.append(Note("refunds_read", told))
        order = seen[id(grid)].known("order")[0]
        made.append(
            replace(
                grid,
                header=tuple(names),
                own=grid.header,
                blocks=_below_zero(grid.in_order, [at], [order]),
                refunds=True,
            )
        )
    at = next(i for i, grid in enumerate(made) if grid is first)
    made[at] = replace(first, notes=(*first.notes, *notes))
    return made


def sent_back(grid: Grid, first: Grid) -> Grid | None:
    """A file that by its name holds returns as one of refunds, under the names of the first file
    of sales: all its amounts, prices and charges below zero, quantities as they are. None where
    it has no date, customer or amount that those have as well.
    """
    seen, sales = (Evidence(each.header, first_rows([each], each.header)) for each in (grid, first))
    names, order = list(grid.header), _columns(seen, "order")
    if {*map(plain, grid.header)} == {*map(plain, first.header)}:
        money = _money(seen)
    else:
        pairs = _pairs(seen, sales)
        money = [here for role, (here, _) in pairs.items() if role == "amount"]
        if not {"date", "amount"} <= pairs.keys() or not pairs.keys() & {*WHO}:
            return None
        for here, there in pairs.values():
            names[here] = first.header[there]
    if not money or len(set(names)) < len(names):
        return None
    blocks = _below_zero(grid.in_order, money, order[:1])
    return replace(grid, header=tuple(names), own=grid.header, blocks=blocks, refunds=True)


def _columns(seen: Evidence, role: str) -> list[int]:
    return list(seen.known(role)) or list(seen.decide(role).columns)


def _pairs(seen: Evidence, sales: Evidence) -> dict[str, tuple[int, int]]:
    """Role -> the columns that play it in a file of returns and in the sales."""
    found = {}
    for role in ("order", "date", *WHO, "amount"):
        taken = {here for here, _ in found.values()}
        here = [i for i in _of_return(seen, role) or _columns(seen, role) if i not in taken]
        there = _columns(sales, role) if role != "amount" else list(sales.decide(role).columns)
        if here and there and not (role in WHO and found.keys() & {*WHO}):
            found[role] = (here[0], there[0])
    return found


def _of_return(seen: Evidence, role: str) -> list[int]:
    """The column of the day of the return, or of what went back."""
    names = [plain(name) for name in seen.header]
    if role == "date":
        return [i for i, name in enumerate(names) if _DAY.search(name)]
    return [i for i, name in enumerate(names) if role == "amount" and name in _known()]


def _money(seen: Evidence) -> list[int]:
    """The columns of amounts, prices and charges; no prices where quantities are below zero."""
    if seen.fit is None:
        return []
    looks = seen.fit.looks
    counted = [i for i in _columns(seen, "quantity") if looks[i].numbers and looks[i].low < 0]
    roles = ("amount", *(() if counted else ("price",)))
    charges = names_of("shipping", "fee", "tax")
    keys = {i for role in ("order", "date", *WHO, "postcode", "quantity") for i in seen.known(role)}
    return [
        i
        for i in range(len(seen.header))
        if i not in keys
        and looks[i].numbers >= 0.5
        and (
            plain(seen.header[i]) in charges
            or any(seen.says(role, i) in ("known", "word") for role in roles)
        )
    ]


def _refund(grid: Grid) -> list[int]:
    return [i for i, name in enumerate(grid.header) if plain(name) in _known()]


def _known() -> set[str]:
    return {plain(name) for key in ("names", "more_names") for name in aliases()["refund"][key]}


def _is_refunds(grid: Grid, seen: Evidence) -> bool:
    if recognise_format(grid.header) is not None or not grid.headed or len(_refund(grid)) != 1:
        return False
    (at,) = _refund(grid)
    others = [i for i in range(len(grid.header)) if i != at]
    sold = ("amount", "price", "product", "product_name")
    if any(seen.says(role, i) in ("known", "word") for role in sold for i in others):
        return False
    return bool(seen.known("order"))


def _names(grid: Grid, seen: Evidence, first: Grid, sales: Evidence) -> list[str] | None:
    """The header with the sales' names of order, date and customer; None where one is missing."""
    names = list(grid.header)
    dates = [i for i, name in enumerate(names) if _DAY.search(plain(name))]
    dates = dates or list(seen.known("date")) or list(seen.decide("date").columns)
    own_date = list(sales.known("date")) or list(sales.decide("date").columns)
    who = next((r for r in WHO if seen.known(r) and sales.known(r)), None)
    if not dates or not own_date or who is None or not sales.known("order"):
        return None
    pairs = [(dates[0], own_date[0])]
    pairs += [(seen.known(role)[0], sales.known(role)[0]) for role in ("order", who)]
    for here, there in pairs:
        names[here] = first.header[there]
    return names if len(set(names)) == len(names) else None


def _below_zero(
    blocks: Callable[[], Iterator[Block]], money: Sequence[int], order: Sequence[int]
) -> Callable[[], Iterator[Block]]:
    """The rows with amounts below zero, and order numbers of their own."""

    def signed(texts: pa.Array) -> pa.Array:
        found = undress(half_width(texts))
        turned = pa.array(found.readable & ~found.negative)
        return pc.if_else(turned, pc.binary_join_element_wise("-", texts, ""), texts)

    def marked(texts: pa.Array) -> pa.Array:
        apart = pc.binary_join_element_wise(texts, MARK, "")
        return pc.if_else(pc.equal(texts, ""), texts, apart)

    def read() -> Iterator[Block]:
        for columns, numbers in blocks():
            arrays = list(columns.columns)
            turned = [(i, signed) for i in money] + [(i, marked) for i in order]
            for i, made in turned:
                texts = pc.utf8_trim_whitespace(arrays[i].dictionary.cast(pa.string()))
                arrays[i] = pa.DictionaryArray.from_arrays(arrays[i].indices, made(texts))
            yield Block(pa.RecordBatch.from_arrays(arrays, names=columns.schema.names), numbers)

    return read
