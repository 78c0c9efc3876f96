"""What the value of the customers rests on: methods, intervals, their record, and the outlook."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from toolkit.book import Book
from toolkit.foresight import HORIZONS, RETURNS, WATCHED, Equity, SecondLives
from toolkit.report.amounts import in_major_units
from toolkit.report.facts import in_major
from toolkit.report.markup import table
from toolkit.report.shown import bullets, callout
from toolkit.words import Words

APART = 0.1  # share by which two figures for the same thing differ enough to be explained


def in_money(minor, book: Book, words: Words) -> str:
    """An amount of minor units as text; what nobody knows is a dash."""
    if minor is None or pd.isna(minor):
        return words.write(None)
    code = book.settings.currency
    return words.write(in_major(float(round(minor)), code), "money", code)


def mark(book: Book, words: Words) -> str:
    """The mark of an assumed margin, nothing where it was given."""
    return words["summary.assumed_mark"] if "margin" in book.settings.assumed() else ""


def lives_told(book: Book, lives: SecondLives, words: Words) -> str:
    """What the second life was checked on: past returns, else other visits, else nothing."""
    numbers = {"came": lives.came, "foreseen": lives.foreseen}
    visits = {name: words.write(value, "ratio") for name, value in numbers.items()}
    if lives.of == RETURNS:
        return words.say("equity.lives", n=lives.lives, **visits)
    told = [
        words.say("equity.lives_few" if lives.returners else "equity.lives_no", n=lives.returners)
    ]
    if lives.of is None:
        return words.joined([*told, words["equity.lives_unchecked"]])
    until = book.closing - dt.timedelta(days=WATCHED)
    said = words.say("equity.lives_visits", watched=lives.lives, until=until, **visits)
    return words.joined([*told, said])


def rests_on(book: Book, found: Equity, sales: int | None, words: Words):
    """What the figures rest on: margin, amounts, visits, and how the intervals were had."""
    share = words.write(book.settings.margin_share, "share")
    lines = [words.say("equity.margin", share=share, mark=mark(book, words)), *_by(found, words)]
    lines += _two_ways(book, found, sales, words)
    if found.spend.kept_share < 1:
        lines.append(words.say("equity.returned", share=1 - found.spend.kept_share))
    lines += _judged(found, words)
    return callout(words["equity.rests_title"], bullets(lines), kind="assumed")


def _two_ways(book: Book, found: Equity, sales: int | None, words: Words) -> list[str]:
    """The outlook's sum for the same customers and months, where it is more than a tenth above or
    below the value."""
    total = found.total()
    five = None if sales is None else sales * book.settings.margin_share
    if five is None or five <= 0 or abs(five / total["margin_12"] - 1) <= APART:
        return []
    money = {"sales": sales, "five": five, "margin_12": total["margin_12"]}
    values = {name: in_money(value, book, words) for name, value in money.items()}
    values["times"] = five / total["margin_12"]
    told = [words.say("equity.two_ways", mark=mark(book, words), **values)]
    if not found.untold(12):
        inside = total["low_12"] <= five <= total["high_12"]
        told.append(words["equity.two_ways_inside" if inside else "equity.two_ways_outside"])
    return [words.joined(told)]


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
    """What the intervals come from, or why there are none, and where all the dates before erred to
    one side."""
    near, far = (found.untold(months) for months in HORIZONS)
    days, record = found.window_days(12), found.records.get(12)
    if near:
        told = [words[f"equity.{near}"]]
    else:
        told = [words.say("equity.judged", n=record["origin"].nunique())]
        told += [words[f"equity.{far}_36"]] if far else []
    if days is None:
        return told
    sums = record.groupby("origin")[["foreseen", "came"]].sum()
    if days < HORIZONS[12]:
        told.append(words.say("equity.stretched", days=days))
    off, total = (sums.foreseen > sums.came), sums.sum()
    if len(sums) > 1 and off.nunique() == 1 and total.came > 0:
        key = "equity.too_much" if off.all() else "equity.too_little"
        told.append(words.say(key, n=len(sums), share=abs(total.foreseen / total.came - 1)))
    return told


def record_table(book: Book, found: Equity, words: Words):
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
