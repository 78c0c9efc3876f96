"""The product lines of a sales file: what was bought in each row, and for how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit import currency as money
from toolkit.intake.reading import Reading
from toolkit.intake.sales.orders import customer_numbers
from toolkit.intake.tables.coded import Coded
from toolkit.intake.values.amounts import Numbers, minor_units
from toolkit.problems import InputProblem


def lines_of(reading: Reading, kept: np.ndarray, once: bool) -> pa.Table | None:
    """The product lines of the kept rows; None for a file without product columns.

    One row per kept row with a product code or name. Columns: order_id (text, null where there is
    none), customer_id (text), customer (int32, the number the orders have for it), date,
    product_id (text; the name where there is no code), product_name (text; the code where there is
    no name), quantity (float; 1 in a file without quantities, our rule; null where it cannot be
    read), amount (int64, minor units of that row, rounded row by row; null in a file with only
    order totals or none), price (float, minor units per unit, amount / quantity; null where
    unknown). `once`: the amount is an order's total, repeated on its rows; then a row's own is
    price x quantity where the file has them. Items that stand beside each other in a row are a
    line each. Raises InputProblem when the amounts are too large to be money.
    """
    items = reading.roles.items
    if items:
        beside = pa.concat_tables(_lines(reading, kept, _beside(reading, i)) for i in items)
        plainly = [pa.string() if pa.types.is_dictionary(t) else t for t in beside.schema.types]
        return beside.cast(pa.schema(zip(beside.column_names, plainly, strict=True)))
    code, name = reading.column("product"), reading.column("product_name")
    if code is None and name is None:
        return None
    return _lines(reading, kept, _Bought(code, name, _own(reading, once), _units(reading)))


def own_amounts(
    reading: Reading, rows: np.ndarray, once: bool
) -> tuple[np.ndarray, np.ndarray, int]:
    """What these rows come to, as their lines have it (`in_minor_units`)."""
    return in_minor_units(reading, rows, _own(reading, once))


@dataclass(frozen=True)
class _Bought:
    """Columns of what was bought: code and name (one of them there), amounts and units."""

    code: Coded | None
    name: Coded | None
    amounts: Numbers | None
    units: Numbers | None


def _beside(reading: Reading, item: Mapping[str, int]) -> _Bought:
    """One of the items that stand beside each other in a row."""
    column = {role: reading.rows.columns[at] for role, at in item.items()}
    numbers = {role: reading.amounts(item[role]) for role in ("amount", "units") if role in item}
    code = column.get("product")
    return _Bought(
        code, column.get("product_name", code), numbers.get("amount"), numbers.get("units")
    )


def _lines(reading: Reading, kept: np.ndarray, bought: _Bought) -> pa.Table:
    code, name = bought.code or bought.name, bought.name or bought.code
    rows = kept[reading.goods[kept] & ~(code.blank()[kept] & name.blank()[kept])]
    amount, known, _ = in_minor_units(reading, rows, bought.amounts)
    quantity = _quantity(bought.units, rows)
    priced = known & ~np.isnan(quantity) & (quantity != 0)
    price = amount / np.where(priced, quantity, 1.0)
    order, customer = reading.order, reading.identity.customer
    return pa.table(
        {
            "order_id": pa.nulls(len(rows), pa.string()) if order is None else _texts(order, rows),
            "customer_id": _texts(customer, rows),
            "customer": pa.array(customer_numbers(customer)[rows]),
            "date": pa.array(reading.days[rows].astype("datetime64[D]")),
            "product_id": _texts(_filled(code, name), rows),
            "product_name": _texts(_filled(name, code), rows),
            "quantity": _where(~np.isnan(quantity), quantity),
            "amount": _where(known, amount),
            "price": _where(priced, price),
        }
    )


def _where(there: np.ndarray, values: np.ndarray) -> pa.Array:
    """The values, null where they are not there."""
    return pa.array(values) if there.all() else pa.array(values, mask=~there)


def in_minor_units(
    reading: Reading, rows: np.ndarray, numbers: Numbers | None
) -> tuple[np.ndarray, np.ndarray, int]:
    """Minor units of these rows' amounts, where they are known, and how many were rounded
    (InputProblem when they are too large to be money)."""
    if numbers is None:
        return np.zeros(len(rows), np.int64), np.zeros(len(rows), bool), 0
    numbers = numbers.of_rows(rows)
    try:
        amounts, rounded = minor_units(numbers, money.decimals(reading.settings.currency))
    except OverflowError as error:
        names = ", ".join(reading.names("unit_price") or reading.names("amount"))
        values = {"file": reading.file, "column": names}
        raise InputProblem("amount_too_large", **values) from error
    return amounts, numbers.readable, rounded


def _own(reading: Reading, once: bool) -> Numbers | None:
    """The rows' own amounts, beside totals of orders (`once`) price x quantity."""
    return _own_numbers(reading) if once else reading.numbers


def _own_numbers(reading: Reading) -> Numbers | None:
    """Price x quantity beside an order's total; None where the file has no prices."""
    price, units = reading.roles.at("unit_price"), reading.roles.at("units")
    if price is None:
        return None
    numbers = reading.amounts(price)
    return numbers if units is None else numbers.times(reading.amounts(units))


def _units(reading: Reading) -> Numbers | None:
    roles = reading.roles
    units = roles.at("quantity") if roles.at("units") is None else roles.at("units")
    return None if units is None else reading.amounts(units)


def _quantity(units: Numbers | None, rows: np.ndarray) -> np.ndarray:
    """Units of each row, NaN where they cannot be read; 1 without a column of them."""
    if units is None:
        return np.ones(len(rows))
    found = units.of_rows(rows)
    return np.where(found.readable, found.units.astype(float) / 10.0**found.scale, np.nan)


def _filled(column: Coded, other: Coded) -> Coded:
    """The column with the other's texts where its own are blank."""
    blank = column.blank()
    if column is other or not blank.any():
        return column
    texts = pa.concat_arrays([column.texts, other.texts]).dictionary_encode()
    codes = np.where(blank, len(column.texts) + other.codes, column.codes)
    return Coded(texts.indices.to_numpy()[codes], texts.dictionary)


def _texts(column: Coded, rows: np.ndarray) -> pa.Array:
    """The texts of these rows, still coded; a blank one is null."""
    codes = pa.array(column.codes[rows], pa.int32())
    texts = pc.if_else(pc.equal(column.texts, ""), pa.scalar(None, pa.string()), column.texts)
    return pa.DictionaryArray.from_arrays(codes, texts)
