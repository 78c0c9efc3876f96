"""Facts of the follow-up calendar: contacts to come, what to print, what they cost, who is left
out."""

from __future__ import annotations

from toolkit.action import Plan, fallen_due
from toolkit.book import Book
from toolkit.report.facts import CONTACTS, CUSTOMERS, DAYS, Fact, Facts, count, money

SOURCE = "calendar.follow_up"


def follow_up_facts(book: Book, plan: Plan) -> Facts:
    """Facts of the plan's calendar; none without one. Without amounts no cost is told."""
    found, code = plan.follow_up, book.settings.currency
    if found is None:
        return Facts([])
    cost = money("follow_up.cost", found.cost, code, SOURCE)
    if not book.has_money:
        cost = Fact(cost.id, None, code, why="no_amount", source=SOURCE)
    return Facts(
        [
            count("follow_up.contacts", len(found.made), CONTACTS, SOURCE),
            count("follow_up.customers", found.made.customer_id.nunique(), CUSTOMERS, SOURCE),
            count("follow_up.printed", found.printed, CONTACTS, SOURCE),
            cost,
            count("follow_up.rest_days", found.rules.rest_days, DAYS, SOURCE),
            count("follow_up.rested", len(found.rested), CONTACTS, "rest.rested"),
            count("follow_up.refused", len(found.refused), CONTACTS, "rest.unwilling"),
            count("follow_up.held_out", len(found.held_out), CONTACTS, SOURCE),
            count("follow_up.control", len(found.control), CONTACTS, "of_calendar"),
            count("follow_up.unreached", len(found.unreached), CONTACTS, "reach.in_place_of"),
            count("follow_up.fallen_due", fallen_due(book), CONTACTS, "known.fallen_due"),
            count("follow_up.lately", len(found.lately), CUSTOMERS, "known.reached_lately"),
            count("follow_up.unwilling", len(found.unwilling), CUSTOMERS, "rest.unwilling"),
        ]
    )
