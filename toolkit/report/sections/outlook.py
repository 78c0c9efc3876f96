"""The outlook: twelve months, five years with no new customer, and what a lever would move."""

from __future__ import annotations

import pandas as pd

from toolkit.book import Book
from toolkit.foresight import (
    EVERYBODY,
    FEWEST_ACTIVE,
    FEWEST_CUSTOMERS,
    FEWEST_MONTHS,
    Ahead,
    look_ahead,
)
from toolkit.report.amounts import in_major_units
from toolkit.report.facts import in_major
from toolkit.report.markup import Html, join, table
from toolkit.report.sections.outlook_charts import SHOWN_MONTHS, fan_chart, years_chart
from toolkit.report.shown import Shown, figure_block, heading, paragraph
from toolkit.words import Words

NEEDED = {
    "ahead_too_small": FEWEST_CUSTOMERS,
    "ahead_too_short": FEWEST_MONTHS,
    "ahead_too_few": FEWEST_ACTIVE,
}
FLOWS = ("new", "returned", "lost")
PART_YEAR = "ahead_part_year"
GAINS = ("more_active_1", "more_active_1_low", "more_active_1_high")


def outlook(book: Book) -> Shown:
    """The section on what comes if the client's own rates go on, and if one of them changes."""
    ahead = look_ahead(book)

    def write(words: Words):
        if ahead.why:
            said = words.say(
                f"outlook.{ahead.why}",
                n=NEEDED[ahead.why],
                there=int(ahead.start.sum()),
                line=book.cutoffs.lapse_days,
            )
            return words["outlook.title"], [paragraph(said, "lead")]
        blocks = [paragraph(_lead(ahead, words), "lead"), _fan_figure(ahead, words)]
        if ahead.doubt:
            return words["outlook.title"], [*blocks, paragraph(words["outlook.doubt_more"], "note")]
        if ahead.five_years is None:
            blocks.append(paragraph(words["outlook.five_short"], "note"))
        else:
            blocks.append(_five_figure(ahead, words))
        blocks += _lever_blocks(ahead, words)
        return words["outlook.title"], blocks

    return Shown.written("outlook", book.settings.languages, write)


def _level(ahead: Ahead) -> pd.DataFrame:
    """The fan of the level: month, end, expected, low, high, in whole customers."""
    fan = ahead.fan[ahead.fan.measure == "active"]
    return fan.round({"expected": 0, "low": 0, "high": 0}).reset_index(drop=True)


def _now(ahead: Ahead) -> int:
    return int(round(ahead.months.opening.iloc[0]))


def _way(ahead: Ahead) -> str:
    """Whether the present level lies below, above or inside the fan of the last month; `part` where
    the rates have no whole year in them, so that a season would pass for a rise or a fall."""
    if PART_YEAR in ahead.notes:
        return "part"
    last = _level(ahead).iloc[-1]
    now = _now(ahead)
    return "rising" if now < last.low else "falling" if now > last.high else "open"


def _said(ahead: Ahead) -> dict:
    last = _level(ahead).iloc[-1]
    ends = {name: int(last[name]) for name in ("expected", "low", "high")}
    return {"now": _now(ahead), "end": last.end, "months": ahead.rates.months, **ends}


def _lead(ahead: Ahead, words: Words) -> str:
    """The level; what its record or the length of the file has against it; sales beside those of
    the last 12 months."""
    said = [words.say(f"outlook.lead_{_way(ahead)}", **_said(ahead))]
    if ahead.doubt:
        said.append(words[f"outlook.{ahead.doubt}"])
    return words.joined([*said, *_sales(ahead, words)])


def _sales(ahead: Ahead, words: Words) -> list[str]:
    """The 12 months' sales with their range, or that none are foreseen; and the last 12 months'."""
    code = ahead.book.settings.currency
    if not ahead.rates.has_money:
        return []
    said = [words["outlook.sales_short"]]
    if ahead.year_sales is not None:
        expected, low, high = (
            words.write(in_major(round(x), code), "money", code) for x in ahead.year_sales
        )
        said = [words.say("outlook.sales", expected=expected, low=low, high=high)]
    if ahead.last_year is not None:
        last = words.write(in_major(ahead.last_year, code), "money", code)
        said.append(words.say("outlook.sales_last", last=last))
    return said


def _fan_figure(ahead: Ahead, words: Words) -> Html:
    level, flows = _level(ahead), ahead.months
    past = ahead.book.bucket_statement("month")
    past = past[past.trusted & (past.end <= ahead.book.closing)].tail(SHOWN_MONTHS)
    said, notes = _said(ahead), [key for key in ahead.notes if key != PART_YEAR]
    return figure_block(
        words,
        name="outlook-fan",
        figure=fan_chart(past, level, words),
        finding=words.say("outlook.fan_finding", **said),
        description=_fan_description(ahead, words),
        table_html=join(_month_tables(ahead, level, flows, words)),
        note=words.joined([words["outlook.fan_note"], *(words[f"outlook.{key}"] for key in notes)]),
    )


def _fan_description(ahead: Ahead, words: Words) -> str:
    """What comes in and goes out in the 12 months, and what was expected of today earlier."""
    sums = {name: round(ahead.months[name].sum()) for name in FLOWS}
    parts = {
        name: words.say(f"outlook.sum_{name}", n=n) if n else words[f"outlook.none_{name}"]
        for name, n in sums.items()
    }
    said = [words.say("outlook.fan_description", **parts)]
    tried = ahead.errors
    tried = tried[(tried.measure == "active") & (tried.month == tried.back)]
    if len(tried):
        one = tried.iloc[-1]
        said.append(
            words.say(
                "outlook.record",
                back=int(one.back),
                expected=round(one.expected),
                happened=round(one.happened),
            )
        )
    return words.joined(said)


def _month_tables(
    ahead: Ahead, level: pd.DataFrame, flows: pd.DataFrame, words: Words
) -> list[Html]:
    """The months ahead in people, and in money where sales are foreseen."""
    code = ahead.book.settings.currency
    names = ["end", "expected", "low", "high", *FLOWS]
    shown = level.assign(**{name: flows[name].round() for name in FLOWS})
    forms = dict.fromkeys(names[1:], "count")
    found = [_named(shown[names], forms, "outlook.fan_caption", words, code)]
    if ahead.has_sales:
        ends = ["expected", "low", "high"]
        sales = ahead.fan[ahead.fan.measure == "sales"].round(dict.fromkeys(ends, 0))
        sales = in_major_units(sales, ends, code)[["end", *ends]]
        sales = sales.rename(columns={"expected": "sales"})
        forms = dict.fromkeys(("sales", "low", "high"), "money")
        found.append(_named(sales, forms, "outlook.sales_caption", words, code))
    return found


def _named(frame: pd.DataFrame, forms: dict, caption: str, words: Words, code: str) -> Html:
    """A table whose headings are the section's own words."""
    heads = {name: words[f"outlook.column_{name}"] for name in frame}
    forms = {heads[name]: form for name, form in forms.items()}
    return table(
        frame.rename(columns=heads), words, caption=words[caption], forms=forms, currency=code
    )


def _five_figure(ahead: Ahead, words: Words) -> Html:
    years, code = ahead.five_years, ahead.book.settings.currency
    whole = years[years.layer == EVERYBODY].set_index("year")
    said = {"now": int(whole.active[0]), "then": int(whole.active[5])}
    key = "outlook.five_description_people"
    if ahead.rates.has_money:
        total = words.write(in_major(int(whole.sales.sum()), code), "money", code)
        said |= {"total": total, "first": int(whole.active[1])}
        key = "outlook.five_description"
        if ahead.multiple is not None:
            key, said = "outlook.five_description_multiple", said | {"multiple": ahead.multiple}
    shown = years.assign(layer=[_layer(name, words) for name in years.layer])
    columns, caption = ["year", "layer", "active"], "outlook.five_caption"
    if years.layer.nunique() == 2:  # one group of customers, and the same once more as all of them
        shown, columns = shown[years.layer == EVERYBODY], ["year", "active"]
        caption = "outlook.five_caption_whole"
    forms = {"year": "count", "active": "count"}
    if ahead.rates.has_money:
        shown = shown.assign(sales=shown.sales.astype("Float64").astype(float))
        shown = in_major_units(shown, ["sales"], code)
        columns, forms = [*columns, "sales"], forms | {"sales": "money"}
    return figure_block(
        words,
        name="outlook-five",
        figure=years_chart(years, words, code, ahead.rates.has_money),
        finding=words.say("outlook.five_finding", **said),
        description=words.say(key, **said),
        table_html=_named(shown[columns], forms, caption, words, code),
        note=words["outlook.five_note"],
    )


def _layer(name: str, words: Words) -> str:
    return words["periods.all_layers"] if name == EVERYBODY else words[f"layer.{name}"]


def _lever_blocks(ahead: Ahead, words: Words) -> list:
    levers, code = ahead.levers, ahead.book.settings.currency
    moved = levers[levers.lever != "base"]
    if moved.empty:
        return []
    money = ["more_sales_1", "more_sales_5"] if ahead.has_sales else []
    later = [k for k in ("more_active_5", *money) if moved[k].notna().any()]
    shown = moved.assign(lever=[words[f"outlook.lever_{name}"] for name in moved.lever])
    shown = in_major_units(shown, [k for k in money if k in later], code)
    forms = dict.fromkeys(GAINS, "count")
    blocks = [
        heading(words["outlook.levers_title"]),
        paragraph(_levers_said(ahead, moved, words)),
        _named(shown[["lever", *GAINS]], forms, "outlook.levers_caption", words, code),
    ]
    if later:
        forms = {name: "money" if name in money else "count" for name in later}
        caption = "outlook.levers_caption_more"
        blocks.append(_named(shown[["lever", *later]], forms, caption, words, code))
    return [*blocks, paragraph(words["outlook.levers_note"], "note")]


def _levers_said(ahead: Ahead, moved: pd.DataFrame, words: Words) -> str:
    """The lever that brings most, and the case without one, each with its range."""
    best, base = moved.loc[moved.more_active_1.astype(int).idxmax()], ahead.levers.iloc[0]
    more, low, high = (int(best[name]) for name in GAINS)
    lever = words[f"outlook.lever_{best.lever}"]
    finding = words.say("outlook.levers_finding", lever=lever, n=more, low=low, high=high)
    ends = _said(ahead)
    said = {"one": int(base.active_1), "hole": ahead.hole}
    said |= {"base_low": ends["low"], "base_high": ends["high"]}
    if pd.isna(base.active_5):
        return f"{finding} {words.say('outlook.levers_text_year', **said)}"
    return f"{finding} {words.say('outlook.levers_text', five=int(base.active_5), **said)}"
