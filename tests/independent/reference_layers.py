"""The ten places month by month, and how firm they stand, worked out a second time."""

import dataclasses
import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from reference import LAYERS, Cutoffs, months_of, year_back
from reference_history import money_of
from reference_statement import DAY, all_visits, month_end, ratio, share, standing
from reference_year import hole_year

STATES = {"active": True, "lapsed": False}
SCENARIOS = {
    "as_set": ("1", "1"),
    "lapse_less": ("1", "0.75"),
    "lapse_more": ("1", "1.25"),
    "cuts_less": ("0.75", "1"),
    "cuts_more": ("1.25", "1"),
}


def place_sums(book, start, end):
    """{(layer, state): customers, share, sales, visits, per head} at `end`, of start..end."""
    places = standing(book, end)
    rows = {}
    for layer in LAYERS:
        for state, active in STATES.items():
            names = [name for name, place in places.items() if place == (layer, active)]
            sales = sum(money_of(book.customers[name], start, end) for name in names)
            visits = sum(start <= day <= end for name in names for day in all_visits(book)[name])
            rows[layer, state] = {
                "customers": len(names),
                "share": share(len(names), len(places)),
                "sales": sales,
                "visits": visits,
                "sales_per_head": ratio(sales, len(names)),
                "visits_per_head": ratio(visits, len(names)),
            }
    return rows


def layer_table(book):
    """{(month end, layer, state): figures of the month, customers a year ago}."""
    rows, ends = {}, []
    for start, end in months_of(book):
        ends.append(end)
        ago = ends[-13] if len(ends) > 12 else None
        if ago and end != month_end(end):
            ago = year_back(end)
        for (layer, state), found in place_sums(book, start, end).items():
            before = None
            if ago:
                then = standing(book, ago).values()
                before = sum(place == (layer, STATES[state]) for place in then)
            rows[end, layer, state] = found | {"year_ago": before}
    return rows


def places_year(book, end):
    """{(layer, state): figures} at a day, money and visits of the 12 months to it."""
    return place_sums(book, year_back(end) + DAY, end)


def layer_rates(book, start, end):
    """{layer: what became of those active there at `start`}."""
    before, after = standing(book, start), standing(book, end)
    rows = {}
    for rank, layer in enumerate(LAYERS):
        ends = [after[name] for name, place in before.items() if place == (layer, True)]
        steps = [LAYERS.index(now) - rank for now, active in ends if active]
        promoted, lapsed = sum(step > 0 for step in steps), len(ends) - len(steps)
        rows[layer] = {
            "customers": len(ends),
            "promoted": promoted,
            "stayed": sum(step == 0 for step in steps),
            "fell_back": sum(step < 0 for step in steps),
            "lapsed": lapsed,
            "promotion": share(promoted, len(ends)),
            "lapse": share(lapsed, len(ends)),
        }
    return rows


def movement(book, start, end):
    """{(layer, state, layer, state): customers} of those who are not outside at `end`.

    Outside has no state; pairs without a customer are left out.
    """
    before, after = standing(book, start), standing(book, end)
    names = {True: "active", False: "lapsed"}
    rows = {}
    for name, (layer, active) in after.items():
        old = before.get(name)
        key = *((old[0], names[old[1]]) if old else ("outside", "")), layer, names[active]
        rows.setdefault(key, {"customers": 0})["customers"] += 1
    return dict(sorted(rows.items()))


def _scaled(value, factor):
    return int((Decimal(value) * Decimal(factor)).quantize(Decimal(1), ROUND_HALF_UP))


def sensitivity(book):
    """{scenario: cut-offs, customers by place, active, lapsed, hole}."""
    rows = {}
    for scenario, (cuts, lapse) in SCENARIOS.items():
        cut = Cutoffs(
            _scaled(book.cut.fledgling_days, cuts),
            _scaled(book.cut.amount_line, cuts),
            _scaled(book.cut.prime_days, cuts),
            _scaled(book.cut.lapse_days, lapse),
        )
        moved = dataclasses.replace(book, cut=cut)
        places = list(standing(moved, book.closing).values())
        hole = hole_year(moved)
        rows[scenario] = dataclasses.asdict(cut) | {
            f"{layer}_{state}": places.count((layer, active))
            for layer in LAYERS
            for state, active in STATES.items()
        }
        rows[scenario] |= {
            "active": sum(active for _, active in places),
            "lapsed": sum(not active for _, active in places),
            "hole": share(*hole) if hole else None,
        }
    return rows


def last_visit_months(book):
    """{"YYYY-MM" of the last visit: customers, lost, open, known} where there is a customer."""
    rows = {}
    for seen in all_visits(book).values():
        row = rows.setdefault(f"{seen[-1]:%Y-%m}", {"customers": 0, "lost": 0, "open": 0})
        row["customers"] += 1
        row["lost" if book.closing - seen[-1] >= dt.timedelta(book.cut.lapse_days) else "open"] += 1
    return {month: row | {"known": row["open"] == 0} for month, row in sorted(rows.items())}
