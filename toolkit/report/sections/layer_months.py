"""The ten layers month by month: people, what they bought, and the change on a year before."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, LAYERS, Book
from toolkit.report.amounts import axis_amount, in_major_units
from toolkit.report.layer_names import by_layer, by_place
from toolkit.report.markup import MOST_ROWS, table
from toolkit.report.sections.layer_tables import (
    LAYER_FILE,
    SHOWN_ROWS,
    active,
    change_table,
    head_table,
    share_table,
)
from toolkit.report.sections.period_marks import marked, open_months, unsure
from toolkit.report.shown import figure_block, more, paragraph
from toolkit.report.style import (
    COLOURS,
    count_axis,
    drawing,
    month_starts,
    new_figure,
)
from toolkit.words import Words

SHOWN_MONTHS = 36


def month_blocks(book: Book, months: pd.DataFrame, words: Words) -> list:
    """The figure of people by month end, and behind it shares, sales, amounts per head, changes."""
    blocks = [_people_figure(months, words)]
    whole = months[months.month_end < _unfinished(book)]
    last = whole[whole.month_end == whole.month_end.max()]
    behind = []
    if last.sales.sum() > 0 and last.customers.sum() >= FEW:
        behind.append(_sales_figure(book, months, last, words))
        behind.append(share_table(months, words))
        behind.append(head_table(book, months, words))
    if months.year_ago.notna().any():
        behind.append(change_table(months, words))
    if not behind:
        return blocks
    behind.append(paragraph(words.say("layers.file", file=LAYER_FILE), "note"))
    return [*blocks, more(words, *behind)]


def _unfinished(book: Book):
    """The closing date when its month is not over, else the day after."""
    following = book.closing + pd.Timedelta(days=1)
    return following if following.day == 1 else book.closing


def _people_figure(months: pd.DataFrame, words: Words):
    wide = active(months, "customers")
    prime = wide["prime"]
    top_day, top, now = prime.idxmax(), int(prime.max()), int(prime.iloc[-1])
    key = "layers.months_finding_now" if now == top else "layers.months_finding"
    key = key if top else "layers.months_finding_none"
    shown = by_place(months, "customers", words)
    return figure_block(
        words,
        name="layers-months",
        figure=month_chart(wide, words, months),
        finding=words.say(key, day=top_day, n=top, now=now),
        description=words["layers.months_description"],
        table_html=table(
            marked(shown, months, words, MOST_ROWS),
            words,
            caption=words["layers.months_caption"],
            forms=dict.fromkeys(shown.columns[1:], "count"),
        ),
        note=words["layers.months_note"] if unsure(months) else None,
    )


@drawing()
def month_chart(wide: pd.DataFrame, words: Words, months: pd.DataFrame):
    """Active customers by layer at each month end, stacked, names written beside the bands;
    hatched while the file was filling and where the last month is not over."""
    figure, axes = new_figure(6.0, 3.2)
    _draw_bands(axes, wide, words)
    open_months(axes, months)
    axes.set(xlabel="", ylabel=words["axis.active_customers"])
    count_axis(axes.yaxis)
    return figure


def _draw_bands(axes, wide: pd.DataFrame, words: Words) -> None:
    days = pd.to_datetime(wide.index)
    bands = wide[list(LAYERS)[::-1]]
    tops = bands.astype(float).cumsum(axis=1)
    for name in tops.columns[::-1]:  # from the top down to the ground, each over the one before
        axes.fill_between(days, tops[name], color=COLOURS[name], edgecolor="white")
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
    axes.set_xlim(days[0], days[-1])
    axes.set_ylim(0)
    ticks = month_starts(wide.index[0], wide.index[-1])
    axes.set_xticks(pd.to_datetime(ticks), [f"{day:%Y-%m}" for day in ticks])


def _sales_figure(book: Book, months: pd.DataFrame, last: pd.DataFrame, words: Words):
    code = book.settings.currency
    major = in_major_units(months, ["sales"], code)
    wide = major.pivot_table(index="month_end", columns="layer", values="sales", aggfunc="sum")
    wide = wide[list(LAYERS)]
    shown = by_layer(wide, words)
    month = last.month_end.iloc[0]
    drawn = wide[wide.index <= month].tail(SHOWN_MONTHS)
    shares = last.groupby("layer").sales.sum() / last.sales.sum()
    told = "prime" if shares["prime"] > 0 else shares.idxmax()
    beside = told == "prime" and shares["steady"] > 0
    return figure_block(
        words,
        name="layers-sales",
        figure=sales_chart(drawn, code, words, months[months.month_end.isin(drawn.index)]),
        finding=words.say(
            "layers.sales_finding",
            month=f"{month:%Y-%m}",
            layer=words[f"layer.{told}"],
            share=shares[told],
        ),
        description=words.say("layers.sales_description", share=shares["steady"])
        if beside
        else words["layers.sales_where"],
        table_html=table(
            marked(shown, months, words, SHOWN_ROWS),
            words,
            caption=words["layers.sales_caption"],
            forms=dict.fromkeys(shown.columns[1:], "money"),
            currency=code,
            head=SHOWN_ROWS,
        ),
    )


@drawing()
def sales_chart(wide: pd.DataFrame, code: str, words: Words, months: pd.DataFrame):
    """Sales of each month by the layer its buyers stand in at the end, stacked; hatched while the
    file was filling.

    A layer that gave back more than it bought in a month is drawn as nothing.
    """
    figure, axes = new_figure(6.0, 3.0)
    _draw_bands(axes, wide.clip(lower=0), words)
    open_months(axes, months)
    axes.set(xlabel="", ylabel=words["column.sales"])
    axes.yaxis.set_major_formatter(axis_amount(code, words.language))
    return figure
