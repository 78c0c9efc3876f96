"""The money of the bucket: from last year's sales to this year's, step by step."""

from __future__ import annotations

import pandas as pd

from toolkit.book import Book, money_bridge
from toolkit.report.amounts import axis_amount, in_major_units
from toolkit.report.facts import in_major
from toolkit.report.markup import Html, table
from toolkit.report.shown import figure_block
from toolkit.report.style import COLOURS, SIZE, drawing, new_figure, text_width
from toolkit.words import Words

SLOTS, APART = 4.4, 8  # inches the bars share at the least; points between two labels
SIGNED = {"lost": "lost", "new": "new", "revived": "returned"}  # colours that a sign cannot change


def money_figure(book: Book, words: Words) -> Html:
    """The yearly statement in money as a waterfall, with its exact table."""
    bridge, code = money_bridge(book.year_groups()), book.settings.currency
    frame = in_major_units(bridge_steps(book), ["amount"], code)
    named = frame.assign(step=[words[f"bridge.{step}"] for step in frame.step])
    said = {k: words.write(in_major(v, code), "money", code) for k, v in bridge.items()}
    key = "bucket.money_finding_lost" if bridge["lost"] > 0 else "bucket.money_finding"
    key = "bucket.money_finding_same" if bridge["previous"] == bridge["total"] else key
    net = "_net" if min(bridge["new"], bridge["revived"]) < 0 else ""  # they gave back more
    return figure_block(
        words,
        name="bucket-money",
        figure=money_chart(frame, words, code),
        finding=words.say(key, **said),
        description=words.say(f"bucket.money_description{net}", **said),
        table_html=table(
            named,
            words,
            caption=words["bucket.money_caption"],
            forms={"amount": "money"},
            currency=code,
        ),
    )


def bridge_steps(book: Book) -> pd.DataFrame:
    """The steps of `money_bridge` as they add up: step, amount (minor units, lost below zero)."""
    bridge = money_bridge(book.year_groups())
    steps = {step: -value if step == "lost" else value for step, value in bridge.items()}
    return pd.DataFrame({"step": steps.keys(), "amount": steps.values()})


@drawing()
def money_chart(frame: pd.DataFrame, words: Words, code: str):
    """Two years as whole bars, what led from one to the other between them; nothing left out."""
    shown = frame[(frame.amount != 0) | frame.step.isin(["previous", "total"])]
    amounts, last = shown.amount.tolist(), len(shown) - 1
    ends = pd.Series(amounts[:-1]).cumsum().tolist()
    bottoms = [0.0, *ends[:-1], 0.0]
    figure, axes = new_figure(6.0, 2.6)
    write = axis_amount(code, words.language)
    labels = [_signed(write(a, 0), a, i in (0, last)) for i, a in enumerate(amounts)]
    slot = 72 * SLOTS / len(shown)
    size = min(SIZE, SIZE * slot / max(text_width(label) + APART for label in labels))
    for i, (step, amount, base) in enumerate(zip(shown.step, amounts, bottoms, strict=True)):
        way = SIGNED.get(step, "active" if i in (0, last) else "new" if amount > 0 else "lost")
        axes.bar(i, amount, bottom=base, color=COLOURS[way], width=0.62)
        top = max(base, base + amount)
        axes.annotate(
            labels[i], (i, top), (0, 3), textcoords="offset points", ha="center", fontsize=size
        )
    axes.set_xticks(range(last + 1), [words[f"bridge.short_{step}"] for step in shown.step])
    axes.axhline(0, color=COLOURS["neutral"], linewidth=1)
    axes.yaxis.set_major_formatter(write)
    axes.margins(y=0.14)
    return figure


def _signed(text: str, amount: float, whole: bool) -> str:
    """The amount of a step with its sign; the two years are no steps."""
    return text if whole or amount < 0 else f"+{text}"
