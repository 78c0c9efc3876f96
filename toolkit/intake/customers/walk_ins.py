"""Numbers of customers whose name says that they are everybody without one: 諸口, 店頭."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.customers.identity import HONORIFIC, Identity, bare_texts
from toolkit.intake.names import aliases
from toolkit.intake.tables.coded import Coded, renamed

MOSTLY = 0.9  # share of a number's rows with such a name
FEW_SHARE = 0.05  # of the numbers that may be such, or a single one
MOST_TOLD = 3  # names told


def walk_in(texts: pa.Array) -> pa.Array:
    """Which texts are names for customers nobody knows; not those for a name that is missing."""
    whole = bare_texts(texts)
    words = pa.array(aliases()["no_customer"]["walk_ins"])
    bare = pc.replace_substring_regex(whole, HONORIFIC, r"\1\2")
    return pc.or_(pc.is_in(whole, words), pc.is_in(bare, words))


def without_walk_ins(identity: Identity, names: Coded | None) -> Identity:
    """The same without the customers of whose rows at least 90 % have such a name: their rows
    become rows of nobody, told in `walk_ins`. Not where these are several numbers and over 5 %
    of all, which are then people whose names were not asked for. Our rule."""
    if names is None:
        return identity
    customer = identity.customer
    named = names.look_up(np.asarray(walk_in(names.texts)))
    rows = np.bincount(customer.codes, minlength=len(customer.texts))
    hit = np.bincount(customer.codes[named], minlength=len(customer.texts)) >= MOSTLY * rows
    hit &= (rows > 0) & ~np.asarray(pc.equal(customer.texts, ""))
    if not hit.any() or hit.sum() > max(1, FEW_SHARE * (rows > 0).sum()):
        return identity
    out = hit[customer.codes]
    told = sorted(set(names.texts.take(pa.array(np.unique(names.codes[out & named]))).to_pylist()))
    return replace(
        identity,
        customer=renamed(customer, pc.if_else(pa.array(hit), "", customer.texts)),
        walk_ins=(int(out.sum()), tuple(told[:MOST_TOLD])),
    )
