"""What the last contacts earned: contacted against held out, or, without lots, side by side."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from toolkit.action import CALENDAR, FEWEST_DAYS, Plan, Results
from toolkit.book import FEW, Book
from toolkit.report.amounts import in_major_units
from toolkit.report.cost_marks import margin_mark
from toolkit.report.facts import Facts
from toolkit.report.markup import Html, table
from toolkit.report.sections.control import campaign_name, rule_titles
from toolkit.report.sections.results_charts import effect_chart
from toolkit.report.shown import Shown, bullets, callout, figure_block, heading, paragraph
from toolkit.report.trial_facts import trial_facts
from toolkit.words import Words

MONEY = ("contacted_margin", "held_out_margin", "margin", "margin_low", "margin_high")
RATES = ("contacted_share", "held_out_share", "uplift", "uplift_low", "uplift_high")
COUNTS = ("contacted", "held_out", "days")
# Headings that are not those of the win-back list, whose uplift is an assumption.
HEADINGS = {"uplift": "effect", "uplift_low": "effect_low", "uplift_high": "effect_high"}
HEADINGS |= {"margin": "margin_effect"}
FORMS = dict.fromkeys(RATES, "share") | dict.fromkeys(HEADINGS.values(), "points")
FORMS |= dict.fromkeys((*MONEY, "margin_effect"), "money") | dict.fromkeys(COUNTS, "count")
SEEN = {
    "contacted": "count",
    "contacted_came": "count",
    "contacted_share": "share",
    "others": "count",
    "others_came": "count",
    "others_share": "share",
    "answered": "count",
}


def results(book: Book, plan: Plan) -> Shown | None:
    """The section on what earlier contacts caused; None without earlier lists and a contact log."""
    found = plan.results
    if found is None or (found.campaigns.empty and not _any(found.observed)):
        return None
    facts = trial_facts(book, plan)

    def write(words: Words):
        blocks = [
            paragraph(_lead(found, facts, words), "lead"),
            *_effects(book, plan, found, facts, words),
        ]
        blocks += [*_response(book, found, facts, words), *_observed(found, words)]
        return words["results.title"], [*blocks, *_reasons(found, words)]

    return Shown.written("results", book.settings.languages, write)


def _any(frame: pd.DataFrame | None) -> bool:
    return frame is not None and not frame.empty


def _lead(found: Results, facts: Facts, words: Words) -> str:
    if found.campaigns.empty:
        return words["results.lead_observed"]
    if not facts.known("results.uplift"):
        return words.joined([facts.say(words, "results.lead_none"), *_unknown(facts, words)])
    low, high = facts["results.uplift"].interval
    key = "proven" if low > 0 else "harm" if high < 0 else "open"
    told = [facts.say(words, f"results.lead_{key}", low=low, high=high)]
    if facts.value("results.judged") > 1:
        told.append(facts.say(words, "results.lead_names"))
    return words.joined([*told, *_unknown(facts, words)])


def _unknown(facts: Facts, words: Words) -> list[str]:
    """How many names are left out since it is not known whether they were contacted."""
    return [facts.say(words, "results.lead_unknown")] if facts.value("results.unknown") else []


def _effects(
    book: Book, plan: Plan, found: Results, facts: Facts, words: Words
) -> list[Html | None]:
    """The money, the chart with its table, and what is to be known of each campaign."""
    if found.campaigns.empty:
        return []
    told = []
    if facts.known("results.earned"):
        low, high = facts["results.earned"].interval
        code = book.settings.currency
        mark = margin_mark(book.settings, words)
        ends = {"low": words.write(low, "money", code), "high": words.write(high, "money", code)}
        low, high = facts["results.margin"].interval
        ends |= {"low_each": words.write(low, "money", code)}
        ends |= {"high_each": words.write(high, "money", code)}
        more = ("without_money", "with_lists")
        some = any(facts.value(f"results.{name}") for name in more)
        keys = ["earned_some" if some else "earned"]
        keys += [name for name in (*more, "follow_ups") if facts.value(f"results.{name}")]
        said = [facts.say(words, f"results.{key}", mark=mark, **ends) for key in keys]
        told.append(paragraph(words.joined(said)))
    named = _named(found.campaigns, words, rule_titles(plan, words))
    if len(found.judged):
        told.append(_figure(book, found, facts, named, words))
    return [*told, bullets(lines) if (lines := _known_of_each(named, words)) else None]


def _named(campaigns: pd.DataFrame, words: Words, titles: Mapping[str, str]) -> pd.DataFrame:
    pairs = zip(campaigns.campaign, campaigns.list, strict=True)
    return campaigns.assign(campaign=[campaign_name(*pair, words, titles) for pair in pairs])


def _figure(book: Book, found: Results, facts: Facts, named: pd.DataFrame, words: Words) -> Html:
    judged = named[named.index.isin(found.judged.index)]
    code = book.settings.currency
    columns = ["campaign", "listed_on", *COUNTS, *RATES, *(MONEY if book.has_money else ())]
    low, high = facts["results.uplift"].interval
    return figure_block(
        words,
        name="results-effects",
        figure=effect_chart(judged, found.uplift(), words),
        finding=facts.say(words, f"results.finding_{'one' if len(judged) == 1 else 'several'}"),
        description=facts.say(words, "results.description", low=low, high=high),
        table_html=table(
            in_major_units(judged, list(MONEY), code)[columns].rename(columns=HEADINGS),
            words,
            caption=words["results.caption"],
            forms=FORMS,
            currency=code,
        ),
        note=words["results.note"],
    )


def _known_of_each(named: pd.DataFrame, words: Words) -> list[str]:
    """Lists never sent, not known to be, too young or too small, and groups that were mixed; of
    the calendar's rules those never sent, not known to be and too small together."""
    told, short = [], ("never_sent", "unknown", "too_few")
    dated = (named.list == CALENDAR) & named.judged.isin(short)
    for judged, rows in named[dated].groupby("judged"):
        titles = words["follow_up.comma"].join(rows.campaign.unique())
        told.append(words.say(f"results.calendar_{judged}", titles=titles))
    for each in named[~dated].itertuples():
        values = {"campaign": each.campaign, "day": each.listed_on, "days": int(each.days)}
        values |= {"contacted": int(each.contacted), "held_out": int(each.held_out)}
        if each.judged != "yes":
            told.append(words.say(f"results.{each.judged}", **values))
        if each.status == "sent" and each.reached < each.contacted:
            told.append(words.say("results.reached", n=int(each.reached), **values))
        if each.crossed:
            told.append(words.say("results.crossed", n=int(each.crossed), **values))
    return told


def _response(book: Book, found: Results, facts: Facts, words: Words) -> list[Html]:
    """What the campaigns made of the assumed response."""
    if found.campaigns.empty:
        return []
    low, middle, high = (words.write(each, "ratio") for each in book.settings.kappas)
    if not found.response.measured:
        text = words.say(
            "results.response_same",
            low=low,
            middle=middle,
            high=high,
            why=words[f"no_correction.{found.response.why}"],
        )
        return [callout(words["results.response"], text, kind="assumed")]
    then = {"low": low, "middle": middle, "high": high}
    ends = [words.write(each, "ratio") for each in facts["results.kappa"].interval]
    now = {"now_low": ends[0], "now_high": ends[1]}
    text = facts.say(words, "results.response_changed", **then, **now)
    return [callout(words["results.response"], text)]


def _observed(found: Results, words: Words) -> list[Html | None]:
    """Contacts whose recipients were chosen: two columns of counts, and no difference."""
    if not _any(found.observed):
        return []
    shown = found.observed.assign(
        campaign=[
            each.campaign if each.named else words.say("results.month", month=each.campaign)
            for each in found.observed.itertuples()
        ]
    )
    for who in ("contacted", "others"):
        shown[f"{who}_share"] = shown[f"{who}_share"].where(shown[who] >= FEW)
    columns = ["campaign", "since", "until", *SEEN]
    if not shown.answered.fillna(0).any():
        columns.remove("answered")
    early = shown.campaign[shown.days < FEWEST_DAYS]
    names = words["results.observed_and"].join(early)
    return [
        heading(words["results.observed"]),
        callout(words["results.no_effect_title"], words["results.no_effect"], kind="caution"),
        table(shown[columns], words, caption=words["results.observed_caption"], forms=SEEN),
        paragraph(words.say("results.observed_early", campaigns=names), "note") if names else None,
    ]


def _reasons(found: Results, words: Words) -> list[Html]:
    """The reasons for leaving that the client filled in."""
    if found.reasons.empty:
        return []
    named = found.reasons.reason.where(found.reasons.reason != "", words["results.reason_alone"])
    shown = found.reasons.assign(reason_given=named)[["reason_given", "customers"]]
    told = table(
        shown, words, caption=words["results.reasons_caption"], forms={"customers": "count"}
    )
    return [heading(words["results.reasons"]), told]
