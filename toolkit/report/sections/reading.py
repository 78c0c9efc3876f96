"""Definitions and cut-offs; where the report comes from."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pandas as pd

from toolkit.action import notice_of, rules_of
from toolkit.book import Book
from toolkit.foresight import LATE, UNUSUAL
from toolkit.intake import File, Source
from toolkit.report.markup import details, join, table
from toolkit.report.sections.layers import place_lines
from toolkit.report.sections.quality import rules
from toolkit.report.shown import Shown, definitions, paragraph
from toolkit.settings import Settings
from toolkit.words import Words

TERMS = (
    "closing",
    "visit",
    "money",
    "layers",
    "lapse",
    "hole",
    "flows",
    "yearly",
    "f2",
    "chance",
    "score",
    "about_to_lapse",
    "golden",
    "calendar",
    "left_edge",
)
NEED_MONEY = ("money", "layers", "score", "golden")


def reading(book: Book) -> Shown:
    """The section on definitions and provenance: the last one."""

    def write(words: Words):
        blocks = [
            paragraph(words["reading.lead"], "lead"),
            _cutoffs(book, words),
            details(words["reading.definitions"], definitions(terms(book, words)), kind="method"),
            details(words["quality.rules"], definitions(rules(book, words)), kind="method"),
            details(words["reading.provenance"], _provenance(book, words), kind="method"),
            paragraph(words["reading.numbers"], "note"),
            paragraph(_privacy(book, words), "note"),
        ]
        return words["reading.title"], blocks

    return Shown.written("reading", book.settings.languages, write)


def _privacy(book: Book, words: Words) -> str:
    source = book.ledger.source
    key = "reading.privacy_hidden" if source.personal else "reading.privacy"
    return words.say(key, column=", ".join(source.keys or source.columns["customer"]))


def _cutoffs(book: Book, words: Words):
    lines = place_lines(book, words)
    names = [n for n in lines if lines[n] is not None]
    frame = pd.DataFrame(
        {
            "cutoff": [words[f"cutoff.{n}"] for n in names],
            "value": [lines[n] for n in names],
            "origin": [words[f"origin.{book.cutoffs.origin[n]}"] for n in names],
        }
    )
    return table(frame, words, caption=words["reading.cutoffs_caption"])


def terms(book: Book, words: Words) -> list[tuple[str, str]]:
    """Terms and their definitions in the reader's words, with this report's own cut-offs."""
    more = {k: v or "–" for k, v in place_lines(book, words).items()}
    settings = book.settings
    more |= {
        "horizon": settings.horizon_days,
        "window": settings.f2_window_days,
        "cap": settings.max_silence_days,
        "calendar_weeks": rules_of(settings).weeks,
        "rest": rules_of(settings).rest_days,
        "small": words.write(settings.small_hole, "share"),
        "near": words.write(book.near_days, "days"),
        "notice": words.write(notice_of(book, settings).before_silence, "days"),
        "contract_notice": words.write(settings.notice_days, "days"),
        "late": f"{LATE:.0%}",
        "unusual": f"{UNUSUAL:.0%}",
    }
    told = [t for t in TERMS if book.has_money or t not in NEED_MONEY]
    meant = {} if book.has_money else {"visit": "visit_counts"}
    return [(words[f"term.{t}"], words.say(f"definition.{meant.get(t, t)}", **more)) for t in told]


def _files(source: Source, words: Words) -> list[tuple[str, str]]:
    """The file, or each of several with its rows and its hash, and so those read beside them."""

    def named(file: File) -> str:
        values = {"file": file.name, "rows": file.rows_read, "sha256": file.sha256}
        return words.say("provenance.one_of", **values)

    several = len(source.files) > 1
    sales = [("file", named(file)) for file in source.files] if several else []
    beside = [("beside", named(file)) for file in source.beside]
    return [*(sales or [("file", source.file)]), ("sha256", source.sha256), *beside]


def _provenance(book: Book, words: Words):
    source, settings = book.ledger.source, book.settings
    form = " ".join(x for x in (source.kind, source.encoding, source.sheet) if x)
    read = "; ".join(
        f"{words[f'role.{role}']}: {', '.join(names)}" for role, names in source.columns.items()
    )
    given = settings.model_dump(mode="json", exclude={"sales_file", "out", "language"})
    for name in Settings.companions():  # the folder is nobody's business
        given[name] = given[name] and Path(given[name]).name
    if book.ledger.earlier is None:  # looked for and not there
        given["earlier_lists"] = None
    if settings.exclude_customers:  # these may be names or mail addresses
        given["exclude_customers"] = len(settings.exclude_customers.split(","))
    used = ", ".join(f"{k} = {v}" for k, v in given.items() if v is not None)
    packages = ("leakybucket", "pandas", "duckdb", "ibis-framework", "scikit-learn")
    versions = ", ".join(f"{p} {version(p)}" for p in packages)
    pairs = [
        *_files(source, words),
        ("form", form),
        ("columns", read),
        ("period", f"{book.first} – {book.closing}"),
        ("parameters", used),
        ("versions", versions),
    ]
    return join([definitions((words[f"provenance.{k}"], v) for k, v in pairs)])
