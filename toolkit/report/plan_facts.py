"""Facts of the plan: the win-back list and what it pays."""

from __future__ import annotations

from toolkit.action import Plan
from toolkit.book import Book
from toolkit.report.facts import CUSTOMERS, SHARE, Fact, Facts, count, money

WHY = "nothing_to_learn"
LIST = "winback.winback_list"
ENDS = ("priority_low", "priority_high")
LEFT_OUT = ("too_long", "first_time", "no_channel", "unreached", "unwilling", "rested")


def plan_facts(book: Book, plan: Plan) -> Facts:
    """Facts of the win-back list, null with a reason where there is none."""
    code = book.settings.currency
    if plan.winback is None:
        return Facts(_absent(code, "no_amount" if not book.has_money else WHY))
    made = plan.contacted()
    low, high = (money("", float(made[k].sum()), code, "").value for k in ENDS)
    response = plan.break_even_response()
    return Facts(
        [
            *_counts(plan),
            Fact(
                "winback.break_even_response",
                response,
                SHARE,
                why=None if response is not None else "none_worth_contacting",
                source="plan.break_even_response",
            ),
            money(
                "winback.expected_profit",
                float(made.priority.sum()),
                code,
                LIST,
                interval=(low, high),
            ),
            *_sums(plan, code),
        ]
    )


def _counts(plan: Plan) -> list[Fact]:
    """How many customers stand where on the list, and how many are not on it."""
    worth, made = len(plan.worth_contacting()), len(plan.contacted())
    counts = {
        "listed": len(plan.winback),
        "worth_contacting": worth,
        "contacted": made,
        "held_out": worth - made,
        "paying": len(plan.paying()),
        "robust": int((plan.winback.decision == "contact").sum()),
        "to_test": len(plan.to_test()),
        "next": len(plan.next_contacts()),
        "no_room": len(plan.to_test()) if _shut_out(plan) else 0,
        **{why: plan.left_out.get(why, 0) for why in LEFT_OUT},
    }
    return [count(f"winback.{name}", n, CUSTOMERS, LIST) for name, n in counts.items()]


def _shut_out(plan: Plan) -> bool:
    """Whether a limit, and not the low response, is why no contact is to be made: there is room for
    none at all, or without limits some would be made (whoever pays at the low response)."""
    economics = plan.economics
    if not economics.limited or len(plan.worth_contacting()):
        return False
    cheapest = min(way.cost for way in economics.channels.values())
    short = economics.budget is not None and economics.budget < cheapest
    return economics.most_contacts == 0 or short or (bool(plan.best) and plan.best[0] > 0)


def _sums(plan: Plan, code: str) -> list[Fact]:
    """What contacts cost, and what more or other ones would come to."""
    spent, test = plan.spending(), plan.to_test()
    sums = {
        "cost": spent.cost.sum(),
        "leak": spent.leak.sum(),
        "at_risk": (spent.cost + spent.leak).sum(),
        "test_profit": test.priority.sum(),
        "test_low": test.priority_low.sum(),
        "next_loss": -plan.next_contacts().priority.sum(),
    }
    shares = {"guaranteed": plan.guaranteed(), "guaranteed_within": plan.guaranteed_within()}
    return [
        *(money(f"winback.{name}", float(sum_), code, LIST) for name, sum_ in sums.items()),
        *(_sure(f"winback.{name}", share) for name, share in shares.items()),
    ]


def _sure(key: str, share: float | None) -> Fact:
    why = None if share is not None else "none_at_low_response"
    return Fact(key, share, SHARE, why=why, source="choice.safest")


def _absent(code: str, why: str) -> list[Fact]:
    units = {
        "listed": CUSTOMERS,
        "worth_contacting": CUSTOMERS,
        "contacted": CUSTOMERS,
        "held_out": CUSTOMERS,
        "break_even_response": SHARE,
        "expected_profit": code,
    }
    return [
        Fact(f"winback.{name}", None, unit, why=why, source=LIST) for name, unit in units.items()
    ]
