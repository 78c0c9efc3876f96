"""Discounts of product lines written as shares of the price: 0.15 or 15 %."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow.compute as pc

from toolkit.intake.names import aliases, plain
from toolkit.intake.tables.coded import Coded, half_width
from toolkit.intake.tables.grid import Grid
from toolkit.intake.tables.rows import gather_all
from toolkit.intake.values.amounts import Numbers, read_amounts

RATES = ("割引率", "値引率", "discount_rate", "discount_percent", "discount_pct")


def less_shares(
    numbers: Numbers, grids: Sequence[Grid], header: Sequence[str], basis: str
) -> Numbers:
    """Price x quantity less the share in a column of discounts, told in a note.

    A column of that name whose filled rows all are shares from 0 to 1 or per cents up to 100,
    some of them neither; a blank is none. Our rule.
    """
    names = {plain(n) for n in (*aliases()["discount"]["names"], *RATES)}
    at = next((i for i, name in enumerate(header) if plain(name) in names), None)
    if basis != "price x quantity" or at is None:
        return numbers
    share = _shares(gather_all(grids, header, [at]).columns[at])
    if share is None:
        return numbers
    left = replace(share, units=10**share.scale - share.units, readable=share.readable | True)
    told = ("discount_share", {"column": header[at]})
    return replace(numbers.times(left), told=(*numbers.told, told))


def _shares(column: Coded) -> Numbers | None:
    texts = half_width(column.texts)
    rated = pc.match_substring_regex(texts, r"^\d+(\.\d+)? ?%$")
    per_cent = pc.any(rated).as_py()
    bare = Coded(column.codes, pc.replace_substring_regex(texts, r" ?%$", ""))
    found = read_amounts(bare)
    found = replace(found, scale=found.scale + 2 * per_cent)
    there, whole = ~column.blank(), 10**found.scale
    units = found.units[there]
    some = ((units > 0) & (units < whole)).any()
    if not found.readable[there].all() or not some or units.min() < 0 or units.max() > whole:
        return None
    if per_cent and not pc.all(pc.or_(rated, pc.match_substring_regex(texts, r"^0?$"))).as_py():
        return None
    return found
