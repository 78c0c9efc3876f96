"""Contacts with customers: who was reached, who was forgotten, what came after."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, Book
from toolkit.report.markup import Html, table
from toolkit.report.sections.layers import place_name
from toolkit.report.shown import Shown, figure_block, heading, more, paragraph
from toolkit.report.style import (
    COLOURS,
    LINE,
    drawing,
    new_figure,
    share_axis,
)
from toolkit.words import Words

TOLD_DAYS = 30  # the lag that stands in the sentence


def contacts(book: Book) -> Shown | None:
    """The section on contacts with customers; None without a contact log."""
    if book.contacts is None:
        return None
    places, forgotten, lag = (
        book.contacts.by_place(),
        book.contacts.forgotten(),
        book.contacts.lag(),
    )
    months = book.settings.contact_months

    def write(words: Words):
        blocks = [
            paragraph(_lead(places, months, words), "lead"),
            _place_figure(places, months, words),
            *_forgotten(forgotten, words),
        ]
        if lag.set_index("within_days").contacts[TOLD_DAYS] >= FEW:
            blocks.append(more(words, _lag_figure(lag, words)))
        return words["contacts.title"], blocks

    return Shown.written("contacts", book.settings.languages, write, brief=True)


def _lead(places: pd.DataFrame, months: int, words: Words) -> str:
    contacted, customers = int(places.contacted.sum()), int(places.customers.sum())
    values = {"months": months, "contacted": contacted, "customers": customers}
    if customers < FEW:
        return words.say("contacts.lead_few", **values)
    return words.say("contacts.lead", **values, share=contacted / customers)


def _place_figure(places: pd.DataFrame, months: int, words: Words) -> Html:
    states = places.groupby("state")[["customers", "contacted"]].sum()
    named = places.assign(place=[place_name(r.layer, r.state, words) for r in places.itertuples()])
    prime = places[(places.layer == "prime") & (places.state == "lapsed")]
    told, key = states.loc["lapsed"], "contacts.finding_lapsed"
    if len(prime) and prime.customers.iloc[0] >= FEW:
        told, key = prime.iloc[0], "contacts.finding_prime"
    key = key if told.customers >= FEW else "contacts.finding_few"
    values = {"customers": int(told.customers), "contacted": int(told.contacted)}
    forms = {"customers": "count", "contacted": "count", "share": "share"}
    return figure_block(
        words,
        name="contacts-places",
        figure=place_chart(named, words),
        finding=words.say(key, months=months, **values),
        description=words.say(
            "contacts.description",
            active=int(states.customers["active"]),
            active_contacted=int(states.contacted["active"]),
            lapsed=int(states.customers["lapsed"]),
            lapsed_contacted=int(states.contacted["lapsed"]),
        ),
        table_html=table(
            named[["place", "customers", "contacted", "share"]],
            words,
            caption=words.say("contacts.caption", months=months),
            forms=forms,
        ),
    )


@drawing()
def place_chart(places: pd.DataFrame, words: Words):
    """The share contacted of each place; where five do not stand, the counts alone."""
    figure, axes = new_figure(6.0, 0.8 + 0.29 * len(places))
    at, shares = range(len(places)), places.share.fillna(0)
    axes.barh(at, 1, color="none", edgecolor=LINE, linewidth=0.8, height=0.7)
    axes.barh(at, shares, color=[COLOURS[state] for state in places.state], height=0.7)
    for i, row in enumerate(places.itertuples()):
        text = words.say("contacts.of", n=row.contacted, all=row.customers)
        axes.annotate(text, (1, i), xytext=(6, 0), textcoords="offset points", va="center")
    axes.set_yticks(list(at), places.place)
    axes.invert_yaxis()
    axes.set(xlabel=words["axis.contacted"], xlim=(0, 1))
    share_axis(axes.xaxis)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    return figure


def _forgotten(forgotten: pd.DataFrame, words: Words) -> list[Html]:
    total = forgotten.iloc[-1]
    if not total.lapsed:
        return []
    if not total.forgotten:
        return [heading(words["contacts.forgotten_none"])]
    layers = [words[f"layer.{layer}"] for layer in forgotten.layer[:-1]]
    shown = forgotten.assign(layer=[*layers, words["contacts.all_layers"]])
    forms = {"lapsed": "count", "forgotten": "count", "share": "share"}
    values = {"lapsed": int(total.lapsed), "n": int(total.forgotten)}
    return [
        heading(
            words.say(f"contacts.forgotten_{'title' if total.lapsed >= FEW else 'few'}", **values)
        ),
        paragraph(words["contacts.forgotten_text"]),
        table(shown, words, caption=words["contacts.forgotten_caption"], forms=forms),
    ]


def _lag_figure(lag: pd.DataFrame, words: Words) -> Html:
    told = lag.set_index("within_days").loc[TOLD_DAYS]
    forms = {"within_days": "count", "contacts": "count", "followed": "count", "share": "share"}
    return figure_block(
        words,
        name="contacts-lag",
        figure=lag_chart(lag[lag.share.notna()], words),
        finding=words.say(
            "contacts.lag_finding",
            days=TOLD_DAYS,
            contacts=int(told.contacts),
            followed=int(told.followed),
            share=told.share,
        ),
        description=words["contacts.lag_description"],
        table_html=table(lag, words, caption=words["contacts.lag_caption"], forms=forms),
    )


@drawing()
def lag_chart(lag: pd.DataFrame, words: Words):
    """The share of contacts followed by a purchase, by days since the contact."""
    figure, axes = new_figure(6.0, 2.6)
    axes.bar(lag.within_days.astype(str), lag.share, color=COLOURS["active"], width=0.62)
    for i, share in enumerate(lag.share):
        text = words.write(share, "share")
        axes.annotate(text, (i, share), xytext=(0, 3), textcoords="offset points", ha="center")
    axes.set(xlabel=words["axis.days_since_contact"], ylabel=words["axis.followed"])
    axes.set_ylim(0, max(0.05, lag.share.max() * 1.18))
    share_axis(axes.yaxis)
    return figure
