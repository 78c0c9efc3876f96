"""The ten layers: who stands where, now and a year ago, and month by month."""

from __future__ import annotations

import pandas as pd
import seaborn as sns

from toolkit import currency
from toolkit.book import FEW, Book
from toolkit.report.amounts import in_major_units
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts
from toolkit.report.layer_names import place_name
from toolkit.report.markup import Html, join, table
from toolkit.report.sections.layer_months import month_blocks
from toolkit.report.shown import Shown, figure_block, paragraph
from toolkit.report.style import (
    COLOURS,
    INK,
    count_axis,
    drawing,
    new_figure,
    text_width,
)
from toolkit.words import Words

APART, TICK = 5, 3  # points between a bar and its number; half a tick and some air


def layers(book: Book) -> Shown | None:
    """The section on the ten layers; None for a file without amounts."""
    if not book.has_money:
        return None
    facts, months, places = book_facts(book), book.layer_table(), book.places_compared()

    def write(words: Words):
        blocks = [
            paragraph(facts.say(words, "layers.lead", **place_lines(book, words)), "lead"),
            _place_figure(book, places, facts, words),
        ]
        if months.month_end.nunique() > 2:
            blocks += month_blocks(book, months, words)
        return words["layers.title"], blocks

    return Shown.written("layers", book.settings.languages, write)


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


def _place_figure(book: Book, places: pd.DataFrame, facts: Facts, words: Words):
    names = [place_name(r.layer, r.state, words) for r in places.itertuples()]
    named = places.assign(place=names, year_ago=places.customers_ago)
    key = "layers.finding"
    if facts.known("layers.previous.prime.active"):
        now, ago = (facts.value(f"layers.{k}prime.active") for k in ("", "previous."))
        key = f"layers.finding_{'fewer' if now < ago else 'more' if now > ago else 'same'}"
    if not facts.value("layers.prime.active") and key != "layers.finding_fewer":
        key = "layers.finding_none"
    return figure_block(
        words,
        name="layers-now",
        figure=place_chart(named, words),
        finding=facts.say(words, key),
        description=_described(named, words),
        table_html=_place_tables(named, book.settings.currency, words),
        note=words["layers.note"] if places.sales_ago.notna().any() else None,
    )


def _described(named: pd.DataFrame, words: Words) -> str:
    """What part the active prime customers are; without any, the place with most customers."""
    if named.customers.sum() < FEW:
        return words["layers.description_few"]
    top = named[(named.layer == "prime") & (named.state == "active")].iloc[0]
    if top.customers:
        if pd.isna(top.sales_share):
            return words.say("layers.description_people", share=top.share)
        return words.say("layers.description", share=top.share, sales_share=top.sales_share)
    most = named.loc[named.customers.idxmax()]
    values = {"place": most.place, "n": int(most.customers), "share": most.share}
    return words.say("layers.description_most", **values)


# Three narrow tables instead of one that no screen holds: people, money, what one brings.
TABLES = {
    "layers.caption_people": {
        "customers": "count",
        "year_ago": "count",
        "share": "share",
        "share_ago": "share",
    },
    "layers.caption_sales": {
        "sales": "money",
        "sales_ago": "money",
        "sales_share": "share",
        "sales_share_ago": "share",
    },
    "layers.caption_heads": {
        "per_head": "money",
        "per_head_ago": "money",
        "visits_per_head": "ratio",
        "visits_per_head_ago": "ratio",
    },
}


def _place_tables(named: pd.DataFrame, code: str, words: Words) -> Html:
    """Each table without the columns of which nothing is known."""
    shown = in_major_units(named, ["sales", "sales_ago", "per_head", "per_head_ago"], code)
    made = []
    for caption, forms in TABLES.items():
        columns = ["place", *(name for name in forms if shown[name].notna().any())]
        made.append(
            table(shown[columns], words, caption=words[caption], forms=forms, currency=code)
        )
    return join(made)


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
    count_axis(axes.xaxis)
    axes.grid(visible=True, axis="x")
    axes.margins(x=0.1)
    _write_at_ends(figure, axes, places)
    return figure


def _write_at_ends(figure, axes, places: pd.DataFrame) -> None:
    """Each bar's number at its own end, so that nobody reads it as that of the tick.

    Behind the end; where it would run into the tick inside the bar, and behind the tick where the
    bar is too short for it.
    """
    figure.draw_without_rendering()  # the widths are known once all is laid out
    starts = axes.transData.transform((0, 0))[0]
    point = figure.dpi / 72
    for i, (n, ago) in enumerate(zip(places.customers, places.year_ago, strict=True)):
        end, tick = (axes.transData.transform((x, 0))[0] / point for x in (n, ago))
        wide, shift, inside = text_width(f"{n:,}") + 2 * APART, APART, False
        if end - TICK < tick < end + wide:
            inside = end - starts / point > wide + TICK
            shift = -(APART + max(0, end - tick + TICK)) if inside else tick - end + APART
        axes.annotate(
            f"{n:,}",
            (n, i),
            xytext=(shift, 0),
            textcoords="offset points",
            va="center",
            ha="right" if inside else "left",
            color="white" if inside else INK,
        )
