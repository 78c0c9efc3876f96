"""The follow-up calendar: what goes out in the coming weeks, what to print, what it costs."""

from __future__ import annotations

import pandas as pd

from toolkit.action import FollowUp, Plan
from toolkit.book import FEW, Book
from toolkit.report.calendar_sheets import by_rule, weekly
from toolkit.report.cost_marks import cost_mark
from toolkit.report.facts import Facts
from toolkit.report.follow_up_facts import follow_up_facts
from toolkit.report.layouts import known_layouts, laid_out_lists
from toolkit.report.markup import Html, table
from toolkit.report.row_words import channel_name
from toolkit.report.shown import Shown, bullets, callout, figure_block, heading, paragraph
from toolkit.report.style import BLUE, OCHRE, PLUM, SLATE, TEAL, count_axis, drawing, new_figure
from toolkit.words import Words

COLOURS = {"letter": BLUE, "card": TEAL, "mail": SLATE, "line": OCHRE, "phone": PLUM}
LEFT_OUT = ("refused", "held_out", "unreached", "rested", "control")
FORMS = dict.fromkeys(("week_ahead", "contacts", "due", *LEFT_OUT, "printed"), "count")
FORMS |= {"cost": "money", "lapsed": "count", "share": "share"}


def follow_up(book: Book, plan: Plan) -> Shown | None:
    """The section on the follow-up calendar; None without one."""
    found = plan.follow_up
    if found is None:
        return None
    facts, reasons = follow_up_facts(book, plan), book.reasons_for_leaving()
    files = laid_out_lists(book, plan)

    def write(words: Words):
        blocks = [
            paragraph(_lead(book, found, facts, words), "lead"),
            _week_figure(book, found, words) if len(found.made) else None,
            _rules_table(book, found, words) if found.by_rule().due.any() else None,
            bullets(_left_out(book, found, facts, words)),
            _own_rules(book, words),
            *_reasons(reasons, words),
            *(paragraph(line, "note") for line in _files(book, set(files), words)),
        ]
        return words["follow_up.title"], [block for block in blocks if block is not None]

    return Shown.written("follow_up", book.settings.languages, write)


def _lead(book: Book, found: FollowUp, facts: Facts, words: Words) -> str:
    values = {"weeks": found.rules.weeks}
    if not len(found.made):
        return words.say("follow_up.lead_none", **values)
    mark = _mark(book, found, words)
    said = facts.say(words, "follow_up.lead", **values)
    return said + (facts.say(words, "follow_up.lead_cost", mark=mark) if book.has_money else "")


def _mark(book: Book, found: FollowUp, words: Words) -> str:
    return cost_mark(book.settings, found.made.channel.unique(), words)


def _costed(caption: str, book: Book, found: FollowUp, words: Words) -> str:
    """The caption of a table, and that the cost in it is assumed where it is."""
    mark = _mark(book, found, words) if book.has_money else ""
    return caption + words.say("follow_up.costs_note", mark=mark) if mark else caption


def _week_figure(book: Book, found: FollowUp, words: Words) -> Html:
    code = book.settings.currency
    weeks = weekly(found, code, [words])
    sums = weeks.groupby(["week_ahead", "starts"]).contacts.sum().reset_index()
    most = sums.loc[sums.contacts.idxmax()]
    shown = weeks if book.has_money else weeks.drop(columns="cost")
    printed = found.made[found.made.channel.isin(found.rules.printed)]
    return figure_block(
        words,
        name="follow-up-weeks",
        figure=week_chart(found, words),
        finding=words.say(
            "follow_up.finding",
            week=int(most.week_ahead),
            n=int(most.contacts),
        ),
        description=words.say(
            "follow_up.description",
            week=int(most.week_ahead),
            starts=most.starts,
            n=int((found.made.week == 1).sum()),
            printed=int((printed.week == 1).sum()),
        ),
        table_html=table(
            shown,
            words,
            caption=_costed(words["follow_up.weeks_caption"], book, found, words),
            forms=FORMS,
            currency=code,
        ),
        note=words["follow_up.weeks_note"],
    )


@drawing()
def week_chart(found: FollowUp, words: Words):
    """Contacts of each week, parted by how they are made."""
    figure, axes = new_figure(6.0, 3.1)
    counts = found.made.groupby(["week", "channel"]).size().unstack(fill_value=0)
    counts = counts.reindex(range(1, found.rules.weeks + 1), fill_value=0)
    order = [name for name in dict.fromkeys([*found.rules.channels, *counts]) if name in counts]
    bottom = pd.Series(0, index=counts.index)
    for name in order:
        colour = COLOURS.get(name, SLATE)
        axes.bar(
            counts.index,
            counts[name],
            bottom=bottom,
            color=colour,
            width=0.7,
            edgecolor="white",
            linewidth=0.6,
            label=channel_name(name, words),
        )
        bottom = bottom + counts[name]
    axes.set(xlabel=words["axis.weeks_ahead"], ylabel=words["axis.contacts"])
    count_axis(axes.yaxis)
    axes.set_xticks(list(counts.index)[:: -(-len(counts) // 13)])
    figure.legend(loc="outside upper left", ncols=min(len(order), 5))
    return figure


def _rules_table(book: Book, found: FollowUp, words: Words) -> Html:
    """The rules that call for anybody; those that do not are named in `_left_out`."""
    shown = by_rule(found, book.settings.currency, [words])
    shown = shown[shown.due > 0]
    shown = shown.drop(columns=[name for name in LEFT_OUT if not shown[name].any()])
    if not book.has_money:
        shown = shown.drop(columns="cost")
    caption = words.say("follow_up.rules_caption", weeks=found.rules.weeks)
    caption = _costed(caption, book, found, words)
    return table(shown, words, caption=caption, forms=FORMS, currency=book.settings.currency)


def _left_out(book: Book, found: FollowUp, facts: Facts, words: Words) -> list[str]:
    """What the calendar rests on: rest period, those held out, those who
    want none, the best day."""
    log, earlier = book.ledger.contacts, book.ledger.earlier
    told = [facts.say(words, "follow_up.rest")]
    if len(found.held_out):
        told.append(facts.say(words, "follow_up.held_out"))
    if len(found.control):
        told.append(facts.say(words, "follow_up.control"))
    if len(found.unreached):
        told.append(facts.say(words, "follow_up.unreached"))
    if facts.value("follow_up.fallen_due"):
        told.append(facts.say(words, "follow_up.fallen_due"))
    if log is not None or earlier is not None:
        told.append(facts.say(words, "follow_up.lately"))
        told.append(facts.say(words, "follow_up.unwilling"))
        told += _puzzling(found, words)
    if log is None:
        told.append(words["follow_up.no_log" if earlier is None else "follow_up.only_lists"])
    if any(rule.days == "best" for rule in found.rules.rule):
        key = "follow_up.best_day" if found.best_day else "follow_up.no_best_day"
        told.append(words.say(key, days=found.best_day or 0))
    calls = found.by_rule().due.to_numpy() > 0
    idle = [
        r.titled(words.language)
        for r, any_due in zip(found.rules.rule, calls, strict=True)
        if not any_due
    ]
    if idle:
        told.append(words.say("follow_up.idle", titles=words["follow_up.comma"].join(idle)))
    return told


def _puzzling(found: FollowUp, words: Words) -> list[str]:
    """What nobody has understood, for a person to look at."""
    texts = found.puzzling
    if texts is None or texts.empty:
        return []
    named = texts[texts.said != ""]
    rare, values = int(texts.customers[texts.said == ""].sum()), {"few": FEW}
    lines = [
        words.say("follow_up.puzzling_text", said=each.said, n=int(each.customers))
        for each in named.itertuples()
    ]
    if not lines:
        return [words.say("follow_up.puzzling_rare", n=rare, **values)]
    listed = words["follow_up.comma"].join(lines)
    told = [words.say("follow_up.puzzling", texts=listed)]
    told += [words.say("follow_up.puzzling_others", n=rare, **values)] if rare else []
    return [words.joined(told)]


def _own_rules(book: Book, words: Words) -> Html | None:
    if book.settings.calendar_file:
        return None
    return callout(words["follow_up.rules_title"], words["follow_up.rules_text"], kind="assumed")


def _reasons(reasons: pd.DataFrame | None, words: Words) -> list[Html]:
    if reasons is None:
        return []
    rare, absent = words["follow_up.reason_other"], words["follow_up.reason_none"]
    names = [absent if pd.isna(reason) else reason or rare for reason in reasons.reason]
    shown = reasons.assign(reason_to_leave=names)[["reason_to_leave", "lapsed", "share"]]
    told = int(reasons.lapsed[reasons.reason.notna()].sum())
    return [
        heading(words.say("follow_up.reasons_title", n=told, all=int(reasons.lapsed.sum()))),
        table(shown, words, caption=words.say("follow_up.reasons_caption", few=FEW), forms=FORMS),
    ]


def _files(book: Book, files: set[str], words: Words) -> list[str]:
    """Which files for mail tools and printers lie beside the report, and which not, and why."""
    if not book.settings.personal_columns:
        return [words["follow_up.files_off"]]
    made, lacking = [], []
    for layout in known_layouts():
        n = sum(name.endswith(f"_{layout.name}.{layout.ending}") for name in files)
        title = layout.title[words.language]
        if n:
            made.append(words.say("follow_up.file", title=title, n=n))
        else:
            lacking.append(title)
    comma = words["follow_up.comma"]
    told = [words.say("follow_up.files", titles=comma.join(made))] if made else []
    if lacking:
        told.append(words.say("follow_up.files_lacking", titles=comma.join(lacking)))
    return told
