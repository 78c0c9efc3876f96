"""What the customers are worth: expected margin in all, by layer, and of one customer."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, LAYERS, Book
from toolkit.foresight import Equity, Outlook, equity_of, look_ahead
from toolkit.report.amounts import axis_amount, in_major_units
from toolkit.report.layer_names import place_name
from toolkit.report.markup import join, table
from toolkit.report.sections.certainty import NEEDED
from toolkit.report.sections.equity_grounds import (
    in_money,
    lives_told,
    mark,
    record_table,
    rests_on,
)
from toolkit.report.shown import Shown, figure_block, heading, paragraph
from toolkit.report.style import COLOURS, INK, drawing, new_figure
from toolkit.words import Words

CAPTIONS = {12: "equity.caption_12", 36: "equity.caption_36"}
MONTHS = tuple(CAPTIONS)


def equity(book: Book, outlook: Outlook) -> Shown | None:
    """The section on the value of the customers; None for a file without amounts."""
    if not book.has_money:
        return None
    return worth_told(book, equity_of(book, outlook), look_ahead(book).sales_of_present)


def worth_told(book: Book, found: Equity, sales: int | None = None) -> Shown | None:
    """The same of what `foresee_value` gives for the book. sales: what the outlook has for the same
    customers in the same year (`Ahead.sales_of_present`, minor units), named beside the value
    where the two are more than a tenth apart."""
    if not book.has_money:
        return None

    def write(words: Words):
        if found.groups is None:
            told = words.say(f"equity.none_{found.why}", n=NEEDED.get(found.why))
            return words["equity.title"], [paragraph(told, "lead")]
        if not found.total()["margin_36"]:
            return words["equity.title"], [paragraph(words[_nothing(found)], "lead")]
        blocks = [
            paragraph(_lead(book, found, words), "lead"),
            _layer_figure(book, found, words),
            *_one_kept(book, found, words),
            *_second_life(book, found, words),
            rests_on(book, found, sales, words),
            record_table(book, found, words),
        ]
        return words["equity.title"], blocks

    return Shown.written("equity", book.settings.languages, write)


def _nothing(found: Equity) -> str:
    """Why no margin is to come: all of it would go back, or nobody is expected."""
    return "equity.all_back" if found.spend.kept_share == 0 else "equity.nobody"


def _lead(book: Book, found: Equity, words: Words) -> str:
    total = found.total()
    values = {
        f"{name}_{months}": in_money(total[f"{name}_{months}"], book, words)
        for months in MONTHS
        for name in ("margin", "low", "high")
    }
    known = [pd.notna(total[f"low_{months}"]) for months in MONTHS]
    key = "equity.lead" if all(known) else "equity.lead_12" if any(known) else "equity.lead_bare"
    return words.say(key, n=total["customers"], mark=mark(book, words), **values)


def _places(found: Equity) -> pd.DataFrame:
    rows = found.groups
    return rows[(rows.layer != "all") & (rows.state != "all")]


def _layer_figure(book: Book, found: Equity, words: Words):
    places, code = _places(found), book.settings.currency
    names = [place_name(row.layer, row.state, words) for row in places.itertuples()]
    money = [c for c in places if c.split("_")[0] in ("margin", "low", "high", "per")]
    shown = in_major_units(places.assign(place=names), money, code)
    few = shown.customers < FEW
    shown = shown.assign(**{f"per_head_{m}": shown[f"per_head_{m}"].mask(few) for m in MONTHS})
    total, most = found.total(), places.loc[places.margin_12.idxmax()]
    part = most.margin_12 / total["margin_12"] if total["margin_12"] else 0.0
    lapsed = found.total("lapsed")
    return figure_block(
        words,
        name="equity-layers",
        figure=value_chart(shown, words, code),
        finding=words.say(
            "equity.finding", place=place_name(most.layer, most.state, words), share=part
        ),
        description=words.say(
            "equity.description",
            active=in_money(found.total("active")["margin_12"], book, words),
            lapsed=in_money(lapsed["margin_12"], book, words),
            n=lapsed["customers"],
        ),
        table_html=join(_place_tables(shown, words, code), "\n"),
        note=_figure_note(shown, words),
    )


def _figure_note(shown: pd.DataFrame, words: Words) -> str | None:
    """What the lines are, and why some are not there where others are."""
    ends = shown[["low_12", "low_36"]].dropna(axis="columns", how="all")
    if ends.empty or not len(ends.columns):
        return None
    told = ["note", "some_untold"] if ends.isna().any(axis=None) else ["note"]
    return words.joined(words[f"equity.{key}"] for key in told)


def _place_tables(shown: pd.DataFrame, words: Words, code: str) -> list:
    """Narrow tables, so that a telephone holds each: 12 months, 36 months, one customer."""
    made = []
    for months in MONTHS:
        money = [f"{name}_{months}" for name in ("margin", "low", "high")]
        plain = shown[["place", "customers", *money]]
        plain = plain.rename(columns=dict(zip(money, ("to_come", "low", "high"), strict=True)))
        plain = plain.dropna(axis="columns", how="all")
        caption = words[CAPTIONS[months]]
        forms = {"customers": "count"} | dict.fromkeys(("to_come", "low", "high"), "money")
        made.append(table(plain, words, caption=caption, forms=forms, currency=code))
    heads = [f"per_head_{months}" for months in MONTHS]
    named = dict(zip(heads, ("within_12", "within_36"), strict=True))
    plain = shown[["place", *heads]].rename(columns=named)
    forms = dict.fromkeys(named.values(), "money")
    caption = words.say("equity.heads_caption", few=FEW)
    return [*made, table(plain, words, caption=caption, forms=forms, currency=code)]


@drawing()
def value_chart(places: pd.DataFrame, words: Words, code: str):
    """Expected margin within 12 months by place, with the interval as a line across its end."""
    figure, axes = new_figure(6.0, 3.8)
    colours = [COLOURS[state] for state in places.state]
    axes.barh(places.place, places.margin_12, color=colours)
    known = places[places.low_12.notna()]
    if len(known):
        ends = [known.margin_12 - known.low_12, known.high_12 - known.margin_12]
        axes.errorbar(
            known.margin_12,
            known.place,
            xerr=[end.clip(lower=0) for end in ends],
            fmt="none",
            ecolor=INK,
            elinewidth=1.2,
            capsize=3,
            label=words["equity.interval"],
        )
        figure.legend(loc="outside upper right")
    axes.invert_yaxis()
    axes.set(xlabel=words["axis.margin_12"], ylabel="", xlim=(0, None))
    axes.xaxis.set_major_formatter(axis_amount(code, words.language))
    axes.locator_params(axis="x", nbins=5)
    axes.grid(visible=True, axis="x")
    return figure


def _one_kept(book: Book, found: Equity, words: Words) -> list:
    kept = {f"kept_{m}": found.kept_value(m) for m in MONTHS}
    if kept["kept_12"] is None or kept["kept_12"] <= 0:
        return []
    values = {name: in_money(value, book, words) for name, value in kept.items()}
    text = words.say("equity.kept", mark=mark(book, words), **values)
    return [heading(words["equity.kept_title"]), paragraph(text)]


def _second_life(book: Book, found: Equity, words: Words) -> list:
    rows, code = found.groups, book.settings.currency
    lapsed = found.total("lapsed")
    if not lapsed["customers"]:
        return []
    heads = {f"head_{m}": in_money(lapsed[f"second_head_{m}"], book, words) for m in MONTHS}
    text = words.say("equity.second", n=lapsed["customers"], mark=mark(book, words), **heads)
    blocks = [heading(words["equity.second_title"]), paragraph(text)]
    blocks.append(paragraph(lives_told(book, found.lives, words), "note"))
    shown = rows[(rows.state == "lapsed") & rows.layer.isin(LAYERS) & (rows.customers >= FEW)]
    if len(shown):
        money = {"second_head_12": "within_12", "second_head_36": "within_36"}
        named = shown.assign(layer=[words[f"layer.{layer}"] for layer in shown.layer])
        named = in_major_units(named[["layer", "customers", *money]], list(money), code)
        forms = {"customers": "count"} | dict.fromkeys(money.values(), "money")
        caption = words.say("equity.second_caption", few=FEW)
        named = named.rename(columns=money)
        blocks.append(table(named, words, caption=caption, forms=forms, currency=code))
    return blocks
