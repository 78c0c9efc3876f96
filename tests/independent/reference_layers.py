"""The ten places month by month, and how firm they stand, worked out a second time."""

import dataclasses
from decimal import ROUND_HALF_UP, Decimal

from reference import LAYERS, OUTSIDE, Cutoffs, months_of, place_at, year_back
from reference_history import money_of
from reference_statement import DAY, FEW, all_visits, filled_from, month_end, ratio, share, standing
from reference_year import covers_two_years, hole_year

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
    """{(month end, layer, state): figures of the month, customers a year ago}.

    Nobody could have been lost within a lapse line of the first date: nothing is compared with
    a day before its end.
    """
    rows, ends = {}, []
    for start, end in months_of(book):
        ends.append(end)
        ago = ends[-13] if len(ends) > 12 else None
        if ago and end != month_end(end):
            ago = year_back(end)
        for (layer, state), found in place_sums(book, start, end).items():
            before = None
            if ago and ago >= filled_from(book):
                then = standing(book, ago).values()
                before = sum(place == (layer, STATES[state]) for place in then)
            rows[end, layer, state] = found | {"year_ago": before}
    return rows


def places(book, end):
    """{(layer, state): figures} at a day, money and visits of the 12 months to it."""
    rows = place_sums(book, year_back(end) + DAY, end)
    total = sum(row["sales"] for row in rows.values())
    for row in rows.values():
        row["per_head"] = row.pop("sales_per_head")
        row["sales_share"] = row["sales"] / total if total > 0 else None
    return rows


def places_compared(book):
    """{(layer, state): figures now, and of a year ago}; null what a year ago nobody could know."""
    ago = year_back(book.closing)
    now, then = places(book, book.closing), places(book, ago)
    for rows in (now, then):
        if sum(row["customers"] for row in rows.values()) < FEW:
            for row in rows.values():
                row["sales_share"] = None
    for place, row in now.items():
        for name in list(row):
            known = ago >= filled_from(book)
            if name not in ("customers", "share"):
                known = known and covers_two_years(book)
            row[f"{name}_ago"] = then[place][name] if known else None
    return now


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


def lapse_view(book):
    """{group: customers, sales of the year} by where everybody stood a year ago and stands now.

    Whoever is in none of the four is in none; so is the money of those who are no customers.
    """
    start = year_back(book.closing)
    names = ("kept", "lost", "new", "revived", "none")
    rows = {name: {"customers": 0, "sales": 0} for name in names}
    for days in book.customers.values():
        then, now = (place_at(days, day, book.cut) for day in (start, book.closing))
        if now == OUTSIDE:
            group = "none"
        elif then == OUTSIDE:
            group = "new" if now[1] else "none"
        elif then[1]:
            group = "kept" if now[1] else "lost"
        else:
            group = "revived" if now[1] else "none"
        rows[group]["customers"] += now != OUTSIDE
        rows[group]["sales"] += sum(money for day, money in days.items() if day > start)
    return rows
