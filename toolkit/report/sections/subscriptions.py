"""Subscription orders: their share, who is lost from them, and the layers without them."""

from __future__ import annotations

import math

import pandas as pd

from toolkit import currency
from toolkit.book import Book
from toolkit.report.amounts import in_major_units
from toolkit.report.markup import Html, table
from toolkit.report.sections.layers import place_name
from toolkit.report.sections.subscription_share import share_figure
from toolkit.report.shown import Shown, figure_block, heading, more, paragraph
from toolkit.report.style import (
    COLOURS,
    drawing,
    new_figure,
    share_axis,
)
from toolkit.words import Words


def subscriptions(book: Book) -> Shown | None:
    """The section on subscription orders; None where the file marks none."""
    kept = book.subscriptions
    if kept is None or not kept.any():
        return None
    share, upgrade = kept.share(), kept.upgrade()
    churn, layers = kept.churn(), kept.layers()

    def write(words: Words):
        blocks = [paragraph(_lead(share, book, words), "lead")]
        if churn.hole.notna().sum() == 2:
            blocks.append(_churn_figure(churn, words))
        else:
            blocks.append(paragraph(words["subscriptions.churn_unknown"]))
        came, of = upgrade
        if of >= 5:
            told = words.say("subscriptions.upgrade", came=came, of=of, share=came / of)
            blocks.append(paragraph(told))
        inner, shares = _layers(layers, words), _share_table(share, book, words)
        if share.share.notna().all():
            blocks.append(share_figure(share, upgrade, shares, words))
        else:
            inner.insert(0, shares)
        return words["subscriptions.title"], [*blocks, more(words, *inner) if inner else None]

    return Shown.written("subscriptions", book.settings.languages, write, brief=True)


def _lead(share: pd.DataFrame, book: Book, words: Words) -> str:
    by, code = share.set_index("measure"), book.settings.currency
    values = {
        "customers": int(by.total["customers"]),
        "marked": int(by.marked["customers"]),
        "visits": int(by.total["visits"]),
        "marked_visits": int(by.marked["visits"]),
    }
    if "sales" not in by.index or pd.isna(by.share["sales"]):
        return words.say("subscriptions.lead", **values)
    money = words.write(currency.major(int(by.marked["sales"]), code), "money", code)
    part = by.share["sales"]
    return words.say("subscriptions.lead_sales", **values, share=part, marked_sales=money)


def _churn_figure(churn: pd.DataFrame, words: Words) -> Html:
    on, off = churn.iloc[0], churn.iloc[1]
    way = "same" if not differ(on, off) else "lower" if on.hole < off.hole else "higher"
    shown = pd.DataFrame(
        {
            "kind": [words[f"subscriptions.kind_{kind}"] for kind in churn.kind],
            "active_before": churn.active,
            "lapsed_now": churn.lapsed,
            "hole_share": churn.hole,
            "low_95": churn.low,
            "high_95": churn.high,
        }
    )
    forms = dict.fromkeys(("hole_share", "low_95", "high_95"), "share")
    forms |= dict.fromkeys(("active_before", "lapsed_now"), "count")
    return figure_block(
        words,
        name="subscriptions-churn",
        figure=churn_chart(shown, words),
        finding=words.say(f"subscriptions.finding_{way}", on=on.hole, off=off.hole),
        description=words.say(
            "subscriptions.description",
            on_active=int(on.active),
            on_lapsed=int(on.lapsed),
            off_active=int(off.active),
            off_lapsed=int(off.lapsed),
        ),
        table_html=table(shown, words, caption=words["subscriptions.churn_caption"], forms=forms),
        note=words["subscriptions.note"],
    )


def differ(on: pd.Series, off: pd.Series) -> bool:
    """Whether two holes differ by more than chance: zero lies outside the 95 % interval of their
    difference, made of both Wilson intervals (Newcombe 1998, method 10)."""
    more, less = (on, off) if on.hole >= off.hole else (off, on)
    least = more.hole - less.hole - math.hypot(more.hole - more.low, less.high - less.hole)
    return bool(least > 0)


@drawing()
def churn_chart(shown: pd.DataFrame, words: Words):
    """The share lost within a year, on subscription and not, with 95 % intervals."""
    figure, axes = new_figure(6.0, 1.9)
    low, high = shown.hole_share - shown.low_95, shown.high_95 - shown.hole_share
    axes.barh(
        shown.kind,
        shown.hole_share,
        xerr=[low, high],
        color=[COLOURS["active"], COLOURS["neutral"]],
        error_kw={"elinewidth": 1.2, "capsize": 4},
        height=0.6,
    )
    for i, (share, end) in enumerate(zip(shown.hole_share, shown.high_95, strict=True)):
        text = words.write(share, "share")
        axes.annotate(text, (end, i), xytext=(6, 0), textcoords="offset points", va="center")
    axes.invert_yaxis()
    axes.set(xlabel=words["axis.lost_in_a_year"], xlim=(0, min(1.15, shown.high_95.max() * 1.25)))
    share_axis(axes.xaxis)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return figure


def _share_table(share: pd.DataFrame, book: Book, words: Words) -> Html:
    code = book.settings.currency
    money = in_major_units(share, ["marked", "total"], code)
    rows = []
    for plain, major in zip(share.itertuples(), money.itertuples(), strict=True):
        form, row = ("money", major) if plain.measure == "sales" else ("count", plain)
        rows.append(
            {
                "measure": words[f"subscriptions.measure_{plain.measure}"],
                "subscription_part": words.write(row.marked, form, code),
                "all_orders": words.write(row.total, form, code),
                "share": plain.share,
            }
        )
    caption = words["subscriptions.share_caption"]
    forms = {"share": "share", "subscription_part": "count", "all_orders": "count"}
    return table(pd.DataFrame(rows), words, caption=caption, forms=forms)


def _layers(layers: pd.DataFrame, words: Words) -> list[Html]:
    if layers.empty:
        return []
    prime = layers[(layers.layer == "prime") & (layers.state == "active")].iloc[0]
    shown = pd.DataFrame(
        {
            "place": [place_name(r.layer, r.state, words) for r in layers.itertuples()],
            "all_orders": layers.customers,
            "without": layers.without,
        }
    )
    values = {"now": int(prime.customers), "without": int(prime.without)}
    key = "layers_text_same" if values["now"] == values["without"] else "layers_text"
    caption = words["subscriptions.layers_caption"]
    return [
        heading(words["subscriptions.layers_title"]),
        paragraph(words.say(f"subscriptions.{key}", **values)),
        table(
            shown, words, caption=caption, forms=dict.fromkeys(("all_orders", "without"), "count")
        ),
    ]
