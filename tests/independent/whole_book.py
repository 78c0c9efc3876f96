"""All that a book can be asked, asked at once: whatever `Book` offers today or tomorrow."""

import dataclasses
import inspect
from collections.abc import Mapping
from dataclasses import fields

import ibis
import pandas as pd
from comparison import plain, same

from toolkit.book import Book

PERIODS = ("month", "quarter", "year")
BESIDE = ("products", "subscriptions", "prospects", "contacts", "quality")  # parts of their own
PLACES = ("order_id", "undone_by", "source_file", "source_row")  # where in the file, no answer
NOT_AN_ANSWER = ("named",)


def two_dates(book):
    """A third of the way through the file, and two thirds."""
    days = (book.closing - book.first) / 3
    return book.first + days, book.first + 2 * days


ARGUMENTS = {
    "movement": two_dates,
    "layer_rates": two_dates,
    "places_at": lambda book: (two_dates(book)[1],),
}


def public_methods(asked):
    """Names of what an object's class lets one call, in order."""
    members = inspect.getmembers(type(asked), inspect.isfunction)
    return [name for name, _ in members if not name.startswith("_")]


def calls(book):
    """(name, arguments) of every question."""
    for name in public_methods(book):
        if name in NOT_AN_ANSWER:
            continue
        if "period" in inspect.signature(getattr(book, name)).parameters:
            yield from ((name, (period,)) for period in PERIODS)
        else:
            yield name, ARGUMENTS[name](book) if name in ARGUMENTS else ()


def asked_with_a_date():
    """Names of the questions that may be asked as of an earlier closing date."""
    return [
        name
        for name, method in inspect.getmembers(Book, inspect.isfunction)
        if not name.startswith("_") and "closing" in inspect.signature(method).parameters
    ]


def rows_of(book, table):
    """The rows of a frame or of a table by customer number, as dicts of plain values."""
    if isinstance(table, ibis.Table):
        table = (book.named(table) if "customer_id" in table.columns else table).to_pyarrow()
        table = table.to_pandas(date_as_object=True)
    table = table.drop(columns=[name for name in PLACES if name in table.columns])
    rows = [{name: plain(cell) for name, cell in row.items()} for row in table.to_dict("records")]
    return sorted(rows, key=repr) if "customer_id" in table.columns else rows


def put(book, answer):
    """Any answer in plain values: rows, dicts and tuples of them."""
    if isinstance(answer, (pd.DataFrame, ibis.Table)):
        return rows_of(book, answer)
    if dataclasses.is_dataclass(answer):
        return {part.name: put(book, getattr(answer, part.name)) for part in fields(answer)}
    if isinstance(answer, Mapping):
        return {key: put(book, value) for key, value in answer.items()}
    if isinstance(answer, (tuple, list)):
        return [put(book, value) for value in answer]
    return plain(answer)


def beside(book):
    """What the parts of a book have to say; nothing where a client has no such thing."""
    for part in BESIDE:
        asked = getattr(book, part)
        for name in public_methods(asked) if asked is not None else ():
            yield f"{part}.{name}", put(book, getattr(asked, name)())


def whole(book):
    """{question: answer} of everything a book can be asked."""
    found = {
        " ".join((name, *map(str, given))): put(book, getattr(book, name)(*given))
        for name, given in calls(book)
    }
    for name, member in inspect.getmembers(Book, lambda member: isinstance(member, property)):
        found[name] = put(book, member.fget(book))
    return found | dict(beside(book))


def alike(one, other):
    """Whether two answers are the same; floats nearly."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return same(one, other)


def unlike(found, wanted):
    """{question: (found, wanted)} where two whole books differ."""
    return {
        name: (found.get(name), wanted.get(name))
        for name in dict.fromkeys((*found, *wanted))
        if not (name in found and name in wanted and alike(found[name], wanted[name]))
    }
