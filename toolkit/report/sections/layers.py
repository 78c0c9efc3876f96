"""The ten layers: who stands where, and who moved."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.dates import AutoDateLocator, DateFormatter

from toolkit import currency
from toolkit.book import LAYERS, STATES, Book
from toolkit.report.amounts import in_major_units
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import FEW, Facts
from toolkit.report.markup import table
from toolkit.report.shown import Shown, figure_block, heading, paragraph
from toolkit.report.style import COLOURS, drawing, new_figure
from toolkit.words import Words


def layers(book: Book) -> Shown | None:
    """The section on the ten layers; None for a file without amounts."""
    if not book.has_money:
        return None
    facts, months = book_facts(book), book.layer_months()
    places = _with_last_year(book.places(), months, book)

    def write(words: Words):
        blocks = [
            paragraph(facts.say(words, "layers.lead", **place_lines(book, words)), "lead"),
            _place_figure(book, places, facts, words),
        ]
        if months.month_end.nunique() > 2:
            blocks.append(_month_figure(months, words))
        if book.year_ago >= book.filled_from:
            blocks += _movement(book, words)
        return words["layers.title"], blocks

    return Shown.written("layers", book.settings.languages, write)


def place_name(layer: str, state: str, words: Words) -> str:
    """The place in the reader's words, such as 優良現役."""
    if layer == "outside":
        return words["layer.outside"]
    return words.say("place.name", layer=words[f"layer.{layer}"], state=words[f"state.{state}"])


def place_lines(book: Book, words: Words) -> dict[str, str | None]:
    """The four cut-offs in words, by the name of their setting; no amount line without amounts."""
    cut, code = book.cutoffs, book.settings.currency
    line = currency.major(cut.amount_line, code)
    return {
        "fledgling_days": words.write(cut.fledgling_days, "days"),
        "amount_line": words.write(line, "money", code) if line is not None else None,
        "prime_days": words.write(cut.prime_days, "days"),
        "lapse_days": words.write(cut.lapse_days, "days"),
    }


def _with_last_year(places: pd.DataFrame, months: pd.DataFrame, book: Book) -> pd.DataFrame:
    """The places with `year_ago` customers, null where a year ago cannot be compared with."""
    if book.year_ago < book.filled_from:
        return places.assign(year_ago=float("nan"))
    facts = book_facts(book)
    ago = [facts.value(f"layers.previous.{r.layer}.{r.state}") for r in places.itertuples()]
    return places.assign(year_ago=ago)


def _place_figure(book: Book, places: pd.DataFrame, facts: Facts, words: Words):
    code = book.settings.currency
    named = places.assign(place=[place_name(r.layer, r.state, words) for r in places.itertuples()])
    columns = ["place", "customers", "year_ago", "share", "sales", "sales_share", "per_head"]
    if places.year_ago.isna().all():
        columns.remove("year_ago")
    if facts.value("customers.ever") < FEW:
        columns = [name for name in columns if name not in ("share", "sales_share")]
    forms = {
        "customers": "count",
        "year_ago": "count",
        "share": "share",
        "sales": "money",
        "sales_share": "share",
        "per_head": "money",
    }
    key = "layers.finding"
    if facts.known("layers.previous.prime.active"):
        now, ago = (facts.value(f"layers.{k}prime.active") for k in ("", "previous."))
        key = f"layers.finding_{'fewer' if now < ago else 'more' if now > ago else 'same'}"
    few = "layers.description_few"
    top = places[(places.layer == "prime") & (places.state == "active")].iloc[0]
    return figure_block(
        words,
        name="layers-now",
        figure=place_chart(named, words),
        finding=facts.say(words, key),
        description=facts.say(
            words,
            "layers.description" if facts.value("customers.ever") >= FEW else few,
            share=top.share,
            sales_share=None if pd.isna(top.sales_share) else top.sales_share,
        ),
        table_html=table(
            in_major_units(named, ["sales", "per_head"], code)[columns],
            words,
            caption=words["layers.caption"],
            forms=forms,
            currency=code,
        ),
    )


@drawing()
def place_chart(places: pd.DataFrame, words: Words):
    """Customers per place now, with a tick where each stood a year ago."""
    figure, axes = new_figure(6.0, 3.8)
    colours = [COLOURS[s] for s in places.state]
    sns.barplot(
        places,
        x="customers",
        y="place",
        hue="place",
        palette=colours,
        legend=False,
        saturation=1,
        ax=axes,
    )
    ends = places[["customers", "year_ago"]].max(axis=1)  # clear of the tick of a year ago
    for i, (n, end) in enumerate(zip(places.customers, ends, strict=True)):
        axes.annotate(f"{n:,}", (end, i), xytext=(5, 0), textcoords="offset points", va="center")
    if places.year_ago.notna().any():
        label = words["layers.year_ago"]
        axes.scatter(
            places.year_ago,
            range(len(places)),
            marker="|",
            s=190,
            linewidths=2.5,
            color=COLOURS["lost"],
            label=label,
            zorder=3,
        )
        figure.legend(loc="outside upper right")
    axes.set(xlabel=words["axis.customers"], ylabel="")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(visible=True, axis="x")
    axes.margins(x=0.1)
    return figure


def _month_figure(months: pd.DataFrame, words: Words):
    active = months[months.state == "active"]
    wide = active.pivot(index="month_end", columns="layer", values="customers")[list(LAYERS)]
    prime = wide["prime"]
    top_day, top, now = prime.idxmax(), int(prime.max()), int(prime.iloc[-1])
    key = "layers.months_finding_now" if now == top else "layers.months_finding"
    key = key if top else "layers.months_finding_none"
    shown = wide[::-1].rename(columns={k: words[f"layer.{k}"] for k in LAYERS}).reset_index()
    return figure_block(
        words,
        name="layers-months",
        figure=month_chart(wide, words),
        finding=words.say(key, day=top_day, n=top, now=now),
        description=words["layers.months_description"],
        table_html=table(
            shown,
            words,
            caption=words["layers.months_caption"],
            forms={words[f"layer.{k}"]: "count" for k in LAYERS},
        ),
    )


@drawing()
def month_chart(wide: pd.DataFrame, words: Words):
    """Active customers by layer at each month end, stacked, names written beside the bands."""
    figure, axes = new_figure(6.0, 3.2)
    days = pd.to_datetime(wide.index)
    bands = wide[list(LAYERS)[::-1]]
    axes.stackplot(
        days, bands.T.to_numpy(float), colors=[COLOURS[k] for k in bands], edgecolor="white"
    )
    base, room = 0.0, max(bands.sum(axis=1).max() * 0.055, 1)
    low = -room
    for name in bands:
        height = float(bands[name].iloc[-1])
        at = max(base + height / 2, low + room)
        axes.annotate(
            words[f"layer.{name}"],
            (days[-1], at),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=COLOURS[name],
        )
        base, low = base + height, at
    axes.set(xlabel="", ylabel=words["axis.active_customers"])
    axes.set_xlim(days[0], days[-1])
    place = AutoDateLocator(minticks=3, maxticks=7)
    axes.xaxis.set_major_locator(place)
    axes.xaxis.set_major_formatter(DateFormatter("%Y-%m"))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    return figure


def _movement(book: Book, words: Words):
    moved = book.movement(book.year_ago, book.closing)
    order = [*((layer, state) for layer in LAYERS for state in STATES), ("outside", "")]
    to_state = moved.to_layer.where(moved.to_state == "active", "lapsed")
    wide = moved.assign(to=to_state).pivot_table(
        index=["from_layer", "from_state"],
        columns="to",
        values="customers",
        aggfunc="sum",
        fill_value=0,
    )
    columns = [*LAYERS, "lapsed"]
    wide = wide.reindex(index=[o for o in order if o in wide.index], columns=columns, fill_value=0)
    names = {k: words.say("layers.to", place=place_name(k, "active", words)) for k in LAYERS}
    names["lapsed"] = words.say("layers.to", place=words["state.lapsed"])
    shown = wide.rename(columns=names)
    shown.insert(0, "from_place", [place_name(a, b, words) for a, b in wide.index])
    forms = dict.fromkeys(names.values(), "count")
    caption = words.say("layers.movement_caption", start=book.year_ago, end=book.closing)
    return [
        heading(words["layers.movement_title"]),
        paragraph(words["layers.movement_text"]),
        table(
            shown.astype({c: "int64" for c in names.values()}), words, caption=caption, forms=forms
        ),
    ]
