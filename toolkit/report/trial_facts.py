"""Facts of the control groups, and of what earlier contacts caused."""

from __future__ import annotations

from toolkit.action import CALENDAR, UNKNOWN, Control, Plan, Results, rule_of
from toolkit.book import Book
from toolkit.report.facts import (
    CAMPAIGNS,
    CONTACTS,
    CUSTOMERS,
    NAMES,
    RATIO,
    SHARE,
    Fact,
    Facts,
    count,
    money,
)

SOURCE = "campaign.campaigns_of"
READ = "results.read_back"
PLACES = 6


def trial_facts(book: Book, plan: Plan) -> Facts:
    """Facts of each list's control group (`control.<list>.*`, of a rule of the calendar
    `control.calendar.<rule>.*`) and, with earlier contacts, of their
    results (`results.*`): effects with 95 % intervals, null where none can be told."""
    found = _held(book, plan)
    found += [fact for each in plan.controls for fact in _control(each)]
    if plan.results is not None:
        found += _results(plan.results, book)
    return Facts(found)


def _held(book: Book, plan: Plan) -> list[Fact]:
    """How many of all lists together are held out, and how many contacts of the calendar."""
    of_lists = [each for each in plan.controls if each.list != CALENDAR]
    dated = [each for each in plan.controls if each.list == CALENDAR]
    found = []
    for key, controls, unit in (
        ("control", of_lists, CUSTOMERS),
        ("control.calendar", dated, CONTACTS),
    ):
        held = sum(each.held_out for each in controls)
        if names := held + sum(each.contacted for each in controls):
            found.append(count(f"{key}.names", names, unit, SOURCE))
            found.append(count(f"{key}.held", held, unit, SOURCE))
    share = Fact("control.share", book.settings.control_share, SHARE, source=SOURCE)
    return [*found, share] if found else []


def _control(of: Control) -> list[Fact]:
    key = f"control.{of.list}"
    if of.list == CALENDAR:
        key = f"{key}.{rule_of(of.campaign)[0]}"
    return [
        count(f"{key}.contacted", of.contacted, CUSTOMERS, SOURCE),
        count(f"{key}.held_out", of.held_out, CUSTOMERS, SOURCE),
        _chance(f"{key}.base", of.base),
        _chance(f"{key}.uplift", of.uplift),
        Fact(
            f"{key}.smallest",
            None if of.smallest is None else round(of.smallest, PLACES),
            SHARE,
            why="groups_too_small" if of.smallest is None else None,
            source="sizes.smallest_uplift",
        ),
        count(f"{key}.pool", of.pool, CAMPAIGNS, "sizes.campaigns_to_pool", "not_in_a_hundred"),
    ]


def _chance(key: str, value: float | None) -> Fact:
    if value is None:
        return Fact(key, None, SHARE, why="no_chance", source=SOURCE)
    return Fact(key, round(value, PLACES), SHARE, source=SOURCE)


def _results(of: Results, book: Book) -> list[Fact]:
    judged, told = of.judged, of.response
    why = "no_campaign_to_judge"
    counts = {name: judged[name] for name in ("contacted", "held_out")}
    counts |= {name: judged[name] for name in ("contacted_came", "held_out_came")}
    counts["unknown"] = of.campaigns.contacted[of.campaigns.judged == UNKNOWN]
    found = [
        count("results.campaigns", len(of.campaigns), CAMPAIGNS, READ),
        count("results.judged", len(judged), CAMPAIGNS, READ),
        *(count(f"results.{name}", int(n.sum()), NAMES, READ) for name, n in counts.items()),
        _share("results.uplift", of.uplift(), why),
        *_earned(of, book, why),
    ]
    ends = (round(told.low, PLACES), round(told.high, PLACES))
    response = ("results.kappa", round(told.middle, PLACES), RATIO)
    found.append(Fact(*response, interval=ends, source="response.corrected"))
    return [*found, count("results.measured", told.measured, NAMES, "response.corrected")]


def _earned(of: Results, book: Book, why: str) -> list[Fact]:
    """What the contacts earned, per name as well, of how many names that is, and what of the
    calendar is in it."""
    judged, code = of.judged, book.settings.currency
    paid = judged[judged.margin.notna()]
    contacted, counted = int(paid.contacted.sum()), int(paid.counted.sum())
    counts = {
        "with_money": counted,
        "without_money": int(judged.contacted.sum()) - contacted,
        "with_lists": contacted - counted,
    }
    found = [count(f"results.{name}", n, NAMES, READ) for name, n in counts.items()]
    for name, value in (("earned", of.earned()), ("margin", of.margin())):
        key, source = f"results.{name}", "compared.earned"
        if value is None:
            found.append(money(key, None, code, source, why if book.has_money else "no_amount"))
        else:
            low, high = (money("", each, code, "").value for each in value[1:])
            found.append(money(key, value[0], code, source, interval=(low, high)))
    source = "followed.with_follow_ups"
    cost = float(paid.follow_up_cost.sum())
    return [
        *found,
        count("results.follow_ups", int(paid.follow_ups.sum()), CONTACTS, source),
        money("results.follow_up_cost", cost, code, source),
    ]


def _share(key: str, value: tuple[float, float, float] | None, why: str) -> Fact:
    if value is None:
        return Fact(key, None, SHARE, why=why, source="compared.together")
    middle, *ends = (round(each, PLACES) for each in value)
    return Fact(key, middle, SHARE, interval=(ends[0], ends[1]), source="compared.together")
