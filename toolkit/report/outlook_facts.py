"""Facts on the outlook: the bucket in twelve months, five years without anybody new, the levers."""

from __future__ import annotations

from toolkit.book import Book
from toolkit.foresight import Ahead
from toolkit.report.facts import CUSTOMERS, RATIO, Fact, Facts, money

FLOWS = ("new", "returned", "lost")
SOURCE = "ahead.look_ahead"


def outlook_facts(book: Book, ahead: Ahead) -> Facts:
    """What the report says of the months ahead, with the middle 80 % as interval.

    Ids: outlook.active, outlook.<new|returned|lost> (customers, of twelve months together),
    outlook.sales (of twelve months, major units; with amounts), outlook.multiple (five years'
    sales without a new customer over the last 12 months') and lever.<lever>.active (customers
    more after twelve months). Without an outlook `outlook.active` says why.
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
        total = round(float(ahead.months.sales.sum()))
        facts.append(money("outlook.sales", total, code, SOURCE))
        multiple = ahead.multiple
        why = None if multiple is not None else "ahead_part_year"
        facts.append(Fact("outlook.multiple", multiple, RATIO, why=why, source="ahead.five_years"))
    levers = ahead.levers
    for row in levers[levers.lever != "base"].itertuples():
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


def _people(key: str, row) -> Fact:
    ends = (round(float(row.low)), round(float(row.high)))
    return Fact(key, round(float(row.expected)), CUSTOMERS, interval=ends, source=SOURCE)
