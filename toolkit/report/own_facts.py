"""Facts of the client's own economics, to stand beside the sayings "1 : 5" and "5 : 25"."""

from __future__ import annotations

from toolkit.action import Plan
from toolkit.book import Book
from toolkit.currency import decimals
from toolkit.report.facts import RATIO, SHARE, Fact, Facts, money

POINTS = 5
SOURCE = "own_facts.own_facts"


def own_facts(book: Book, plan: Plan, known: Facts) -> Facts:
    """What a new customer costs over what one won back costs, and what five points of retention
    come to; null with a reason where that cannot be told. `known`: `book_facts`.

    Five points: 5 % of the customers active a year ago, each buying for as much as those who were
    kept (`year.kept_spend`), as a share of the year's sales; with one margin for all, that share
    of the gross profit as well. Source: definitions, "The client's own figures".
    """
    code, settings = book.settings.currency, book.settings
    won, back = plan.economics.acquisition_cost, None
    if plan.winback is not None:
        back = plan.cost_per_return()
    ratio = None if plan.winback is None else plan.own_ratio()
    missing = "none_worth_contacting" if won is not None else "no_acquisition_cost"
    facts = [
        money("own.acquisition_cost", won, code, "settings", why="no_acquisition_cost"),
        money(
            "own.cost_per_return", back, code, "plan.cost_per_return", why="none_worth_contacting"
        ),
        Fact("own.ratio", ratio, RATIO, why=None if ratio else missing, source="plan.own_ratio"),
    ]
    needed = ("year.kept_spend", "hole.point_sales", "sales.total")
    if not known.known(*needed) or min(map(known.value, needed)) <= 0:
        return Facts(
            [*facts, Fact("own.five_points", None, SHARE, why="file_too_short", source=SOURCE)]
        )
    scale = 10 ** decimals(code)
    more = POINTS / 100 * book.hole()[1] * float(known.value("year.kept_spend"))
    total = float(known.value("sales.total"))
    return Facts(
        [
            *facts,
            Fact("own.five_points", more / total, SHARE, source=SOURCE),
            money("own.five_points_sales", more * scale, code, SOURCE),
            money("own.five_points_profit", more * settings.margin_share * scale, code, SOURCE),
        ]
    )
