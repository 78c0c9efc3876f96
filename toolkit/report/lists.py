"""The lists people work from: win-back and about to lapse, in words and with their sentence."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from toolkit.action import LIST_COLUMNS
from toolkit.currency import decimals
from toolkit.report.amounts import in_major_units
from toolkit.report.row_words import each as _each
from toolkit.report.row_words import filled as _filled
from toolkit.report.row_words import text as _text
from toolkit.words import Words

CSV_NAME = "winback.csv"
MONEY = ("amount", "contact_cost", "margin_if_returns", "priority", "priority_low", "priority_high")
SHARES = ("chance", "uplift", "break_even")
ORDER = ("rank", "customer_id", "decision", "place", "why", *LIST_COLUMNS[4:])


def headers(columns: Iterable[str], words: Words) -> dict[str, str]:
    """Column name -> heading in the reader's words."""
    return {name: words[f"column.{name}"] for name in columns}


def list_in_words(ranked: pd.DataFrame, code: str, words: Words) -> pd.DataFrame:
    """The win-back list as people read it: places and decisions in words, money in major units to
    two digits finer than the currency, shares to six places, and `why`, a sentence per customer.
    """
    lapsed = words["state.lapsed"]
    names = {
        layer: words.say("place.name", layer=words[f"layer.{layer}"], state=lapsed)
        for layer in ranked.layer.unique()
    }
    decisions = {d: words[f"decision.{d}"] for d in ranked.decision.unique()}
    digits = dict.fromkeys(MONEY, decimals(code) + 2) | dict.fromkeys(SHARES, 6)
    table = in_major_units(ranked, MONEY, code).round(digits)
    table = table.assign(
        place=_text(ranked.layer, names),
        decision=_text(ranked.decision, decisions),
        why=sentences(ranked, words),
    )
    return table[list(ORDER)]


def sentences(ranked: pd.DataFrame, words: Words) -> pd.Series:
    """Why each customer stands where: one sentence per row, the same words for all.

    Written column by column, since a list may have a hundred thousand rows.
    """
    parts = pd.DataFrame(
        {
            "n": _each(ranked.n_visits, words),
            "gap": _each(ranked.gap_days, words),
            "rhythm": _each(ranked.rhythm_days.round(), words),
            "even": _each(ranked.break_even.round(4), words, "share"),
        },
        index=ranked.index,
    )
    once = ranked.n_visits == 1
    told = _filled(words["why.often"], parts).where(~once, _filled(words["why.once"], parts))
    tail = _filled(words["why.break_even"], parts).where(
        ranked.break_even.notna(), words["why.never_pays"]
    )
    return told + tail
