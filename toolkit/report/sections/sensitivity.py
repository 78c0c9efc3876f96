"""How far the message depends on where the lines are drawn."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, LAYERS, STATES, Book
from toolkit.report.amounts import in_major_units
from toolkit.report.book_facts import book_facts
from toolkit.report.layer_names import place_name
from toolkit.report.markup import table, written
from toolkit.report.shown import Shown, figure_block, more, paragraph
from toolkit.report.style import COLOURS, drawing, new_figure
from toolkit.report.verdict import verdict
from toolkit.words import Words

LAPSE = ("lapse_less", "as_set", "lapse_more")
CUTS = ("cuts_less", "as_set", "cuts_more")


def sensitivity(book: Book) -> Shown:
    """The section on the lines: counts with the lapse line and the cut-offs a quarter away."""
    rows = book.sensitivity().set_index("scenario", drop=False)
    message = _message(book, rows)

    def write(words: Words):
        lead = "sensitivity.lead" if book.has_money else "sensitivity.lead_lapse"
        blocks = [paragraph(words[lead], "lead"), _strip_figure(book, rows, message, words)]
        if book.has_money:
            blocks.append(more(words, _place_table(rows, words)))
        return words["sensitivity.title"], blocks

    return Shown.written("sensitivity", book.settings.languages, write, brief=True)


def _message(book: Book, rows: pd.DataFrame) -> str:
    """Whether another lapse line would say something else: `plug`, `tap`, `depends`, `counts`.

    The first two: the hole stays on the same side of `small_hole` with all three lines, and so
    does the message of page one. `counts` where there is no such message, or no hole to compare.
    """
    holes, small = rows.hole.loc[list(LAPSE)], float(book.settings.small_hole)
    said = verdict(book_facts(book), small)
    if holes.isna().any() or not said.startswith(("plug", "tap")):
        return "counts"
    if (holes >= small).all():
        return "plug"
    return "tap" if (holes < small).all() else "depends"


def _strip_figure(book: Book, rows: pd.DataFrame, message: str, words: Words):
    lapse = rows.loc[list(LAPSE)]
    spans = {
        "hole": _span(lapse.hole, words, "share"),
        "active": _span(lapse.active, words, "count"),
    }
    if message == "counts" and lapse.active.nunique() == 1:
        message = "counts_same"
    days = {name: int(rows.lapse_days[f"lapse_{name}"]) for name in ("less", "more")}
    described = "sensitivity.description"
    if book.has_money:
        spans["prime"] = _span(rows.loc[list(CUTS), "prime_active"], words, "count")
        described = "sensitivity.description_layers"
    return figure_block(
        words,
        name="sensitivity-strip",
        figure=strip_chart(rows, words),
        finding=words.say(f"sensitivity.finding_{message}", **spans),
        description=words.say(described, **spans, **days),
        table_html=_strip_table(book, rows, words),
        note=words["sensitivity.note"] if book.has_money else None,
    )


def _span(values: pd.Series, words: Words, form: str) -> str:
    """From the least to the most, or the one value where they are written alike."""
    least, most = (written(end, words, form) for end in (values.min(), values.max()))
    return least if least == most else words.say("sensitivity.span", least=least, most=most)


@drawing()
def strip_chart(rows: pd.DataFrame, words: Words):
    """Active customers by lapse line and, with layers, active prime customers by cut-offs."""
    strips = [(LAPSE, "active", "active", "axis.active_customers")]
    if "cuts_less" in rows.index:
        strips.append((CUTS, "prime_active", "prime", "axis.active_prime"))
    figure, axes = new_figure(6.0, 2.4, ncols=len(strips), squeeze=False)
    figure.get_layout_engine().set(wspace=0.1)
    for ax, (names, column, colour, label) in zip(axes[0], strips, strict=True):
        if column == "active":
            ticks = [words.write(int(rows.lapse_days[name]), "days") for name in names]
        if column != "active" or len(set(ticks)) < len(ticks):  # a short line stays in whole days
            ticks = [words[f"sensitivity.short_{name}"] for name in CUTS]
        heights = rows.loc[list(names), column].astype(int)
        fills = ["white", COLOURS[colour], "white"]  # what is set is filled, the others are not
        ax.bar(
            range(len(ticks)),
            heights,
            color=fills,
            edgecolor=COLOURS[colour],
            linewidth=1.4,
            width=0.62,
        )
        for i, n in enumerate(heights):
            ax.annotate(f"{n:,}", (i, n), xytext=(0, 3), textcoords="offset points", ha="center")
        ax.set_title(words[label])
        ax.margins(y=0.16)
        ax.grid(visible=False)
        ax.set_xticks(range(len(ticks)), ticks)
        ax.set_yticks([])
    return figure


def _strip_table(book: Book, rows: pd.DataFrame, words: Words):
    code = book.settings.currency
    lines = {"lapse_days": "days", "fledgling_days": "days", "amount_line": "money"}
    forms = lines | {
        "prime_days": "days",
        "active": "count",
        "lapsed": "count",
        "hole_year": "share",
    }
    named = rows.assign(
        scenario=[words[f"sensitivity.{name}"] for name in rows.scenario], hole_year=rows.hole
    )
    columns = ["scenario", *forms]
    if book.has_money:
        named = in_major_units(named, ["amount_line"], code)
    else:
        columns = ["scenario", "lapse_days", "active", "lapsed", "hole_year"]
    if rows.active["as_set"] + rows.lapsed["as_set"] < FEW:
        columns.remove("hole_year")
    caption = words["sensitivity.caption"]
    return table(named[columns], words, caption=caption, forms=forms, currency=code)


def _place_table(rows: pd.DataFrame, words: Words):
    """The ten places down, the five scenarios across."""
    places = [(layer, state) for layer in LAYERS for state in STATES]
    names = [place_name(*place, words) for place in places]
    wide = rows[[f"{layer}_{state}" for layer, state in places]].T.reset_index(drop=True)
    shown = wide.rename(columns={name: words[f"sensitivity.{name}"] for name in rows.scenario})
    forms = dict.fromkeys(shown.columns, "count")
    shown.insert(0, "place", names)
    return table(shown, words, caption=words["sensitivity.places_caption"], forms=forms)
