"""By which channels each customer can be reached, as far as addresses are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd

from toolkit.frames import row

NEEDED = {  # by channel what of a customer must be known; any other channel needs nothing of it
    "letter": "address",
    "card": "address",
    "mail": "mail",
    "phone": "phone",
    "line": "line_user",
}
PARTS = tuple(dict.fromkeys(NEEDED.values()))


def with_reach(customers: ir.Table, addresses: ir.Table | None) -> ir.Table:
    """The customers (customer_id: the client's own ids) with what is known to reach them by.

    `addresses`: `intake`'s, None where none are kept. Adds `has_address`, `has_mail`, `has_phone`
    and `has_line_user`, each only where anybody has such a part: a file that tells of no mail
    addresses does not say that there are none. Our rule.
    """
    if addresses is None:
        return customers
    there = {part: (addresses[part].strip() != "").fill_null(False) for part in PARTS}
    some = row(addresses.aggregate(**{part: has.any() for part, has in there.items()}))
    told = {f"has_{part}": there[part] for part in PARTS if some[part]}
    if not told:
        return customers
    known = addresses.select("customer_id", **told)
    joined = customers.left_join(known, "customer_id").drop("customer_id_right")
    return joined.mutate(**{name: joined[name].fill_null(False) for name in told})


def open_to(customers: ir.Table, channel: str) -> ir.BooleanValue:
    """Whether each customer of `with_reach` can be reached by a channel, for all that is known."""
    name = f"has_{NEEDED.get(channel)}"
    return customers[name] if name in customers.columns else ibis.literal(True)


def reachable(customers: ir.Table, channels: Iterable[str]) -> ir.BooleanValue:
    """Whether any of these channels is open to each customer."""
    return ibis.or_(*(open_to(customers, channel) for channel in channels))


def first_open(customers: pd.DataFrame, channels: Sequence[str]) -> pd.Series:
    """The first of these channels that is open to each customer (columns of `with_reach`); None
    without any."""
    found = pd.Series(None, index=customers.index, dtype=object)
    for channel in reversed(channels):
        name = f"has_{NEEDED.get(channel)}"
        if name in customers:
            found = found.mask(customers[name].astype(bool), channel)
        else:
            found[:] = channel
    return found


def in_place_of(
    channel: str, channels: Sequence[str], costs: Mapping[str, float]
) -> tuple[str, ...]:
    """The client's channels in the order in which they stand for a channel of the calendar.

    First that channel itself, then those that need the same of a customer (a letter for a card),
    then the others, both from cheap to dear and at one cost in the client's order. Without
    channels of the client it is the calendar's own alone. Our rule.
    """
    needed = NEEDED.get(channel, channel)
    ways = [
        (each != channel, NEEDED.get(each, each) != needed, costs[each], place, each)
        for place, each in enumerate(channels)
    ]
    return tuple(way[-1] for way in sorted(ways)) or (channel,)
