"""The lists people work from: win-back and about to lapse, in words and with their sentence."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from toolkit.action import LIST_COLUMNS
from toolkit.currency import decimals
from toolkit.report.amounts import in_major_units
from toolkit.report.row_words import channel_name
from toolkit.report.row_words import each as _each
from toolkit.report.row_words import filled as _filled
from toolkit.report.row_words import text as _text
from toolkit.words import Words

CSV_NAME = "winback.csv"
MONEY = (
    *("amount", "spend_per_visit", "margin_if_returns", "contact_cost", "offer_cost"),
    *("priority", "priority_low", "priority_high"),
)
KAPPAS = ("kappa_low", "kappa", "kappa_high")
SHARES = ("chance", "uplift", "break_even", "visits_if_back", "margin_share", *KAPPAS)
SPOKEN = (
    "decision",
    "group",
    "send",
    "channel",
    "place",
    "why",
    "reason",
)  # in words, in this order
ORDER = ("rank", "customer_id", *SPOKEN, *LIST_COLUMNS[LIST_COLUMNS.index("last_date") :])


def headers(columns: Iterable[str], words: Words) -> dict[str, str]:
    """Column name -> heading in the reader's words."""
    return {name: words[f"column.{name}"] for name in columns}


def list_in_words(ranked: pd.DataFrame, code: str, words: Words) -> pd.DataFrame:
    """The win-back list as people read it: places, decisions and channels in words, money in major
    units to two digits finer than the currency, shares to six places, `why`, a sentence per
    customer, and `reason`, empty for what the client hears when asking why they left.
    """
    lapsed = words["state.lapsed"]
    names = {
        layer: words.say("place.name", layer=words[f"layer.{layer}"], state=lapsed)
        for layer in ranked.layer.unique()
    }
    channels = {name: channel_name(name, words) for name in ranked.channel.unique()}
    decisions = {d: words[f"decision.{d}"] for d in ranked.decision.unique()}
    digits = dict.fromkeys(MONEY, decimals(code) + 2) | dict.fromkeys(SHARES, 6)
    table = in_major_units(ranked, MONEY, code).round(digits)
    table = table.assign(
        place=_text(ranked.layer, names),
        decision=_text(ranked.decision, decisions),
        send=answers_in_words(ranked.send, words),
        channel=_text(ranked.channel, channels),
        why=sentences(ranked, words),
        reason=ranked.get("reason"),
        group=groups_in_words(ranked.group, words),
    )
    return table[list(ORDER)]


def answers_in_words(answers: pd.Series, words: Words) -> pd.Series:
    """Yes and no in words."""
    return _text(answers, {yes: words[f"answer.{yes}".lower()] for yes in (True, False)})


def groups_in_words(groups: pd.Series, words: Words) -> pd.Series:
    """Whether to contact each customer or not, in words; a dash for those in neither group."""
    names = {g: words[f"group.{g}"] for g in ("contact", "hold_out")}
    return groups.map(names).astype(object).where(groups.notna(), "–")


def sentences(ranked: pd.DataFrame, words: Words) -> pd.Series:
    """Why each customer stands where: one sentence per row, the same words for all.

    Written column by column, since a list may have a hundred thousand rows.
    """
    parts = pd.DataFrame(
        {
            "n": _each(ranked.n_visits, words),
            "gap": _each(ranked.gap_days, words),
            "rhythm": _each(ranked.rhythm_days.round(), words),
            "even": _each(ranked.break_even.round(4), words, "points"),
            "uplift": _each(ranked.uplift.round(4), words, "points"),
        },
        index=ranked.index,
    )
    once = ranked.n_visits == 1
    told = _filled(words["why.often"], parts).where(~once, _filled(words["why.once"], parts))
    tail = _filled(words["why.break_even"], parts).where(
        ranked.break_even.notna(), words["why.never_pays"]
    )
    return told + tail
