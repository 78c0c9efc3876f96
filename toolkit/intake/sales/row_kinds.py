"""Rows that name no product but a discount, points, postage, a fee, a sum or a payment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from toolkit.intake.names import aliases, plain
from toolkit.intake.tables.coded import Coded
from toolkit.intake.tables.strays import names_total

PAID = ("tendered", "paid")  # of money that changes hands
SUMS = ("sum", *PAID, "tax_within")  # what is in other rows already, or no sale at all
CHARGES = ("points", "discount", "postage", "fee")
KINDS = (*CHARGES, *SUMS)
CATEGORIES = 3  # different names of goods on rows of charges from which on they are goods
LONGEST = 16  # signs of such a name; longer ones are products
_BESIDE = r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|[:：].*$"  # a remark in brackets or behind a colon
_SUM = r"[-−△▲]?[¥\\]?[-−]?[\d,]+(円|%|%off|pt|p)?$"


@cache
def kind_of(name: str) -> str:
    """What a row of this product name is: a key of `KINDS`, "" for a product.

    The name, without remarks in brackets and a sum at its end, is one of those in `aliases.toml`
    or is short and ends in one of the endings there: 会員割引, 代引手数料, 送料(沖縄), and not
    送料無料セット. Our rule.
    """
    folded = unicodedata.normalize("NFKC", name).lower()
    bare = plain(re.sub(_BESIDE, "", folded)) or re.sub(r"\W", "", folded)
    if names_total(bare):
        return "sum"
    short = re.sub(_SUM, "", bare) or bare
    short = re.sub(r"^\W+|[^\w%]+$", "", short) or short
    words = aliases()["row_kinds"]
    for kind in KINDS:
        if short in words[kind]:
            return kind
        if len(short) <= LONGEST and short.endswith(tuple(words[f"{kind}_ends"])):
            return kind
    return ""


def kinds_in(column: Coded | None, rows: int) -> Mapping[str, np.ndarray]:
    """Kind -> which rows are of it (mask), for a column of product names."""
    found = dict.fromkeys(KINDS, np.zeros(rows, bool))
    if column is None:
        return found
    told = [kind_of(text) for text in column.texts.to_pylist()]
    there = set(told) - {""}
    return found | {kind: column.look_up(np.array(told, object) == kind) for kind in there}


def kinds_told(
    kinds: Mapping[str, np.ndarray], columns: Sequence[Coded], named: Coded | None = None
) -> Mapping[str, np.ndarray]:
    """The kinds with those that columns of kinds of rows (明細区分, 取引区分) tell, where the
    product's name says nothing: postage, fees, discounts and points. Not where that name stands on
    rows of goods as well, nor where three names or more stand on such rows alone: the column is
    then one of categories or prices (会員割引). Our rule."""
    found = dict(kinds)
    for column in columns:
        free = ~np.logical_or.reduce(list(found.values()))
        told = kinds_in(column, len(free))
        if named is not None:
            charged = np.logical_or.reduce([told[kind] for kind in CHARGES])
            sold = np.bincount(named.codes[~charged], minlength=len(named.texts)) > 0
            free = free & (named.blank() | ~sold[named.codes])
            silent = np.unique(named.codes[charged & free & ~named.blank()])
            if len(silent) >= CATEGORIES:  # goods of a price of their own, not charges
                free = free & named.blank()
        found |= {kind: found[kind] | (told[kind] & free) for kind in CHARGES}
    return found


def with_goods(
    kinds: Mapping[str, np.ndarray],
    orders: Coded | None,
    minus: np.ndarray,
    slips: Sequence[Coded] = (),
) -> Mapping[str, np.ndarray]:
    """The kinds, but discounts, postage or fees of which no row stands in an order with goods or is
    written negative (`minus`): those are goods, or prices of them (早割, 着付け手数料).

    `orders`: the order of every row, or its visit; None where neither is known. `slips`: columns of
    kinds of slips; where one has payments or returns as well, a discount is a slip of its own. Of
    fewer than three rows nothing is said. Our rule.
    """
    if orders is None:
        return kinds
    words = aliases()["status"]
    ends = (*words["no_sale_ends"], *words["money_back_ends"])
    told = [each for each in slips if any(plain(t).endswith(ends) for t in each.texts.to_pylist())]
    of_slips = {kind for each in told for kind, mask in kinds_in(each, 0).items() if mask.any()}
    goods = ~np.logical_or.reduce(list(kinds.values()))
    sold = np.bincount(orders.codes, weights=goods, minlength=len(orders.texts)) > 0
    shown = minus | (sold[orders.codes] & ~orders.blank())
    alone = [
        kind
        for kind in ("discount", "postage", "fee")
        if kind not in of_slips
        and kinds[kind].sum() >= CATEGORIES
        and not (kinds[kind] & shown).any()
    ]
    return {**kinds, **{kind: np.zeros(len(goods), bool) for kind in alone}}


def beside_products(
    kinds: Mapping[str, np.ndarray], lines: Coded | None
) -> Mapping[str, np.ndarray]:
    """The kinds with rows of sums and of means of payment (masks) only where they stand beside
    rows they are the sum of, or pay for."""
    paid = np.logical_or.reduce([kinds[kind] for kind in PAID])
    sums = {
        "paid": _of_others(kinds["paid"], paid, lines),
        "sum": _of_others(kinds["sum"], paid | kinds["sum"] | kinds["tax_within"], lines),
    }
    return {**kinds, **sums}


def _of_others(sums: np.ndarray, all_sums: np.ndarray, lines: Coded | None) -> np.ndarray:
    """Rows of sums (mask) but those of an order that has nothing else, and, without order numbers,
    those of a file of which they are most (our rule)."""
    if 2 * sums.sum() > len(sums):
        sums = np.zeros(len(sums), bool) if lines is None else sums & ~lines.blank()
    if lines is None or not sums.any():
        return sums
    others = np.bincount(lines.codes, weights=~all_sums, minlength=len(lines.texts))
    return sums & (lines.blank() | (others[lines.codes] > 0))
