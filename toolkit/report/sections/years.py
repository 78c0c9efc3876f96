"""Year by year: who bought, who stayed, and what a customer spends in a year (New CPM)."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, Book
from toolkit.report.amounts import in_major_units
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts, in_major
from toolkit.report.markup import join, table
from toolkit.report.sections.two_views import two_views
from toolkit.report.sections.year_names import year_name, year_tick
from toolkit.report.shown import Shown, figure_block, more, paragraph
from toolkit.report.style import (
    COLOURS,
    count_axis,
    drawing,
    new_figure,
)
from toolkit.words import Words

SHOWN_YEARS = 10
PEOPLE = ("yearly_active", "kept", "revived", "new", "not_back")
SHOWN_AS = {"end": "year_to", "active": "yearly_active", "lost": "not_back"}
RATES = ("retention", "revival")
MONEY = ("sales", "sales_per_active", "kept_spend", "revived_spend", "new_spend")


def years(book: Book) -> Shown:
    """The section on the years: active customers, who stayed, and yearly spend per customer."""
    facts, history = book_facts(book), book.year_history()
    history = history.rename(columns=SHOWN_AS)

    def write(words: Words):
        first, *others = _lead(book, facts, words)
        blocks = [paragraph(first, "lead"), *map(paragraph, others)]
        blocks += [paragraph(line) for line in compared(history, book, words)]
        if len(history) > 1 and history.yearly_active.max() >= FEW:
            blocks.append(_figure(book, history, facts, words))
        elif len(history):
            blocks.append(_tables(book, history, words))
        blocks.append(two_views(book, facts, words))
        if facts.known("year.previous"):
            blocks.append(more(words, _flows(facts, words)))
        return words["years.title"], blocks

    return Shown.written("years", book.settings.languages, write)


def _lead(book: Book, facts: Facts, words: Words):
    """The sentences before the chart: sales as spend times people, then the rates and spends."""
    if book.has_money and facts.known("ltv.year"):
        yield facts.say(words, "years.lead")
    elif book.has_money or not len(book.year_history()):
        yield facts.say(words, "years.too_short")
    else:
        yield facts.say(words, "years.lead_counts")
    if facts.known("rate.retention", "rate.revival"):
        yield facts.say(words, "years.rates")
    if facts.known("ltv.kept", "ltv.revived", "ltv.new"):
        yield facts.say(words, "years.spends")


def compared(history: pd.DataFrame, book: Book, words: Words):
    """The sentence on what rose and fell against the year before, where both years are known."""
    if len(history) < 2:
        return
    before, now = history.iloc[-2], history.iloc[-1]
    forms = dict.fromkeys(RATES, "share")
    enough = min(before.yearly_active, now.yearly_active) >= FEW
    forms |= {"sales_per_active": "money"} if book.has_money and enough else {}
    code, changes = book.settings.currency, []
    for name, form in forms.items():
        if pd.isna(before[name]) or pd.isna(now[name]):
            continue
        pair = [float(year[name]) for year in (before, now)]
        pair = [in_major(value, code) if form == "money" else value for value in pair]
        then, today = (words.write(value, form, code) for value in pair)
        way = "stayed" if then == today else "rose" if pair[1] > pair[0] else "fell"
        changes.append(
            words.say(f"years.{way}", what=words[f"years.{name}"], before=then, now=today)
        )
    if changes:
        yield words.say("years.compared", changes=words["note.and"].join(changes))


def _flows(facts: Facts, words: Words):
    """From last year's customers to this year's."""
    steps = ("previous", "lost", "kept", "revived", "new", "active")
    frame = pd.DataFrame(
        {
            "step": [words[f"year.{step}"] for step in steps],
            "customers": [facts.value(f"year.{step}") for step in steps],
        }
    )
    return table(frame, words, caption=words["years.flows_caption"], forms={"customers": "count"})


def _figure(book: Book, history: pd.DataFrame, facts: Facts, words: Words):
    before, now = (int(n) for n in history.yearly_active.tail(2))
    key = "fewer" if now < before else "more" if now > before else "same"
    kept = int(history.kept.iloc[-1])
    return figure_block(
        words,
        name="years-active",
        figure=chart(history.tail(SHOWN_YEARS), words),
        finding=words.say(f"years.finding_{key}", now=now, before=before),
        description=words.say(
            "years.description", kept=kept, new=int(history.new.iloc[-1]), now=now
        ),
        table_html=_tables(book, history, words),
        note=words["years.note"],
    )


def _tables(book: Book, history: pd.DataFrame, words: Words):
    """People and rates, then money, newest year first."""
    newest = history[::-1]
    newest = newest.assign(year_to=[year_name(end, words) for end in newest.year_to])
    people = table(
        newest[["year_to", *PEOPLE, *RATES]],
        words,
        caption=words["years.people_caption"],
        forms=dict.fromkeys(PEOPLE, "count") | dict.fromkeys(RATES, "share"),
    )
    if not book.has_money:
        return people
    code = book.settings.currency
    spent = table(
        in_major_units(newest, MONEY, code)[["year_to", *MONEY]],
        words,
        caption=words["years.money_caption"],
        forms=dict.fromkeys(MONEY, "money"),
        currency=code,
    )
    return join([people, spent], "\n")


@drawing()
def chart(history: pd.DataFrame, words: Words):
    """Active customers of each year as kept, revived and new; undivided where not yet known."""
    figure, axes = new_figure(6.0, 3.2)
    labels = [year_tick(end, words) for end in history.year_to]
    base = _undivided(axes, labels, history, words)
    for name, colour in (("kept", "active"), ("revived", "returned"), ("new", "new")):
        height = history[name].astype("Float64").fillna(0).astype(float)
        label = words[f"years.{name}"]
        axes.bar(labels, height, bottom=base, color=COLOURS[colour], width=0.62, label=label)
        base = base + height
    for i, (active, kept) in enumerate(zip(history.yearly_active, history.kept, strict=True)):
        _write(axes, f"{active:,}", i, active, 3, "bottom")
        if pd.notna(kept) and kept >= 0.08 * history.yearly_active.max():
            _write(axes, f"{kept:,}", i, kept / 2, 0, "center", "white")
    axes.set(xlabel="", ylabel=words["axis.customers"])
    count_axis(axes.yaxis)
    axes.margins(y=0.12)
    figure.legend(loc="outside upper left", ncols=2)
    return figure


def _undivided(axes, labels: list[str], history: pd.DataFrame, words: Words) -> pd.Series:
    """The bar of a year that cannot be divided; a base of nothing for the others."""
    unknown = history.yearly_active.where(history.kept.isna(), 0).astype(float)
    axes.bar(
        labels,
        unknown,
        color=COLOURS["neutral"],
        width=0.62,
        label=words["years.undivided"] if unknown.any() else "_",
    )
    return unknown


def _write(axes, text: str, x: int, y: float, up: int, va: str, colour: str | None = None):
    more = {"color": colour} if colour else {}
    axes.annotate(
        text, (x, y), xytext=(0, up), textcoords="offset points", ha="center", va=va, **more
    )
