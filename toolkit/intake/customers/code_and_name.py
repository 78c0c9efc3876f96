"""A customer's number and name in one cell: 1001 佐藤 花子, elsewhere 1001：佐藤花子様."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

FORM = (  # a number, anything between, a name without digits
    r"^[(\[【]?(?P<code>[A-Za-z]{0,4}-?\d{1,12})(?P<gap>[\s:_/.・,|)\]】-]*)(?P<name>\pL[^\d]*)$"
)
BETWEEN = r"^[\s:_/.・,|)\]】-]+$"
MOSTLY = 0.8  # share of the texts that have both
ONE_NAME = 0.95  # share of the numbers that have one name


def codes_of(texts: pa.Array, bare_names) -> pa.Array:
    """The texts with their numbers alone, where nearly all have a number and a name and some of
    the numbers stand with their names in several forms; else as they are.

    At least 80 % of the texts have both, and 95 % of the numbers one name in the form in which
    names are compared (`bare_names`). Texts are in half width. Our rule.
    """
    bare = pc.sum(pc.ascii_is_decimal(texts)).as_py() or 0
    if not len(texts) or bare > (1 - MOSTLY) * len(texts):  # which spares most files the patterns
        return texts
    code, name, good = _apart(texts)
    if (pc.sum(good).as_py() or 0) < MOSTLY * len(texts):
        return texts
    frame = pd.DataFrame({"code": code.filter(good), "name": bare_names(name.filter(good))})
    names = frame.groupby("code")["name"].nunique()
    if len(names) == len(frame) or (names == 1).mean() < ONE_NAME:
        return texts
    return pc.if_else(good, code, texts)


def bare_codes(texts: pa.Array) -> pa.Array:
    """The texts with their numbers alone, where they have a number and a name."""
    code, _, good = _apart(texts)
    return pc.if_else(good, code, texts)


def _apart(texts: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Number and name of every text, and whether it has both."""
    parts = pc.extract_regex(texts, FORM)
    code, name, gap = (pc.struct_field(parts, each) for each in ("code", "name", "gap"))
    apart = pc.match_substring_regex(gap, BETWEEN)
    japanese = pc.match_substring_regex(name, r"^[^\x00-\x7f]")
    return code, name, pc.fill_null(pc.or_(apart, japanese), False)
