"""Facts on the outlook: the bucket in twelve months, five years without anybody new, the levers."""

from __future__ import annotations

from toolkit.book import Book
from toolkit.foresight import Ahead
from toolkit.report.facts import CUSTOMERS, RATIO, Fact, Facts, in_major, money

FLOWS = ("new", "returned", "lost")
SOURCE = "ahead.look_ahead"


def outlook_facts(book: Book, ahead: Ahead) -> Facts:
    """What the report says of the months ahead, with the middle 80 % as interval.

    Ids: outlook.active, outlook.<new|returned|lost> (customers, of twelve months together),
    outlook.sales (of twelve months, major units; with amounts), outlook.multiple (five years'
    sales without a new customer over the last 12 months') and lever.<lever>.active (customers
    more after twelve months; none of them where the outlook's own record is against it). Without an
    outlook `outlook.active` says why.
    """
    if ahead.why:
        return Facts([Fact("outlook.active", None, CUSTOMERS, why=ahead.why, source=SOURCE)])
    last = ahead.fan[ahead.fan.month == 12].set_index("measure")
    facts = [_people("outlook.active", last.loc["active"])]
    flows = ahead.months[["new", "returned", "lost"]].sum()
    facts += [
        Fact(f"outlook.{name}", round(float(flows[name])), CUSTOMERS, source=SOURCE)
        for name in FLOWS
    ]
    code = book.settings.currency
    if book.has_money:
        facts.append(_sales(ahead, code))
        multiple = ahead.multiple
        why = None if multiple is not None else ahead.doubt or "ahead_part_year"
        facts.append(Fact("outlook.multiple", multiple, RATIO, why=why, source="ahead.five_years"))
    levers = ahead.levers
    for row in () if levers is None else levers[levers.lever != "base"].itertuples():
        more = round(float(row.more_active_1))
        ends = (int(row.more_active_1_low), int(row.more_active_1_high))
        facts.append(
            Fact(
                f"lever.{row.lever}.active",
                more,
                CUSTOMERS,
                interval=ends,
                source="ahead.lever_table",
            )
        )
    return Facts(facts)


def _sales(ahead: Ahead, code: str) -> Fact:
    """The 12 months' sales; null where none are foreseen."""
    if ahead.year_sales is None:
        why = "ahead_part_year" if ahead.rates.has_money else "ahead_all_back"
        return money("outlook.sales", None, code, SOURCE, why=why)
    expected, *ends = (round(value) for value in ahead.year_sales)
    interval = tuple(in_major(end, code) for end in ends)
    return money("outlook.sales", expected, code, SOURCE, interval=interval)


def _people(key: str, row) -> Fact:
    ends = (round(float(row.low)), round(float(row.high)))
    return Fact(key, round(float(row.expected)), CUSTOMERS, interval=ends, source=SOURCE)
