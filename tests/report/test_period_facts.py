"""Facts of the periods; those of the ledger are worked by hand from the one in conftest.py."""

import math
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pytest

from toolkit.report.book_facts import book_facts
from toolkit.report.facts import Facts
from toolkit.report.period_facts import _level, period_facts
from toolkit.report.sections.periods import level_key


@pytest.fixture(scope="module")
def facts(client):
    return book_facts(client("ledger").book)


def values(facts, prefix):
    return {f.id.removeprefix(prefix): f.value for f in facts if f.id.startswith(prefix)}


def test_what_a_customer_of_the_year_spends(facts):
    # 113,000 by six, 233,000 by seven; A, E, I were kept, F, G, H are new
    assert values(facts, "ltv.") == {
        "year": Decimal("18833.33"),
        "previous": Decimal("33285.71"),
        "kept": Decimal("10666.67"),
        "new": Decimal("27166.67"),
        "revived": None,
    }
    assert facts["ltv.revived"].why == "zero_denominator"


def test_who_moved_sales(facts):
    # kept from 92,000 in five visits to 32,000 in four: logarithmic mean 56,815.3, times ln(4/5)
    assert {k: int(v) for k, v in values(facts, "change.").items()} == {
        "new": 81_500,
        "revived": 0,
        "kept": -60_000,
        "frequency": -12_678,
        "price": -47_322,
        "lost": -141_000,
        "other": -500,  # J
    }


def test_without_amounts_or_a_second_year_what_needs_them_is_absent(client):
    assert {f.id.split(".")[0] for f in period_facts(client("no amounts").book)} == {"level"}
    short = book_facts(client("half a year").book)
    assert values(short, "change.") == {}
    assert short["ltv.year"].why == "file_too_short"
    assert short["ltv.kept"].why == "needs_two_years"
    assert short["level.settles"].why == "file_too_short"


def book_with(months=12, **found):
    whole = pd.DataFrame({"complete": [True] * months, "trusted": [True] * months})
    return SimpleNamespace(settling_level=lambda: found or None, bucket_statement=lambda _: whole)


def settling(lost=120, opening=2_400, half_way=12.5, settles=249.5):
    hole = lost / opening
    inflow = settles * hole
    return {
        "lost": lost,
        "opening": opening,
        "hole": hole,
        "inflow": inflow,
        "level": settles,
        "active": 200,
        "half_way_months": half_way,
    }


def test_the_level_is_told_in_whole_customers_and_months():
    told = {fact.id: fact for fact in _level(book_with(**settling()))}
    assert {key: fact.value for key, fact in told.items()} == {
        "level.active": 200,
        "level.settles": 250,
        "level.inflow": 12,
        "level.inflow_year": 150,
        "level.half_way": 13,
        "level.hole": 0.05,
    }
    assert (told["level.hole"].numerator, told["level.hole"].denominator) == (120, 2_400)
    at_once = {fact.id: fact for fact in _level(book_with(**settling(half_way=0.0)))}
    assert at_once["level.half_way"].value == 1


@pytest.mark.parametrize(
    ("book", "why"),
    [
        (book_with(**settling(lost=29)), "too_few"),
        (book_with(months=12), "too_few"),  # nobody was lost
        (book_with(months=11), "file_too_short"),
    ],
)
def test_the_level_is_not_told_from_a_handful_or_a_short_file(book, why):
    facts = _level(book)
    assert {fact.value for fact in facts} == {None}
    assert {fact.why for fact in facts} == {why}


def test_the_level_of_the_sample_is_inflow_by_hole(client):
    facts, months = book_facts(client("sample").book), client("sample").book.bucket_months()
    last = months[months.complete & months.trusted].tail(12)
    hole = last.lost.sum() / last.opening.sum()
    inflow = (last.new + last.returned).mean()
    assert facts.value("level.hole") == pytest.approx(hole)
    assert facts.value("level.settles") == math.floor(inflow / hole + 0.5)


@pytest.mark.parametrize(
    ("settles", "key"), [(206, "same"), (194, "same"), (207, "rising"), (193, "falling")]
)
def test_a_level_within_three_percent_is_the_same(settles, key):
    facts = Facts(_level(book_with(**settling(settles=float(settles)))))
    assert level_key(facts) == f"periods.level_{key}"
