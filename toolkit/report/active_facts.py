"""Facts of the lists of active customers: about to lapse, and golden."""

from __future__ import annotations

import pandas as pd

from toolkit.action import LAPSE_COLUMNS, RISKS, Plan, by_week, meant, notice_of, to_contact
from toolkit.book import Book
from toolkit.report.facts import CUSTOMERS, DAYS, Fact, Facts, count, money

LOYAL = ("steady", "prime")
MADE = ("contacted", "held_out", "contacted_loyal")


def active_facts(book: Book, plan: Plan) -> Facts:
    """Facts of both lists; those of money null with a reason where there are no amounts or no
    chances, and those of the golden list with it."""
    return Facts([*_lapsing(book, plan), *_golden(book, plan)])


def _lapsing(book: Book, plan: Plan) -> list[Fact]:
    listed, source = plan.about_to_lapse, "about_to_lapse.about_to_lapse"
    if listed is None:
        listed = pd.DataFrame(columns=list(LAPSE_COLUMNS))
    notice = notice_of(book, book.settings)
    weeks = by_week(listed, book.closing)
    counts = {risk: int((listed.risk == risk).sum()) for risk in RISKS}
    counts["first_week"] = int(weeks.customers.iloc[0]) if len(weeks) else 0
    loyal = int(listed.layer.isin(LOYAL).sum())
    return [
        count("customers.near_lapse", len(listed), CUSTOMERS, source),
        count("customers.near_lapse_loyal", loyal, CUSTOMERS, source),
        count("about_to_lapse.unreached", plan.unreached, CUSTOMERS, "reach.with_reach"),
        count("customers.near_days", book.near_days, DAYS, "book.near_days"),
        *(count(f"about_to_lapse.{k}", n, CUSTOMERS, source) for k, n in counts.items()),
        count("about_to_lapse.notice", notice.before_silence, DAYS, "Notice.before_silence"),
        count("about_to_lapse.contract_notice", notice.notice_days, DAYS, "settings.notice_days"),
        *_money("about_to_lapse", listed, "expected_loss", book, plan, source),
    ]


def _golden(book: Book, plan: Plan) -> list[Fact]:
    listed, source = plan.golden, "golden.golden"
    why = _why(book)
    n = None if listed is None else len(listed)
    prime = None if listed is None else int((listed.next_layer == "prime").sum())
    facts = [
        count("golden.listed", n, CUSTOMERS, source, why),
        count("golden.prime", prime, CUSTOMERS, source, why),
    ]
    return facts + _money("golden", listed, "expected_gain", book, plan, source)


def _money(
    name: str, listed: pd.DataFrame | None, total: str, book: Book, plan: Plan, source: str
) -> list[Fact]:
    """How many are worth a contact, contacted and held out, or would pay at the middle
    response; what the contacts to be made cost and come to at the three responses; and the total
    of one column over the list."""
    code = book.settings.currency
    if plan.golden is None:
        why = _why(book)
        counts = ("worth_contacting", *MADE, "paying")
        return [
            *(count(f"{name}.{k}", None, CUSTOMERS, source, why) for k in counts),
            *(money(f"{name}.{k}", None, code, source, why) for k in (total, "expected_profit")),
        ]
    worth, made = meant(listed), to_contact(listed)
    loyal = int(made.layer.isin(LOYAL).sum())
    counts = dict(zip(MADE, (len(made), len(worth) - len(made), loyal), strict=True))
    counts["paying"] = int((listed.priority > 0).sum())
    profit = [float(made[k].sum()) for k in ("priority", "priority_low", "priority_high")]
    low, high = (money("", p, code, "").value for p in profit[1:])
    robust = int((listed.decision == "contact").sum())
    return [
        count(f"{name}.worth_contacting", len(worth), CUSTOMERS, source),
        *(count(f"{name}.{k}", n, CUSTOMERS, source) for k, n in counts.items()),
        count(f"{name}.robust", robust, CUSTOMERS, source),
        money(f"{name}.{total}", float(listed[total].sum()), code, source),
        money(f"{name}.expected_profit", profit[0], code, source, interval=(low, high)),
        money(f"{name}.cost", float(made.contact_cost.sum()), code, source),
    ]


def _why(book: Book) -> str:
    return "nothing_to_learn" if book.has_money else "no_amount"
