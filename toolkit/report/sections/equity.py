"""What the customers are worth: expected margin in all, by layer, and of one customer."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, LAYERS, Book
from toolkit.foresight import EVERYBODY, HORIZONS, Equity, Outlook, equity_of, look_ahead
from toolkit.report.amounts import axis_amount, in_major_units
from toolkit.report.facts import in_major
from toolkit.report.layer_names import place_name
from toolkit.report.markup import join, table
from toolkit.report.sections.certainty import NEEDED
from toolkit.report.shown import Shown, bullets, callout, figure_block, heading, paragraph
from toolkit.report.style import COLOURS, INK, drawing, new_figure
from toolkit.words import Words

CAPTIONS = {12: "equity.caption_12", 36: "equity.caption_36"}
MONTHS = tuple(CAPTIONS)


def equity(book: Book, outlook: Outlook) -> Shown | None:
    """The section on the value of the customers; None for a file without amounts."""
    if not book.has_money:
        return None
    five = look_ahead(book).five_years
    first = None if five is None else five[(five.layer == EVERYBODY) & (five.year == 1)].sales
    sales = None if first is None or first.isna().any() else int(first.iloc[0])
    return worth_told(book, equity_of(book, outlook), sales)


def worth_told(book: Book, found: Equity, sales: int | None = None) -> Shown | None:
    """The same of what `foresee_value` gives for the book. sales: of the first of the five years
    with nobody new (minor units), named beside the value where it lies outside its interval."""
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
            _rests_on(book, found, sales, words),
            _record_table(book, found, words),
        ]
        return words["equity.title"], blocks

    return Shown.written("equity", book.settings.languages, write)


def _nothing(found: Equity) -> str:
    """Why no margin is to come: all of it would go back, or nobody is expected."""
    return "equity.all_back" if found.spend.kept_share == 0 else "equity.nobody"


def _money(minor, book: Book, words: Words) -> str:
    """An amount of minor units as text; what nobody knows is a dash."""
    if minor is None or pd.isna(minor):
        return words.write(None)
    code = book.settings.currency
    return words.write(in_major(float(round(minor)), code), "money", code)


def _mark(book: Book, words: Words) -> str:
    return words["summary.assumed_mark"] if "margin" in book.settings.assumed() else ""


def _lead(book: Book, found: Equity, words: Words) -> str:
    total = found.total()
    values = {
        f"{name}_{months}": _money(total[f"{name}_{months}"], book, words)
        for months in MONTHS
        for name in ("margin", "low", "high")
    }
    key = "equity.lead" if pd.notna(total["low_12"]) else "equity.lead_bare"
    return words.say(key, n=total["customers"], mark=_mark(book, words), **values)


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
            active=_money(found.total("active")["margin_12"], book, words),
            lapsed=_money(lapsed["margin_12"], book, words),
            n=lapsed["customers"],
        ),
        table_html=join(_place_tables(shown, words, code), "\n"),
        note=words["equity.note"] if shown.low_12.notna().any() else None,
    )


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
    values = {name: _money(value, book, words) for name, value in kept.items()}
    text = words.say("equity.kept", mark=_mark(book, words), **values)
    return [heading(words["equity.kept_title"]), paragraph(text)]


def _second_life(book: Book, found: Equity, words: Words) -> list:
    rows, code = found.groups, book.settings.currency
    lapsed = found.total("lapsed")
    if not lapsed["customers"]:
        return []
    heads = {f"head_{m}": _money(lapsed[f"second_head_{m}"], book, words) for m in MONTHS}
    text = words.say("equity.second", n=lapsed["customers"], mark=_mark(book, words), **heads)
    blocks = [heading(words["equity.second_title"]), paragraph(text)]
    lives = found.lives
    if lives is not None and lives.spread is not None:
        visits = {"came": lives.came, "foreseen": lives.foreseen}
        visits = {name: words.write(value, "ratio") for name, value in visits.items()}
        blocks.append(paragraph(words.say("equity.lives", n=lives.returners, **visits), "note"))
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


def _rests_on(book: Book, found: Equity, sales: int | None, words: Words):
    """What the figures rest on: margin, amounts, visits, and how the intervals were had."""
    share = words.write(book.settings.margin_share, "share")
    lines = [words.say("equity.margin", share=share, mark=_mark(book, words)), *_by(found, words)]
    lines += _two_ways(book, found, sales, words)
    if found.spend.kept_share < 1:
        lines.append(words.say("equity.returned", share=1 - found.spend.kept_share))
    lines += [words[f"equity.{found.why}"]] if found.why else _judged(found, words)
    return callout(words["equity.rests_title"], bullets(lines), kind="assumed")


def _two_ways(book: Book, found: Equity, sales: int | None, words: Words) -> list[str]:
    """The other sum of the page for the same customers and months, where the interval of the
    value does not hold it."""
    total = found.total()
    five = None if sales is None else sales * book.settings.margin_share
    if five is None or pd.isna(total["low_12"]) or total["low_12"] <= five <= total["high_12"]:
        return []
    money = {"sales": sales, "five": five, "margin_12": total["margin_12"]}
    values = {name: _money(value, book, words) for name, value in money.items()}
    return [words.say("equity.two_ways", mark=_mark(book, words), **values)]


def _by(found: Equity, words: Words) -> list[str]:
    """Which methods speak: the winners on the client's own past, or the count model."""
    of_amounts = words[f"spend.{found.spend.verdict}"]
    if found.visits_by is None:
        return [words["equity.by_counts"], of_amounts]
    visits, amounts = (words[f"method.{name}"] for name in (found.visits_by, found.amounts_by))
    key = "equity.by_alike" if found.method == "alike" else "equity.by"
    told = [words.say(key, visits=visits, amounts=amounts)]
    if found.visits_by != "count_model":
        told.append(words["equity.goes_on"])
    if found.amounts_by == "visits_x_model":
        return [*told, of_amounts]
    return [*told, words.say("equity.second_amounts", text=of_amounts)]


def _judged(found: Equity, words: Words) -> list[str]:
    """What the intervals come from, and where all the dates before erred to one side."""
    days, record = found.window_days(12), found.records[12]
    sums = record.groupby("origin")[["foreseen", "came"]].sum()
    told = [words.say("equity.judged", n=len(sums))]
    if days < HORIZONS[12]:
        told.append(words.say("equity.stretched", days=days))
    off, total = (sums.foreseen > sums.came), sums.sum()
    if len(sums) > 1 and off.nunique() == 1 and total.came > 0:
        key = "equity.too_much" if off.all() else "equity.too_little"
        told.append(words.say(key, n=len(sums), share=abs(total.foreseen / total.came - 1)))
    return told


def _record_table(book: Book, found: Equity, words: Words):
    """Sales foreseen at earlier dates beside those that came, for 12 months."""
    record = found.records.get(12)
    if record is None or record.empty:
        return None
    code = book.settings.currency
    sums = record.groupby("origin", as_index=False)[["foreseen", "came"]].sum()
    money = {"foreseen": "sales_foreseen", "came": "sales_came"}
    shown = in_major_units(sums.rename(columns=money), list(money.values()), code)
    days = found.window_days(12)
    return table(
        shown.rename(columns={"origin": "as_of"}),
        words,
        caption=words.say("equity.record_caption", days=days),
        forms=dict.fromkeys(money.values(), "money"),
        currency=code,
    )
