"""How many contacts pay: profit by their number, and what each of them adds."""

from __future__ import annotations

import pandas as pd

from toolkit.action import Plan
from toolkit.book import Book
from toolkit.report.amounts import axis_amount, in_major_units
from toolkit.report.facts import Facts
from toolkit.report.markup import Html, table
from toolkit.report.shown import figure_block
from toolkit.report.style import (
    COLOURS,
    count_axis,
    drawing,
    new_figure,
)
from toolkit.words import Words

MONEY = ("low", "middle", "high", "each")


def curve_figure(book: Book, plan: Plan, facts: Facts, words: Words, mark: str) -> Html:
    """Expected profit by number of contacts, in all and of each, with the stopping point."""
    code = book.settings.currency
    curve = in_major_units(plan.profit_curve(), MONEY, code)
    n = facts.value("winback.worth_contacting")
    shown = _rows(curve, n)
    return figure_block(
        words,
        name="winback-curve",
        figure=curve_chart(curve, n, words, code),
        finding=facts.say(words, f"winback.{_finding(facts)}"),
        description=words.say(
            "winback.curve_description",
            listed=len(plan.winback),
            mark=mark,
            all=words.write(curve.middle.iloc[-1], "money", code),
        ),
        table_html=table(
            shown.astype({"each": object}).where(shown.notna(), None),
            words,
            caption=words["winback.curve_caption"],
            forms={"letters": "count"} | dict.fromkeys(MONEY, "money"),
            currency=code,
        ),
        note=words["winback.curve_note"],
    )


def _finding(facts: Facts) -> str:
    """Key of the sentence on where to stop; where no contact is to be made, why."""
    value = facts.value
    if n := value("winback.worth_contacting"):
        one = "_one" if n == 1 else ""
        return f"curve_finding_held{one}" if value("winback.held_out") else f"curve_finding{one}"
    if not value("winback.paying"):
        return "curve_finding_none"
    return "curve_finding_limit" if value("winback.no_room") else "curve_finding_test"


def _rows(curve: pd.DataFrame, stop: int) -> pd.DataFrame:
    """About twenty rows of the curve, with the stopping point and the end; `each` since the row
    above."""
    step = max(1, len(curve) // 20)
    kept = (curve.index % step == 0) | (curve.letters == stop) | (curve.index == len(curve) - 1)
    shown = curve[kept]
    return shown.assign(each=shown.middle.diff() / shown.letters.diff())


@drawing()
def curve_chart(curve: pd.DataFrame, stop: int, words: Words, code: str):
    """Expected profit by number of contacts under three responses; the stopping point marked.
    Below it what each contact adds at the middle response."""
    figure, (axes, below) = new_figure(6.0, 4.4, nrows=2, sharex=True, height_ratios=[2, 1])
    looks = (("high", "returned", "--"), ("middle", "active", "-"), ("low", "lost", ":"))
    for name, colour, line in looks:
        axes.plot(
            curve.letters,
            curve[name],
            color=COLOURS[colour],
            linestyle=line,
            label=words[f"winback.{name}"],
        )
    below.step(curve.letters, curve.each.bfill(), color=COLOURS["active"], where="pre")
    for one in (axes, below):
        one.axhline(0, color=COLOURS["neutral"], linewidth=1)
        one.yaxis.set_major_formatter(axis_amount(code, words.language))
        if stop:
            one.axvline(stop, color=COLOURS["neutral"], linewidth=1, linestyle="--")
    if stop:
        _name_stop(axes, stop, late=stop > 0.6 * curve.letters.iloc[-1], words=words)
    below.set(xlabel=words["axis.letters"], ylabel=words["axis.each"])
    count_axis(below.xaxis)
    figure.legend(loc="outside upper left", ncols=3)
    return figure


def _name_stop(axes, stop: int, late: bool, words: Words) -> None:
    axes.annotate(
        words.say("winback.stop", n=stop),
        (stop, 0),
        xycoords=("data", "axes fraction"),
        xytext=(-5 if late else 5, 5),
        textcoords="offset points",
        ha="right" if late else "left",
    )
