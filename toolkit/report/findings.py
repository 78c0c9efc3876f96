"""The findings of page one: what is at stake, in the client's money, largest first."""

from __future__ import annotations

from decimal import Decimal

from toolkit.book import FACTORS
from toolkit.foresight import FEWEST_CUSTOMERS
from toolkit.report.facts import Facts
from toolkit.report.repeat_facts import YEAR
from toolkit.report.shown import Action, Finding
from toolkit.words import Words

SHOWN = 3


def findings(facts: Facts, words: Words, currency: str, assumed: bool) -> list[Finding]:
    """At most three findings, the one with the most money first.

    Each is there only if the facts behind it are known and there is money in it: returns can
    leave less than nothing. The money is exact where it is counted (the sales of those who left),
    and marked where it rests on an assumption.
    """
    found = [_lost(facts), _prime(facts), _f2(facts), _driver(facts), _winback(facts)]
    ranked = sorted((f for f in found if f), key=lambda f: -abs(facts.value(f[1])))
    return [_told(facts, words, currency, assumed, *one) for one in ranked[:SHOWN]]


def _lost(facts: Facts) -> tuple[str, str, str] | None:
    if not facts.known("bridge.lost", "year.lost", "rate.outflow", "hole.point_sales"):
        return None
    paid = facts.value("bridge.lost") > 0 and facts.value("hole.point_sales") > 0
    return ("lost", "bridge.lost", "counted") if paid else None


def _prime(facts: Facts) -> tuple[str, str, str] | None:
    if not facts.known("prime.lost", "prime.lost_sales"):
        return None
    there = facts.value("prime.lost") > 0 and facts.value("prime.lost_sales") > 0
    return ("prime", "prime.lost_sales", "counted") if there else None


def _f2(facts: Facts) -> tuple[str, str, str] | None:
    if not facts.known("f2.rate", "f2.five_points_sales", "f2.day_half"):
        return None
    return (
        ("f2", "f2.five_points_sales", "floor") if facts.value("f2.five_points_sales") > 0 else None
    )


def _driver(facts: Facts) -> tuple[str, str, str] | None:
    keys = [f"sales.change.{factor}" for factor in FACTORS]
    if not facts.known(*keys) or not facts.value("sales.change"):
        return None
    sign = 1 if facts.value("sales.change") > 0 else -1
    largest = max(keys, key=lambda key: sign * facts.value(key))
    return ("driver_up" if sign > 0 else "driver_down"), largest, "split"


def _winback(facts: Facts) -> tuple[str, str, str] | None:
    if not facts.known("winback.expected_profit", "winback.break_even_response"):
        return None
    if not facts.value("winback.contacted"):
        return None
    return "winback", "winback.expected_profit", "estimate"


def _told(
    facts: Facts, words: Words, currency: str, assumed: bool, key: str, money: str, sure: str
) -> Finding:
    more = _driver_words(facts, words, money, currency) if key.startswith("driver") else {}
    body = "driver" if key.startswith("driver") else key
    fact = facts[money]
    low, high = fact.interval or (None, None)
    confidence = words.say(
        f"summary.{sure}",
        low=words.write(low, "money", currency),
        high=words.write(high, "money", currency),
    )
    titled = "winback_small" if key == "winback" and _untested(facts) else key
    return Finding(
        title=facts.say(words, f"finding.{titled}_title", **more),
        text=facts.say(words, _text(facts, body), **more),
        money=fact.write(words, ""),
        confidence=confidence,
        next_step=facts.say(words, f"finding.{body}_next", **more),
        assumed=words["summary.assumed"] if assumed and key == "winback" else None,
    )


def _untested(facts: Facts) -> bool:
    """Whether the shop is too small for a model, so that chances rest on a rule with no record."""
    ever = "customers.ever"
    return ever in facts and facts.value(ever) < FEWEST_CUSTOMERS


def _text(facts: Facts, body: str) -> str:
    """Key of a finding's text."""
    if body == "winback" and not facts.value("winback.held_out"):
        return "finding.winback_text_all"
    return f"finding.{body}_text"


def _driver_words(facts: Facts, words: Words, key: str, currency: str) -> dict[str, str]:
    factor = words[f"factor.{key.removeprefix('sales.change.')}"]
    return {
        "factor": factor,
        "factor_cap": factor[0].upper() + factor[1:],
        "part": signed(facts.value(key), words, currency),
        "change": signed(facts.value("sales.change"), words, currency),
    }


def signed(amount: Decimal, words: Words, currency: str) -> str:
    """An amount with its sign written out, so that a rise is seen as one."""
    text = words.write(amount, "money", currency)
    return f"+{text}" if amount > 0 else text


def _profit_span(facts: Facts, words: Words) -> dict[str, str]:
    """Low and high end of the expected profit, written."""
    profit = facts["winback.expected_profit"]
    low, high = (words.write(end, "money", profit.unit) for end in profit.interval)
    return {"low": low, "high": high}


def _first_timers(facts: Facts) -> bool:
    """Whether there is anyone to bring to a second visit."""
    key = "layers.first.active"
    return facts.value(key if key in facts else "bucket.year.new") > 0


def _near(facts: Facts, has_money: bool) -> tuple[str | None, str]:
    """Which sentence says what to do about those about to lapse, and which says how: of those to
    be contacted, and of all of them where it is not known whom a contact pays for."""
    if not facts.value("customers.near_lapse"):
        return None, ""
    if not facts.known("about_to_lapse.contacted"):
        loyal = has_money and facts.value("customers.near_lapse_loyal") > 0
        return "near", "near_how" if loyal else "near_how_counts"
    if not facts.value("about_to_lapse.contacted"):
        test = facts.known("about_to_lapse.paying") and facts.value("about_to_lapse.paying")
        return "near_none", "near_test_how" if test else "near_none_how"
    loyal = facts.value("about_to_lapse.contacted_loyal") > 0
    return "near_some", "near_some_how" if loyal else "near_how_counts"


def _of_all(facts: Facts, near_how: str, near: str | None, held: bool) -> dict[str, str]:
    """The sentences on how that name nobody held out, where nobody is."""
    found = {} if held else {"try_winback": "try_winback_how_all"}
    if "winback.held_out" in facts and not facts.value("winback.held_out"):
        found["winback"] = "winback_how_all"
    if near_how == "near_some_how" and not facts.value("about_to_lapse.held_out"):
        found[near] = "near_some_how_all"
    return found


def actions(
    facts: Facts,
    words: Words,
    cost: str,
    has_money: bool,
    mark: str,
    ways: str | None = None,
    held: bool = True,
) -> list[Action]:
    """Three things to do on Monday, each only if there is somebody to do it for.

    cost: of a letter; ways: the ways of contact with their costs, None where letters are the only
    one; held: whether some of each list are held out.
    """
    picked = []
    if facts.known("winback.worth_contacting"):
        if facts.value("winback.contacted"):
            picked.append("winback")
        elif facts.known("winback.paying") and facts.value("winback.paying"):
            shut = facts.known("winback.no_room") and facts.value("winback.no_room")
            picked.append("limit_winback" if shut else "try_winback")
        elif facts.value("winback.listed"):
            picked.append("no_winback" if ways is None else "no_winback_ways")
    near, near_how = _near(facts, has_money)
    if near in ("near", "near_some"):
        picked.append(near)
    if facts.known("f2.day_half", "f2.day_most") and _first_timers(facts):
        picked.append("f2")
    picked = picked or [near or "more_data"]
    values = {"cost": cost, "mark": mark, "ways": ways}
    span = _profit_span(facts, words) if "winback" in picked else {}
    how = {near: near_how} if near else {}
    how |= _of_all(facts, near_how, near, held)
    if "f2" in picked and facts.value("f2.followed") < YEAR:
        how["f2"] = "f2_how_short"
    return [
        Action(
            facts.say(words, f"action.{key}"),
            facts.say(words, f"action.{how.get(key, f'{key}_how')}", **values, **span),
        )
        for key in picked[:SHOWN]
    ]
