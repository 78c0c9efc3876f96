"""What win-back rests on and comes to: channels, how many contacts pay, the client's own ratios."""

from __future__ import annotations

from toolkit.action import Plan
from toolkit.book import Book
from toolkit.foresight import Outlook
from toolkit.report.amounts import in_major_units
from toolkit.report.cost_marks import costs_of_ways, letters_only, margin_mark
from toolkit.report.facts import Facts
from toolkit.report.markup import Html, table
from toolkit.report.row_words import channel_name
from toolkit.report.shown import bullets, callout, heading, paragraph
from toolkit.words import Words

WAYS = {
    "channel": "",
    "contact_cost": "money",
    "relative_response": "ratio",
    "contacts": "count",
    "cost": "money",
    "caused": "ratio",
    "expected_profit": "money",
}


def economics(book: Book, plan: Plan, outlook: Outlook, facts: Facts, words: Words) -> Html:
    """The assumptions: margin, cost, offer, response, limits."""
    settings, found = book.settings, plan.economics
    low, middle, high = found.kappa
    values = {
        "margin": words.write(settings.margin_share, "share"),
        "cost": words.write(settings.cost_per_contact, "money", settings.currency),
        "offer": words.write(settings.offer_cost, "money", settings.currency),
        "visits": words.write(outlook.visits_if_back, "ratio"),
        "horizon": outlook.horizon_days,
        "low": words.write(low, "ratio"),
        "middle": words.write(middle, "ratio"),
        "high": words.write(high, "ratio"),
        "measured": found.measured,
        "most": settings.most_contacts,
        "budget": words.write(settings.budget, "money", settings.currency),
    }
    of_ways = "" if letters_only(found) else "_ways"
    values["ways"] = costs_of_ways(settings, found, words)
    asked = {f"{name}_mark": words["summary.assumed_mark"] for name in settings.assumed()}
    marks = {"margin_mark": "", "contact_cost_mark": ""} | asked
    compared = plan.results is not None and len(plan.results.judged) > 0
    if compared:
        values["why"] = words[f"no_correction.{plan.results.response.why or 'none'}"]
    values["assumed"] = words.say(f"winback.economics_assumed{of_ways}", **values)
    keys = [f"money{of_ways}"]
    rest = "compared" if compared else "uplift"
    keys.append(f"measured{of_ways}" if found.measured else rest)
    keys += ["limit_money"] if found.budget is not None else []
    keys += ["limit_number"] if found.most_contacts is not None else []
    if found.limited and facts.value("winback.worth_contacting"):
        keys.append(_choice(facts, words))
    keys += ["limit_held"] if found.limited and settings.control_share else []
    lines = [facts.say(words, f"winback.economics_{k}", **values, **marks) for k in keys]
    return callout(words["winback.economics_title"], *lines, kind="assumed")


def _choice(facts: Facts, words: Words) -> str:
    """Key of the sentence on how the contacts are chosen within the limits."""
    sure = "winback.guaranteed_within"
    if not facts.known(sure):
        return "limit_careful"
    whole = facts[sure].write(words, "") == words.write(1, "share")
    return "limit_best" if whole else "limit_choice"


def ways(book: Book, plan: Plan, words: Words, mark: str) -> Html:
    """The client's channels: what a contact costs, and what those to be made come to."""
    code = book.settings.currency
    found = in_major_units(plan.spending(), ["contact_cost", "cost", "profit"], code)
    found = found.assign(channel=[channel_name(name, words) for name in found.channel])
    found = found.rename(columns={"response": "relative_response", "profit": "expected_profit"})
    caption = words.say("winback.ways_caption", mark=mark)
    return table(found[list(WAYS)], words, caption=caption, forms=WAYS, currency=code)


def how_many(book: Book, plan: Plan, facts: Facts, words: Words, mark: str) -> Html:
    """How many contacts pay, what more of them would come to, what is lost if none works."""
    value = facts.value
    keys = ["paying"] if value("winback.paying") else []
    if value("winback.worth_contacting") and facts.known("winback.guaranteed"):
        keys += (
            [] if plan.economics.limited else [_alone("safe", value("winback.worth_contacting"))]
        )
    more = _more(plan, facts, words) if value("winback.to_test") else None
    keys += [more] if more else []
    if more == "to_test" and not book.settings.control_share:
        keys[-1] = "to_test_all"
    if value("winback.next"):
        key = "next_even" if _nothing(facts, words, "winback.next_loss") else "next"
        keys.append(_alone(key, value("winback.next")))
    if value("winback.worth_contacting"):
        keys += ["leak"] if value("winback.leak") else []
        keys.append("at_risk")
    kappa = words.write(plan.economics.kappa[1], "ratio")
    return bullets([facts.say(words, f"winback.{key}", mark=mark, kappa=kappa) for key in keys])


def _alone(key: str, n: int) -> str:
    """The key of a sentence, of one customer where it is one."""
    return f"{key}_one" if n == 1 else key


def _more(plan: Plan, facts: Facts, words: Words) -> str:
    """Key of the sentence on those who pay at the middle response, but are not to be contacted."""
    if _nothing(facts, words, "winback.test_profit", "winback.test_low"):
        return "to_test_even"
    if not plan.economics.limited:
        return "to_test"
    return "beyond" if (plan.to_test().priority_low < 0).any() else "beyond_limit"


def _nothing(facts: Facts, words: Words, *keys: str) -> bool:
    """Whether these amounts are nothing as they would be written."""
    none = [words.write(0, "money", facts[key].unit) for key in keys]
    return [facts[key].write(words, "") for key in keys] == none


def own_figures(book: Book, facts: Facts, words: Words, mark: str) -> list[Html]:
    """The client's own "1 : n" and "5 points = n %"; the sayings are a footnote."""
    marks = {"mark": mark, "margin_mark": margin_mark(book.settings, words)}
    back = "own_back" if facts.known("own.cost_per_return") else "own_unknown"
    keys = ["own_ratio" if facts.known("own.ratio") else back]
    keys.append("own_points" if facts.known("own.five_points") else "own_points_none")
    return [
        heading(words["winback.own_title"]),
        bullets([facts.say(words, f"winback.{key}", **marks) for key in keys]),
        paragraph(words["winback.own_note"], "note"),
    ]
