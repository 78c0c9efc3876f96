"""Facts of the plan: the win-back list and what it pays."""

from __future__ import annotations

from toolkit.action import Plan
from toolkit.book import Book
from toolkit.report.facts import CUSTOMERS, SHARE, Fact, Facts, count, money

WHY = "nothing_to_learn"


def plan_facts(book: Book, plan: Plan) -> Facts:
    """Facts of the win-back list, null with a reason where there is none."""
    code, source = book.settings.currency, "winback.winback_list"
    if plan.winback is None:
        return Facts(_absent(code, "no_amount" if not book.has_money else WHY))
    worth = plan.worth_contacting()
    profit = [float(worth[k].sum()) for k in ("priority", "priority_low", "priority_high")]
    low, high = (money("", p, code, "").value for p in profit[1:])
    response = plan.break_even_response()
    robust = int((plan.winback.decision == "contact").sum())
    return Facts(
        [
            count("winback.listed", len(plan.winback), CUSTOMERS, source),
            count("winback.worth_contacting", len(worth), CUSTOMERS, source),
            count("winback.robust", robust, CUSTOMERS, source),
            Fact(
                "winback.break_even_response",
                response,
                SHARE,
                why=None if response is not None else "none_worth_contacting",
                source="plan.break_even_response",
            ),
            money("winback.expected_profit", profit[0], code, source, interval=(low, high)),
            money("winback.cost", len(worth) * plan.economics.contact_cost, code, source),
            count("winback.too_long", plan.left_out.get("too_long", 0), CUSTOMERS, source),
            count("winback.first_time", plan.left_out.get("first_time", 0), CUSTOMERS, source),
        ]
    )


def _absent(code: str, why: str) -> list[Fact]:
    units = {
        "listed": CUSTOMERS,
        "worth_contacting": CUSTOMERS,
        "break_even_response": SHARE,
        "expected_profit": code,
    }
    return [
        Fact(f"winback.{name}", None, unit, why=why, source="winback.winback_list")
        for name, unit in units.items()
    ]
