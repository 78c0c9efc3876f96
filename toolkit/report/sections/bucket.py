"""The leaky bucket: who came in, who went out, how big the hole is."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, Book
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts
from toolkit.report.markup import table
from toolkit.report.sections.bucket_money import money_figure
from toolkit.report.sections.period_marks import open_bar, period_mark
from toolkit.report.shown import Shown, figure_block, paragraph
from toolkit.report.style import (
    COLOURS,
    count_axis,
    drawing,
    new_figure,
    period_axis,
)
from toolkit.words import Words

STEPS = ("opening", "new", "returned", "lost", "closing")
SHOWN_MONTHS, TABLE_MONTHS = 24, 24  # all of them are in tables/bucket.csv


def bucket(book: Book) -> Shown:
    """The section on the bucket: year, months and money."""
    facts, months = book_facts(book), book.bucket_months()

    def write(words: Words):
        blocks = [_hole(facts, words), _year_figure(facts, words)]
        if filling(facts) and facts.value("bucket.year.opening"):
            blocks.append(paragraph(facts.say(words, "bucket.filling_note"), "note"))
        if len(months) > 1:
            blocks.append(_month_figure(book, months, facts, words))
        if book.has_money and book.two_years:
            blocks.append(money_figure(book, words))
        return words["bucket.title"], blocks

    return Shown.written("bucket", book.settings.languages, write)


def _hole(facts: Facts, words: Words):
    n, change = facts["hole.year"], None
    short = n.why == "file_too_short"
    key = "bucket.hole_unknown" if short else "bucket.hole_unknown_few"
    if facts.known("hole.year"):
        key = "bucket.hole"
    if facts.known("hole.year", "hole.previous"):
        change = facts.value("hole.year") - facts.value("hole.previous")
        seen = round(100 * change, 1)  # points as they are written
        key = f"bucket.hole_{'grown' if seen > 0 else 'shrunk' if seen < 0 else 'same'}"
        change = abs(change)
    return paragraph(
        facts.say(words, key, lapsed=n.numerator, there=n.denominator, change=change), "lead"
    )


def _year_figure(facts: Facts, words: Words):
    frame = pd.DataFrame(
        {
            "step": [words[f"flow.{step}"] for step in STEPS],
            "customers": [facts.value(f"bucket.year.{step}") for step in STEPS],
        }
    )
    lost, back = (facts.value(f"bucket.year.{k}") for k in ("lost", "came_back"))
    note = "bucket.came_back" if back else "bucket.nobody_back" if lost else "bucket.nobody_lost"
    return figure_block(
        words,
        name="bucket-year",
        figure=year_chart(frame, words, filling(facts)),
        finding=facts.say(words, f"bucket.finding_{_way(facts)}"),
        description=facts.say(words, "bucket.description"),
        table_html=table(
            frame, words, caption=words["bucket.year_caption"], forms={"customers": "count"}
        ),
        note=facts.say(words, note),
    )


def filling(facts: Facts) -> bool:
    """Whether the year began before the opening could be trusted (`Book.filled_from`)."""
    return not facts.known("customers.previous")


def _way(facts: Facts) -> str:
    """How the level went over the year: falling, rising, steady, begun from nothing, or not to be
    told because the file was still filling."""
    opening, closing = (facts.value(f"bucket.year.{end}") for end in ("opening", "closing"))
    if not opening:
        return "begun"
    if filling(facts):
        return "filling"
    if opening == closing:
        return "steady"
    return "falling" if closing < opening else "rising"


@drawing()
def year_chart(frame: pd.DataFrame, words: Words, filling: bool = False):
    """Opening, in, in, out, closing as steps of a waterfall, each with its number; opening and new
    hatched while the file was still filling."""
    figure, axes = new_figure(6.0, 3.0)
    opening, new, returned, lost, closing = frame.customers
    bottoms = [0, opening, opening + new, closing, 0]
    colours = [COLOURS[k] for k in ("active", "new", "returned", "lost", "active")]
    signs = ["", "+", "+", "−", ""]
    bars = axes.bar(frame.step, frame.customers, bottom=bottoms, color=colours, width=0.62)
    for bar in bars[:2] if filling else ():
        open_bar(bar)
    for i, (height, base) in enumerate(zip(frame.customers, bottoms, strict=True)):
        axes.annotate(
            f"{signs[i]}{height:,}",
            (i, base + height),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
        )
    axes.set(xlabel="", ylabel=words["axis.customers"])
    count_axis(axes.yaxis)
    axes.margins(y=0.12)
    return figure


def _month_figure(book: Book, months: pd.DataFrame, facts: Facts, words: Words):
    recent = months.tail(SHOWN_MONTHS)
    marked = months.assign(
        hole=(months.lost / months.opening).where(months.trusted & (months.opening >= FEW)),
        mark=[period_mark(row, words) for row in months.itertuples()],
    )
    columns = ["month", "opening", "new", "returned", "lost", "closing", "hole", "mark"]
    forms = dict.fromkeys(columns[1:6], "count") | {"hole": "share"}
    whole = recent[recent.complete & recent.trusted]
    most = whole.lost.max() if len(whole) else 0
    # One loss, or as many in another month, makes no month the worst.
    worst = whole.loc[whole.lost.idxmax()] if most > 1 and (whole.lost == most).sum() == 1 else None
    key = "bucket.months_finding" if worst is not None else "bucket.months_finding_short"
    more = {"month": worst.month, "n": int(worst.lost)} if worst is not None else {}
    return figure_block(
        words,
        name="bucket-months",
        figure=month_chart(recent, words),
        finding=words.say(key, **more),
        description=facts.say(words, "bucket.months_description", months=len(recent)),
        table_html=table(
            marked[columns][::-1],
            words,
            caption=words["bucket.months_caption"],
            forms=forms,
            head=TABLE_MONTHS,
        ),
        note=facts.say(words, "bucket.months_note"),
    )


@drawing()
def month_chart(months: pd.DataFrame, words: Words):
    """In above the line, out below it, month by month; hatched where not to be trusted."""
    figure, axes = new_figure(6.0, 3.2)
    x = range(len(months))
    sure = (months.trusted & months.complete).tolist()
    stacks = (
        ("new", months.new, 0),
        ("returned", months.returned, months.new),
        ("lost", -months.lost, 0),
    )
    for name, height, bottom in stacks:
        bars = axes.bar(
            x, height, bottom=bottom, color=COLOURS[name], width=0.8, label=words[f"flow.{name}"]
        )
        for bar, known in zip(bars, sure, strict=True):
            if not known:
                open_bar(bar)
    axes.axhline(0, color=COLOURS["neutral"], linewidth=1)
    period_axis(axes, months.month.tolist())
    axes.set(xlabel="", ylabel=words["axis.customers"])
    count_axis(axes.yaxis)
    figure.legend(loc="outside upper left", ncols=3)
    return figure
