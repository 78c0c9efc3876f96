"""What two answers do not agree in, told so that the fault can be found."""

import math
from fractions import Fraction

import pandas as pd


class Near(float):
    """A figure the toolkit gives in whole minor units, which may hold the rest of a rounding."""


def plain(value):
    """A cell as a plain Python value; every kind of nothing as None."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, Fraction):
        return float(value)
    return value.item() if hasattr(value, "item") else value


def keyed(frame, *keys):
    """{key, or tuple of keys: row} of a frame; a key that stands twice is a fault."""
    rows = {}
    for row in frame.to_dict("records"):
        row = {column: plain(value) for column, value in row.items()}
        key = tuple(row.pop(name) for name in keys)
        key = key[0] if len(keys) == 1 else key
        assert key not in rows, f"{key} stands twice"
        rows[key] = row
    return rows


def same(found, wanted):
    """Whether two plain values are equal; floats nearly."""
    if isinstance(wanted, Near):
        return found is not None and found == int(found) and abs(found - wanted) <= 1.5
    if isinstance(wanted, float) and isinstance(found, (int, float)):
        return math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9)
    return found == wanted


def differences(found, wanted):
    """Lines telling where rows {key: row} differ from those wanted, in value, key or order.

    Columns the wanted row does not have are not looked at.
    """
    told = [f"{key}: missing" for key in wanted if key not in found]
    told += [f"{key}: not wanted, {row}" for key, row in found.items() if key not in wanted]
    for key, row in wanted.items():
        for column, value in row.items() if key in found else ():
            got = found[key].get(column, "no such column")
            if not same(got, value):
                told.append(f"{key} {column}: {got!r}, wanted {value!r}")
    if not told and list(found) != list(wanted):
        told.append(f"order: {list(found)}, wanted {list(wanted)}")
    return told
