"""Products: what customers begin with, leave after, and buy together or next."""

from __future__ import annotations

import pandas as pd

from toolkit import currency
from toolkit.book import Book
from toolkit.report.amounts import in_major_units
from toolkit.report.labels import short
from toolkit.report.markup import Html, join, table
from toolkit.report.sections.product_charts import excess_chart, interval_chart, step_chart
from toolkit.report.shown import Shown, figure_block, heading, more, paragraph
from toolkit.words import Words

CHART_ROWS, PAIR_ROWS, TABLE_ROWS = 12, 8, 40
IN_SENTENCES = 40  # half-width letters of a name
COUNTED = dict.fromkeys(("customers", "again", "lapsed", "visits", "starters", "expected"), "count")
SHARED = dict.fromkeys(("share", "low_95", "high_95", "of_peers"), "share")
SPENT = ("year_spend", "year_spend_low", "year_spend_high", "later_spend")
INTERVAL = {"low": "low_95", "high": "high_95", "expected": "of_peers"}


def products(book: Book) -> Shown | None:
    """The section on products; None for a file without product lines."""
    held = book.products
    if held is None:
        return None
    firsts, gone, moved = held.first_products(), held.leaving(), held.tiers()
    together, following = held.together(), held.following()

    def write(words: Words):
        n = len(held.catalogue)
        second = [
            _spend(firsts, book, words) if book.has_money and len(firsts) > 1 else None,
            _next_figure(following, words),
            _tier_figure(moved, book, words) if moved and moved.customers >= held.least else None,
        ]
        blocks = [
            paragraph(words.say("products.lead", n=n, least=held.least), "lead"),
            _first_figure(firsts, book, words),
            _leaving_figure(gone, words),
            _together_figure(together, words),
            more(words, *second) if any(second) else None,
        ]
        return words["products.title"], blocks

    return Shown.written("products", book.settings.languages, write, brief=True)


def _first_figure(firsts: pd.DataFrame, book: Book, words: Words) -> Html:
    if len(firsts) < 2:
        return paragraph(words.say("products.first_few", least=book.products.least))
    groups, total = firsts.iloc[:-1], firsts.iloc[-1]
    chosen = _chosen(groups)
    best, key = _leading(groups)
    finding = words.say(f"products.first_{key}", **_numbers(best))
    window = book.settings.f2_window_days
    axis = words.say("products.first_axis", days=window)
    line = (total.share, words.say("products.all", share=total.share))
    return figure_block(
        words,
        name="products-first",
        figure=interval_chart(_toned(chosen, "active", "lost"), axis, _percent, line),
        finding=finding,
        description=words.say(
            "products.first_description",
            days=window,
            n=int(total.customers),
            share=total.share,
        ),
        table_html=_table(
            _with_all(firsts, words),
            words,
            ["product_name", "customers", "again", "share", "low_95", "high_95", "of_peers"],
            words["products.first_caption"],
        ),
        note=words["products.peers_first"],
    )


def _leaving_figure(gone: pd.DataFrame, words: Words) -> Html:
    if len(gone) < 2:
        return paragraph(words["products.leaving_none_known"])
    groups = gone.iloc[:-1]
    chosen = _chosen(groups)
    worst, key = _leading(groups)
    rows = _toned(chosen, "lost", "active").assign(peer=chosen.expected)
    total = gone.iloc[-1]
    return figure_block(
        words,
        name="products-leaving",
        figure=interval_chart(rows, words["products.leaving_axis"], _percent),
        finding=words.say(f"products.leaving_{key}", **_numbers(worst)),
        description=words.say(
            "products.leaving_description", n=int(total.customers), share=total.share
        ),
        table_html=_table(
            _with_all(gone, words),
            words,
            ["product_name", "customers", "lapsed", "share", "low_95", "high_95", "of_peers"],
            words["products.leaving_caption"],
        ),
        note=words["products.peers_leaving"],
    )


def _together_figure(pairs: pd.DataFrame, words: Words) -> Html:
    sure = pairs[pairs.marked.astype(bool)]
    if sure.empty:
        return paragraph(words["products.together_none"])
    rows = sure.head(PAIR_ROWS).assign(seen=sure.visits)
    top, axis = sure.iloc[0], words["products.together_axis"]
    return figure_block(
        words,
        name="products-together",
        figure=excess_chart(rows, axis, words["products.and"], words),
        finding=words.say(
            "products.together_finding",
            **_names(top),
            visits=int(top.visits),
            expected=float(top.expected),
        ),
        description=words.say("products.together_description", n=len(sure)),
        table_html=_table(
            _described(sure).rename(columns={"other_name": "with_product"}),
            words,
            ["product_name", "with_product", "customers", "visits", "expected", "lift"],
            words["products.together_caption"],
        ),
        note=words["products.together_note"],
    )


def _next_figure(pairs: pd.DataFrame, words: Words) -> Html | None:
    sure = pairs[pairs.marked.astype(bool)]
    if sure.empty:
        return paragraph(words["products.next_none"])
    rows = sure.head(PAIR_ROWS).assign(seen=sure.customers)
    top, axis = sure.iloc[0], words["products.next_axis"]
    columns = ["product_name", "next_product", "customers", "starters", "share", "expected", "lift"]
    return figure_block(
        words,
        name="products-next",
        figure=excess_chart(rows, axis, words["products.then"], words),
        finding=words.say(
            "products.next_finding",
            **_names(top),
            n=int(top.customers),
            of=int(top.starters),
            expected=float(top.expected),
        ),
        description=words.say("products.next_description", n=len(sure)),
        table_html=_table(
            _described(sure).rename(columns={"other_name": "next_product"}),
            words,
            columns,
            words["products.next_caption"],
        ),
        note=words["products.next_note"],
    )


def _spend(firsts: pd.DataFrame, book: Book, words: Words) -> Html:
    code = book.settings.currency
    minor = ["spend", "spend_low", "spend_high", "later"]
    money = in_major_units(firsts, minor, code)
    total = money.iloc[-1]
    rows = money.iloc[:-1].head(CHART_ROWS).sort_values("spend", ascending=False)
    least, most = rows.spend.min(), rows.spend.max()
    shown = _with_all(money, words).rename(columns=dict(zip(minor, SPENT, strict=True)))
    told = words.say(
        "products.spend_finding", spend=total.spend, least=least, most=most, currency=code
    )
    return join(
        [
            heading(told),
            paragraph(words["products.spend_description"]),
            _table(
                shown,
                words,
                ["product_name", "customers", *SPENT],
                words["products.spend_caption"],
                code,
            ),
        ]
    )


def _tier_figure(moved, book: Book, words: Words) -> Html:
    code = book.settings.currency
    low, high = (currency.major(round(cut), code) for cut in moved.cuts)
    names = {tier: words[f"products.tier.{tier}"] for tier in moved.matrix.first_tier.unique()}
    wide = moved.matrix.pivot(index="first_tier", columns="last_tier", values="customers")
    wide = wide.loc[list(names), list(names)].rename(columns=names)
    wide.insert(0, "first_tier", list(names.values()))
    uneven = moved.p <= 0.05
    key = "even" if not uneven else "more_up" if moved.up > moved.down else "more_down"
    return figure_block(
        words,
        name="products-tiers",
        figure=step_chart([moved.up, moved.same, moved.down], words),
        finding=words.say(f"products.tiers_{key}", up=moved.up, down=moved.down),
        description=words.say(
            "products.tiers_description",
            n=moved.customers,
            same=moved.same,
            low=low,
            high=high,
            currency=code,
        ),
        table_html=table(
            wide,
            words,
            caption=words["products.tiers_caption"],
            forms=dict.fromkeys(names.values(), "count"),
        ),
        note=words["products.tiers_note"],
    )


def _chosen(groups: pd.DataFrame) -> pd.DataFrame:
    """What a chart has room for: products beyond chance, then those with most customers."""
    first = groups.sort_values(["marked", "customers"], ascending=False, kind="stable")
    return first.head(CHART_ROWS).sort_values("share", ascending=False, kind="stable")


def _toned(groups: pd.DataFrame, above: str, below: str) -> pd.DataFrame:
    """Rows for the chart: the share as value, and a colour where it is beyond chance."""
    tone = (groups.share > groups.expected).map({True: above, False: below})
    return groups.assign(value=groups.share, colour=tone.where(groups.marked, "neutral"))


def _leading(groups: pd.DataFrame) -> tuple[pd.Series | None, str]:
    """The product furthest above what is expected, else below it; None within chance."""
    sure = groups[groups.marked].assign(off=lambda g: g.share - g.expected)
    if sure.empty:
        return None, "none"
    if sure.off.max() > 0:
        return sure.loc[sure.off.idxmax()], "more"
    return sure.loc[sure.off.idxmin()], "fewer"


def _names(row: pd.Series) -> dict[str, str]:
    return {"name": short(row["name"], IN_SENTENCES), "other": short(row.other_name, IN_SENTENCES)}


def _numbers(row: pd.Series | None) -> dict:
    """What a sentence on one product says."""
    if row is None:
        return {}
    name = short(row["name"], IN_SENTENCES)
    return {"name": name, "n": int(row.customers), "share": row.share, "expected": row.expected}


def _described(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.rename(columns={"name": "product_name"})


def _with_all(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The comparison row first, under its name, and a remark where a product is beyond chance."""
    named = rows.assign(
        name=rows.name.where(rows["product"].notna(), words["products.everybody"]),
        mark=rows.marked.map({True: words["products.beyond_chance"], False: ""}),
    )
    ordered = pd.concat([named.iloc[-1:], named.iloc[:-1]])
    return _described(ordered.rename(columns=INTERVAL))


def _table(
    rows: pd.DataFrame, words: Words, columns: list[str], caption: str, code: str = "JPY"
) -> Html:
    columns = [*columns, "mark"] if "of_peers" in columns else columns
    forms = COUNTED | SHARED | dict.fromkeys(SPENT, "money") | {"lift": "ratio"}
    return table(rows[columns], words, caption=caption, forms=forms, currency=code, head=TABLE_ROWS)


def _percent(value: float, _position: int) -> str:
    return f"{100 * value:.0f}%"
