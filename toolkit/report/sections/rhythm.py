"""Rhythm: how long customers stay away, who still comes back, and where to call one lost."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from toolkit.book import CLASSIC_LAPSE, FEW, Book
from toolkit.foresight import MOST_BACK, Rhythm, rhythm_of
from toolkit.frames import row
from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts
from toolkit.report.markup import Html, table
from toolkit.report.rhythm_facts import rhythm_facts
from toolkit.report.sections.rhythm_charts import (
    chance_chart,
    judged_lines,
    line_chart,
    survival_chart,
    told_chances,
)
from toolkit.report.shown import Shown, figure_block, more, paragraph
from toolkit.words import Words

UNUSUAL = 0.1  # a silence longer than nine in ten of those that ended
YEAR = 365
LEAST_POINTS = 3  # fewer points are no curve
EXAMPLES = (90, CLASSIC_LAPSE)
SHOWN_SILENCES = (0, 30, 60, 90, 120, 180, 240, 360, 540, 720)


def rhythm(book: Book) -> Shown:
    """The section on how long silences last and which of them end."""
    facts, told = book_facts(book) + rhythm_facts(book), rhythm_of(book)
    now = _now(book, told)

    def write(words: Words):
        blocks = [paragraph(_lead(facts, words, told.recommended.latest), "lead")]
        blocks += _lines(told, facts, words)
        if told.replay:
            blocks.append(paragraph(_replayed(told, facts, words)))
        blocks += _stood(book, told, words)
        blocks += _chances(told, words)
        if now["known"] >= FEW:
            blocks.append(paragraph(words.say("rhythm.unusual", **now)))
        survival = _survival(told, book, words)
        return words["rhythm.title"], blocks + ([more(words, *survival)] if survival else [])

    return Shown.written("rhythm", book.settings.languages, write)


def _lead(facts: Facts, words: Words, late: int | None) -> str:
    line = facts["rhythm.line"]
    if line.value is not None:
        error = facts["rhythm.line_error"]
        if not _sure(facts):
            return _lead_may(facts, words, late)
        key = "rhythm.lead_classic" if facts.known("rhythm.classic_error") else "rhythm.lead"
        key = "rhythm.lead_same" if line.value == CLASSIC_LAPSE else key
        low, high = error.interval
        told = {"back": error.numerator, "lapses": error.denominator, "low": low, "high": high}
        return facts.say(words, key, **told)
    if line.why == "no_line_short_enough":
        return facts.say(words, "rhythm.lead_none")
    judged = facts.known("rhythm.judged_to_error")
    return facts.say(words, "rhythm.lead_short" if judged else "rhythm.lead_unknown")


def _sure(facts: Facts) -> bool:
    """Whether the whole interval of the recommended line's error is at most one in five."""
    return facts["rhythm.line_error"].interval[1] <= MOST_BACK


def _lead_may(facts: Facts, words: Words, late: int | None) -> str:
    """The recommended line where the interval of its error reaches above one in five; from `late`
    days on it does not any more (None: that cannot be told)."""
    error = facts["rhythm.line_error"]
    low, high = error.interval
    told = {"back": error.numerator, "lapses": error.denominator, "low": low, "high": high}
    said = [facts.say(words, "rhythm.lead_may", **told)]
    if late is not None:
        said.append(words.say("rhythm.lead_may_late", late=late))
    if facts.known("rhythm.classic_error") and facts.value("rhythm.line") != CLASSIC_LAPSE:
        said.append(facts.say(words, "rhythm.lead_may_classic"))
    return words.joined(said)


def _lines(told: Rhythm, facts: Facts, words: Words) -> list[Html]:
    lines = told.lines[told.lines.called_lost > 0]
    if lines.error.notna().sum() == 0:
        return []
    listed, missing = _line_table(lines, words), _missing(told.lines, words)
    judged = judged_lines(told.errors)
    if len(judged) < LEAST_POINTS:
        return [listed, *missing]
    span = facts["rhythm.line"].interval
    return [
        figure_block(
            words,
            name="rhythm-lines",
            figure=line_chart(judged, told, facts.value("lapse.days"), words),
            finding=facts.say(words, _line_finding(facts), high=_high(facts)),
            description=words.say(
                f"rhythm.lines_{_certain(span)}",
                shortest=int(judged.line_days.iloc[0]),
                longest=int(judged.line_days.iloc[-1]),
                most=judged.error.iloc[0],
                least=judged.error.iloc[-1],
                early=span[0] if span else None,
                late=span[1] if span else None,
            ),
            table_html=listed,
            note=words["rhythm.lines_note"],
        ),
        *missing,
    ]


def _missing(lines: pd.DataFrame, words: Words) -> list[Html]:
    """Why the classic line or the one in force is not in the table, where it is not."""
    marked = lines[(lines.called_lost == 0) & ((lines.line_days == CLASSIC_LAPSE) | lines.in_force)]
    if marked.empty:
        return []
    told = []
    for line in marked.itertuples():
        names = {"in_force": line.in_force, "classic": line.line_days == CLASSIC_LAPSE}
        name = words["rhythm.and"].join(words[f"rhythm.{k}"] for k, there in names.items() if there)
        told.append(words.say("rhythm.line_missing", days=int(line.line_days), name=name))
    lines_said = words["rhythm.and"].join(told)
    return [paragraph(words.say("rhythm.lines_missing", lines=lines_said), "note")]


def _certain(span: tuple[int, int] | None) -> str:
    """How well the line is known: no interval, one of a single line, or one between two."""
    if span is None:
        return "description"
    return "exact" if span[0] == span[1] else "span"


def _line_finding(facts: Facts) -> str:
    line, force = facts.value("rhythm.line"), facts.value("lapse.days")
    if line is None:
        return "rhythm.lines_none"
    key = f"rhythm.lines_{'same' if line == force else 'shorter' if line < force else 'longer'}"
    return key if _sure(facts) else f"{key}_may"


def _high(facts: Facts) -> float | None:
    """The upper end of the error of the recommended line; None without one."""
    interval = facts["rhythm.line_error"].interval
    return interval[1] if interval else None


def _line_table(lines: pd.DataFrame, words: Words) -> Html:
    marks = {"recommended": lines.recommended, "in_force": lines.in_force}
    marks |= {"classic": lines.line_days == CLASSIC_LAPSE}
    named = {
        name: there.map({True: words[f"rhythm.{name}"], False: ""}) for name, there in marks.items()
    }
    remarks = pd.DataFrame(named).apply(lambda r: words["rhythm.and"].join(filter(None, r)), axis=1)
    shown = lines.rename(columns={"low": "low_95", "high": "high_95"}).assign(mark=remarks)
    forms = dict.fromkeys(("line_days", "called_lost", "came_back"), "count")
    forms |= dict.fromkeys(("error", "low_95", "high_95"), "share")
    forms |= {"later_days": "", "unseen": "count"}
    return table(shown[[*forms, "mark"]], words, caption=words["rhythm.lines_caption"], forms=forms)


def _replayed(told: Rhythm, facts: Facts, words: Words) -> str:
    fact = facts["rhythm.then_error"]
    back, lapses = fact.numerator, fact.denominator
    return facts.say(words, "rhythm.replay", day=told.replay.day, back=back, lapses=lapses)


def _stood(book: Book, told: Rhythm, words: Words) -> list[Html]:
    """What the number of lost customers of a year ago was worth."""
    force = told.errors.set_index("line_days").loc[book.cutoffs.lapse_days]
    if force.stood_lost < FEW:
        return []
    day = book.closing - dt.timedelta(days=YEAR)
    stood, came = int(force.stood_lost), int(force.came_since)
    share, line = force.since_share, book.cutoffs.lapse_days
    return [
        paragraph(
            words.say("rhythm.stood", day=day, line=line, stood=stood, came=came, share=share)
        )
    ]


def _chances(told: Rhythm, words: Words) -> list[Html]:
    year = told_chances(told.chances)
    everybody = year[year.ordinal == "all"].set_index("silent_days").share
    if len(everybody) < LEAST_POINTS:
        return []
    early = EXAMPLES[0] if EXAMPLES[0] in everybody.index else int(everybody.index[0])
    late = EXAMPLES[1] if EXAMPLES[1] in everybody.index else int(everybody.index[-1])
    pair = year[year.silent_days == early].set_index("ordinal").share
    apart = {"1", "5+"} <= set(pair.index)
    reached = int(year[(year.ordinal == "all") & (year.silent_days == early)].waiting.iloc[0])
    return [
        figure_block(
            words,
            name="rhythm-chances",
            figure=chance_chart(year, words),
            finding=words.say(
                "rhythm.chances_finding",
                early=early,
                late=late,
                first=everybody[early],
                then=everybody[late],
            ),
            description=words.say(
                "rhythm.chances_apart" if apart else "rhythm.chances_counted",
                early=early,
                reached=reached,
                once=pair.get("1"),
                often=pair.get("5+"),
            ),
            table_html=_chance_table(told.chances, words),
            note=words["rhythm.chances_note"],
        )
    ]


def _chance_table(chances: pd.DataFrame, words: Words) -> Html:
    """A row for each silence: the year ahead by ordinal, and every span ahead for all of them."""
    known = chances[chances.share.notna() & chances.silent_days.isin(SHOWN_SILENCES)]
    year = known[known.within_days == YEAR]
    wide = year.pivot(index="silent_days", columns="ordinal", values="share")
    wide = wide.rename(columns={name: words[f"rhythm.after_{name}"] for name in wide})
    ends = year[year.ordinal == "all"].set_index("silent_days")[["low", "high"]]
    wide = wide.join(ends.rename(columns={"low": "low_95", "high": "high_95"}))
    sooner = known[(known.within_days != YEAR) & (known.ordinal == "all")]
    for ahead, part in sooner.groupby("within_days"):
        wide[words.say("rhythm.within", days=ahead)] = part.set_index("silent_days").share
    forms = {"silent_days": "count"} | dict.fromkeys(wide.columns, "share")
    shown = wide.rename_axis(None, axis=1).reset_index()
    return table(shown, words, caption=words["rhythm.chances_caption"], forms=forms)


def _survival(told: Rhythm, book: Book, words: Words) -> list[Html]:
    curves = told.survival
    if curves.empty:
        return []
    points = pd.concat([_points(part) for _, part in curves.groupby("ordinal", sort=False)])
    if points.empty:
        return []
    edge = words.say(f"rhythm.edge_{told.edge}", since=told.since or book.first)
    forms = {"days": "count", "silences": "count"}
    forms |= dict.fromkeys(("survival", "low_95", "high_95"), "share")
    shown = points.assign(ordinal=[words[f"rhythm.after_{name}"] for name in points.ordinal])
    first = points[points.ordinal == points.ordinal.iloc[0]].iloc[-1]
    last = points[points.days <= first.days].iloc[-1]
    return [
        figure_block(
            words,
            name="rhythm-survival",
            figure=survival_chart(curves, words),
            finding=words.say(
                "rhythm.survival_finding", days=int(first.days), share=first.survival
            ),
            description=words.say(
                "rhythm.survival_description",
                after=words[f"rhythm.after_{last.ordinal}"],
                days=int(last.days),
                share=last.survival,
            ),
            table_html=table(
                shown[["ordinal", *forms]],
                words,
                caption=words["rhythm.survival_caption"],
                forms=forms,
            ),
            note=edge,
        )
    ]


def _points(curve: pd.DataFrame) -> pd.DataFrame:
    """The curve of one ordinal at 30, 90, 180 and 365 days, as far as anybody is watched."""
    rows = []
    for days in (30, 90, 180, YEAR):
        upto = curve[curve.days <= days]
        if len(upto) and curve.days.iloc[-1] >= days:
            rows.append(upto.iloc[-1].to_dict() | {"days": days})
    names = {"low": "low_95", "high": "high_95"}
    points = pd.DataFrame(rows, columns=curve.columns).rename(columns=names)
    return points.assign(silences=int(curve.at_risk.iloc[0]))


def _now(book: Book, told: Rhythm) -> dict[str, int]:
    """How many active customers have a rhythm to go by, and of how many the silence is unusual."""
    people = told.customers_table
    active = (people.silent_days < book.cutoffs.lapse_days) & people.silence_chance.notnull()
    far = active & (people.silence_chance <= UNUSUAL)
    counted = people.agg(known=active.cast("int64").sum(), far=far.cast("int64").sum())
    return {name: int(value or 0) for name, value in row(counted).items()}
