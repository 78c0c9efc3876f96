"""RFM: named groups by recency and frequency, now, a month and a year ago."""

from __future__ import annotations

import pandas as pd

from toolkit import currency
from toolkit.book import FEW, Book
from toolkit.frames import frame
from toolkit.report.amounts import in_major_units
from toolkit.report.facts import in_major
from toolkit.report.markup import Html, element, join, table
from toolkit.report.sections.layers import place_chart
from toolkit.report.shaded import shaded_table
from toolkit.report.shown import Shown, figure_block, more, paragraph
from toolkit.words import Words

ACTIVE = ("champions", "loyal", "promising", "new", "need_attention", "about_to_sleep")
GATHER = ("lost_loyal", "lost")  # groups that mostly grow with the years
FORMS = {"R": "days", "F": "count", "M": "money"}
BEST = (5, 4, 3, 2, 1)


def rfm(book: Book) -> Shown:
    """The section on RFM, beside the ten layers, with its cut-offs."""
    groups, scores, grid = _compared(book), book.rfm_scores(), book.rfm_grid()
    mixed = _prime_lapsed(book)

    def write(words: Words):
        everyone = int(groups.customers.sum())
        if everyone < FEW:
            return words["rfm.title"], [
                paragraph(words.say("rfm.too_few", n=everyone), "lead"),
                more(words, _cutoffs(book, scores, words)),
            ]
        lead = words.say("rfm.lead", n=everyone, lapse=book.cutoffs.lapse_days)
        blocks = [
            paragraph(lead, "lead"),
            _group_figure(book, groups, words),
            paragraph(_remark(mixed, words)),
            more(words, _grid(book, grid, words), _cutoffs(book, scores, words)),
        ]
        return words["rfm.title"], blocks

    return Shown.written("rfm", book.settings.languages, write, brief=True)


def _compared(book: Book) -> pd.DataFrame:
    """The groups now, with `month_ago` and `year_ago` customers; null where a date then was too
    near the start of the file to be compared with."""
    groups = book.rfm_groups()
    now = groups[groups.date == book.closing].set_index("group")
    past = {day: part for day, part in groups.groupby("date") if day < book.closing}
    names = {day: "year_ago" if day == book.year_ago else "month_ago" for day in past}
    now = now.assign(month_ago=float("nan"), year_ago=float("nan"))
    for day, part in past.items():
        if day >= book.filled_from:
            now[names[day]] = part.set_index("group").customers
    return now.reset_index()


def _prime_lapsed(book: Book) -> dict[str, int] | None:
    """How RFM mixes the prime customers who lapsed with others: n, k groups, others in them."""
    if not book.has_money:
        return None
    table = book.rfm_table()
    prime = (table.layer == "prime") & ~table.active
    by = frame(table.group_by("group").agg(n=table.count(), prime=prime.cast("int64").sum()))
    there = by[by.prime > 0]
    n = int(there.prime.sum())
    return {"n": n, "k": len(there), "others": int(there.n.sum()) - n} if n else None


def _remark(mixed: dict[str, int] | None, words: Words) -> str:
    """What RFM does not see: who the lapsed used to be."""
    if not mixed:
        return words["rfm.remark_none"]
    return words.say("rfm.remark" if mixed["others"] else "rfm.remark_alone", **mixed)


def _group_figure(book: Book, groups: pd.DataFrame, words: Words):
    code = book.settings.currency
    shown = groups.assign(
        place=[words[f"rfm.{g}"] for g in groups.group],
        state=["active" if g in ACTIVE else "lapsed" for g in groups.group],
        rule=[words[f"rfm.{g}_rule"] for g in groups.group],
    )
    if book.has_money:
        shown = in_major_units(shown, ["amount"], code).rename(columns={"amount": "amount_to_date"})
    columns = ["rfm_group", "rule", "customers", "month_ago", "year_ago", "share", "amount_to_date"]
    columns = [c for c in columns if c == "rfm_group" or (c in shown and shown[c].notna().any())]
    forms = dict.fromkeys(("customers", "month_ago", "year_ago"), "count")
    key = "rfm.finding" if groups.year_ago.isna().all() else "rfm.finding_year"
    head = groups.set_index("group").loc["champions"]
    return figure_block(
        words,
        name="rfm-groups",
        figure=place_chart(shown, words),
        finding=words.say(key, n=int(head.customers), before=head.year_ago),
        description=_changed(groups, words),
        table_html=table(
            shown.rename(columns={"place": "rfm_group"})[columns],
            words,
            caption=words.say("rfm.groups_caption", day=book.closing),
            forms=forms | {"share": "share", "amount_to_date": "money"},
            currency=code,
        ),
        note=words["rfm.groups_note"],
    )


def _changed(groups: pd.DataFrame, words: Words) -> str:
    """The sentence on what changed: the group that moved most, against a year or a month ago."""
    for column in ("year_ago", "month_ago"):
        if groups[column].isna().all():
            continue
        told = ("champions",) if column == "year_ago" else ()  # in the heading already
        watched = groups[~groups.group.isin([*GATHER, *told])].set_index("group")
        change = watched.customers - watched[column]
        name = change.abs().idxmax()
        if not change[name]:
            return words[f"rfm.unchanged_{column}"]
        at = watched.loc[name]
        return words.say(
            f"rfm.changed_{column}",
            group=words[f"rfm.{name}"],
            before=int(at[column]),
            now=int(at.customers),
        )
    n = groups.set_index("group").customers
    return words.say("rfm.nothing_to_compare", n=int(n[list(ACTIVE)].sum()))


def _grid(book: Book, grid: pd.DataFrame, words: Words) -> Html:
    """Customers and their mean money to date by recency and frequency, shaded by customers."""
    code = book.settings.currency

    def text(row) -> Html:
        small = None
        if book.has_money and row.customers:
            mean = words.write(in_major(float(row.mean_amount), code), "money", code)
            small = element("small", mean)
        return join([words.write(row.customers, "count"), small])

    cells = {(row.recency, row.frequency): row for row in grid.itertuples()}
    rows, heads = ([f"{letter}{score}" for score in BEST] for letter in "RF")
    texts, weights = (
        pd.DataFrame([[of(cells[r, f]) for f in BEST] for r in BEST], rows, heads, dtype=object)
        for of in (text, lambda row: row.customers**0.5)  # or one full cell leaves the rest white
    )
    key = "rfm.grid_caption" if book.has_money else "rfm.grid_caption_counts"
    return shaded_table(texts, weights, caption=words[key], corner=words["rfm.corner"])


def _cutoffs(book: Book, scores: pd.DataFrame, words: Words) -> Html:
    """What each score means, and how many have it."""
    shown = pd.DataFrame(
        {
            "letter": [words[f"rfm.letter_{s.letter}"] for s in scores.itertuples()],
            "score": [f"{s.letter}{s.score}" for s in scores.itertuples()],
            "range": [_range(s.letter, s[3], s[4], book, words) for s in scores.itertuples()],
            "customers": scores.customers,
        }
    )
    caption = words.say("rfm.cutoffs_caption", lapse=book.cutoffs.lapse_days)
    return table(shown, words, caption=caption, forms={"customers": "count"})


def _range(letter: str, start: int, end: int, book: Book, words: Words) -> str | None:
    """The values a score covers, in words; None for a score nobody can have."""
    code = book.settings.currency

    def write(value: int, form: str) -> str:
        exact = currency.major(int(value), code) if letter == "M" else int(value)
        return words.write(exact, form, code)

    form = FORMS[letter]
    if pd.isna(start) and pd.isna(end):
        return None
    if pd.isna(start):
        return words.say("rfm.range_to", end=write(end, form))
    if pd.isna(end):
        return words.say("rfm.range_from", start=write(start, form))
    if start == end:
        return write(start, form)
    lower = write(start, "money" if letter == "M" else "count")  # the unit once: 0〜59日
    return words.say("rfm.range", start=lower, end=write(end, form))
