"""The lists of active customers in words: about to lapse, and golden."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.book import Book
from toolkit.currency import decimals
from toolkit.report.amounts import in_major_units
from toolkit.report.facts import Facts
from toolkit.report.lists import KAPPAS, answers_in_words, groups_in_words, headers
from toolkit.report.markup import Html, table
from toolkit.report.row_words import channel_name, each, filled, text
from toolkit.report.workbook import csv_link
from toolkit.words import Words

MONEY = (
    *("amount", "spend_per_visit", "margin_if_returns", "expected_loss", "step_gain"),
    *("expected_gain", "amount_lacking", "contact_cost", "offer_cost"),
    *("priority", "priority_low", "priority_high"),
)
SHARES = (
    *("silence_chance", "chance", "uplift", "break_even"),
    *("visits_if_comes", "margin_share", *KAPPAS),
)
FORMS = {
    "rank": "count",
    "chance": "share",
    "silence_chance": "share",
    "usual_days": "count",
    "days_lacking": "count",
    "visits_if_comes": "ratio",
    **dict.fromkeys(MONEY, "money"),
}
HEAD, EMBEDDED = 20, 200
IN_WORDS = ("decision", "group", "send", "channel", "place", "next_place", "risk")
FIRST = (
    *("rank", "customer_id", "decision", "group", "send", "channel"),
    *("place", "next_place", "act_by", "why", "risk"),
)


def in_words(listed: pd.DataFrame, code: str, words: Words) -> pd.DataFrame:
    """A list of the active as people read it: places, risks, decisions, groups and channels in
    words, money in major units to two digits finer than the currency, shares to six places, and
    `why`, a sentence per customer. Columns that nothing is known of are left out."""
    money = [name for name in MONEY if name in listed and listed[name].notna().any()]
    table = in_major_units(listed, money, code)
    table = table.round(dict.fromkeys(money, decimals(code) + 2) | dict.fromkeys(SHARES, 6))
    table = table.round({"usual_days": 1})
    table = table.assign(place=_places(listed.layer, words), why=_why(listed, code, words))
    if "next_layer" in listed:
        table["next_place"] = _places(listed.next_layer, words)
    told = {
        "decision": {v: words[f"decision.{v}"] for v in listed.decision.dropna().unique()},
        "channel": {v: channel_name(v, words) for v in listed.channel.unique()},
    }
    if "risk" in listed:
        told["risk"] = {v: words[f"risk.{v}"] for v in listed.risk.unique()}
    for name, known in told.items():
        table[name] = listed[name].map(known)
    if "group" in listed and (listed.empty or listed.group.notna().any()):
        table["group"] = groups_in_words(listed.group, words)
    known = listed.empty or listed.priority.notna().any()
    table["send"] = answers_in_words(listed.send, words) if known else None
    columns = [name for name in FIRST if name in table]
    rest = [name for name in listed if name not in (*columns, "layer", "next_layer")]
    kept = [name for name in (*columns, *rest) if table.empty or table[name].notna().any()]
    return table[kept]


def head_of_list(
    name: str,
    listed: pd.DataFrame,
    columns: Sequence[str],
    book: Book,
    words: Words,
    mark: str,
) -> list[Html]:
    """The head of a list, and more of it to save; names and mail addresses stay in the files."""
    code = book.settings.currency
    spoken = in_words(listed.head(EMBEDDED), code, words)
    if book.ledger.source.personal:
        spoken = spoken.drop(columns="customer_id")
    n = min(HEAD, len(spoken))
    rich = listed.priority.notna().any()
    alone = "_one" if len(listed) == 1 else ""
    key = "head_caption" if rich else "head_caption_plain"
    key = f"about_to_lapse.{key}_one" if alone else f"about_to_lapse.{key}"
    caption = words.say(key, n=n, of=len(listed), mark=mark)
    head = spoken.head(HEAD)
    if "next_layer" in listed:
        steps = steps_in_words(listed.layer[:HEAD], listed.next_layer[:HEAD], words)
        head = head.assign(layer_step=steps)
    shown = head[[c for c in columns if c in head]]
    return [
        table(shown, words, caption=caption, forms=FORMS, currency=code),
        csv_link(
            spoken,
            headers(spoken.columns, words),
            f"{name}.csv",
            words.say(f"winback.download{alone}", n=len(spoken)),
        ),
    ]


def money_key(name: str, facts: Facts) -> str:
    """Key of the sentence on money: of contacts to be made, with some held out or none, of some
    that only pay unless the response is low, or of none that pays."""
    if facts.value(f"{name}.worth_contacting"):
        return "money" if facts.value(f"{name}.held_out") else "money_all"
    return "money_test" if facts.value(f"{name}.paying") else "money_none"


def steps_in_words(layers: pd.Series, following: pd.Series, words: Words) -> list[str]:
    """From layer to layer, in words."""
    pairs = zip(layers, following, strict=True)
    return [
        words.say("golden.step", now=words[f"layer.{now}"], then=words[f"layer.{then}"])
        for now, then in pairs
    ]


def _places(layers: pd.Series, words: Words) -> pd.Series:
    active = words["state.active"]
    names = {
        layer: words.say("place.name", layer=words[f"layer.{layer}"], state=active)
        for layer in layers.unique()
    }
    return text(layers, names)


def _why(listed: pd.DataFrame, code: str, words: Words) -> pd.Series:
    """Why each customer stands on the list: one sentence per row."""
    parts = pd.DataFrame(
        {
            "n": each(listed.n_visits, words),
            "gap": each(listed.gap_days, words),
            "usual": each(listed.usual_days.astype("float64").round(), words),
        },
        index=listed.index,
    )
    seen = filled(words["why_active.often"], parts)
    seen = seen.where(listed.usual_days.notna(), filled(words["why_active.seen"], parts))
    seen = seen.where(listed.n_visits > 1, filled(words["why_active.once"], parts))
    return seen + (_next(listed, code, words) if "next_layer" in listed else _risk(listed, words))


def _risk(listed: pd.DataFrame, words: Words) -> pd.Series:
    parts = pd.DataFrame({"date": each(listed.risk_date, words, "date")}, index=listed.index)
    told = pd.Series("", index=listed.index, dtype="str")
    for risk in listed.risk.unique():
        told = told.where(listed.risk != risk, filled(words[f"why_active.{risk}"], parts))
    return told


def _next(listed: pd.DataFrame, code: str, words: Words) -> pd.Series:
    money = in_major_units(listed, ["amount_lacking"], code).amount_lacking
    written = {v: words.write(v, "money", code) for v in money.unique()}
    named = {layer: words[f"layer.{layer}"] for layer in listed.next_layer.unique()}
    parts = pd.DataFrame(
        {
            "layer": text(listed.next_layer, named),
            "money": text(money, written),
            "date": each(listed.counts_from, words, "date"),
            "product": listed.talk_about,
        },
        index=listed.index,
    )
    told = filled(words["why_active.next"], parts)
    lacking = filled(words["why_active.next_money"], parts)
    told = told.where(listed.amount_lacking == 0, lacking)
    talk = filled(words["why_active.talk"], parts)
    both = pd.Series(map(words.joined, zip(told, talk, strict=True)), listed.index, dtype=object)
    return both.where(listed.talk_about.notna(), told)
