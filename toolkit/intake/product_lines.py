"""The product lines of a sales file: what was bought in each row, and for how much."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit import currency as money
from toolkit.intake.amounts import Numbers, minor_units, read_amounts
from toolkit.intake.grid import Coded
from toolkit.intake.orders import customer_numbers
from toolkit.intake.reading import Reading
from toolkit.problems import InputProblem


def lines_of(reading: Reading, kept: np.ndarray, once: bool) -> pa.Table | None:
    """The product lines of the kept rows; None for a file without product columns.

    One row per kept row with a product code or name. Columns: order_id (text, null where there is
    none), customer_id (text), customer (int32, the number the orders have for it), date,
    product_id (text; the name where there is no code), product_name (text; the code where there is
    no name), quantity (float; 1 in a file without quantities, our rule; null where it cannot be
    read), amount (int64, minor units of that row, rounded row by row; null in a file with only
    order totals or none), price (float, minor units per unit, amount / quantity; null where
    unknown). `once`: the amount is an order's total,
    repeated on its rows; then a row's own is price x quantity where the file has them. Raises
    InputProblem when the amounts are too large to be money.
    """
    roles = reading.roles
    code, name = reading.column(roles.product), reading.column(roles.product_name)
    if code is None and name is None:
        return None
    code, name = code or name, name or code
    rows = kept[~(code.blank()[kept] & name.blank()[kept])]
    amount, known = _amounts(reading, rows, once)
    quantity = _quantity(reading, rows)
    priced = known & ~np.isnan(quantity) & (quantity != 0)
    price = amount / np.where(priced, quantity, 1.0)
    order, customer = reading.column(roles.order), reading.column(roles.customer)
    return pa.table(
        {
            "order_id": pa.nulls(len(rows), pa.string()) if order is None else _texts(order, rows),
            "customer_id": _texts(customer, rows),
            "customer": pa.array(customer_numbers(customer)[rows]),
            "date": pa.array(reading.days[rows].astype("datetime64[D]")),
            "product_id": _texts(_filled(code, name), rows),
            "product_name": _texts(_filled(name, code), rows),
            "quantity": pa.array(quantity, mask=np.isnan(quantity)),
            "amount": pa.array(amount, mask=~known),
            "price": pa.array(price, mask=~priced),
        }
    )


def _amounts(reading: Reading, rows: np.ndarray, once: bool) -> tuple[np.ndarray, np.ndarray]:
    """Minor units of each row's own amount, and where it is known."""
    numbers = _own_numbers(reading) if once else reading.numbers
    if numbers is None:
        return np.zeros(len(rows), np.int64), np.zeros(len(rows), bool)
    numbers = numbers.of_rows(rows)
    try:
        amounts, _ = minor_units(numbers, money.decimals(reading.settings.currency))
    except OverflowError as error:
        names = ", ".join(reading.names("unit_price" if once else "amount"))
        values = {"file": reading.grid.name, "column": names}
        raise InputProblem("amount_too_large", **values) from error
    return amounts, numbers.readable


def _own_numbers(reading: Reading) -> Numbers | None:
    """Price x quantity beside an order's total; None where the file has no prices."""
    price, units = reading.column(reading.roles.unit_price), reading.column(reading.roles.units)
    if price is None:
        return None
    return read_amounts(price) if units is None else read_amounts(price).times(read_amounts(units))


def _quantity(reading: Reading, rows: np.ndarray) -> np.ndarray:
    """Units of each row, NaN where they cannot be read; 1 without a column of them."""
    roles = reading.roles
    column = reading.column(roles.units if roles.units is not None else roles.quantity)
    if column is None:
        return np.ones(len(rows))
    found = read_amounts(column).of_rows(rows)
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
