"""What must add up in every book, whatever its orders, asked through the public face."""

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from random_ledgers import FRAMES, ledger
from slate import slate_of
from whole_book import two_dates

from toolkit.book import money_bridge

KINDS = ("month", "quarter", "year")
FLOWS = ["opening", "new", "returned", "lost", "closing"]
SLATES = FRAMES[:3]
SEEDS = st.integers(0, 2**32)


def examples(number):
    """So many ledgers of many days each; a failing one is shown by its seed as found."""
    phases = [phase for phase in Phase if phase is not Phase.shrink]
    slow = [HealthCheck.too_slow]
    return settings(max_examples=number, deadline=None, suppress_health_check=slow, phases=phases)


def written(seed):
    """A random ledger's orders and its book."""
    frame = SLATES[seed % len(SLATES)]
    orders = ledger(seed, frame)
    return orders, slate_of(frame).put(orders)


def balanced(table):
    """Whether every row's opening and flows come to its closing."""
    moved = table.get("moved_in", 0) - table.get("moved_out", 0)
    total = table.opening + table.new + table.returned - table.lost + moved
    return (total == table.closing).all() and (table[FLOWS] >= 0).all(axis=None)


def chained(table):
    """Whether every row opens with what the one before closed with, the day after it ended."""
    follows = table.opening.iloc[1:].tolist() == table.closing.iloc[:-1].tolist()
    starts = [day.toordinal() for day in table.start.iloc[1:]]
    return follows and starts == [day.toordinal() + 1 for day in table.end.iloc[:-1]]


def ever(orders, day):
    """Names of those with a day of positive net amount up to `day`, counted plainly."""
    net = {}
    for name, date, amount in orders:
        net[name, date] = net.get((name, date), 0) + amount
    return {name for (name, date), amount in net.items() if amount > 0 and date <= day}


@examples(10)
@given(SEEDS)
def test_every_statement_balances_in_total_and_per_layer(seed):
    orders, book = written(seed)
    for kind in KINDS:
        total, layers = book.bucket_statement(kind), book.layer_statement(kind)
        assert balanced(total) and chained(total) and balanced(layers)
        assert total.end.iloc[-1] == book.closing and total.opening.iloc[0] == 0
        assert total.new.sum() == len(ever(orders, book.closing))
        assert all(chained(own) for _, own in layers.groupby("layer"))
        sums = layers.groupby("period", sort=False)[[*FLOWS, "moved_in", "moved_out"]].sum()
        assert sums[FLOWS].values.tolist() == total[FLOWS].values.tolist()
        assert sums.moved_in.tolist() == sums.moved_out.tolist()


@examples(10)
@given(SEEDS)
def test_the_money_statement_balances_to_the_minor_unit(seed):
    orders, book = written(seed)
    sales = book.sales()["total"]
    assert sales == sum(amount for _, day, amount in orders if day > book.year_ago)
    bridge = money_bridge(book.year_groups())
    parts = ("previous", "new", "revived", "kept", "no_visit")
    assert sum(bridge[part] for part in parts) - bridge["lost"] == bridge["total"] == sales
    groups = book.sales_groups()
    assert groups.change.sum() == sales - bridge["previous"]
    assert (groups[["people", "frequency", "price", "other"]].sum(axis=1) == groups.change).all()


@examples(10)
@given(SEEDS)
def test_the_layers_partition_the_customers_of_every_month_end(seed):
    orders, book = written(seed)
    table = book.layer_table()
    assert (table.customers >= 0).all() and not table.duplicated(
        ["month_end", "layer", "state"]
    ).any()
    for day, rows in table.groupby("month_end"):
        known = ever(orders, day)
        assert len(rows) == 10 and rows.customers.sum() == len(known)
        days = range(day.replace(day=1).toordinal(), day.toordinal() + 1)
        money = [n for name, date, n in orders if name in known and date.toordinal() in days]
        assert rows.sales.sum() == sum(money)
    strip = book.sensitivity()
    places = [column for column in strip if column.endswith(("_active", "_lapsed"))]
    assert len(places) == 10
    assert (strip[places].sum(axis=1) == len(known)).all()
    assert (strip.active + strip.lapsed == len(known)).all()


@examples(10)
@given(SEEDS)
def test_the_rows_of_the_movement_matrix_come_to_the_opening_balance(seed):
    _, book = written(seed)
    start, end = two_dates(book)
    table, rates = book.movement(start, end), book.layer_rates(start, end)
    for side, day in (("from", start), ("to", end)):
        place = [f"{side}_layer", f"{side}_state"]
        inside = table[table[place[0]] != "outside"].groupby(place).customers.sum()
        there = book.places(day).set_index(["layer", "state"]).customers
        assert inside.to_dict() == there[there > 0].to_dict()
    assert (
        rates[["promoted", "stayed", "fell_back", "lapsed"]].sum(axis=1) == rates.customers
    ).all()
    before = book.places(start)
    active = before[before.state == "active"].set_index("layer").customers
    assert rates.set_index("layer").customers.to_dict() == active.to_dict()


@examples(10)
@given(SEEDS)
def test_every_way_of_parting_the_customers_comes_to_all_of_them(seed):
    orders, book = written(seed)
    known = ever(orders, book.closing)
    money = sum(amount for name, _, amount in orders if name in known)
    cohorts = book.cohorts()
    assert cohorts.sales.sum() == money
    assert cohorts[cohorts.age == 0].customers.sum() == len(known)
    assert book.last_visit_months().customers.sum() == len(known)
    groups = book.rfm_groups()
    now = groups[groups.date == book.closing]
    assert (now.customers.sum(), now.amount.sum()) == (len(known), money)
    assert book.rfm_grid().customers.sum() == len(known)
    assert set(book.rfm_scores().groupby("letter").customers.sum()) == {len(known)}
    tenths, most = book.deciles(), book.concentration()
    assert (tenths.customers.sum(), tenths.sales.sum()) == (most["customers"], most["sales"])
    curve = book.nth_curve().dropna(subset=["share"])
    assert (curve.low <= curve.share).all() and (curve.share <= curve.high).all()
    assert pd.Series(curve.share).between(0, 1).all()
