"""Commonly quoted figures beside the client's own: for orientation, never as a target."""

from __future__ import annotations

import pandas as pd

from toolkit.book import FEW, Book
from toolkit.problems import InputProblem
from toolkit.report.benchmarks import MEASURES, Benchmark, read_benchmarks
from toolkit.report.book_facts import book_facts
from toolkit.report.markup import table
from toolkit.report.shown import Shown, definitions, more, paragraph
from toolkit.words import Words

FACTS = {
    "repeat_rate": "repeat.repeat_rate",
    "repeater_rate": "repeat.repeater_rate",
    "outflow": "rate.outflow",
}
WITHIN = {"second_within_year": 365, "second_within_90_days": 90}


def benchmarks(book: Book) -> Shown | None:
    """The section of commonly quoted figures; None when the templates have none."""
    try:
        quoted = read_benchmarks()
    except InputProblem as problem:
        raise problem.in_language(book.settings.language) from None
    if not quoted:
        return None
    own = own_values(book)

    def write(words: Words):
        rows = pd.DataFrame([_row(entry, own, words) for entry in quoted])
        used = [m for m in MEASURES if any(entry.measure == m for entry in quoted)]
        meant = definitions((words[f"benchmarks.{m}"], words[f"benchmarks.{m}_text"]) for m in used)
        forms = {"quoted": "count", "own": "share"}
        listed = table(rows, words, caption=words["benchmarks.caption"], forms=forms)
        return words["benchmarks.title"], [
            paragraph(words["benchmarks.text"]),
            more(words, listed, paragraph(words["benchmarks.own"]), meant),
        ]

    return Shown.written("benchmarks", book.settings.languages, write, brief=True)


def own_values(book: Book) -> dict[str, float | None]:
    """The client's own value of each measure, 0..1; None where the file does not allow it."""
    facts = book_facts(book)
    own = {m: facts.value(key) if facts.known(key) else None for m, key in FACTS.items()}
    curve = book.nth_curve()
    first = curve[curve.nth == 1].set_index("days").share
    for measure, days in WITHIN.items():
        share = first.get(days)
        own[measure] = None if share is None or pd.isna(share) else float(share)
    grid = book.rfm_grid()
    ever = int(grid.customers.sum())
    once = int(grid.customers[grid.frequency == 1].sum())
    return own | {"once": once / ever if ever >= FEW else None}


def _row(entry: Benchmark, own: dict[str, float | None], words: Words) -> dict:
    parts = ("name", "trade", "source", "note")
    said = {k: getattr(getattr(entry, k), words.language, None) for k in parts}
    return {
        "figure": said["name"],
        "trade": said["trade"],
        "quoted": _quoted(entry, words),
        "own": own[entry.measure] if entry.measure else None,
        "source_caveat": words.say("benchmarks.cited", source=said["source"], note=said["note"])
        if said["note"]
        else said["source"],
    }


def _quoted(entry: Benchmark, words: Words) -> str:
    low, high = (None if v is None else f"{100 * v:g}" for v in (entry.low, entry.high))
    if high is not None:
        return words.say("benchmarks.between", low=low, high=high)
    return words.say("benchmarks.at_least" if entry.at_least else "benchmarks.single", low=low)
