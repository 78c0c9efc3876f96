"""Who moved where in a year: the movement matrix, and promotion and lapse by layer."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from toolkit.book import FEW, LAYERS, STATES, Book, year_after
from toolkit.report.layer_names import place_heading, place_name
from toolkit.report.markup import table
from toolkit.report.shown import Shown, figure_block, heading, paragraph
from toolkit.report.style import (
    COLOURS,
    drawing,
    new_figure,
    share_axis,
)
from toolkit.words import Words

FATES = {"promoted": "new", "stayed": "active", "fell_back": "returned", "lapsed": "lost"}
NARROW = 0.06  # a part smaller than this has no room for its number
OUTSIDE = ("outside", "")


def movement(
    book: Book, start: dt.date | str | None = None, end: dt.date | str | None = None
) -> Shown | None:
    """The section on moves between the layers from `start` (default: a year before the closing
    date) to `end` (default: the closing date); None for a file without amounts.

    Days as dates or YYYY-MM-DD. Before anybody could have been lost there is nobody to follow,
    and the section says so.
    """
    if not book.has_money:
        return None
    start, end = (
        dt.date.fromisoformat(day) if isinstance(day, str) else day
        for day in (start or book.year_ago, end or book.closing)
    )
    rates = book.layer_rates(start, end) if start >= book.filled_from else None

    def write(words: Words):
        if rates is None:
            day = year_after(book.filled_from)
            return words["movement.title"], [paragraph(words.say("movement.too_short", day=day))]
        blocks = [paragraph(words.say("movement.lead", start=start, end=end), "lead")]
        if (rates.customers >= FEW).any():
            blocks.append(_rate_figure(rates, words))
        else:
            blocks.append(paragraph(words["movement.few"]))
        return words["movement.title"], blocks + _matrix(book, start, end, words)

    return Shown.written("movement", book.settings.languages, write)


def _rate_figure(rates: pd.DataFrame, words: Words):
    known = rates[rates.customers >= FEW].set_index("layer")
    told = known.loc["prime"] if "prime" in known.index else known.loc[known.customers.idxmax()]
    up = known[known.index != "prime"]
    most = up.loc[up.promotion.idxmax()] if len(up) else None
    key = "description_none" if most is None else "description"
    if most is not None and not most.promoted:
        key = "description_nobody"
    said = (
        {"layer": words[f"layer.{most.name}"], "share": most.promotion} if most is not None else {}
    )
    named = rates.assign(layer=[words[f"layer.{k}"] for k in rates.layer])
    counts = dict.fromkeys(["customers", *FATES], "count")
    return figure_block(
        words,
        name="movement-rates",
        figure=rate_chart(known, words),
        finding=words.say(
            "movement.finding",
            layer=words[f"layer.{told.name}"],
            n=int(told.customers),
            share=told.lapse,
        ),
        description=words.say(f"movement.{key}", **said),
        table_html=table(
            named,
            words,
            caption=words["movement.rates_caption"],
            forms=counts | {"promotion": "share", "lapse": "share"},
        ),
        note=words["movement.note"],
    )


@drawing()
def rate_chart(rates: pd.DataFrame, words: Words):
    """What became of the active of each layer, one bar of a hundred per cent per layer."""
    figure, axes = new_figure(6.0, 0.9 + 0.46 * len(rates))
    names = [
        words.say("movement.layer", layer=words[f"layer.{r.Index}"], n=int(r.customers))
        for r in rates.itertuples()
    ]
    left = pd.Series(0.0, index=rates.index)
    fates = {fate: colour for fate, colour in FATES.items() if rates[fate].any()}
    for fate, colour in fates.items():
        part = rates[fate] / rates.customers
        axes.barh(
            names,
            part,
            left=left,
            color=COLOURS[colour],
            edgecolor="white",
            label=words[f"column.{fate}"],
            height=0.72,
        )
        for i, (width, start) in enumerate(zip(part, left, strict=True)):
            if width >= NARROW:
                axes.annotate(
                    f"{100 * width:.0f}%",
                    (start + width / 2, i),
                    ha="center",
                    va="center",
                    color="white",
                )
        left += part
    axes.invert_yaxis()
    axes.set(xlabel=words["axis.share_of_layer"], ylabel="", xlim=(0, 1))
    share_axis(axes.xaxis)
    figure.legend(loc="outside upper center", ncols=len(fates), handlelength=1, columnspacing=1.2)
    return figure


def _matrix(book: Book, start: dt.date, end: dt.date, words: Words):
    """The ten places on two days, with the sums of rows and columns."""
    moved = book.movement(start, end)
    places = [(layer, state) for layer in LAYERS for state in STATES]
    wide = moved.pivot_table(
        index=["from_layer", "from_state"],
        columns=["to_layer", "to_state"],
        values="customers",
        aggfunc="sum",
        fill_value=0,
    )
    wide = wide.reindex(index=[*places, OUTSIDE], columns=places, fill_value=0).astype("int64")
    names = [place_name(*place, words) for place in wide.index]
    total = words["column.total"]
    headings = [place_heading(*place, words) for place in places]
    shown = pd.DataFrame(wide.to_numpy(), columns=headings)
    shown.insert(0, total, shown.sum(axis=1))
    shown.loc[len(shown)] = shown.sum()
    shown.insert(0, "from_place", [*names, total])
    caption = words.say("movement.caption", start=start, end=end)
    forms = dict.fromkeys(shown.columns[1:], "count")
    return [
        heading(words["movement.matrix_title"]),
        paragraph(words["movement.matrix_text"]),
        table(shown, words, caption=caption, forms=forms),
    ]
