"""The edges of the file: what its first months cannot tell, and what its last ones leave open."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, Book
from toolkit.report.markup import table
from toolkit.report.shown import Shown, figure_block, heading, more, paragraph
from toolkit.report.style import (
    COLOURS,
    HATCH_OPEN,
    HATCH_OTHER,
    INK,
    count_axis,
    drawing,
    new_figure,
    period_axis,
)
from toolkit.words import Words

LEFT_MONTHS, RIGHT_MONTHS = 24, 15
BAND = {"color": INK, "linewidth": 1.4, "capsize": 3}
CEILING = 0.99  # a share above it is called nearly all


def edges(book: Book) -> Shown:
    """The section on the file's first and last months."""
    early, total = book.left_edge(), book.left_edge_total()
    last, month, flows = book.last_visit_months(), book.open_month(), book.bucket_months()

    def write(words: Words):
        blocks = [paragraph(_lead(book, total, words), "lead"), _trusted(book, total, words)]
        blocks.append(_assumption(total, words))
        if _told(total):
            blocks.append(_left_figure(early, total, flows, words))
        blocks += [heading(words["edges.right_title"])]
        blocks.append(paragraph(words.say("edges.right", closing=book.closing)))
        open_ = last[~last.known & last.expected_lost.notna()]
        if len(open_):
            blocks.append(_right_figure(last, open_, words))
        if month is not None and month.expected.sum() >= FEW:
            blocks.append(paragraph(_open_sentence(book, month, words)))
            blocks.append(more(words, _month_figure(book, month, words)))
        return words["edges.title"], blocks

    return Shown.written("edges", book.settings.languages, write, brief=True)


def _lead(book: Book, total: dict, words: Words) -> str:
    if total["why"]:
        return words.say(f"edges.left_{total['why']}", first=book.first)
    if not _told(total):
        return words.say("edges.left_few", first=book.first, new=total["new"])
    return words.say(
        _by_share("edges.left", "edges.left_nearly", total["share"]),
        first=book.first,
        new=total["new"],
        returning=total["returning"],
        share=total["share"],
        low=total["low"],
        high=total["high"],
    )


def _by_share(key: str, nearly: str, share: float) -> str:
    """Which of two sentences on a share; above 99 % the estimate is at its ceiling, and the
    sentence gives the lower end of the interval instead (our rule)."""
    return nearly if share > CEILING else key


def _told(total: dict) -> bool:
    """Whether a share of the early new customers is given: not of fewer than five."""
    return total["share"] is not None and total["new"] >= FEW


def _trusted(book: Book, total: dict, words: Words):
    month, days = total["trusted_from"], book.cutoffs.lapse_days
    if month is None:
        return paragraph(words.say("edges.never_trusted", days=days))
    return paragraph(words.say("edges.trusted", month=f"{month:%Y-%m}", days=days))


def _assumption(total: dict, words: Words):
    if not _told(total):
        return None
    key = "edges.maybe_opened" if total["low"] == 0 else "edges.assumes"
    return paragraph(words[key], "note")


def _left_figure(early: pd.DataFrame, total: dict, flows: pd.DataFrame, words: Words):
    shown = flows.head(max(LEFT_MONTHS, len(early)))[["month", "new", "trusted"]]
    shown = shown.merge(early[["month", "share", "low", "high", "returning"]], how="left")
    known = early[early.share.notna()]
    first = known.iloc[0] if len(known) else None
    listed = early.rename(columns={"share": "old_share", "returning": "old_customers"})
    forms = dict.fromkeys(("new", "old_customers"), "count")
    forms |= dict.fromkeys(("old_share", "low", "high"), "share")
    description = words["edges.left_description_few"]
    if first is not None:
        description = words.say(
            _by_share("edges.left_description", "edges.left_description_nearly", first.share),
            month=first.month,
            new=int(first.new),
            share=first.share,
            low=first.low,
        )
    return figure_block(
        words,
        name="edges-left",
        figure=left_chart(shown, words),
        finding=words.say(
            _by_share("edges.left_finding", "edges.left_finding_nearly", total["share"]),
            share=total["share"],
            low=total["low"],
        ),
        description=description,
        table_html=table(listed, words, caption=words["edges.left_caption"], forms=forms),
        note=words["edges.left_note"],
    )


@drawing()
def left_chart(months: pd.DataFrame, words: Words):
    """New customers by month; of the early ones, those probably old are hatched, with the band."""
    figure, axes = new_figure(6.0, 3.0)
    x = range(len(months))
    # Null, not zero, where there is nothing: an empty bar would still draw its edge.
    old = (months.share * months.new).where(months.share > 0)
    really_new = months.new - old.fillna(0.0)
    hatched = {"facecolor": "white", "edgecolor": COLOURS["returned"], "hatch": HATCH_OPEN}
    axes.bar(x, really_new, color=COLOURS["new"], width=0.8, label=words["edges.really_new"])
    axes.bar(
        x,
        old,
        bottom=really_new,
        width=0.8,
        linewidth=0.6,
        label=words["edges.old"],
        **hatched,
    )
    known = months.share.notna().to_numpy()
    at = [i for i in x if known[i]]
    middle = really_new[known]
    band = [
        ((months.high - months.share) * months.new)[known],
        ((months.share - months.low) * months.new)[known],
    ]
    axes.errorbar(at, middle, yerr=band, fmt="none", label=words["edges.band"], **BAND)
    if months.trusted.any():
        start = int(months.trusted.to_numpy().argmax())
        axes.axvline(start - 0.5, color=COLOURS["lost"], linestyle="--", linewidth=1.2)
        axes.annotate(
            words.say("edges.from_here", month=months.month.iloc[start]),
            (start - 0.5, axes.get_ylim()[1]),
            xytext=(5, -10),
            textcoords="offset points",
            color=COLOURS["lost"],
        )
    _month_axis(axes, months.month, words)
    figure.legend(loc="outside upper left", ncols=3)
    return figure


def _right_figure(last: pd.DataFrame, open_: pd.DataFrame, words: Words):
    shown = last.tail(max(RIGHT_MONTHS, len(open_) + 3))
    latest = open_.iloc[-1]
    listed = last[["month", "customers", "lost", "open", "expected_lost", "low", "high"]]
    listed = listed.rename(columns={"lost": "lost_so_far", "open": "still_open"})
    return figure_block(
        words,
        name="edges-right",
        figure=right_chart(shown, words),
        finding=words.say("edges.right_finding", month=open_.month.iloc[0]),
        description=words.say(
            "edges.right_description",
            open=int(open_.open.sum()),
            lost=float((open_.expected_lost - open_.lost).sum()),
            month=latest.month,
            n=int(latest.customers),
            low=float(latest.low),
            high=float(latest.high),
        ),
        table_html=table(
            listed[::-1],
            words,
            head=RIGHT_MONTHS,
            caption=words["edges.right_caption"],
            forms=dict.fromkeys(listed.columns[1:], "count"),
        ),
        note=words["edges.right_note"],
    )


@drawing()
def right_chart(months: pd.DataFrame, words: Words):
    """Customers by month of last visit: lost for good, probably lost (hatched, band), the rest."""
    figure, axes = new_figure(6.0, 3.0)
    x = range(len(months))
    due = months.expected_lost - months.lost
    due = due.where(due > 0)
    hatched = {"facecolor": "white", "linewidth": 0.6, "hatch": HATCH_OPEN, "width": 0.8}
    axes.bar(x, months.lost, color=COLOURS["lost"], width=0.8, label=words["edges.lost"])
    axes.bar(
        x,
        due,
        bottom=months.lost,
        edgecolor=COLOURS["lost"],
        label=words["edges.probably_lost"],
        **hatched,
    )
    bottom = months.lost + due.fillna(0.0)
    back = months.customers - bottom
    axes.bar(
        x,
        back.where(back > 0),
        bottom=bottom,
        edgecolor=COLOURS["active"],
        label=words["edges.probably_back"],
        **hatched | {"hatch": HATCH_OTHER},
    )
    waiting = (~months.known & months.expected_lost.notna()).to_numpy()
    at = [i for i in x if waiting[i]]
    rows = months[waiting]
    band = [rows.expected_lost - rows.low, rows.high - rows.expected_lost]
    axes.errorbar(at, rows.expected_lost, yerr=band, fmt="none", label=words["edges.band"], **BAND)
    _month_axis(axes, months.month, words)
    figure.legend(loc="outside upper left", ncols=2)
    return figure


def _open_sentence(book: Book, month: pd.DataFrame, words: Words) -> str:
    by = month.set_index("flow")
    values = {
        f"{flow}_{part}": float(by.loc[flow, part])
        for flow in by.index
        for part in ("expected", "low", "high")
    }
    name = f"{book.closing:%Y-%m}"
    return words.say("edges.open_month", month=name, closing=book.closing, **values)


def _month_figure(book: Book, month: pd.DataFrame, words: Words):
    listed = month.assign(flow=[words[f"flow.{flow}"] for flow in month.flow])
    listed = listed.drop(columns="months").rename(
        columns={"flow": "step", "expected": "expected_whole"}
    )
    return figure_block(
        words,
        name="edges-month",
        figure=month_chart(month, words),
        finding=words.say("edges.month_finding", month=f"{book.closing:%Y-%m}"),
        description=words.say("edges.month_description", months=int(month.months.iloc[0])),
        table_html=table(
            listed,
            words,
            caption=words["edges.month_caption"],
            forms=dict.fromkeys(listed.columns[1:], "count"),
        ),
    )


@drawing()
def month_chart(month: pd.DataFrame, words: Words):
    """So far solid, still to come hatched, with the band of the whole month."""
    figure, axes = new_figure(6.0, 2.2)
    labels = [words[f"flow.{flow}"] for flow in month.flow]
    colours = [COLOURS[flow] for flow in month.flow]
    axes.barh(labels, month.so_far, color=colours, height=0.6)
    axes.barh(
        labels,
        month.expected - month.so_far,
        left=month.so_far,
        facecolor="white",
        edgecolor=colours,
        hatch=HATCH_OPEN,
        height=0.6,
        linewidth=0.6,
    )
    band = [month.expected - month.low, month.high - month.expected]
    axes.errorbar(month.expected, labels, xerr=band, fmt="none", **BAND)
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    axes.set(xlabel=words["axis.customers"], xlim=(0, None))
    return figure


def _month_axis(axes, months: pd.Series, words: Words) -> None:
    period_axis(axes, months.tolist())
    axes.set(xlabel="", ylabel=words["axis.customers"])
    count_axis(axes.yaxis)
