"""Facts of the book: places, bucket, years, sales, repeat."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import ibis.expr.types as ir
import pandas as pd

from toolkit.book import (
    FACTORS,
    LAYERS,
    STATES,
    Book,
    money_bridge,
    split_change,
    year_before,
)
from toolkit.frames import frame
from toolkit.report.facts import (
    CUSTOMERS,
    DAYS,
    RATIO,
    VISITS,
    Fact,
    Facts,
    count,
    money,
    rate,
)
from toolkit.report.period_facts import period_facts
from toolkit.report.quality_facts import quality_facts
from toolkit.report.repeat_facts import repeat_facts
from toolkit.report.worth_facts import worth_facts

BUCKET = ("opening", "new", "returned", "lost", "closing", "came_back")
YEAR = ("active", "previous", "kept", "lost", "new", "revived")


@lru_cache(maxsize=8)
def book_facts(book: Book) -> Facts:
    """Every fact that follows from the book alone, in the order of the report."""
    year = book.bucket_year()
    parts = [
        *quality_facts(book),
        *_bucket(book, year),
        *_places(book, year),
        *_places_before(book),
        *_year(book),
        *(_sales(book, year) if book.has_money else []),
        *repeat_facts(book),
        *period_facts(book),
        *_lapse(book),
        *worth_facts(book),
    ]
    return Facts(parts)


def _bucket(book: Book, year: dict[str, int]) -> list[Fact]:
    inflow, source = year["new"] + year["returned"], "bucket.bucket_of"
    ratio = inflow / year["lost"] if year["lost"] else None
    why = None if year["lost"] else "zero_denominator"
    quick = Fact("bucket.quick_ratio", ratio, RATIO, inflow, year["lost"], None, why, source)
    facts = [count(f"bucket.year.{k}", year[k], CUSTOMERS, source) for k in BUCKET]
    facts += [
        count("bucket.year.inflow", inflow, CUSTOMERS, source),
        quick,
        rate("hole.year", book.hole(), "bucket.hole", _hole_why(book, book.closing)),
    ]
    before = book.hole(book.year_ago)
    return [*facts, rate("hole.previous", before, "bucket.hole", _hole_why(book, book.year_ago))]


def _hole_why(book: Book, end: dt.date) -> str:
    """Why there is no hole: the file began too late, or nobody was active a year before."""
    return "file_too_short" if year_before(end) < book.filled_from else "nobody_active"


def _places(book: Book, year: dict[str, int]) -> list[Fact]:
    held = _held(book.places_at(book.closing))
    source = "book.places_at"
    facts = _layers("layers.", held, source) if book.has_money else []
    active, ever = int(held[held.active].n.sum()), int(held.n.sum())
    return [
        *facts,
        count("customers.ever", ever, CUSTOMERS, source),
        count("customers.active", active, CUSTOMERS, source),
        count("customers.lapsed", ever - active, CUSTOMERS, source),
        _active_before(book, year),
    ]


def _active_before(book: Book, year: dict[str, int]) -> Fact:
    known = year["opening"] if book.year_ago >= book.filled_from else None
    return count("customers.previous", known, CUSTOMERS, "bucket.bucket_of", "file_too_short")


def _places_before(book: Book) -> list[Fact]:
    """Where customers stood a year ago, and who was lost from the prime layer since."""
    if not book.has_money or book.year_ago < book.filled_from:
        return []
    facts = _layers("layers.previous.", _held(book.places_at(book.year_ago)), "book.places_at")
    if not book.two_years:
        return facts
    lost, code = book.lost_from().set_index("layer"), book.settings.currency
    there = "prime" in lost.index
    n, sales = (int(lost.at["prime", k]) if there else 0 for k in ("customers", "sales"))
    facts.append(count("prime.lost", n, CUSTOMERS, "places.lost_from"))
    return [*facts, money("prime.lost_sales", sales, code, "places.lost_from")]


def _held(places: ir.Table) -> pd.DataFrame:
    return frame(places.group_by(["layer", "active"]).agg(n=places.count()))


def _layers(prefix: str, held: pd.DataFrame, source: str) -> list[Fact]:
    n = held.set_index(["layer", "active"])["n"]
    return [
        count(f"{prefix}{layer}.{s}", int(n.get((layer, s == "active"), 0)), CUSTOMERS, source)
        for layer in LAYERS
        for s in STATES
    ]


def _year(book: Book) -> list[Fact]:
    year, why = book.year(), "needs_two_years"
    facts = [count(f"year.{k}", year[k], CUSTOMERS, "year.year_counts", why) for k in YEAR]
    known = book.two_years
    pairs = {
        "retention": (year["kept"], year["previous"]),
        "outflow": (year["lost"], year["previous"]),
        "revival": (year["revived"], year["dormant"]),
    }
    for name, pair in pairs.items():
        facts.append(
            rate(
                f"rate.{name}", pair if known else None, "year.year_counts", None if known else why
            )
        )
    return facts


def _sales(book: Book, year: dict[str, int]) -> list[Fact]:
    code, why = book.settings.currency, "needs_two_years"
    now, before = book.sales(), book.sales(book.year_ago)
    if not book.two_years:
        before = dict.fromkeys(before)
    facts = []
    for prefix, s in (("sales.", now), ("sales.previous.", before)):
        facts += [
            money(f"{prefix}total", s["total"], code, "sales.sales_of", why),
            count(f"{prefix}visits", s["visits"], VISITS, "sales.sales_of", why),
            count(f"{prefix}customers", s["customers"], CUSTOMERS, "sales.sales_of", why),
            money(
                f"{prefix}per_visit",
                s["per_visit"],
                code,
                "sales.sales_of",
                why if s["visits"] is None else "zero_denominator",
            ),
            _ratio(f"{prefix}visits_per_customer", s, why),
        ]
    facts.append(money("sales.no_visit", now["no_visit"], code, "sales.sales_of"))
    facts.append(
        money("f2.five_points_sales", _five_points(year["new"], now), code, "sales.sales_of")
    )
    return facts + (_changes(book, now, before, code) if book.two_years else [])


def _five_points(new: int, now: dict) -> float | None:
    """Sales if five more in a hundred new customers came once more: the least they would bring."""
    if now["per_visit"] is None:
        return None
    return 0.05 * new * float(now["per_visit"])


def _ratio(key: str, s: dict, why: str) -> Fact:
    value = s["visits_per_customer"]
    if value is None:
        why = why if s["visits"] is None else "zero_denominator"
        return Fact(key, None, RATIO, why=why, source="sales.sales_of")
    return Fact(key, float(value), RATIO, s["visits"], s["customers"], source="sales.sales_of")


def _changes(book: Book, now: dict, before: dict, code: str) -> list[Fact]:
    change = now["total"] - before["total"]
    facts = [money("sales.change", change, code, "sales.sales_of")]
    split = split_change(now, before)
    for factor in FACTORS if split else ():
        facts.append(money(f"sales.change.{factor}", split[factor], code, "sales.split_change"))
    groups = book.year_groups()
    bridge = money_bridge(groups)
    facts += [money(f"bridge.{k}", v, code, "year.money_bridge") for k, v in bridge.items()]
    kept = groups.set_index("group").loc["kept"]
    if kept.customers:
        mean = float(kept.sales) / float(kept.customers)
        facts.append(money("year.kept_spend", mean, code, "year.groups_of"))
        point = 0.01 * (book.hole() or (0, 0))[1]
        facts.append(money("hole.point_sales", point * mean, code, "year.groups_of"))
    return facts


def _lapse(book: Book) -> list[Fact]:
    error = book.lapse_error()
    return [
        count("lapse.days", book.cutoffs.lapse_days, DAYS, "cutoffs.find_cutoffs"),
        rate("lapse.error_rate", error, "lapse_line.lapse_error", "file_too_short", estimate=True),
    ]
